import { sql, type WriteDb } from '../sql.ts';

/** The archive: classification with retention, files with letters in them, holds, proposals, and what is left of a destroyed letter. */
export const version = 190;

export function up(db: WriteDb): void {
  // Empty: the tree that came with the application.
  db.run(sql`CREATE TABLE classification (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES classification(code) DEFERRABLE INITIALLY DEFERRED,
    active_years INTEGER CHECK (active_years >= 0),
    inactive_years INTEGER CHECK (inactive_years >= 0),
    fate TEXT CHECK (fate IN ('musnah', 'dinilai-kembali', 'permanen')),
    CHECK ((fate IS NULL) = (active_years IS NULL) AND (fate IS NULL) = (inactive_years IS NULL))
  ) STRICT, WITHOUT ROWID`);
  files(db);
  proposals(db);
  db.run(sql`ALTER TABLE letter ADD COLUMN destroyed_at TEXT`);
  db.run(sql`ALTER TABLE letter ADD COLUMN destroyed_in TEXT REFERENCES archive_file(id)`);
  // SHA-256 of the PDF that was destroyed: whoever has a copy can still be answered.
  db.run(sql`ALTER TABLE letter ADD COLUMN destroyed_sha256 TEXT`);
}

function files(db: WriteDb): void {
  // inactive_from and due_from follow from the code's retention and closed_on; kept for the lists.
  db.run(sql`CREATE TABLE archive_file (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL REFERENCES classification(code),
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'proposed', 'destroyed', 'transferred')),
    inactive_from TEXT,
    due_from TEXT,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account(id),
    CHECK ((closed_on IS NULL) = (state = 'open'))
  ) STRICT`);
  db.run(sql`CREATE INDEX archive_file_unit ON archive_file(unit, state, position)`);
  db.run(sql`CREATE INDEX archive_file_code ON archive_file(code, unit)`);
  db.run(sql`CREATE TABLE archive_item (
    letter_id TEXT NOT NULL REFERENCES letter(id),
    unit TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES archive_file(id),
    filed_at TEXT NOT NULL,
    filed_by TEXT NOT NULL REFERENCES account(id),
    PRIMARY KEY (letter_id, unit)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX archive_item_file ON archive_item(file_id, letter_id)`);
  db.run(sql`CREATE TABLE archive_hold (
    id TEXT PRIMARY KEY,
    file_id TEXT NOT NULL REFERENCES archive_file(id),
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    held_by TEXT NOT NULL REFERENCES account(id),
    lifted_at TEXT,
    lifted_by TEXT REFERENCES account(id),
    lift_reason TEXT NOT NULL DEFAULT ''
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE UNIQUE INDEX archive_hold_open ON archive_hold(file_id) WHERE lifted_at IS NULL`);
  db.run(sql`CREATE INDEX archive_hold_file ON archive_hold(file_id, since)`);
}

function proposals(db: WriteDb): void {
  db.run(sql`CREATE TABLE archive_proposal (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('destruction', 'transfer')),
    state TEXT NOT NULL
      CHECK (state IN ('panel', 'approval', 'approved', 'recorded', 'executed', 'rejected', 'withdrawn')),
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account(id),
    approver_id TEXT NOT NULL REFERENCES account(id),
    approved_at TEXT,
    anri_number TEXT,
    anri_date TEXT,
    minutes_number TEXT,
    minutes_date TEXT,
    receiver TEXT NOT NULL DEFAULT '',
    receiver_name TEXT NOT NULL DEFAULT '',
    minutes_object TEXT REFERENCES object(id),
    executed_at TEXT,
    ended_at TEXT,
    ended_by TEXT REFERENCES account(id),
    ended_reason TEXT NOT NULL DEFAULT '',
    CHECK ((anri_number IS NULL) = (anri_date IS NULL)),
    CHECK ((minutes_number IS NULL) = (minutes_object IS NULL)),
    CHECK (state NOT IN ('recorded', 'executed') OR minutes_number IS NOT NULL)
  ) STRICT`);
  db.run(sql`CREATE INDEX archive_proposal_object ON archive_proposal(minutes_object)`);
  // The retention as it was when it was proposed.
  db.run(sql`CREATE TABLE archive_proposal_file (
    proposal_id TEXT NOT NULL REFERENCES archive_proposal(id),
    file_id TEXT NOT NULL REFERENCES archive_file(id),
    active_years INTEGER NOT NULL,
    inactive_years INTEGER NOT NULL,
    fate TEXT NOT NULL,
    PRIMARY KEY (proposal_id, file_id)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX archive_proposal_file_file ON archive_proposal_file(file_id)`);
  db.run(sql`CREATE TABLE archive_panel (
    proposal_id TEXT NOT NULL REFERENCES archive_proposal(id),
    place INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES account(id),
    agrees INTEGER CHECK (agrees IN (0, 1)),
    reason TEXT NOT NULL DEFAULT '',
    at TEXT,
    PRIMARY KEY (proposal_id, account_id),
    CHECK ((agrees IS NULL) = (at IS NULL))
  ) STRICT, WITHOUT ROWID`);
}
