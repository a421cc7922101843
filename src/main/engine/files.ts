import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { writeWhole } from '../core/app/index.ts';
import { AppError } from '../core/contract/errors.ts';

/** Files that people name: what they asked for appears whole or not at all. Errors name the file, not its folder. */

/** @throws AppError DISK_FULL, FILE_NOT_WRITTEN. */
export function writeOutput(path: string, bytes: Uint8Array): void {
  try {
    writeWhole(path, bytes);
  } catch (error) {
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
