import { sql, type WriteDb } from '../sql.ts';

/** Files that are set behind a letter, as pictures of their pages, from the time they are added until it is signed. */
export const version = 90;

export function up(db: WriteDb): void {
  // `words`: title, file name and how the pages lie in the object, as JSON. Of a sealed letter they and the object's key
  // are sealed under the letter's key.
  db.run(sql`CREATE TABLE letter_attachment (
    id TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    place INTEGER NOT NULL,
    words TEXT,
    sealed_words BLOB,
    pages INTEGER NOT NULL,
    size INTEGER NOT NULL,
    object_id TEXT NOT NULL REFERENCES object(id),
    sealed_key BLOB,
    added_at TEXT NOT NULL,
    CHECK ((words IS NULL) = (sealed_words IS NOT NULL)),
    CHECK ((sealed_words IS NULL) = (sealed_key IS NULL))
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_attachment_letter ON letter_attachment(letter_id, place)`);
  db.run(sql`CREATE INDEX letter_attachment_object ON letter_attachment(object_id)`);
}
