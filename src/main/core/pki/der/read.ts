/**
 * Reading ASN.1 (ITU-T X.690) from bytes that nobody vouches for. Elements are spans over the source, opened
 * one level at a time, so what a signature covers can be hashed exactly as it stands in the file.
 * BER that real signers emit is accepted (indefinite lengths, constructed strings, long length forms);
 * `strict` asks for DER lengths, which is what a certificate must have (RFC 5280 §4.1).
 */

/** 16 MiB: a SignedData with embedded CRLs stays far below it. */
const maximumSize = 16 * 1024 * 1024;
const maximumDepth = 48;
const maximumChildren = 100_000;

/** The bytes are not the ASN.1 they claim to be. The message is for logs, not for people. */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

export interface Element {
  readonly source: Uint8Array;
  /** Identifier octet with the constructed bit, such as 0x30 for SEQUENCE; only low tag numbers occur here. */
  readonly tag: number;
  /** Offsets in `source`; `end` is after the end-of-contents octets where the length is indefinite. */
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly indefinite: boolean;
  readonly depth: number;
  readonly strict: boolean;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

function readAt(source: Uint8Array, start: number, limit: number, depth: number, strict: boolean): Element {
  if (depth > maximumDepth) throw new DerError('nested too deep');
  const tag = source[start];
  const first = source[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit) throw new DerError('truncated header');
  if ((tag & 0x1f) === 0x1f) throw new DerError('high tag number');
  const base = { source, tag, start, depth, strict };
  if (first === 0x80) {
    if (strict) throw new DerError('indefinite length in DER');
    if ((tag & 0x20) === 0) throw new DerError('indefinite length of a primitive');
    const contentStart = start + 2;
    const contentEnd = endOfContents(source, contentStart, limit, depth);
    return { ...base, contentStart, contentEnd, end: contentEnd + 2, indefinite: true };
  }
  let length = first;
  let contentStart = start + 2;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4) throw new DerError('length too long');
    length = 0;
    for (let i = 0; i < count; i++) {
      const octet = source[contentStart++];
      if (octet === undefined || contentStart > limit) throw new DerError('truncated length');
      length = length * 256 + octet;
    }
    if (strict && (length < 0x80 || length < 256 ** (count - 1))) throw new DerError('length not minimal');
  }
  const contentEnd = contentStart + length;
  if (contentEnd > limit) throw new DerError('content beyond its container');
  return { ...base, contentStart, contentEnd, end: contentEnd, indefinite: false };
}

/** Walks the children of an indefinite-length element up to its end-of-contents octets (X.690 §8.1.5). */
function endOfContents(source: Uint8Array, from: number, limit: number, depth: number): number {
  let at = from;
  for (let count = 0; count < maximumChildren; count++) {
    if (source[at] === 0 && source[at + 1] === 0 && at + 2 <= limit) return at;
    at = readAt(source, at, limit, depth + 1, false).end;
  }
  throw new DerError('too many elements');
}

/**
 * The one element of `bytes`. Zero octets after it are padding (a PDF's /Contents has them); anything else is
 * refused, since nobody would have signed it.
 */
export function readOuter(bytes: Uint8Array, options: { readonly strict?: boolean } = {}): Element {
  if (bytes.length > maximumSize) throw new DerError('too large');
  const outer = readAt(bytes, 0, bytes.length, 0, options.strict ?? false);
  for (let i = outer.end; i < bytes.length; i++) {
    if (bytes[i] !== 0) throw new DerError('data after the outer element');
  }
  return outer;
}

export function children(element: Element): Element[] {
  if ((element.tag & 0x20) === 0) throw new DerError('not constructed');
  const found: Element[] = [];
  let at = element.contentStart;
  while (at < element.contentEnd) {
    if (found.length >= maximumChildren) throw new DerError('too many elements');
    const child = readAt(element.source, at, element.contentEnd, element.depth + 1, element.strict);
    found.push(child);
    at = child.end;
  }
  return found;
}

/** The element as it stands, with its header. */
export const raw = (element: Element): Uint8Array => element.source.subarray(element.start, element.end);

export const content = (element: Element): Uint8Array =>
  element.source.subarray(element.contentStart, element.contentEnd);

export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) {
    throw new DerError(
      `expected tag ${tag.toString(16)}, found ${element ? element.tag.toString(16) : 'none'}`,
    );
  }
  return element;
}

export const sequenceOf = (element: Element | undefined): Element[] =>
  children(expectTag(element, tags.sequence));
export const setOf = (element: Element | undefined): Element[] => children(expectTag(element, tags.set));

