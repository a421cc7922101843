import { AppError, type Result } from '../core/contract/index.ts';
import { readInputFile } from '../engine/files.ts';

/** The value of a Result. @throws AppError. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.error.code, result.error.params);
}

/** The first line of a file: a secret never stands on the command line, where every process can read it. */
export function readSecret(path: string): string {
  return readInputFile(path).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}
