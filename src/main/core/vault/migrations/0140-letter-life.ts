import { sql, type WriteDb } from '../sql.ts';

/** The way to the signature: more states, parafs and signatures in turn, remarks, letters in another's place. */
export const version = 140;

export function up(db: WriteDb): void {
  states(db);
  readers(db);
  db.run(sql`CREATE TABLE letter_step (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    role TEXT NOT NULL CHECK (role IN ('paraf', 'coordination', 'sign')),
    place INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES account(id),
    done_at TEXT,
    done_by TEXT REFERENCES account(id),
    revision INTEGER,
    PRIMARY KEY (letter_id, role, place)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_step_account ON letter_step(account_id, letter_id)`);
  // Whoever signed in another's place keeps it in sight.
  db.run(
    sql`CREATE INDEX letter_step_done ON letter_step(done_by, role, letter_id) WHERE done_by IS NOT NULL`,
  );
  db.run(
    sql`CREATE INDEX letter_step_open ON letter_step(account_id, role, letter_id) WHERE done_at IS NULL`,
  );
  db.run(sql`CREATE TABLE letter_remark (
    id TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    kind TEXT NOT NULL CHECK (kind IN ('return', 'reject', 'withdraw', 'cancel')),
    account_id TEXT NOT NULL REFERENCES account(id),
    on_behalf_of TEXT REFERENCES account(id),
    revision INTEGER NOT NULL,
    words TEXT,
    sealed_words BLOB,
    at TEXT NOT NULL,
    CHECK ((words IS NULL) <> (sealed_words IS NULL))
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_remark_letter ON letter_remark(letter_id, at)`);
  db.run(sql`CREATE TABLE letter_link (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    target_id TEXT NOT NULL REFERENCES letter(id),
    kind TEXT NOT NULL CHECK (kind IN ('replaces', 'revokes')),
    made_at TEXT NOT NULL,
    settled_at TEXT,
    PRIMARY KEY (letter_id, target_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_link_target ON letter_link(target_id)`);
}

/** A column's check cannot be changed: another column takes its place. */
function states(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter ADD COLUMN stage TEXT NOT NULL DEFAULT 'draft' CHECK (stage IN
    ('draft', 'review', 'returned', 'ready', 'reserved', 'cosigning', 'signed', 'withdrawn', 'revoked', 'replaced',
     'rejected', 'discarded'))`);
  db.run(sql`UPDATE letter SET stage = state`);
  db.run(sql`DROP INDEX letter_author`);
  db.run(sql`DROP INDEX letter_unit`);
  db.run(sql`DROP INDEX letter_class`);
  db.run(sql`ALTER TABLE letter DROP COLUMN state`);
  db.run(sql`ALTER TABLE letter RENAME COLUMN stage TO state`);
  db.run(sql`CREATE INDEX letter_author ON letter(author_id, state, position)`);
  db.run(sql`CREATE INDEX letter_unit ON letter(sender_unit, security, state, position)`);
  db.run(sql`CREATE INDEX letter_class ON letter(security, state, position)`);
  // Attachments are no part of the saved words: what changed in them counts as a revision when it is submitted.
  db.run(sql`ALTER TABLE letter ADD COLUMN attachments_changed INTEGER NOT NULL DEFAULT 0`);
  // Who took the number: until now always the author.
  db.run(sql`ALTER TABLE letter ADD COLUMN holder_id TEXT REFERENCES account(id)`);
  db.run(sql`UPDATE letter SET holder_id = author_id WHERE state = 'reserved'`);
  db.run(sql`CREATE INDEX letter_holder ON letter(holder_id) WHERE state = 'reserved'`);
}

/** Reviewers and signers of a sealed letter hold a key to it too. */
function readers(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter_key ADD COLUMN because TEXT NOT NULL DEFAULT 'grant'
    CHECK (because IN ('author', 'receiver', 'deputy', 'grant', 'reviewer', 'signer'))`);
  db.run(sql`UPDATE letter_key SET because = how`);
  db.run(sql`ALTER TABLE letter_key DROP COLUMN how`);
  db.run(sql`ALTER TABLE letter_key RENAME COLUMN because TO how`);
}
