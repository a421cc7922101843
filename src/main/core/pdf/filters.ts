import { inflateSync } from 'node:zlib';
import { hexValue, isWhite } from './bytes.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { decodeLzw } from './lzw.ts';
import { undoPredictor } from './predictor.ts';
import { ByteSink } from './sink.ts';
import { isArray, isDict, nameOf, numberOf } from './values.ts';
import type { PdfDict, PdfStream, PdfValue } from './values.ts';

type Resolve = (value: PdfValue | undefined) => PdfValue;

/** Bytes that decoding may still give, over many streams: every step takes from it. */
export interface DecodeAllowance {
  left: number;
}

/** Most bytes that one byte of Deflate data can become (RFC 1951: 258 bytes for two bits). */
const deflateRatio = 1_032;

/**
 * The decoded data of a stream (ISO 32000-2 §7.4): FlateDecode and LZWDecode with predictors, ASCIIHexDecode,
 * ASCII85Decode, RunLengthDecode. Image filters (DCT, JPX, JBIG2, CCITT) and Crypt are not decoded.
 *
 * @param resolve follows references in /Filter and /DecodeParms (`file.resolve`).
 * @param allowance what all steps together may give; a step that fails has cost something too.
 * @throws PdfSyntaxError for damaged data, an unknown filter, or more bytes than are left.
 */
export function decodeStream(
  source: PdfStream,
  resolve: Resolve,
  allowance: DecodeAllowance = { left: limits.decodedStream },
): Uint8Array {
  const filters = listOf(resolve(source.dict.entries.get('Filter')), resolve);
  const params = listOf(resolve(source.dict.entries.get('DecodeParms')), resolve);
  let data = source.raw;
  filters.forEach((filter, index) => {
    const given = params[index];
    const cost = Math.min(allowance.left, data.length * deflateRatio);
    try {
      data = applyFilter(nameOf(filter) ?? '', data, isDict(given) ? given : null, resolve, allowance.left);
    } catch (cause) {
      allowance.left -= cost;
      throw cause;
    }
    spend(allowance, data.length);
  });
  // Without any filter the bytes are the file's own, but whoever reads them still has the work.
  if (filters.length === 0) spend(allowance, data.length);
  return data;
}

function spend(allowance: DecodeAllowance, bytes: number): void {
  allowance.left -= bytes;
  if (allowance.left < 0) throw new PdfSyntaxError('stream decodes to too many bytes', 0);
}

function listOf(value: PdfValue, resolve: Resolve): readonly PdfValue[] {
  if (value === null) return [];
  const items = isArray(value) ? value.items : [value];
  if (items.length > limits.filters) throw new PdfSyntaxError('too many filters', 0);
  return items.map(resolve);
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
      return decodeAsciiHex(data, cap);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(data, cap);
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

function decodeAsciiHex(data: Uint8Array, cap: number): Uint8Array {
  const out = new ByteSink(cap);
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
  return out.take();
}

function decodeAscii85(data: Uint8Array, cap: number): Uint8Array {
  const out = new ByteSink(cap);
  let digits = 0;
  let value = 0;
  const flush = (count: number): void => {
    if (value > 0xffffffff) throw new PdfSyntaxError('damaged ASCII85 data', 0);
    for (let index = 0; index < count; index++) out.push((value >>> (24 - 8 * index)) & 0xff);
    digits = 0;
    value = 0;
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isWhite(byte)) continue;
    if (byte === 0x7a && digits === 0) flush(4);
    else {
      if (byte < 0x21 || byte > 0x75) throw new PdfSyntaxError('damaged ASCII85 data', 0);
      value = value * 85 + byte - 0x21;
      if (++digits === 5) flush(4);
    }
  }
  if (digits === 1) throw new PdfSyntaxError('damaged ASCII85 data', 0);
  if (digits > 1) {
    const count = digits - 1;
    for (; digits < 5; digits++) value = value * 85 + 84;
    flush(count);
  }
  return out.take();
}

function decodeRunLength(data: Uint8Array, cap: number): Uint8Array {
  const out = new ByteSink(cap);
  for (let at = 0; at < data.length;) {
    const length = data[at] ?? 128;
    if (length === 128) break;
    if (length < 128) out.append(data.subarray(at + 1, at + 2 + length));
    else {
      const byte = data[at + 1] ?? 0;
      for (let count = 257 - length; count > 0; count--) out.push(byte);
    }
    at += length < 128 ? length + 2 : 2;
  }
  return out.take();
}
