import { sql, type WriteDb } from '../sql.ts';

/** The office's own certificate authority, and what people of the vault ask of it. */
export const version = 60;

export function up(db: WriteDb): void {
  // `file` is sealed under the authority's own passphrase; `register` is what lists are read from without it.
  db.run(sql`CREATE TABLE authority (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    file BLOB NOT NULL,
    register TEXT NOT NULL,
    issuing_list_until TEXT,
    root_list_until TEXT,
    made_at TEXT NOT NULL
  ) STRICT`);
  // The id of a request becomes the id of the identity, to which the sealed key is bound from the beginning.
  db.run(sql`CREATE TABLE certificate_request (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    state TEXT NOT NULL CHECK (state IN ('open', 'issued', 'refused', 'withdrawn')),
    request BLOB NOT NULL,
    sealed_private_key BLOB,
    serial TEXT,
    answer TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    answered_at TEXT
  ) STRICT, WITHOUT ROWID`);
  // One at a time for each person.
  db.run(
    sql`CREATE UNIQUE INDEX certificate_request_open ON certificate_request(account_id) WHERE state = 'open'`,
  );
  db.run(sql`CREATE INDEX certificate_request_account ON certificate_request(account_id, made_at)`);
  db.run(
    sql`CREATE UNIQUE INDEX certificate_request_serial ON certificate_request(serial) WHERE serial IS NOT NULL`,
  );
}
