/** Writing ASN.1 in DER (ITU-T X.690 §8 and §10). Every function returns one whole element. */

type Part = Uint8Array;

/** Octets that tell a length: one up to 127, else their number and then they (§8.1.3). */
function lengthSize(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x100) return 2;
  if (length < 0x10000) return 3;
  return length < 0x1000000 ? 4 : 5;
}

/** One allocation for each element: signatures are built of some hundred of them. */
export function tlv(tag: number, ...parts: readonly Part[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const size = lengthSize(length);
  const out = Buffer.allocUnsafe(1 + size + length);
  out[0] = tag;
  if (size === 1) out[1] = length;
  else {
    out[1] = 0x80 | (size - 1);
    out.writeUIntBE(length, 2, size - 1);
  }
  let at = 1 + size;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const sequence = (...parts: readonly Part[]): Buffer => tlv(0x30, ...parts);

/** SET OF: the encodings in ascending order (X.690 §11.6). */
export const setOfSorted = (...parts: readonly Part[]): Buffer => tlv(0x31, ...sorted(parts));

/** For an implicitly tagged SET OF. */
export const sorted = (parts: readonly Part[]): Part[] => parts.toSorted((a, b) => Buffer.compare(a, b));

export const explicit = (number: number, ...parts: readonly Part[]): Buffer => tlv(0xa0 | number, ...parts);

/** The element under an implicit context tag: the tag octet changes, the constructed bit stays. */
export const implicit = (number: number, element: Part): Buffer =>
  Buffer.concat([Buffer.of(0x80 | ((element[0] ?? 0) & 0x20) | number), element.subarray(1)]);

const identifiers = new Map<string, Buffer>();

/** Treat the result as fixed: the few identifiers that are written again and again are kept. */
export function objectIdentifier(dotted: string): Buffer {
  const known = identifiers.get(dotted);
  if (known) return known;
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [top * 40 + second, ...rest]) {
    const base128 = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      base128.unshift((left % 128) | 0x80);
    }
    octets.push(...base128);
  }
  const made = tlv(0x06, Buffer.from(octets));
  if (identifiers.size < 256) identifiers.set(dotted, made);
  return made;
}

export const booleanTrue = (): Buffer => tlv(0x01, Buffer.of(0xff));
export const nullValue = (): Buffer => tlv(0x05);

/** A non-negative INTEGER, from a number or from big-endian magnitude octets. */
export function integer(value: number | Uint8Array): Buffer {
  const hex = typeof value === 'number' ? value.toString(16) : Buffer.from(value).toString('hex');
  let octets = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  let start = 0;
  while (start < octets.length - 1 && octets[start] === 0) start++;
  octets = octets.subarray(start);
  return (octets[0] ?? 0) & 0x80 ? tlv(0x02, Buffer.of(0), octets) : tlv(0x02, octets);
}

export const octetStringOf = (...parts: readonly Part[]): Buffer => tlv(0x04, ...parts);
export const bitStringOf = (bytes: Uint8Array, unused = 0): Buffer => tlv(0x03, Buffer.of(unused), bytes);
export const utf8String = (text: string): Buffer => tlv(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => tlv(0x13, Buffer.from(text, 'latin1'));
export const ia5String = (text: string): Buffer => tlv(0x16, Buffer.from(text, 'latin1'));

/** UTCTime through 2049, GeneralizedTime from 2050, whole seconds, Z (RFC 5280 §4.1.2.5). */
export function timeOf(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  return date.getUTCFullYear() < 2050
    ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`, 'latin1'))
    : tlv(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}

/** GeneralizedTime, whole seconds, Z (RFC 5280 §4.1.2.5.2, RFC 6960 §4.2.2.1). */
export function generalizedTimeOf(date: Date): Buffer {
  const digits = date.toISOString().slice(0, 19).replace(/\D/g, '');
  return tlv(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}

export const enumerated = (value: number): Buffer => tlv(0x0a, Buffer.of(value));
