import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import * as initial from './migrations/0010-initial.ts';
import { Connection, type WriteDb } from './sql.ts';

interface Migration {
  readonly version: number;
  readonly up: (db: WriteDb) => void;
}

/** In order. Numbered in tens so that a fix for an older release can be put in between. */
const migrations: readonly Migration[] = [initial];

export const schemaVersion = migrations[migrations.length - 1]?.version ?? 0;

/**
 * Brings the schema up to date, one transaction per step.
 * @throws AppError VAULT_FROM_FUTURE before anything is touched, when the file knows more than we do.
 */
export function migrate(db: Database.Database): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > schemaVersion) throw new AppError('VAULT_FROM_FUTURE', { found, known: schemaVersion });
  for (const step of migrations) {
    if (step.version <= found) continue;
    new Connection(db).write((write) => {
      step.up(write);
      db.pragma(`user_version = ${step.version}`);
    });
  }
}
