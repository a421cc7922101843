import { unzipSync } from 'fflate/browser';
import { PDFDocument, PDFName, PDFRawStream, type PDFPage } from 'pdf-lib';
import { AppError } from '../contract/errors.ts';
import type { PreparedPage } from '../contract/attachments.ts';
import {
  maximumIncomingFile,
  maximumIncomingFiles,
  maximumIncomingPages,
  maximumIncomingWords,
  type IncomingReading,
  type IncomingType,
} from '../contract/incoming.ts';
import { pages as pagesOf, parsePdf, reserialise, type PdfFile } from '../pdf/index.ts';
import { isJpeg, isPng, pictureHeader } from '../scan/picture-header.ts';
import { inspect, requireDrawable } from './inspect.ts';
import { drawPicture, type AttachmentTools } from './read.ts';
import { isTiff, tiffAsPdf } from './tiff.ts';

/**
 * A letter from outside as it was scanned, photographed or sent → what is in it, and later its pages to look at. The
 * file itself is kept as it came: it is the evidence. To be run where hostile bytes may do no harm.
 */

/** Milliseconds for all pages' words; what is not read by then is not found by a search, and the reading says so. */
const longestReading = 45_000;

type Words = Pick<IncomingReading, 'text' | 'words' | 'number'>;
const wordless: Words = { text: 'none', words: '', number: null };

/**
 * One PDF, one TIFF, or several pictures; told by content and never by name. Nothing is drawn.
 * @throws AppError INCOMING_TYPE, INCOMING_BROKEN, INCOMING_TOO_LARGE {megabytes, megapixels}, INCOMING_MIXED,
 * INCOMING_PAGES {max}
 */
export async function readIncoming(
  given: readonly Uint8Array[],
  tools: AttachmentTools,
): Promise<IncomingReading> {
  const files = given.map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength));
  const size = files.reduce((sum, one) => sum + one.length, 0);
  if (size > maximumIncomingFile || files.length > maximumIncomingFiles) throw tooLarge();
  const types = files.map(typeOf);
  const [type] = types;
  const [bytes] = files;
  if (type === undefined || bytes === undefined) throw new AppError('INCOMING_TYPE');
  const pictures = types.every((one) => one === 'image/jpeg' || one === 'image/png');
  if (!pictures && files.length > 1) throw new AppError('INCOMING_MIXED');
  if (pictures) {
    for (const one of files) coded(() => pictureHeader(one));
    const several = files.length > 1;
    const plain = { signatures: 0, locked: false, ...wordless } as const;
    return { type: several ? 'application/zip' : type, pages: files.length, ...plain };
  }
  if (type === 'image/tiff') {
    const pages = pagesOf(judged(coded(() => tiffAsPdf(bytes)))).length;
    return { type, pages, signatures: 0, locked: false, ...wordless };
  }
  const file = opened(bytes);
  if (!file) return { type, pages: 0, signatures: 0, locked: true, ...wordless };
  const pages = pagesOf(file).length;
  if (pages === 0) throw new AppError('INCOMING_BROKEN');
  if (pages > maximumIncomingPages) throw new AppError('INCOMING_PAGES', { max: maximumIncomingPages });
  const { signatures } = inspect(file);
  return { type, pages, signatures, locked: false, ...(await wordsOf(file, tools)) };
}

/**
 * The pages of a kept file as a PDF that a viewer may draw and a printer print.
 * @throws AppError INCOMING_LOCKED, and as `readIncoming`.
 */
export async function showIncoming(bytes: Uint8Array, type: IncomingType): Promise<Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'application/pdf') {
    const file = opened(buffer);
    if (!file) throw new AppError('INCOMING_LOCKED');
    return reserialise(file);
  }
  if (type === 'image/tiff') return reserialise(judged(coded(() => tiffAsPdf(buffer))));
  const pictures = type === 'application/zip' ? unpacked(buffer) : [buffer];
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const one of pictures) addPicture(document, await drawn(one));
  return document.save({ useObjectStreams: false });
}

function typeOf(bytes: Buffer): Exclude<IncomingType, 'application/zip'> {
  if (bytes.length === 0) throw new AppError('INCOMING_BROKEN');
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  if (isTiff(bytes)) return 'image/tiff';
  // A reader finds the header within the first 1024 octets (ISO 32000-2 Annex I, note to §7.5.2).
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'application/pdf';
  throw new AppError('INCOMING_TYPE');
}

const tooLarge = (cause?: unknown): AppError =>
  new AppError('INCOMING_TOO_LARGE', { megabytes: maximumIncomingFile / 1024 ** 2, megapixels: 64 }, cause);

/** What attachments and scans refuse, in words about a letter that came in. */
function refusal(cause: unknown): AppError {
  const code = cause instanceof AppError ? cause.code : null;
  if (code === 'SCAN_TOO_LARGE' || code === 'ATTACHMENT_TOO_LARGE') return tooLarge(cause);
  if (code === 'ATTACHMENT_PAGES') return new AppError('INCOMING_PAGES', { max: 100 }, cause);
  if (code === 'ATTACHMENT_TYPE') return new AppError('INCOMING_TYPE', undefined, cause);
  return new AppError('INCOMING_BROKEN', undefined, cause);
}

