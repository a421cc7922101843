import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { storageFault } from './faults.ts';
import { syncFile, syncFolder, writeWhole } from './files.ts';

/**
 * A backup set: one folder per run with the header, a consistent copy of the database and a manifest written last,
 * beside a pool of sealed objects that all sets share (an object never changes, so each is copied once). Everything
 * stays encrypted as it is in the vault: whoever finds the disk finds nothing.
 *
 * ```
 * <target>/objects/ab/cdef…            shared by all sets
 * <target>/2026-11-22T03-00-00Z/vault.json · letters.db · manifest.json
 * ```
 */
export interface BackupManifest {
  readonly format: 'eletter-backup';
  readonly version: 1;
  readonly vaultId: string;
  /** Instant, ISO 8601 UTC. */
  readonly madeAt: string;
  /** Rows per table when it was made. */
  readonly rows: Readonly<Record<string, number>>;
  /** Lower-case hexadecimal SHA-256 of the files of the set. */
  readonly files: { readonly 'vault.json': string; readonly 'letters.db': string };
  /** Names of the sealed objects that the set needs, with their SHA-256. */
  readonly objects: Readonly<Record<string, string>>;
}

export interface BackupSet {
  readonly path: string;
  readonly manifest: BackupManifest;
}

const manifestName = 'manifest.json';
const manifestVersion = 1;

export function sha256OfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** "2026-11-22T03-00-00Z": sorts by time and is a file name everywhere. */
export const setName = (at: Date): string =>
  at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

/** Copies a sealed object into the pool unless an equal one is there. @returns its SHA-256. */
export function poolObject(source: string, target: string): string {
  const wanted = sha256OfFile(source);
  if (existsSync(target) && sha256OfFile(target) === wanted) return wanted;
  mkdirSync(join(target, '..'), { recursive: true });
  copyFileSync(source, `${target}.new`);
  syncFile(`${target}.new`);
  if (sha256OfFile(`${target}.new`) !== wanted)
    throw new AppError('BACKUP_NOT_VERIFIED', { part: 'objects' });
  renameSync(`${target}.new`, target);
  return wanted;
}

/** Makes a finished set visible: until its manifest is there, no set exists. */
export function sealSet(folder: string, manifest: BackupManifest): void {
  writeWhole(join(folder, manifestName), Buffer.from(JSON.stringify(manifest, null, 2)));
  syncFolder(folder);
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null) return false;
  const manifest = value as Record<string, unknown>;
  const texts = (record: unknown): boolean =>
    typeof record === 'object' &&
    record !== null &&
    Object.values(record).every((one) => typeof one === 'string');
  return (
    manifest['format'] === 'eletter-backup' &&
    typeof manifest['vaultId'] === 'string' &&
    typeof manifest['madeAt'] === 'string' &&
    texts(manifest['files']) &&
    texts(manifest['objects'])
  );
}

/** Reads a set's manifest without looking at its files. @throws AppError BACKUP_TORN, BACKUP_FROM_FUTURE. */
export function readManifest(folder: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'));
  } catch (error) {
    throw new AppError('BACKUP_TORN', { part: manifestName }, error);
  }
  const version =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['version'] : undefined;
  if (typeof version === 'number' && version > manifestVersion) throw new AppError('BACKUP_FROM_FUTURE');
  if (!isManifest(value)) throw new AppError('BACKUP_TORN', { part: manifestName });
  for (const name of Object.keys(value.objects)) {
    // These become paths: a manifest from outside must not lead anywhere else.
    if (!/^[0-9a-f]{64}$/.test(name)) throw new AppError('BACKUP_TORN', { part: manifestName });
  }
  return value;
}

export const objectPath = (root: string, name: string): string =>
  join(root, 'objects', name.slice(0, 2), name.slice(2));

/** Every file of a set, compared with its manifest. @throws AppError BACKUP_TORN naming the first part at fault. */
export function checkSet(folder: string): BackupManifest {
  const manifest = readManifest(folder);
  const expect = (path: string, sum: string | undefined, part: string): void => {
    if (!existsSync(path) || sum === undefined || sha256OfFile(path) !== sum)
      throw new AppError('BACKUP_TORN', { part });
  };
  for (const part of ['vault.json', 'letters.db'] as const)
    expect(join(folder, part), manifest.files[part], part);
  const root = join(folder, '..');
  for (const [name, sum] of Object.entries(manifest.objects)) expect(objectPath(root, name), sum, 'objects');
  return manifest;
}

