/** Character classes of ISO 32000-2 §7.2.3 and searches in bytes. */

/** What a byte is, looked up: parsing asks this of nearly every byte of a file. */
const white = 1;
const delimiter = 2;
const digit = 4;
const classes = new Uint8Array(256);
for (const byte of [0x20, 0x0a, 0x0d, 0x09, 0x0c, 0x00]) classes[byte] = white;
for (const byte of Buffer.from('()<>[]{}/%')) classes[byte] = delimiter;
for (const byte of Buffer.from('0123456789')) classes[byte] = digit;

const isOf = (kinds: number, byte: number | undefined): boolean =>
  byte !== undefined && ((classes[byte] ?? 0) & kinds) !== 0;

export const isWhite = (byte: number | undefined): boolean => isOf(white, byte);

export const isEol = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

export const isDigit = (byte: number | undefined): boolean => isOf(digit, byte);

/** ( ) < > [ ] { } / % */
export const isDelimiter = (byte: number | undefined): boolean => isOf(delimiter, byte);

/** Does a token end before this byte? Also where there is none. */
export const endsToken = (byte: number | undefined): boolean =>
  byte === undefined || isOf(white | delimiter, byte);

/** Value of a hexadecimal digit, or -1. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}

/** A view (not a copy) with Buffer's searches. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function startsWithAt(bytes: Uint8Array, text: string, at: number): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Offset after one end of line at `at` (CR, LF or CRLF), or `at` itself. */
export function afterEol(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1;
  return bytes[at] === 0x0a ? at + 1 : at;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
