import type { Input } from '../contract/api.ts';
import type { BatchCandidate, BatchItem, BatchStatus } from '../contract/batch.ts';
import { AppError, type ErrorShape } from '../contract/errors.ts';
import {
  addBatch,
  countItems,
  endBatch,
  itemsOf,
  nextItem,
  openBatch,
  readinessProblems,
  settleItem,
  stopBatch,
  type StoredBatch,
  type StoredLetter,
} from '../letters/index.ts';
import { runToTheEnd, startRunner, type BatchRunner } from './batch-runner.ts';
import type { Context } from './context.ts';
import { openKey, type SigningKey } from './desk-keys.ts';
import { requireCurrentIdentity } from './identities.ts';
import { detailOf } from './letter-life.ts';
import { letterToSign, requireSignable } from './signable.ts';
import { rulesOf } from '../typesetting/index.ts';

/** Signing many letters with one passphrase; contract/batch.ts says what each call promises. */

/** The runner with its `step`, which context.batch does not show to others. */
const runners = new WeakMap<Context, BatchRunner>();

export function check(context: Context, input: Input<'batch.check'>): BatchCandidate[] {
  return [...new Set(input.ids)].map((id) => {
    const letter = letterToSign(context, id);
    return {
      id,
      revision: letter.revision,
      subject: letter.content.subject,
      recipientNames: letter.content.recipients.map((one) => one.name),
      problems: problemsOf(context, letter),
    };
  });
}

/** All that is missing at once; and what else signing would refuse. */
function problemsOf(context: Context, letter: StoredLetter): ErrorShape[] {
  const written = letter.state === 'draft' || letter.state === 'ready';
  const problems = written
    ? readinessProblems(letter.content, rulesOf(context.profile, letter.content.kind))
    : [];
  if (problems.length > 0) return problems;
  try {
    requireSignable(context, letter);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.toShape()];
  }
}

/** @throws AppError BATCH_OPEN, NOT_FOUND for a letter that is neither mine nor at my turn, SIGNING_PASSPHRASE_WRONG, CERTIFICATE_*. */
export async function start(context: Context, input: Input<'batch.start'>): Promise<BatchStatus> {
  const { vault, accountId } = context.session();
  if (openBatch(vault.read, accountId)) throw new AppError('BATCH_OPEN');
  const letters = [...new Map(input.letters.map((letter) => [letter.id, letter])).values()];
  for (const letter of letters) letterToSign(context, letter.id);
  const identityId = input.identityId ?? requireCurrentIdentity(context);
  const key = await openKey(context, identityId, input.signingPassphrase);
  const facts = { letters: letters.length, mode: input.mode };
  const id = closingOnError(key, () =>
    context.act({ action: 'batch.started', entity: 'account', entityId: accountId, facts }, (db, now) =>
      addBatch(db, { accountId, identityId, mode: input.mode }, letters, now),
    ),
  );
  run(context, id, input.mode, key);
  return statusOf(context, requireBatch(context));
}

/** A token stays logged in only for a batch that is there. */
function closingOnError<T>(key: SigningKey, work: () => T): T {
  try {
    return work();
  } catch (error) {
    key.close();
    throw error;
  }
}

function run(
  context: Context,
  id: string,
  mode: StoredBatch['mode'],
  key: Parameters<typeof startRunner>[2],
): void {
  const runner = startRunner(context, id, key);
  runners.set(context, runner);
  if (mode === 'all') context.behind(runToTheEnd(context, runner));
}

export function status(context: Context): BatchStatus | null {
  const { vault, accountId } = context.session();
  const batch = openBatch(vault.read, accountId);
  return batch && statusOf(context, batch);
}

function requireBatch(context: Context): StoredBatch {
  const { vault, accountId } = context.session();
  const batch = openBatch(vault.read, accountId);
  if (!batch) throw new AppError('BATCH_MISSING');
  return batch;
}

