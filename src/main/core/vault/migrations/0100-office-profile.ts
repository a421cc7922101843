import { sql, type WriteDb } from '../sql.ts';

/** The office's own changes to the regulation profile as versions, its pictures, and which version a page was set with. */
export const version = 100;

export function up(db: WriteDb): void {
  // The newest is in force. What was once in force stays: letters with a number are set with it again.
  db.run(sql`CREATE TABLE office_profile (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account(id),
    changes TEXT NOT NULL,
    note TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('saved', 'restored', 'imported')),
    restored INTEGER,
    CHECK ((restored IS NOT NULL) = (origin = 'restored'))
  ) STRICT`);
  // By the SHA-256 of the PNG.
  db.run(sql`CREATE TABLE office_image (
    id TEXT PRIMARY KEY,
    png BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    added_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  // What somebody is typing. No kind and no version is pointed to: it may be about one that is not there yet.
  db.run(sql`CREATE TABLE office_profile_draft (
    account_id TEXT PRIMARY KEY REFERENCES account(id),
    draft TEXT NOT NULL,
    saved_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  // What a letter was frozen with; those without a row, and all until now, with the profile as it was shipped.
  db.run(sql`CREATE TABLE letter_profile (
    letter_id TEXT PRIMARY KEY REFERENCES letter(id),
    version INTEGER NOT NULL REFERENCES office_profile(version)
  ) STRICT, WITHOUT ROWID`);
}
