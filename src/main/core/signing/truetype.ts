import { createHash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';

/**
 * The little of TrueType (OpenType 1.9, chapters cmap, glyf, loca, hmtx, head, hhea) that a visible mark needs:
 * which glyph a character has, how wide it is, and a font file reduced to the glyphs that are used. Glyph
 * numbers stay, unused outlines become empty. Fonts come from our own resources, yet every offset is checked.
 */

export interface Glyph {
  readonly id: number;
  /** Thousandths of the font size. */
  readonly width: number;
}

export interface TrueTypeFont {
  readonly postScriptName: string;
  /** Thousandths of the font size: [left, bottom, right, top]. */
  readonly box: readonly [number, number, number, number];
  readonly ascent: number;
  readonly descent: number;
  /** Null where the font has none. */
  glyph(codePoint: number): Glyph | null;
  subset(glyphs: ReadonlySet<number>): Buffer;
}

/** @throws AppError SIGN_FAILED {reason: FONT} where the bytes are no usable TrueType font. */
export function readTrueType(bytes: Uint8Array): TrueTypeFont {
  try {
    return read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  } catch (cause) {
    throw new AppError('SIGN_FAILED', { reason: 'FONT' }, cause);
  }
}

function read(font: Buffer): TrueTypeFont {
  const tables = new Map<string, Buffer>();
  for (let i = 0, count = font.readUInt16BE(4); i < count; i++) {
    const record = 12 + 16 * i;
    const start = font.readUInt32BE(record + 8);
    const end = start + font.readUInt32BE(record + 12);
    if (end > font.length) throw new RangeError('table beyond the file');
    tables.set(font.toString('latin1', record, record + 4), font.subarray(start, end));
  }
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new RangeError(`no table ${tag}`);
    return found;
  };
  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const glyphCount = table('maxp').readUInt16BE(4);
  const metricCount = hhea.readUInt16BE(34);
  const perMille = (units: number): number => Math.round((units * 1000) / head.readUInt16BE(18));
  const offsets = glyphOffsets(table('loca'), head.readInt16BE(50) === 1, glyphCount);
  const glyf = table('glyf');
  const lookUp = characterMap(table('cmap'));
  return {
    postScriptName: postScriptName(table('name')),
    box: [
      perMille(head.readInt16BE(36)),
      perMille(head.readInt16BE(38)),
      perMille(head.readInt16BE(40)),
      perMille(head.readInt16BE(42)),
    ],
    ascent: perMille(hhea.readInt16BE(4)),
    descent: perMille(hhea.readInt16BE(6)),
    glyph: (codePoint) => {
      const id = lookUp(codePoint);
      if (id === 0 || id >= glyphCount) return null;
      return { id, width: perMille(hmtx.readUInt16BE(4 * Math.min(id, metricCount - 1))) };
    },
    subset: (glyphs) => {
      const kept = withComponents(glyphs, glyf, offsets);
      const outlines: Buffer[] = [];
      const loca = Buffer.alloc(4 * (glyphCount + 1));
      let at = 0;
      for (let id = 0; id < glyphCount; id++) {
        loca.writeUInt32BE(at, 4 * id);
        if (!kept.has(id)) continue;
        const outline = padded(outlineOf(id, glyf, offsets));
        outlines.push(outline);
        at += outline.length;
      }
      loca.writeUInt32BE(at, 4 * glyphCount);
      const newHead = Buffer.from(head);
      newHead.writeUInt32BE(0, 8); // checkSumAdjustment, filled in below
      newHead.writeInt16BE(1, 50); // long offsets
      const keep = ['cvt ', 'fpgm', 'prep'].flatMap((tag) => {
        const data = tables.get(tag);
        return data ? [[tag, data] as const] : [];
      });
      return fontFile([
        ['glyf', Buffer.concat(outlines)],
        ['head', newHead],
        ['hhea', hhea],
        ['hmtx', hmtx],
        ['loca', loca],
        ['maxp', table('maxp')],
        ...keep,
      ]);
    },
  };
}

function glyphOffsets(loca: Buffer, long: boolean, glyphCount: number): number[] {
  return Array.from({ length: glyphCount + 1 }, (_, id) =>
    long ? loca.readUInt32BE(4 * id) : 2 * loca.readUInt16BE(2 * id),
  );
}

const outlineOf = (id: number, glyf: Buffer, offsets: readonly number[]): Buffer =>
  glyf.subarray(offsets[id] ?? 0, offsets[id + 1] ?? 0);

