import { AppError } from '../contract/errors.ts';
import { isEol, joined } from './bytes.ts';
import type { PdfFile } from './file.ts';
import { limits } from './limits.ts';
import { Output, writeObject, writeValue } from './serialise.ts';
import type { Span } from './serialise.ts';
import { array, arrayOf, dictOf, name, stream } from './values.ts';
import type { PdfDict, PdfValue } from './values.ts';

export type { Span } from './serialise.ts';

export interface UpdateObject {
  readonly num: number;
  /** Default 0; keep an existing object's own. */
  readonly gen?: number;
  /** A stream is written with its true /Length. `reserved` values report their place in `Appended.spans`. */
  readonly value: PdfValue;
}

export interface Update {
  /** New objects take contiguous numbers from `nextObjectNumber`; existing ones are redefined. */
  readonly objects: readonly UpdateObject[];
  /** Entries to set in the new trailer; /Size, /Prev and /XRefStm are the writer's own. */
  readonly trailer?: Readonly<Record<string, PdfValue>>;
}

/** A new revision that does not stand behind its file yet: offsets and spans count from the file's beginning. */
export interface Tail {
  /** Offset of its first byte: the length of the file. */
  readonly base: number;
  readonly tail: Uint8Array;
  /** Offset of each written `n g obj`. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Where each `reserved` value stands. */
  readonly spans: ReadonlyMap<string, Span>;
}

