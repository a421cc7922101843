import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { storageFault } from './faults.ts';
import { createFile, makeFolder } from './files.ts';
import { modesOf, type Modes } from './modes.ts';

/**
 * One owner per vault. Node has no file locks of its own; SQLite does, on every system we ship to, and the
 * system drops them when the process dies, however it dies. So the lock is an exclusive transaction on a small
 * empty database beside the real one.
 */
export interface VaultLock {
  release(): void;
}

/** @throws AppError VAULT_IN_USE when another process (or another engine in this one) owns the vault. */
export function takeLock(folder: string, modes: Modes = modesOf(false)): VaultLock {
  let db: Database.Database | undefined;
  try {
    const path = join(folder, 'vault.lock');
    // Made by us, not by SQLite: its journal takes over its mode.
    if (!existsSync(path)) createFile(path, modes).finish();
    db = new Database(path, { timeout: 0 });
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    throw storageFault(error, 'vault.lock');
  }
}

/** statfs(2) magic numbers of network file systems: NFS, SMB, CIFS, SMB2, AFS, Coda, NCP. WAL needs one host. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x73757245, 0x564c]);

/** @throws AppError VAULT_NETWORK_DRIVE; FOLDER_NOT_WRITABLE when the folder cannot be made. */
export function requireLocalFolder(
  folder: string,
  modes: Modes = modesOf(false),
  typeOf: (path: string) => number = (path) => Number(statfsSync(path).type),
): void {
  if (/^(\\\\|\/\/)/.test(folder)) throw new AppError('VAULT_NETWORK_DRIVE');
  try {
    makeFolder(folder, modes);
  } catch (error) {
    const fault = storageFault(error, 'vault');
    // On a read-only file system Node's recursive mkdir says ENOENT; whatever it says, we cannot write there.
    throw fault instanceof AppError ? fault : new AppError('FOLDER_NOT_WRITABLE', undefined, error);
  }
  if (process.platform === 'win32') {
    // A mapped drive letter resolves to its UNC path.
    if (realpathSync.native(folder).startsWith('\\\\')) throw new AppError('VAULT_NETWORK_DRIVE');
    return;
  }
  if (networkFileSystems.has(typeOf(folder) >>> 0)) throw new AppError('VAULT_NETWORK_DRIVE');
}
