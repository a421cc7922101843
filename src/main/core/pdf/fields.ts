import { AppError } from '../contract/errors.ts';
import { asBuffer } from './bytes.ts';
import type { PdfFile } from './file.ts';
import { decodeStream } from './filters.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { byteString, isArray, isDict, isRef, isStream, isString, nameOf, textOf } from './values.ts';
import type { PdfDict, PdfRef, PdfString, PdfValue } from './values.ts';

/** A signature field of the newest revision (ISO 32000-2 §12.7.5.5). */
export interface SignatureField {
  /** Fully qualified, parts joined by full stops (§12.7.4.2). */
  readonly name: string;
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  /** Where the signature dictionary is: the reference in /V, or null when it stands in the field itself. */
  readonly valueRef: PdfRef | null;
  /** The resolved /V; null for a field that is not signed. It need not be a dictionary in a hostile file. */
  readonly value: PdfValue;
}

/** A signature that an earlier revision's form held and the newest form does not. */
export interface RemovedSignature extends SignatureField {
  /** The last revision whose form held it. */
  readonly revision: number;
}

/** Characters; nested names grow with every level. */
const longestName = 4_096;

/** What walking forms may cost, over all revisions: nodes visited and characters of names made. */
interface Allowance {
  nodes: number;
  characters: number;
}

const allowance = (): Allowance => ({ nodes: limits.nodes, characters: limits.nameCharacters });

interface Node {
  readonly value: PdfValue;
  readonly prefix: string;
  readonly type: string | null;
  /** Inherited /V, unresolved. */
  readonly v: PdfValue | undefined;
}

/**
 * Signature fields through /AcroForm /Fields, in document order: /FT and /V inherited, kids followed, loops
 * and over-long trees cut. Widgets that only draw their parent field are not fields of their own.
 */
export function signatureFields(file: PdfFile, revision?: number): readonly SignatureField[] {
  if (revision !== undefined) return fieldsOf(file, revision, allowance());
  const remembering: Remembering = file;
  const known = remembering[newestFields];
  if (known) return known;
  const plain: Map<PdfDict, string> = (remembering[plainFields] = new Map(remembering[plainFields]));
  return (remembering[newestFields] = fieldsOf(file, undefined, allowance(), plain));
}

/** What everyone asks who judges or signs a file; kept on the file itself, see parse.ts. */
const newestFields = Symbol('newest fields');
const byteRanges = Symbol('byte ranges');
/** Names of signature fields that are told by their own dictionary alone. */
const plainFields = Symbol('plain fields');

interface Remembering extends PdfFile {
  [newestFields]?: readonly SignatureField[];
  [plainFields]?: Map<PdfDict, string>;
  [byteRanges]?: { readonly found: ReadonlyMap<PdfDict, number>; readonly revisions: number };
}

/** @throws AppError PDF_UNREADABLE where the names grow beyond any real form. */
function fieldsOf(
  file: PdfFile,
  revision: number | undefined,
  left: Allowance,
  plain: Map<PdfDict, string> = new Map(),
): readonly SignatureField[] {
  const form = file.get(file.catalog(revision)?.dict, 'AcroForm', revision);
  const roots = file.get(form, 'Fields', revision);
  const found: SignatureField[] = [];
  const seen = new Set<number>();
  const waiting: Node[] = [];
  // Many fields may share one long title.
  const titles = new Map<PdfString, string>();
  const titleOf = (value: PdfValue): string => {
    if (!isString(value)) return '';
    const title = titles.get(value) ?? textOf(byteString(value.bytes.subarray(0, 2 * longestName))) ?? '';
    titles.set(value, title);
    return title;
  };
  const join = (prefix: string, title: string): string => {
    if (prefix === '' || title === '') return prefix === '' ? title.slice(0, longestName) : prefix;
    const name = `${prefix}.${title}`.slice(0, longestName);
    left.characters -= name.length;
    if (left.characters < 0)
      throw new AppError('PDF_UNREADABLE', undefined, new Error('field names too long'));
    return name;
  };
  // Counted here, because many fields may share one long list.
  const take = (list: PdfValue): readonly PdfValue[] => {
    const items = isArray(list) ? list.items.slice(0, left.nodes) : [];
    left.nodes -= items.length;
    return items;
  };
  const wait = (items: readonly PdfValue[], inherited: Omit<Node, 'value'>): void => {
    for (const value of [...items].reverse()) waiting.push({ value, ...inherited });
  };
  wait(take(roots), { prefix: '', type: null, v: undefined });
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isRef(node.value)) {
      if (seen.has(node.value.num)) continue;
      seen.add(node.value.num);
    }
    const dict = file.resolve(node.value, revision);
    if (!isDict(dict)) continue;
    const isRoot = node.prefix === '' && node.type === null && node.v === undefined;
    const title = isRoot ? plain.get(dict) : undefined;
    if (title !== undefined) {
      found.push(fieldOf(file, node.value, dict, title, dict.entries.get('V'), revision));
      continue;
    }
    const name = join(node.prefix, titleOf(file.get(dict, 'T', revision)));
    const type = nameOf(file.get(dict, 'FT', revision)) ?? node.type;
    const v = dict.entries.get('V') ?? node.v;
    const kids = take(file.get(dict, 'Kids', revision));
    const named = kids.filter((kid) => isString(file.get(kid, 'T', revision)));
    wait(named, { prefix: name, type, v });
    if (type !== 'Sig' || (named.length > 0 && v === undefined)) continue;
    if (isRoot && isPlain(dict)) plain.set(dict, name);
    found.push(fieldOf(file, node.value, dict, name, v, revision));
  }
  return found;
}

