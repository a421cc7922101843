import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import {
  objectPath,
  poolObject,
  rotate,
  sealSet,
  setName,
  sha256OfFile,
  type BackupManifest,
} from './backup.ts';
import { storageFault } from './faults.ts';
import { syncFile, syncFolder, writeWhole } from './files.ts';
import type { VaultHeader } from './header.ts';

/** What a backup is made from: the open vault's own parts. */
export interface BackupSource {
  readonly db: Database.Database;
  /** Opens a copy of the database with the vault's key, for reading. */
  readonly openCopy: (path: string) => Database.Database;
  readonly header: VaultHeader;
  /** Names of the sealed objects that rows point to, and where each lies. */
  readonly objects: ReadonlyMap<string, string>;
}

function tables(db: Database.Database): string[] {
  const rows = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return (rows as { name: string }[]).map((row) => row.name);
}

/** Rows of a table and a digest over all their values, in the order of the primary key. */
function digestOf(db: Database.Database, table: string): { rows: number; digest: string } {
  const columns = db.prepare(`SELECT name, pk FROM pragma_table_info('${table}') ORDER BY cid`).all() as {
    name: string;
    pk: number;
  }[];
  const key = columns.filter((one) => one.pk > 0).toSorted((a, b) => a.pk - b.pk);
  const order = (key.length > 0 ? key : columns).map((one) => `"${one.name}"`).join(', ');
  const hash = createHash('sha256');
  let rows = 0;
  for (const row of db.prepare(`SELECT * FROM "${table}" ORDER BY ${order}`).raw().iterate() as Iterable<
    unknown[]
  >) {
    rows += 1;
    for (const value of row) {
      const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
      hash.update(`${typeof value}:${bytes.length}:`).update(bytes);
    }
  }
  return { rows, digest: hash.digest('hex') };
}

/**
 * Opens what was just written and compares every table with the vault. Nothing else can write in between: the
 * vault has one owner, and this runs without giving way.
 */
function verifyCopy(source: BackupSource, path: string): Record<string, number> {
  const copy = source.openCopy(path);
  try {
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok')
      throw new AppError('BACKUP_NOT_VERIFIED', { part: 'letters.db' });
    const expected = tables(source.db);
    if (tables(copy).join() !== expected.join())
      throw new AppError('BACKUP_NOT_VERIFIED', { part: 'letters.db' });
    const rows: Record<string, number> = {};
    for (const table of expected) {
      const ours = digestOf(source.db, table);
      if (digestOf(copy, table).digest !== ours.digest)
        throw new AppError('BACKUP_NOT_VERIFIED', { part: table });
      rows[table] = ours.rows;
    }
    return rows;
  } finally {
    copy.close();
  }
}

/**
 * Writes one backup set and verifies it before it counts; then lets outdated sets go.
 * @param target a folder of its own, on a removable drive or elsewhere; made when missing.
 * @returns the set's folder and its manifest.
 * @throws AppError BACKUP_NOT_VERIFIED, DISK_FULL, FOLDER_NOT_WRITABLE; then no set was added and none removed.
 */
export function writeBackup(
  source: BackupSource,
  target: string,
  when: Date,
): { path: string; manifest: BackupManifest } {
  let at = when;
  // Another vault may have been backed up here in the same second: no set takes another's place.
  while (existsSync(join(target, setName(at)))) at = new Date(at.getTime() + 1000);
  const path = join(target, setName(at));
  const part = `${path}.part`;
  try {
    mkdirSync(target, { recursive: true });
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { mode: 0o700 });
    const database = join(part, 'letters.db');
    source.db.prepare('VACUUM INTO ?').run(database);
    const rows = verifyCopy(source, database);
    syncFile(database);
    const objects: Record<string, string> = {};
    for (const [name, file] of source.objects) {
      if (!existsSync(file)) throw new AppError('OBJECT_DAMAGED');
      objects[name] = poolObject(file, objectPath(target, name));
    }
    writeWhole(join(part, 'vault.json'), Buffer.from(JSON.stringify(source.header, null, 2)));
    const manifest: BackupManifest = {
      format: 'eletter-backup',
      version: 1,
      vaultId: source.header.id,
      madeAt: at.toISOString(),
      rows,
      files: { 'vault.json': sha256OfFile(join(part, 'vault.json')), 'letters.db': sha256OfFile(database) },
      objects,
    };
    sealSet(part, manifest);
    renameSync(part, path);
    syncFolder(target);
    rotate(target, source.header.id);
    return { path, manifest };
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw storageFault(error, 'backup');
  }
}
