import { AppError } from '../contract/errors.ts';

/**
 * Scanners' TIFF files (TIFF 6.0, Adobe 1992) as a PDF whose pages show their strips as they are compressed: fax
 * groups 3 and 4, LZW, Deflate, PackBits, JPEG, and none. What decodes them is what decodes any PDF, behind the same
 * caps. Tiles, planes and samples of other than 1 and 8 bits are refused.
 */
const tooMuch = { pages: 100, strips: 20_000, side: 20_000, pixels: 64_000_000, entries: 500 } as const;

export const isTiff = (bytes: Buffer): boolean =>
  bytes.length > 8 && ['II*\0', 'MM\0*'].includes(bytes.toString('latin1', 0, 4));

const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  offsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  lengths: 279,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  faxOptions: 292,
  unit: 296,
  predictor: 317,
  colours: 320,
  tiles: 322,
  jpegTables: 347,
} as const;

/** Octets of one value by its type; 5 is a fraction. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 7: 1 };

class Reader {
  readonly bytes: Buffer;
  private readonly little: boolean;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.little = bytes[0] === 0x49;
  }

  short(at: number): number {
    return this.little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  long(at: number): number {
    return this.little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  /** A directory's entries, and where the next directory lies. @throws RangeError beyond the file's end. */
  directory(at: number): { readonly entries: ReadonlyMap<number, readonly number[]>; readonly next: number } {
    const count = this.short(at);
    if (count === 0 || count > tooMuch.entries) throw new RangeError('entries');
    const entries = new Map<number, readonly number[]>();
    const known = new Set<number>(Object.values(tags));
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + 12 * index;
      const tag = this.short(entry);
      if (known.has(tag)) entries.set(tag, this.values(entry));
    }
    return { entries, next: this.long(at + 2 + 12 * count) };
  }

  private values(entry: number): readonly number[] {
    const type = this.short(entry + 2);
    const count = this.long(entry + 4);
    const size = sizes[type];
    if (size === undefined || count > tooMuch.strips) throw new RangeError('value');
    const at = count * size <= 4 ? entry + 8 : this.long(entry + 8);
    return Array.from({ length: count }, (_, index) => {
      const place = at + index * size;
      if (type === 3) return this.short(place);
      if (type === 4) return this.long(place);
      if (type === 5) return this.long(place) / Math.max(1, this.long(place + 4));
      return this.bytes.readUInt8(place);
    });
  }
}

/** @throws AppError ATTACHMENT_BROKEN, ATTACHMENT_TYPE for a kind of TIFF that is not read, ATTACHMENT_PAGES. */
export function tiffAsPdf(bytes: Buffer): Uint8Array {
  try {
    const reader = new Reader(bytes);
    const writer = new PdfText();
    const seen = new Set<number>();
    for (let at = reader.long(4); at !== 0;) {
      if (seen.has(at)) throw new RangeError('loop');
      seen.add(at);
      if (seen.size > tooMuch.pages)
        throw new AppError('ATTACHMENT_PAGES', { pages: seen.size, max: tooMuch.pages });
      const { entries, next } = reader.directory(at);
      addPage(writer, reader.bytes, entries);
      at = next;
    }
    return writer.finish();
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('ATTACHMENT_BROKEN', undefined, cause);
  }
}

const unsupported = (): AppError => new AppError('ATTACHMENT_TYPE');

