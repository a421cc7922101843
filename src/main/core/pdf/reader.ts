import { asBuffer, endsToken, hexValue, isDigit, isEol, isWhite, startsWithAt } from './bytes.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { hexBytes, knownName, unescapedName, unescapedString } from './tokens.ts';
import type { PdfDict, PdfName, PdfString, PdfValue } from './values.ts';

/**
 * Reads values from bytes (ISO 32000-2 §7.2, §7.3), strictly: what the grammar does not allow throws
 * PdfSyntaxError. `located` says whether offsets are offsets in the file (false inside object streams).
 */
export class Reader {
  readonly bytes: Uint8Array;
  readonly located: boolean;
  pos: number;
  /** How far any attempt looked, also one that was taken back: what the work cost. */
  furthest: number;
  /** What was read so far, in units of a number's memory (see `limits.values`). */
  values = 0;
  /** Keys that stood twice, with different values, in any dictionary read so far; with the dictionary's offset. */
  readonly duplicates: { readonly key: string; readonly offset: number }[] = [];

  /** Keys met that a whole walk over the file would otherwise be made for; some may repeat. */
  readonly noted: string[] = [];

  constructor(bytes: Uint8Array, pos: number, located = true) {
    this.bytes = bytes;
    this.pos = pos;
    this.furthest = pos;
    this.located = located;
  }

  fail(reason: string): never {
    throw new PdfSyntaxError(reason, this.pos);
  }

  /** White space and comments. */
  skipSpace(): void {
    const { bytes } = this;
    let at = this.pos;
    for (;;) {
      const byte = bytes[at];
      if (isWhite(byte)) at++;
      else if (byte === 0x25) {
        while (at < bytes.length && !isEol(bytes[at])) at++;
      } else {
        this.pos = at;
        if (at > this.furthest) this.furthest = at;
        return;
      }
    }
  }

  /** Takes the keyword if it stands here as a whole token. */
  takeKeyword(word: string): boolean {
    if (!startsWithAt(this.bytes, word, this.pos)) return false;
    if (!endsToken(this.bytes[this.pos + word.length])) return false;
    this.pos += word.length;
    return true;
  }

  /** An unsigned integer token, or null (position unchanged). */
  takeInteger(): number | null {
    const { bytes, pos } = this;
    let at = pos;
    let value = 0;
    for (let byte = bytes[at]; isDigit(byte); byte = bytes[at]) {
      value = value * 10 + (byte ?? 0) - 0x30;
      at++;
      if (at - pos > 15) return null;
    }
    if (at === pos || !endsToken(bytes[at])) return null;
    this.pos = at;
    return value;
  }

  /** `num gen obj`, or null (position unchanged). */
  takeObjectHeader(): { readonly num: number; readonly gen: number } | null {
    const begin = this.pos;
    const num = this.takeInteger();
    if (num !== null && isWhite(this.bytes[this.pos])) {
      this.skipSpace();
      const gen = this.takeInteger();
      if (gen !== null && isWhite(this.bytes[this.pos])) {
        this.skipSpace();
        if (this.takeKeyword('obj')) return { num, gen };
      }
    }
    this.pos = begin;
    return null;
  }

