import type { Input } from '../contract/api.ts';
import type { DispatchState } from '../contract/dispatch.ts';
import { AppError } from '../contract/errors.ts';
import { isSealed, readLetter, recordDispatch, voidDispatch } from '../letters/index.ts';
import { dispatchedLetter, dispatchState, letterDetail, type DispatchedLetter } from '../queries/index.ts';
import { plainDate, type Context } from './context.ts';

/** The expedition book: what was handed over to addressees outside, by the author or the registrar of the unit. */

export function list(context: Context, input: Input<'dispatch.list'>): DispatchState {
  const { read } = context.session().vault;
  const asker = context.asker();
  // Whoever may not read it gets the refusal of every other question about it.
  letterDetail(read, asker, input.id);
  const letter = dispatchedLetter(read, asker, input.id);
  return letter ? state(context, input.id, letter) : { outside: [], dispatches: [], may: false };
}

const state = (context: Context, id: string, letter: DispatchedLetter): DispatchState =>
  dispatchState(context.session().vault.read, context.asker(), id, letter.state === 'signed');

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE. */
function keptByMe(context: Context, id: string): DispatchedLetter & { readonly sealed: boolean } {
  const { vault, ring } = context.session();
  const letter = dispatchedLetter(vault.read, context.asker(), id);
  if (!letter) throw new AppError('NOT_FOUND');
  return { ...letter, sealed: isSealed(readLetter(vault.read, ring, id).security) };
}

export function record(context: Context, input: Input<'dispatch.record'>): DispatchState {
  const letter = keptByMe(context, input.id);
  const { accountId } = context.session();
  const facts = (numbers: readonly string[]): { unit: string; numbers: string } => ({
    unit: letter.unit,
    numbers: numbers.join(', '),
  });
  context.act({ action: 'dispatch.recorded', entity: 'letter', entityId: input.id, facts }, (db, now) =>
    input.entries.map((entry) => {
      if (letter.state !== 'signed') throw new AppError('LETTER_NOT_EDITABLE');
      const handed = new Date(entry.handedAt);
      // To the minute: a clock on the wall says no more.
      const signed = Math.floor(Date.parse(letter.signedAt ?? '') / 60_000) * 60_000;
      if (handed.getTime() > now.getTime() || handed.getTime() < signed)
        throw new AppError('DISPATCH_TIME_WRONG');
      const year = Number(plainDate(handed).slice(0, 4));
      // Whom a sealed letter names is part of its words: those who may read it find the name there.
      const destination = letter.sealed ? '' : entry.destination;
      const handover = {
        ...entry,
        destination,
        handedAt: handed.toISOString(),
        letterId: input.id,
        unit: letter.unit,
        year,
        by: accountId,
      };
      return `${recordDispatch(db, handover, now)}/${year}`;
    }),
  );
  return state(context, input.id, letter);
}

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, BAD_REQUEST without the reason that an open letter needs. */
export function voidOne(context: Context, input: Input<'dispatch.void'>): DispatchState {
  const letter = keptByMe(context, input.id);
  const { id, year, sequence } = input;
  // Of a sealed letter it may say what it is about, or to whom: it is not kept.
  const reason = letter.sealed ? '' : input.reason;
  if (!letter.sealed && reason === '') throw new AppError('BAD_REQUEST', { field: 'reason' });
  const facts = { unit: letter.unit, number: `${sequence}/${year}`, reason };
  context.act({ action: 'dispatch.voided', entity: 'letter', entityId: id, facts }, (db, now) =>
    voidDispatch(db, { letterId: id, unit: letter.unit, year, sequence }, reason, now),
  );
  return state(context, id, letter);
}
