import { isDeepStrictEqual } from 'node:util';
import { isWhite } from './bytes.ts';
import { decodeStream } from './filters.ts';
import type { DecodeAllowance } from './filters.ts';
import { readIndirect } from './indirect.ts';
import type { Budget, Indirect } from './indirect.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import type { XrefEntry, XrefSection } from './file.ts';
import type { Places } from './places.ts';
import { Reader } from './reader.ts';
import { isArray, isDict, isStream, numberOf } from './values.ts';
import type { PdfDict, PdfStream, PdfValue } from './values.ts';

/** What reading sections shares: the bytes, the caps, and where faults are told. */
export interface XrefContext {
  readonly bytes: Uint8Array;
  readonly places: Places;
  readonly budget: Budget;
  /** Bytes that cross-reference and object streams may still decode to. */
  readonly decoding: DecodeAllowance;
  /** Entries that all sections together may still have. */
  entriesLeft: number;
  readonly report: (
    code: 'XREF_DUPLICATE' | 'XREF_ENTRY_WRONG' | 'OBJECT_MALFORMED' | 'DUPLICATE_KEY' | 'SIZE_WRONG',
    offset: number,
    detail: string,
  ) => void;
}

/**
 * The cross-reference section at `offset`: a table with its trailer (ISO 32000-2 §7.5.4, §7.5.5), a stream
 * (§7.5.8) or a hybrid of both (§7.5.8.4).
 *
 * @throws PdfSyntaxError where none stands.
 */
export function readSection(context: XrefContext, offset: number): XrefSection {
  const table = readSectionAlone(context, offset);
  const section = table.kind === 'table' ? withStreamBeside(context, table) : table;
  const size = section.trailer.entries.get('Size');
  let highest = -1;
  for (const num of section.entries.keys()) highest = Math.max(highest, num);
  if (typeof size !== 'number' || size <= highest) {
    context.report(
      'SIZE_WRONG',
      offset,
      `Size ${typeof size === 'number' ? size : 'missing'}, highest ${highest}`,
    );
  }
  return section;
}

const none: ReadonlySet<number> = new Set();

/** The same without the stream that a hybrid file's table names. */
export function readSectionAlone(context: XrefContext, offset: number): XrefSection {
  if (offset < 0 || offset >= context.bytes.length)
    throw new PdfSyntaxError('cross-reference outside file', offset);
  // Some writers name the end of line before the section; every reader goes on to the next token.
  let start = offset;
  while (isWhite(context.bytes[start])) start++;
  const reader = new Reader(context.bytes, start);
  return reader.takeKeyword('xref') ? readTable(context, reader, start) : readStream(context, start);
}

function readTable(context: XrefContext, reader: Reader, start: number): XrefSection {
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    reader.skipSpace();
    if (reader.takeKeyword('trailer')) break;
    const first = reader.takeInteger();
    reader.skipSpace();
    const count = first === null ? null : reader.takeInteger();
    if (first === null || count === null || first + count > limits.objects) {
      return reader.fail('malformed cross-reference subsection');
    }
    takeEntries(context, count, start);
    reader.skipSpace();
    for (let index = 0; index < count; index++)
      addEntry(context, entries, first + index, tableEntry(context, reader));
  }
  reader.skipSpace();
  const trailer = reader.value();
  if (!isDict(trailer)) return reader.fail('trailer is not a dictionary');
  for (const { key, offset } of reader.duplicates) context.report('DUPLICATE_KEY', offset, key.slice(0, 60));
  context.budget.spend(reader.pos - start, start);
  context.budget.count(reader, start);
  return {
    kind: 'table',
    start,
    end: reader.pos,
    entries,
    trailer,
    streamSpan: null,
    hybrid: false,
    hidden: none,
  };
}

/** @throws PdfSyntaxError where the trailer names a stream and none stands there. */
function withStreamBeside(context: XrefContext, table: XrefSection): XrefSection {
  const beside = table.trailer.entries.get('XRefStm');
  if (beside === undefined) return table;
  if (typeof beside !== 'number') throw new PdfSyntaxError('malformed XRefStm', table.start);
  const stream = readStream(context, context.places.toImage(beside));
  const entries = new Map(table.entries);
  const hidden = new Set<number>();
  // Objects hidden from old readers are free in the table and in use in the stream; the table wins otherwise.
  for (const [num, entry] of stream.entries) {
    const listed = entries.get(num);
    if (listed && listed.type !== 'free') {
      // Two places for one object: which of them is read first is not the same everywhere.
      if (entry.type !== 'free' && !isDeepStrictEqual(listed, entry))
        context.report('XREF_DUPLICATE', table.start, `object ${num} in two places`);
      continue;
    }
    if (entries.has(num) && entry.type !== 'free') hidden.add(num);
    entries.set(num, entry);
  }
  return { ...table, entries, streamSpan: stream.streamSpan, hybrid: true, hidden };
}

