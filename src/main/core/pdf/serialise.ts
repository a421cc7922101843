import { AppError } from '../contract/errors.ts';
import { isDelimiter, isWhite, joined } from './bytes.ts';
import type { PdfDict, PdfString, PdfValue } from './values.ts';

/** A piece of the output, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Collects output bytes and knows its own offset. */
export class Output {
  private readonly parts: Uint8Array[] = [];
  private pending = '';
  private length: number;
  private readonly most: number;
  /** Where each reserved text stands, by its label. */
  readonly spans = new Map<string, Span>();

  /**
   * @param base offset of the first byte.
   * @param most bytes that may be written; more is AppError PDF_TOO_LARGE.
   */
  constructor(base: number, most = Number.POSITIVE_INFINITY) {
    this.length = base;
    this.most = base + most;
  }

  get offset(): number {
    return this.length + this.pending.length;
  }

  /** Text in Latin-1: one byte per character. */
  text(text: string): void {
    this.pending += text;
    if (this.pending.length > 65_536) this.flush();
  }

  bytes(bytes: Uint8Array): void {
    this.flush();
    this.add(bytes);
  }

  private add(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.length += bytes.length;
    if (this.length > this.most) throw new AppError('PDF_TOO_LARGE', { max: this.most });
  }

  private flush(): void {
    if (this.pending === '') return;
    const bytes = Buffer.from(this.pending, 'latin1');
    this.pending = '';
    this.add(bytes);
  }

  /** Everything written so far, in pieces. */
  take(): readonly Uint8Array[] {
    this.flush();
    return this.parts;
  }

  /** Everything written so far, in one new array. */
  toBytes(): Uint8Array {
    return joined(this.take());
  }
}

/** Writes `num gen obj … endobj` (ISO 32000-2 §7.3.10). A stream's /Length is that of its bytes. */
export function writeObject(out: Output, num: number, gen: number, value: PdfValue): void {
  out.text(`${num} ${gen} obj\n`);
  if (typeof value === 'object' && value?.kind === 'stream') {
    const entries = new Map(value.dict.entries);
    entries.set('Length', value.raw.length);
    writeEntries(out, entries);
    out.text('\nstream\n');
    out.bytes(value.raw);
    out.text('\nendstream');
  } else writeValue(out, value);
  out.text('\nendobj\n');
}

/** Writes a value in the plain form of ISO 32000-2 §7.3. A stream cannot stand inside a value. */
export function writeValue(out: Output, value: PdfValue): void {
  if (value === null) return out.text('null');
  if (typeof value === 'boolean') return out.text(value ? 'true' : 'false');
  if (typeof value === 'number') return out.text(numberText(value));
  switch (value.kind) {
    case 'real':
      return out.text(value.text);
    case 'name':
      return out.text(nameText(value.value));
    case 'string':
      return writeString(out, value);
    case 'ref':
      return out.text(`${value.num} ${value.gen} R`);
    case 'reserved': {
      const start = out.offset;
      out.text(value.text);
      out.spans.set(value.label, { start, end: out.offset });
      return;
    }
    case 'array':
      out.text('[');
      value.items.forEach((item, index) => {
        if (index > 0) out.text(' ');
        writeValue(out, item);
      });
      return out.text(']');
    case 'dict':
      return writeEntries(out, value.entries);
    case 'stream':
      throw new TypeError('A stream must be an object of its own; refer to it instead.');
  }
}

function writeEntries(out: Output, entries: PdfDict['entries']): void {
  out.text('<<');
  for (const [key, value] of entries) {
    out.text(`${nameText(key)} `);
    writeValue(out, value);
    out.text('\n');
  }
  out.text('>>');
}

/** No exponents: PDF has none. Five decimals are finer than any device needs. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('A number in a PDF must be finite.');
  if (Number.isInteger(value)) return value.toFixed(0);
  const text = value.toFixed(5).replace(/0{1,4}$/, '');
  return text === '-0.0' ? '0' : text;
}

function nameText(name: string): string {
  let text = '/';
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code > 0xff) throw new TypeError('A name in a PDF is made of bytes.');
    const regular = code > 0x20 && code < 0x7f && code !== 0x23 && !isDelimiter(code) && !isWhite(code);
    text += regular ? name.charAt(index) : `#${code.toString(16).padStart(2, '0')}`;
  }
  return text;
}

/** In pieces, because a hostile string may be as long as the file. */
function writeString(out: Output, value: PdfString): void {
  out.text(value.hex ? '<' : '(');
  for (let at = 0; at < value.bytes.length; at += 16_384) {
    const piece = Buffer.from(value.bytes.subarray(at, at + 16_384));
    out.text(value.hex ? piece.toString('hex').toUpperCase() : escaped(piece));
  }
  out.text(value.hex ? '>' : ')');
}

function escaped(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte < 0x20 || byte === 0x7f) text += `\\${byte.toString(8).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return text;
}
