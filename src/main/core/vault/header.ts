import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { guarded } from './faults.ts';
import { writeWhole } from './files.ts';
import type { Modes } from './modes.ts';
import type { SealedKey } from './sealing.ts';

/**
 * `vault.json`: what must be readable before unlock. It names the accounts that may sign in and holds the data key
 * sealed to each of them and to the recovery key; nothing of a letter. Binary values are base64.
 */
export interface AccountSlot {
  readonly accountId: string;
  readonly username: string;
  /** X25519, 32 bytes. */
  readonly publicKey: string;
  /** The private key under the account passphrase. */
  readonly secret: SealedKey;
  /** The data key, sealed to `publicKey`. */
  readonly dataKey: string;
}

/** A slot of header version 1: the data key straight under the passphrase. Becomes an `AccountSlot` when it opens. */
export interface OldAccountSlot {
  readonly accountId: string;
  readonly username: string;
  readonly key: SealedKey;
}

/** The recovery key's own key pair: its private half is derived from the printed key and is stored nowhere. */
export interface RecoverySlot {
  readonly publicKey: string;
  readonly dataKey: string;
}

/** A re-key under way: the new data key, sealed to everybody who stays. */
export interface NextKeys {
  readonly accounts: Readonly<Record<string, string>>;
  readonly recovery: string;
}

export interface VaultHeader {
  readonly format: 'eletter-vault';
  readonly version: number;
  readonly id: string;
  readonly createdAt: string;
  readonly accounts: readonly (AccountSlot | OldAccountSlot)[];
  /** A SealedKey in a vault of version 1, until the recovery key is used or changed. */
  readonly recovery: RecoverySlot | SealedKey;
  readonly next?: NextKeys;
  /** HMAC-SHA256 of all of the above under the data key; absent in version 1 only. */
  readonly mac?: string;
}

export const headerVersion = 2;
export const headerName = 'vault.json' as const;

export const headerPath = (folder: string): string => join(folder, headerName);

export const isCurrentSlot = (slot: AccountSlot | OldAccountSlot): slot is AccountSlot => 'secret' in slot;
export const isCurrentRecovery = (slot: RecoverySlot | SealedKey): slot is RecoverySlot =>
  'publicKey' in slot;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
const hasTexts = (fields: Fields, names: readonly string[]): boolean =>
  names.every((name) => typeof fields[name] === 'string');

function isSealedKey(value: unknown): value is SealedKey {
  const key = fieldsOf(value);
  return (
    key !== null &&
    (key['kdf'] === 'argon2id' || key['kdf'] === 'hkdf-sha256') &&
    Number.isSafeInteger(key['memory']) &&
    Number.isSafeInteger(key['passes']) &&
    hasTexts(key, ['salt', 'nonce', 'sealed'])
  );
}

function isSlot(value: unknown): boolean {
  const slot = fieldsOf(value);
  if (!slot || !hasTexts(slot, ['accountId', 'username'])) return false;
  if ('secret' in slot) return isSealedKey(slot['secret']) && hasTexts(slot, ['publicKey', 'dataKey']);
  return isSealedKey(slot['key']);
}

function isRecovery(value: unknown): boolean {
  const slot = fieldsOf(value);
  if (slot && 'publicKey' in slot) return hasTexts(slot, ['publicKey', 'dataKey']);
  return isSealedKey(value);
}

function isNext(value: unknown): boolean {
  const next = fieldsOf(value);
  const accounts = fieldsOf(next?.['accounts']);
  return (
    next !== null &&
    typeof next['recovery'] === 'string' &&
    accounts !== null &&
    hasTexts(accounts, Object.keys(accounts))
  );
}

function isHeader(value: unknown): value is VaultHeader {
  const header = fieldsOf(value);
  if (!header || header['format'] !== 'eletter-vault') return false;
  if (!hasTexts(header, ['id', 'createdAt']) || !Array.isArray(header['accounts'])) return false;
  return (
    header['accounts'].every(isSlot) &&
    isRecovery(header['recovery']) &&
    (header['next'] === undefined || isNext(header['next'])) &&
    // Version 1 had no seal and no slot of the new kind: nobody may pass one off as the other.
    (header['version'] === 1
      ? header['accounts'].every((slot: object) => 'key' in slot) && isSealedKey(header['recovery'])
      : header['version'] === headerVersion && typeof header['mac'] === 'string')
  );
}

