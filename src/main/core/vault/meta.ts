import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { subkey } from './database.ts';

/** Where the database keeps the key that object names are made with: written once, so that a re-key leaves them. */
const nameKeyRow = 'object-name-key';

/** @throws AppError VAULT_DAMAGED. */
export function readNameKey(db: Database.Database): Buffer {
  const value = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(nameKeyRow);
  if (typeof value !== 'string') throw new AppError('VAULT_DAMAGED', { part: nameKeyRow });
  return Buffer.from(value, 'base64');
}

/** An older vault named its objects by the data key: that name key is written down the first time it is opened. */
export function settleNameKey(db: Database.Database, dataKey: Uint8Array): Buffer {
  const value = subkey(dataKey, 'object names').toString('base64');
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(nameKeyRow, value);
  return readNameKey(db);
}
