import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { dropKept, keepBefore } from './before-migration.ts';
import { databaseName } from './database.ts';
import { codeOf, guarded } from './faults.ts';
import {
  headerName,
  isCurrentRecovery,
  isCurrentSlot,
  readHeader,
  requireSealedHeader,
  sealHeader,
  writeHeader,
  type OldAccountSlot,
  type VaultHeader,
} from './header.ts';
import { requireLocalFolder, takeLock } from './lock.ts';
import { newAccountKey, type AccountKey } from './recipient.ts';
import { readRecoveryKey } from './recovery-key.ts';
import { clearRekey, settledHeader, takenBackHeader } from './rekey.ts';
import {
  keysOfAccount,
  keysOfRecovery,
  newRecoverySlot,
  newSlot,
  openOldRecovery,
  openOldSlot,
  openSlot,
  recoveryKeyPair,
  type HeldKeys,
} from './slots.ts';
import { modesFor, openOwn, type VaultOptions } from './state.ts';
import { build, type OpenVault } from './vault.ts';

/** @throws AppError PASSPHRASE_WRONG, VAULT_MISSING, VAULT_IN_USE, VAULT_DAMAGED, VAULT_FROM_FUTURE. */
export async function unlockVault(
  options: VaultOptions,
  accountId: string,
  passphrase: string,
): Promise<{ readonly vault: OpenVault; readonly accountKey: AccountKey }> {
  const header = requireHeader(options.folder);
  const slot = header.accounts.find((one) => one.accountId === accountId);
  if (!slot) throw new AppError('PASSPHRASE_WRONG');
  if (!isCurrentSlot(slot)) return unlockOld(options, header, slot, passphrase);
  const accountKey = await openSlot(header.id, slot, passphrase);
  if (!accountKey) throw new AppError('PASSPHRASE_WRONG');
  try {
    const vault = openWith(options, header.id, (current) => {
      const now = current.accounts.find((one) => one.accountId === accountId);
      return now && isCurrentSlot(now) ? keysOfAccount(current, now, accountKey) : none;
    });
    return { vault, accountKey };
  } catch (error) {
    accountKey.privateKey.fill(0);
    throw error;
  }
}

/** A slot of version 1: its owner is here with the passphrase, so it gets its key pair now. */
async function unlockOld(
  options: VaultOptions,
  header: VaultHeader,
  slot: OldAccountSlot,
  passphrase: string,
): Promise<{ readonly vault: OpenVault; readonly accountKey: AccountKey }> {
  const dataKey = await openOldSlot(header.id, slot, passphrase);
  if (!dataKey) throw new AppError('PASSPHRASE_WRONG');
  const accountKey = newAccountKey();
  const renewed = await newSlot(header.id, slot, accountKey, dataKey, passphrase, options.cost);
  const vault = openWith(options, header.id, (current) =>
    current.accounts.some((one) => JSON.stringify(one) === JSON.stringify(slot))
      ? { current: dataKey, next: null }
      : none,
  );
  try {
    vault.replaceSlot(renewed);
    return { vault, accountKey };
  } catch (error) {
    vault.close();
    throw error;
  }
}

/** Opens with the printed recovery key. @throws AppError RECOVERY_KEY_WRONG, and as unlockVault. */
export async function unlockVaultByRecovery(options: VaultOptions, recoveryKey: string): Promise<OpenVault> {
  const header = requireHeader(options.folder);
  const typed = readRecoveryKey(recoveryKey);
  if (!typed) throw new AppError('RECOVERY_KEY_MISTYPED');
  const { recovery } = header;
  if (!isCurrentRecovery(recovery)) {
    const dataKey = await openOldRecovery(header.id, recovery, typed);
    if (!dataKey) throw new AppError('RECOVERY_KEY_WRONG');
    const renewed = newRecoverySlot(header.id, typed, dataKey);
    const vault = openWith(options, header.id, () => ({ current: dataKey, next: null }));
    try {
      vault.replaceRecovery(renewed);
      return vault;
    } catch (error) {
      vault.close();
      throw error;
    }
  }
  const pair = recoveryKeyPair(header.id, typed);
  try {
    if (pair.publicKey.toString('base64') !== recovery.publicKey) throw new AppError('RECOVERY_KEY_WRONG');
    return openWith(options, header.id, (current) =>
      isCurrentRecovery(current.recovery) ? keysOfRecovery(current, current.recovery, pair) : none,
    );
  } finally {
    pair.privateKey.fill(0);
  }
}

const none: HeldKeys = { current: null, next: null };

export function requireHeader(folder: string): VaultHeader {
  const header = readHeader(folder);
  if (!header) throw new AppError('VAULT_MISSING');
  return header;
}

