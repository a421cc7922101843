import { randomUUID } from 'node:crypto';
import {
  addDeputy,
  addPost,
  endDeputy,
  endPost,
  ensureUnit,
  insertPerson,
  listDeputies,
  listPeople,
  listUnits,
  readPerson,
  revokePerson,
  saveUnit,
  setRoles as storeRoles,
  updatePerson,
} from '../accounts/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Letterhead } from '../contract/letters.ts';
import type { Deputy, Person, Unit } from '../contract/people.ts';
import { openTasksOf } from '../letters/dispositions/index.ts';
import { awaitedFrom, onlyReaderOf, recordChange, unsettledOf } from '../letters/index.ts';
import { sql, type WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';
import { afterRevoking } from './dispositions.ts';
import { requireAccountPassphrase } from './passphrases.ts';
import { minimumLength, requireLength } from './start.ts';

/** People, their roles and posts, the units, and who stands in for whom. */
export function list(context: Context): Person[] {
  return listPeople(context.session().vault.read, context.today);
}

const read = (context: Context, accountId: string): Person =>
  readPerson(context.session().vault.read, accountId, context.today);

/** Act on one person, audited, and give them back as they are now. @throws AppError NOT_FOUND. */
function change(
  context: Context,
  accountId: string,
  action: string,
  facts: Readonly<Record<string, string>>,
  work: (db: WriteDb, now: Date) => void,
): Person {
  read(context, accountId);
  context.act({ action, entity: 'account', entityId: accountId, facts }, (db, now) => {
    work(db, now);
    recordChange(db, 'person', accountId, now);
  });
  return read(context, accountId);
}

/** Adds a person with a passphrase for the first unlock only; the account is useless until activated. */
export async function add(context: Context, input: Input<'people.add'>): Promise<Person> {
  requireLength(input.initialPassphrase, minimumLength.initial);
  const { vault } = context.session();
  const { username } = input.person;
  const slots = new Set(vault.header().accounts.map((slot) => slot.accountId));
  // A crash between row and slot leaves a person who cannot enter: adding the same name again finishes that.
  const unfinished = list(context).find(
    (one) =>
      !one.activated &&
      !one.revoked &&
      !slots.has(one.accountId) &&
      one.username.toLowerCase() === username.toLowerCase(),
  );
  const accountId = unfinished?.accountId ?? randomUUID();
  if (!unfinished) {
    const facts = { roles: input.roles.join(' ') };
    context.act({ action: 'account.added', entity: 'account', entityId: accountId, facts }, (db, now) => {
      insertPerson(db, accountId, input.person, input.roles, now, context.today, false);
      recordChange(db, 'person', accountId, now);
    });
  }
  const key = await vault.addAccountSlot({ accountId, username }, input.initialPassphrase);
  key.privateKey.fill(0);
  return read(context, accountId);
}

/** Letters signed already keep what they were signed with. @throws AppError NOT_ALLOWED, NOT_FOUND. */
export function save(context: Context, input: Input<'people.save'>): Person {
  const me = context.me();
  const administrator = me.roles.includes('administrator');
  if (input.accountId !== me.accountId && !administrator) throw new AppError('NOT_ALLOWED');
  // A post decides what one signs as: only an administrator says what it is.
  const { official } = input;
  if (!administrator && (official.post !== me.post || official.unit !== me.unit))
    throw new AppError('NOT_ALLOWED');
  return change(context, input.accountId, 'account.changed', {}, (db) =>
    updatePerson(db, input.accountId, official, context.today),
  );
}

export function setRoles(context: Context, input: Input<'people.setRoles'>): Person {
  const before = read(context, input.accountId).roles.join(' ');
  const facts = { before, after: input.roles.join(' ') };
  return change(context, input.accountId, 'account.roles-changed', facts, (db) =>
    storeRoles(db, input.accountId, input.roles),
  );
}

export function addPostTo(context: Context, input: Input<'people.addPost'>): Person {
  const { status, title, unit, from } = input.post;
  return change(context, input.accountId, 'post.added', { status, title, unit, from }, (db) => {
    ensureUnit(db, unit);
    addPost(db, input.accountId, input.post);
  });
}

export function endPostOf(context: Context, input: Input<'people.endPost'>): Person {
  const facts = { post: input.postId, until: input.until };
  return change(context, input.accountId, 'post.ended', facts, (db) =>
    endPost(db, input.accountId, input.postId, input.until),
  );
}

/** For somebody who forgot the account passphrase; their signing passphrase brings sealed letters back. */
export async function resetPassphrase(
  context: Context,
  input: Input<'people.resetPassphrase'>,
): Promise<null> {
  requireLength(input.initialPassphrase, minimumLength.initial);
  if (input.accountId === context.session().accountId) throw new AppError('NOT_ALLOWED');
  if (read(context, input.accountId).revoked) throw new AppError('ACCOUNT_REVOKED');
  await context.session().vault.resetAccount(input.accountId, input.initialPassphrase);
  change(context, input.accountId, 'account.passphrase-reset', {}, () => undefined);
  return null;
}

export function beforeRevoking(
  context: Context,
  input: Input<'people.beforeRevoking'>,
): Output<'people.beforeRevoking'> {
  read(context, input.accountId);
  const db = context.session().vault.read;
  return {
    onlyReaderOf: onlyReaderOf(db, input.accountId),
    awaited: awaitedFrom(db, input.accountId),
    tasks: openTasksOf(db, input.accountId),
    unsettled: unsettledOf(db, input.accountId),
  };
}

/** Nobody acts in this person's name any more, and who reported to them reports to somebody else. */
export function closeAccount(context: Context, accountId: string): void {
  change(context, accountId, 'account.revoked', {}, (db, now) => {
    revokePerson(db, accountId, now);
    afterRevoking(context, db, accountId, now);
  });
}

/**
 * The row first, then slot and data key: after a crash in between, the account is refused at the door and revoking it
 * once more finishes the work.
 */
export async function revoke(context: Context, input: Input<'people.revoke'>): Promise<Person> {
  const { vault, accountId } = context.session();
  if (input.accountId === accountId) throw new AppError('NOT_ALLOWED');
  await requireAccountPassphrase(context, input.accountPassphrase);
  closeAccount(context, input.accountId);
  // The slot goes even where the vault cannot be re-keyed yet: then that is still to be done, and it says so.
  await vault.dropSlot(input.accountId);
  await vault.rekey({ without: input.accountId });
  context.act({ action: 'vault.rekeyed', entity: 'vault', entityId: vault.id }, () => undefined);
  return read(context, input.accountId);
}

export function units(context: Context): Unit[] {
  return listUnits(context.session().vault.read);
}

/** How certificates name a unit: its name, or its code while nobody gave it one. */
export const unitName = (context: Context, code: string): string =>
  listUnits(context.session().vault.read).find((one) => one.code === code)?.name ?? code;

export function saveOneUnit(context: Context, input: Unit): Unit[] {
  const facts = { name: input.name, parent: input.parent ?? '' };
  context.act({ action: 'unit.saved', entity: 'unit', entityId: input.code, facts }, (db, now) => {
    saveUnit(db, input);
    recordChange(db, 'unit', input.code, now);
  });
  return units(context);
}

export function deputies(context: Context): Deputy[] {
  return listDeputies(context.session().vault.read, context.today);
}

export function appointDeputy(context: Context, input: Input<'deputies.add'>): Deputy[] {
  const facts = { principal: input.principalId, from: input.from, until: input.until };
  context.act({ action: 'deputy.added', entity: 'account', entityId: input.deputyId, facts }, (db, now) => {
    addDeputy(db, input);
    recordChange(db, 'deputy', input.deputyId, now);
  });
  return deputies(context);
}

export function endDeputyNow(context: Context, input: Input<'deputies.end'>): Deputy[] {
  context.act({ action: 'deputy.ended', entity: 'deputy', entityId: input.id }, (db, now) => {
    endDeputy(db, input.id, now);
    recordChange(db, 'deputy', input.id, now);
  });
  return deputies(context);
}

export function saveOffice(context: Context, letterhead: Letterhead): Letterhead {
  context.act({ action: 'office.changed', entity: 'office', entityId: 'letterhead' }, (db, now) => {
    db.run(sql`UPDATE meta SET value = ${JSON.stringify(letterhead)} WHERE key = 'letterhead'`);
    recordChange(db, 'office', 'letterhead', now);
  });
  return letterhead;
}
