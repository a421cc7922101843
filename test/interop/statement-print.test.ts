import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import {
  checkStatement,
  importStatementKey,
  makeStatement,
  publicKeyOf,
} from '../../src/main/core/statement/index.ts';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import type { TypesetLetter } from '../../src/main/core/contract/index.ts';
import { pdfaFindings } from '../fixtures/pdfa.ts';
import { sample } from '../unit/typesetting/support.ts';
import { pdfOf, run } from './typesetting-support.ts';

/** A printed letter is checked by scanning: 300 dpi, 25 mm, with what printers and cameras do to a page. */
/** One key for good (a fixed Ed25519 seed after its PKCS #8 head): every run prints the same modules. */
const key = importStatementKey(
  Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
);
const office = { name: 'Kantor Uji', publicKey: publicKeyOf(key) };
const plain = sample('surat-undangan', {
  // As full as a code can be.
  subject: 'Undangan rapat koordinasi percepatan pelaporan capaian kinerja perangkat daerah triwulan keempat',
});
const letter: TypesetLetter = { ...plain, statement: makeStatement(plain, key) };
const dotsPerMm = 300 / 25.4;

let page: Buffer;
beforeAll(() => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
  const { file, pages } = pdfOf(letter);
  const last = `${pages}`;
  run('pdftoppm', '-r', '300', '-png', '-singlefile', '-f', last, '-l', last, file, file);
  page = readFileSync(`${file}.png`);
});

async function scanned(picture: Uint8Array) {
  const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 2 });
  return found.filter((one) => one.isValid);
}

/** Turned, blurred, with noise of a fixed seed, and saved as JPEG, as a telephone or an office scanner would. */
async function degraded(turn: number, blur: number, noise: number, quality: number): Promise<Uint8Array> {
  const image = await loadImage(page);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, image.width, image.height);
  context.translate(image.width / 2, image.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.filter = `blur(${blur}px)`;
  context.drawImage(image, -image.width / 2, -image.height / 2);
  const pixels = context.getImageData(0, 0, image.width, image.height);
  let seed = 20261122;
  for (let at = 0; at < pixels.data.length; at += 4) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const shift = (seed / 2 ** 32 - 0.5) * 2 * noise;
    for (let channel = at; channel < at + 3; channel += 1)
      pixels.data[channel] = (pixels.data[channel] ?? 0) * 0.8 + 25 + shift;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.encode('jpeg', quality);
}

describe('the code on the paper', () => {
  it('is 25 mm wide and reads as the statement', async () => {
    const [code, ...more] = await scanned(page);
    expect(more).toEqual([]);
    expect(code?.text).toBe(letter.statement);
    const { topLeft, topRight } = code?.position ?? { topLeft: { x: 0, y: 0 }, topRight: { x: 0, y: 0 } };
    const width = Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y) / dotsPerMm;
    expect(width).toBeGreaterThan(24);
    expect(width).toBeLessThan(26);
  });

  it.each([
    [1, 1, 20, 80],
    [-2, 1.5, 30, 60],
    [2, 1, 40, 50],
  ])('reads after a turn of %f°, blur %f px, noise ±%f and JPEG %f', async (turn, blur, noise, quality) => {
    const picture = await degraded(turn, blur, noise, quality);
    const [code] = await scanned(picture);
    expect(checkStatement(code?.text ?? '', [office])).toMatchObject({
      outcome: 'genuine',
      facts: { number: letter.number, date: letter.date },
    });
  });

  it('is the same page every time, and no code where there is no statement', async () => {
    expect(readFileSync(pdfOf(letter).file).equals(readFileSync(pdfOf(letter).file))).toBe(true);
    const { file } = pdfOf(plain);
    run('pdftoppm', '-r', '150', '-png', '-singlefile', file, file);
    expect(await scanned(readFileSync(`${file}.png`))).toEqual([]);
  });

  it('is one more figure for screen readers, in a file that still passes the PDF/A list', () => {
    const figures = (file: string): number =>
      run('pdfinfo', '-struct-text', file).split(/^\s*Figure\b/m).length - 1;
    const { file } = pdfOf(letter);
    expect(figures(file)).toBe(figures(pdfOf(plain).file) + 1);
    expect(pdfaFindings(parsePdf(readFileSync(file)))).toEqual([]);
  });
});
