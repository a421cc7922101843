import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFile, removeFile, syncFolder } from './files.ts';
import type { Modes } from './modes.ts';

/** A file that is there while the vault is open: found at opening, it says that the last owner did not close. */
const markerPath = (folder: string): string => join(folder, 'vault.open');

/** @returns whether it was there already. */
export function setMarker(folder: string, modes: Modes): boolean {
  const path = markerPath(folder);
  if (existsSync(path)) return true;
  createFile(path, modes).finish();
  syncFolder(folder);
  return false;
}

/** Where it cannot be removed, as on a disk that turned read-only, it stays: the next opening reads the vault through. */
export function clearMarker(folder: string): void {
  try {
    removeFile(markerPath(folder));
  } catch {
    // Closing itself went well, and nobody could do anything about this.
  }
}
