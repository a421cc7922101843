import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from './faults.ts';
import { modesOf, settleMode, type Modes } from './modes.ts';

const ownModes = modesOf(false);

/** A file being written: takes all of each part, and is flushed when it is closed by `finish`. */
export interface OpenFile {
  write(part: Uint8Array): void;
  finish(): void;
  /** Closes without flushing; harmless after `finish`. */
  abandon(): void;
}

export function createFile(path: string, modes: Modes = ownModes): OpenFile {
  const file = openSync(path, 'w', modes.file);
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  try {
    // The umask may have taken the group's rights.
    if (modes.file !== ownModes.file && process.platform !== 'win32') chmodSync(path, modes.file);
  } catch (error) {
    close();
    throw error;
  }
  return {
    write(part) {
      // A nearly full disk makes write(2) take only a part, without an error; so it is asked again until it has
      // taken everything or fails.
      let at = 0;
      while (at < part.length) at += writeSync(file, part, at);
    },
    finish() {
      fsyncSync(file);
      close();
    },
    abandon: close,
  };
}

/** Writes a file so that after a power loss it is either the old one or the new one. */
export function writeWhole(path: string, bytes: Uint8Array, modes: Modes = ownModes): void {
  const temporary = `${path}.new`;
  try {
    const file = createFile(temporary, modes);
    try {
      file.write(bytes);
      file.finish();
    } finally {
      file.abandon();
    }
    renameSync(temporary, path);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
  syncFolder(join(path, '..'));
}

/**
 * Removes one file; none there is fine.
 *
 * Not rmSync: on a disk that turned read-only it throws an error without a code.
 */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Makes a folder and what is missing above it; only folders that were not there get our mode. */
export function makeFolder(path: string, modes: Modes = ownModes): void {
  const first = mkdirSync(path, { recursive: true, mode: modes.folder });
  if (first === undefined) return;
  if (modes.folder !== ownModes.folder) settleMode(path, modes.folder);
  // What is flushed in a new folder is lost with it until the folder above is flushed too.
  for (let made = resolve(path); ; made = dirname(made)) {
    syncFolder(dirname(made));
    if (made === resolve(first) || made === dirname(made)) return;
  }
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
