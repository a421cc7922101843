import { readFileSync } from 'node:fs';
import { createCanvas, loadImage, type Image } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaperReading, TypesetLetter } from '../../src/main/core/contract/index.ts';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import {
  importStatementKey,
  makeCard,
  makeStatement,
  writeCard,
} from '../../src/main/core/statement/index.ts';
import { removeFolder, testApp, type TestApp } from '../fixtures/engine.ts';
import { pdfaFindings } from '../fixtures/pdfa.ts';
import { sample } from '../unit/typesetting/support.ts';
import { pdfOf, run } from './typesetting-support.ts';

/** A printed letter is checked by scanning: 300 dpi, 25 mm, with what printers and cameras do to a page. */
/** One key for good (a fixed Ed25519 seed after its PKCS #8 head): every run prints the same modules. */
const key = importStatementKey(
  Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
);
const office = makeCard('Kantor Uji', key, []);
const plain = sample('surat-undangan', {
  // As full as a code can be.
  subject: 'Undangan rapat koordinasi percepatan pelaporan capaian kinerja perangkat daerah triwulan keempat',
});
const letter: TypesetLetter = { ...plain, statement: makeStatement(plain, key) };
const dotsPerMm = 300 / 25.4;

let app: TestApp;
let file: string;
let page: Buffer;
let image: Image;
beforeAll(async () => {
  app = testApp();
  const made = pdfOf(letter);
  ({ file } = made);
  const last = `${made.pages}`;
  run('pdftoppm', '-r', '300', '-png', '-singlefile', '-f', last, '-l', last, file, file);
  page = readFileSync(`${file}.png`);
  image = await loadImage(page);
});
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

/** The way of the product: the application, its pool's process, the reader in it. */
const scanned = (bytes: Uint8Array): Promise<PaperReading> =>
  app.ask('tool.statementScan', { bytes, cards: [writeCard(office)] });
const isGenuine = ({ pages }: PaperReading): boolean =>
  pages.some(({ codes }) =>
    codes.some(({ text, check }) => text === letter.statement && check?.outcome === 'genuine'),
  );

interface Paper {
  /** Degrees. */
  readonly turn?: number;
  /** Shear, as a camera that is not above the page sees it. */
  readonly skew?: number;
  /** Pixels. */
  readonly blur?: number;
  /** Plus or minus, of 255. */
  readonly noise?: number;
  /** What is left between black and white. */
  readonly contrast?: number;
  /** How much darker the right edge is, of 255. */
  readonly shade?: number;
  readonly dpi?: number;
  /** Of the JPEG. */
  readonly quality: number;
}

/** With noise of a fixed seed, and saved as JPEG: what printers, scanners, cameras and messengers do to a page. */
async function degraded(paper: Paper): Promise<Uint8Array> {
  const { turn = 0, skew = 0, blur = 0, noise = 0, contrast = 0.8, shade = 0, dpi = 300, quality } = paper;
  const scale = dpi / 300;
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.filter = `blur(${blur}px)`;
  context.translate(width / 2, height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.transform(1, skew, skew / 2, 1, 0, 0);
  context.scale(scale, scale);
  context.drawImage(image, -image.width / 2, -image.height / 2);
  const pixels = context.getImageData(0, 0, width, height);
  let seed = 20261122;
  for (let at = 0; at < pixels.data.length; at += 4) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const shift = (seed / 2 ** 32 - 0.5) * 2 * noise - (((at / 4) % width) / width) * shade;
    for (let channel = at; channel < at + 3; channel += 1)
      pixels.data[channel] = (pixels.data[channel] ?? 0) * contrast + (1 - contrast) * 128 + shift;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.encode('jpeg', quality);
}

describe('the code on the paper', () => {
  it('is 25 mm wide and reads as the statement', async () => {
    const { pages } = await scanned(page);
    const [only, ...more] = pages[0]?.codes ?? [];
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      text: letter.statement,
      check: { outcome: 'genuine', facts: { number: letter.number, date: letter.date } },
    });
    const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = only?.corners ?? [];
    const width = Math.hypot((x2 - x1) * image.width, (y2 - y1) * image.height) / dotsPerMm;
    expect(width).toBeGreaterThan(24);
    expect(width).toBeLessThan(26);
  });

  it('reads from the PDF itself, with a picture to compare with', async () => {
    const reading = await scanned(readFileSync(file));
    expect(isGenuine(reading)).toBe(true);
    const shown = await loadImage(Buffer.from(reading.pages.at(-1)?.picture ?? []));
    expect([shown.height, shown.width < shown.height]).toEqual([1600, true]);
  });

  it.each<readonly [string, Paper]>([
    ['a scanner, page askew', { turn: 1, blur: 1, noise: 20, quality: 80 }],
    ['a copier', { turn: -2, blur: 1.5, noise: 30, quality: 60 }],
    ['a copy of a copy', { turn: 2, blur: 1, noise: 40, quality: 50 }],
    ['upside down', { dpi: 200, turn: 183, blur: 1, noise: 10, quality: 80 }],
    ['held anyhow', { dpi: 200, turn: 37, blur: 1, noise: 20, quality: 80 }],
    ['from the side', { dpi: 200, turn: 5, skew: 0.15, blur: 1, noise: 20, quality: 80 }],
    ['toner running out', { dpi: 200, contrast: 0.2, noise: 10, quality: 80 }],
    ['a shadow over it', { dpi: 200, shade: 120, noise: 10, quality: 80 }],
    ['150 dpi', { dpi: 150, blur: 0.5, noise: 10, quality: 80 }],
    ['sent by a messenger', { dpi: 135, turn: 3, skew: 0.05, blur: 0.8, noise: 12, quality: 50 }],
    ['a small picture', { dpi: 110, blur: 0.5, noise: 15, quality: 60 }],
    ['100 dpi', { dpi: 100, blur: 0.5, noise: 15, quality: 60 }],
  ])('reads after: %s', async (_, paper) => {
    expect(isGenuine(await scanned(await degraded(paper)))).toBe(true);
  });

  it('is the same page every time, and no code where there is no statement', async () => {
    expect(readFileSync(pdfOf(letter).file).equals(readFileSync(pdfOf(letter).file))).toBe(true);
    const { file } = pdfOf(plain);
    run('pdftoppm', '-r', '150', '-png', '-singlefile', file, file);
    expect((await scanned(readFileSync(`${file}.png`))).pages[0]?.codes).toEqual([]);
  });

  it('is one more figure for screen readers, in a file that still passes the PDF/A list', () => {
    const figures = (file: string): number =>
      run('pdfinfo', '-struct-text', file).split(/^\s*Figure\b/m).length - 1;
    const { file } = pdfOf(letter);
    expect(figures(file)).toBe(figures(pdfOf(plain).file) + 1);
    expect(pdfaFindings(parsePdf(readFileSync(file)))).toEqual([]);
  });
});
