import { PdfSyntaxError } from './limits.ts';
import { ByteSink } from './sink.ts';

const clearTable = 256;
const endOfData = 257;

/**
 * LZWDecode (ISO 32000-2 §7.4.4): codes of 9 to 12 bits, most significant bit first.
 *
 * @param earlyChange 1: the code length grows one code early (the default of PDF), 0: as late as possible.
 */
export function decodeLzw(data: Uint8Array, earlyChange: number, cap: number): Uint8Array {
  const table = new Table();
  const out = new ByteSink(cap);
  let previous: Uint8Array | null = null;
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    const width = table.width(earlyChange);
    if (bits < width) continue;
    bits -= width;
    const code: number = (held >> bits) & ((1 << width) - 1);
    if (code === endOfData) break;
    if (code === clearTable) {
      table.clear();
      previous = null;
      continue;
    }
    const entry: Uint8Array = table.entry(code, previous);
    if (previous) table.add(previous, entry[0] ?? 0);
    out.append(entry);
    previous = entry;
  }
  return out.take();
}

class Table {
  private entries: Uint8Array[] = [];

  constructor() {
    this.clear();
  }

  clear(): void {
    this.entries = Array.from({ length: 258 }, (_, code) => Uint8Array.of(code < 256 ? code : 0));
  }

  /** Bits of the next code: the decoder is one entry behind the encoder. */
  width(earlyChange: number): number {
    const size = this.entries.length + earlyChange;
    if (size >= 2048) return 12;
    if (size >= 1024) return 11;
    return size >= 512 ? 10 : 9;
  }

  entry(code: number, previous: Uint8Array | null): Uint8Array {
    const known = this.entries[code];
    if (known) return known;
    if (!previous || code !== this.entries.length) throw new PdfSyntaxError('damaged LZW data', 0);
    return append(previous, previous[0] ?? 0);
  }

  add(previous: Uint8Array, byte: number): void {
    if (this.entries.length < 4096) this.entries.push(append(previous, byte));
  }
}

function append(bytes: Uint8Array, byte: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = byte;
  return longer;
}