/** The single element inside an explicit tag. */
export function inside(element: Element): Element {
  const found = children(element);
  const only = found[0];
  if (!only || found.length !== 1) throw new DerError('explicit tag holds not exactly one element');
  return only;
}

/**
 * The octets of an OCTET STRING or of an implicitly tagged one, primitive or in constructed segments
 * (X.690 §8.7.3).
 */
export function octets(element: Element): Uint8Array {
  if ((element.tag & 0x20) === 0) return content(element);
  return Buffer.concat(
    children(element).map((segment) => {
      if ((segment.tag & ~0x20) !== tags.octetString) throw new DerError('segment is not an octet string');
      return octets(segment);
    }),
  );
}

export function octetString(element: Element | undefined): Uint8Array {
  if (!element || (element.tag & ~0x20) !== tags.octetString) throw new DerError('expected an octet string');
  return octets(element);
}

/** The bits as octets; `unused` trailing bits are part of the last one. */
export function bitString(element: Element | undefined): { bytes: Uint8Array; unused: number } {
  const value = content(expectTag(element, tags.bitString));
  const unused = value[0];
  if (unused === undefined || unused > 7 || (unused > 0 && value.length === 1)) {
    throw new DerError('bad bit string');
  }
  return { bytes: value.subarray(1), unused };
}

/** Dotted form. Sub-identifiers above 2^53 are refused: none is in use. */
export function oid(element: Element | undefined): string {
  const value = content(expectTag(element, tags.oid));
  if (value.length === 0 || value.length > 64) throw new DerError('bad object identifier');
  const arcs: number[] = [];
  let arc = 0;
  let open = false;
  for (const octet of value) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw new DerError('object identifier arc too large');
    open = (octet & 0x80) !== 0;
    if (open) continue;
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(arc / 40));
      arcs.push(top, arc - top * 40);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  if (open) throw new DerError('truncated object identifier');
  return arcs.join('.');
}

/** Two's complement octets of an INTEGER, as they stand. */
export function integerBytes(element: Element | undefined): Uint8Array {
  const value = content(expectTag(element, tags.integer));
  if (value.length === 0) throw new DerError('empty integer');
  const [first = 0, second = 0] = value;
  if (element?.strict && value.length > 1 && (first === 0 || first === 0xff) && second >> 7 === (first & 1)) {
    throw new DerError('integer not minimal');
  }
  return value;
}

/** A non-negative INTEGER that fits a number, such as a version or an iteration count. */
export function smallInteger(element: Element | undefined): number {
  const value = integerBytes(element);
  if ((value[0] ?? 0) & 0x80) throw new DerError('negative integer');
  let result = 0;
  for (const octet of value) {
    result = result * 256 + octet;
    if (result > Number.MAX_SAFE_INTEGER) throw new DerError('integer too large');
  }
  return result;
}

/** Upper-case hexadecimal, whole octets, without sign padding: how serial numbers are shown and compared. */
export function integerHex(element: Element | undefined): string {
  const value = integerBytes(element);
  const start = value[0] === 0 && value.length > 1 ? 1 : 0;
  return Buffer.from(value.subarray(start)).toString('hex').toUpperCase();
}

export function boolean(element: Element | undefined): boolean {
  const value = content(expectTag(element, tags.boolean));
  if (value.length !== 1) throw new DerError('bad boolean');
  return value[0] !== 0;
}

const timePattern = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?$/;

/**
 * UTCTime or GeneralizedTime. Two-digit years are read as RFC 5280 §4.1.2.5.1 says; a missing zone, which some
 * signers write, is taken as UTC.
 */
export function time(element: Element | undefined): Date {
  if (!element || (element.tag !== tags.utcTime && element.tag !== tags.generalizedTime)) {
    throw new DerError('expected a time');
  }
  const text = Buffer.from(content(element)).toString('latin1');
  const match = text.length <= 32 ? timePattern.exec(text) : null;
  const year = match?.[1];
  if (!match || !year || year.length !== (element.tag === tags.utcTime ? 2 : 4))
    throw new DerError('bad time');
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  const [month, day, hour, minute, second] = [2, 3, 4, 5, 6].map((i) => Number(match[i] ?? '0'));
  const fraction = Number(`0.${match[7] ?? '0'}`);
  const zone = match[8] ?? 'Z';
  const offset =
    zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const date = new Date(0);
  date.setUTCFullYear(fullYear, (month ?? 1) - 1, day ?? 1);
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0, Math.round(fraction * 1000));
  if (date.getUTCMonth() !== (month ?? 1) - 1 || (hour ?? 0) > 23 || (minute ?? 0) > 59) {
    throw new DerError('bad time');
  }
  return new Date(date.getTime() - offset * 60_000);
}
