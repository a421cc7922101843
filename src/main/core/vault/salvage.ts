import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import { createBackground } from './background.ts';
import { setName } from './backup.ts';
import { removeDatabase } from './copy.ts';
import { databaseKey, databasePath } from './database.ts';
import { codeOf, storageFault } from './faults.ts';
import { removeFile, syncFile, syncFolder } from './files.ts';
import { takeLock } from './lock.ts';
import { settleMode } from './modes.ts';
import type { SalvagedRows } from './salvage-read.ts';
import { modesFor, type VaultOptions } from './state.ts';
import { keysByPassphrase, keysByRecovery } from './unlock.ts';

/** Who asks: an account with its passphrase, or whoever holds the printed recovery key. */
export type SalvageWay =
  { readonly accountId: string; readonly passphrase: string } | { readonly recoveryKey: string };

export interface Salvaged {
  readonly rows: SalvagedRows;
  /** Where the damaged database was put. */
  readonly aside: string;
}

/**
 * For a vault that answers VAULT_DAMAGED at its database: puts what can still be read in its place and the damaged
 * file beside it. Nothing is deleted; the header and the sealed objects are not touched.
 * @throws AppError VAULT_DAMAGED when nothing opens at all (then only a backup helps), PASSPHRASE_WRONG,
 * RECOVERY_KEY_WRONG, VAULT_IN_USE, DISK_FULL; then nothing has changed.
 */
export async function salvageVault(options: VaultOptions, way: SalvageWay): Promise<Salvaged> {
  const { folder } = options;
  const held = await ('recoveryKey' in way
    ? keysByRecovery(options, way.recoveryKey)
    : keysByPassphrase(options, way.accountId, way.passphrase));
  const modes = modesFor(options);
  const lock = takeLock(folder, modes);
  const path = databasePath(folder);
  // Opening a database may write to it. The damaged one is evidence, so a copy of it is opened.
  const work = `${path}.salvaging`;
  const target = `${path}.salvaged`;
  try {
    if (!existsSync(path)) throw new AppError('VAULT_DAMAGED', { part: 'letters.db' });
    removeDatabase(work);
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, work + suffix);
    const rows = await readWith(held, work, target);
    settleMode(target, modes.file);
    syncFile(target);
    const aside = `${path}.damaged-${setName(options.now)}`;
    if (existsSync(aside)) throw new AppError('VAULT_EXISTS');
    // Kept whole before anything is moved; then the log goes, which would be laid over the new file.
    for (const suffix of ['', '-wal']) {
      if (!existsSync(path + suffix)) continue;
      copyFileSync(path + suffix, aside + suffix);
      syncFile(aside + suffix);
    }
    syncFolder(folder);
    for (const suffix of ['-wal', '-shm']) removeFile(path + suffix);
    syncFolder(folder);
    renameSync(target, path);
    syncFolder(folder);
    return { rows, aside };
  } catch (error) {
    removeDatabase(target);
    throw storageFault(error, 'letters.db');
  } finally {
    removeDatabase(work);
    for (const key of held) key.fill(0);
    lock.release();
  }
}

/** A re-key may have died too: the key that fits is the one that opens the first page. */
async function readWith(keys: readonly Buffer[], work: string, target: string): Promise<SalvagedRows> {
  const background = createBackground();
  let refusal: unknown = new AppError('VAULT_DAMAGED', { part: 'letters.db' });
  for (const dataKey of keys) {
    removeDatabase(target);
    try {
      return await background.run('salvage', { database: work, target }, () => ({
        key: databaseKey(dataKey),
      }));
    } catch (error) {
      const damaged = error instanceof AppError ? error.code === 'VAULT_DAMAGED' : codeOf(error) !== '';
      if (!damaged) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
