import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  makeCard,
  makeStatement,
  newStatementKey,
  writeCard,
} from '../../../src/main/core/statement/index.ts';
import { faxPdf, faxText } from '../../fixtures/fax-pdf.ts';
import { sampleLetter } from '../../fixtures/letters.ts';
import { removeFolder, testApp, type TestApp } from '../../fixtures/engine.ts';

/** Pictures of paper through the application and its pool: what is on them, and what hostile ones cannot do. */
let app: TestApp;
beforeAll(() => {
  app = testApp();
});
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const key = newStatementKey();
const card = writeCard(makeCard('Sekretariat Daerah', key, []));
const scan = (bytes: Uint8Array) => app.ask('tool.statementScan', { bytes, cards: [card] });
const refused = (bytes: Uint8Array) => app.refused('tool.statementScan', { bytes, cards: [card] });

/** A page with codes at places (left, top), 6 pixels a module. */
async function sheet(
  codes: readonly (readonly [text: string, left: number, top: number])[],
  format: 'png' | 'jpeg' = 'png',
): Promise<Buffer> {
  const canvas = createCanvas(1700, 1200);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  for (const [text, left, top] of codes) {
    const { data } = encode(text, { ecc: 'M', border: 0 });
    for (const [y, row] of data.entries())
      for (const [x, dark] of row.entries()) if (dark) context.fillRect(left + 6 * x, top + 6 * y, 6, 6);
  }
  return format === 'png' ? canvas.encode('png') : canvas.encode('jpeg', 80);
}

const statementOf = (count: number): string => makeStatement(sampleLetter(count), key) ?? '';

