import { sql, type WriteDb } from '../sql.ts';

/** Roles, posts, units and deputies; security classes with their keys; notices that are about no letter. */
export const version = 20;

export function up(db: WriteDb): void {
  people(db);
  letters(db);
  notices(db);
  db.run(sql`ALTER TABLE audit ADD COLUMN on_behalf_of TEXT`);
  // What is said of one person, for that person.
  db.run(sql`CREATE INDEX audit_actor ON audit(actor_id)`);
  db.run(sql`CREATE INDEX audit_on_behalf_of ON audit(on_behalf_of) WHERE on_behalf_of IS NOT NULL`);
  db.run(sql`CREATE INDEX audit_entity ON audit(entity, entity_id)`);
  db.run(sql`CREATE TABLE data_request (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'withdrawn', 'granted', 'refused')),
    made_at TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT REFERENCES account(id),
    answer TEXT NOT NULL,
    legal_basis TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX data_request_account ON data_request(account_id, made_at)`);
}

function people(db: WriteDb): void {
  db.run(sql`CREATE TABLE unit (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES unit(code)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`INSERT INTO unit (code, name) SELECT DISTINCT unit, unit FROM account`);

  db.run(sql`CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account(id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'registrar', 'drafter', 'reviewer', 'signer', 'archivist')),
    PRIMARY KEY (account_id, role)
  ) STRICT, WITHOUT ROWID`);
  // Until now everybody wrote and signed their own letters.
  db.run(sql`INSERT INTO account_role (account_id, role) SELECT id, 'drafter' FROM account`);
  db.run(sql`INSERT INTO account_role (account_id, role) SELECT id, 'signer' FROM account`);
  db.run(
    sql`INSERT INTO account_role (account_id, role) SELECT id, 'administrator' FROM account WHERE role = 'administrator'`,
  );

  db.run(sql`CREATE TABLE post (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    status TEXT NOT NULL CHECK (status IN ('definitif', 'plt', 'plh', 'pj', 'pjs')),
    title TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit(code),
    from_date TEXT NOT NULL,
    until_date TEXT
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX post_account ON post(account_id, from_date)`);
  db.run(sql`INSERT INTO post (id, account_id, status, title, unit, from_date)
    SELECT id, id, 'definitif', post, unit, substr(created_at, 1, 10) FROM account`);
  db.run(sql`ALTER TABLE account DROP COLUMN role`);
  db.run(sql`ALTER TABLE account ADD COLUMN revoked_at TEXT`);

  db.run(sql`CREATE TABLE deputy (
    id TEXT PRIMARY KEY,
    principal_id TEXT NOT NULL REFERENCES account(id),
    deputy_id TEXT NOT NULL REFERENCES account(id),
    from_date TEXT NOT NULL,
    until_date TEXT NOT NULL,
    ended_at TEXT
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX deputy_deputy ON deputy(deputy_id, from_date)`);

  // The account's private key once more, under the signing secret: a reset passphrase must not cost sealed letters.
  db.run(sql`CREATE TABLE account_key (
    account_id TEXT PRIMARY KEY REFERENCES account(id),
    public_key BLOB NOT NULL,
    sealed_private_key BLOB NOT NULL,
    kept_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
}

function letters(db: WriteDb): void {
  db.run(
    sql`ALTER TABLE letter ADD COLUMN security TEXT NOT NULL DEFAULT 'biasa'
      CHECK (security IN ('biasa', 'terbatas', 'rahasia', 'sangat-rahasia'))`,
  );
  // As printed, or as it would be: a person's post changes, the letter's does not.
  db.run(sql`ALTER TABLE letter ADD COLUMN sender_post TEXT NOT NULL DEFAULT ''`);
  db.run(sql`ALTER TABLE letter ADD COLUMN sender_unit TEXT NOT NULL DEFAULT ''`);
  db.run(sql`UPDATE letter SET
    sender_post = (SELECT account.post FROM account WHERE account.id = letter.author_id),
    sender_unit = (SELECT account.unit FROM account WHERE account.id = letter.author_id)`);
  // Of a sealed letter content, frozen and subject are empty; the words are here, under the letter's own key.
  db.run(sql`ALTER TABLE letter ADD COLUMN sealed_summary BLOB`);
  db.run(sql`ALTER TABLE letter ADD COLUMN sealed_content BLOB`);
  db.run(sql`ALTER TABLE letter ADD COLUMN sealed_frozen BLOB`);
  db.run(sql`ALTER TABLE letter ADD COLUMN sealed_object_key BLOB`);
  db.run(sql`CREATE INDEX letter_unit ON letter(sender_unit, security, state, position)`);
  db.run(sql`CREATE INDEX letter_class ON letter(security, state, position)`);
  db.run(sql`CREATE INDEX letter_object ON letter(object_id) WHERE object_id IS NOT NULL`);

  db.run(sql`CREATE TABLE letter_key (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    account_id TEXT NOT NULL REFERENCES account(id),
    sealed_key BLOB NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('author', 'receiver', 'deputy', 'grant')),
    granted_at TEXT NOT NULL,
    PRIMARY KEY (letter_id, account_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_key_account ON letter_key(account_id)`);

  db.run(sql`CREATE TABLE letter_party_new (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    role TEXT NOT NULL CHECK (role IN ('to', 'copy', 'grant')),
    place INTEGER NOT NULL,
    account_id TEXT REFERENCES account(id),
    name TEXT NOT NULL,
    town TEXT NOT NULL,
    unit TEXT NOT NULL,
    delivered_at TEXT,
    read_at TEXT,
    PRIMARY KEY (letter_id, role, place)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`INSERT INTO letter_party_new (letter_id, role, place, account_id, name, town, unit, delivered_at, read_at)
    SELECT party.letter_id, party.role, party.place, party.account_id, party.name, party.town,
      coalesce(account.unit, ''), party.delivered_at, party.read_at
    FROM letter_party AS party LEFT JOIN account ON account.id = party.account_id`);
  db.run(sql`DROP TABLE letter_party`);
  db.run(sql`ALTER TABLE letter_party_new RENAME TO letter_party`);
  db.run(
    sql`CREATE INDEX letter_party_account ON letter_party(account_id, delivered_at) WHERE account_id IS NOT NULL`,
  );
  // The unread counters of the home screen.
  db.run(
    sql`CREATE INDEX letter_party_unread ON letter_party(account_id, letter_id, role)
      WHERE read_at IS NULL AND delivered_at IS NOT NULL`,
  );
  db.run(sql`CREATE INDEX letter_party_unit ON letter_party(unit) WHERE unit <> ''`);

  db.run(sql`ALTER TABLE account DROP COLUMN post`);
  db.run(sql`ALTER TABLE account DROP COLUMN unit`);
}

function notices(db: WriteDb): void {
  db.run(sql`CREATE TABLE notice_new (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account(id),
    kind TEXT NOT NULL,
    letter_id TEXT REFERENCES letter(id),
    about_id TEXT REFERENCES account(id),
    suspicion TEXT,
    count INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    announced_at TEXT,
    read_at TEXT,
    UNIQUE (account_id, kind, letter_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`INSERT INTO notice_new (id, account_id, kind, letter_id, created_at, announced_at, read_at)
    SELECT id, account_id, kind, letter_id, created_at, announced_at, read_at FROM notice`);
  db.run(sql`DROP TABLE notice`);
  db.run(sql`ALTER TABLE notice_new RENAME TO notice`);
  db.run(sql`CREATE INDEX notice_account ON notice(account_id, created_at)`);
}
