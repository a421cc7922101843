import { sql, type WriteDb } from '../sql.ts';

/** What comes in: letters from outside, the agenda, how an addressee settled it, dispositions, and what was handed over. */
export const version = 150;

export function up(db: WriteDb): void {
  states(db);
  readers(db);
  links(db);
  settling(db);
  dispositions(db);
  db.run(sql`CREATE TABLE agenda (
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    received_on TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'batal')),
    reason TEXT,
    remark TEXT NOT NULL DEFAULT '',
    entered_at TEXT NOT NULL,
    entered_by TEXT REFERENCES account(id),
    PRIMARY KEY (unit, year, sequence)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE UNIQUE INDEX agenda_letter ON agenda(letter_id, unit) WHERE state = 'open'`);
  // The expedition book: what left the office, to whom, and who took it.
  db.run(sql`CREATE TABLE dispatch (
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    role TEXT NOT NULL CHECK (role IN ('to', 'copy')),
    place INTEGER NOT NULL,
    destination TEXT NOT NULL,
    copies INTEGER NOT NULL,
    carrier TEXT NOT NULL,
    receiver TEXT NOT NULL,
    handed_at TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    entered_by TEXT NOT NULL REFERENCES account(id),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'batal')),
    reason TEXT,
    PRIMARY KEY (unit, year, sequence)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX dispatch_letter ON dispatch(letter_id, role, place)`);
}

/** A column's check cannot be changed: another column takes its place. */
function states(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter ADD COLUMN stage TEXT NOT NULL DEFAULT 'draft' CHECK (stage IN
    ('draft', 'review', 'returned', 'ready', 'reserved', 'cosigning', 'signed', 'withdrawn', 'revoked', 'replaced',
     'rejected', 'discarded', 'registered', 'voided'))`);
  db.run(sql`UPDATE letter SET stage = state`);
  db.run(sql`DROP INDEX letter_author`);
  db.run(sql`DROP INDEX letter_unit`);
  db.run(sql`DROP INDEX letter_class`);
  db.run(sql`DROP INDEX letter_holder`);
  db.run(sql`ALTER TABLE letter DROP COLUMN state`);
  db.run(sql`ALTER TABLE letter RENAME COLUMN stage TO state`);
  db.run(sql`CREATE INDEX letter_author ON letter(author_id, state, position)`);
  db.run(sql`CREATE INDEX letter_unit ON letter(sender_unit, security, state, position)`);
  db.run(sql`CREATE INDEX letter_class ON letter(security, state, position)`);
  db.run(sql`CREATE INDEX letter_holder ON letter(holder_id) WHERE state = 'reserved'`);
}

function readers(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter_key ADD COLUMN because TEXT NOT NULL DEFAULT 'grant'
    CHECK (because IN ('author', 'receiver', 'deputy', 'grant', 'reviewer', 'signer', 'disposition'))`);
  db.run(sql`UPDATE letter_key SET because = how`);
  db.run(sql`ALTER TABLE letter_key DROP COLUMN how`);
  db.run(sql`ALTER TABLE letter_key RENAME COLUMN because TO how`);
}

function links(db: WriteDb): void {
  db.run(sql`ALTER TABLE letter_link ADD COLUMN sort TEXT NOT NULL DEFAULT 'replaces'
    CHECK (sort IN ('replaces', 'revokes', 'replies'))`);
  db.run(sql`UPDATE letter_link SET sort = kind`);
  db.run(sql`ALTER TABLE letter_link DROP COLUMN kind`);
  db.run(sql`ALTER TABLE letter_link RENAME COLUMN sort TO kind`);
}