function setFolders(target: string): string[] {
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

/** How many sets of the newest days, weeks and months stay (part 2: 7/4/12). */
const rotation = { days: 7, weeks: 4, months: 12 } as const;

/** Monday-based week of a UTC date, as a number that only has to be the same within a week. */
const weekOf = (date: Date): string => String(Math.floor((date.getTime() / 86_400_000 + 3) / 7));

/** Which sets may go: never the newest, and never one that is the last of a day, week or month still kept. */
export function outdated(sets: readonly BackupSet[]): BackupSet[] {
  const keep = new Set<BackupSet>();
  const newestFirst = sets.toSorted((a, b) => b.manifest.madeAt.localeCompare(a.manifest.madeAt));
  const rules: readonly (readonly [number, (date: Date) => string])[] = [
    [rotation.days, (date) => date.toISOString().slice(0, 10)],
    [rotation.weeks, weekOf],
    [rotation.months, (date) => date.toISOString().slice(0, 7)],
  ];
  for (const [count, periodOf] of rules) {
    const periods = new Set<string>();
    for (const set of newestFirst) {
      const period = periodOf(new Date(set.manifest.madeAt));
      if (periods.has(period) || periods.size >= count) continue;
      periods.add(period);
      keep.add(set);
    }
  }
  return sets.filter((set) => !keep.has(set));
}

/** Drops a vault's outdated sets, then the pool's objects that no remaining set needs. */
export function rotate(target: string, vaultId: string): void {
  // Several vaults may share a drive: each has its own days, weeks and months.
  const own = listSets(target).filter((set) => set.manifest.vaultId === vaultId);
  for (const set of outdated(own)) rmSync(set.path, { recursive: true, force: true });
  // A set whose manifest cannot be read just now may still need its objects.
  if (setFolders(target).length !== listSets(target).length) return;
  const needed = new Set(listSets(target).flatMap((set) => Object.keys(set.manifest.objects)));
  const pool = join(target, 'objects');
  if (!existsSync(pool)) return;
  for (const group of readdirSync(pool)) {
    for (const name of readdirSync(join(pool, group))) {
      if (!needed.has(group + name)) rmSync(join(pool, group, name), { force: true });
    }
  }
}

/**
 * Puts a set in the place of the vault. The set is checked first and copied beside; the old vault, if there is one,
 * is kept under another name.
 * @returns where the old vault was put, or null.
 * @throws AppError BACKUP_TORN, BACKUP_FROM_FUTURE, DISK_FULL, FOLDER_NOT_WRITABLE; then nothing has changed.
 */
export function restoreSet(set: string, vaultFolder: string, at: Date): string | null {
  const manifest = checkSet(set);
  const incoming = `${vaultFolder}.restoring`;
  rmSync(incoming, { recursive: true, force: true });
  try {
    mkdirSync(join(incoming, 'objects'), { recursive: true, mode: 0o700 });
    const copy = (from: string, to: string, sum: string): void => {
      mkdirSync(join(to, '..'), { recursive: true, mode: 0o700 });
      copyFileSync(from, to);
      syncFile(to);
      if (sha256OfFile(to) !== sum) throw new AppError('BACKUP_TORN', { part: 'copy' });
    };
    for (const [name, sum] of Object.entries(manifest.objects)) {
      copy(objectPath(join(set, '..'), name), objectPath(incoming, name), sum);
    }
    for (const part of ['letters.db', 'vault.json'] as const)
      copy(join(set, part), join(incoming, part), manifest.files[part]);
    syncFolder(incoming);
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true });
    throw storageFault(error, 'backup');
  }
  let aside: string | null = null;
  if (existsSync(vaultFolder)) {
    aside = `${vaultFolder}.before-${setName(at)}`;
    for (let n = 2; existsSync(aside); n += 1) aside = `${vaultFolder}.before-${setName(at)}-${n}`;
    renameSync(vaultFolder, aside);
  }
  renameSync(incoming, vaultFolder);
  syncFolder(join(vaultFolder, '..'));
  return aside;
}
