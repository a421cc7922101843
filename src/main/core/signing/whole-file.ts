import { randomUUID } from 'node:crypto';
import { closeSync, fsync, fsyncSync, openSync, renameSync, rmSync, writevSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../contract/errors.ts';

/** Output files that are there whole, synced to the disk, or not at all: a crash leaves no half file behind a name. */

const temporaryFor = (path: string): string => join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);

function refusal(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('DISK_FULL', undefined, cause);
  return new AppError('FILE_NOT_WRITTEN', { file: basename(path) }, cause);
}

/**
 * @param fill writes to the descriptor that it is given, and may read there what it wrote.
 * @throws AppError DISK_FULL, FILE_NOT_WRITTEN {file}, and what `fill` refuses.
 */
export async function writeWhole<T>(path: string, fill: (target: number) => Promise<T>): Promise<T> {
  const temporary = temporaryFor(path);
  let target: number | null = null;
  try {
    target = openSync(temporary, 'wx+');
    const result = await fill(target);
    fsyncSync(target);
    closeSync(target);
    target = null;
    renameSync(temporary, path);
    return result;
  } catch (cause) {
    if (target !== null) closeSync(target);
    rmSync(temporary, { force: true });
    throw refusal(path, cause);
  }
}

const sync = promisify(fsync);

/**
 * The same from bytes at hand. Only the disk is waited for aside, so that many files are synced at once; the rest
 * takes less than a turn through the thread pool. @throws AppError as `writeWhole`.
 */
export async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryFor(path);
  let target: number | null = null;
  try {
    target = openSync(temporary, 'wx');
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (writevSync(target, [...parts]) !== length) throw new Error('written in part');
    await sync(target);
    closeSync(target);
    target = null;
    renameSync(temporary, path);
  } catch (cause) {
    if (target !== null) closeSync(target);
    rmSync(temporary, { force: true });
    throw refusal(path, cause);
  }
}
