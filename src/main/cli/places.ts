import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files and folders that a command names. */

export function samePlace(one: string, other: string): boolean {
  const a = statSync(one, { throwIfNoEntry: false });
  const b = statSync(other, { throwIfNoEntry: false });
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** A file as named, or every PDF below a folder in the order of their names; links below it are not followed. */
export function pdfsIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return pdfsIn(inner);
      return entry.isFile() && /\.pdf$/i.test(entry.name) ? [inner] : [];
    });
}

export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
