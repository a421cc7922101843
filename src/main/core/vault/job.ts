import { AppError, type ErrorShape } from '../contract/errors.ts';
import { writeBackup, type BackupOrder, type WrittenBackup } from './backup-write.ts';
import { checkAll, quickCheck, type VaultCheck } from './check.ts';
import { copyDatabase } from './copy.ts';
import { codeOf, storageFault } from './faults.ts';
import type { Modes } from './modes.ts';
import { salvageRows, type SalvagedRows } from './salvage-read.ts';

/** Work that reads a whole vault and would hold up everybody else: done by a worker thread, see background.ts. */
export interface Jobs {
  backup: { order: BackupOrder; result: WrittenBackup };
  /** A verified copy of the database under `newKey`. */
  rekey: { order: { database: string; target: string; modes: Modes }; result: null };
  quickCheck: { order: { database: string }; result: boolean };
  check: { order: { database: string; objects: string }; result: VaultCheck };
  salvage: { order: { database: string; target: string }; result: SalvagedRows };
}

export interface JobKeys {
  /** The database's key. Wiped by whoever runs the job. */
  readonly key: Uint8Array;
  readonly newKey?: Uint8Array;
}

export interface JobMessage<N extends keyof Jobs = keyof Jobs> {
  readonly name: N;
  readonly order: Jobs[N]['order'];
  readonly keys: JobKeys;
}

/** The worker's first word: its code is loaded, now it may be trusted with keys. */
export const workerReady = 'ready';

export type JobAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorShape; readonly cause: string };

/** One function per job, in one place, whether a worker or the vault's own thread runs it. */
const work: { readonly [N in keyof Jobs]: (order: Jobs[N]['order'], keys: JobKeys) => Jobs[N]['result'] } = {
  backup: (order, keys) => writeBackup(order, keys.key),
  rekey: (order, keys) => {
    copyDatabase({ ...order, ...keys });
    return null;
  },
  quickCheck: ({ database }, { key }) => quickCheck(database, key),
  check: ({ database, objects }, { key }) => checkAll(database, objects, key),
  salvage: ({ database, target }, { key }) => salvageRows(database, target, key),
};

/** @throws AppError, or what storage said. Wipes the keys. */
export function runJob<N extends keyof Jobs>({ name, order, keys }: JobMessage<N>): Jobs[N]['result'] {
  try {
    return work[name](order, keys);
  } catch (error) {
    throw storageFault(error, 'letters.db');
  } finally {
    keys.key.fill(0);
    keys.newKey?.fill(0);
  }
}

/** An error as it crosses the thread: a code, and the cause in words for the log. */
export function answerOf(message: JobMessage): JobAnswer {
  try {
    return { ok: true, value: runJob(message) };
  } catch (error) {
    const cause = error instanceof Error ? `${error.name} ${codeOf(error)}` : 'unknown';
    const shape: ErrorShape = error instanceof AppError ? error.toShape() : { code: 'INTERNAL' };
    return { ok: false, error: shape, cause };
  }
}
