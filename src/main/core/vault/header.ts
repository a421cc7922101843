import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { guarded } from './faults.ts';
import { writeWhole } from './files.ts';
import type { SealedKey } from './sealing.ts';

/**
 * `vault.json`: what must be readable before unlock. It names the accounts that may sign in and holds the data
 * key once per account and once under the recovery key; nothing of a letter.
 */
export interface AccountSlot {
  readonly accountId: string;
  readonly username: string;
  readonly key: SealedKey;
}

export interface VaultHeader {
  readonly format: 'eletter-vault';
  readonly version: number;
  readonly id: string;
  readonly createdAt: string;
  readonly accounts: readonly AccountSlot[];
  readonly recovery: SealedKey;
}

export const headerVersion = 1;
const headerName = 'vault.json';

export function headerPath(folder: string): string {
  return join(folder, headerName);
}

function isSealedKey(value: unknown): value is SealedKey {
  if (typeof value !== 'object' || value === null) return false;
  const key = value as Record<string, unknown>;
  return (
    (key['kdf'] === 'argon2id' || key['kdf'] === 'hkdf-sha256') &&
    Number.isSafeInteger(key['memory']) &&
    Number.isSafeInteger(key['passes']) &&
    ['salt', 'nonce', 'sealed'].every((name) => typeof key[name] === 'string')
  );
}

function isHeader(value: unknown): value is VaultHeader {
  if (typeof value !== 'object' || value === null) return false;
  const header = value as Record<string, unknown>;
  return (
    header['format'] === 'eletter-vault' &&
    typeof header['id'] === 'string' &&
    Array.isArray(header['accounts']) &&
    header['accounts'].every(
      (slot: unknown) =>
        typeof slot === 'object' &&
        slot !== null &&
        typeof (slot as AccountSlot).accountId === 'string' &&
        typeof (slot as AccountSlot).username === 'string' &&
        isSealedKey((slot as AccountSlot).key),
    ) &&
    isSealedKey(header['recovery'])
  );
}

/** @returns null when there is no vault. @throws AppError VAULT_DAMAGED, VAULT_FROM_FUTURE, FOLDER_NOT_WRITABLE. */
export function readHeader(folder: string): VaultHeader | null {
  let text: string;
  try {
    text = readFileSync(headerPath(folder), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return guarded(headerName, () => {
      throw error;
    });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('VAULT_DAMAGED', { part: headerName }, error);
  }
  const version =
    typeof parsed === 'object' && parsed !== null
      ? (parsed as Record<string, unknown>)['version']
      : undefined;
  if (typeof version === 'number' && version > headerVersion) {
    throw new AppError('VAULT_FROM_FUTURE', { found: version, known: headerVersion });
  }
  if (!isHeader(parsed)) throw new AppError('VAULT_DAMAGED', { part: headerName });
  return parsed;
}

/** Replaces the header as a whole or not at all: temporary name, fsync, rename, fsync of the folder. */
export function writeHeader(folder: string, header: VaultHeader): void {
  guarded(headerName, () => writeWhole(headerPath(folder), Buffer.from(JSON.stringify(header, null, 2))));
}
