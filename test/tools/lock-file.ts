import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.ts';

/** package-lock.json, as far as we look into it. */
export interface LockEntry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
  [key: string]: unknown;
}
export interface LockFile {
  packages: Record<string, LockEntry>;
  [key: string]: unknown;
}

export const lockPath = join(root, 'package-lock.json');

export function readLock(): LockFile {
  return JSON.parse(readFileSync(lockPath, 'utf8')) as LockFile;
}

/** Where Node would find `name` from the package at `from`, or null: the lock's own paths, walked upwards. */
function resolveFrom(lock: LockFile, from: string, name: string): string | null {
  for (
    let at = from;
    ;
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  ) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[candidate]) return candidate;
    if (at === '') return null;
  }
}

export interface MissingPackage {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

/** Optional dependencies that some package names and the lock does not hold: `npm ci` stops at each of them. */
export function missingPackages(lock: LockFile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolveFrom(lock, path, name) === null)
        missing.set(name, { name, version, dev: entry.dev === true });
    }
  }
  return [...missing.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
