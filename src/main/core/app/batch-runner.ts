import { performance } from 'node:perf_hooks';
import { readIdentity } from '../accounts/index.ts';
import { AppError, type ErrorCode, type ErrorShape } from '../contract/errors.ts';
import { mayCall } from '../contract/permissions.ts';
import { latestChange, nextItem, settleItem, stopBatch } from '../letters/index.ts';
import { storageFault } from '../vault/index.ts';
import type { Context, RunningBatch } from './context.ts';
import { requireUsable, signWith, type SigningKey } from './signing-desk.ts';

/**
 * What signs a batch, letter by letter. Each letter is one turn in the queue of what must not overlap, so that
 * locking, pausing and closing come in between two letters, and other calls are answered meanwhile.
 */
export interface BatchRunner extends RunningBatch {
  /** Signs the letter whose turn it is. @returns whether there may be another. */
  step(): Promise<boolean>;
}

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
      key = null;
      if (context.batch === runner) context.batch = null;
    },
    async step() {
      if (!key || context.locking || !context.openSession) {
        runner.stop();
        return false;
      }
      const more = await signNext(context, id, key);
      done += 1;
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
    runner.step().catch((error: unknown) => {
      context.ports.logger.error('batch stopped', {}, error);
      runner.stop();
      return false;
    });
  // oxlint-disable-next-line no-await-in-loop -- one letter after another is what this is for
  while (await context.exclusive(turn));
}

async function signNext(context: Context, batchId: string, key: SigningKey): Promise<boolean> {
  const { vault } = context.session();
  const item = nextItem(vault.read, batchId);
  if (!item) return false;
  const { letterId: id, revision, place } = item;
  try {
    requireStill(context, key);
    await signWith(context, { id, revision }, key, (db, now) =>
      settleItem(db, batchId, place, { state: 'signed' }, now),
    );
  } catch (thrown) {
    const error = shapeOf(context, thrown);
    const stops = stopping.has(error.code);
    vault.write((db) => {
      if (stops) stopBatch(db, batchId, error);
      else settleItem(db, batchId, place, { state: 'failed', error }, context.ports.clock.now());
    });
    if (stops) {
      context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
      return false;
    }
  }
  const more = nextItem(vault.read, batchId) !== null;
  if (!more) context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
  return more;
}

/** What was true when the batch began may have ended since. */
function requireStill(context: Context, { identityId }: SigningKey): void {
  const { vault, accountId } = context.session();
  if (!mayCall('batch.start', context.me().roles)) throw new AppError('NOT_ALLOWED');
  requireUsable(readIdentity(vault.read, accountId, identityId), context.ports.clock.now());
}

function shapeOf(context: Context, thrown: unknown): ErrorShape {
  const error = storageFault(thrown, 'letters.db');
  if (error instanceof AppError) return error.toShape();
  context.ports.logger.error('failed', { call: 'batch' }, thrown);
  return { code: 'INTERNAL' };
}
