import { deflateSync } from 'node:zlib';
import type { PagePicture } from '../contract/attachments.ts';

/** Four octets a pixel, red, green, blue and alpha, on white. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** How far the channels of a pixel may lie apart and still be grey: JPEG scans are never quite. */
const greyness = 10;
/** Of a page of text so many pixels are nearly white or nearly black. */
const plainShare = 0.93;
const jpegQuality = 80;

/**
 * A page as it is kept: text in 16 greys, which loses nothing that an eye sees and is the smaller; whatever has
 * colours or shades as JPEG. The same pixels give the same octets.
 */
export async function encodePage(pixels: Pixels): Promise<PagePicture> {
  const { width, height } = pixels;
  const grey = greys(pixels);
  if (grey) return { encoding: 'grey', width, height, bytes: grey };
  const { createCanvas, ImageData } = await import('@napi-rs/canvas');
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(pixels.data, width, height), 0, 0);
  return { encoding: 'jpeg', width, height, bytes: new Uint8Array(await canvas.encode('jpeg', jpegQuality)) };
}

/** Deflated rows of four-bit greys, or null for a page that needs more. */
function greys({ width, height, data }: Pixels): Uint8Array | null {
  const rowLength = Math.ceil(width / 2);
  const rows = Buffer.alloc(rowLength * height);
  let plain = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      const apart = Math.max(red, green, blue) - Math.min(red, green, blue);
      if (apart > greyness) return null;
      if (green >= 232 || green <= 48) plain += 1;
      const level = Math.round(green / 17);
      const octet = y * rowLength + (x >> 1);
      rows[octet] = (rows[octet] ?? 0) | (x % 2 === 0 ? level << 4 : level);
    }
  }
  return plain >= plainShare * width * height ? new Uint8Array(deflateSync(rows, { level: 9 })) : null;
}
