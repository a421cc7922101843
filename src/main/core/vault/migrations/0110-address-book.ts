import { sql, type WriteDb } from '../sql.ts';

/** The address book with its groups, and which letters were made from one letter and a table. */
export const version = 110;

export function up(db: WriteDb): void {
  // Without an owner it is the office's; `same` is name and place with case and spaces folded, to find doubles.
  db.run(sql`CREATE TABLE address_entry (
    id TEXT PRIMARY KEY,
    owner_id TEXT REFERENCES account(id),
    kind TEXT NOT NULL CHECK (kind IN ('office', 'person')),
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    office TEXT NOT NULL,
    place TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    note TEXT NOT NULL,
    same TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX address_entry_same ON address_entry(same)`);
  db.run(sql`CREATE INDEX address_entry_owner ON address_entry(owner_id)`);

  db.run(sql`CREATE TABLE address_group (
    id TEXT PRIMARY KEY,
    owner_id TEXT REFERENCES account(id),
    name TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX address_group_owner ON address_group(owner_id)`);
  db.run(sql`CREATE TABLE address_member (
    group_id TEXT NOT NULL REFERENCES address_group(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    account_id TEXT REFERENCES account(id),
    unit TEXT REFERENCES unit(code),
    entry_id TEXT REFERENCES address_entry(id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, place),
    CHECK ((account_id IS NOT NULL) + (unit IS NOT NULL) + (entry_id IS NOT NULL) = 1)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX address_member_entry ON address_member(entry_id) WHERE entry_id IS NOT NULL`);

  // Whom the letters go to stands in the letters alone: they may be sealed.
  db.run(sql`CREATE TABLE letter_merge (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES letter(id),
    account_id TEXT NOT NULL REFERENCES account(id),
    made_at TEXT NOT NULL,
    discarded_at TEXT
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX letter_merge_account ON letter_merge(account_id, made_at)`);
  db.run(sql`CREATE INDEX letter_merge_source ON letter_merge(source_id)`);
  db.run(sql`CREATE TABLE letter_merge_item (
    merge_id TEXT NOT NULL REFERENCES letter_merge(id),
    place INTEGER NOT NULL,
    letter_id TEXT NOT NULL UNIQUE REFERENCES letter(id),
    PRIMARY KEY (merge_id, place)
  ) STRICT, WITHOUT ROWID`);
}
