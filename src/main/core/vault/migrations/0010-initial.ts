import { sql, type WriteDb } from '../sql.ts';

/** Accounts, letters, the number book, sealed objects, notices, the audit chain and the change sequence. */
export const version = 10;

export function up(db: WriteDb): void {
  db.run(sql`CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE account (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'staff')),
    name TEXT NOT NULL,
    front_title TEXT NOT NULL,
    back_title TEXT NOT NULL,
    nip TEXT NOT NULL,
    rank TEXT NOT NULL,
    post TEXT NOT NULL,
    unit TEXT NOT NULL,
    created_at TEXT NOT NULL,
    activated_at TEXT
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE policy_acknowledgement (
    account_id TEXT NOT NULL REFERENCES account(id),
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    acknowledged_at TEXT NOT NULL,
    PRIMARY KEY (account_id, version)
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE signing_secret (
    account_id TEXT PRIMARY KEY REFERENCES account(id),
    sealed_key TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE identity (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    certificate BLOB NOT NULL,
    chain TEXT NOT NULL,
    sealed_private_key BLOB NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('p12', 'test')),
    created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX identity_account ON identity(account_id)`);

  db.run(sql`CREATE TABLE object (
    id TEXT PRIMARY KEY,
    key BLOB NOT NULL,
    size INTEGER NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE letter (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'reserved', 'signed', 'discarded')),
    urgency TEXT NOT NULL,
    subject TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES account(id),
    revision INTEGER NOT NULL,
    content TEXT NOT NULL,
    frozen TEXT,
    identity_id TEXT REFERENCES identity(id),
    number TEXT,
    letter_date TEXT,
    object_id TEXT REFERENCES object(id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    reserved_at TEXT,
    signed_at TEXT,
    sent_at TEXT
  ) STRICT`);
  db.run(sql`CREATE INDEX letter_author ON letter(author_id, state, position)`);

  db.run(sql`CREATE TABLE letter_party (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    role TEXT NOT NULL CHECK (role IN ('to', 'copy')),
    place INTEGER NOT NULL,
    account_id TEXT REFERENCES account(id),
    name TEXT NOT NULL,
    town TEXT NOT NULL,
    delivered_at TEXT,
    read_at TEXT,
    PRIMARY KEY (letter_id, role, place)
  ) STRICT, WITHOUT ROWID`);
  db.run(
    sql`CREATE INDEX letter_party_account ON letter_party(account_id, delivered_at) WHERE account_id IS NOT NULL`,
  );

  db.run(sql`CREATE TABLE number_book (
    register TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'issued', 'batal')),
    letter_id TEXT NOT NULL REFERENCES letter(id),
    reason TEXT,
    reserved_at TEXT NOT NULL,
    settled_at TEXT,
    PRIMARY KEY (register, unit, year, sequence)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX number_book_letter ON number_book(letter_id)`);

  db.run(sql`CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    kind TEXT NOT NULL,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    created_at TEXT NOT NULL,
    announced_at TEXT,
    read_at TEXT,
    UNIQUE (account_id, kind, letter_id)
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    facts TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT`);
  db.run(
    sql`CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
  );
  db.run(
    sql`CREATE TRIGGER audit_keeps_text BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END`,
  );

  db.run(sql`CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT`);
}
