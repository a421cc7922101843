import { DerError, tags, time } from '../der/read.ts';
import type { Element } from '../der/read.ts';

/**
 * Looks one serial number up among revokedCertificates (RFC 5280 §5.1.2.6) without making objects of the others:
 * an issuer of many people lists hundreds of thousands.
 * @param list the SEQUENCE OF entries.
 * @param serial upper-case hexadecimal.
 * @returns when it was revoked; null where it is not listed.
 * @throws DerError for entries that are not DER.
 */
export function findRevoked(list: Element, serial: string): Date | null {
  const wanted = Buffer.from(serial.length % 2 ? `0${serial}` : serial, 'hex');
  const { source } = list;
  let at = list.contentStart;
  while (at < list.contentEnd) {
    const entry = header(source, at, list.contentEnd, tags.sequence);
    const number = header(source, entry.from, entry.to, tags.integer);
    if (isMagnitude(source, number, wanted)) {
      const date = header(source, number.to, entry.to, null);
      return time({
        source,
        tag: source[number.to] ?? 0,
        start: number.to,
        contentStart: date.from,
        contentEnd: date.to,
        end: date.to,
        indefinite: false,
        depth: list.depth + 2,
        strict: list.strict,
      });
    }
    at = entry.to;
  }
  return null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the content of the element at `at` stands. */
function header(source: Uint8Array, at: number, limit: number, tag: number | null): Span {
  const first = source[at + 1] ?? 0x80;
  if (tag !== null && source[at] !== tag) throw new DerError('unexpected element in a list entry');
  if (first === 0x80 || first > 0x84) throw new DerError('bad length in a list entry');
  let from = at + 2;
  let length = first;
  if (first > 0x80) {
    length = 0;
    for (let left = first & 0x7f; left > 0; left--) length = length * 256 + (source[from++] ?? 0);
  }
  if (from + length > limit) throw new DerError('list entry beyond its container');
  return { from, to: from + length };
}

/** The same number, whatever leading zero octets. */
function isMagnitude(source: Uint8Array, { from, to }: Span, wanted: Uint8Array): boolean {
  let start = from;
  while (start < to - 1 && source[start] === 0) start++;
  let first = 0;
  while (first < wanted.length - 1 && wanted[first] === 0) first++;
  if (to - start !== wanted.length - first) return false;
  for (let i = 0; i < to - start; i++) if (source[start + i] !== wanted[first + i]) return false;
  return true;
}
