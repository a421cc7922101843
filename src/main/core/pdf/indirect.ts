import { asBuffer, isWhite, startsWithAt } from './bytes.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import type { Places } from './places.ts';
import { Reader } from './reader.ts';
import type { PdfDict, PdfStream, PdfValue } from './values.ts';

/** An `n g obj … endobj` as it stands in the file (ISO 32000-2 §7.3.10). */
export interface Indirect {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
  readonly start: number;
  readonly end: number;
  /** What a strict reader objects to although the value could be read. */
  readonly faults: readonly { readonly fault: 'malformed' | 'duplicate-key'; readonly detail: string }[];
}

/** The whole file costs too much, not only the object at hand. */
export class BudgetError extends PdfSyntaxError {}

/** Work that parsing may cost, so that overlapping objects cannot make it quadratic. */
export class Budget {
  private left: number;
  private values: number = limits.values;
  /** Notable keys that any reading met. */
  readonly noted = new Set<string>();

  constructor(fileLength: number) {
    this.left = fileLength * limits.workFactor + 1_000_000;
  }

  /** Values read cost memory, many times that of their bytes. */
  count(reader: Reader, offset: number): void {
    for (const key of reader.noted) this.noted.add(key);
    this.values -= reader.values;
    if (this.values < 0) throw new BudgetError('too many values', offset);
  }

  spend(bytes: number, offset: number): void {
    this.left -= bytes;
    if (this.left < 0) throw new BudgetError('too much work to parse', offset);
  }
}

/** What objects are read from. */
export interface ObjectSource {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  readonly places: Places;
}

/**
 * Named tolerance: some writers let a cross-reference entry point at the white space before `n g obj`. Every
 * reader goes on to the next token, and what is skipped is white space for all of them.
 */
function passWhite(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < offset + 16 && isWhite(bytes[at])) at++;
  return at;
}

/**
 * Reads the object at `offset`.
 *
 * @param lengthOf gives a stream's /Length when it is a reference; null when it has no usable one.
 * @throws PdfSyntaxError where no object stands or its value cannot be read.
 */
export function readIndirect(
  { bytes, budget, places }: ObjectSource,
  offset: number,
  lengthOf: (length: PdfValue | undefined) => number | null,
): Indirect {
  const start = passWhite(bytes, offset);
  const reader = new Reader(bytes, start);
  try {
    const header = reader.takeObjectHeader();
    if (!header) return reader.fail('no object here');
    const faults: { fault: 'malformed' | 'duplicate-key'; detail: string }[] = [];
    let value = reader.value();
    reader.skipSpace();
    if (typeof value === 'object' && value?.kind === 'dict' && reader.takeKeyword('stream')) {
      const body = streamBody(reader, value, lengthOf(value.entries.get('Length')), places);
      if (body.fault) faults.push({ fault: 'malformed', detail: body.fault });
      value = body.raw ? { kind: 'stream', dict: value, raw: body.raw } : leftOutStream(value);
      reader.skipSpace();
    }
    if (!reader.takeKeyword('endobj')) faults.push({ fault: 'malformed', detail: 'endobj missing' });
    for (const { key } of reader.duplicates)
      faults.push({ fault: 'duplicate-key', detail: key.slice(0, 60) });
    budget.count(reader, offset);
    return { ...header, value, start, end: reader.pos, faults };
  } finally {
    budget.spend(Math.max(reader.pos, reader.furthest) - offset, offset);
  }
}

/** The data are in the file and not here: nobody may take them for empty. */
function leftOutStream(dict: PdfDict): PdfStream {
  return {
    kind: 'stream',
    dict,
    leftOut: true,
    get raw(): Uint8Array {
      throw new PdfSyntaxError('stream data were not read', dict.start ?? 0);
    },
  };
}

function streamBody(
  reader: Reader,
  dict: PdfDict,
  length: number | null,
  places: Places,
): { readonly raw: Uint8Array | null; readonly fault: string | null } {
  const { bytes } = reader;
  let fault: string | null = null;
  if (bytes[reader.pos] === 0x0d && bytes[reader.pos + 1] === 0x0a) reader.pos += 2;
  else if (bytes[reader.pos] === 0x0a) reader.pos++;
  else fault = 'no end of line after stream';
  const begin = reader.pos;
  const leftOut = places.leftOut(begin);
  if (leftOut > 0 && leftOut !== length) return reader.fail('stream length wrong');
  const here = leftOut > 0 ? 0 : length;
  if (here !== null && here >= 0 && begin + here <= bytes.length) {
    let at = begin + here;
    // ISO 32000-2 §7.3.8.1 wants one end of line before endstream; some writers put none, some put more.
    for (let spaces = 0; spaces < 4 && isWhite(bytes[at]); spaces++) at++;
    if (startsWithAt(bytes, 'endstream', at)) {
      reader.pos = at + 'endstream'.length;
      return { raw: leftOut > 0 ? null : bytes.subarray(begin, begin + here), fault };
    }
  }
  // A wrong /Length is where readers differ; the body is found for display, but the file is not sound.
  const found = asBuffer(bytes).indexOf('endstream', begin, 'latin1');
  if (found < 0) return reader.fail('stream does not end');
  fault = dict.entries.has('Length') ? 'stream length wrong' : 'stream length missing';
  reader.pos = found + 'endstream'.length;
  return { raw: bytes.subarray(begin, found), fault };
}
