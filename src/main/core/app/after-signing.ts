import { keptPublicKey } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterDetail } from '../contract/letters.ts';
import { isSignedState } from '../contract/lifecycle.ts';
import {
  addDraft,
  addRemark,
  closeTo,
  isSealed,
  link,
  readLetter,
  recordChange,
  replyLikewise,
  requireNoSuccessorUnderWay,
  setState,
  stepsOf,
  undeliver,
  unlink,
  unsettleReplied,
  voidAgenda,
  type StoredLetter,
} from '../letters/index.ts';
import { markLetterNoticesRead } from '../notifications/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { myLetter, sealingAuthor } from './drafting.ts';
import { detailOf } from './letter-life.ts';

/** What may still happen to a signed letter: taken back while unread, replaced or revoked by a later one. */

/** A signed letter that the person at work wrote or signed. @throws AppError NOT_FOUND. */
function sentByMe(context: Context, id: string): StoredLetter {
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, id);
  const signed = stepsOf(vault.read, id).some(
    (one) => one.role === 'sign' && one.doneAt !== null && [one.accountId, one.doneBy].includes(accountId),
  );
  if (letter.authorId !== accountId && !signed) throw new AppError('NOT_FOUND');
  return letter;
}

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, LETTER_ALREADY_READ. */
export function withdrawSent(context: Context, input: Input<'letters.withdrawSent'>): LetterDetail {
  const { ring, accountId } = context.session();
  const audit = { action: 'letter.taken-back', entity: 'letter', entityId: input.id };
  context.act({ ...audit, facts: (taken: number) => ({ receivers: taken }) }, (db, now) => {
    const letter = sentByMe(context, input.id);
    setState(db, letter, 'withdraw', now);
    requireNoSuccessorUnderWay(db, letter.id);
    const received = undeliver(db, letter, now);
    voidAgenda(db, letter.id, 'WITHDRAWN');
    unsettleReplied(db, letter.id, now);
    const part = new Set(stepsOf(db, letter.id).flatMap((one) => [one.accountId, one.doneBy]));
    addRemark(
      db,
      ring,
      letter,
      { kind: 'withdraw', text: input.reason, mark: null, accountId, onBehalfOf: null },
      now,
    );
    // Nobody has opened it, and nobody can any more: the key that went out opens nothing.
    if (isSealed(letter.security))
      closeTo(
        db,
        ring,
        letter,
        (one) => ['receiver', 'deputy', 'grant'].includes(one.how) && !part.has(one.accountId),
        (account) => keptPublicKey(db, account),
        now,
      );
    for (const account of received) markLetterNoticesRead(db, account, letter.id, now);
    recordChange(db, 'notice', letter.id, now);
    return received.length;
  });
  updateBadge(context);
  return detailOf(context, input.id);
}

/**
 * A draft with the words of a signed letter, which replaces or revokes it once it is signed itself.
 * @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE when the letter is not in force any more.
 */
export function succeed(context: Context, input: Input<'letters.succeed'>): LetterDetail {
  const { ring, accountId } = context.session();
  const { post, unit } = context.me();
  const audit = { action: 'letter.succession-begun', entity: 'letter', entityId: input.id };
  const id = context.act({ ...audit, facts: { kind: input.kind } }, (db, now) => {
    const target = sentByMe(context, input.id);
    if (!isSignedState(target.state)) throw new AppError('LETTER_NOT_EDITABLE');
    const content = { ...target.content, postId: null };
    const sender = { accountId, post, unit };
    const made = addDraft(db, ring, content, sender, () => sealingAuthor(context), now);
    link(db, { letterId: made, targetId: target.id, kind: input.kind }, now);
    if (input.kind === 'replaces') replyLikewise(db, made, target.id, now);
    return made;
  });
  return detailOf(context, id);
}

/** A draft that was to take another letter's place goes on without it. @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE. */
export function unlinkDraft(context: Context, input: Input<'letters.unlink'>): LetterDetail {
  const letter = myLetter(context, input.id);
  if (letter.state !== 'draft' && letter.state !== 'returned') throw new AppError('LETTER_NOT_EDITABLE');
  context.act({ action: 'letter.succession-ended', entity: 'letter', entityId: input.id }, (db, now) => {
    if (!unlink(db, input.id, now)) throw new AppError('NOT_FOUND');
  });
  return detailOf(context, input.id);
}
