import { inflateSync } from 'node:zlib';
import { hexValue, isWhite } from './bytes.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { decodeLzw } from './lzw.ts';
import { undoPredictor } from './predictor.ts';
import { isArray, isDict, nameOf, numberOf } from './values.ts';
import type { PdfDict, PdfStream, PdfValue } from './values.ts';

type Resolve = (value: PdfValue | undefined) => PdfValue;

/**
 * The decoded data of a stream (ISO 32000-2 §7.4): FlateDecode and LZWDecode with predictors, ASCIIHexDecode,
 * ASCII85Decode, RunLengthDecode. Image filters (DCT, JPX, JBIG2, CCITT) and Crypt are not decoded.
 *
 * @param resolve follows references in /Filter and /DecodeParms (`file.resolve`).
 * @param cap most bytes that any step may give.
 * @throws PdfSyntaxError for damaged data, an unknown filter, or more than `cap` bytes.
 */
export function decodeStream(
  source: PdfStream,
  resolve: Resolve,
  cap: number = limits.decodedStream,
): Uint8Array {
  const filters = listOf(resolve(source.dict.entries.get('Filter')), resolve);
  const params = listOf(resolve(source.dict.entries.get('DecodeParms')), resolve);
  if (filters.length > limits.filters) throw new PdfSyntaxError('too many filters', 0);
  let data = source.raw;
  filters.forEach((filter, index) => {
    const given = params[index];
    data = applyFilter(nameOf(filter) ?? '', data, isDict(given) ? given : null, resolve, cap);
    if (data.length > cap) throw new PdfSyntaxError('stream decodes to too many bytes', 0);
  });
  return data;
}

function listOf(value: PdfValue, resolve: Resolve): readonly PdfValue[] {
  if (value === null) return [];
  return isArray(value) ? value.items.map(resolve) : [value];
}

function applyFilter(
  filter: string,
  data: Uint8Array,
  params: PdfDict | null,
  resolve: Resolve,
  cap: number,
): Uint8Array {
  const number = (key: string, otherwise: number): number =>
    numberOf(resolve(params?.entries.get(key))) ?? otherwise;
  const predict = (decoded: Uint8Array): Uint8Array =>
    undoPredictor(decoded, {
      predictor: number('Predictor', 1),
      colors: number('Colors', 1),
      bits: number('BitsPerComponent', 8),
      columns: number('Columns', 1),
    });
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return predict(inflate(data, cap));
    case 'LZWDecode':
    case 'LZW':
      return predict(decodeLzw(data, number('EarlyChange', 1), cap));
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeAsciiHex(data);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(data);
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(data, cap);
    default:
      throw new PdfSyntaxError(`filter ${filter.slice(0, 40)} is not decoded`, 0);
  }
}

function inflate(data: Uint8Array, cap: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, cap) });
  } catch (cause) {
    throw new PdfSyntaxError(`damaged Flate data (${cause instanceof Error ? cause.message : 'zlib'})`, 0);
  }
}

function decodeAsciiHex(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  let high = -1;
  for (const byte of data) {
    if (byte === 0x3e) break;
    if (isWhite(byte)) continue;
    const digit = hexValue(byte);
    if (digit < 0) throw new PdfSyntaxError('damaged ASCIIHex data', 0);
    if (high < 0) high = digit;
    else {
      out.push(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0) out.push(high * 16);
  return Uint8Array.from(out);
}

function decodeAscii85(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (digits: readonly number[], count: number): void => {
    let value = 0;
    for (const digit of digits) value = value * 85 + digit;
    if (value > 0xffffffff) throw new PdfSyntaxError('damaged ASCII85 data', 0);
    for (let index = 0; index < count; index++) out.push(Math.floor(value / 2 ** (24 - 8 * index)) & 0xff);
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isWhite(byte)) continue;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else {
      if (byte < 0x21 || byte > 0x75) throw new PdfSyntaxError('damaged ASCII85 data', 0);
      group.push(byte - 0x21);
      if (group.length === 5) {
        flush(group, 4);
        group = [];
      }
    }
  }
  if (group.length === 1) throw new PdfSyntaxError('damaged ASCII85 data', 0);
  if (group.length > 1) flush([...group, 84, 84, 84, 84].slice(0, 5), group.length - 1);
  return Uint8Array.from(out);
}

function decodeRunLength(data: Uint8Array, cap: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at < data.length;) {
    const length = data[at] ?? 128;
    if (length === 128) break;
    const part =
      length < 128
        ? data.subarray(at + 1, at + 2 + length)
        : new Uint8Array(257 - length).fill(data[at + 1] ?? 0);
    at += length < 128 ? length + 2 : 2;
    total += part.length;
    if (total > cap) throw new PdfSyntaxError('stream decodes to too many bytes', 0);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
