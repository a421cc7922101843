import type { Canvas } from '@napi-rs/canvas';
import { AppError } from '../contract/errors.ts';
import {
  claimsStatement,
  type ScannedCode,
  type ScannedPage,
  type ScanReading,
} from '../contract/statement.ts';
import { parsePdf, reserialise } from '../pdf/index.ts';
import type { CodeReader, Effort, Pixels } from './codes.ts';
import { isJpeg, isPng, mostBytes, pictureHeader, tooLarge } from './picture-header.ts';

/** Looks for QR codes in a scan or a photograph. To be run where hostile bytes may do no harm. */

/** Of a PDF; the answer tells how many there are beyond. */
const mostPages = 24;
/** No further page is begun after so long, in milliseconds; the answer tells that too. */
const longestReading = 45_000;
/** Pixels along the longer side that are searched: an A4 page at 420 dpi. */
const searchedSide = 5000;
/** An A4 page at 300 dpi. */
const drawnSide = 3508;
/** A picture smaller than this is searched once more at twice the size: messengers make pictures small. */
const smallSide = 2600;
/** Enough to read a letter beside the answer. */
const shownSide = 1600;
/** Pages whose picture goes along. */
const mostShown = 8;
const shownQuality = 82;

/** A PDF that can be drawn, of bytes that our parser re-serialised. */
interface DrawablePages {
  readonly pages: number;
  draw(
    page: number,
    annotations: boolean,
  ): Promise<{ readonly width: number; readonly height: number; readonly pixels: Uint8ClampedArray }>;
  close(): Promise<void>;
}

export interface ScanTools {
  readonly codes: CodeReader;
  readonly openDrawable: (bytes: Uint8Array, longestSide: number) => Promise<DrawablePages>;
}

/**
 * PNG, JPEG or PDF.
 * @throws AppError SCAN_UNREADABLE, SCAN_TOO_LARGE, PDF_UNREADABLE, PDF_ENCRYPTED
 */
export async function scanFile(given: Uint8Array, tools: ScanTools): Promise<ScanReading> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > mostBytes) throw tooLarge();
  if (isPng(bytes) || isJpeg(bytes)) {
    const whole = await decoded(bytes);
    return { pages: [await readPage(whole, 1, tools.codes, true, ['even', ...harder])], pageCount: 1 };
  }
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw new AppError('SCAN_UNREADABLE');
  return scanPdf(bytes, tools);
}

/** A file that our parser reads and the viewer cannot draw is as good as none. @throws AppError as scanFile */
async function scanPdf(bytes: Buffer, tools: ScanTools): Promise<ScanReading> {
  const judged = reserialise(parsePdf(bytes));
  try {
    const file = await tools.openDrawable(judged, drawnSide);
    try {
      return { pages: await readPages(file, tools.codes), pageCount: file.pages };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('SCAN_UNREADABLE', undefined, cause);
  }
}

/**
 * Every page once, as most codes can be read; only where no statement turned up are the pages searched again with all
 * that can be tried, as long as the time lasts.
 */
async function readPages(file: DrawablePages, codes: CodeReader): Promise<readonly ScannedPage[]> {
  const begun = performance.now();
  const inTime = (): boolean => performance.now() - begun <= longestReading;
  const pages: ScannedPage[] = [];
  const readOne = async (page: number, efforts: readonly Effort[]): Promise<ScannedPage> => {
    const { width, height, pixels } = await file.draw(page, true);
    const drawn = await canvasOf({ width, height, data: pixels });
    const shown = pages.filter(({ picture }) => picture !== null).length;
    const read = await readPage(drawn, page, codes, shown < mostShown, efforts);
    // A page without a code is shown only where number and date of a letter stand: on the first.
    return read.codes.length > 0 || page === 1 ? read : { ...read, picture: null };
  };
  for (let page = 1; page <= Math.min(file.pages, mostPages) && inTime(); page += 1)
    pages.push(await readOne(page, ['even']));
  if (pages.some((one) => one.codes.some(isStatement))) return pages;
  for (const [index, { page, codes: found }] of pages.entries()) {
    if (!inTime()) break;
    const again = await readOne(page, harder);
    const more = again.codes.filter((code) => !found.some((one) => same(one, code)));
    pages[index] = { ...again, codes: [...found, ...more] };
    if (more.some(isStatement)) break;
  }
  return pages;
}

/** @throws AppError SCAN_UNREADABLE also for a file that breaks off or is another size than it says. */
async function decoded(bytes: Buffer): Promise<Canvas> {
  const header = pictureHeader(bytes);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  try {
    const image = await loadImage(bytes);
    // Turned by its own EXIF note, a picture is as wide as it was high.
    const pixels = image.width * image.height;
    if (pixels !== header.width * header.height) throw new RangeError('not the size that the header says');
    const scale = Math.min(1, searchedSide / Math.max(image.width, image.height));
    const [width, height] = [sideOf(image.width, scale), sideOf(image.height, scale)];
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    // What is transparent is paper.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    return canvas;
  } catch (cause) {
    throw new AppError('SCAN_UNREADABLE', undefined, cause);
  }
}

const sideOf = (side: number, scale: number): number => Math.max(1, Math.round(side * scale));

async function canvasOf({ width, height, data }: Pixels): Promise<Canvas> {
  const { createCanvas, ImageData } = await import('@napi-rs/canvas');
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}

async function scaled(source: Canvas, scale: number): Promise<Canvas> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const [width, height] = [sideOf(source.width, scale), sideOf(source.height, scale)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

const pixelsOf = (canvas: Canvas): Pixels => {
  const { width, height } = canvas;
  return { width, height, data: canvas.getContext('2d').getImageData(0, 0, width, height).data };
};

async function readPage(
  canvas: Canvas,
  page: number,
  read: CodeReader,
  shows: boolean,
  efforts: readonly Effort[],
): Promise<ScannedPage> {
  const codes = await findCodes(canvas, read, efforts);
  const { width, height } = canvas;
  const scale = Math.min(1, shownSide / Math.max(width, height));
  const small = shows ? await (await scaled(canvas, scale)).encode('jpeg', shownQuality) : null;
  return { page, width, height, codes, picture: small && new Uint8Array(small) };
}

const harder: readonly Effort[] = ['faint', 'speckled'];
const isStatement = ({ text }: ScannedCode): boolean => claimsStatement(text);

/** One effort after the other until a statement turns up; whatever else was found on the way is kept. */
async function findCodes(
  canvas: Canvas,
  read: CodeReader,
  efforts: readonly Effort[],
): Promise<readonly ScannedCode[]> {
  const found: ScannedCode[] = [];
  const scales = Math.max(canvas.width, canvas.height) > smallSide ? [1] : [1, 2];
  for (const scale of scales) {
    const pixels = pixelsOf(scale === 1 ? canvas : await scaled(canvas, scale));
    for (const effort of efforts) {
      for (const code of await read(pixels, effort))
        if (!found.some((one) => same(one, code))) found.push(code);
      if (found.some(isStatement)) return found;
    }
  }
  return found;
}

/** The same text printed twice is two codes; the same place seen twice is one. */
const nearby = 0.02;
function same(one: ScannedCode, other: ScannedCode): boolean {
  const [x1, y1] = one.corners[0] ?? [0, 0];
  const [x2, y2] = other.corners[0] ?? [0, 0];
  return one.text === other.text && Math.abs(x1 - x2) < nearby && Math.abs(y1 - y2) < nearby;
}
