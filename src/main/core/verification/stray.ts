import {
  byteRangeDicts,
  countByteRanges,
  isArray,
  isDict,
  isStream,
  nameOf,
  removedSignatures,
} from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfValue, RemovedSignature, SignatureField } from '../pdf/index.ts';

/** Signatures that a reader of the form does not see. */
export interface Strays {
  /** Any /ByteRange at all: such a file is never "no signature". */
  readonly any: boolean;
  /** A /ByteRange that is neither a form field's value nor one of the known other uses. */
  readonly stray: boolean;
  /** /Perms /UR3 or /UR: Adobe's usage rights, no signature of a person (ISO 32000-1 §12.8.2.3). */
  readonly usageRights: boolean;
  /** What a field held once and no field holds now. */
  readonly removed: readonly RemovedSignature[];
}

/**
 * Counts what carries a /ByteRange, as text in the file, inside object streams, and as a key however spelt,
 * against the signature fields (SIGNATURES §D 1: "count raw /ByteRange strings and report ones not reachable").
 */
export function findStrays(file: PdfFile, fields: readonly SignatureField[]): Strays {
  const listed = new Set<PdfValue>(fields.map((field) => field.value));
  const dicts = [...byteRangeDicts(file).keys()];
  const removed = removedSignatures(file, new Set(dicts.filter((dict) => !listed.has(dict))));
  const former = new Set<PdfValue>(removed.map((field) => field.value));
  const permissions = file.get(file.catalog()?.dict, 'Perms');
  // A place alone excuses nothing: anybody can move an old signature there.
  const rights = [file.get(permissions, 'UR3'), file.get(permissions, 'UR')].filter(
    (value) => isDict(value) && !former.has(value) && givesUsageRights(file, value),
  );
  const mac = file.get(file.trailer, 'AuthCode');
  const known = new Set<PdfValue>([
    ...listed,
    ...rights,
    ...(isDict(mac) && !former.has(mac) && isMac(file, mac) ? [mac] : []),
  ]);
  const bodies = streamBodies(file);
  const spans = dicts.map(({ start, end }) => ({ start: start ?? 0, end: end ?? 0 }));
  return {
    any: dicts.length > 0 || mentioned(file),
    stray: dicts.some((dict) => !known.has(dict)) || anyOutside(offsetsBetween(file.bytes, bodies), spans),
    usageRights: rights.length > 0,
    removed,
  };
}

/** Every transform is one of usage rights (ISO 32000-1 Table 255): a certification never is. */
function givesUsageRights(file: PdfFile, dict: PdfDict): boolean {
  const references = file.get(dict, 'Reference');
  const methods = isArray(references)
    ? references.items.slice(0, 32).map((item) => nameOf(file.get(item, 'TransformMethod')))
    : [];
  const whole = isArray(references) && references.items.length === methods.length;
  return whole && methods.length > 0 && methods.every((method) => method === 'UR3' || method === 'UR');
}

/** ISO/TS 32004 §6.2: a MAC over the file also has a /ByteRange; its value is in /MAC, never in /Contents. */
function isMac(file: PdfFile, dict: PdfDict): boolean {
  const type = nameOf(file.get(dict, 'Type'));
  return (
    nameOf(file.get(dict, 'MACLocation')) !== null &&
    type !== 'Sig' &&
    type !== 'DocTimeStamp' &&
    !dict.entries.has('Contents')
  );
}

/** The text anywhere, in the data of streams too: asked only where no dictionary has it. */
function mentioned(file: PdfFile): boolean {
  const { offsets, packed } = countByteRanges(file);
  return offsets.length + packed > 0;
}

const keyText = '/ByteRange';
const maximumOffsets = 200_000;

/** Where the text stands outside these spans; most of a large file lies in them. */
function offsetsBetween(bytes: Uint8Array, spans: readonly Span[]): readonly number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: number[] = [];
  let from = 0;
  const look = (to: number): void => {
    // One that begins before the span and ends in it counts too.
    const piece = buffer.subarray(from, Math.min(bytes.length, to + keyText.length - 1));
    for (let at = piece.indexOf(keyText, 0, 'latin1'); at >= 0 && found.length < maximumOffsets;) {
      found.push(from + at);
      at = piece.indexOf(keyText, at + 1, 'latin1');
    }
  };
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start > from) look(start);
    from = Math.max(from, end);
  }
  if (from < bytes.length) look(bytes.length);
  return found;
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
