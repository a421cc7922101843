import { unitAddresses } from '../accounts/index.ts';
import {
  asTable,
  findDouble,
  fromTable,
  listEntries,
  listGroups,
  readCsv,
  readEntry,
  removeEntry,
  removeGroup as dropGroup,
  replaceEntry,
  storeEntry,
  storeGroup,
  together,
} from '../addresses/index.ts';
import {
  maximumMembers,
  officeBookWriters,
  type AddressBook,
  type AddressEntry,
  type AddressGroup,
  type AddressImport,
  type AddressList,
  type GroupMember,
  type NewAddress,
} from '../contract/addresses.ts';
import type { EngineCalls, Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { recordChange } from '../letters/index.ts';
import type { WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/** The address book: the office's, and everybody's own. */
export function list(context: Context): AddressList {
  const { vault, accountId } = context.session();
  return {
    entries: listEntries(vault.read, accountId),
    groups: listGroups(vault.read, accountId),
    units: unitAddresses(vault.read, context.today),
  };
}

/** Whose book is written in: null is the office's. @throws AppError NOT_ALLOWED. */
function owner(context: Context, book: AddressBook): string | null {
  if (book === 'mine') return context.session().accountId;
  if (!context.me().roles.some((role) => officeBookWriters.includes(role))) throw new AppError('NOT_ALLOWED');
  return null;
}

/** Audited with the book alone: who is in a person's own book is nobody else's business. */
function change<T>(
  context: Context,
  action: string,
  facts: Readonly<Record<string, string | number>>,
  id: string,
  work: (db: WriteDb, now: Date) => T,
): T {
  return context.act({ action, entity: 'address', entityId: id, facts }, (db, now) => {
    const value = work(db, now);
    recordChange(db, 'address', id, now);
    return value;
  });
}

export function save(context: Context, input: Input<'addresses.save'>): AddressEntry {
  const { vault, accountId } = context.session();
  const { book, doubles } = input;
  const of = owner(context, book);
  if (input.id !== null) requireBook(readEntry(vault.read, accountId, input.id), book);
  const double = doubles === 'keep' ? null : findDouble(vault.read, of, input.address, input.id);
  if (double && doubles === 'ask') throw new AppError('ADDRESS_DOUBLE');
  const id = change(context, 'address.saved', { book }, input.id ?? double?.id ?? '', (db, now) => {
    if (!double) return storeEntry(db, input.id, of, input.address, now);
    if (input.id !== null) replaceEntry(db, input.id, double.id);
    return storeEntry(db, double.id, of, together(double, input.address), now);
  });
  return readEntry(vault.read, accountId, id);
}

/** An entry does not change books by being saved. */
function requireBook(one: { readonly book: AddressBook }, book: AddressBook): void {
  if (one.book !== book) throw new AppError('NOT_FOUND');
}

export function remove(context: Context, input: Input<'addresses.remove'>): null {
  const { vault, accountId } = context.session();
  const { book } = readEntry(vault.read, accountId, input.id);
  owner(context, book);
  change(context, 'address.removed', { book }, input.id, (db) => removeEntry(db, input.id));
  return null;
}

/** @throws AppError NOT_FOUND. */
function readGroup(context: Context, id: string): AddressGroup {
  const { vault, accountId } = context.session();
  const group = listGroups(vault.read, accountId).find((one) => one.id === id);
  if (!group) throw new AppError('NOT_FOUND');
  return group;
}

export function saveGroup(context: Context, input: Input<'addresses.saveGroup'>): AddressGroup {
  const { accountId } = context.session();
  const { book, group } = input;
  const of = owner(context, book);
  if (input.id !== null) requireBook(readGroup(context, input.id), book);
  const facts = { book, members: group.members.length };
  const id = change(context, 'address.group-saved', facts, input.id ?? '', (db, now) =>
    storeGroup(db, input.id, of, accountId, group, now),
  );
  return readGroup(context, id);
}

export function removeGroup(context: Context, input: Input<'addresses.removeGroup'>): null {
  const { book } = readGroup(context, input.id);
  owner(context, book);
  change(context, 'address.group-removed', { book }, input.id, (db) => dropGroup(db, input.id));
  return null;
}

/** One transaction: a table comes in whole or not at all. */
export function importTable(context: Context, input: Input<'addresses.import'>): AddressImport {
  const { vault } = context.session();
  const { book } = input;
  const of = owner(context, book);
  const { addresses, problems } = fromTable(readCsv(input.csv));
  const counted = { added: 0, changed: 0, same: 0 };
  const plan = addresses.map((address) => {
    const double = findDouble(vault.read, of, address, null);
    const next = double ? together(double, address) : address;
    const state = !double ? 'added' : equal(double, next) ? 'same' : 'changed';
    counted[state] += 1;
    return { id: double?.id ?? null, next, state };
  });
  if (input.write) {
    change(context, 'address.imported', { book, ...counted }, '', (db, now) => {
      const ids = plan.map(({ id, next, state }) =>
        state === 'same' && id !== null ? id : storeEntry(db, id, of, next, now),
      );
      if (input.group !== '') joinGroup(context, db, input.group, of, ids, now);
    });
  }
  return { ...counted, problems, written: input.write };
}

function joinGroup(
  context: Context,
  db: WriteDb,
  name: string,
  of: string | null,
  ids: readonly string[],
  now: Date,
): void {
  const { accountId } = context.session();
  const book = of === null ? 'office' : 'mine';
  const before = listGroups(db, accountId).find(
    (one) => one.book === book && one.name.toLowerCase() === name.toLowerCase(),
  );
  const added = ids.map((id): GroupMember => ({ type: 'entry', id }));
  const members = [...(before?.members ?? []), ...added];
  if (members.length > maximumMembers) throw new AppError('GROUP_FULL', { max: maximumMembers });
  storeGroup(db, before?.id ?? null, of, accountId, { name: before?.name ?? name, members }, now);
}

function equal(one: NewAddress, other: NewAddress): boolean {
  const keys = ['kind', 'name', 'post', 'office', 'place', 'email', 'address', 'note'] as const;
  return keys.every((key) => one[key] === other[key]);
}

export function exportTable(
  context: Context,
  input: { readonly book: AddressBook },
): EngineCalls['addresses.export']['output'] {
  const { vault, accountId } = context.session();
  const entries = listEntries(vault.read, accountId).filter((entry) => entry.book === input.book);
  const facts = { book: input.book, addresses: entries.length };
  context.act({ action: 'address.exported', entity: 'address', entityId: '', facts }, () => undefined);
  return { csv: asTable(entries), fileName: 'buku-alamat.csv' };
}
