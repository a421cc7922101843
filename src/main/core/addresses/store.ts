import { randomUUID } from 'node:crypto';
import {
  maximumAddresses,
  sameAddress,
  type AddressBook,
  type AddressEntry,
  type AddressGroup,
  type AddressKind,
  type GroupMember,
  type NewAddress,
  type NewGroup,
} from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';
import { sql, type ReadDb, type Sql, type WriteDb } from '../vault/index.ts';

/** Entries and groups of the office's book and of one person's own; other people's books are not there. */
interface EntryRow {
  readonly id: string;
  readonly owner_id: string | null;
  readonly kind: AddressKind;
  readonly name: string;
  readonly post: string;
  readonly office: string;
  readonly place: string;
  readonly email: string;
  readonly address: string;
  readonly note: string;
}

interface MemberRow {
  readonly group_id: string;
  readonly account_id: string | null;
  readonly unit: string | null;
  readonly entry_id: string | null;
}

const bookOf = (owner: string | null): AddressBook => (owner === null ? 'office' : 'mine');

const toEntry = (row: EntryRow): AddressEntry => ({
  id: row.id,
  book: bookOf(row.owner_id),
  kind: row.kind,
  name: row.name,
  post: row.post,
  office: row.office,
  place: row.place,
  email: row.email,
  address: row.address,
  note: row.note,
});

/** `accountId` is whoever asks. */
export function listEntries(db: ReadDb, accountId: string): AddressEntry[] {
  return db
    .all<EntryRow>(
      sql`SELECT * FROM address_entry WHERE owner_id IS NULL OR owner_id = ${accountId}
        ORDER BY name COLLATE NOCASE, place COLLATE NOCASE, id`,
    )
    .map(toEntry);
}