function addPage(writer: PdfText, bytes: Buffer, entries: ReadonlyMap<number, readonly number[]>): void {
  const one = (tag: number, otherwise: number): number => entries.get(tag)?.[0] ?? otherwise;
  const width = one(tags.width, 0);
  const height = one(tags.height, 0);
  if (width === 0 || height === 0) throw new RangeError('size');
  if (width > tooMuch.side || height > tooMuch.side || width * height > tooMuch.pixels)
    throw new AppError('ATTACHMENT_TOO_LARGE', { megabytes: 64, megapixels: 64 });
  const samples = one(tags.samples, 1);
  const bits = one(tags.bits, 1);
  const photometric = one(tags.photometric, 0);
  const compression = one(tags.compression, 1);
  const grey = samples === 1 && photometric <= 1;
  const palette = samples === 1 && photometric === 3 && bits === 8;
  const colour = samples === 3 && (photometric === 2 || (photometric === 6 && compression === 7));
  if (entries.has(tags.tiles) || (samples > 1 && one(tags.planar, 1) !== 1)) throw unsupported();
  if (!(grey || palette || colour) || (bits !== 8 && !(grey && bits === 1))) throw unsupported();
  // Bits that begin at the other end are a fax machine's habit.
  const mirrored = one(tags.fillOrder, 1) === 2;
  if (mirrored && compression !== 3 && compression !== 4) throw unsupported();
  const rows = Math.min(height, one(tags.rowsPerStrip, height));
  const offsets = entries.get(tags.offsets) ?? [];
  const lengths = entries.get(tags.lengths) ?? [];
  if (rows === 0 || offsets.length !== Math.ceil(height / rows) || lengths.length !== offsets.length)
    throw new RangeError('strips');
  const space = palette
    ? `[/Indexed /DeviceRGB 255 <${paletteOf(entries.get(tags.colours) ?? [])}>]`
    : colour
      ? '/DeviceRGB'
      : '/DeviceGray';
  const inverse = grey && photometric === 0 && compression !== 3 && compression !== 4;
  const dots = one(tags.unit, 2) === 3 ? 2.54 : 1;
  const across = width / (plausible(one(tags.xResolution, 0) * dots) / 72);
  const up = height / (plausible(one(tags.yResolution, 0) * dots) / 72);
  const strips = offsets.map((offset, index) => {
    const length = lengths[index] ?? 0;
    if (offset + length > bytes.length) throw new RangeError('strip beyond the end');
    const lines = Math.min(rows, height - index * rows);
    const data = mirrored
      ? Buffer.from(bytes.subarray(offset, offset + length).map(mirror))
      : bytes.subarray(offset, offset + length);
    const coding = codingOf(compression, {
      width,
      lines,
      photometric,
      samples,
      bits,
      options: one(tags.faxOptions, 0),
      predictor: one(tags.predictor, 1),
    });
    const number = writer.stream(
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${lines} /BitsPerComponent ${bits} ` +
        `/ColorSpace ${space}${inverse ? ' /Decode [1 0]' : ''} ${coding}`,
      compression === 7 ? withTables(data, entries.get(tags.jpegTables)) : data,
    );
    const bottom = up * (1 - (index * rows + lines) / height);
    return { number, bottom, tall: (up * lines) / height };
  });
  writer.page(across, up, one(tags.orientation, 1), strips);
}

/** An octet with its bits the other way round. */
function mirror(octet: number): number {
  let turned = 0;
  for (let bit = 0; bit < 8; bit += 1) if (octet & (1 << bit)) turned |= 0x80 >> bit;
  return turned;
}

/** Dots an inch; whatever no scanner writes is the 200 of a fax machine. */
const plausible = (dots: number): number => (dots >= 50 && dots <= 2400 ? dots : 200);

/** 256 of each colour one after the other, 16 bits each. */
function paletteOf(colours: readonly number[]): string {
  if (colours.length !== 768) throw new RangeError('palette');
  const octets = Array.from({ length: 768 }, (_, index) => {
    const value = colours[(index % 3) * 256 + Math.floor(index / 3)] ?? 0;
    return value >> 8;
  });
  return Buffer.from(octets).toString('hex');
}

interface Coding {
  readonly width: number;
  readonly lines: number;
  readonly photometric: number;
  readonly samples: number;
  readonly bits: number;
  readonly options: number;
  readonly predictor: number;
}

/** The filter that reads what a compression wrote (ISO 32000-2 §7.4), with its parameters. */
function codingOf(compression: number, one: Coding): string {
  const predicted = (filter: string): string => {
    if (one.predictor === 1) return `/Filter /${filter}`;
    if (one.predictor !== 2) throw unsupported();
    return `/Filter /${filter} /DecodeParms << /Predictor 2 /Colors ${one.samples} /BitsPerComponent ${one.bits} /Columns ${one.width} >>`;
  };
  const fax = (k: number): string =>
    `/Filter /CCITTFaxDecode /DecodeParms << /K ${k} /Columns ${one.width} /Rows ${one.lines} ` +
    `/BlackIs1 ${one.photometric === 1} /EndOfBlock false >>`;
  switch (compression) {
    case 1:
      return '';
    case 3:
      return fax((one.options & 1) === 1 ? 1 : 0);
    case 4:
      return fax(-1);
    case 5:
      return predicted('LZWDecode');
    case 7:
      return '/Filter /DCTDecode';
    case 8:
    case 32946:
      return predicted('FlateDecode');
    case 32773:
      return '/Filter /RunLengthDecode';
    default:
      throw unsupported();
  }
}

/** A strip's JPEG may leave its tables to the page (TIFF Technical Note 2): they go between its start and the rest. */
function withTables(strip: Buffer, tables: readonly number[] | undefined): Buffer {
  if (!tables || tables.length < 5) return strip;
  return Buffer.concat([strip.subarray(0, 2), Buffer.from(tables).subarray(2, -2), strip.subarray(2)]);
}

/** A plain PDF, object by object. */
class PdfText {
  private readonly parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  private readonly offsets: number[] = [];
  private readonly kids: number[] = [];
  private length = 9;

  private add(...parts: readonly Buffer[]): void {
    for (const part of parts) this.length += part.length;
    this.parts.push(...parts);
  }

  /** 1 and 2 are the catalog and the list of pages. */
  private object(text: string, data?: Buffer): number {
    const number = this.offsets.length + 3;
    this.offsets.push(this.length);
    const body = data
      ? [Buffer.from(`<< ${text} /Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream')]
      : [Buffer.from(`<< ${text} >>`)];
    this.add(Buffer.from(`${number} 0 obj\n`), ...body, Buffer.from('\nendobj\n'));
    return number;
  }

  stream(entries: string, data: Buffer): number {
    return this.object(entries, data);
  }

  /** @param orientation 3: upside down, 6 and 8: to be turned clockwise and back (TIFF 6.0, Orientation). */
  page(
    width: number,
    height: number,
    orientation: number,
    strips: readonly { readonly number: number; readonly bottom: number; readonly tall: number }[],
  ): void {
    const drawing = strips
      .map(
        ({ bottom, tall }, index) =>
          `q ${fixed(width)} 0 0 ${fixed(tall)} 0 ${fixed(bottom)} cm /S${index} Do Q\n`,
      )
      .join('');
    const content = this.object('', Buffer.from(drawing));
    const images = strips.map(({ number }, index) => `/S${index} ${number} 0 R`).join(' ');
    const turned = { 3: 180, 6: 90, 8: 270 }[orientation] ?? 0;
    const page = this.object(
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${fixed(width)} ${fixed(height)}] /Rotate ${turned} ` +
        `/Contents ${content} 0 R /Resources << /XObject << ${images} >> >>`,
    );
    this.kids.push(page);
  }

  finish(): Uint8Array {
    const kids = this.kids.map((number) => `${number} 0 R`).join(' ');
    const heads = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Count ${this.kids.length} /Kids [${kids}] >>`,
    ];
    const starts = heads.map((text, index) => {
      const start = this.length;
      this.add(Buffer.from(`${index + 1} 0 obj\n${text}\nendobj\n`));
      return start;
    });
    const lines = [...starts, ...this.offsets].map(
      (offset) => `${String(offset).padStart(10, '0')} 00000 n\r\n`,
    );
    const size = lines.length + 1;
    const end =
      `xref\n0 ${size}\n0000000000 65535 f\r\n${lines.join('')}` +
      `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${this.length}\n%%EOF\n`;
    this.add(Buffer.from(end));
    return Buffer.concat(this.parts);
  }
}

const fixed = (n: number): string => n.toFixed(3);
