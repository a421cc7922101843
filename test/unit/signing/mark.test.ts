import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeStream, isStream, parsePdf, signatureFields } from '../../../src/main/core/pdf/index.ts';
import type { PdfFile, PdfStream, PdfValue } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { markLines, signPdf } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../../fixtures/letters.ts';
import { pdfaFindings } from '../../fixtures/pdfa.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';

const { p256 } = testPki();
const signer = signerFromPkcs8(p256.privateKey, p256.certificate, p256.chain);
const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');
const mark = { page: 1, x: 50, y: 60, w: 240, h: 60, lines: ['Siti', 'Kepala Dinas'], font };
type Mark = NonNullable<SignOptions['visible']>;
const sign = async (visible: Mark, pdf?: Uint8Array): Promise<PdfFile> =>
  parsePdf(await signPdf(pdf ?? (await inputPdf('table')), { signer, time: fixedNow, visible }));
const reason = (text: string): unknown =>
  expect.objectContaining({ code: 'SIGN_FAILED', params: { reason: text } });

function appearance(file: PdfFile): { drawn: PdfStream; text: string; widget: PdfValue } {
  const widget = signatureFields(file)[0]?.dict ?? null;
  const drawn = file.get(file.get(widget, 'AP'), 'N');
  if (!isStream(drawn)) throw new Error('no appearance');
  return { drawn, text: Buffer.from(drawn.raw).toString('latin1'), widget };
}

/** 8-bit PNG of 2 × 1 pixels, no filter. */
function png(
  colourType: number,
  samples: readonly number[],
  extra: Readonly<Record<string, Buffer>> = {},
): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, colourType, 0, 0, 0]);
  const more = Object.entries(extra).map(([type, data]) => chunk(type, data));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(Buffer.from([0, ...samples]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixels(file: PdfFile): { colour: PdfValue; values: number[] } {
  const { drawn } = appearance(file);
  const image = file.get(file.get(file.get(drawn.dict, 'Resources'), 'XObject'), 'I1');
  if (!isStream(image)) throw new Error('no image');
  return {
    colour: file.get(image.dict, 'ColorSpace'),
    values: [...decodeStream(image, (value) => value ?? null)],
  };
}

describe('what a mark says', () => {
  it('name, post, time and zone', () => {
    const time = new Date('2026-11-22T17:30:00Z');
    expect(markLines({ name: 'Siti', post: 'Kepala Dinas', time })).toEqual([
      'Siti',
      'Kepala Dinas',
      '23-11-2026 00.30 WIB',
    ]);
    expect(markLines({ name: 'Siti', time, offsetMinutes: 540 })[1]).toBe('23-11-2026 02.30 WIT');
    expect(markLines({ name: 'Siti', time, offsetMinutes: -210 })[1]).toBe('22-11-2026 14.00 UTC-03.30');
  });
});

describe('a code', () => {
  const qr = Array.from({ length: 21 }, (_, y) => Array.from({ length: 21 }, (_, x) => x === y || x === 0));

  it('is drawn as dark runs on white with its quiet zone, beside the text', async () => {
    const { text } = appearance(await sign({ ...mark, qr }));
    expect(text).toContain('1 g 0 0 29 29 re f 0 g');
    // rows from the top: the second has two runs, the first one of a single module
    expect(text).toContain('\n4 24 1 1 re\n4 23 2 1 re\n4 22 1 1 re\n6 22 1 1 re\n');
    const side = 54;
    const left = Number(/Tf ([\d.]+) /.exec(text)?.[1]);
    expect(left).toBeGreaterThanOrEqual(3 + side);
  });

  it('that is no square is refused', async () => {
    for (const bad of [qr.slice(1), qr.map((row) => row.slice(1)), [[true]]])
      await expect(sign({ ...mark, qr: bad })).rejects.toEqual(reason('QR'));
  });
});

describe('a picture', () => {
  it.each([
    ['grey', 0, [10, 200], {}, 'DeviceGray', [10, 200]],
    ['colour', 2, [1, 2, 3, 4, 5, 6], {}, 'DeviceRGB', [1, 2, 3, 4, 5, 6]],
    ['grey, half clear and clear', 4, [0, 128, 0, 0], {}, 'DeviceGray', [127, 255]],
    ['colour, opaque and clear', 6, [9, 8, 7, 255, 0, 0, 0, 0], {}, 'DeviceRGB', [9, 8, 7, 255, 255, 255]],
    [
      'palette with a clear entry',
      3,
      [1, 0],
      { PLTE: Buffer.from([0, 0, 0, 7, 8, 9]), tRNS: Buffer.from([0]) },
      'DeviceRGB',
      [7, 8, 9, 255, 255, 255],
    ],
  ] as const)('PNG %s is laid on white', async (_, type, samples, extra, colour, expected) => {
    const found = pixels(await sign({ ...mark, image: png(type, samples, extra) }));
    expect(found.colour).toMatchObject({ value: colour });
    expect(found.values).toEqual(expected);
  });

  it('JPEG goes in as it is', async () => {
    const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 30, 0, 40, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), frame, Buffer.from([0xff, 0xd9])]);
    const file = await sign({ ...mark, image: jpeg });
    const { drawn } = appearance(file);
    const image = file.get(file.get(file.get(drawn.dict, 'Resources'), 'XObject'), 'I1');
    expect(isStream(image) && Buffer.from(image.raw).equals(jpeg)).toBe(true);
    expect(isStream(image) && [file.get(image.dict, 'Width'), file.get(image.dict, 'Height')]).toEqual([
      40, 30,
    ]);
  });

  it('of another kind is refused', async () => {
    const interlaced = png(2, [1, 2, 3, 4, 5, 6]);
    interlaced[28] = 1;
    const cmyk = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 30, 0, 40, 4]);
    for (const image of [Buffer.from('GIF89a'), interlaced, cmyk, Buffer.alloc(0), png(2, [1]), png(7, [1])])
      await expect(sign({ ...mark, image })).rejects.toEqual(reason('IMAGE'));
  });
});

