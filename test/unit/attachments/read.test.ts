import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { deflateSync, inflateSync } from 'node:zlib';
import { PDFName } from 'pdf-lib';
import { readAttachment } from '../../../src/main/core/attachments/index.ts';
import type { AttachmentReading, PreparedPage } from '../../../src/main/core/contract/attachments.ts';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import { openDrawable } from '../../../src/main/core/verification/index.ts';
import {
  armed,
  landscape,
  pdfWith,
  picture,
  pngClaiming,
  signed,
  tiffOf,
  turned,
  turnedJpeg,
} from '../../fixtures/attachments.ts';
import { letterOf } from '../../fixtures/letter-kinds.ts';

const tools = { openDrawable };
const read = (bytes: Uint8Array, signedAnyway = false): Promise<AttachmentReading> =>
  readAttachment(bytes, signedAnyway, tools);

async function refusal(bytes: Uint8Array): Promise<{ code: string; params: unknown }> {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params };
    throw error;
  }
  return { code: 'none', params: undefined };
}

/** The grey level (0 to 15) of a pixel. */
function greyAt({ picture: { width, bytes } }: PreparedPage, x: number, y: number): number {
  const rows = inflateSync(bytes);
  const octet = rows[y * Math.ceil(width / 2) + (x >> 1)] ?? 0;
  return x % 2 === 0 ? octet >> 4 : octet & 15;
}

const only = (reading: AttachmentReading): PreparedPage => {
  const [page] = reading.pages;
  if (!page || reading.pages.length !== 1) throw new Error(`${reading.pages.length} pages`);
  return page;
};

describe('a PDF', () => {
  it('becomes a picture of each page, with its size and its words', async () => {
    const reading = await read(await pdfWith(['Daftar peserta', 'Halaman kedua'], landscape));
    expect(reading.type).toBe('application/pdf');
    expect(reading.leftOut).toEqual([]);
    expect(reading.pages.map(({ page }) => page)).toEqual([
      { width: 209.9, height: 297, words: 'Daftar peserta' },
      { width: 209.9, height: 297, words: 'Halaman kedua' },
      { width: 297, height: 209.9, words: '' },
    ]);
    // Text in greys, colours as JPEG.
    expect(reading.pages.map((one) => one.picture.encoding)).toEqual(['grey', 'grey', 'jpeg']);
    expect(reading.pages.every((one) => one.picture.bytes.length < 100_000)).toBe(true);
  });

  it('gives the same octets each time', async () => {
    const file = await pdfWith(['Sama'], landscape);
    expect(await read(file)).toEqual(await read(file));
  });

  it('stands as its own rotation says', async () => {
    const { page } = only(await read(await pdfWith(['Miring'], turned)));
    expect(page.width).toBeGreaterThan(page.height);
  });

  it('leaves behind what acts, carries and asks, and says so', async () => {
    const reading = await read(await pdfWith(['Formulir'], armed));
    expect([...reading.leftOut].toSorted()).toEqual(['comments', 'files', 'forms', 'links', 'scripts']);
    expect(Buffer.from(only(reading).picture.bytes).includes('app.alert')).toBe(false);
  });

  it('is refused where it is locked, broken, or of something else', async () => {
    const file = await pdfWith(['Rahasia']);
    // It opens without a password, and still says what may not be done with it.
    expect((await refusal(letterOf('encrypted'))).code).toBe('ATTACHMENT_ENCRYPTED');
    expect((await refusal(file.subarray(0, file.length / 2))).code).toBe('ATTACHMENT_BROKEN');
    expect((await refusal(Buffer.from('%PDF-1.7\nsisanya bukan apa-apa'))).code).toBe('ATTACHMENT_BROKEN');
    expect((await refusal(Buffer.from('PK\u0003\u0004 surat.docx'))).code).toBe('ATTACHMENT_TYPE');
    expect((await refusal(Buffer.from('<svg/>'))).code).toBe('ATTACHMENT_TYPE');
    expect((await refusal(Buffer.alloc(0))).code).toBe('ATTACHMENT_BROKEN');
  });

  it('is refused with too many pages, before any is drawn', async () => {
    const begun = performance.now();
    expect(await refusal(await pdfWith(Array.from({ length: 101 }, () => 'x')))).toEqual({
      code: 'ATTACHMENT_PAGES',
      params: { pages: 101, max: 100 },
    });
    expect(performance.now() - begun).toBeLessThan(8000);
  });

  it('is refused when a picture in it claims more pixels than a scan has, before it is decoded', async () => {
    const bomb = await pdfWith(['x'], (document) => {
      const { context } = document;
      const image = context.stream(deflateSync(Buffer.alloc(1000)), {
        Type: 'XObject',
        Subtype: 'Image',
        Width: 60_000,
        Height: 60_000,
        BitsPerComponent: 8,
        ColorSpace: 'DeviceGray',
        Filter: 'FlateDecode',
      });
      document.getPage(0).node.setXObject(PDFName.of('B'), context.register(image));
    });
    expect((await refusal(bomb)).code).toBe('ATTACHMENT_TOO_LARGE');
  });

  it('is refused when part of a page cannot be drawn', async () => {
    const torn = await pdfWith(['Halaman satu'], (document) => {
      const { context } = document;
      const page = document.addPage([595, 842]);
      const image = context.stream(Buffer.from('bukan gambar'), {
        Type: 'XObject',
        Subtype: 'Image',
        Width: 100,
        Height: 100,
        BitsPerComponent: 8,
        ColorSpace: 'DeviceRGB',
        Filter: 'JPXDecode',
      });
      page.node.setXObject(PDFName.of('B'), context.register(image));
      page.node.addContentStream(context.register(context.stream('q 100 0 0 100 50 50 cm /B Do Q')));
    });
    expect(await refusal(torn)).toEqual({ code: 'ATTACHMENT_NOT_DRAWN', params: { page: 2 } });
  });

  it('with signatures is taken only by somebody who knows that they do not come along', async () => {
    const file = await pdfWith(['Bertanda tangan'], signed);
    expect(await refusal(file)).toEqual({ code: 'ATTACHMENT_SIGNED', params: { count: 1 } });
    expect((await read(file, true)).leftOut).toEqual(['signatures']);
  });
});

