import { sql, type WriteDb } from '../sql.ts';

/** What a draft said before, and pieces of text that are written once and used often. */
export const version = 80;

export function up(db: WriteDb): void {
  // `content` holds the letter's content and the version's note as JSON; of a sealed letter it is empty, and the same
  // is in `sealed_content`, sealed to the author alone: who receives the letter later has the letter's key.
  db.run(sql`CREATE TABLE letter_version (
    id INTEGER PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    number INTEGER NOT NULL CHECK (number > 0),
    revision INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('asked', 'automatic', 'review', 'signing', 'restore')),
    account_id TEXT NOT NULL REFERENCES account(id),
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    sealed_content BLOB,
    CHECK ((content = '') = (sealed_content IS NOT NULL)),
    UNIQUE (letter_id, number)
  ) STRICT`);

  // Without an owner it is the office's.
  db.run(sql`CREATE TABLE text_module (
    id TEXT PRIMARY KEY,
    owner_id TEXT REFERENCES account(id),
    unit TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account(id),
    changed_at TEXT NOT NULL
  ) STRICT`);
  db.run(sql`CREATE INDEX text_module_owner ON text_module(owner_id)`);
}
