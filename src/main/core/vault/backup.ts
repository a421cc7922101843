import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { makeFolder, syncFile, syncFolder, writeWhole } from './files.ts';
import type { Modes } from './modes.ts';

/**
 * A backup set: one folder per run with the header, a consistent copy of the database, the list of sealed objects that
 * it needs and a manifest written last, beside a pool of those objects that all sets share (an object never changes,
 * so each is copied once). Everything stays encrypted as it is in the vault: whoever finds the disk finds nothing.
 *
 * ```
 * <target>/objects/ab/cdef…            shared by all sets
 * <target>/2026-11-22T03-00-00Z/vault.json · letters.db · objects.json · manifest.json
 * ```
 *
 * Version 1 had the list inside the manifest; with hundreds of thousands of letters no list of sets could be shown
 * without reading them all.
 */
export interface BackupManifest {
  readonly format: 'eletter-backup';
  readonly version: number;
  readonly vaultId: string;
  /** Instant, ISO 8601 UTC. */
  readonly madeAt: string;
  /** Rows per table when it was made. */
  readonly rows: Readonly<Record<string, number>>;
  /** Lower-case hexadecimal SHA-256 of the files of the set. */
  readonly files: Readonly<Partial<Record<SetFile, string>>>;
}

/** Names of the sealed objects that a set needs, with their SHA-256. */
export type ObjectList = Readonly<Record<string, string>>;

export interface BackupSet {
  readonly path: string;
  readonly manifest: BackupManifest;
}

export type SetFile = 'vault.json' | 'letters.db' | 'objects.json';

const manifestName = 'manifest.json';
const listName = 'objects.json';
export const manifestVersion = 2;

/** Lower-case hexadecimal SHA-256 of a file of any size. */
export function sha256OfFile(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const part = Buffer.alloc(1_048_576);
    for (let got = readSync(file, part); got > 0; got = readSync(file, part))
      hash.update(part.subarray(0, got));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** "2026-11-22T03-00-00Z": sorts by time and is a file name everywhere. */
export const setName = (at: Date): string =>
  at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

/** Copies a sealed object into the pool unless an equal one is there. @returns its SHA-256. */
export function poolObject(source: string, target: string, modes?: Modes): string {
  const wanted = sha256OfFile(source);
  if (existsSync(target) && sha256OfFile(target) === wanted) return wanted;
  makeFolder(join(target, '..'), modes);
  const half = `${target}.new`;
  try {
    copyFileSync(source, half);
    syncFile(half);
    if (sha256OfFile(half) !== wanted) throw new AppError('BACKUP_NOT_VERIFIED', { part: 'objects' });
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
  syncFolder(join(target, '..'));
  return wanted;
}

/** Writes the list of objects; its sum goes into the manifest. */
export function writeObjectList(folder: string, objects: ObjectList, modes?: Modes): void {
  writeWhole(join(folder, listName), Buffer.from(JSON.stringify(objects)), modes);
}

/** Makes a finished set visible: until its manifest is there, no set exists. */
export function sealSet(folder: string, manifest: BackupManifest, modes?: Modes): void {
  writeWhole(join(folder, manifestName), Buffer.from(JSON.stringify(manifest, null, 2)), modes);
  syncFolder(folder);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string')
  );
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null) return false;
  const manifest = value as Record<string, unknown>;
  return (
    manifest['format'] === 'eletter-backup' &&
    typeof manifest['vaultId'] === 'string' &&
    typeof manifest['madeAt'] === 'string' &&
    isTexts(manifest['files']) &&
    (manifest['version'] === manifestVersion || (manifest['version'] === 1 && isTexts(manifest['objects'])))
  );
}

function readJson(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    throw new AppError('BACKUP_TORN', { part: name }, error);
  }
}

/** Reads a set's manifest without looking at its files. @throws AppError BACKUP_TORN, BACKUP_FROM_FUTURE. */
export function readManifest(folder: string): BackupManifest {
  const value = readJson(folder, manifestName);
  const version =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['version'] : undefined;
  if (typeof version === 'number' && version > manifestVersion) throw new AppError('BACKUP_FROM_FUTURE');
  if (!isManifest(value)) throw new AppError('BACKUP_TORN', { part: manifestName });
  return value;
}

/** The objects that a set needs. @throws AppError BACKUP_TORN. */
export function readObjectList({ path, manifest }: BackupSet): ObjectList {
  const part = manifest.version === 1 ? manifestName : listName;
  const read = readJson(path, part);
  const objects = manifest.version === 1 ? (read as { readonly objects: unknown }).objects : read;
  // These become paths: a list from outside must not lead anywhere else.
  if (!isTexts(objects) || !Object.keys(objects).every((name) => /^[0-9a-f]{64}$/.test(name)))
    throw new AppError('BACKUP_TORN', { part });
  return objects;
}

export const objectPath = (root: string, name: string): string =>
  join(root, 'objects', name.slice(0, 2), name.slice(2));

/** Every file of a set, compared with its manifest. @throws AppError BACKUP_TORN naming the first part at fault. */
export function checkSet(folder: string): BackupManifest & { readonly objects: ObjectList } {
  const manifest = readManifest(folder);
  const expect = (path: string, sum: string | undefined, part: string): void => {
    if (!existsSync(path) || sum === undefined || sha256OfFile(path) !== sum)
      throw new AppError('BACKUP_TORN', { part });
  };
  const parts: readonly SetFile[] = ['vault.json', 'letters.db'];
  for (const part of manifest.version === 1 ? parts : ([...parts, listName] as const))
    expect(join(folder, part), manifest.files[part], part);
  const objects = readObjectList({ path: folder, manifest });
  const root = join(folder, '..');
  for (const [name, sum] of Object.entries(objects)) expect(objectPath(root, name), sum, 'objects');
  return { ...manifest, objects };
}

export function setFolders(target: string): string[] {
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(target)
    .filter(
      (name) =>
        /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/.test(name) && statSync(join(target, name)).isDirectory(),
    )
    .sort()
    .map((name) => join(target, name));
}

/** The finished sets of a target, oldest first; what is no set is passed over. */
export function listSets(target: string): BackupSet[] {
  return setFolders(target).flatMap((path) => {
    try {
      return [{ path, manifest: readManifest(path) }];
    } catch {
      return [];
    }
  });
}
