import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { maximumGiven, type GivenBytes, type GivenList, type GivenRefusal } from '../core/contract/given.ts';

/**
 * Files that the system hands to the application: by double click, by "open with", on the command line of a first
 * or a second instance. The page learns names and, file by file, bytes of PDFs; never a path.
 */

/** As many as the table of many files takes. */
const mostFiles = 1000;
/** Paths that the page may still ask for; the oldest go first. */
const mostKept = 4000;
/** A reader finds `%PDF-` within the first 1024 octets (ISO 32000-2 Annex I, note to §7.5.2). */
const headerWithin = 1024;

/**
 * The files that a command line names.
 * @param argv with the program first; options (of ours, of Chromium) begin with a dash until a bare `--`.
 * @param cwd of whoever called.
 * @param ownFolder the application's own folder, which is an argument while it is not packaged; else null.
 * @returns absolute paths, each once.
 */
export function namedFiles(
  argv: readonly string[],
  cwd: string,
  ownFolder: string | null,
): readonly string[] {
  const found = new Set<string>();
  let options = true;
  for (const argument of argv.slice(1)) {
    if (options && argument === '--') options = false;
    else if (argument !== '' && !(options && argument.startsWith('-'))) {
      const path = pathOf(argument, cwd);
      if (path !== null && path !== ownFolder) found.add(path);
    }
  }
  return [...found];
}

/** File managers of Linux name files as addresses too; one of another machine is no file of this one. */
function pathOf(argument: string, cwd: string): string | null {
  if (!/^file:/i.test(argument)) return resolve(cwd, argument);
  try {
    const address = new URL(argument);
    return address.host === '' ? fileURLToPath(address) : null;
  } catch {
    return null;
  }
}

/** Reads a PDF that somebody wants to see; whatever else it is, is named. */
export async function readGivenFile(path: string): Promise<GivenBytes> {
  const refused = (refusal: GivenRefusal): GivenBytes => ({ bytes: null, refusal });
  let file: FileHandle;
  try {
    // A pipe that nobody writes to would never open otherwise. There is no such flag on Windows.
    file = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return refused('missing');
    // Windows does not open folders; no system opens a socket.
    if (code === 'EISDIR') return refused('folder');
    return refused(code === 'ENXIO' ? 'special' : 'unreadable');
  }
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) return refused('folder');
    if (!facts.isFile()) return refused('special');
    if (facts.size > maximumGiven) return refused('too-large');
    const head = await readUpTo(file, Math.min(facts.size, headerWithin), 0);
    if (!head.includes('%PDF-')) return refused('not-pdf');
    return { bytes: await readUpTo(file, facts.size, 0), refusal: null };
  } catch {
    return refused('unreadable');
  } finally {
    await file.close();
  }
}

/** A file that shrank meanwhile gives less; one that grew gives what it had. */
async function readUpTo(file: FileHandle, length: number, position: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

export interface GivenFiles {
  offer(paths: readonly string[]): void;
  /** What was offered since the last time. */
  list(): GivenList;
  /** @param id of the list; what is no longer known is missing. */
  read(id: string): Promise<GivenBytes>;
  /** Whatever the page was told of is forgotten; what it was not told of still waits. */
  forget(): void;
}

/** @param arrived told once files wait, after a pause: the system may open many one by one. */
export function createGivenFiles(arrived: () => void, pause = 300): GivenFiles {
  let waiting: string[] = [];
  let more = 0;
  let timer: NodeJS.Timeout | undefined;
  const known = new Map<string, string>();
  return {
    offer(paths) {
      if (paths.length === 0) return;
      const room = mostFiles - waiting.length;
      waiting = [...waiting, ...paths.slice(0, room)];
      more += Math.max(0, paths.length - room);
      clearTimeout(timer);
      timer = setTimeout(arrived, pause);
    },
    list() {
      const files = waiting.map((path) => {
        const id = randomUUID();
        known.set(id, path);
        return { id, name: basename(path) };
      });
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - mostKept))) known.delete(id);
      const list = { files, more };
      waiting = [];
      more = 0;
      return list;
    },
    async read(id) {
      const path = known.get(id);
      return path === undefined ? { bytes: null, refusal: 'missing' } : readGivenFile(path);
    },
    forget: () => known.clear(),
  };
}