  value(depth = 0): PdfValue {
    if (depth > limits.depth) this.fail('nested too deeply');
    if (++this.values > limits.values) this.fail('too many values');
    this.skipSpace();
    const byte = this.bytes[this.pos];
    switch (byte) {
      case undefined:
        return this.fail('unexpected end');
      case 0x2f:
        return this.name();
      case 0x28:
        return this.literalString();
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return this.bytes[this.pos + 1] === 0x3c ? this.dict(depth) : this.hexString();
      default:
    }
    if (isDigit(byte)) return this.referenceOrNumber();
    if (byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.number();
    if (this.takeKeyword('true')) return true;
    if (this.takeKeyword('false')) return false;
    if (this.takeKeyword('null')) return null;
    return this.fail('unexpected token');
  }

  private referenceOrNumber(): PdfValue {
    const begin = this.pos;
    const num = this.takeInteger();
    if (num === null || !isWhite(this.bytes[this.pos])) {
      this.pos = begin;
      return this.number();
    }
    const afterNumber = this.pos;
    this.skipSpace();
    const gen = this.takeInteger();
    if (gen !== null && isWhite(this.bytes[this.pos])) {
      this.skipSpace();
      if (this.takeKeyword('R')) {
        this.values++;
        return { kind: 'ref', num, gen };
      }
    }
    this.pos = afterNumber;
    return num;
  }

  private number(): PdfValue {
    const { bytes } = this;
    const begin = this.pos;
    let at = begin;
    let digits = 0;
    let points = 0;
    let text = '';
    for (let byte = bytes[at]; ; byte = bytes[++at]) {
      if (isDigit(byte)) digits++;
      else if (byte === 0x2e) points++;
      else if (at !== begin || (byte !== 0x2b && byte !== 0x2d)) break;
      // a few characters are sooner put together than asked of the runtime
      if (at - begin <= 64) text += String.fromCharCode(byte ?? 0);
    }
    if (!endsToken(bytes[at]) || digits === 0 || points > 1 || at - begin > 64) this.fail('malformed number');
    this.pos = at;
    const value = Number(text);
    if (points === 0 && Number.isSafeInteger(value)) return value;
    this.values += 2;
    return { kind: 'real', value, text };
  }

  private name(): PdfName {
    const { bytes } = this;
    const begin = this.pos + 1;
    let at = begin;
    let escaped = false;
    let hash = 0;
    const most = begin + limits.name;
    for (let byte = bytes[at]; byte !== undefined && !endsToken(byte); byte = bytes[++at]) {
      if (at > most) break;
      if (byte === 0x23) escaped = true;
      hash = (hash * 31 + byte) | 0;
    }
    this.pos = at;
    if (at > most) this.fail('name too long');
    this.values++;
    if (escaped) return { kind: 'name', value: unescapedName(bytes, begin, at) };
    return knownName(bytes, begin, at, hash);
  }

  private array(depth: number): PdfValue {
    this.pos++;
    const items: PdfValue[] = [];
    this.values += 2;
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.pos] === 0x5d) {
        this.pos++;
        return { kind: 'array', items };
      }
      items.push(this.value(depth + 1));
    }
  }

  dict(depth = 0): PdfDict {
    const start = this.pos;
    this.pos += 2;
    const entries = new Map<string, PdfValue>();
    this.values += 8;
    let duplicates: string[] | null = null;
    for (;;) {
      this.skipSpace();
      const byte = this.bytes[this.pos];
      if (byte === 0x3e && this.bytes[this.pos + 1] === 0x3e) {
        this.pos += 2;
        const span = this.located ? { start, end: this.pos } : { start: null, end: null };
        return { kind: 'dict', entries, duplicates: duplicates ?? none, ...span };
      }
      if (byte !== 0x2f) this.fail('dictionary key is not a name');
      const key = this.name().value;
      if (notableKeys.has(key)) this.noted.push(key);
      const value = this.value(depth + 1);
      if (entries.has(key)) {
        (duplicates ??= []).push(key);
        if (!saysTheSame(entries.get(key), value)) this.duplicates.push({ key, offset: start });
      }
      entries.set(key, value);
    }
  }

  private hexString(): PdfString {
    const start = this.pos++;
    const end = asBuffer(this.bytes).indexOf(0x3e, this.pos);
    if (end < 0) this.fail('string does not end');
    const digits = asBuffer(this.bytes.subarray(this.pos, end));
    this.pos = end + 1;
    return this.string(hexBytes(digits) ?? this.spacedHex(digits), true, start);
  }

  /** With white space between the digits, or an odd number of them (ISO 32000-2 §7.3.4.3). */
  private spacedHex(source: Uint8Array): Uint8Array {
    const out = new Uint8Array((source.length + 1) >> 1);
    let index = 0;
    for (const byte of source) {
      if (isWhite(byte)) continue;
      const digit = hexValue(byte);
      if (digit < 0) this.fail('malformed hexadecimal string');
      out[index >> 1] = (out[index >> 1] ?? 0) | (index % 2 === 0 ? digit << 4 : digit);
      index++;
    }
    return out.subarray(0, (index + 1) >> 1);
  }

  /** Its end is looked for first, so that a string costs one array of its own length, however long. */
  private literalString(): PdfString {
    const start = this.pos++;
    let open = 1;
    let plain = true;
    for (; open > 0; this.pos++) {
      const byte = this.bytes[this.pos];
      if (byte === undefined) this.fail('string does not end');
      if (byte === 0x28) open++;
      else if (byte === 0x29) open--;
      else if (byte === 0x5c) {
        plain = false;
        this.pos++;
      } else if (byte === 0x0d) plain = false;
    }
    const source = this.bytes.subarray(start + 1, this.pos - 1);
    return this.string(plain ? source : unescapedString(source), false, start);
  }

  private string(bytes: Uint8Array, hex: boolean, start: number): PdfString {
    this.values += 4;
    const span = this.located ? { start, end: this.pos } : { start: null, end: null };
    return { kind: 'string', bytes, hex, ...span };
  }
}

const none: readonly string[] = [];

/** Whichever of two entries a reader takes, it takes the same: a simple value, said twice. */
function saysTheSame(one: PdfValue | undefined, other: PdfValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (one.kind === 'name') return other.kind === 'name' && one.value === other.value;
  return one.kind === 'ref' && other.kind === 'ref' && one.num === other.num && one.gen === other.gen;
}

/** See `PdfFile.mentions`. */
const notableKeys: ReadonlySet<string> = new Set(['ByteRange', 'JS', 'DA', 'Annots']);
