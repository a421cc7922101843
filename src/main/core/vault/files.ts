import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes all of it and flushes. A nearly full disk makes write(2) take only a part, without an error; so it is asked
 * again until it has taken everything or fails.
 */
export function writeSynced(path: string, parts: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (const part of parts) {
      let at = 0;
      while (at < part.length) at += writeSync(file, part, at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a file so that after a power loss it is either the old one or the new one. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.new`;
  try {
    writeSynced(temporary, [bytes]);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(join(path, '..'));
}

/** Flushes a file that something else has written. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a rename durable. Windows cannot open folders; NTFS journals the rename itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
