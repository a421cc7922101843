import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { array, decodeStream, dict, name, stream } from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfValue } from '../../../src/main/core/pdf/index.ts';

const direct = (value: PdfValue | undefined): PdfValue => value ?? null;
const decode = (entries: Entries, raw: Uint8Array, cap?: number): Buffer =>
  Buffer.from(decodeStream(stream(entries, raw), direct, cap === undefined ? undefined : { left: cap }));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('filters of ISO 32000-2 §7.4', () => {
  test('no filter gives the bytes as they are', () => {
    expect(decode({}, latin1('abc')).toString()).toBe('abc');
  });

  test('ASCIIHexDecode, also an odd digit', () => {
    expect(decode({ Filter: name('ASCIIHexDecode') }, latin1('48 656C6C 6F7>zz')).toString()).toBe('Hellop');
  });

  test('ASCII85Decode with z and a short last group', () => {
    expect(decode({ Filter: name('ASCII85Decode') }, latin1('87cURD_*#4DfTZ)z~>'))).toEqual(
      Buffer.concat([latin1('Hello, World'), Buffer.alloc(4)]),
    );
    expect(decode({ Filter: name('A85') }, latin1('87cUR\nDZ~>')).toString()).toBe('Hello');
  });

  test('RunLengthDecode', () => {
    expect(
      decode({ Filter: name('RunLengthDecode') }, Buffer.from([2, 65, 66, 67, 254, 68, 128, 1])).toString(),
    ).toBe('ABCDDD');
  });

  test('LZWDecode: the example of §7.4.4.2', () => {
    const raw = Buffer.from('800B6050220C0C8501', 'hex');
    expect([...decode({ Filter: name('LZWDecode') }, raw)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
  });

  test.each([0, 1])('LZWDecode across code lengths, EarlyChange %i', (early) => {
    const data = Buffer.from(
      Array.from({ length: 9_000 }, (_, index) => (index * index * 7 + (index >> 3)) & 0xff),
    );
    const params = dict({ EarlyChange: early });
    expect(
      decode({ Filter: name('LZWDecode'), DecodeParms: params }, encodeLzw(data, early)).equals(data),
    ).toBe(true);
  });

  test('several filters in a row', () => {
    const hex = latin1(`${deflateSync('text').toString('hex')}>`);
    expect(decode({ Filter: array(name('AHx'), name('Fl')) }, hex).toString()).toBe('text');
  });

  test.each([0, 1, 2, 3, 4])('PNG predictor %i', (filter) => {
    const data = Buffer.from(Array.from({ length: 60 }, (_, index) => (index * 37) & 0xff));
    const raw = deflateSync(encodePng(data, filter, 12, 3));
    const params = dict({ Predictor: 15, Colors: 3, Columns: 4 });
    expect(decode({ Filter: name('FlateDecode'), DecodeParms: params }, raw)).toEqual(data);
  });

  test('TIFF predictor', () => {
    const raw = deflateSync(Buffer.from([10, 1, 1, 20, 2, 2]));
    const params = dict({ Predictor: 2, Columns: 3 });
    expect([...decode({ Filter: name('FlateDecode'), DecodeParms: params }, raw)]).toEqual([
      10, 11, 12, 20, 22, 24,
    ]);
  });

  test('a bomb stops at the cap, whatever the filter', () => {
    const bomb = deflateSync(Buffer.alloc(5_000_000));
    const swelling: readonly (readonly [string, Buffer])[] = [
      ['ASCII85Decode', Buffer.alloc(400_000, 'z')],
      ['ASCIIHexDecode', Buffer.alloc(2_400_000, '0')],
    ];
    for (const [filter, raw] of swelling) {
      expect(() => decode({ Filter: name(filter) }, raw, 1_000_000), filter).toThrow(/too many bytes/);
    }
    expect(() => decode({ Filter: name('FlateDecode') }, bomb, 1_000_000)).toThrow(/Flate/);
    const runs = Buffer.alloc(40_000, 129);
    expect(() => decode({ Filter: name('RunLengthDecode') }, runs, 1_000_000)).toThrow(/too many bytes/);
    expect(() => decode({ Filter: array(...Array.from({ length: 9 }, () => name('AHx'))) }, runs)).toThrow(
      /too many/,
    );
  });

  test('every step costs, also the one that fails and the one that another step undoes', () => {
    const allowance = { left: 3_000_000 };
    const give = (filters: readonly string[], raw: Buffer): number => {
      const source = stream({ Filter: array(...filters.map(name)) }, raw);
      return decodeStream(source, direct, allowance).length;
    };
    // a megabyte that the next filter throws away
    const vanishing = deflateSync(Buffer.alloc(1_000_000, 128));
    expect(give(['FlateDecode', 'RunLengthDecode'], vanishing)).toBe(0);
    expect(allowance.left).toBe(2_000_000);
    const damaged = Buffer.from(vanishing);
    damaged.subarray(-4).fill(0xff);
    expect(() => give(['FlateDecode'], damaged)).toThrow(/Flate/);
    expect(allowance.left).toBeLessThan(1_000_001);
    expect(() => give(['FlateDecode', 'RunLengthDecode'], deflateSync(Buffer.alloc(2_000_000)))).toThrow();
  });

  test('ASCII85 of every length comes back', () => {
    const source = Buffer.from('Lampung Timur \u0000\u0000\u0000\u0000\u00ff', 'latin1');
    for (let length = 0; length <= source.length; length++) {
      const piece = source.subarray(0, length);
      expect(decode({ Filter: name('ASCII85Decode') }, latin1(`${encode85(piece)}~>`))).toEqual(piece);
    }
  });

  test.each([
    ['FlateDecode', 'not zlib'],
    ['ASCIIHexDecode', 'zz'],
    ['ASCII85Decode', '{{{{{'],
    ['ASCII85Decode', '!~>'],
    ['DCTDecode', ''],
    ['LZWDecode', '\xff\xff\xff'],
  ])('%s refuses %j', (filter, raw) => {
    expect(() => decode({ Filter: name(filter) }, latin1(raw))).toThrow(/at byte/);
  });
});

/** ASCII85 as a writer does it, without the short form of four zeros. */
function encode85(data: Buffer): string {
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const piece = data.subarray(at, at + 4);
    let value = Buffer.concat([piece, Buffer.alloc(4)]).readUInt32BE();
    let group = '';
    for (let digit = 0; digit < 5; digit++, value = Math.floor(value / 85)) {
      group = String.fromCharCode(0x21 + (value % 85)) + group;
    }
    text += group.slice(0, piece.length + 1);
  }
  return text;
}

/** LZW as a writer does it: one code behind the reader's table. */
function encodeLzw(data: Uint8Array, early: number): Buffer {
  const bits: string[] = [];
  let table = new Map<string, number>();
  let next = 258;
  let width = 9;
  const emit = (code: number): void => {
    bits.push(code.toString(2).padStart(width, '0'));
  };
  const clear = (): void => {
    emit(256);
    table = new Map(Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), code]));
    next = 258;
    width = 9;
  };
  clear();
  let current = '';
  for (const byte of data) {
    const longer = current + String.fromCharCode(byte);
    if (table.has(longer)) {
      current = longer;
      continue;
    }
    emit(table.get(current) ?? 0);
    table.set(longer, next++);
    if (next + early > 1 << width) width++;
    if (next >= 4094) clear();
    current = String.fromCharCode(byte);
  }
  emit(table.get(current) ?? 0);
  next++;
  if (next + early > 1 << width) width++;
  emit(257);
  const all = bits.join('');
  const out: number[] = [];
  for (let at = 0; at < all.length; at += 8)
    out.push(Number.parseInt(all.slice(at, at + 8).padEnd(8, '0'), 2));
  return Buffer.from(out);
}

function encodePng(data: Uint8Array, filter: number, row: number, pixel: number): Buffer {
  const out: number[] = [];
  for (let from = 0; from < data.length; from += row) {
    out.push(filter);
    for (let index = 0; index < row; index++) {
      const at = (offset: number, inside: boolean): number => (inside ? (data[offset] ?? 0) : 0);
      const left = at(from + index - pixel, index >= pixel);
      const up = at(from + index - row, from >= row);
      const corner = at(from + index - row - pixel, from >= row && index >= pixel);
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const predicted = [0, left, up, (left + up) >> 1, paeth][filter] ?? 0;
      out.push(((data[from + index] ?? 0) - predicted) & 0xff);
    }
  }
  return Buffer.from(out);
}
