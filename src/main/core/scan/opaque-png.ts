import { crc32, deflateSync } from 'node:zlib';

/**
 * An opaque picture as PNG (ISO/IEC 15948): eight bits, red, green and blue, no alpha channel and no other chunk. What has
 * no alpha channel brings no transparency into a PDF. The same picture gives the same bytes.
 * @param pixels red, green, blue and alpha of each; alpha is left out.
 */
export function opaquePng(pixels: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, trueColour, 0, 0, 0], 8);
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(filteredRows(pixels, width, height), { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const trueColour = 2;
/** Filter type "Up" (§9.2): each sample less the one above it. */
const up = 2;

function filteredRows(pixels: Uint8ClampedArray, width: number, height: number): Buffer {
  const row = 1 + 3 * width;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    out[y * row] = up;
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      const to = y * row + 1 + 3 * x;
      for (let part = 0; part < 3; part++) {
        const above = y === 0 ? 0 : (pixels[from - 4 * width + part] ?? 0);
        out[to + part] = ((pixels[from + part] ?? 0) - above) & 0xff;
      }
    }
  }
  return out;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}
