import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkSet, objectPath, setName, sha256OfFile } from './backup.ts';
import { databaseName } from './database.ts';
import { storageFault } from './faults.ts';
import { makeFolder, syncFile, syncFolder } from './files.ts';
import { headerName, restoredFolder } from './header.ts';
import { takeLock } from './lock.ts';
import { modesOf, settleMode, type Modes } from './modes.ts';

/**
 * Puts a set in the place of the vault. The set is checked first and copied beside; the old vault, if there is one,
 * is kept under another name. Killed between the two renames, the restore is finished when the header is read next.
 * @param shared see VaultOptions.
 * @returns where the old vault was put, or null.
 * @throws AppError BACKUP_TORN, BACKUP_FROM_FUTURE, VAULT_IN_USE, DISK_FULL, FOLDER_NOT_WRITABLE; then nothing has
 * changed.
 */
export function restoreSet(set: string, vaultFolder: string, at: Date, shared = false): string | null {
  const incoming = `${vaultFolder}.restoring`;
  const ready = restoredFolder(vaultFolder);
  const modes = modesOf(shared);
  rmSync(incoming, { recursive: true, force: true });
  rmSync(ready, { recursive: true, force: true });
  try {
    copySet(set, incoming, modes);
    // Nobody may be at work in what is about to be put aside. Released first: Windows renames no open file's folder.
    if (existsSync(vaultFolder)) takeLock(vaultFolder, modes).release();
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true });
    throw storageFault(error, 'backup');
  }
  let aside: string | null = null;
  try {
    renameSync(incoming, ready);
    if (existsSync(vaultFolder)) {
      aside = `${vaultFolder}.before-${setName(at)}`;
      for (let n = 2; existsSync(aside); n += 1) aside = `${vaultFolder}.before-${setName(at)}-${n}`;
      renameSync(vaultFolder, aside);
    }
  } catch (error) {
    for (const path of [incoming, ready]) rmSync(path, { recursive: true, force: true });
    throw storageFault(error, 'vault');
  }
  renameSync(ready, vaultFolder);
  syncFolder(dirname(vaultFolder));
  return aside;
}

function copySet(set: string, target: string, modes: Modes): void {
  const manifest = checkSet(set);
  const folders = new Set<string>();
  const folder = (path: string): void => {
    makeFolder(path, modes);
    folders.add(path);
  };
  const copy = (from: string, to: string, sum: string | undefined): void => {
    folder(dirname(to));
    copyFileSync(from, to);
    settleMode(to, modes.file);
    syncFile(to);
    if (sha256OfFile(to) !== sum) throw new AppError('BACKUP_TORN', { part: 'copy' });
  };
  folder(target);
  folder(join(target, 'objects'));
  for (const [name, sum] of Object.entries(manifest.objects))
    copy(objectPath(dirname(set), name), objectPath(target, name), sum);
  for (const part of [databaseName, headerName] as const)
    copy(join(set, part), join(target, part), manifest.files[part]);
  for (const path of folders) syncFolder(path);
}