/** @throws AppError VAULT_DAMAGED, VAULT_FROM_FUTURE. */
export function parseHeader(text: string): VaultHeader {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AppError('VAULT_DAMAGED', { part: headerName }, error);
  }
  const version = fieldsOf(parsed)?.['version'];
  if (typeof version === 'number' && version > headerVersion) {
    throw new AppError('VAULT_FROM_FUTURE', { found: version, known: headerVersion });
  }
  if (!isHeader(parsed)) throw new AppError('VAULT_DAMAGED', { part: headerName });
  return parsed;
}

/** A whole vault on its way into the place of `folder`, see restore.ts. */
export const restoredFolder = (folder: string): string => `${folder}.restored`;

/** A restore that died between putting the old vault aside and the new one in its place is finished here. */
function finishRestore(folder: string): void {
  const ready = restoredFolder(folder);
  if (!existsSync(folder) && existsSync(ready)) guarded(headerName, () => renameSync(ready, folder));
}

/** @returns null when there is no vault. @throws AppError VAULT_DAMAGED, VAULT_FROM_FUTURE, FOLDER_NOT_WRITABLE. */
export function readHeader(folder: string): VaultHeader | null {
  try {
    finishRestore(folder);
    return parseHeader(readFileSync(headerPath(folder), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return guarded(headerName, () => {
      throw error;
    });
  }
}

const sealedKeyParts = (key: SealedKey): unknown[] => [
  key.kdf,
  key.memory,
  key.passes,
  key.salt,
  key.nonce,
  key.sealed,
];

/** Everything that the header says, in one order, whatever order a file has it in. */
function canonical(header: VaultHeader): string {
  const { recovery, next } = header;
  return JSON.stringify([
    header.format,
    header.version,
    header.id,
    header.createdAt,
    header.accounts.map((slot) => [
      slot.accountId,
      slot.username,
      ...(isCurrentSlot(slot)
        ? ['slot', slot.publicKey, sealedKeyParts(slot.secret), slot.dataKey]
        : ['old', sealedKeyParts(slot.key)]),
    ]),
    isCurrentRecovery(recovery) ? [recovery.publicKey, recovery.dataKey] : sealedKeyParts(recovery),
    next ? [Object.entries(next.accounts).toSorted(([a], [b]) => (a < b ? -1 : 1)), next.recovery] : null,
  ]);
}

const macOf = (header: VaultHeader, dataKey: Uint8Array): Buffer =>
  createHmac('sha256', createHmac('sha256', dataKey).update('header').digest())
    .update(canonical(header))
    .digest();

/** The header as it is written: of the newest version, bound together by the data key that its slots hold. */
export function sealHeader(header: VaultHeader, dataKey: Uint8Array): VaultHeader {
  const current = { ...header, version: headerVersion };
  return { ...current, mac: macOf(current, dataKey).toString('base64') };
}

/**
 * Whoever cannot open the vault must not be able to put a public key of his own into somebody's slot and wait for
 * the next re-key.
 * @throws AppError VAULT_DAMAGED when the header was not written with this data key as it stands.
 */
export function requireSealedHeader(header: VaultHeader, dataKey: Uint8Array): void {
  if (header.version === 1) return;
  const found = Buffer.from(header.mac ?? '', 'base64');
  const expected = macOf(header, dataKey);
  if (found.length !== expected.length || !timingSafeEqual(found, expected))
    throw new AppError('VAULT_DAMAGED', { part: headerName });
}

/** Replaces the header as a whole or not at all: temporary name, fsync, rename, fsync of the folder. */
export function writeHeader(folder: string, header: VaultHeader, modes?: Modes): void {
  guarded(headerName, () =>
    writeWhole(headerPath(folder), Buffer.from(JSON.stringify(header, null, 2)), modes),
  );
}
