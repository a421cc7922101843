import { keptPublicKey, listPeople, readPerson, titledName } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterReader } from '../contract/letters.ts';
import { dispositionsOf, takesPartInDispositions } from '../letters/dispositions/index.ts';
import {
  accessOf,
  grant as grantTo,
  isSealed,
  readLetter,
  withdraw as withdrawFrom,
} from '../letters/index.ts';
import { addNotice } from '../notifications/index.ts';
import type { Context } from './context.ts';
import { seenDispositions, seenLetter } from './disposition-tree.ts';
import { myLetter } from './drafting.ts';
import { get } from './inbox.ts';

/** Who may read one letter; its author lets people in and takes that back. */
export function list(context: Context, input: Input<'letters.readers'>): LetterReader[] {
  const { vault, ring, accountId } = context.session();
  const { mine, steps, destroyed } = get(context, input);
  // Nobody reads it any more.
  if (destroyed) return [];
  // Who was asked on the way is not told to those who merely received it.
  const inside = mine || steps.length > 0;
  const disposes = seesDispositions(context, input.id);
  const people = new Map(listPeople(vault.read, context.today).map((one) => [one.accountId, one]));
  return accessOf(vault.read, readLetter(vault.read, ring, input.id)).flatMap((one) => {
    const person = people.get(one.accountId);
    if (!inside && one.accountId !== accountId && ['reviewer', 'signer', 'deputy'].includes(one.how))
      return [];
    // Whom the receivers' offices passed it on to is their own affair.
    if (!disposes && one.accountId !== accountId && one.how === 'disposition') return [];
    return person ? [{ ...one, name: titledName(person), post: person.post }] : [];
  });
}

function seesDispositions(context: Context, letterId: string): boolean {
  const { read } = context.session().vault;
  const asker = context.asker();
  const letter = seenLetter(read, asker, letterId);
  return seenDispositions(read, asker, letter, dispositionsOf(read, letterId)).size > 0;
}

/** @throws AppError READER_IS_PARTY, READER_NOT_READY, NOT_FOUND, LETTER_NOT_EDITABLE for a draft. */
export function grant(context: Context, input: Input<'letters.grant'>): LetterReader[] {
  const { vault, ring } = context.session();
  const letter = myLetter(context, input.id);
  const person = readPerson(vault.read, input.accountId, context.today);
  if (letter.authorId === input.accountId) throw new AppError('READER_IS_PARTY');
  if (person.revoked) throw new AppError('ACCOUNT_REVOKED');
  const publicKey = keptPublicKey(vault.read, input.accountId);
  if (!publicKey && isSealed(letter.security))
    throw new AppError('READER_NOT_READY', { name: titledName(person) });
  const reader = {
    accountId: input.accountId,
    publicKey: publicKey ?? Buffer.alloc(0),
    how: 'grant',
  } as const;
  const facts = { to: input.accountId, security: letter.security };
  context.act({ action: 'letter.granted', entity: 'letter', entityId: letter.id, facts }, (db, now) => {
    grantTo(db, ring, letter, reader, person.unit, now);
    addNotice(db, input.accountId, 'letter-arrived', letter.id, now);
  });
  return list(context, input);
}

export function withdraw(context: Context, input: Input<'letters.withdraw'>): LetterReader[] {
  const { vault, ring } = context.session();
  const letter = myLetter(context, input.id);
  // What somebody still has to do, or is to be told, would be lost with the letter.
  if (takesPartInDispositions(vault.read, letter.id, input.accountId)) throw new AppError('READER_HAS_TASK');
  const facts = { from: input.accountId, security: letter.security };
  context.act({ action: 'letter.withdrawn', entity: 'letter', entityId: letter.id, facts }, (db, now) =>
    withdrawFrom(db, ring, letter, input.accountId, (id) => keptPublicKey(vault.read, id), now),
  );
  return list(context, input);
}
