import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readAnchor, type Anchor } from './anchors.ts';

/** Anchors outside the vault: one line each, only ever appended, in a file per vault. */
const fileName = (vaultId: string): string => `anchors-${vaultId}.jsonl`;

/** Ten years of days come to two megabytes. Of a longer file only the end is read. */
const mostBytes = 8 * 1024 * 1024;
const longestLine = 2000;

/** Makes a new file's name durable. Windows cannot open folders; NTFS journals names itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Appends and flushes. A line that a power loss left unfinished is ended first, so that it costs only itself. */
export function appendAnchor(folder: string, anchor: Anchor): void {
  mkdirSync(folder, { recursive: true });
  let isNew: boolean;
  const handle = openSync(join(folder, fileName(anchor.vaultId)), 'a+', 0o600);
  try {
    const { size } = fstatSync(handle);
    isNew = size === 0;
    const last = Buffer.alloc(1);
    if (size > 0) readSync(handle, last, 0, 1, size - 1);
    const torn = size > 0 && last[0] !== 0x0a;
    const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(anchor)}\n`);
    let at = 0;
    while (at < line.length) at += writeSync(handle, line, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (isNew) syncFolder(folder);
}

function textOf(path: string): string {
  try {
    // A pipe or a device in its place would never end.
    if (!statSync(path).isFile()) return '';
    const handle = openSync(path, 'r');
    try {
      const { size } = fstatSync(handle);
      const bytes = Buffer.alloc(Math.min(size, mostBytes));
      let at = 0;
      while (at < bytes.length) {
        const read = readSync(handle, bytes, at, bytes.length - at, size - bytes.length + at);
        if (read === 0) break;
        at += read;
      }
      return bytes.subarray(0, at).toString('utf8');
    } finally {
      closeSync(handle);
    }
  } catch {
    // A drive that is not there says nothing, neither good nor bad.
    return '';
  }
}

const stepSize = 50;

/**
 * Every genuine anchor of this vault in these folders, each once. Foreign and broken lines are passed over. Gives way
 * between signatures: those of ten years take a second.
 */
export function* readAnchors(folders: readonly string[], vaultId: string): Generator<void, Anchor[]> {
  const lines = new Set<string>();
  for (const folder of folders) {
    for (const line of textOf(join(folder, fileName(vaultId))).split('\n')) {
      if (line !== '' && line.length <= longestLine) lines.add(line);
    }
  }
  const anchors: Anchor[] = [];
  let read = 0;
  for (const line of lines) {
    const anchor = readAnchor(line);
    if (anchor !== null && anchor.vaultId === vaultId) anchors.push(anchor);
    read += 1;
    if (read % stepSize === 0) yield;
  }
  return anchors;
}
