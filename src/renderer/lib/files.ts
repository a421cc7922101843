/** Files that a person chose or dropped, read with a limit. */
import { maximumAttachmentFile, maximumCsv, maximumGiven } from '../../main/core/contract/index.ts';

const mebibyte = 1024 * 1024;
export const limits = {
  pdf: maximumGiven,
  scan: 64 * mebibyte,
  attachment: maximumAttachmentFile,
  card: mebibyte,
  table: maximumCsv,
  p12: 2 * mebibyte,
  certificate: 4 * mebibyte,
  authority: 64 * mebibyte,
} as const;

export type FileReading =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too-large' | 'unreadable' };

export async function readFile(file: File, limit: number): Promise<FileReading> {
  if (file.size > limit) return { ok: false, reason: 'too-large' };
  try {
    return { ok: true, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

export const limitText = (limit: number): string => `${Math.round(limit / mebibyte)} MB`;

/** So many files of a dropped folder are read at most, and so deep. */
const mostFiles = 1000;
const deepest = 8;

/** What was dropped; with `folders` also the PDFs within folders, by name. A folder's own errors drop that folder. */
export async function droppedFiles(transfer: DataTransfer, folders: boolean): Promise<readonly File[]> {
  const direct = [...transfer.files];
  // Entries must be taken before the first wait: the transfer is empty afterwards.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!folders || !entries.some((entry) => entry.isDirectory)) return direct;
  const found: File[] = [];
  const waiting = entries.map((entry) => ({ entry, depth: 0 }));
  for (let next = waiting.shift(); next && found.length < mostFiles; next = waiting.shift()) {
    const { entry, depth } = next;
    if (isFile(entry)) {
      const file = await fileOf(entry);
      if (file && (depth === 0 || /\.pdf$/i.test(file.name))) found.push(file);
    } else if (isFolder(entry) && depth < deepest) {
      const inside = await entriesOf(entry);
      waiting.push(...inside.map((one) => ({ entry: one, depth: depth + 1 })));
    }
  }
  return found;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(null)));

/** A reader gives its entries in portions, and an empty one at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  const portion = (): Promise<readonly FileSystemEntry[]> =>
    new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
  for (let some = await portion(); some.length > 0 && all.length < mostFiles; some = await portion())
    all.push(...some);
  return all.toSorted((one, other) => one.name.localeCompare(other.name));
}
