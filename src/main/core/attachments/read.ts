import { AppError } from '../contract/errors.ts';
import {
  maximumAttached,
  maximumAttachmentFile,
  maximumAttachmentPages,
  type AttachedPage,
  type AttachmentReading,
  type PreparedPage,
} from '../contract/attachments.ts';
import { parsePdf, reserialise, type PdfFile } from '../pdf/index.ts';
import { isJpeg, isPng, pictureHeader } from '../scan/picture-header.ts';
import { encodePage } from './draw.ts';
import { inspect, requireDrawable, scannedSides } from './inspect.ts';
import { isTiff, tiffAsPdf } from './tiff.ts';

/** A file that somebody attaches → its pages as pictures. To be run where hostile bytes may do no harm. */

/** A PDF that can be drawn, of bytes that our parser re-serialised. */
interface DrawablePages {
  readonly pages: number;
  draw(page: number, annotations: boolean, deadline?: number, longest?: number): Promise<DrawnPage>;
  words(page: number): Promise<string>;
  close(): Promise<void>;
}

interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
  readonly gaps: number;
  locate(pixels: readonly [number, number, number, number]): readonly [number, number, number, number];
}

export interface AttachmentTools {
  readonly openDrawable: (bytes: Uint8Array, longestSide: number) => Promise<DrawablePages>;
}

/** Pixels along the longer side of a PDF's page: 200 dpi on A4. */
const drawnSide = 2339;
/** No page is drawn with fewer: 106 dpi on A4. */
const smallestSide = 1240;
/** The same of a picture: 250 dpi on A4. */
const pictureSide = 2923;
/** A picture has no size of its own: it is printed with so many pixels an inch, or more where it has to be smaller. */
const pictureDpi = 150;
/** For all pages of a file, in milliseconds. */
const longestDrawing = 240_000;
/** Characters of a page's words that go along. */
const mostWords = 800;
const millimetres = 25.4;

/**
 * PDF, JPEG, PNG or TIFF, told by its content and never by its name.
 * @param signedAnyway take a signed PDF too, although its signatures do not come along.
 * @throws AppError ATTACHMENT_TYPE, ATTACHMENT_BROKEN, ATTACHMENT_ENCRYPTED, ATTACHMENT_SIGNED {count},
 * ATTACHMENT_TOO_LARGE {megabytes, megapixels}, ATTACHMENT_PAGES {pages, max}, ATTACHMENT_NOT_DRAWN {page}
 */
export async function readAttachment(
  given: Uint8Array,
  signedAnyway: boolean,
  tools: AttachmentTools,
): Promise<AttachmentReading> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > maximumAttachmentFile) throw tooLarge();
  if (bytes.length === 0) throw new AppError('ATTACHMENT_BROKEN');
  if (isPng(bytes)) return { type: 'image/png', pages: [await drawPicture(bytes)], leftOut: [] };
  if (isJpeg(bytes)) return { type: 'image/jpeg', pages: [await drawPicture(bytes)], leftOut: [] };
  if (isTiff(bytes)) {
    const pages = await drawPages(judged(tiffAsPdf(bytes)), tools);
    return { type: 'image/tiff', pages, leftOut: [] };
  }
  // A reader finds the header within the first 1024 octets (ISO 32000-2 Annex I, note to §7.5.2).
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw new AppError('ATTACHMENT_TYPE');
  const file = judged(bytes);
  const { signatures, leftOut } = inspect(file);
  if (signatures > 0 && !signedAnyway) throw new AppError('ATTACHMENT_SIGNED', { count: signatures });
  return { type: 'application/pdf', pages: await drawPages(file, tools), leftOut };
}

const tooLarge = (cause?: unknown): AppError =>
  new AppError(
    'ATTACHMENT_TOO_LARGE',
    { megabytes: maximumAttachmentFile / 1024 ** 2, megapixels: 64 },
    cause,
  );

/** @throws AppError ATTACHMENT_ENCRYPTED, ATTACHMENT_BROKEN, ATTACHMENT_PAGES, ATTACHMENT_TOO_LARGE */
function judged(bytes: Uint8Array): PdfFile {
  let file: PdfFile;
  try {
    file = parsePdf(bytes);
  } catch (cause) {
    const encrypted = cause instanceof AppError && cause.code.startsWith('PDF_ENCRYPT');
    throw new AppError(encrypted ? 'ATTACHMENT_ENCRYPTED' : 'ATTACHMENT_BROKEN', undefined, cause);
  }
  // One that opens without a password forbids its author's wishes still: it is for whoever has the password to lift.
  if (file.encryption) throw new AppError('ATTACHMENT_ENCRYPTED');
  requireDrawable(file, tooLarge);
  return file;
}

