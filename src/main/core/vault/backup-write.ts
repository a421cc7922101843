import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import {
  listSets,
  manifestVersion,
  objectPath,
  poolObject,
  readObjectList,
  sealSet,
  setName,
  sha256OfFile,
  writeObjectList,
  type BackupManifest,
  type ObjectList,
  type SetFile,
} from './backup.ts';
import { copyDatabase } from './copy.ts';
import { openBare } from './database.ts';
import { storageFault } from './faults.ts';
import { makeFolder, syncFolder, writeWhole } from './files.ts';
import { headerName } from './header.ts';
import { readNameKey } from './meta.ts';
import type { Modes } from './modes.ts';
import { objectFile, objectName } from './objects.ts';
import { rotate } from './rotation.ts';

/** What a backup is made from, as plain data: it crosses to a worker. */
export interface BackupOrder {
  readonly vaultId: string;
  /** The header's text as of now. It carries no half-done re-key. */
  readonly header: string;
  readonly database: string;
  /** Folder of the sealed objects. */
  readonly objects: string;
  /** A folder of its own, on a removable drive or elsewhere; made when missing. */
  readonly target: string;
  readonly at: Date;
  readonly modes: Modes;
}

export interface WrittenBackup {
  readonly path: string;
  readonly manifest: BackupManifest;
  /** How many sealed objects the set needs. */
  readonly objects: number;
}

/**
 * Writes one backup set and verifies it before it counts; then lets outdated sets go.
 * @param key the database's.
 * @throws AppError BACKUP_NOT_VERIFIED, OBJECT_DAMAGED, DISK_FULL, FOLDER_NOT_WRITABLE; then no set was added and
 * none removed.
 */
export function writeBackup(order: BackupOrder, key: Uint8Array): WrittenBackup {
  const { target, modes } = order;
  // One per vault: what a backup that died has left is cleared away by the next.
  const part = join(target, `${order.vaultId}.part`);
  try {
    makeFolder(target, modes);
    rmSync(part, { recursive: true, force: true });
    makeFolder(part, modes);
    const database = join(part, 'letters.db');
    const rows = copyDatabase({ database: order.database, target: database, modes, key });
    const objects = poolObjects(order, database, key);
    writeWhole(join(part, headerName), Buffer.from(order.header), modes);
    let at = order.at;
    // Another vault may have been backed up here in the same second: no set takes another's place.
    while (existsSync(join(target, setName(at)))) at = new Date(at.getTime() + 1000);
    writeObjectList(part, objects, modes);
    const files: readonly SetFile[] = ['vault.json', 'letters.db', 'objects.json'];
    const manifest: BackupManifest = {
      format: 'eletter-backup',
      version: manifestVersion,
      vaultId: order.vaultId,
      madeAt: at.toISOString(),
      rows,
      files: Object.fromEntries(files.map((name) => [name, sha256OfFile(join(part, name))])),
    };
    sealSet(part, manifest, modes);
    const path = join(target, setName(at));
    renameSync(part, path);
    syncFolder(target);
    rotate(target, order.vaultId, path);
    return { path, manifest, objects: Object.keys(objects).length };
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw storageFault(error, 'backup');
  }
}

/** Copies the objects that the copied rows point to; what lies in the pool already is not copied again. */
function poolObjects(order: BackupOrder, database: string, key: Uint8Array): ObjectList {
  const copy = openBare(database, key);
  try {
    const known = knownObjects(order);
    const nameKey = readNameKey(copy);
    const round = order.at.getUTCDate() % 16;
    const objects: Record<string, string> = {};
    for (const id of objectIds(copy)) {
      const name = objectName(nameKey, id);
      const from = objectFile(order.objects, name);
      if (!existsSync(from)) throw new AppError('OBJECT_DAMAGED');
      const to = objectPath(order.target, name);
      // Read again on one day in sixteen, so that a medium that forgets is found out; else its length will do.
      const sum = known.get(name);
      const trusted =
        sum !== undefined && Number.parseInt(name.slice(-1), 16) !== round && sameSize(from, to);
      objects[name] = trusted ? sum : poolObject(from, to, order.modes);
    }
    nameKey.fill(0);
    return objects;
  } finally {
    copy.close();
  }
}

const objectIds = (db: Database.Database): Iterable<string> =>
  db.prepare('SELECT id FROM object ORDER BY id').pluck().iterate() as Iterable<string>;

/** What this vault's last set here says of the pool. */
function knownObjects(order: BackupOrder): ReadonlyMap<string, string> {
  const last = listSets(order.target).findLast((set) => set.manifest.vaultId === order.vaultId);
  try {
    return new Map(last ? Object.entries(readObjectList(last)) : []);
  } catch {
    return new Map();
  }
}

function sameSize(one: string, other: string): boolean {
  const found = statSync(other, { throwIfNoEntry: false });
  return found !== undefined && found.size === statSync(one).size;
}
