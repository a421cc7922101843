import { sql, type WriteDb } from '../sql.ts';

/** Letters from outside as they were registered, and what an addressee wrote when settling one. */
export const version = 160;

export function up(db: WriteDb): void {
  // What is said of a sealed letter (place of the sender, note, file names, text layer) lies under the letter's key.
  db.run(sql`CREATE TABLE incoming (
    letter_id TEXT PRIMARY KEY REFERENCES letter(id),
    source TEXT NOT NULL CHECK (source IN ('pdf', 'picture', 'paper')),
    media_type TEXT,
    pages INTEGER NOT NULL DEFAULT 0,
    signatures INTEGER NOT NULL DEFAULT 0,
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    text_layer TEXT NOT NULL DEFAULT 'none' CHECK (text_layer IN ('all', 'part', 'none')),
    details TEXT,
    sealed_details BLOB,
    words TEXT,
    sealed_words BLOB,
    sender_key TEXT NOT NULL,
    number_key TEXT NOT NULL,
    sha256 TEXT,
    received_on TEXT NOT NULL,
    unit TEXT NOT NULL,
    registered_by TEXT NOT NULL REFERENCES account(id),
    registered_at TEXT NOT NULL,
    CHECK ((details IS NULL) <> (sealed_details IS NULL)),
    CHECK (words IS NULL OR sealed_words IS NULL),
    CHECK ((source = 'paper') = (sha256 IS NULL))
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX incoming_same ON incoming(number_key, sender_key) WHERE number_key <> ''`);
  db.run(sql`CREATE INDEX incoming_file ON incoming(sha256) WHERE sha256 IS NOT NULL`);
  // What a registrar has typed and not registered yet: sealed to that person, since it may be of any class.
  db.run(sql`CREATE TABLE incoming_form (
    account_id TEXT PRIMARY KEY REFERENCES account(id),
    sealed BLOB NOT NULL,
    kept_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  // Whose hands it was in before somebody took it over; why nothing is to be done; by which letter it was answered.
  db.run(sql`ALTER TABLE letter_party ADD COLUMN claimed_from TEXT REFERENCES account(id)`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN settled_words TEXT`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN sealed_settled BLOB`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN reply_id TEXT REFERENCES letter(id)`);
  db.run(sql`CREATE INDEX letter_party_reply ON letter_party(reply_id) WHERE reply_id IS NOT NULL`);
}
