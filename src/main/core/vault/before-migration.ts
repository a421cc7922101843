import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase, removeDatabase } from './copy.ts';
import { databaseName, databasePath } from './database.ts';
import { guarded } from './faults.ts';
import { syncFolder, writeWhole } from './files.ts';
import { headerName, headerPath } from './header.ts';
import type { Modes } from './modes.ts';

/**
 * A verified copy of database and header beside the vault before its schema changes:
 * `letters.db.before-<version>` and `vault.json.before-<version>`. Sealed objects need none, migrations never touch
 * them. The copies, one before each step, stay until the vault has been closed properly and opened again.
 */
const keptName = /^(letters\.db|vault\.json)\.before-\d+(\.new)?$/;

/** @throws AppError BACKUP_NOT_VERIFIED, DISK_FULL, FOLDER_NOT_WRITABLE; then the migration must not begin. */
export function keepBefore(folder: string, version: number, key: Uint8Array, modes: Modes): void {
  const suffix = `before-${version}`;
  guarded(databaseName, () => {
    const database = join(folder, `${databaseName}.${suffix}`);
    const half = `${database}.new`;
    copyDatabase({ database: databasePath(folder), target: half, modes, key });
    removeDatabase(database);
    renameSync(half, database);
    writeWhole(join(folder, `${headerName}.${suffix}`), readFileSync(headerPath(folder)), modes);
    syncFolder(folder);
    dropWhere(folder, (name) => name.endsWith('.new'));
  });
}

export function dropKept(folder: string): void {
  dropWhere(folder, () => true);
}

function dropWhere(folder: string, goes: (name: string) => boolean): void {
  for (const name of readdirSync(folder))
    if (keptName.test(name) && goes(name)) rmSync(join(folder, name), { force: true });
}
