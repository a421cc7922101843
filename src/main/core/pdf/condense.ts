import { AppError } from '../contract/errors.ts';
import { asBuffer, isWhite, joined, startsWithAt } from './bytes.ts';
import type { XrefEntry, XrefSection } from './file.ts';
import { Budget } from './indirect.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { wholeFile } from './places.ts';
import type { Places } from './places.ts';
import { Reader } from './reader.ts';
import { readTail } from './revisions.ts';
import { isDict, isRef, nameOf } from './values.ts';
import type { PdfValue } from './values.ts';
import { readSectionAlone } from './xref.ts';

/** A file that is too large for memory. */
export interface ByteSource {
  readonly size: number;
  /**
   * @param into where the bytes go, at least `length` long; a new array where it is not given.
   * @returns exactly `length` bytes from `position` on.
   */
  read(position: number, length: number, into?: Uint8Array): Uint8Array;
}

export interface Condensed {
  readonly bytes: Uint8Array;
  readonly places: Places;
}

/** Up to here a piece between two known offsets is taken whole; beyond, its stream's data are looked for. */
const smallPiece = 16 * 1024;
/** Where the dictionary of a long stream must have ended. */
const headLength = 8 * 1024;
const firstWindow = 64 * 1024;
/** What may be kept: all but the data of streams. */
const mostKept = 256 * 1024 * 1024;

/**
 * Everything of a file except the data of its long streams. The strict parser reads the result as it would the
 * whole file: it sees every byte between objects, and that each stream ends where its /Length says; only data
 * that it would not look at are missing. Object and cross-reference streams are always kept.
 *
 * @throws AppError PDF_UNREADABLE where the cross-reference cannot be followed, PDF_TOO_LARGE where what is to
 *   be kept would not fit into memory.
 */
export function condense(source: ByteSource): Condensed {
  try {
    const sections = readSections(source);
    const kept = keptSpans(source, sections);
    const total = kept.reduce((sum, { start, end }) => sum + end - start, 0);
    if (total > mostKept) throw new AppError('PDF_TOO_LARGE', { max: mostKept });
    const bytes = joined(kept.map(({ start, end }) => source.read(start, end - start)));
    return { bytes, places: placesOf(source.size, kept) };
  } catch (cause) {
    if (cause instanceof PdfSyntaxError) throw new AppError('PDF_UNREADABLE', undefined, cause);
    throw cause;
  }
}

interface Found {
  readonly start: number;
  readonly section: XrefSection;
}

/** All sections along /Prev and /XRefStm, newest first, each read in a window of its own. */
function readSections(source: ByteSource): Found[] {
  const found: Found[] = [];
  const seen = new Set<number>();
  const waiting = [lastStart(source)];
  for (let start = waiting.pop(); start !== undefined; start = waiting.pop()) {
    if (seen.has(start)) continue;
    seen.add(start);
    if (found.length >= limits.sections) throw new PdfSyntaxError('too many cross-reference sections', start);
    const section = readInWindow(source, start);
    found.push({ start, section });
    for (const key of ['Prev', 'XRefStm']) {
      const next = section.trailer.entries.get(key);
      if (typeof next === 'number' && next > 0) waiting.push(next);
    }
  }
  return found;
}

function lastStart(source: ByteSource): number {
  const length = Math.min(source.size, firstWindow);
  const bytes = source.read(source.size - length, length);
  const at = asBuffer(bytes).lastIndexOf('startxref', undefined, 'latin1');
  const tail = at < 0 ? null : readTail({ bytes, places: wholeFile(source.size) }, at);
  if (!tail) throw new PdfSyntaxError('no startxref with %%EOF', source.size - length);
  return tail.value;
}

/** A window that is too short makes the section unreadable, never shorter: it ends with a trailer or endstream. */
function readInWindow(source: ByteSource, start: number): XrefSection {
  for (let length = firstWindow; ; length *= 8) {
    const rest = source.size - start;
    if (start < 0 || rest <= 0) throw new PdfSyntaxError('cross-reference outside file', start);
    const bytes = source.read(start, Math.min(rest, length));
    const context = {
      bytes,
      places: wholeFile(source.size),
      budget: new Budget(bytes.length),
      decoding: { left: limits.decodedTotal },
      entriesLeft: limits.entries,
      report: () => undefined,
    };
    try {
      return readSectionAlone(context, 0);
    } catch (cause) {
      if (!(cause instanceof PdfSyntaxError) || length >= rest || length > mostKept) throw cause;
    }
  }
}