/** Glyph 0 and whatever composite glyphs are made of (chapter glyf, "Composite glyph description"). */
function withComponents(wanted: ReadonlySet<number>, glyf: Buffer, offsets: readonly number[]): Set<number> {
  const kept = new Set([0]);
  const waiting = [...wanted];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    const outline = outlineOf(id, glyf, offsets);
    if (outline.length < 10 || outline.readInt16BE(0) >= 0) continue;
    for (let at = 10, flags = 0x20; flags & 0x20;) {
      flags = outline.readUInt16BE(at);
      waiting.push(outline.readUInt16BE(at + 2));
      const scale = flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
      at += 4 + (flags & 0x01 ? 4 : 2) + scale;
    }
  }
  return kept;
}

/** Chapter cmap: format 12 where there is one, else format 4. */
function characterMap(cmap: Buffer): (codePoint: number) => number {
  const byFormat = new Map<number, Buffer>();
  for (let i = 0, count = cmap.readUInt16BE(2); i < count; i++) {
    const platform = cmap.readUInt16BE(4 + 8 * i);
    const sub = cmap.subarray(cmap.readUInt32BE(8 + 8 * i));
    if (platform === 0 || platform === 3) byFormat.set(sub.readUInt16BE(0), sub);
  }
  const wide = byFormat.get(12);
  if (wide) return (codePoint) => lookUpWide(wide, codePoint);
  const narrow = byFormat.get(4);
  if (narrow) return (codePoint) => lookUpNarrow(narrow, codePoint);
  throw new RangeError('no Unicode character map');
}

function lookUpWide(map: Buffer, codePoint: number): number {
  for (let i = 0, count = map.readUInt32BE(12); i < count; i++) {
    const at = 16 + 12 * i;
    const first = map.readUInt32BE(at);
    if (codePoint >= first && codePoint <= map.readUInt32BE(at + 4))
      return map.readUInt32BE(at + 8) + codePoint - first;
  }
  return 0;
}

function lookUpNarrow(map: Buffer, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const doubled = map.readUInt16BE(6);
  for (let at = 14; at < 14 + doubled; at += 2) {
    if (codePoint > map.readUInt16BE(at)) continue;
    const first = map.readUInt16BE(at + doubled + 2);
    if (codePoint < first) return 0;
    const delta = map.readUInt16BE(at + 2 * doubled + 2);
    const place = at + 3 * doubled + 2;
    const range = map.readUInt16BE(place);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const id = map.readUInt16BE(place + range + 2 * (codePoint - first));
    return id === 0 ? 0 : (id + delta) & 0xffff;
  }
  return 0;
}

/** Name 6 in the Windows encoding; only what a PDF name may hold without escapes. */
function postScriptName(table: Buffer): string {
  const strings = table.readUInt16BE(4);
  for (let i = 0, count = table.readUInt16BE(2); i < count; i++) {
    const at = 6 + 12 * i;
    if (table.readUInt16BE(at) !== 3 || table.readUInt16BE(at + 6) !== 6) continue;
    const start = strings + table.readUInt16BE(at + 10);
    const raw = Buffer.from(table.subarray(start, start + (table.readUInt16BE(at + 8) & ~1)));
    return (
      raw
        .swap16()
        .toString('utf16le')
        .replace(/[^A-Za-z0-9-]/g, '') || 'Font'
    );
  }
  return 'Font';
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

/** Table directory and tables in order of their tags (chapter "Font file"). */
function fontFile(parts: readonly (readonly [string, Buffer])[]): Buffer {
  const tables = parts.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const directory = Buffer.alloc(12 + 16 * tables.length);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(16 * power, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE(16 * (tables.length - power), 10);
  let at = directory.length;
  let headAt = 0;
  tables.forEach(([tag, data], i) => {
    const record = 12 + 16 * i;
    directory.write(tag, record, 'latin1');
    directory.writeUInt32BE(checksum(padded(data)), record + 4);
    directory.writeUInt32BE(at, record + 8);
    directory.writeUInt32BE(data.length, record + 12);
    if (tag === 'head') headAt = at;
    at += padded(data).length;
  });
  const file = Buffer.concat([directory, ...tables.map(([, data]) => padded(data))]);
  file.writeUInt32BE((0xb1b0afba - checksum(file)) >>> 0, headAt + 8);
  return file;
}

/** The six letters before a subset font's name (ISO 32000-2 §9.9.2), the same for the same glyphs. */
export function subsetTag(glyphs: ReadonlySet<number>): string {
  const hash = createHash('sha256')
    .update([...glyphs].sort((a, b) => a - b).join())
    .digest();
  return Array.from(hash.subarray(0, 6), (octet) => String.fromCharCode(65 + (octet % 26))).join('');
}
