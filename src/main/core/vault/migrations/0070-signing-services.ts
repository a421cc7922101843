import { sql, type WriteDb } from '../sql.ts';

/** Keys that lie elsewhere (on a token, behind the office's gateway), and the level that a letter's signature reached. */
export const version = 70;

export function up(db: WriteDb): void {
  // A CHECK cannot be widened in place. `place` says where the key is, as JSON; `sealed_signer` is the name that the
  // gateway knows the person by (NIK), sealed to that person's account key.
  db.run(sql`CREATE TABLE identity_new (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    certificate BLOB NOT NULL,
    chain TEXT NOT NULL,
    sealed_private_key BLOB,
    origin TEXT NOT NULL CHECK (origin IN ('p12', 'test', 'token', 'gateway')),
    created_at TEXT NOT NULL,
    place TEXT,
    sealed_signer BLOB,
    CHECK ((sealed_private_key IS NOT NULL) = (origin IN ('p12', 'test'))),
    CHECK ((place IS NOT NULL) = (origin IN ('token', 'gateway'))),
    CHECK ((sealed_signer IS NOT NULL) = (origin = 'gateway'))
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`INSERT INTO identity_new (id, account_id, certificate, chain, sealed_private_key, origin, created_at)
    SELECT id, account_id, certificate, chain, sealed_private_key, origin, created_at FROM identity`);
  db.run(sql`DROP TABLE identity`);
  db.run(sql`ALTER TABLE identity_new RENAME TO identity`);
  db.run(sql`CREATE INDEX identity_account ON identity(account_id)`);

  // Letters signed until now are B-B.
  db.run(sql`ALTER TABLE letter ADD COLUMN level TEXT NOT NULL DEFAULT 'b'`);
  db.run(sql`ALTER TABLE letter ADD COLUMN lowering TEXT`);
}