/** @throws AppError ATTACHMENT_BROKEN, ATTACHMENT_NOT_DRAWN {page}, ATTACHMENT_TOO_LARGE */
async function drawPages(file: PdfFile, tools: AttachmentTools): Promise<readonly PreparedPage[]> {
  const deadline = performance.now() + longestDrawing;
  const source = await opened(file, tools);
  // A scan gains nothing from more pixels than it has.
  const sides = scannedSides(file).map((side) =>
    side === null ? drawnSide : Math.min(drawnSide, Math.max(smallestSide, side)),
  );
  const pages: PreparedPage[] = [];
  let size = 0;
  try {
    if (source.pages > maximumAttachmentPages)
      throw new AppError('ATTACHMENT_PAGES', { pages: source.pages, max: maximumAttachmentPages });
    for (let page = 1; page <= source.pages; page += 1) {
      const longest = sides[page - 1] ?? drawnSide;
      const drawn = await drawPage(source, page, deadline, longest);
      size += drawn.picture.bytes.length;
      if (size > maximumAttached) throw tooLarge();
      pages.push(drawn);
    }
  } finally {
    await source.close();
  }
  if (pages.length === 0) throw new AppError('ATTACHMENT_BROKEN');
  return pages;
}

async function opened(file: PdfFile, tools: AttachmentTools): Promise<DrawablePages> {
  try {
    return await tools.openDrawable(reserialise(file), drawnSide);
  } catch (cause) {
    throw new AppError('ATTACHMENT_BROKEN', undefined, cause);
  }
}

async function drawPage(
  source: DrawablePages,
  page: number,
  deadline: number,
  longest: number,
): Promise<PreparedPage> {
  let drawn: DrawnPage;
  let words: string;
  try {
    drawn = await source.draw(page, true, deadline, longest);
    words = plainWords(await source.words(page));
  } catch (cause) {
    throw new AppError('ATTACHMENT_NOT_DRAWN', { page }, cause);
  }
  // What is signed must be the whole page: one with a hole in it is not attached.
  if (drawn.gaps > 0) throw new AppError('ATTACHMENT_NOT_DRAWN', { page });
  const { width, height, pixels } = drawn;
  const [left, bottom, right, top] = drawn.locate([0, 0, width, height]);
  const points = Math.max(Math.abs(right - left), Math.abs(top - bottom)) / Math.max(width, height);
  const natural = (length: number): number => (length * points * millimetres) / 72;
  return {
    page: sized(natural(width), natural(height), words),
    picture: await encodePage({ width, height, data: pixels }),
  };
}

/** In tenths of a millimetre: further digits are nobody's. */
const sized = (width: number, height: number, words: string): AttachedPage => ({
  width: Math.max(1, Math.round(width * 10) / 10),
  height: Math.max(1, Math.round(height * 10) / 10),
  words,
});

/** One line, without what may not stand on a page (typesetting/characters.ts). */
const plainWords = (text: string): string =>
  text
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .replace(/[\ufff9-\uffff]/g, ' ')
    .trim()
    .slice(0, mostWords)
    .replace(/[\ud800-\udbff]$/, '');

/** Turned upright by its EXIF note, without it and all else that is not the picture. */
export async function drawPicture(bytes: Buffer): Promise<PreparedPage> {
  const header = headerOf(bytes);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  try {
    const image = await loadImage(bytes);
    if (image.width * image.height !== header.width * header.height)
      throw new RangeError('not the size that the header says');
    const scale = Math.min(1, pictureSide / Math.max(image.width, image.height));
    const width = Math.max(1, Math.round(image.width * scale));
    const height = Math.max(1, Math.round(image.height * scale));
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    // What is transparent is paper.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const natural = (pixels: number): number => (pixels * millimetres) / pictureDpi;
    return {
      page: sized(natural(image.width), natural(image.height), ''),
      picture: await encodePage({ width, height, data }),
    };
  } catch (cause) {
    throw new AppError('ATTACHMENT_BROKEN', undefined, cause);
  }
}

function headerOf(bytes: Buffer): { readonly width: number; readonly height: number } {
  try {
    return pictureHeader(bytes);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'SCAN_TOO_LARGE') throw tooLarge(cause);
    throw new AppError('ATTACHMENT_BROKEN', undefined, cause);
  }
}
