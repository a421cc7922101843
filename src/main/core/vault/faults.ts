import { AppError } from '../contract/errors.ts';

/** The `code` of a SQLite or file system error, '' when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What SQLite could not read although it was there. */
const refusedRead = /^SQLITE_IOERR_(READ|SHORT_READ|DATA|CORRUPTFS)$/;
/** Everything else that the system refused after the file had been opened, as when a disk turns read-only. */
const refusedWrite = /^SQLITE_IOERR(?!_NOMEM)/;

/**
 * Storage errors as people need them: full disk, no permission, damaged. Anything else passes unchanged.
 * @param part which part of the vault was being read or written, for the message.
 */
export function storageFault(error: unknown, part: string): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('DISK_FULL', undefined, error);
  if (refusedRead.test(code)) return new AppError('VAULT_DAMAGED', { part }, error);
  if (
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code) ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    refusedWrite.test(code)
  ) {
    return new AppError('FOLDER_NOT_WRITABLE', undefined, error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new AppError('VAULT_IN_USE', undefined, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppError('VAULT_DAMAGED', { part }, error);
  return error;
}

/** Runs `work` and turns its storage errors into coded ones. */
export function guarded<T>(part: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageFault(error, part);
  }
}
