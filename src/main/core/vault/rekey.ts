import { randomBytes } from 'node:crypto';
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { copyDatabase, removeDatabase } from './copy.ts';
import { databaseKey, databasePath, rekeyedName } from './database.ts';
import { storageFault } from './faults.ts';
import { removeFile, syncFolder, writeWhole } from './files.ts';
import {
  headerPath,
  isCurrentRecovery,
  isCurrentSlot,
  sealHeader,
  type AccountSlot,
  type NextKeys,
  type VaultHeader,
} from './header.ts';
import { sealForAccount, sealForRecovery } from './slots.ts';
import { openOwn, replaceHeader, requireOpen, type VaultState } from './state.ts';

/**
 * A new data key: every wrap of it renewed and the whole database encrypted anew. A crash at any moment leaves a
 * vault that opens:
 *
 * 1. the header gets the new wraps beside the old ones (`next`);
 * 2. a copy of the database under the new key, verified and flushed, beside the one in use;
 * 3. the copy takes the database's place, in one rename;
 * 4. the header with the new wraps alone takes the header's place, in one rename.
 *
 * Whoever opens a header with `next` tries both keys: before 3 the re-key is taken back, after it, finished
 * (`settle` in unlock.ts). Sealed objects have keys of their own inside the database and stay as they are.
 */
const attempts = 2;

/** @throws AppError REKEY_NOT_READY with the number of slots (accounts and recovery key) that hold no key pair yet. */
function nextKeys(header: VaultHeader, newKey: Uint8Array, without: string | undefined): NextKeys {
  const staying = header.accounts.filter((slot) => slot.accountId !== without);
  const ready = staying.filter(isCurrentSlot);
  const { recovery } = header;
  const missing = staying.length - ready.length + (isCurrentRecovery(recovery) ? 0 : 1);
  if (missing > 0 || !isCurrentRecovery(recovery)) throw new AppError('REKEY_NOT_READY', { missing });
  // A vault that only the recovery key opens is nobody's wish.
  if (ready.length === 0) throw new AppError('NOT_ALLOWED');
  return {
    accounts: Object.fromEntries(
      ready.map((slot) => [slot.accountId, sealForAccount(header.id, slot, newKey)]),
    ),
    recovery: sealForRecovery(header.id, recovery, newKey),
  };
}

/** The header once the database is under the next key: who is not in `next` has no slot any more. */
export function settledHeader(header: VaultHeader, newKey: Uint8Array): VaultHeader {
  const { next, mac: _mac, ...rest } = header;
  const { recovery } = header;
  if (!next || !isCurrentRecovery(recovery)) throw new AppError('VAULT_DAMAGED', { part: 'vault.json' });
  const accounts = header.accounts.filter(isCurrentSlot).flatMap((slot): AccountSlot[] => {
    const dataKey = next.accounts[slot.accountId];
    return dataKey === undefined ? [] : [{ ...slot, dataKey }];
  });
  return sealHeader({ ...rest, accounts, recovery: { ...recovery, dataKey: next.recovery } }, newKey);
}

/** The header as it was before a re-key that did not come to its end. */
export function takenBackHeader(header: VaultHeader): VaultHeader {
  const { next: _next, mac: _mac, ...rest } = header;
  return rest;
}

export const rekeyedPath = (folder: string): string => join(folder, rekeyedName);
const readyHeaderPath = (folder: string): string => `${headerPath(folder)}.rekeyed`;

/** @param without an account that loses its slot by this. */
export async function rekeyVault(state: VaultState, without: string | undefined): Promise<void> {
  const { folder } = state.options;
  // A backup begun before goes with the old header and needs the old file.
  await state.reading;
  requireOpen(state);
  const newKey = randomBytes(32);
  const before = state.header;
  let switched = false;
  try {
    replaceHeader(state, { ...before, next: nextKeys(before, newKey, without) });
    const settled = settledHeader(state.header, newKey);
    // Written now: when it is needed there may be no room for it, while a rename needs none.
    writeWhole(readyHeaderPath(folder), Buffer.from(JSON.stringify(settled, null, 2)), state.modes);
    await copyUnder(state, newKey);
    requireOpen(state);
    switchTo(state, newKey, settled, () => {
      switched = true;
    });
  } catch (error) {
    if (!switched) {
      newKey.fill(0);
      if (!state.closed) takeBack(state, before);
    }
    throw storageFault(error, 'letters.db');
  }
}

/** Until the copy is the last word: what is committed while it is made calls for another one. */
async function copyUnder(state: VaultState, newKey: Buffer): Promise<void> {
  const { folder } = state.options;
  const order = { database: databasePath(folder), target: rekeyedPath(folder), modes: state.modes };
  const keys = () => ({ key: databaseKey(state.dataKey), newKey: databaseKey(newKey) });
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { commits } = state;
    await state.background.run('rekey', order, keys);
    requireOpen(state);
    if (state.commits === commits) return;
  }
  // Somebody keeps writing. Nobody can while this thread is busy.
  const { key, newKey: copyKey } = keys();
  copyDatabase({ ...order, key, newKey: copyKey });
  key.fill(0);
  copyKey.fill(0);
}

/** Without giving way: from here on the vault is the new one, or still the old one. */
function switchTo(state: VaultState, newKey: Buffer, settled: VaultHeader, onSwitched: () => void): void {
  const { folder } = state.options;
  const path = databasePath(folder);
  state.db.pragma('wal_checkpoint(TRUNCATE)');
  state.db.close();
  try {
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    // Pages in an old log would be laid over the new file.
    if (log && log.size > 0) throw new AppError('VAULT_IN_USE');
    // The log must be gone for good before another file can be found under that name.
    syncFolder(folder);
    renameSync(rekeyedPath(folder), path);
  } catch (error) {
    reopen(state);
    throw error;
  }
  onSwitched();
  state.dataKey.fill(0);
  state.dataKey = newKey;
  state.header = settled;
  try {
    syncFolder(folder);
    renameSync(readyHeaderPath(folder), headerPath(folder));
    syncFolder(folder);
  } finally {
    reopen(state);
  }
}

/** What happened until here counts, whether the database can be opened again at once or only a little later. */
function reopen(state: VaultState): void {
  try {
    state.connection.use(() => {
      requireOpen(state);
      state.db = openOwn(state.options, state.dataKey, false, () => undefined).db;
      return state.db;
    });
  } catch {
    // Tried again by whoever reads or writes next; that one hears what is wrong.
  }
}

function takeBack(state: VaultState, before: VaultHeader): void {
  const { folder } = state.options;
  removeDatabase(rekeyedPath(folder));
  try {
    if (state.header !== before) replaceHeader(state, before);
    removeDatabase(readyHeaderPath(folder));
  } catch {
    // The wraps of a key that nothing is under stay in the header; the next opening takes them back.
  }
}

/** What a re-key or a change of the header that died may have left beside a vault that is settled again. */
export function clearRekey(folder: string): void {
  removeDatabase(rekeyedPath(folder));
  removeDatabase(readyHeaderPath(folder));
  for (const path of [headerPath(folder), readyHeaderPath(folder)]) removeFile(`${path}.new`);
}
