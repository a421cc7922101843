import { AppError } from '../contract/errors.ts';
import { maximumArms } from '../contract/templates.ts';
import { opaquePng } from './opaque-png.ts';
import { isJpeg, isPng, pictureHeader } from './picture-header.ts';

/**
 * An office's picture for its letterhead, from a file of anybody's making. Whatever came in, what goes on is a PNG drawn
 * here: opaque, sRGB, without metadata, of a size that print needs. To be run where hostile bytes may do no harm.
 */
export interface DrawnArms {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const mostPixels = 40_000_000;
const mostDrawing = 1024 * 1024;
/** 25 mm at 720 dpi: finer than any office printer. */
const longestDrawn = 720;

const tooLarge = (): AppError =>
  new AppError('ARMS_TOO_LARGE', { megabytes: maximumArms / 1024 ** 2, megapixels: mostPixels / 1e6 });

/** @throws AppError ARMS_UNREADABLE, ARMS_TOO_LARGE {megabytes, megapixels}, ARMS_UNSAFE {part} */
export async function drawArms(given: Uint8Array): Promise<DrawnArms> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length > maximumArms) throw tooLarge();
  const isRaster = isPng(bytes) || isJpeg(bytes);
  const source = isRaster ? bytes : plainDrawing(bytes);
  if (isRaster) judgeHeader(bytes);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  try {
    const image = await loadImage(source);
    const { width, height } = drawnSize(image.width, image.height, !isRaster);
    // A drawing is drawn at the size that it is wanted in, and not enlarged afterwards.
    if (!isRaster) Object.assign(image, { width, height });
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    // What is transparent is paper.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    // At its own size a picture stays as it is, to the last pixel: what was exported comes back the same.
    context.imageSmoothingEnabled = width !== image.width || height !== image.height;
    if (context.imageSmoothingEnabled) context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { png: opaquePng(data, width, height), width, height };
  } catch (cause) {
    throw new AppError('ARMS_UNREADABLE', undefined, cause);
  }
}

function judgeHeader(bytes: Buffer): void {
  const { width, height } = readHeader(bytes);
  if (width * height > mostPixels) throw tooLarge();
}

function readHeader(bytes: Buffer): { readonly width: number; readonly height: number } {
  try {
    return pictureHeader(bytes);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'SCAN_TOO_LARGE') throw tooLarge();
    throw new AppError('ARMS_UNREADABLE', undefined, cause);
  }
}

/** Whole pixels, as large as is wanted of a drawing and no larger than it is of a picture. */
function drawnSize(width: number, height: number, drawing: boolean): { width: number; height: number } {
  if (!(width > 0 && height > 0) || width / height > 20 || height / width > 20) throw new RangeError('size');
  const scale = longestDrawn / Math.max(width, height);
  const factor = drawing ? scale : Math.min(1, scale);
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

/**
 * What a plain drawing does not have, by the name that a person is told. It is drawn where nothing could be fetched and no
 * script runs; a picture that would look otherwise without these is refused all the same.
 */
const unsafe: readonly (readonly [part: string, pattern: RegExp])[] = [
  ['entity', /<!ENTITY|<!DOCTYPE[^>[]{0,1000}\[|&#/i],
  ['script', /<(?:[\w-]+:)?script\b|javascript:/i],
  ['foreignObject', /<(?:[\w-]+:)?foreignObject\b/i],
  ['event', /\son[a-z]+\s*=/i],
  ['stylesheet', /<\?xml-stylesheet|@import/i],
  ['animation', /<(?:[\w-]+:)?(?:animate|set|animateMotion|animateTransform)\b/i],
  ['image', /<(?:[\w-]+:)?(?:image|feImage)\b/i],
  ['link', /href\s*=\s*(?:"(?!#)|'(?!#)|[^\s"'])/i],
  ['url', /url\(\s*["']?(?!["']?#)/i],
];
const mostReferences = 200;

/** @returns the drawing without its document type. @throws AppError ARMS_UNREADABLE, ARMS_UNSAFE, ARMS_TOO_LARGE */
function plainDrawing(bytes: Buffer): Buffer {
  if (bytes.length > mostDrawing) throw bytes.includes('<svg') ? tooLarge() : new AppError('ARMS_UNREADABLE');
  const text = utf8(bytes);
  if (!/<svg\b/.test(text.slice(0, 4096)) || !text.trimEnd().endsWith('</svg>'))
    throw new AppError('ARMS_UNREADABLE');
  const found = unsafe.find(([, pattern]) => pattern.test(text));
  if (found) throw new AppError('ARMS_UNSAFE', { part: found[0] });
  // References to references multiply: no coat of arms needs so many.
  if ((text.match(/<(?:[\w-]+:)?use\b/gi)?.length ?? 0) > mostReferences)
    throw new AppError('ARMS_UNSAFE', { part: 'use' });
  return Buffer.from(text.replace(/<!DOCTYPE[^>]{0,1000}>/i, ''));
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('ARMS_UNREADABLE', undefined, cause);
  }
}