describe('a picture', () => {
  it('with several codes gives them all, each with its own answer and place', async () => {
    const foreign = makeStatement(sampleLetter(3), newStatementKey()) ?? '';
    const broken = `${statementOf(1).slice(0, -3)}000`;
    const codes = [
      [statementOf(1), 60, 60],
      [statementOf(2), 900, 60],
      [foreign, 60, 640],
      [broken, 900, 640],
      ['https://contoh.test/surat', 1400, 60],
    ] as const;
    for (const format of ['png', 'jpeg'] as const) {
      const { pages, pageCount } = await scan(await sheet(codes, format));
      expect(pageCount).toBe(1);
      const found = new Map(pages[0]?.codes.map((one) => [one.text, one]));
      expect(found.size).toBe(5);
      const answers = codes.map(([text]) => found.get(text)?.check?.outcome ?? null);
      expect(answers).toEqual(['genuine', 'genuine', 'unknown-office', 'forged', null]);
      const [[left, top] = [0, 0]] = found.get(statementOf(2))?.corners ?? [];
      expect(left).toBeCloseTo(900 / 1700, 2);
      expect(top).toBeCloseTo(60 / 1200, 2);
      expect(pages[0]?.picture?.slice(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
    }
  });

  it('with the same code twice tells both', async () => {
    const twice = [
      [statementOf(1), 60, 60],
      [statementOf(1), 900, 600],
    ] as const;
    expect((await scan(await sheet(twice))).pages[0]?.codes).toHaveLength(2);
  });

  it('without a code is no failure, down to a single pixel', async () => {
    expect((await scan(await sheet([]))).pages[0]?.codes).toEqual([]);
    const tiny = await createCanvas(1, 1).encode('png');
    expect((await scan(tiny)).pages[0]).toMatchObject({ width: 1, height: 1, codes: [] });
  });

  it('in a PDF from a copier, coded as fax machines do, is drawn and read', async () => {
    const { pages, pageCount } = await scan(faxPdf());
    expect(pageCount).toBe(1);
    expect(pages[0]?.codes.map((one) => one.text)).toEqual([faxText]);
  });

  it('holds nothing of a code longer than any statement', async () => {
    const long = 'A'.repeat(1800);
    const [code] = (await scan(await sheet([[long, 40, 40]]))).pages[0]?.codes ?? [];
    expect(code).toMatchObject({ text: 'A'.repeat(1000), check: null });
  });
});

it('pictures with wrong bytes are read or refused, never more than that', async () => {
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const small = createCanvas(64, 48);
  const pictures = [await small.encode('png'), await small.encode('jpeg', 60), faxPdf()];
  for (let turn = 0; turn < 60; turn += 1) {
    const bytes = Buffer.from(pictures[turn % pictures.length] ?? []);
    for (let count = 1 + next(6); count > 0; count -= 1) bytes[next(bytes.length)] = next(256);
    const cut = next(4) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
    const result = await app.engine.app.call('tool.statementScan', { bytes: cut, cards: [] });
    const answered = result.ok || /^(SCAN|PDF)_/.test(result.error.code);
    expect(answered, result.ok ? '' : `${turn}: ${result.error.code}`).toBe(true);
  }
}, 60_000);

describe('a hostile file is refused with a code, and the next one is read', () => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // No reader of ours looks at the checksum before the size.
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const png = (width: number, height: number, data: Buffer): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 2], 8);
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    return Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', data),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };
  const jpeg = (width: number, height: number): Buffer => {
    const frame = Buffer.from('ffd8ffc0001108000000000301110002110103110100ffd9', 'hex');
    frame.writeUInt16BE(height, 7);
    frame.writeUInt16BE(width, 9);
    return frame;
  };

  it.each<readonly [string, () => Buffer | Promise<Buffer>, string]>([
    ['nothing', () => Buffer.alloc(0), 'SCAN_UNREADABLE'],
    ['text', () => Buffer.from('ELT1:0000'), 'SCAN_UNREADABLE'],
    [
      'an SVG, which draws from anywhere',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'SCAN_UNREADABLE',
    ],
    ['a GIF', () => Buffer.from('GIF89a000000000000'), 'SCAN_UNREADABLE'],
    [
      'a PNG of 30 000 × 30 000',
      () => png(30_000, 30_000, deflateSync(Buffer.alloc(1000))),
      'SCAN_TOO_LARGE',
    ],
    ['a PNG of 2^31 × 1', () => png(2 ** 31, 1, Buffer.alloc(4)), 'SCAN_TOO_LARGE'],
    ['a PNG of 0 × 0', () => png(0, 0, Buffer.alloc(4)), 'SCAN_UNREADABLE'],
    [
      'a PNG that holds less than it says',
      () => png(4000, 4000, deflateSync(Buffer.alloc(10))),
      'SCAN_UNREADABLE',
    ],
    ['a JPEG of 65 535 × 65 535', () => jpeg(65_535, 65_535), 'SCAN_TOO_LARGE'],
    ['a JPEG of frame header only', () => jpeg(100, 100), 'SCAN_UNREADABLE'],
    ['a JPEG that ends at once', () => Buffer.from('ffd8ffd9', 'hex'), 'SCAN_UNREADABLE'],
    [
      'a JPEG of fill bytes',
      () => Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(5000, 0xff)]),
      'SCAN_UNREADABLE',
    ],
    [
      'a JPEG of empty segments',
      () => Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from('ffe00000'.repeat(5000), 'hex')]),
      'SCAN_UNREADABLE',
    ],
    [
      'a PNG that breaks off',
      async () => (await sheet([[statementOf(1), 60, 60]])).subarray(0, 900),
      'SCAN_UNREADABLE',
    ],
    [
      'a JPEG that breaks off, with a thumbnail in it',
      async () => {
        const whole = await sheet([[statementOf(1), 60, 60]], 'jpeg');
        const note = Buffer.from('ffe1000affd8ffd900000000', 'hex');
        return Buffer.concat([whole.subarray(0, 2), note, whole.subarray(2, 20_000)]);
      },
      'SCAN_UNREADABLE',
    ],
    ['a PDF that is none', () => Buffer.from('%PDF-1.7\nsurat'), 'PDF_UNREADABLE'],
    ['65 MB', () => Buffer.alloc(65 * 1024 * 1024), 'SCAN_TOO_LARGE'],
  ])('%s', async (_, make, code) => {
    expect(await refused(await make())).toBe(code);
    expect((await scan(await sheet([[statementOf(1), 60, 60]]))).pages[0]?.codes).toHaveLength(1);
  });
});
