import { strToU8, zipSync, type Zippable } from 'fflate/browser';

/** A ZIP file (PKWARE APPNOTE 6.3, without ZIP64) in memory. */
export interface ZipEntry {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** The format counts its years from 1980 to 2107; a PC whose clock lies further off must still get its file. */
function stamp(at: Date): Date {
  const year = at.getFullYear();
  return year < 1981 || year > 2098 ? new Date(2000, 0, 1) : at;
}

/** An ordinary file that its owner may write and everybody may read, as Unix puts it there. */
const readable = 0o100644 * 0x10000;

/** @param entries at most 65,000 and 2 GiB together. Text is packed, bytes (PDFs) are stored as they are. */
export function makeZip(entries: readonly ZipEntry[], at: Date): Uint8Array {
  const files: Zippable = {};
  for (const { path, content } of entries) {
    files[path] = typeof content === 'string' ? [strToU8(content), { level: 6 }] : [content, { level: 0 }];
  }
  // "Made on Unix": only then do all readers take the names for the UTF-8 that they are.
  return zipSync(files, { mtime: stamp(at), os: 3, attrs: readable });
}
