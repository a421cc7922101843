import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import { runJob, workerReady, type JobAnswer, type JobKeys, type Jobs } from './job.ts';

/**
 * Where the worker's entry lies: beside this file when run from source; in a bundle beside the process's entry, with
 * this code in it or in a folder of shared chunks below it. See electron.vite.config.ts.
 */
const places = ['worker.ts', 'vault-worker.js', '../vault-worker.js'];
const found = places.map((name) => join(import.meta.dirname, name)).find((path) => existsSync(path));

/** Runs a vault's jobs beside its own thread and stops them when the vault closes. */
export interface Background {
  /** @param keysOf gives fresh copies, which are handed over and wiped. @throws AppError VAULT_LOCKED when stopped. */
  run<N extends keyof Jobs>(
    name: N,
    order: Jobs[N]['order'],
    keysOf: () => JobKeys,
  ): Promise<Jobs[N]['result']>;
  stop(): void;
}

/** @param entry the worker's file; null: everything is done here. */
export function createBackground(entry: string | null = found ?? null): Background {
  const running = new Set<() => void>();
  return {
    run(name, order, keysOf) {
      type Result = Jobs[typeof name]['result'];
      return new Promise<Result>((resolve, reject) => {
        // A backup that holds everybody up is better than none.
        const here = (): void => {
          try {
            resolve(runJob({ name, order, keys: keysOf() }));
          } catch (error) {
            reject(error);
          }
        };
        if (entry === null) return here();
        const worker = new Worker(entry, { execArgv: [] });
        let started = false;
        let over = false;
        const end = (settle: () => void): void => {
          if (over) return;
          over = true;
          running.delete(stop);
          void worker.terminate().then(settle, settle);
        };
        const stop = (): void => end(() => reject(new AppError('VAULT_LOCKED')));
        running.add(stop);
        worker.on('message', (message: typeof workerReady | JobAnswer) => {
          if (message === workerReady) {
            started = true;
            if (!over) hand(worker, name, order, keysOf());
            return;
          }
          end(() => {
            if (message.ok) resolve(message.value as Result);
            else reject(new AppError(message.error.code, message.error.params, new Error(message.cause)));
          });
        });
        // Before it began, nothing has been done; afterwards it may have died of the work itself.
        worker.on('error', (error) =>
          end(() => (started ? reject(new AppError('INTERNAL', undefined, error)) : here())),
        );
        worker.on('exit', () => end(() => reject(new AppError('INTERNAL'))));
      });
    },
    stop() {
      for (const one of running) one();
    },
  };
}

function hand<N extends keyof Jobs>(worker: Worker, name: N, order: Jobs[N]['order'], given: JobKeys): void {
  const key = handedOver(given.key);
  const newKey = given.newKey && handedOver(given.newKey);
  const keys: JobKeys = newKey ? { key, newKey } : { key };
  // Moved, not copied: no other trace of them stays on the way.
  worker.postMessage({ name, order, keys }, newKey ? [key.buffer, newKey.buffer] : [key.buffer]);
}

/** The same bytes in memory of their own, which can be moved to another thread. */
function handedOver(key: Uint8Array): Uint8Array<ArrayBuffer> {
  const moved = new Uint8Array(key.length);
  moved.set(key);
  key.fill(0);
  return moved;
}
