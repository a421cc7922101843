import { sql, type WriteDb } from '../sql.ts';

/** The search index and searches that people keep. What there is already is queued and indexed in the background. */
export const version = 200;

export function up(db: WriteDb): void {
  // No text in it, no positions of words: which word is in which letter, and nothing else. ascii leaves the words that
  // we cut ourselves alone: everything beyond ASCII counts as a letter to it.
  db.run(sql`CREATE VIRTUAL TABLE search USING fts5(
    words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii')`);
  db.run(sql`INSERT INTO search (search, rank) VALUES ('hashsize', 33554432)`);
  // What the index holds of a letter: most changes of a letter change none of its words.
  db.run(sql`CREATE TABLE search_letter (
    position INTEGER PRIMARY KEY,
    digest INTEGER NOT NULL,
    words INTEGER NOT NULL,
    notes INTEGER NOT NULL
  ) STRICT`);
  // Every word with about how many letters have it: the beginning of a word is looked up here.
  db.run(sql`CREATE TABLE search_word (word TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE TABLE search_due (position INTEGER PRIMARY KEY) STRICT`);
  // Words that were taken out of the index and still lie in its older parts: how far the cleaning has come.
  db.run(sql`CREATE TABLE search_purge (step TEXT NOT NULL, word TEXT NOT NULL) STRICT`);
  db.run(sql`INSERT INTO search_due SELECT position FROM letter
    WHERE state IN ('signed', 'withdrawn', 'revoked', 'replaced', 'registered', 'voided')`);
  db.run(sql`CREATE TABLE search_saved (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    filters TEXT NOT NULL,
    alert INTEGER NOT NULL CHECK (alert IN (0, 1)),
    seen INTEGER NOT NULL,
    since TEXT NOT NULL,
    made_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX search_saved_account ON search_saved(account_id, made_at)`);
}