function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw refusal(cause);
  }
}

function judged(bytes: Uint8Array): PdfFile {
  const file = coded(() => parsePdf(bytes));
  requireDrawable(file, tooLarge);
  return file;
}

/** Null: it asks for a password. @throws AppError INCOMING_BROKEN, INCOMING_TOO_LARGE */
function opened(bytes: Buffer): PdfFile | null {
  try {
    const file = parsePdf(bytes);
    requireDrawable(file, tooLarge);
    return file;
  } catch (cause) {
    if (cause instanceof AppError && cause.code.startsWith('PDF_ENCRYPT')) return null;
    if (cause instanceof AppError && cause.code === 'INCOMING_TOO_LARGE') throw cause;
    throw refusal(cause);
  }
}

/** A text layer that cannot be read costs the search and nothing else. */
async function wordsOf(file: PdfFile, tools: AttachmentTools): Promise<Words> {
  const deadline = performance.now() + longestReading;
  const found: string[] = [];
  let [length, withText, read] = [0, 0, 0];
  let total = 0;
  try {
    const source = await tools.openDrawable(reserialise(file), 100);
    total = source.pages;
    try {
      for (let page = 1; page <= total; page += 1) {
        if (length >= maximumIncomingWords || performance.now() > deadline) break;
        const words = plain(await source.words(page));
        read += 1;
        if (words.length > 0) withText += 1;
        found.push(words);
        length += words.length + 1;
      }
    } finally {
      await source.close();
    }
  } catch {
    read = 0;
  }
  const words = found
    .join('\n')
    .trim()
    .slice(0, maximumIncomingWords)
    .replace(/[\ud800-\udbff]$/, '');
  const all = read === total && withText === total && length < maximumIncomingWords;
  return {
    text: withText === 0 ? 'none' : all ? 'all' : 'part',
    words,
    number: numberIn(found[0] ?? ''),
  };
}

const plain = (text: string): string =>
  text
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .trim()
    .slice(0, maximumIncomingWords);

/** "Nomor : 005/12/BKD/2026", where it stands once: with a stroke and a digit, else it is left to the registrar. */
function numberIn(words: string): string | null {
  const head = words.slice(0, 2000);
  const found = [
    ...head.matchAll(/\bNo(?:mor|\.)\s{0,3}:\s{0,3}([A-Za-z0-9.]{1,20}(?:[/-][A-Za-z0-9.]{1,20}){1,6})/g),
  ];
  const [only] = found;
  const number = found.length === 1 ? only?.[1] : undefined;
  return number !== undefined && /\d/.test(number) && number.includes('/') ? number.replace(/\.$/, '') : null;
}

/** As `packed` (app/incoming-file.ts) made it; what it claims to hold is counted before it is unpacked. */
function unpacked(bytes: Buffer): Uint8Array[] {
  let [files, size] = [0, 0];
  const parts = coded(() =>
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        files += 1;
        size += originalSize;
        if (files > maximumIncomingFiles || size > maximumIncomingFile) throw tooLarge();
        return true;
      },
    }),
  );
  return Object.keys(parts)
    .toSorted()
    .flatMap((name) => parts[name] ?? []);
}

async function drawn(bytes: Uint8Array): Promise<PreparedPage> {
  try {
    return await drawPicture(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw refusal(cause);
  }
}

const pointsPerMillimetre = 72 / 25.4;
/** Shorter and longer side of the paper that a picture is shown on, in points. */
const paper = [595, 842] as const;

/** A page of paper, upright or lying as the picture is, with the picture as large as fits. */
function addPicture(document: PDFDocument, { page, picture }: PreparedPage): void {
  const [short, long] = paper;
  const lying = page.width > page.height;
  const sheet: PDFPage = document.addPage(lying ? [long, short] : [short, long]);
  const [width, height] = [page.width * pointsPerMillimetre, page.height * pointsPerMillimetre];
  const scale = Math.min(sheet.getWidth() / width, sheet.getHeight() / height);
  const { context } = document;
  const image = PDFRawStream.of(
    context.obj({
      Type: 'XObject',
      Subtype: 'Image',
      Width: picture.width,
      Height: picture.height,
      BitsPerComponent: picture.encoding === 'jpeg' ? 8 : 4,
      ColorSpace: picture.encoding === 'jpeg' ? 'DeviceRGB' : 'DeviceGray',
      Filter: picture.encoding === 'jpeg' ? 'DCTDecode' : 'FlateDecode',
      Length: picture.bytes.length,
    }),
    picture.bytes,
  );
  sheet.node.setXObject(PDFName.of('Surat'), context.register(image));
  const [across, up] = [width * scale, height * scale];
  const [left, bottom] = [(sheet.getWidth() - across) / 2, (sheet.getHeight() - up) / 2];
  const numbers = [across, 0, 0, up, left, bottom].map((one) => one.toFixed(3)).join(' ');
  sheet.node.addContentStream(context.register(context.stream(`q ${numbers} cm /Surat Do Q`)));
}
