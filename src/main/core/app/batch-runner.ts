import { performance } from 'node:perf_hooks';
import { readIdentity } from '../accounts/index.ts';
import { AppError, type ErrorCode, type ErrorShape } from '../contract/errors.ts';
import { mayCall } from '../contract/permissions.ts';
import { latestChange, nextItem, settleItem, stopBatch } from '../letters/index.ts';
import { storageFault } from '../vault/index.ts';
import type { Context, RunningBatch } from './context.ts';
import { requireUsable, type SigningKey } from './desk-keys.ts';
import { beginLetter, finishLetter, giveUpLetter, type BegunLetter } from './signing-desk.ts';

/**
 * What signs a batch, in order. A turn in the queue of what must not overlap takes some letters: while one is signed
 * and written to the disk, the page of the next is set in the pool. As soon as somebody else waits for a turn no
 * further letter is begun, so that locking, pausing and closing come in after what is under way, and between two
 * turns nothing is reserved. Other calls are answered meanwhile.
 */
export interface BatchRunner extends RunningBatch {
  /** Signs the letter whose turn it is, and at most `most` in all. @returns whether there may be another. */
  step(most: number): Promise<boolean>;
}

/** Letters in a turn. */
const perTurn = 16;

/** These would meet every letter that follows as well: the batch waits instead of using them all up. */
const stopping: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_NOT_YET_VALID',
  'CERTIFICATE_WRONG_USAGE',
  'CERTIFICATE_UNREADABLE',
  'IDENTITY_MISSING',
  'NOT_ALLOWED',
  'VAULT_LOCKED',
  'VAULT_DAMAGED',
  'DISK_FULL',
  'FOLDER_NOT_WRITABLE',
  // the key is not at hand any more, or somebody on the network lies
  'TOKEN_REMOVED',
  'TOKEN_ABSENT',
  'TOKEN_FAILED',
  'TIMED_OUT',
  'NETWORK_FAILED',
  'NETWORK_NOT_CONFIGURED',
  'GATEWAY_LOGIN_REFUSED',
  'GATEWAY_PASSPHRASE_WRONG',
  'GATEWAY_CERTIFICATE_INACTIVE',
  'GATEWAY_ANSWER_UNUSABLE',
  'TOO_MANY_ATTEMPTS',
  'TIMESTAMP_REFUSED',
  'CERTIFICATE_REVOKED',
  'CHAIN_INCOMPLETE',
]);

export function startRunner(context: Context, id: string, opened: SigningKey): BatchRunner {
  let key: SigningKey | null = opened;
  let done = 0;
  const since = performance.now();
  const runner: BatchRunner = {
    id,
    get pace() {
      return done === 0 ? null : (performance.now() - since) / done;
    },
    stop() {
      key?.close();
      key = null;
      if (context.batch === runner) context.batch = null;
    },
    async step(most) {
      if (!key || context.locking || !context.openSession) {
        runner.stop();
        return false;
      }
      const more = await signSome(context, id, key, most, () => {
        done += 1;
        return key !== null && !context.locking && context.openSession !== null && !context.othersWait;
      });
      if (!more) runner.stop();
      return more;
    },
  };
  context.batch = runner;
  return runner;
}

/** Until nothing waits or somebody stops it. Never rejects. */
export async function runToTheEnd(context: Context, runner: BatchRunner): Promise<void> {
  const turn = (): Promise<boolean> =>
    runner.step(perTurn).catch((error: unknown) => {
      context.ports.logger.error('batch stopped', {}, error);
      runner.stop();
      return false;
    });
  // oxlint-disable-next-line no-await-in-loop -- one turn after another is what this is for
  while (await context.exclusive(turn));
}

/** A letter of the batch under way. */
interface Under {
  readonly place: number;
  readonly begun: BegunLetter;
}

/** @param goOn asked after each letter that has its result. */
async function signSome(
  context: Context,
  batchId: string,
  key: SigningKey,
  most: number,
  goOn: () => boolean,
): Promise<boolean> {
  let under: Under | null = null;
  for (let left = most; left > 0; left--) {
    // oxlint-disable-next-line no-await-in-loop -- numbers are given in order
    const result: Step = await signOne(context, batchId, key, under, left > 1);
    if (!result.more) return false;
    under = result.ahead;
    // what is begun is finished in the same turn
    if (!goOn()) left = under ? 2 : 1;
  }
  return true;
}

interface Step {
  /** Does any letter wait? */
  readonly more: boolean;
  /** The next one, begun already. */
  readonly ahead: Under | null;
}

const over: Step = { more: false, ahead: null };

async function signOne(
  context: Context,
  batchId: string,
  key: SigningKey,
  begunAlready: Under | null,
  mayLookAhead: boolean,
): Promise<Step> {
  const { vault } = context.session();
  let ahead: Under | null = null;
  let under = begunAlready;
  const place = under?.place ?? nextItem(vault.read, batchId)?.place;
  if (place === undefined) return over;
  try {
    under ??= beginNext(context, batchId, key, place - 1);
    if (!under) return over;
    await under.begun.page;
    if (mayLookAhead && !context.othersWait && !context.locking)
      ahead = beginAhead(context, batchId, key, place);
    await finishLetter(context, under.begun, key.signer, (db, now) =>
      settleItem(db, batchId, place, { state: 'signed' }, now),
    );
  } catch (thrown) {
    // the later number first, so that both are the last of the book when their turn comes and go back
    if (ahead) giveUpLetter(context, ahead.begun, thrown);
    ahead = null;
    if (under) giveUpLetter(context, under.begun, thrown);
    const error = shapeOf(context, thrown);
    const stops = stopping.has(error.code);
    vault.write((db) => {
      if (stops) stopBatch(db, batchId, error);
      else settleItem(db, batchId, place, { state: 'failed', error }, context.ports.clock.now());
    });
    if (stops) {
      context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
      return over;
    }
  }
  const more = ahead !== null || nextItem(vault.read, batchId) !== null;
  if (!more) context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
  return { more, ahead };
}

function beginNext(context: Context, batchId: string, key: SigningKey, after: number): Under | null {
  const item = nextItem(context.session().vault.read, batchId, after);
  if (!item) return null;
  requireStill(context, key);
  const { letterId: id, revision, place } = item;
  return { place, begun: beginLetter(context, { id, revision }, key) };
}

/** Whatever keeps the next letter from being begun is met again, and told, when its own turn comes. */
function beginAhead(context: Context, batchId: string, key: SigningKey, after: number): Under | null {
  try {
    return beginNext(context, batchId, key, after);
  } catch {
    return null;
  }
}

/** What was true when the batch began may have ended since. */
function requireStill(context: Context, { identityId }: SigningKey): void {
  const { vault, accountId } = context.session();
  if (!mayCall('batch.start', context.me().roles)) throw new AppError('NOT_ALLOWED');
  requireUsable(context, readIdentity(vault.read, accountId, identityId));
}

function shapeOf(context: Context, thrown: unknown): ErrorShape {
  const error = storageFault(thrown, 'letters.db');
  if (error instanceof AppError) return error.toShape();
  context.ports.logger.error('failed', { call: 'batch' }, thrown);
  return { code: 'INTERNAL' };
}