export interface Appended {
  /** The whole file: `file.bytes` byte for byte, then the new revision. */
  readonly bytes: Uint8Array;
  /** Offset of each written `n g obj`. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Where each `reserved` value stands in `bytes`. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** The lowest object number that no revision uses: /Size of the newest trailer, or higher where that lies. */
export function nextObjectNumber(file: PdfFile): number {
  const remembering: Remembering = file;
  return (remembering[nextNumber] ??= lookForNext(file));
}

const nextNumber = Symbol('next number');

interface Remembering extends PdfFile {
  [nextNumber]?: number;
}

function lookForNext(file: PdfFile): number {
  const size = file.trailer.entries.get('Size');
  let next = typeof size === 'number' ? size : 0;
  for (const revision of file.revisions) {
    for (const section of revision.sections)
      for (const num of section.entries.keys()) next = Math.max(next, num + 1);
  }
  return Math.max(1, next);
}

/** Wide enough for four offsets of ten digits; to be overwritten in place. */
export const byteRangePlaceholder = `[0 ${'0'.repeat(10)} ${'0'.repeat(10)} ${'0'.repeat(10)}]`;

/** `<00…0>` for `capacity` bytes of CMS, i.e. 2 × capacity + 2 characters. */
export const contentsPlaceholder = (capacity: number): string => `<${'00'.repeat(capacity)}>`;

/**
 * Adds a revision behind the file (ISO 32000-2 §7.5.6) and touches nothing before it. The cross-reference is
 * of the same kind as the file's newest one (a table for a hybrid file, as §7.5.8.4 allows).
 *
 * @throws AppError PDF_UNREADABLE where the file needs repair: readers disagree about what it holds, so
 * nothing may be built on it. TypeError for a mistaken update (a number beyond the next free one, twice the
 * same number).
 */
export function appendUpdate(file: PdfFile, update: Update): Appended {
  const { tail, offsets, spans } = writeUpdate(file, update);
  return { bytes: joined([file.bytes, tail]), offsets, spans };
}

/** The same without a copy of the whole file. @throws as `appendUpdate`. */
export function writeUpdate(file: PdfFile, update: Update): Tail {
  if (file.needsRepair) {
    throw new AppError('PDF_UNREADABLE', undefined, new Error(file.anomalies[0]?.code ?? 'needs repair'));
  }
  checkNumbers(file, update);
  const newest = file.revisions.at(-1)?.sections[0];
  if (!newest) throw new AppError('PDF_UNREADABLE');
  const base = file.places.size;
  const out = new Output(base);
  if (!isEol(file.bytes.at(-1))) out.text('\n');
  const places: Place[] = [];
  for (const { num, gen = 0, value } of update.objects) {
    places.push({ num, gen, offset: out.offset });
    writeObject(out, num, gen, file.encryption ? file.encryption.encrypt({ num, gen }, value) : value);
  }
  const trailer = newTrailer(file.trailer, update.trailer ?? {});
  trailer.set('Prev', file.places.toFile(newest.start));
  const start =
    newest.kind === 'stream'
      ? writeXrefStream(out, nextAfter(file, update), places, trailer)
      : writeXrefTable(out, nextAfter(file, update), places, trailer);
  out.text(`startxref\n${start}\n%%EOF\n`);
  const offsets = new Map(places.map(({ num, offset }) => [num, offset]));
  return { base, tail: joined(out.take()), offsets, spans: out.spans };
}

interface Place {
  readonly num: number;
  readonly gen: number;
  readonly offset: number;
}

function checkNumbers(file: PdfFile, update: Update): void {
  const seen = new Set<number>();
  const nums = update.objects.map(({ num }) => num).sort((a, b) => a - b);
  let next = nextObjectNumber(file);
  for (const num of nums) {
    if (seen.has(num)) throw new TypeError(`Object ${num} stands twice in the update.`);
    seen.add(num);
    if (num === next) next++;
    else if (num < 1 || num > next)
      throw new TypeError(`Object ${num} leaves a gap; ${next} is the next number.`);
  }
  if (next > limits.objects) throw new AppError('PDF_TOO_LARGE', { max: limits.objects });
}

function nextAfter(file: PdfFile, update: Update): number {
  return update.objects.reduce((next, { num }) => Math.max(next, num + 1), nextObjectNumber(file));
}

/** Entries of a cross-reference stream's own dictionary, and those that every section has for itself. */
const ownEntries = [
  'Type',
  'W',
  'Index',
  'Length',
  'Filter',
  'DecodeParms',
  'F',
  'FFilter',
  'FDecodeParms',
  'DL',
];

function newTrailer(old: PdfDict, changes: Readonly<Record<string, PdfValue>>): Map<string, PdfValue> {
  const entries = new Map(old.entries);
  for (const key of [...ownEntries, 'XRefStm', 'Prev', 'Size']) entries.delete(key);
  for (const [key, value] of Object.entries(changes)) entries.set(key, value);
  return entries;
}

/** Places in ascending runs of consecutive numbers, as subsections want them. */
function runs(places: readonly Place[]): Place[][] {
  const found: Place[][] = [];
  for (const place of [...places].sort((one, other) => one.num - other.num)) {
    const run = found.at(-1);
    if (run && run.at(-1)?.num === place.num - 1) run.push(place);
    else found.push([place]);
  }
  return found;
}

function writeXrefTable(
  out: Output,
  size: number,
  places: readonly Place[],
  trailer: Map<string, PdfValue>,
): number {
  const start = out.offset;
  out.text('xref\n');
  for (const run of runs(places)) {
    out.text(`${run[0]?.num ?? 0} ${run.length}\n`);
    for (const { offset, gen } of run) {
      out.text(`${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n\r\n`);
    }
  }
  trailer.set('Size', size);
  out.text('trailer\n');
  writeValue(out, dictOf(trailer));
  out.text('\n');
  return start;
}

function writeXrefStream(
  out: Output,
  num: number,
  places: readonly Place[],
  trailer: Map<string, PdfValue>,
): number {
  const start = out.offset;
  const ordered = runs([...places, { num, gen: 0, offset: start }]);
  const rows = Buffer.alloc(7 * (places.length + 1));
  ordered.flat().forEach(({ offset, gen }, index) => {
    rows.writeUInt8(1, index * 7);
    rows.writeUInt32BE(offset, index * 7 + 1);
    rows.writeUInt16BE(gen, index * 7 + 5);
  });
  const index = arrayOf(ordered.flatMap((run) => [run[0]?.num ?? 0, run.length]));
  const own = { Type: name('XRef'), Size: num + 1, W: array(1, 4, 2), Index: index };
  const source = stream({ ...Object.fromEntries(trailer), ...own }, Uint8Array.from(rows));
  writeObject(out, num, 0, source);
  return start;
}
