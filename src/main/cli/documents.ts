import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../core/contract/index.ts';
import { readInputFile } from '../engine/files.ts';

/** Files and folders of documents that somebody named: what cannot be read is told, and nothing is waited for. */

/** Octets. A file goes to the process that judges it as a whole, and so in memory. */
const largestDocument = 768 * 1024 * 1024;
const deepest = 40;

/** Null where there is nothing, or nothing that can be looked at, such as a loop of links. */
function look(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** A file as named, or every PDF below a folder in the order of their names; links below it are not followed. */
export function pdfsIn(path: string, depth = 0): string[] {
  if (!look(path)?.isDirectory()) return [path];
  if (depth > deepest) return [];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return pdfsIn(inner, depth + 1);
      return entry.isFile() && /\.pdf$/i.test(entry.name) ? [inner] : [];
    });
}

/** The PDFs that are meant; a folder without any stands for itself, so that it is told. */
export function documentsIn(path: string): string[] {
  try {
    const found = pdfsIn(path);
    return found.length > 0 ? found : [path];
  } catch {
    return [path];
  }
}

/**
 * A file proper: a device or a pipe might never end.
 * @throws AppError FILE_UNREADABLE {file}, PDF_TOO_LARGE {max}
 */
export function readDocument(path: string): Buffer {
  const found = look(path);
  if (!found?.isFile()) throw new AppError('FILE_UNREADABLE', { file: basename(path) });
  if (found.size > largestDocument)
    throw new AppError('PDF_TOO_LARGE', { max: `${largestDocument / 1_048_576} MB` });
  return readInputFile(path);
}
