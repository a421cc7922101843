import { isArray, isDict, isString } from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfString, Revision, SignatureField } from '../pdf/index.ts';
import type { Findings } from './problems.ts';

/** What a well-formed signature covers. */
export interface Coverage {
  readonly dict: PdfDict;
  /** The decoded /Contents, with whatever padding stands behind the CMS. */
  readonly contents: Uint8Array;
  /** The signed bytes: before and after the gap. */
  readonly signed: readonly [Uint8Array, Uint8Array];
  readonly gapStart: number;
  readonly gapEnd: number;
  /** After the last signed byte. */
  readonly end: number;
  /** The revision that the signature closes. */
  readonly revision: Revision;
}

/**
 * The format rules of ISO 32000-2 §12.8.1 and SIGNATURES §D 2: /ByteRange is four integers, starts at 0, its
 * gap is exactly the hexadecimal string of /Contents that the cross-reference leads to, and it ends where a
 * revision ends. Anything else is a failure, never "no problem found".
 */
export function readCoverage(file: PdfFile, field: SignatureField, findings: Findings): Coverage | null {
  const dict = field.value;
  if (!isDict(dict)) {
    findings.add('SIGNATURE_VALUE_UNREADABLE');
    return null;
  }
  if (dict.duplicates.length > 0)
    findings.add('SIGNATURE_DICTIONARY_AMBIGUOUS', { key: dict.duplicates[0] ?? '' });
  const contents = readContents(file, dict, findings);
  const range = readRange(file, dict, findings);
  if (!contents || !range) return null;
  const [gapStart, gapEnd, end] = range;
  if (contents.start !== gapStart || contents.end !== gapEnd) {
    findings.add('BYTE_RANGE_GAP_WRONG');
    return null;
  }
  if (dict.start === null || dict.end === null || dict.end > end) {
    findings.add('SIGNATURE_OUTSIDE_ITS_RANGE');
    return null;
  }
  const revision = revisionEndingAt(file, end);
  if (!revision) {
    findings.add('BYTE_RANGE_END_WRONG');
    return null;
  }
  if (findings.failed) return null;
  return {
    dict,
    contents: contents.bytes,
    signed: [file.bytes.subarray(0, gapStart), file.bytes.subarray(gapEnd, end)],
    gapStart,
    gapEnd,
    end,
    revision,
  };
}

function readContents(file: PdfFile, dict: PdfDict, findings: Findings): PdfString | null {
  const contents = file.get(dict, 'Contents');
  if (!isString(contents) || !contents.hex) {
    findings.add('CONTENTS_MISSING');
    return null;
  }
  if (contents.bytes.every((byte) => byte === 0)) {
    findings.add('CONTENTS_EMPTY');
    return null;
  }
  return contents;
}

/** [gapStart, gapEnd, end], or null. */
function readRange(
  file: PdfFile,
  dict: PdfDict,
  findings: Findings,
): readonly [number, number, number] | null {
  const value = file.get(dict, 'ByteRange');
  if (value === null) {
    findings.add('BYTE_RANGE_MISSING');
    return null;
  }
  const items = isArray(value) ? value.items.map((item) => file.resolve(item)) : [];
  const [start, length, next, rest] = items;
  const integers = items.every((item) => typeof item === 'number' && item >= 0);
  if (!integers || items.length !== 4) {
    findings.add('BYTE_RANGE_MALFORMED');
    return null;
  }
  if (
    typeof start !== 'number' ||
    typeof length !== 'number' ||
    typeof next !== 'number' ||
    typeof rest !== 'number'
  ) {
    return null;
  }
  if (start !== 0) {
    findings.add('BYTE_RANGE_NOT_FROM_START');
    return null;
  }
  if (next <= length || next + rest > file.bytes.length) {
    findings.add('BYTE_RANGE_OUTSIDE_FILE');
    return null;
  }
  return [length, next, next + rest];
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09 || byte === 0x0c || byte === 0x00;

/**
 * The revision whose %%EOF is the last thing before `end`, white space aside: some writers pad a file to whole blocks
 * before it is signed.
 */
function revisionEndingAt(file: PdfFile, end: number): Revision | null {
  const revision = file.revisions.findLast(({ eofEnd }) => eofEnd <= end);
  return revision && file.bytes.subarray(revision.eofEnd, end).every(isSpace) ? revision : null;
}

/** Signatures must follow one another: no two close at the same byte, and no gaps meet. */
export function overlap(one: Coverage, other: Coverage): boolean {
  return one.end === other.end || (one.gapStart < other.gapEnd && other.gapStart < one.gapEnd);
}
