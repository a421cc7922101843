import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../core/contract/errors.ts';

/** Files that people name: what they asked for appears whole or not at all. Errors name the file, not its folder. */

function writeAll(path: string, flags: string, bytes: Uint8Array): void {
  const file = openSync(path, flags);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(file, bytes, at);
    if (statSync(path).isFile()) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The place itself where there is one (links are followed), else the path as given. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Under a name of its own first, then renamed, with the permissions that files have here. A pipe or a device is
 * written to as it is.
 * @throws AppError DISK_FULL, FILE_NOT_WRITTEN.
 */
export function writeOutput(path: string, bytes: Uint8Array): void {
  const place = placeOf(path);
  const there = statSync(place, { throwIfNoEntry: false });
  const temporary = `${place}.${randomBytes(6).toString('hex')}.part`;
  try {
    if (there && !there.isFile()) {
      writeAll(place, 'w', bytes);
      return;
    }
    writeAll(temporary, 'wx', bytes);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('DISK_FULL', undefined, error);
    throw new AppError('FILE_NOT_WRITTEN', { file: basename(path) }, error);
  }
}

/** @throws AppError FILE_UNREADABLE. */
export function readInputFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('FILE_UNREADABLE', { file: basename(path) }, error);
  }
}
