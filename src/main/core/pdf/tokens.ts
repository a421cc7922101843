import { asBuffer, hexValue, startsWithAt } from './bytes.ts';
import type { PdfName } from './values.ts';

/** What the bytes of a name or a string mean (ISO 32000-2 §7.3.4, §7.3.5). */

/** Most names of a file are the same few words; one object for each spares most of the strings. */
const names: (PdfName | undefined)[] = Array.from({ length: 1024 });

export function knownName(bytes: Uint8Array, begin: number, end: number, hash: number): PdfName {
  const place = hash & 1023;
  const known = names[place];
  if (known && known.value.length === end - begin && startsWithAt(bytes, known.value, begin)) return known;
  const made: PdfName = { kind: 'name', value: asBuffer(bytes).toString('latin1', begin, end) };
  if (end - begin <= 32) names[place] = made;
  return made;
}

/** `#20` and the like (ISO 32000-2 §7.3.5); a number sign without two digits stands for itself. */
export function unescapedName(bytes: Uint8Array, begin: number, end: number): string {
  let value = '';
  for (let at = begin; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const high = byte === 0x23 && at + 2 < end ? hexValue(bytes[at + 1]) : -1;
    const low = high >= 0 ? hexValue(bytes[at + 2]) : -1;
    value += String.fromCharCode(low >= 0 ? high * 16 + low : byte);
    if (low >= 0) at += 2;
  }
  return value;
}

/** The usual case, digits and nothing else, at the speed of the runtime; null for any other. */
export function hexBytes(digits: Buffer): Uint8Array | null {
  if (digits.length % 2 === 1) return null;
  const bytes = Buffer.from(digits.toString('latin1'), 'hex');
  return 2 * bytes.length === digits.length
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    : null;
}

const escapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** Escapes and ends of line of a literal string (ISO 32000-2 §7.3.4.2). */
export function unescapedString(source: Uint8Array): Uint8Array {
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length;) {
    const byte = source[at++] ?? 0;
    if (byte === 0x5c) {
      const next = source[at++] ?? 0;
      const plain = escapes.get(next);
      if (plain !== undefined) out[length++] = plain;
      else if (next === 0x0d) {
        if (source[at] === 0x0a) at++;
      } else if (isOctal(next)) {
        let code = next - 0x30;
        for (let count = 1; count < 3 && isOctal(source[at]); count++)
          code = code * 8 + (source[at++] ?? 0) - 0x30;
        out[length++] = code;
      } else if (next !== 0x0a) out[length++] = next;
    } else if (byte === 0x0d) {
      if (source[at] === 0x0a) at++;
      out[length++] = 0x0a;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

const isOctal = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x37;
