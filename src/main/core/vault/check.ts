import { existsSync } from 'node:fs';
import { openBare } from './database.ts';
import { codeOf } from './faults.ts';
import { readNameKey } from './meta.ts';
import { objectKeyLength } from './object-format.ts';
import { openObjectStore } from './objects.ts';

/** What reading everything there is has shown. */
export interface VaultCheck {
  /** SQLite's own verdict on every page. */
  readonly database: boolean;
  readonly objects: number;
  /** Ids of the sealed objects that are missing, altered or cut. */
  readonly damaged: readonly string[];
}

const isDamage = (error: unknown): boolean => {
  const code = codeOf(error);
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_NOTADB';
};

/** SQLite's quick_check: every page, but not every index entry. */
export function quickCheck(database: string, key: Uint8Array): boolean {
  const db = openBare(database, key);
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db.close();
  }
}

/**
 * Every page, every index, every sealed object from end to end. Of an object whose key the database does not hold (a
 * sealed letter's) only the presence is known: whether it opens, its letter's readers will see.
 */
export function checkAll(database: string, folder: string, key: Uint8Array): VaultCheck {
  const db = openBare(database, key);
  const damaged: string[] = [];
  let objects = 0;
  try {
    const whole = db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    const store = openObjectStore(folder, readNameKey(db));
    const rows = db.prepare('SELECT id, key FROM object ORDER BY id').iterate();
    for (const row of rows as Iterable<{ id: string; key: Uint8Array }>) {
      objects += 1;
      try {
        if (row.key.length === objectKeyLength) for (const part of store.read(row)) part.fill(0);
        else if (!existsSync(store.locate(row.id).path)) damaged.push(row.id);
      } catch {
        damaged.push(row.id);
      }
    }
    return { database: whole, objects, damaged };
  } catch (error) {
    if (isDamage(error)) return { database: false, objects, damaged };
    throw error;
  } finally {
    db.close();
  }
}
