import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { createFile } from './files.ts';
import { migrate } from './migrate.ts';
import type { Modes } from './modes.ts';

export const databaseName = 'letters.db' as const;
/** The name of a half-made copy under a new key. */
export const rekeyedName = `${databaseName}.rekeyed`;

/** A database and what SQLite keeps beside it while it is open. */
export const withCompanions = (path: string): string[] => [path, `${path}-wal`, `${path}-shm`];

export const subkey = (dataKey: Uint8Array, use: string): Buffer =>
  createHmac('sha256', dataKey).update(use).digest();

/** The database's own key, 32 bytes: what a worker gets instead of the data key. */
export const databaseKey = (dataKey: Uint8Array): Buffer => subkey(dataKey, 'database');

/** The raw key in the form that the driver takes. */
function keyText(key: Uint8Array): Buffer {
  return Buffer.from(`x'${Buffer.from(key).toString('hex')}'`);
}

/**
 * Opens a database in the one order that SQLCipher's scheme allows (key first) and touches nothing.
 * Whether the key is right shows at the first read (SQLITE_NOTADB).
 */
export function openBare(path: string, key: Uint8Array, create = false): Database.Database {
  const db = new Database(path, { fileMustExist: !create });
  const text = keyText(key);
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    // Through key(), never a pragma string: a pragma's text can end in a log or a trace.
    db.key(text);
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw error;
  } finally {
    text.fill(0);
  }
}

/** Gives the file another key, page by page, inside the file. Only for a copy that nothing depends on yet. */
export function rekeyBare(db: Database.Database, key: Uint8Array): void {
  const text = keyText(key);
  try {
    db.rekey(text);
  } finally {
    text.fill(0);
  }
}

export interface Opening {
  readonly path: string;
  /** See `databaseKey`. */
  readonly key: Uint8Array;
  readonly create: boolean;
  readonly modes: Modes;
}

/**
 * The vault's own connection: durable, with temporary tables in memory, of the newest schema.
 * @param beforeStep called once before a database that already holds something is migrated.
 * @returns `migrated`: whether a step was taken.
 */
export function openDatabase(
  opening: Opening,
  beforeStep: (db: Database.Database, version: number) => void,
): { readonly db: Database.Database; readonly migrated: boolean } {
  // Made by us, not by SQLite: what lies beside it while it is open takes over its mode.
  if (opening.create && !existsSync(opening.path)) createFile(opening.path, opening.modes).finish();
  const db = openBare(opening.path, opening.key, opening.create);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // 64 MiB: with less, random reads of an encrypted file cost several times those of a plain one.
    db.pragma('cache_size = -65536');
    db.pragma('secure_delete = ON');
    // An empty file opens with any key; where a header promises a vault, that is damage and not a new beginning.
    const empty = Number(db.pragma('user_version', { simple: true })) === 0;
    if (empty && !opening.create) throw new AppError('VAULT_DAMAGED', { part: databaseName });
    const migrated = migrate(db, beforeStep);
    // A migration puts them off.
    db.pragma('foreign_keys = ON');
    return { db, migrated: migrated && !empty };
  } catch (error) {
    db.close();
    throw error;
  }
}

export const databasePath = (folder: string): string => join(folder, databaseName);