/** @throws AppError NOT_FOUND, also for what is in somebody else's book. */
export function readEntry(db: ReadDb, accountId: string, id: string): AddressEntry {
  const row = db.get<EntryRow>(
    sql`SELECT * FROM address_entry WHERE id = ${id} AND (owner_id IS NULL OR owner_id = ${accountId})`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  return toEntry(row);
}

const inBook = (owner: string | null): Sql =>
  owner === null ? sql`owner_id IS NULL` : sql`owner_id = ${owner}`;

/** Another entry of the same book with this name and place, the oldest of several. */
export function findDouble(
  db: ReadDb,
  owner: string | null,
  address: NewAddress,
  except: string | null,
): AddressEntry | null {
  const row = db.get<EntryRow>(
    sql`SELECT * FROM address_entry WHERE same = ${sameAddress(address)} AND ${inBook(owner)}
      AND id <> ${except ?? ''} ORDER BY changed_at, id LIMIT 1`,
  );
  return row ? toEntry(row) : null;
}

/**
 * @param id null for a new one.
 * @returns its id.
 * @throws AppError ADDRESS_BOOK_FULL {max}.
 */
export function storeEntry(
  db: WriteDb,
  id: string | null,
  owner: string | null,
  address: NewAddress,
  at: Date,
): string {
  const { kind, name, post, office, place, email, note } = address;
  const same = sameAddress(address);
  const now = at.toISOString();
  if (id !== null) {
    db.run(sql`UPDATE address_entry SET kind = ${kind}, name = ${name}, post = ${post}, office = ${office},
      place = ${place}, email = ${email}, address = ${address.address}, note = ${note}, same = ${same},
      changed_at = ${now} WHERE id = ${id}`);
    return id;
  }
  const held = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM address_entry WHERE ${inBook(owner)}`);
  if ((held?.n ?? 0) >= maximumAddresses) throw new AppError('ADDRESS_BOOK_FULL', { max: maximumAddresses });
  const made = randomUUID();
  db.run(sql`INSERT INTO address_entry (id, owner_id, kind, name, post, office, place, email, address, note, same,
      changed_at)
    VALUES (${made}, ${owner}, ${kind}, ${name}, ${post}, ${office}, ${place}, ${email}, ${address.address}, ${note},
      ${same}, ${now})`);
  return made;
}

/** Groups that named it name it no more. */
export function removeEntry(db: WriteDb, id: string): void {
  db.run(sql`DELETE FROM address_entry WHERE id = ${id}`);
}

/** One entry takes another's place: in every group, where both were in one only once. */
export function replaceEntry(db: WriteDb, old: string, by: string): void {
  db.run(sql`DELETE FROM address_member WHERE entry_id = ${old} AND group_id IN
    (SELECT group_id FROM address_member WHERE entry_id = ${by})`);
  db.run(sql`UPDATE address_member SET entry_id = ${by} WHERE entry_id = ${old}`);
  removeEntry(db, old);
}

/**
 * Two with the same name and place. These stay as they were written first; of the rest what the later one says wins
 * where it says anything.
 */
export function together(kept: NewAddress, later: NewAddress): NewAddress {
  const pick = (one: string, other: string): string => (one.trim() === '' ? other : one);
  return {
    kind: later.kind,
    name: kept.name,
    post: pick(later.post, kept.post),
    office: pick(later.office, kept.office),
    place: kept.place,
    email: pick(later.email, kept.email),
    address: pick(later.address, kept.address),
    note: pick(later.note, kept.note),
  };
}

const toMember = (row: MemberRow): GroupMember =>
  row.account_id !== null
    ? { type: 'account', id: row.account_id }
    : row.unit !== null
      ? { type: 'unit', id: row.unit }
      : { type: 'entry', id: row.entry_id ?? '' };

export function listGroups(db: ReadDb, accountId: string): AddressGroup[] {
  const members = new Map<string, GroupMember[]>();
  for (const row of db.all<MemberRow>(sql`SELECT * FROM address_member ORDER BY group_id, place`))
    members.set(row.group_id, [...(members.get(row.group_id) ?? []), toMember(row)]);
  return db
    .all<{ id: string; owner_id: string | null; name: string }>(
      sql`SELECT id, owner_id, name FROM address_group WHERE owner_id IS NULL OR owner_id = ${accountId}
        ORDER BY name COLLATE NOCASE, id`,
    )
    .map(({ id, owner_id, name }) => ({
      id,
      book: bookOf(owner_id),
      name,
      members: members.get(id) ?? [],
    }));
}

/**
 * @param accountId whoever saves: their own entries and the office's may be members, of the office's groups the
 * office's alone, since nobody else would see the others.
 * @throws AppError GROUP_DOUBLE; NOT_FOUND for a member that is not there.
 */
export function storeGroup(
  db: WriteDb,
  id: string | null,
  owner: string | null,
  accountId: string,
  group: NewGroup,
  at: Date,
): string {
  const taken = db.get(
    sql`SELECT 1 FROM address_group WHERE name = ${group.name} COLLATE NOCASE AND ${inBook(owner)} AND id <> ${id ?? ''}`,
  );
  if (taken) throw new AppError('GROUP_DOUBLE');
  const now = at.toISOString();
  const made = id ?? randomUUID();
  if (id === null) {
    db.run(
      sql`INSERT INTO address_group (id, owner_id, name, changed_at) VALUES (${made}, ${owner}, ${group.name}, ${now})`,
    );
  } else {
    db.run(sql`UPDATE address_group SET name = ${group.name}, changed_at = ${now} WHERE id = ${id}`);
    db.run(sql`DELETE FROM address_member WHERE group_id = ${id}`);
  }
  const once = new Map(group.members.map((member) => [`${member.type} ${member.id}`, member]));
  let place = 0;
  for (const member of once.values()) {
    requireMember(db, member, owner, accountId);
    const as = (type: GroupMember['type']): string | null => (member.type === type ? member.id : null);
    db.run(sql`INSERT INTO address_member (group_id, place, account_id, unit, entry_id)
      VALUES (${made}, ${place}, ${as('account')}, ${as('unit')}, ${as('entry')})`);
    place += 1;
  }
  return made;
}

function requireMember(db: ReadDb, member: GroupMember, owner: string | null, accountId: string): void {
  const { type, id } = member;
  if (type === 'entry') {
    if (owner === null && readEntry(db, accountId, id).book !== 'office') throw new AppError('NOT_FOUND');
    readEntry(db, accountId, id);
    return;
  }
  const there =
    type === 'account'
      ? sql`SELECT 1 FROM account WHERE id = ${id}`
      : sql`SELECT 1 FROM unit WHERE code = ${id}`;
  if (!db.get(there)) throw new AppError('NOT_FOUND');
}

export function removeGroup(db: WriteDb, id: string): void {
  db.run(sql`DELETE FROM address_group WHERE id = ${id}`);
}