function takeEntries(context: XrefContext, count: number, offset: number): void {
  context.entriesLeft -= count;
  if (context.entriesLeft < 0) throw new PdfSyntaxError('too many cross-reference entries', offset);
}

function tableEntry(context: XrefContext, reader: Reader): XrefEntry {
  const begin = reader.pos;
  const offset = reader.takeInteger();
  reader.skipSpace();
  const gen = reader.takeInteger();
  reader.skipSpace();
  const free = reader.takeKeyword('f');
  if (offset === null || gen === null || (!free && !reader.takeKeyword('n'))) {
    return reader.fail('malformed cross-reference entry');
  }
  // Twenty bytes each (§7.5.4): readers that index by position and readers that go by token must agree.
  const regular =
    reader.pos === begin + 18 && isWhite(reader.bytes[begin + 18]) && isWhite(reader.bytes[begin + 19]);
  if (!regular) context.report('XREF_ENTRY_WRONG', begin, 'entry is not 20 bytes long');
  reader.skipSpace();
  return free ? { type: 'free', gen } : { type: 'offset', offset: context.places.toImage(offset), gen };
}

function addEntry(
  context: XrefContext,
  entries: Map<number, XrefEntry>,
  num: number,
  entry: XrefEntry,
): void {
  if (entries.has(num)) context.report('XREF_DUPLICATE', 0, `object ${num}`);
  else entries.set(num, entry);
}

function readStream(context: XrefContext, offset: number): XrefSection {
  // A cross-reference stream's /Length must be direct: nothing could be looked up before it is read.
  const object = readIndirect(context, offset, numberOf);
  const { value } = object;
  if (!isStream(value)) throw new PdfSyntaxError('no cross-reference section', offset);
  for (const { fault, detail } of object.faults) {
    context.report(fault === 'malformed' ? 'OBJECT_MALFORMED' : 'DUPLICATE_KEY', offset, detail);
  }
  const entries = streamEntries(context, value, object);
  const span = { start: object.start, end: object.end };
  return {
    kind: 'stream',
    ...span,
    entries,
    trailer: value.dict,
    streamSpan: span,
    hybrid: false,
    hidden: none,
  };
}

function streamEntries(context: XrefContext, source: PdfStream, object: Indirect): Map<number, XrefEntry> {
  const type = source.dict.entries.get('Type');
  if (typeof type !== 'object' || type?.kind !== 'name' || type.value !== 'XRef') {
    throw new PdfSyntaxError('no cross-reference stream', object.start);
  }
  const widths = integers(source.dict, 'W', object.start);
  const [typeWidth, firstWidth, secondWidth] = widths;
  if (
    typeWidth === undefined ||
    firstWidth === undefined ||
    secondWidth === undefined ||
    widths.some((w) => w > 8)
  ) {
    throw new PdfSyntaxError('malformed W', object.start);
  }
  const width = widths.reduce((sum, w) => sum + w, 0);
  const direct = (value: PdfValue | undefined): PdfValue => value ?? null;
  const data = decodeStream(source, direct, context.decoding);
  const size = source.dict.entries.get('Size');
  const index = source.dict.entries.has('Index')
    ? integers(source.dict, 'Index', object.start)
    : [0, typeof size === 'number' ? size : 0];
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] ?? 0;
    const count = index[pair + 1] ?? 0;
    if (first + count > limits.objects || width === 0 || at + count * width > data.length) {
      throw new PdfSyntaxError('malformed cross-reference stream', object.start);
    }
    takeEntries(context, count, object.start);
    context.budget.spend(count, object.start);
    for (let num = first; num < first + count; num++, at += width) {
      const kind = typeWidth === 0 ? 1 : field(data, at, typeWidth);
      const first_ = field(data, at + typeWidth, firstWidth);
      const second = field(data, at + typeWidth + firstWidth, secondWidth);
      const entry = streamEntry(context, kind, first_, second);
      if (entry) addEntry(context, entries, num, entry);
    }
  }
  return entries;
}

/** An unknown type is a reference to nothing (Table 18). */
function streamEntry(context: XrefContext, kind: number, first: number, second: number): XrefEntry | null {
  if (kind === 0) return { type: 'free', gen: second };
  if (kind === 1) return { type: 'offset', offset: context.places.toImage(first), gen: second };
  return kind === 2 ? { type: 'packed', container: first, index: second } : null;
}

function field(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + (data[at + index] ?? 0);
  return value;
}

function integers(dict: PdfDict, key: string, offset: number): number[] {
  const value = dict.entries.get(key);
  const items = isArray(value) ? value.items : [];
  return items.map((item) => {
    if (typeof item !== 'number' || item < 0) throw new PdfSyntaxError(`malformed ${key}`, offset);
    return item;
  });
}
