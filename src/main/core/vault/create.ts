import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { setName } from './backup.ts';
import { databaseName, withCompanions } from './database.ts';
import { guarded, storageFault } from './faults.ts';
import { removeFile } from './files.ts';
import { headerPath, headerVersion, readHeader, sealHeader, writeHeader } from './header.ts';
import { requireLocalFolder, takeLock } from './lock.ts';
import { clearMarker } from './marker.ts';
import { newAccountKey, type AccountKey } from './recipient.ts';
import { newRecoveryKey } from './recovery-key.ts';
import { newRecoverySlot, newSlot, type AccountName } from './slots.ts';
import { modesFor, openOwn, type VaultOptions } from './state.ts';
import { build, type Vault } from './vault.ts';

/**
 * Makes a vault with a fresh random 256-bit data key, sealed for its first account and for a recovery key.
 * Nothing is left behind when it fails. Until `commitCreation` it does not exist for anybody else.
 * @returns the open vault; the recovery key, which exists nowhere else; the account's key pair, which the caller wipes.
 */
export async function createVault(
  options: VaultOptions,
  account: AccountName,
  passphrase: string,
): Promise<{ readonly vault: Vault; readonly recoveryKey: string; readonly accountKey: AccountKey }> {
  const { folder } = options;
  requireLocalFolder(folder, modesFor(options));
  if (readHeader(folder)) throw new AppError('VAULT_EXISTS');
  const lock = takeLock(folder, modesFor(options));
  try {
    // Asked again under the lock: another process may have finished its own creation meanwhile.
    if (readHeader(folder)) throw new AppError('VAULT_EXISTS');
    const id = randomUUID();
    const dataKey = randomBytes(32);
    const recoveryKey = newRecoveryKey();
    const accountKey = newAccountKey();
    const header = sealHeader(
      {
        format: 'eletter-vault',
        version: headerVersion,
        id,
        createdAt: options.now.toISOString(),
        accounts: [await newSlot(id, account, accountKey, dataKey, passphrase, options.cost)],
        recovery: newRecoverySlot(id, recoveryKey, dataKey),
      },
      dataKey,
    );
    setOrphanAside(folder, options.now);
    const { db } = guarded(databaseName, () => openOwn(options, dataKey, true, () => undefined));
    const vault = build(options, header, dataKey, db, lock);
    return { vault, recoveryKey, accountKey };
  } catch (error) {
    if (!existsSync(headerPath(folder))) removeUnfinished(folder);
    lock.release();
    throw storageFault(error, databaseName);
  }
}

/** Writes the header of a vault just made: from here on it exists. */
export function commitCreation(options: VaultOptions, vault: Vault): void {
  writeHeader(options.folder, vault.header(), modesFor(options));
}

/** Takes back a creation that could not be finished: the header first, so that no vault is promised. */
export function abandonCreation(options: VaultOptions, vault: Vault): void {
  removeFile(headerPath(options.folder));
  vault.close();
  removeUnfinished(options.folder);
}

const databaseFiles = withCompanions(databaseName);

/** Removes the database that this very creation has made. */
function removeUnfinished(folder: string): void {
  for (const name of databaseFiles) removeFile(join(folder, name));
  clearMarker(folder);
}

/** A database without a header may be the rest of a creation that died, or a vault whose header got lost: kept. */
function setOrphanAside(folder: string, at: Date): void {
  for (const name of databaseFiles) {
    const path = join(folder, name);
    if (existsSync(path)) renameSync(path, `${path}.orphan-${setName(at)}`);
  }
}