function statusOf(context: Context, batch: StoredBatch): BatchStatus {
  const { read } = context.session().vault;
  const counted = countItems(read, batch.id);
  const running = context.batch?.id === batch.id && counted.waiting > 0 ? context.batch : null;
  const pace = batch.mode === 'all' ? (running?.pace ?? null) : null;
  return {
    id: batch.id,
    mode: batch.mode,
    identityId: batch.identityId,
    state: running ? 'running' : counted.waiting > 0 ? 'paused' : 'done',
    total: counted.waiting + counted.signed + counted.failed + counted.skipped,
    ...counted,
    remainingSeconds: pace === null ? null : Math.ceil((pace * counted.waiting) / 1000),
    stoppedBy: batch.stoppedBy,
    nextId: nextItem(read, batch.id)?.letterId ?? null,
  };
}

export function items(context: Context): BatchItem[] {
  const { vault } = context.session();
  return itemsOf(vault.read, requireBatch(context).id).map(
    ({ letterId, state, number, error, lowering }) => ({
      letterId,
      subject: subjectOf(context, letterId),
      state,
      number,
      error,
      lowering,
    }),
  );
}

/** Empty where it is sealed to a key that its author lost. */
function subjectOf(context: Context, letterId: string): string {
  try {
    return detailOf(context, letterId).subject;
  } catch (error) {
    // It may have gone out of this person's sight since.
    if (error instanceof AppError && (error.code === 'LETTER_SEALED' || error.code === 'NOT_FOUND'))
      return '';
    throw error;
  }
}

/** Its turn in the queue comes when the letter under way is done. */
export function pause(context: Context): BatchStatus {
  const batch = requireBatch(context);
  context.batch?.stop();
  return statusOf(context, batch);
}

/** With the identity that it was begun with, whatever is chosen now. */
export async function resume(context: Context, input: Input<'batch.resume'>): Promise<BatchStatus> {
  const { accountId } = context.session();
  const batch = requireBatch(context);
  if (context.batch) throw new AppError('BATCH_RUNNING');
  const { waiting } = statusOf(context, batch);
  if (waiting === 0) throw new AppError('BATCH_MISSING');
  const key = await openKey(context, batch.identityId, input.signingPassphrase);
  closingOnError(key, () =>
    context.act(
      { action: 'batch.resumed', entity: 'account', entityId: accountId, facts: { letters: waiting } },
      (db) => stopBatch(db, batch.id, null),
    ),
  );
  run(context, batch.id, batch.mode, key);
  return statusOf(context, requireBatch(context));
}

/** @throws AppError BATCH_PAUSED, BATCH_MOVED_ON; what goes wrong with the letter is its result. */
export async function next(context: Context, input: Input<'batch.next'>): Promise<BatchStatus> {
  turnOf(context, input.letterId);
  const runner = runners.get(context);
  if (!context.batch || runner !== context.batch) throw new AppError('BATCH_PAUSED');
  await runner.step(1);
  return statusOf(context, requireBatch(context));
}

export function skip(context: Context, input: Input<'batch.skip'>): BatchStatus {
  const { vault } = context.session();
  const { batch, place } = turnOf(context, input.letterId);
  vault.write((db) => settleItem(db, batch.id, place, { state: 'skipped' }, context.ports.clock.now()));
  const now = statusOf(context, batch);
  if (now.waiting === 0) context.batch?.stop();
  return now;
}

/** One by one: only the letter that is shown can be signed or passed over. */
function turnOf(context: Context, letterId: string): { batch: StoredBatch; place: number } {
  const batch = requireBatch(context);
  if (batch.mode !== 'each') throw new AppError('BATCH_RUNNING');
  const item = nextItem(context.session().vault.read, batch.id);
  if (item?.letterId !== letterId) throw new AppError('BATCH_MOVED_ON');
  return { batch, place: item.place };
}

/** @throws AppError BATCH_RUNNING while it is not paused. */
export function dismiss(context: Context): null {
  const { accountId } = context.session();
  const batch = requireBatch(context);
  const { state, signed, failed, skipped, waiting } = statusOf(context, batch);
  if (state === 'running') throw new AppError('BATCH_RUNNING');
  context.act(
    {
      action: 'batch.ended',
      entity: 'account',
      entityId: accountId,
      facts: { signed, failed, skipped, waiting },
    },
    (db, now) => endBatch(db, batch.id, now),
  );
  return null;
}
