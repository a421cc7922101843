/**
 * PDF values as this module reads and writes them (ISO 32000-2 §7.3). Plain data, no classes: a parsed value
 * can be compared, copied into an update and serialised again.
 *
 * - integer numbers are JavaScript numbers, reals are `PdfReal` and keep their source text;
 * - a name's `value` is decoded (`#20` → space), one character per byte;
 * - a string's `bytes` are decoded (escapes, hexadecimal, but not decrypted and not turned into text);
 * - `start`/`end` are byte offsets in the file, `end` exclusive; null for what an object stream held or what
 *   was made by a program.
 */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfReal
  | PdfName
  | PdfString
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfRef
  | PdfReserved;

export interface PdfReal {
  readonly kind: 'real';
  readonly value: number;
  readonly text: string;
}

export interface PdfName {
  readonly kind: 'name';
  readonly value: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  readonly hex: boolean;
  /** Offset of `(` or `<`. */
  readonly start: number | null;
  /** Offset after `)` or `>`. */
  readonly end: number | null;
}

export interface PdfArray {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** Keys that stood twice: the last one is in `entries`, and no verdict may rest on such a dictionary. */
  readonly duplicates: readonly string[];
  readonly start: number | null;
  readonly end: number | null;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** As stored, before any filter, decrypted. @throws PdfSyntaxError where `leftOut`. */
  readonly raw: Uint8Array;
  /** The data of a large file's stream that were not read. */
  readonly leftOut?: true;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly num: number;
  readonly gen: number;
}

/**
 * Only for writing: `text` goes into the file as it is and the writer reports where it stands, so that a
 * signer can fill in /ByteRange and /Contents afterwards.
 */
export interface PdfReserved {
  readonly kind: 'reserved';
  readonly label: string;
  readonly text: string;
}

export type Entries = Readonly<Record<string, PdfValue>>;

export const name = (value: string): PdfName => ({ kind: 'name', value });
export const ref = (num: number, gen = 0): PdfRef => ({ kind: 'ref', num, gen });
export const array = (...items: readonly PdfValue[]): PdfArray => ({ kind: 'array', items });
/** The same from a list of any length; a call takes only so many arguments. */
export const arrayOf = (items: readonly PdfValue[]): PdfArray => ({ kind: 'array', items });
export const reserved = (label: string, text: string): PdfReserved => ({ kind: 'reserved', label, text });

/** A dictionary from a plain object, in its order. */
export const dict = (entries: Entries): PdfDict => dictOf(new Map(Object.entries(entries)));

export const dictOf = (entries: ReadonlyMap<string, PdfValue>): PdfDict => ({
  kind: 'dict',
  entries,
  duplicates: [],
  start: null,
  end: null,
});

/** A copy with these entries set; `undefined` removes one. */
export function withEntries(base: PdfDict, changes: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  const entries = new Map(base.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return dictOf(entries);
}

/** A stream; /Length is written from `raw`, other entries (such as /Filter) as given. */
export const stream = (entries: Entries, raw: Uint8Array): PdfStream => ({
  kind: 'stream',
  dict: dict(entries),
  raw,
});

export const byteString = (bytes: Uint8Array, hex = false): PdfString => ({
  kind: 'string',
  bytes,
  hex,
  start: null,
  end: null,
});

/** Text for people: ASCII as it is, anything else as UTF-16BE with its mark (ISO 32000-2 §7.9.2.2). */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e\n\r\t]*$/.test(text)) return byteString(Uint8Array.from(Buffer.from(text, 'latin1')));
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  return byteString(Uint8Array.from(utf16.swap16()), true);
}

/** A date string in UTC, `D:YYYYMMDDHHmmSSZ` (ISO 32000-2 §7.9.4). */
export function dateString(date: Date): PdfString {
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14);
  return byteString(Uint8Array.from(Buffer.from(`D:${digits}Z`, 'latin1')));
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => kindOf(value) === 'dict';
export const isArray = (value: PdfValue | undefined): value is PdfArray => kindOf(value) === 'array';
export const isString = (value: PdfValue | undefined): value is PdfString => kindOf(value) === 'string';
export const isStream = (value: PdfValue | undefined): value is PdfStream => kindOf(value) === 'stream';
export const isRef = (value: PdfValue | undefined): value is PdfRef => kindOf(value) === 'ref';

function kindOf(value: PdfValue | undefined): string | null {
  return typeof value === 'object' && value !== null ? value.kind : null;
}

/** The name's text, or null where the value is no name. */
export function nameOf(value: PdfValue | undefined): string | null {
  return typeof value === 'object' && value?.kind === 'name' ? value.value : null;
}

/** The number of an integer or a real, or null. */
export function numberOf(value: PdfValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value?.kind === 'real' ? value.value : null;
}

/** A text string for display: UTF-16BE, UTF-8 with mark, else one character per byte. */
export function textOf(value: PdfValue | undefined): string | null {
  if (!isString(value)) return null;
  const { buffer, byteOffset, length } = value.bytes;
  const bytes = Buffer.from(buffer, byteOffset, length);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
}
