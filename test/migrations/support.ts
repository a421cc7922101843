import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openBare } from '../../src/main/core/vault/database.ts';
import { migrate, migrations } from '../../src/main/core/vault/migrate.ts';

/** A database as an older version of the program left it: made by the frozen steps up to that version alone. */
export interface OldDatabase {
  readonly path: string;
  readonly key: Uint8Array;
  readonly db: Database.Database;
  /** Brings it to `version` (the newest unless told otherwise). */
  migrate(version?: number): void;
  remove(): void;
}

const upTo = (version: number) => migrations.filter((step) => step.version <= version);

export function databaseOfVersion(version: number): OldDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-migration-'));
  const path = join(folder, 'letters.db');
  const key = randomBytes(32);
  const db = openBare(path, key, true);
  db.pragma('journal_mode = WAL');
  migrate(db, () => undefined, upTo(version));
  db.pragma('foreign_keys = ON');
  return {
    path,
    key,
    db,
    migrate(to = Number.MAX_SAFE_INTEGER) {
      migrate(db, () => undefined, upTo(to));
      db.pragma('foreign_keys = ON');
    },
    remove() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const all = (db: Database.Database, text: string): unknown[] => db.prepare(text).all();
