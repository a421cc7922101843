import { principalsOf } from '../accounts/index.ts';
import type { LetterLink } from '../contract/review.ts';
import {
  enterAgenda,
  moveReplies,
  settleReplied,
  stepsOf,
  unsettleReplied,
  type Receiver,
  type StoredLetter,
} from '../letters/index.ts';
import type { WriteDb } from '../vault/index.ts';
import { plainDate } from './context.ts';

/** What a letter's being sent means to those who receive it, within the transaction that issues it. */

/**
 * Entered in the agenda book of each unit that receives it, once; and what it answers is settled.
 * @param superseded what it replaces or revokes: an answer that was revoked answers nothing, and one that was replaced
 * leaves what it had settled to the later one.
 */
export function takeIn(
  db: WriteDb,
  letter: StoredLetter,
  receivers: ReadonlyMap<string, Receiver>,
  superseded: readonly { readonly targetId: string; readonly kind: LetterLink['kind'] }[],
  by: string,
  now: Date,
): void {
  const receivedOn = plainDate(now);
  const { recipients = [], copies = [] } = letter.frozen?.content ?? letter.content;
  const units = [...recipients, ...copies]
    .filter((one) => one.accountId !== null && one.accountId !== letter.authorId)
    .map((one) => receivers.get(one.accountId ?? '')?.unit ?? '');
  for (const unit of new Set(units))
    if (unit !== '') enterAgenda(db, letter.id, { unit, receivedOn, enteredBy: null }, now);
  const signers = stepsOf(db, letter.id).filter((one) => one.role === 'sign');
  const own = [letter.authorId, by, ...signers.flatMap((one) => [one.accountId, one.doneBy ?? by])];
  const principals = own.flatMap((one) => principalsOf(db, one, receivedOn).map(({ id }) => id));
  for (const { targetId, kind } of superseded) if (kind === 'replaces') moveReplies(db, targetId, letter.id);
  settleReplied(db, letter.id, { own, principals }, by, now);
  for (const { targetId, kind } of superseded) if (kind === 'revokes') unsettleReplied(db, targetId, now);
}