interface Kept {
  readonly start: number;
  readonly end: number;
}

/** Pieces of the file in order; between two of them lie the data of one stream. */
function keptSpans(source: ByteSource, found: readonly Found[]): Kept[] {
  const offsets = new Set<number>([0]);
  for (const { start, section } of found) {
    offsets.add(start);
    for (const entry of section.entries.values()) if (entry.type === 'offset') offsets.add(entry.offset);
  }
  const ordered = [...offsets].filter((offset) => offset < source.size).sort((a, b) => a - b);
  const kept: Kept[] = [];
  let start = 0;
  ordered.forEach((offset, index) => {
    const end = ordered[index + 1] ?? source.size;
    if (end - offset <= smallPiece) return;
    const data = streamData(source, offset, end, found);
    if (!data || data.end - data.start < headLength) return;
    kept.push({ start, end: data.start });
    start = data.end;
  });
  kept.push({ start, end: source.size });
  return kept;
}

/** The data of the stream object that begins a piece; null where it is no such object, or must be kept. */
function streamData(source: ByteSource, offset: number, end: number, found: readonly Found[]): Kept | null {
  const bytes = source.read(offset, Math.min(headLength, end - offset));
  const reader = new Reader(bytes, 0);
  reader.skipSpace();
  try {
    if (!reader.takeObjectHeader()) return null;
    const dict = reader.value();
    reader.skipSpace();
    if (!isDict(dict) || !reader.takeKeyword('stream')) return null;
    if (['ObjStm', 'XRef'].includes(nameOf(dict.entries.get('Type')) ?? '')) return null;
    if (bytes[reader.pos] === 0x0d && bytes[reader.pos + 1] === 0x0a) reader.pos += 2;
    else if (bytes[reader.pos] === 0x0a) reader.pos++;
    else return null;
    const length = lengthOf(source, dict.entries.get('Length'), found);
    const start = offset + reader.pos;
    if (length === null || start + length > end) return null;
    return endsThere(source, start + length, end) ? { start, end: start + length } : null;
  } catch (cause) {
    if (cause instanceof PdfSyntaxError) return null;
    throw cause;
  }
}

function endsThere(source: ByteSource, at: number, end: number): boolean {
  const bytes = source.read(at, Math.min(32, end - at));
  let pos = 0;
  while (pos < 4 && isWhite(bytes[pos])) pos++;
  return startsWithAt(bytes, 'endstream', pos);
}

function lengthOf(source: ByteSource, value: PdfValue | undefined, found: readonly Found[]): number | null {
  if (typeof value === 'number') return value;
  if (!isRef(value)) return null;
  let entry: XrefEntry | undefined;
  for (const { section } of found) entry ??= section.entries.get(value.num);
  if (entry?.type !== 'offset' || entry.offset >= source.size) return null;
  const reader = new Reader(source.read(entry.offset, Math.min(128, source.size - entry.offset)), 0);
  reader.skipSpace();
  if (reader.takeObjectHeader()?.num !== value.num) return null;
  const length = reader.value();
  return typeof length === 'number' ? length : null;
}

function placesOf(size: number, kept: readonly Kept[]): Places {
  const starts: number[] = [];
  let at = 0;
  for (const { start, end } of kept) {
    starts.push(at);
    at += end - start;
  }
  const after = new Map(
    kept.slice(1).map(({ start }, index) => [starts[index + 1] ?? 0, start - (kept[index]?.end ?? 0)]),
  );
  return {
    size,
    toImage: (offset) => {
      const index = lastNotAbove(kept, ({ start }) => start, offset);
      const span = kept[index];
      return span && offset < span.end ? (starts[index] ?? 0) + offset - span.start : -1;
    },
    toFile: (offset) => {
      const index = lastNotAbove(starts, (start) => start, offset);
      return (kept[index]?.start ?? 0) + offset - (starts[index] ?? 0);
    },
    leftOut: (offset) => after.get(offset) ?? 0,
  };
}

/** Index of the last item whose key is not above the value; -1 for none. */
function lastNotAbove<T>(items: readonly T[], key: (item: T) => number, value: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && key(item) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