const fieldOf = (
  file: PdfFile,
  place: PdfValue,
  dict: PdfDict,
  name: string,
  v: PdfValue | undefined,
  revision: number | undefined,
): SignatureField => ({
  name,
  ref: isRef(place) ? place : null,
  dict,
  valueRef: isRef(v) ? v : null,
  value: file.resolve(v, revision),
});

/** No reference decides what kind of field it is and what it is called, so the next save cannot change it. */
const isPlain = ({ entries }: PdfDict): boolean =>
  isString(entries.get('T')) && nameOf(entries.get('FT')) === 'Sig' && !entries.has('Kids');

/**
 * Signatures that were taken out of the form: a /V of an earlier revision whose dictionary no field of the
 * newest form holds any more, wherever else it may have been put since.
 *
 * @param unlisted the dictionaries in question; without any, no form has to be walked.
 */
export function removedSignatures(
  file: PdfFile,
  unlisted: ReadonlySet<PdfValue> = unlistedSignatures(file),
): readonly RemovedSignature[] {
  const found: RemovedSignature[] = [];
  const open = new Set(unlisted);
  const left = allowance();
  for (const { number } of [...file.revisions].reverse()) {
    if (open.size === 0) break;
    if (left.nodes === 0) throw new AppError('PDF_UNREADABLE', undefined, new Error('too many form fields'));
    for (const field of fieldsOf(file, number, left)) {
      if (open.delete(field.value)) found.push({ ...field, revision: number });
    }
  }
  return found.reverse();
}

/** Dictionaries with a /ByteRange that no field of the newest form holds. */
function unlistedSignatures(file: PdfFile): ReadonlySet<PdfValue> {
  if (!file.mentions('ByteRange')) return new Set();
  const listed = new Set(signatureFields(file).map((field) => field.value));
  return new Set([...byteRangeDicts(file).keys()].filter((dict) => !listed.has(dict)));
}

/** Offsets of the text `/ByteRange` in the file, ascending, and how often it stands inside object streams. */
export function countByteRanges(file: PdfFile): {
  readonly offsets: readonly number[];
  readonly packed: number;
} {
  let packed = 0;
  const decoding = { left: limits.decodedTotal };
  for (const revision of file.revisions) {
    for (const num of revision.defined) {
      const source = file.objectAt(num, revision.number)?.value;
      if (!isStream(source) || nameOf(source.dict.entries.get('Type')) !== 'ObjStm') continue;
      try {
        const data = decodeStream(source, (value) => file.resolve(value, revision.number), decoding);
        packed += offsetsOf(data, '/ByteRange').length;
      } catch (cause) {
        if (!(cause instanceof PdfSyntaxError)) throw cause;
      }
    }
  }
  return { offsets: offsetsOf(file.bytes, '/ByteRange'), packed };
}

/** Offsets of a Latin-1 text in bytes. */
export function offsetsOf(bytes: Uint8Array, text: string): number[] {
  const buffer = asBuffer(bytes);
  const found: number[] = [];
  for (let at = buffer.indexOf(text, 0, 'latin1'); at >= 0 && found.length < limits.nodes;) {
    found.push(at);
    at = buffer.indexOf(text, at + text.length, 'latin1');
  }
  return found;
}

/**
 * Every dictionary of every revision that has a /ByteRange, reachable or not and however the key is spelt
 * (`/Byte#52ange` is the same name, §7.3.5), with the first revision that defines it.
 */
export function byteRangeDicts(file: PdfFile): ReadonlyMap<PdfDict, number> {
  const remembering: Remembering = file;
  const known = remembering[byteRanges];
  if (known?.revisions === file.revisions.length) return known.found;
  const found = new Map(known?.found);
  remembering[byteRanges] = { found, revisions: file.revisions.length };
  if (!file.mentions('ByteRange')) return found;
  const seen = new Set<PdfValue>();
  for (const revision of file.revisions.slice(known?.revisions ?? 0)) {
    for (const num of revision.defined) {
      const value = file.objectAt(num, revision.number)?.value ?? null;
      if (!seen.has(value)) collect(value, found, revision.number);
      seen.add(value);
    }
    for (const section of revision.sections) collect(section.trailer, found, revision.number);
  }
  return found;
}

/** The answer for a file that has grown starts from the one for the file before. */
export function carryFields(from: Remembering, to: Remembering): void {
  const known = from[byteRanges];
  if (known) to[byteRanges] = known;
  const plain = from[plainFields];
  if (plain) to[plainFields] = plain;
}

function collect(root: PdfValue, found: Map<PdfDict, number>, revision: number): void {
  const waiting: PdfValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isStream(value)) waiting.push(value.dict);
    else if (isArray(value)) for (const item of value.items) waiting.push(item);
    else if (isDict(value)) {
      if (value.entries.has('ByteRange') && !found.has(value)) found.set(value, revision);
      for (const item of value.entries.values()) waiting.push(item);
    }
  }
}