describe('a picture', () => {
  it('is taken as it looks, without what else its file holds', async () => {
    const reading = await read(await picture(600, 300, 'png'));
    expect(reading).toMatchObject({ type: 'image/png', leftOut: [] });
    const { page, picture: made } = only(reading);
    expect(page).toEqual({ width: 101.6, height: 50.8, words: '' });
    expect(made).toMatchObject({ encoding: 'jpeg', width: 600, height: 300 });
  });

  it('stands upright by its EXIF note, and loses the note', async () => {
    const { page, picture: made } = only(await read(await turnedJpeg(600, 300, 6)));
    expect([made.width, made.height]).toEqual([300, 600]);
    expect(page.height).toBeGreaterThan(page.width);
    expect(Buffer.from(made.bytes).includes('Exif')).toBe(false);
  });

  it('larger than any paper needs is made smaller', async () => {
    const { picture: made } = only(await read(await picture(5000, 2500, 'jpeg')));
    expect([made.width, made.height]).toEqual([2923, 1462]);
  });

  it('that claims to be huge is refused before it is decoded', async () => {
    expect((await refusal(pngClaiming(60_000, 60_000))).code).toBe('ATTACHMENT_TOO_LARGE');
    expect((await refusal(pngClaiming(19_000, 19_000))).code).toBe('ATTACHMENT_TOO_LARGE');
    expect((await refusal(pngClaiming(4000, 4000))).code).toBe('ATTACHMENT_BROKEN');
    const whole = await picture(400, 300, 'jpeg');
    expect((await refusal(whole.subarray(0, 2000))).code).toBe('ATTACHMENT_BROKEN');
  });
});

