import { byteRangeDicts, countByteRanges, isDict, isStream, nameOf } from '../pdf/index.ts';
import type { PdfFile, PdfValue, SignatureField } from '../pdf/index.ts';

/** Signatures that a reader of the form does not see. */
export interface Strays {
  /** Any /ByteRange at all: such a file is never "no signature". */
  readonly any: boolean;
  /** A /ByteRange that is neither a form field's value nor one of the known other uses. */
  readonly stray: boolean;
  /** /Perms /UR3 or /UR: Adobe's usage rights, no signature of a person (ISO 32000-1 §12.8.2.3). */
  readonly usageRights: boolean;
}

/**
 * Counts what carries a /ByteRange, as text in the file, inside object streams, and as a key however spelt,
 * against the signature fields (SIGNATURES §D 1: "count raw /ByteRange strings and report ones not reachable").
 */
export function findStrays(file: PdfFile, fields: readonly SignatureField[]): Strays {
  const permissions = file.get(file.catalog()?.dict, 'Perms');
  const rights = [file.get(permissions, 'UR3'), file.get(permissions, 'UR')].filter(isDict);
  const known = new Set<PdfValue>([
    ...fields.map((field) => field.value),
    ...rights,
    // ISO/TS 32004: a MAC over the file, also with a /ByteRange
    file.get(file.trailer, 'AuthCode'),
  ]);
  const dicts = byteRangeDicts(file);
  const raw = countByteRanges(file);
  const spans = [
    ...dicts.map(({ start, end }) => ({ start: start ?? 0, end: end ?? 0 })),
    ...streamBodies(file),
  ];
  return {
    any: raw.offsets.length + raw.packed + dicts.length > 0,
    stray: dicts.some((dict) => !known.has(dict)) || anyOutside(raw.offsets, spans),
    usageRights: rights.length > 0,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** In the data of a stream that the cross-reference knows, the text is content, not structure. */
function streamBodies(file: PdfFile): Span[] {
  const found: Span[] = [];
  for (const revision of file.revisions) {
    for (const num of revision.defined) {
      const object = file.objectAt(num, revision.number);
      if (!object || object.container !== null || !isStream(object.value)) continue;
      const { raw, dict } = object.value;
      if (nameOf(dict.entries.get('Type')) === 'ObjStm') continue;
      const start = raw.byteOffset - file.bytes.byteOffset;
      found.push({ start, end: start + raw.length });
    }
  }
  return found;
}

/** One sweep over both, since hostile files hold many of each. */
function anyOutside(offsets: readonly number[], spans: readonly Span[]): boolean {
  const ordered = [...spans].sort((one, other) => one.start - other.start);
  let next = 0;
  let covered = 0;
  for (const offset of offsets) {
    for (let span = ordered[next]; span && span.start <= offset; span = ordered[++next]) {
      covered = Math.max(covered, span.end);
    }
    if (offset >= covered) return true;
  }
  return false;
}
