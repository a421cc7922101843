import {
  decodeStream,
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  nameOf,
  numberOf,
} from '../../pdf/index.ts';
import type { PdfDict, PdfFile, PdfValue } from '../../pdf/index.ts';

type PdfStream = Extract<PdfValue, { readonly kind: 'stream' }>;

/** Two revisions of one file side by side. */
export interface Sides {
  readonly file: PdfFile;
  readonly from: number;
  readonly to: number;
  /** Bytes that comparing may still decode. */
  readonly decoding: { left: number };
}

/** How a stream is stored; two streams may differ here and still hold the same data. */
const storage: ReadonlySet<string> = new Set(['Length', 'Filter', 'DecodeParms', 'DL']);
const length: ReadonlySet<string> = new Set(['Length']);
const nothing: ReadonlySet<string> = new Set();

/**
 * Do two values say the same, the first read as of `from`, the second as of `to`? References are the same when
 * they name the same object (what that object holds is judged where it stands); a reference equals the value
 * that it leads to where the other side has the value itself.
 */
export function sameValue(sides: Sides, one: PdfValue, other: PdfValue): boolean {
  const { file, from, to } = sides;
  if (one === other) return true;
  if (isRef(one) && isRef(other)) return one.num === other.num && one.gen === other.gen;
  // A stream is always an object of its own, so a value in place never equals a reference to one.
  if (isRef(one)) return !isStream(other) && sameValue(sides, file.resolve(one, from), other);
  if (isRef(other)) return !isStream(one) && sameValue(sides, one, file.resolve(other, to));
  const number = numberOf(one);
  if (number !== null) return number === numberOf(other);
  const name = nameOf(one);
  if (name !== null) return name === nameOf(other);
  if (isString(one)) return isString(other) && Buffer.compare(one.bytes, other.bytes) === 0;
  if (isArray(one)) {
    return (
      isArray(other) &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameValue(sides, item, other.items[index] ?? null))
    );
  }
  if (isDict(one)) return isDict(other) && sameDict(sides, one, other, nothing);
  return isStream(one) && isStream(other) && sameStream(sides, one, other);
}

function sameDict(sides: Sides, one: PdfDict, other: PdfDict, left: ReadonlySet<string>): boolean {
  for (const key of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    if (left.has(key)) continue;
    if (!sameValue(sides, one.entries.get(key) ?? null, other.entries.get(key) ?? null)) return false;
  }
  return true;
}

function sameStream(sides: Sides, one: PdfStream, other: PdfStream): boolean {
  if (Buffer.compare(one.raw, other.raw) === 0) return sameDict(sides, one.dict, other.dict, length);
  if (one.dict.entries.has('F') || other.dict.entries.has('F')) return false;
  if (!sameDict(sides, one.dict, other.dict, storage)) return false;
  const data = decoded(sides, one, sides.from);
  const again = data && decoded(sides, other, sides.to);
  return data !== null && again !== null && Buffer.compare(data, again) === 0;
}

function decoded({ file, decoding }: Sides, stream: PdfStream, revision: number): Uint8Array | null {
  try {
    return decodeStream(stream, (value) => file.resolve(value, revision), decoding);
  } catch {
    // an image filter, damaged data or too much of it: then only the same bytes are the same
    return null;
  }
}
