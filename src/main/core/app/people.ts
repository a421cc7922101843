import { randomUUID } from 'node:crypto';
import { insertPerson, listPeople, readPerson, updatePerson } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Letterhead } from '../contract/letters.ts';
import type { Person } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { sql } from '../vault/index.ts';
import type { Context } from './context.ts';
import { minimumLength, requireLength } from './start.ts';

export function list(context: Context): Person[] {
  return listPeople(context.session().vault.read);
}

/** Adds a person with a passphrase for the first unlock only; the account is useless until activated. */
export async function add(context: Context, input: Input<'people.add'>): Promise<Person> {
  requireLength(input.initialPassphrase, minimumLength.initial);
  const { vault } = context.session();
  const { username } = input.person;
  const slots = new Set(vault.header().accounts.map((slot) => slot.accountId));
  // A crash between row and slot leaves a person who cannot enter: adding the same name again finishes that.
  const unfinished = listPeople(vault.read).find(
    (one) =>
      !one.activated && !slots.has(one.accountId) && one.username.toLowerCase() === username.toLowerCase(),
  );
  const accountId = unfinished?.accountId ?? randomUUID();
  if (!unfinished) {
    context.act({ action: 'account.added', entity: 'account', entityId: accountId }, (db, now) => {
      insertPerson(db, accountId, input.person, 'staff', now, false);
      recordChange(db, 'person', accountId, now);
    });
  }
  await vault.addAccountSlot({ accountId, username }, input.initialPassphrase);
  return readPerson(vault.read, accountId);
}

/** Letters signed already keep what they were signed with. @throws AppError NOT_ALLOWED, NOT_FOUND. */
export function save(context: Context, input: Input<'people.save'>): Person {
  const { vault, accountId } = context.session();
  if (input.accountId !== accountId && context.me().role !== 'administrator')
    throw new AppError('NOT_ALLOWED');
  readPerson(vault.read, input.accountId);
  context.act({ action: 'account.changed', entity: 'account', entityId: input.accountId }, (db, now) => {
    updatePerson(db, input.accountId, input.official);
    recordChange(db, 'person', input.accountId, now);
  });
  return readPerson(vault.read, input.accountId);
}

export function saveOffice(context: Context, letterhead: Letterhead): Letterhead {
  context.act({ action: 'office.changed', entity: 'office', entityId: 'letterhead' }, (db, now) => {
    db.run(sql`UPDATE meta SET value = ${JSON.stringify(letterhead)} WHERE key = 'letterhead'`);
    recordChange(db, 'office', 'letterhead', now);
  });
  return letterhead;
}