/** @param keysOf what the one who unlocks can open of the header, as it stands once the vault is ours. */
function openWith(
  options: VaultOptions,
  vaultId: string,
  keysOf: (header: VaultHeader) => HeldKeys,
): OpenVault {
  requireLocalFolder(options.folder, modesFor(options));
  const lock = takeLock(options.folder, modesFor(options));
  try {
    if (!existsSync(join(options.folder, databaseName)))
      throw new AppError('VAULT_DAMAGED', { part: databaseName });
    // Read again under the lock: a slot that another process changed meanwhile must not be written back.
    const header = requireHeader(options.folder);
    if (header.id !== vaultId) throw new AppError('VAULT_DAMAGED', { part: headerName });
    const keys = keysOf(header);
    // Its passphrase or the data key was changed between reading and locking.
    if (!keys.current) throw new AppError('VAULT_IN_USE');
    requireSealedHeader(header, keys.current);
    const opened = guarded(databaseName, () => openEither(options, header, keys));
    const vault = build(options, opened.header, opened.dataKey, opened.db, lock);
    if (!opened.migrated && !vault.uncleanExit) dropOld(options.folder);
    return vault;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The copy from before a migration has done its duty once the new schema has lived through a proper close. */
function dropOld(folder: string): void {
  try {
    dropKept(folder);
  } catch {
    // A file that cannot be deleted today is tried again at the next start; it is no reason to stay shut.
  }
}

interface Opened extends ReturnType<typeof openOwn> {
  readonly header: VaultHeader;
  readonly dataKey: Buffer;
}

/** Opens with the present key; where a re-key died, with the one that fits, and settles the header accordingly. */
function openEither(options: VaultOptions, header: VaultHeader, keys: HeldKeys): Opened {
  const { folder } = options;
  const modes = modesFor(options);
  const open = (dataKey: Uint8Array): ReturnType<typeof openOwn> =>
    openOwn(options, dataKey, false, (key, version) => keepBefore(folder, version, key, modes));
  const settle = (dataKey: Buffer, settled: VaultHeader): Opened => {
    const opened = open(dataKey);
    try {
      writeHeader(folder, settled, modes);
      clearRekey(folder);
    } catch (error) {
      opened.db.close();
      throw error;
    }
    return { ...opened, header: settled, dataKey };
  };
  const { current, next } = keys;
  if (!current) throw new AppError('VAULT_IN_USE');
  if (!header.next) {
    const opened = open(current);
    clearRekey(folder);
    next?.fill(0);
    return { ...opened, header, dataKey: current };
  }
  try {
    const opened = settle(current, sealHeader(takenBackHeader(header), current));
    next?.fill(0);
    return opened;
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_NOTADB') throw error;
    // Left out by the re-key, which had come far enough to count.
    if (!next) throw new AppError('PASSPHRASE_WRONG');
    return settle(next, settledHeader(header, next));
  }
}

/** Every data key that a passphrase opens, without opening the vault. @throws AppError PASSPHRASE_WRONG. */
export async function keysByPassphrase(
  options: VaultOptions,
  accountId: string,
  passphrase: string,
): Promise<Buffer[]> {
  const header = requireHeader(options.folder);
  const slot = header.accounts.find((one) => one.accountId === accountId);
  if (!slot) throw new AppError('PASSPHRASE_WRONG');
  if (!isCurrentSlot(slot)) {
    const dataKey = await openOldSlot(header.id, slot, passphrase);
    if (!dataKey) throw new AppError('PASSPHRASE_WRONG');
    return [dataKey];
  }
  const accountKey = await openSlot(header.id, slot, passphrase);
  if (!accountKey) throw new AppError('PASSPHRASE_WRONG');
  const held = keysOfAccount(header, slot, accountKey);
  accountKey.privateKey.fill(0);
  return listed(held);
}

/** Every data key that the recovery key opens. @throws AppError RECOVERY_KEY_MISTYPED, RECOVERY_KEY_WRONG. */
export async function keysByRecovery(options: VaultOptions, recoveryKey: string): Promise<Buffer[]> {
  const header = requireHeader(options.folder);
  const typed = readRecoveryKey(recoveryKey);
  if (!typed) throw new AppError('RECOVERY_KEY_MISTYPED');
  const { recovery } = header;
  if (!isCurrentRecovery(recovery)) {
    const dataKey = await openOldRecovery(header.id, recovery, typed);
    if (!dataKey) throw new AppError('RECOVERY_KEY_WRONG');
    return [dataKey];
  }
  const pair = recoveryKeyPair(header.id, typed);
  const held = keysOfRecovery(header, recovery, pair);
  pair.privateKey.fill(0);
  if (!held.current) throw new AppError('RECOVERY_KEY_WRONG');
  return listed(held);
}

const listed = ({ current, next }: HeldKeys): Buffer[] =>
  [current, next].filter((key): key is Buffer => key !== null);
