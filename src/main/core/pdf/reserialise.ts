import { AppError } from '../contract/errors.ts';
import {
  isActive,
  isExternalAnnotation,
  keptInCatalog,
  keptInNames,
  mayKeep,
  resourceKinds,
} from './actions.ts';
import type { PdfFile } from './file.ts';
import { limits } from './limits.ts';
import { Output, writeObject, writeValue } from './serialise.ts';
import { arrayOf, dict, dictOf, isArray, isDict, isRef, isStream, nameOf, ref } from './values.ts';
import type { PdfDict, PdfRef, PdfValue } from './values.ts';

/**
 * A clean copy for a viewer: the objects that can be reached from the newest catalog, renumbered, in one
 * cross-reference table, without actions, scripts, attachments, XFA, multimedia and references to other files.
 * Signature values are left out, the appearances of their fields stay, so that the page is drawn as judged.
 * The same file gives the same bytes.
 *
 * @throws AppError PDF_UNREADABLE where there is no catalog.
 */
export function reserialise(file: PdfFile): Uint8Array {
  const catalog = file.catalog();
  if (!catalog) throw new AppError('PDF_UNREADABLE', undefined, new Error('no catalog'));
  const copier = new Copier(file);
  const out = new Output(0);
  out.text(`%PDF-${file.version === '2.0' ? '2.0' : '1.7'}\n%\xe2\xe3\xcf\xd3\n`);
  const offsets: number[] = [];
  const write = (num: number, value: PdfValue): void => {
    offsets[num] = out.offset;
    writeObject(out, num, 0, value);
  };
  write(1, copier.catalog(catalog.dict));
  for (let next = copier.next(); next; next = copier.next()) write(next.num, next.value);
  const start = out.offset;
  const size = copier.count + 1;
  out.text(`xref\n0 ${size}\n0000000000 65535 f\r\n`);
  for (let num = 1; num < size; num++) {
    out.text(`${String(offsets[num] ?? 0).padStart(10, '0')} 00000 n\r\n`);
  }
  out.text('trailer\n');
  writeValue(out, dict({ Size: size, Root: ref(1) }));
  out.text(`\nstartxref\n${start}\n%%EOF\n`);
  return out.toBytes(new Uint8Array(0));
}

/** Where a dictionary stands decides which of its keys are words of PDF and which are free names. */
type Context = 'words' | 'names';

interface Waiting {
  readonly num: number;
  readonly source: PdfRef;
  readonly context: Context;
}

class Copier {
  private readonly file: PdfFile;
  /** New numbers by old ones; 1 is the catalog. */
  private readonly numbers = new Map<number, number>();
  private readonly waiting: Waiting[] = [];
  count = 1;
  /** Lists that many pages share are copied for each. */
  private annotationsLeft: number = limits.nodes;

  constructor(file: PdfFile) {
    this.file = file;
  }

  catalog(source: PdfDict): PdfDict {
    const entries = new Map<string, PdfValue>();
    for (const [key, value] of source.entries) {
      if (key === 'Names') entries.set(key, this.nameTrees(value));
      else if (keptInCatalog.has(key)) entries.set(key, this.copy(value, 'words'));
    }
    return dictOf(entries);
  }

  private nameTrees(value: PdfValue): PdfValue {
    const source = this.file.resolve(value);
    const entries = new Map<string, PdfValue>();
    for (const [key, tree] of isDict(source) ? source.entries : []) {
      if (keptInNames.has(key)) entries.set(key, this.copy(tree, 'words'));
    }
    return dictOf(entries);
  }

  /** The next referenced object, copied; null when all are written. */
  next(): { readonly num: number; readonly value: PdfValue } | null {
    const one = this.waiting.pop();
    if (!one) return null;
    const value = this.file.resolve(one.source);
    if (!isStream(value)) return { num: one.num, value: this.copy(value, one.context) };
    const entries = new Map(this.entries(value.dict, 'words'));
    for (const key of ['F', 'FFilter', 'FDecodeParms', 'Ref', 'OPI', 'DL']) entries.delete(key);
    return { num: one.num, value: { kind: 'stream', dict: dictOf(entries), raw: value.raw } };
  }

  private copy(value: PdfValue, context: Context): PdfValue {
    if (isRef(value)) return this.reference(value, context);
    if (isArray(value)) return arrayOf(value.items.map((item) => this.copy(item, context)));
    if (!isDict(value)) return value;
    return isActive(this.file, value) ? null : dictOf(this.entries(value, context));
  }

  private reference(source: PdfRef, context: Context): PdfValue {
    const target = this.file.resolve(source);
    if (target === null || isActive(this.file, target)) return null;
    let num = this.numbers.get(source.num);
    if (num === undefined) {
      num = ++this.count;
      this.numbers.set(source.num, num);
      this.waiting.push({ num, source, context });
    }
    return ref(num);
  }

  private entries(source: PdfDict, context: Context): ReadonlyMap<string, PdfValue> {
    const entries = new Map<string, PdfValue>();
    for (const [key, value] of source.entries) {
      if (!mayKeep(this.file, key, value, context === 'names')) continue;
      if (key === 'Annots') entries.set(key, this.annotations(value));
      else {
        const names =
          context === 'words' && resourceKinds.has(key) && nameOf(this.file.resolve(value)) === null;
        entries.set(key, this.copy(value, names ? 'names' : 'words'));
      }
    }
    return entries;
  }

  private annotations(value: PdfValue): PdfValue {
    const list = this.file.resolve(value);
    const kept = isArray(list) ? list.items.filter((item) => !isExternalAnnotation(this.file, item)) : [];
    this.annotationsLeft -= isArray(list) ? list.items.length : 0;
    if (this.annotationsLeft < 0) throw new AppError('PDF_TOO_LARGE', { max: limits.nodes });
    return arrayOf(kept.map((item) => this.copy(item, 'words')));
  }
}
