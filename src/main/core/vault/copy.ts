import { chmodSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { compareDatabases } from './compare.ts';
import { openBare, rekeyBare, withCompanions } from './database.ts';
import { removeFile, syncFile } from './files.ts';
import type { Modes } from './modes.ts';

/**
 * A consistent, verified copy of a database that may be in use. SQLite's own backup interface refuses encrypted
 * databases; VACUUM INTO copies one snapshot and holds up no writer (WAL). A second connection holds a snapshot
 * of its own, taken just before, and the copy is compared with that. Should a commit have slipped in between the two,
 * they differ although nothing is wrong: then it is done again.
 */
const attempts = 8;

export interface CopyOrder {
  readonly database: string;
  readonly target: string;
  readonly modes: Modes;
  readonly key: Uint8Array;
  /** The copy gets this key instead. */
  readonly newKey?: Uint8Array;
}

export function removeDatabase(path: string): void {
  for (const name of [...withCompanions(path), `${path}-journal`]) removeFile(name);
}

/**
 * Blocks until the copy is whole, verified and flushed. On an error there is no copy.
 * @returns rows per table. @throws AppError BACKUP_NOT_VERIFIED, or what storage says.
 */
export function copyDatabase(order: CopyOrder): Readonly<Record<string, number>> {
  const watch = openBare(order.database, order.key);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = commitsSeen(watch);
      const result = copyOnce(order);
      if ('rows' in result) {
        if (process.platform !== 'win32') chmodSync(order.target, order.modes.file);
        syncFile(order.target);
        return result.rows;
      }
      if (commitsSeen(watch) === before || attempt === attempts)
        throw new AppError('BACKUP_NOT_VERIFIED', { part: result.differs });
    }
  } catch (error) {
    removeDatabase(order.target);
    throw error;
  } finally {
    watch.close();
  }
}

/** Changes when another connection has committed. */
const commitsSeen = (db: Database.Database): number => Number(db.pragma('data_version', { simple: true }));

function copyOnce(order: CopyOrder): ReturnType<typeof compareDatabases> {
  removeDatabase(order.target);
  const snapshot = openBare(order.database, order.key);
  const copier = openBare(order.database, order.key);
  try {
    // Whatever opening a connection costs is paid before: between the two snapshots there is next to no time.
    const look = 'SELECT count(*) FROM sqlite_schema';
    copier.prepare(look).get();
    const vacuum = copier.prepare('VACUUM INTO ?');
    const first = snapshot.prepare(look);
    first.get();
    snapshot.exec('BEGIN');
    // A transaction's snapshot is taken at its first read.
    first.get();
    vacuum.run(order.target);
    if (order.newKey) giveKey(order.target, order.key, order.newKey);
    const copy = openBare(order.target, order.newKey ?? order.key);
    try {
      return compareDatabases(snapshot, copy);
    } finally {
      copy.close();
    }
  } finally {
    copier.close();
    snapshot.close();
  }
}

function giveKey(path: string, key: Uint8Array, newKey: Uint8Array): void {
  const db = openBare(path, key);
  try {
    rekeyBare(db, newKey);
  } finally {
    db.close();
  }
}
