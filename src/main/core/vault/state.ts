import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { Background } from './background.ts';
import { databaseKey, databasePath, openDatabase } from './database.ts';
import { writeHeader, sealHeader, type VaultHeader } from './header.ts';
import type { VaultLock } from './lock.ts';
import { modesOf, type Modes } from './modes.ts';
import type { ObjectStore } from './objects.ts';
import type { KdfCost } from './sealing.ts';
import type { Connection } from './sql.ts';

export interface VaultOptions {
  readonly folder: string;
  readonly cost: KdfCost;
  readonly now: Date;
  /** For several OS users of one PC: what is made belongs to the folder's group too, see modes.ts. */
  readonly shared?: boolean;
}

/** What an open vault consists of. Only the vault's own files see it. */
export interface VaultState {
  readonly options: VaultOptions;
  readonly modes: Modes;
  readonly lock: VaultLock;
  readonly background: Background;
  readonly connection: Connection;
  readonly objects: ObjectStore;
  db: Database.Database;
  dataKey: Buffer;
  header: VaultHeader;
  /** How often something was committed: a copy made meanwhile is not the last word. */
  commits: number;
  closed: boolean;
  /** The end of the queue of changes to the header and of re-keys: one at a time. */
  queue: Promise<unknown>;
  /** The end of the queue of backups and checks. */
  readers: Promise<unknown>;
  /** The job that reads the database just now; a re-key waits for it. Null when there is none. */
  reading: Promise<unknown> | null;
}

export const modesFor = (options: VaultOptions): Modes => modesOf(options.shared);

/** After the last one asked for: nothing that changes the header overlaps with anything else that does. */
export function inTurn<T>(state: VaultState, work: () => Promise<T>): Promise<T> {
  const run = async (): Promise<T> => {
    requireOpen(state);
    return work();
  };
  const next = state.queue.then(run, run);
  state.queue = next.catch(() => undefined);
  return next;
}

/**
 * A job that reads the whole vault beside this thread. Begins with a settled header and one at a time; changes to the
 * header need not wait for its end.
 */
export function readInTurn<T>(state: VaultState, start: () => Promise<T>): Promise<T> {
  const run = async (): Promise<T> => {
    const { job } = await inTurn(state, async () => {
      const begun = start();
      state.reading = begun.catch(() => undefined);
      return { job: begun };
    });
    try {
      return await job;
    } finally {
      state.reading = null;
    }
  };
  const next = state.readers.then(run, run);
  state.readers = next.catch(() => undefined);
  return next;
}

/** After a wait somebody may have closed the vault, and another process may own it. @throws AppError VAULT_LOCKED. */
export function requireOpen(state: VaultState): void {
  if (state.closed) throw new AppError('VAULT_LOCKED');
}

/** Seals and writes the header; only then does it count. */
export function replaceHeader(state: VaultState, header: VaultHeader): void {
  requireOpen(state);
  const sealed = sealHeader(header, state.dataKey);
  writeHeader(state.options.folder, sealed, state.modes);
  state.header = sealed;
}

export function openOwn(
  options: VaultOptions,
  dataKey: Uint8Array,
  create: boolean,
  beforeStep: (key: Uint8Array, version: number) => void,
): { readonly db: Database.Database; readonly migrated: boolean } {
  const key = databaseKey(dataKey);
  try {
    return openDatabase(
      { path: databasePath(options.folder), key, create, modes: modesFor(options) },
      (_db, version) => beforeStep(key, version),
    );
  } finally {
    key.fill(0);
  }
}
