import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterDetail } from '../contract/letters.ts';
import {
  addRemark,
  approve as approveStep,
  forgetSignatures,
  openReservation,
  readLetter,
  recordChange,
  releaseNumber,
  setState,
  stepsOf,
  submit as submitLetter,
  thaw,
  turnsIn,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import type { WriteDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { myLetter } from './drafting.ts';
import { keepNow } from './keeping.ts';
import { detailOf } from './letter-life.ts';
import { askNext, requireParticipants, sealToParticipants, turnAt, type Turn } from './participants.ts';
import { requireReady } from './signable.ts';

/** The way to the signature: submitting, paraf, return with a remark, refusal, and back to life. */

const ofLetter = (entityId: string): { entity: string; entityId: string } => ({ entity: 'letter', entityId });

/** A deputy's act names both. */
const actedFor = ({ principalId }: Turn): { onBehalfOf?: string } =>
  principalId === null ? {} : { onBehalfOf: principalId };

/** @throws AppError LETTER_CHANGED_ELSEWHERE, LETTER_INCOMPLETE, REVIEWER_INVALID, SIGNER_INVALID, READER_NOT_READY. */
export function submit(context: Context, input: Input<'letters.submit'>): LetterDetail {
  const { ring } = context.session();
  const facts = (to: string): { to: string } => ({ to });
  context.act({ action: 'letter.submitted', ...ofLetter(input.id), facts }, (db, now) => {
    myLetter(context, input.id);
    const letter = readLetter(db, ring, input.id);
    if (letter.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(context, letter);
    requireParticipants(context, letter);
    keepNow(context, db, letter, 'review', now);
    const to = submitLetter(db, letter, now);
    sealToParticipants(context, db, letter, now);
    markLetterNoticesRead(db, letter.authorId, letter.id, now);
    askNext(context, db, letter, [], now);
    recordChange(db, 'notice', letter.id, now);
    return to;
  });
  updateBadge(context);
  return detailOf(context, input.id);
}

/** The author's own steps that change nothing but the state. */
function byAuthor(context: Context, id: string, action: 'recall' | 'reopen', audit: string): LetterDetail {
  const { ring } = context.session();
  context.act({ action: audit, ...ofLetter(id) }, (db, now) => {
    myLetter(context, id);
    const letter = readLetter(db, ring, id);
    const waiting = turnsIn(letter, stepsOf(db, id));
    setState(db, letter, action, now);
    if (action === 'reopen') forgetSignatures(db, id);
    // What they were asked for is no more.
    for (const { accountId } of waiting) markLetterNoticesRead(db, accountId, id, now);
    markLetterNoticesRead(db, letter.authorId, id, now);
    recordChange(db, 'notice', id, now);
  });
  updateBadge(context);
  return detailOf(context, id);
}

export const recall = (context: Context, input: Input<'letters.recall'>): LetterDetail =>
  byAuthor(context, input.id, 'recall', 'letter.recalled');

export const reopen = (context: Context, input: Input<'letters.reopen'>): LetterDetail =>
  byAuthor(context, input.id, 'reopen', 'letter.reopened');

/** @throws AppError NOT_FOUND, NOT_YOUR_TURN, DEPUTY_NOT_NOW, LETTER_CHANGED_ELSEWHERE. */
export function approve(context: Context, input: Input<'letters.approve'>): null {
  const { accountId, vault } = context.session();
  const turn = turnAt(context, input.id, 'review');
  const facts = { role: turn.step.role, revision: turn.letter.revision };
  const before = turnsIn(turn.letter, stepsOf(vault.read, input.id));
  context.act({ action: 'letter.approved', ...ofLetter(input.id), ...actedFor(turn), facts }, (db, now) => {
    const { letter } = turn;
    if (letter.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    approveStep(db, letter, turn.step, accountId, now);
    settleNotices(db, turn, accountId, now);
    askNext(context, db, letter, before, now);
  });
  updateBadge(context);
  return null;
}

/** What was asked of this person, and of whom they stand in for, is done. */
function settleNotices(db: WriteDb, turn: Turn, accountId: string, now: Date): void {
  for (const account of new Set([accountId, turn.step.accountId]))
    markLetterNoticesRead(db, account, turn.letter.id, now);
  recordChange(db, 'notice', turn.letter.id, now);
}

/** From review, or from the signer's desk, back to its author. */
export function sendBack(context: Context, input: Input<'letters.return'>): null {
  const { accountId, ring, vault } = context.session();
  const turn = turnOfEither(context, input.id);
  const waiting = turnsIn(turn.letter, stepsOf(vault.read, input.id));
  context.act({ action: 'letter.returned', ...ofLetter(input.id), ...actedFor(turn) }, (db, now) => {
    const { letter } = turn;
    const remark = { kind: 'return', text: input.remark, mark: input.mark } as const;
    addRemark(db, ring, letter, { ...remark, accountId, onBehalfOf: turn.principalId }, now);
    setState(db, letter, 'return', now);
    for (const one of waiting) markLetterNoticesRead(db, one.accountId, letter.id, now);
    settleNotices(db, turn, accountId, now);
    addNotice(db, letter.authorId, 'letter-returned', letter.id, now);
  });
  updateBadge(context);
  return null;
}

function turnOfEither(context: Context, id: string): Turn {
  try {
    return turnAt(context, id, 'review');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_YOUR_TURN') throw error;
    return turnAt(context, id, 'sign');
  }
}

/** A signer refuses. Where others have signed already its number stays in the book as batal, with the reason. */
export function reject(context: Context, input: Input<'letters.reject'>): null {
  const { letter, step, principalId } = turnAt(context, input.id, 'sign');
  endUnsigned(context, letter.id, 'letter.rejected', input.reason, { principalId, asked: step.accountId });
  return null;
}

/** Its author gives up a letter that some have signed and others will not. @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE. */
export function abandon(context: Context, input: Input<'letters.abandon'>): LetterDetail {
  const letter = myLetter(context, input.id);
  if (letter.state !== 'cosigning') throw new AppError('LETTER_NOT_EDITABLE');
  endUnsigned(context, letter.id, 'letter.abandoned', input.reason, { principalId: null, asked: null });
  return detailOf(context, input.id);
}

function endUnsigned(
  context: Context,
  id: string,
  action: 'letter.rejected' | 'letter.abandoned',
  reason: string,
  { principalId, asked }: { readonly principalId: string | null; readonly asked: string | null },
): void {
  const { accountId, ring } = context.session();
  const facts = (number: string | null): Record<string, string> =>
    number === null ? {} : { number, fate: 'batal' };
  const onBehalfOf = principalId === null ? {} : { onBehalfOf: principalId };
  context.act({ action, ...ofLetter(id), ...onBehalfOf, facts }, (db, now) => {
    const letter = readLetter(db, ring, id);
    const waiting = turnsIn(letter, stepsOf(db, id));
    const remark = { kind: 'reject', text: reason, mark: null } as const;
    addRemark(db, ring, letter, { ...remark, accountId, onBehalfOf: principalId }, now);
    const reservation = openReservation(db, letter.id);
    if (reservation) {
      const told = reasonInBook(letter.security, reason);
      // Others have signed a page that bears it.
      releaseNumber(db, reservation, { reason: told, by: accountId, seen: true, signed: true }, now);
      thaw(db, letter, 'rejected', now);
    } else setState(db, letter, 'reject', now);
    for (const account of new Set([accountId, asked ?? accountId, ...waiting.map((one) => one.accountId)]))
      markLetterNoticesRead(db, account, letter.id, now);
    recordChange(db, 'notice', letter.id, now);
    if (letter.authorId !== accountId) addNotice(db, letter.authorId, 'letter-rejected', letter.id, now);
    return reservation?.number ?? null;
  });
  updateBadge(context);
}

/** The book is read by more people than a sealed letter: it says that the letter was refused, not why. */
const reasonInBook = (security: string, reason: string): string =>
  security === 'biasa' ? reason : 'SEALED_REASON';
