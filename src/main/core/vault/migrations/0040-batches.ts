import { sql, type WriteDb } from '../sql.ts';

/** Batches: which letters are to be signed with one passphrase, and what became of each. */
export const version = 40;

export function up(db: WriteDb): void {
  db.run(sql`CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    identity_id TEXT NOT NULL REFERENCES identity(id),
    mode TEXT NOT NULL CHECK (mode IN ('each', 'all')),
    made_at TEXT NOT NULL,
    ended_at TEXT,
    stopped_by TEXT
  ) STRICT, WITHOUT ROWID`);
  // One at a time for each person.
  db.run(sql`CREATE UNIQUE INDEX batch_open ON batch(account_id) WHERE ended_at IS NULL`);
  db.run(sql`CREATE TABLE batch_item (
    batch_id TEXT NOT NULL REFERENCES batch(id),
    place INTEGER NOT NULL,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'failed', 'skipped')),
    error TEXT,
    settled_at TEXT,
    PRIMARY KEY (batch_id, place),
    UNIQUE (batch_id, letter_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX batch_item_letter ON batch_item(letter_id)`);
  db.run(sql`CREATE INDEX batch_item_state ON batch_item(batch_id, state, place)`);
}
