import { hkdfSync } from 'node:crypto';
import type { AccountSlot, OldAccountSlot, RecoverySlot, VaultHeader } from './header.ts';
import { accountKeyFrom, openSealedFor, sealFor, type AccountKey } from './recipient.ts';
import { openSealedKey, sealWithPassphrase, type KdfCost, type SealedKey } from './sealing.ts';

/**
 * Key slots, as disk encryption has them, with a key pair in between: the passphrase (Argon2id) opens the account's
 * private key, and the data key is sealed to the public one. So the data key can be renewed for people who are not
 * there, and a passphrase changed without touching what is sealed to the person.
 */
export interface AccountName {
  readonly accountId: string;
  readonly username: string;
}

const secretPurpose = (vaultId: string, accountId: string): string =>
  `eletter-vault|${vaultId}|account:${accountId}|secret`;
const dataPurpose = (vaultId: string, holder: string): string => `eletter-vault|${vaultId}|${holder}|data`;
const accountHolder = (accountId: string): string => `account:${accountId}`;
/** What header version 1 sealed a data key for; `holder` is an account's id or "recovery". */
const oldPurpose = (vaultId: string, holder: string): string => `eletter-vault|${vaultId}|${holder}`;

const sealData = (vaultId: string, holder: string, publicKey: Uint8Array, dataKey: Uint8Array): string =>
  sealFor(publicKey, dataKey, dataPurpose(vaultId, holder)).toString('base64');

export const sealForAccount = (vaultId: string, slot: AccountSlot, dataKey: Uint8Array): string =>
  sealData(vaultId, accountHolder(slot.accountId), Buffer.from(slot.publicKey, 'base64'), dataKey);
export const sealForRecovery = (vaultId: string, slot: RecoverySlot, dataKey: Uint8Array): string =>
  sealData(vaultId, 'recovery', Buffer.from(slot.publicKey, 'base64'), dataKey);

/** A slot for this key pair under this passphrase. */
export async function newSlot(
  vaultId: string,
  account: AccountName,
  accountKey: AccountKey,
  dataKey: Uint8Array,
  passphrase: string,
  cost: KdfCost,
): Promise<AccountSlot> {
  const { accountId, username } = account;
  const secret = await sealWithPassphrase(
    passphrase,
    accountKey.privateKey,
    secretPurpose(vaultId, accountId),
    cost,
  );
  return {
    accountId,
    username,
    publicKey: accountKey.publicKey.toString('base64'),
    secret,
    dataKey: sealData(vaultId, accountHolder(accountId), accountKey.publicKey, dataKey),
  };
}

/** The key pair of a slot, or null when the passphrase is not the right one. */
export async function openSlot(
  vaultId: string,
  slot: AccountSlot,
  passphrase: string,
): Promise<AccountKey | null> {
  const privateKey = await openSealedKey(passphrase, slot.secret, secretPurpose(vaultId, slot.accountId));
  if (!privateKey) return null;
  const accountKey = accountKeyFrom(privateKey);
  privateKey.fill(0);
  if (accountKey.publicKey.toString('base64') === slot.publicKey) return accountKey;
  accountKey.privateKey.fill(0);
  return null;
}

/** The data key of a slot of version 1, or null when the passphrase is not the right one. */
export const openOldSlot = (
  vaultId: string,
  slot: OldAccountSlot,
  passphrase: string,
): Promise<Buffer | null> => openSealedKey(passphrase, slot.key, oldPurpose(vaultId, slot.accountId));

export const openOldRecovery = (vaultId: string, slot: SealedKey, typed: string): Promise<Buffer | null> =>
  openSealedKey(typed, slot, oldPurpose(vaultId, 'recovery'));

/** Data keys that a holder's private key opens: the present one and, while a re-key is under way, the next one. */
export interface HeldKeys {
  readonly current: Buffer | null;
  readonly next: Buffer | null;
}

function openData(
  vaultId: string,
  holder: string,
  key: AccountKey,
  sealed: string | undefined,
): Buffer | null {
  if (sealed === undefined) return null;
  try {
    return openSealedFor(key, Buffer.from(sealed, 'base64'), dataPurpose(vaultId, holder));
  } catch {
    return null;
  }
}

export function keysOfAccount(header: VaultHeader, slot: AccountSlot, key: AccountKey): HeldKeys {
  const holder = accountHolder(slot.accountId);
  return {
    current: openData(header.id, holder, key, slot.dataKey),
    next: openData(header.id, holder, key, header.next?.accounts[slot.accountId]),
  };
}

export function keysOfRecovery(header: VaultHeader, slot: RecoverySlot, key: AccountKey): HeldKeys {
  return {
    current: openData(header.id, 'recovery', key, slot.dataKey),
    next: openData(header.id, 'recovery', key, header.next?.recovery),
  };
}

/**
 * The key pair of a printed recovery key. It has 160 random bits, so HKDF-SHA256 (RFC 5869) is enough.
 * @param typed in canonical form, see recovery-key.ts.
 */
export function recoveryKeyPair(vaultId: string, typed: string): AccountKey {
  const secret = Buffer.from(typed, 'utf8');
  const privateKey = Buffer.from(hkdfSync('sha256', secret, vaultId, 'eletter recovery key pair', 32));
  secret.fill(0);
  const pair = accountKeyFrom(privateKey);
  privateKey.fill(0);
  return pair;
}

export function newRecoverySlot(vaultId: string, typed: string, dataKey: Uint8Array): RecoverySlot {
  const pair = recoveryKeyPair(vaultId, typed);
  pair.privateKey.fill(0);
  return {
    publicKey: pair.publicKey.toString('base64'),
    dataKey: sealData(vaultId, 'recovery', pair.publicKey, dataKey),
  };
}