describe('a TIFF', () => {
  /** 16 × 8, left half white, right half black. */
  const halves = Buffer.alloc(16 * 8, 0);
  for (let y = 0; y < 8; y += 1) halves.fill(255, y * 16, y * 16 + 8);
  const grey = [
    [258, 3, 8],
    [262, 3, 1],
  ] as const;

  it.each([
    { compression: 1, strip: halves },
    { compression: 8, strip: deflateSync(halves) },
    {
      compression: 32773,
      strip: Buffer.concat(Array.from({ length: 8 }, () => Buffer.from([0xf9, 255, 0xf9, 0]))),
    },
  ])('of compression $compression is read', async ({ compression, strip }) => {
    const file = tiffOf([{ width: 16, height: 8, tags: [...grey, [259, 3, compression]], strip }]);
    const reading = await read(file);
    expect(reading.type).toBe('image/tiff');
    const page = only(reading);
    const { width, height } = page.picture;
    expect(greyAt(page, Math.floor(width / 8), Math.floor(height / 2))).toBe(15);
    expect(greyAt(page, Math.floor((7 * width) / 8), Math.floor(height / 2))).toBe(0);
  });

  it('of a fax machine has a page for each sheet', async () => {
    // Group 4: every line as the one above it, which is white, is one bit: V0.
    const strip = Buffer.from([0xff]);
    const sheet = {
      width: 64,
      height: 8,
      tags: [
        [258, 3, 1],
        [262, 3, 0],
        [259, 3, 4],
      ] as const,
      strip,
    };
    const reading = await read(tiffOf([sheet, sheet]));
    expect(reading.pages).toHaveLength(2);
    for (const page of reading.pages) expect(greyAt(page, Math.floor(page.picture.width / 2), 4)).toBe(15);
  });

  it('is refused where it is broken, endless, huge or of a kind nobody scans', async () => {
    const sheet = { width: 16, height: 8, tags: [...grey, [259, 3, 1]] as const, strip: halves };
    const good = tiffOf([sheet]);
    expect((await refusal(good.subarray(0, 60))).code).toBe('ATTACHMENT_BROKEN');
    const endless = Buffer.from(good);
    endless.writeUInt32LE(good.readUInt32LE(4), good.length - 4);
    expect((await refusal(endless)).code).toBe('ATTACHMENT_BROKEN');
    expect((await refusal(tiffOf([{ ...sheet, width: 19_000, height: 19_000 }]))).code).toBe(
      'ATTACHMENT_TOO_LARGE',
    );
    expect((await refusal(tiffOf([{ ...sheet, tags: [...grey, [259, 3, 34712]] }]))).code).toBe(
      'ATTACHMENT_TYPE',
    );
    expect((await refusal(tiffOf(Array.from({ length: 101 }, () => sheet)))).code).toBe('ATTACHMENT_PAGES');
  });
});

describe('whatever is cut or changed', () => {
  it('ends in a coded refusal or in pages, never otherwise', async () => {
    const canvas = createCanvas(40, 40);
    const seeds = [
      await pdfWith(['Utuh'], armed),
      await picture(40, 30, 'jpeg'),
      await canvas.encode('png'),
      tiffOf([
        {
          width: 8,
          height: 8,
          tags: [
            [258, 3, 8],
            [262, 3, 1],
            [259, 3, 1],
          ],
          strip: Buffer.alloc(64),
        },
      ]),
    ];
    let state = 7;
    const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 60; round += 1) {
      const seed = Buffer.from(seeds[round % seeds.length] ?? Buffer.alloc(0));
      for (let change = 0; change < 3; change += 1) seed[next(seed.length)] = next(256);
      const cut = seed.subarray(0, round % 3 === 0 ? next(seed.length) + 1 : seed.length);
      expect((await refusal(cut)).code).toMatch(/^(none|ATTACHMENT_[A-Z_]+)$/);
    }
  }, 60_000);
});