function settling(db: WriteDb): void {
  // Of a receiver of this vault: who takes care of it, and what became of it.
  db.run(sql`ALTER TABLE letter_party ADD COLUMN claimed_by TEXT REFERENCES account(id)`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN claimed_at TEXT`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN settled_at TEXT`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN settled_by TEXT REFERENCES account(id)`);
  db.run(sql`ALTER TABLE letter_party ADD COLUMN settled_how TEXT
    CHECK (settled_how IN ('disposed', 'replied', 'not-needed', 'earlier'))`);
  // Of one outside: when it was handed over.
  db.run(sql`ALTER TABLE letter_party ADD COLUMN sent_at TEXT`);
  // What was read, or went out, before anybody was asked about it is not thrown at people now.
  db.run(sql`UPDATE letter_party SET settled_at = read_at, settled_how = 'earlier'
    WHERE read_at IS NOT NULL AND role = 'to'`);
  db.run(sql`UPDATE letter_party SET sent_at = (SELECT signed_at FROM letter WHERE letter.id = letter_party.letter_id)
    WHERE account_id IS NULL`);
  db.run(sql`CREATE INDEX letter_party_unsettled ON letter_party(account_id, position, letter_id, security, role)
    WHERE delivered_at IS NOT NULL AND settled_at IS NULL AND role = 'to'`);
  db.run(sql`CREATE INDEX letter_party_unsent ON letter_party(author_id, letter_id)
    WHERE account_id IS NULL AND sent_at IS NULL`);
}

function dispositions(db: WriteDb): void {
  db.run(sql`CREATE TABLE disposition (
    id TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    parent_task TEXT REFERENCES disposition_task(id),
    giver_id TEXT NOT NULL REFERENCES account(id),
    given_by TEXT NOT NULL REFERENCES account(id),
    instructions TEXT NOT NULL,
    note TEXT,
    sealed_note BLOB,
    deadline TEXT,
    given_at TEXT NOT NULL,
    CHECK (note IS NULL OR sealed_note IS NULL)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX disposition_letter ON disposition(letter_id, given_at)`);
  db.run(sql`CREATE INDEX disposition_giver ON disposition(giver_id, letter_id)`);
  db.run(sql`CREATE INDEX disposition_parent ON disposition(parent_task) WHERE parent_task IS NOT NULL`);
  // position, security and deadline repeat the letter's and the disposition's, for the lists' indexes.
  db.run(sql`CREATE TABLE disposition_task (
    id TEXT PRIMARY KEY,
    disposition_id TEXT NOT NULL REFERENCES disposition(id),
    letter_id TEXT NOT NULL REFERENCES letter(id),
    position INTEGER NOT NULL,
    security TEXT NOT NULL,
    giver_id TEXT NOT NULL REFERENCES account(id),
    account_id TEXT NOT NULL REFERENCES account(id),
    place INTEGER NOT NULL,
    lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('unread', 'read', 'working', 'passed', 'done', 'cancelled')),
    deadline TEXT,
    percent INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    given_at TEXT NOT NULL,
    read_at TEXT,
    read_by TEXT REFERENCES account(id),
    settled_at TEXT,
    settled_by TEXT REFERENCES account(id),
    UNIQUE (disposition_id, account_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE UNIQUE INDEX disposition_task_lead ON disposition_task(disposition_id) WHERE lead = 1`);
  db.run(sql`CREATE INDEX disposition_task_letter ON disposition_task(letter_id, account_id)`);
  db.run(sql`CREATE INDEX disposition_task_open ON disposition_task(account_id, position, letter_id, state, security)
    WHERE state IN ('unread', 'read', 'working', 'passed')`);
  db.run(sql`CREATE INDEX disposition_task_given ON disposition_task(giver_id, position, letter_id, security)
    WHERE state IN ('unread', 'read', 'working', 'passed')`);
  db.run(sql`CREATE TABLE disposition_entry (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES disposition_task(id),
    letter_id TEXT NOT NULL REFERENCES letter(id),
    kind TEXT NOT NULL CHECK (kind IN ('progress', 'report', 'return', 'cancel')),
    percent INTEGER,
    account_id TEXT NOT NULL REFERENCES account(id),
    on_behalf_of TEXT REFERENCES account(id),
    words TEXT,
    sealed_words BLOB,
    at TEXT NOT NULL,
    CHECK (words IS NULL OR sealed_words IS NULL)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX disposition_entry_task ON disposition_entry(task_id, at)`);
  db.run(sql`CREATE TABLE disposition_subtask (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES disposition_task(id),
    letter_id TEXT NOT NULL REFERENCES letter(id),
    place INTEGER NOT NULL,
    words TEXT,
    sealed_words BLOB,
    done_at TEXT,
    done_by TEXT REFERENCES account(id),
    CHECK ((words IS NULL) <> (sealed_words IS NULL))
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX disposition_subtask_task ON disposition_subtask(task_id, place)`);
}
