import { deflateSync } from 'node:zlib';
import { AppError } from '../contract/errors.ts';
import { decodeStream, dict, name, stream } from '../pdf/index.ts';
import type { PdfStream } from '../pdf/index.ts';

/**
 * A picture for the visible mark as an image XObject (ISO 32000-2 §8.9.5) without any transparency, which PDF/A
 * restricts: JPEG goes in as it is, PNG is laid on white.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly object: PdfStream;
}

const longestSide = 4096;
const largestFile = 4 * 1024 * 1024;

/** @throws AppError SIGN_FAILED {reason: IMAGE} for what is neither, or of a kind that is not handled. */
export function readPicture(bytes: Uint8Array): Picture {
  try {
    if (bytes.length > largestFile) throw new RangeError('too large');
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return data.readUInt16BE(0) === 0xffd8 ? readJpeg(data) : readPng(data);
  } catch (cause) {
    throw new AppError('SIGN_FAILED', { reason: 'IMAGE' }, cause);
  }
}

function picture(width: number, height: number, colour: string, filter: string, raw: Uint8Array): Picture {
  if (width < 1 || height < 1 || width > longestSide || height > longestSide) throw new RangeError('size');
  const entries = {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: width,
    Height: height,
    ColorSpace: name(colour),
    BitsPerComponent: 8,
    Filter: name(filter),
  };
  return { width, height, object: stream(entries, raw) };
}

/** Size and number of components from the frame header (ITU-T T.81 §B.2.2). */
function readJpeg(data: Buffer): Picture {
  for (let at = 2; at < data.length;) {
    if (data.readUInt8(at) !== 0xff) throw new RangeError('no marker');
    const marker = data.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      // baseline, extended and progressive, eight bits: what DCTDecode takes
      if (marker > 0xc2 || data.readUInt8(at + 4) !== 8) throw new RangeError('kind of JPEG');
      const colour = { 1: 'DeviceGray', 3: 'DeviceRGB' }[data.readUInt8(at + 9)];
      if (!colour) throw new RangeError('components');
      return picture(
        data.readUInt16BE(at + 7),
        data.readUInt16BE(at + 5),
        colour,
        'DCTDecode',
        Uint8Array.from(data),
      );
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
  throw new RangeError('no frame');
}

/** Samples for each colour type (PNG, ISO/IEC 15948 §11.2.2); 3 is an index into the palette. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readPng(data: Buffer): Picture {
  if (data.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new RangeError('no PNG');
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 8 <= data.length;) {
    const length = data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), data.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const header = chunks.get('IHDR')?.[0] ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const colourType = header.readUInt8(9);
  const count = samples[colourType];
  // eight bits, not interlaced
  if (!count || header.readUInt8(8) !== 8 || header.readUInt8(12) !== 0) throw new RangeError('kind of PNG');
  if (width > longestSide || height > longestSide) throw new RangeError('size');
  const parameters = { Predictor: 15, Colors: count, BitsPerComponent: 8, Columns: width };
  const packed = stream(
    { Filter: name('FlateDecode'), DecodeParms: dict(parameters) },
    Buffer.concat(chunks.get('IDAT') ?? []),
  );
  const pixels = decodeStream(packed, (value) => value ?? null, { left: 4 * (width + 1) * count * height });
  if (pixels.length < width * height * count) throw new RangeError('too few pixels');
  const palette = chunks.get('PLTE')?.[0] ?? Buffer.alloc(0);
  const clear = chunks.get('tRNS')?.[0] ?? Buffer.alloc(0);
  const grey = colourType === 0 || colourType === 4;
  const depth = grey ? 1 : 3;
  const out = new Uint8Array(width * height * depth);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * count;
    const index = colourType === 3 ? (pixels[at] ?? 0) : 0;
    const alpha =
      colourType === 3 ? (clear[index] ?? 255) : count % 2 === 0 ? (pixels[at + count - 1] ?? 255) : 255;
    for (let part = 0; part < depth; part++) {
      const value = colourType === 3 ? (palette[3 * index + part] ?? 0) : (pixels[at + part] ?? 0);
      out[pixel * depth + part] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  const colour = grey ? 'DeviceGray' : 'DeviceRGB';
  return picture(width, height, colour, 'FlateDecode', Uint8Array.from(deflateSync(out)));
}
