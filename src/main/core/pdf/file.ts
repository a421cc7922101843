import type { FileCipher } from './encryption/file-cipher.ts';
import type { Places } from './places.ts';
import type { PdfDict, PdfRef, PdfValue } from './values.ts';

/** Where a cross-reference section says an object is (ISO 32000-2 §7.5.4, §7.5.8). */
export type XrefEntry =
  | { readonly type: 'free'; readonly gen: number }
  | { readonly type: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly type: 'packed'; readonly container: number; readonly index: number };

export interface XrefSection {
  readonly kind: 'table' | 'stream';
  /** Offset of `xref`, or of `n g obj` of the stream. */
  readonly start: number;
  /** After the trailer dictionary or `endobj`. */
  readonly end: number;
  /** A hybrid file's /XRefStm entries are merged in (ISO 32000-2 §7.5.8.4). */
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** Of the cross-reference stream itself, or of a hybrid's /XRefStm. */
  readonly streamSpan: { readonly start: number; readonly end: number } | null;
  readonly hybrid: boolean;
  /** Numbers that a hybrid file's table calls free and its stream calls in use: hidden from old readers. */
  readonly hidden: ReadonlySet<number>;
}

/** One save of the file: the body, the cross-reference and the %%EOF that closes it. */
export interface Revision {
  /** 1 is the oldest. */
  readonly number: number;
  readonly start: number;
  /** After `%%EOF`, without its end of line. */
  readonly eofEnd: number;
  /** After the end of line that follows `%%EOF`, if any; the next revision starts here. */
  readonly end: number;
  /** Newest first; more than one only in a linearized file. */
  readonly sections: readonly XrefSection[];
  readonly trailer: PdfDict;
  /** Object numbers that this revision defines or redefines, ascending. */
  readonly defined: readonly number[];
  /** Object numbers that it frees, ascending. */
  readonly freed: readonly number[];
}

/** Something that a strict reader does not accept silently. */
export interface Anomaly {
  readonly code: AnomalyCode;
  /** Byte offset in the file. */
  readonly offset: number;
  readonly detail: string;
}

export type AnomalyCode =
  /** The file does not begin with `%PDF-`. */
  | 'HEADER_DISPLACED'
  /** No well-formed `startxref n %%EOF` closes the section, or n points elsewhere. */
  | 'STARTXREF_WRONG'
  /** Bytes after the last `%%EOF` and its end of line. */
  | 'BYTES_AFTER_END'
  /** A later cross-reference section that lists no object at all. */
  | 'XREF_EMPTY'
  /** The chain of sections does not go from the file's end to its beginning. */
  | 'XREF_ORDER'
  /** An entry whose offset does not hold that object, or an object that cannot be parsed. */
  | 'XREF_ENTRY_WRONG'
  /** Two entries for one object number in one section, or one that takes an object from old readers only. */
  | 'XREF_DUPLICATE'
  /** An entry that points into another revision's bytes. Readers agree on it, so it needs no repair. */
  | 'OBJECT_ELSEWHERE'
  /** An `n g obj` that no section lists and that no later listed one of its number replaces. */
  | 'OBJECT_UNLISTED'
  /** Bytes that are neither a listed object, nor cross-reference, nor white space or a comment. */
  | 'BYTES_UNACCOUNTED'
  /** Listed objects that share bytes. */
  | 'OBJECTS_OVERLAP'
  /** `endobj` or `endstream` missing, or /Length wrong. */
  | 'OBJECT_MALFORMED'
  /** A dictionary with the same key twice. */
  | 'DUPLICATE_KEY'
  /** /Size smaller than the highest object number, that of an earlier revision included. */
  | 'SIZE_WRONG'
  /** The same revision's trailer or catalog is missing what a reader needs. */
  | 'CATALOG_MISSING';

export interface PdfObject {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
  /** Span of `n g obj … endobj`; of the containing object stream for a packed object. */
  readonly start: number;
  readonly end: number;
  /** Number of the revision that defined it. */
  readonly revision: number;
  /** The object stream that held it, else null. */
  readonly container: number | null;
}

/**
 * A parsed file. Every object of every revision was read once and strictly; nothing was repaired. Whatever
 * would have needed repair is in `anomalies`, and a file with `needsRepair` must never be shown as valid.
 */
export interface PdfFile {
  /** The file, or what was kept of a large one (see condense.ts); all other offsets count in these bytes. */
  readonly bytes: Uint8Array;
  readonly places: Places;
  /** From the header, such as "1.7". */
  readonly version: string;
  readonly revisions: readonly Revision[];
  /** Of the newest revision. */
  readonly trailer: PdfDict;
  readonly anomalies: readonly Anomaly[];
  /** True where a viewer would have to guess: see `anomalies`. */
  readonly needsRepair: boolean;
  /** Is the file's oldest revision linearized (two sections, ISO 32000-2 Annex F)? */
  readonly linearized: boolean;
  /** How the file is encrypted, null where it is not. Values are plain in either case. */
  readonly encryption: FileCipher | null;
  /**
   * Does any object or trailer of any revision have this key, however it is spelt? One of `notableKeys`. Spares
   * a walk over everything where the answer is no.
   */
  mentions(key: string): boolean;
  /** The object as of a revision (default: the newest); null when free, unlisted or unreadable. */
  objectAt(num: number, revision?: number): PdfObject | null;
  /** Follows references (with a hop limit); a reference to nothing is null (ISO 32000-2 §7.3.10). */
  resolve(value: PdfValue | undefined, revision?: number): PdfValue;
  /** `resolve(dict[key])`, null where the dictionary or the key is missing. */
  get(holder: PdfValue | undefined, key: string, revision?: number): PdfValue;
  /** In-use object numbers as of a revision, ascending. */
  numbers(revision?: number): readonly number[];
  /** The catalog as of a revision; null where there is none. */
  catalog(revision?: number): { readonly ref: PdfRef | null; readonly dict: PdfDict } | null;
}
