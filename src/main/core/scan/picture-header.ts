import { AppError } from '../contract/errors.ts';

/** What a picture file says of itself, read before anything decodes it: a small file can claim a huge picture. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
}

/** 600 dpi of an A4 page are 35 million; a telephone's picture rarely has more than 50. */
const mostPixels = 64_000_000;
/** Largest file that is read, in octets. */
export const mostBytes = 64 * 1024 * 1024;
const longestSide = 20_000;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, pngSignature.length).equals(pngSignature);
}

export const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

export const tooLarge = (): AppError =>
  new AppError('SCAN_TOO_LARGE', { megapixels: mostPixels / 1e6, megabytes: mostBytes / 1024 ** 2 });

/**
 * PNG (ISO/IEC 15948, IHDR first) or JPEG (ITU-T T.81 §B.2: the frame header).
 * @throws AppError SCAN_UNREADABLE, SCAN_TOO_LARGE {megapixels, megabytes}
 */
export function pictureHeader(bytes: Buffer): PictureHeader {
  const header = isPng(bytes) ? pngHeader(bytes) : isJpeg(bytes) ? jpegHeader(bytes) : null;
  if (!header || header.width === 0 || header.height === 0) throw new AppError('SCAN_UNREADABLE');
  const { width, height } = header;
  if (width > longestSide || height > longestSide || width * height > mostPixels) throw tooLarge();
  return header;
}

function pngHeader(bytes: Buffer): PictureHeader | null {
  const whole = bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.lastIndexOf('IEND') > 24;
  return whole ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
}

/** Markers without a segment behind them: TEM, RST0 to RST7. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** SOF0 to SOF15 without DHT, JPG and DAC, which lie between them. */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** A file that breaks off lacks its end; a thumbnail has one too, but lies before the picture's own frame. */
const ends = (bytes: Buffer, frame: number): true | null =>
  bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > frame ? true : null;

function jpegHeader(bytes: Buffer): PictureHeader | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Any number of 0xff may fill the space before a marker.
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else if (startsFrame(marker))
      return ends(bytes, at) && { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    // Data before any frame header: not a picture that could be drawn.
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return null;
}