describe('the place', () => {
  it('is moved into the page where it would stick out, and refused outside', async () => {
    const file = await sign({ ...mark, x: 500, y: -20 });
    expect(file.get(appearance(file).widget, 'Rect')).toMatchObject({ items: [355, 0, 595, 60] });
    await expect(sign({ ...mark, x: 600 })).rejects.toEqual(reason('RECTANGLE'));
    await expect(sign({ ...mark, w: 700 })).rejects.toEqual(reason('RECTANGLE'));
  });
});

describe('a typeset letter', () => {
  const letter = createTypesetter({ resourcesDir: 'resources' }).typeset({
    letter: sampleLetter(1),
    profile: null,
    createdAt: '2026-11-22T00:00:00Z',
  }).pdf;
  const qr = Array.from({ length: 21 }, (_, y) => Array.from({ length: 21 }, (_, x) => (x + y) % 2 === 0));

  it('stays PDF/A-2a as far as our checklist sees, with a mark and without', async () => {
    expect(pdfaFindings(parsePdf(letter))).toEqual([]);
    const image = png(6, [9, 8, 7, 255, 0, 0, 0, 0]);
    expect(pdfaFindings(await sign({ ...mark, qr, image }, letter))).toEqual([]);
    const unseen = await signPdf(letter, { signer, time: fixedNow });
    expect(pdfaFindings(parsePdf(unseen))).toEqual([]);
    expect(pdfaFindings(parsePdf(await signPdf(unseen, { signer, time: fixedNow, visible: mark })))).toEqual(
      [],
    );
  });

  it('the checklist is not blind', async () => {
    const text = Buffer.from(await signPdf(letter, { signer, time: fixedNow })).toString('latin1');
    const found = (from: string, to: string): string[] =>
      pdfaFindings(parsePdf(Buffer.from(text.replaceAll(from, to), 'latin1')));
    expect(found('/F 132', '/F 134')).toEqual(['6.3.2 flags of an annotation']);
    expect(found('/OutputIntents', '/OutputIntentx').join()).toContain('6.2.3');
  });
});
