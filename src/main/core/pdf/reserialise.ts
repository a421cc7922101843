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
import { Output, writeObject, writeValue } from './serialise.ts';
import { arrayOf, dict, dictOf, isArray, isDict, isRef, isStream, nameOf, ref } from './values.ts';
import type { PdfDict, PdfRef, PdfValue } from './values.ts';

const mebibyte = 1024 * 1024;

/**
 * A clean copy for a viewer: the objects that can be reached from the newest catalog, renumbered, in one
 * cross-reference table, without actions, scripts, attachments, XFA, multimedia and references to other files.
 * Signature values are left out, the appearances of their fields stay, so that the page is drawn as judged.
 * The same file gives the same bytes.
 *
 * @throws AppError PDF_UNREADABLE where there is no catalog, PDF_TOO_LARGE where the copy would be far larger
 * than the file.
 */
export function reserialise(file: PdfFile): Uint8Array {
  const catalog = file.catalog();
  if (!catalog) throw new AppError('PDF_UNREADABLE', undefined, new Error('no catalog'));
  const copier = new Copier(file);
  // What is written once grows by escapes and unpacking only; a file that swells more was made to.
  const size = file.bytes.length;
  const out = new Output(0, Math.min(4 * size + 16 * mebibyte, size + 128 * mebibyte));
  out.text(`%PDF-${file.version === '2.0' ? '2.0' : '1.7'}\n%\xe2\xe3\xcf\xd3\n`);
  const offsets: number[] = [];
  const write = (num: number, value: PdfValue): void => {
    offsets[num] = out.offset;
    writeObject(out, num, 0, value);
  };
  write(1, copier.catalog(catalog.dict));
  for (let next = copier.next(); next; next = copier.next()) write(next.num, next.value);
  const start = out.offset;
  const count = copier.count + 1;
  out.text(`xref\n0 ${count}\n0000000000 65535 f\r\n`);
  for (let num = 1; num < count; num++) {
    out.text(`${String(offsets[num] ?? 0).padStart(10, '0')} 00000 n\r\n`);
  }
  out.text('trailer\n');
  writeValue(out, dict({ Size: count, Root: ref(1) }));
  out.text(`\nstartxref\n${start}\n%%EOF\n`);
  return out.toBytes();
}

/**
 * Where a value stands decides which of its keys are words of PDF and which are free names, and whether it
 * is a list of annotations.
 */
type Context = 'words' | 'names' | 'annotations';

interface Waiting {
  readonly num: number;
  readonly source: PdfRef;
  readonly context: Context;
}

class Copier {
  private readonly file: PdfFile;
  /**
   * New numbers by context and old number: an object used in two roles is copied for each, or the harmless
   * role would decide for the other. 1 is the catalog.
   */
  private readonly numbers: Readonly<Record<Context, Map<number, number>>> = {
    words: new Map(),
    names: new Map(),
    annotations: new Map(),
  };
  private readonly waiting: Waiting[] = [];
  count = 1;

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
    if (isArray(value))
      return arrayOf(this.kept(value.items, context).map((item) => this.copy(item, 'words')));
    if (!isDict(value)) return value;
    return isActive(this.file, value) ? null : dictOf(this.entries(value, context));
  }

  private kept(items: readonly PdfValue[], context: Context): readonly PdfValue[] {
    return context === 'annotations' ? items.filter((item) => !isExternalAnnotation(this.file, item)) : items;
  }

  private reference(source: PdfRef, wanted: Context): PdfValue {
    const target = this.file.resolve(source);
    if (target === null || isActive(this.file, target)) return null;
    // A stream's own dictionary has words in every role; its data need not be written twice.
    const context = isStream(target) ? 'words' : wanted;
    const known = this.numbers[context].get(source.num);
    if (known !== undefined) return ref(known);
    const num = ++this.count;
    this.numbers[context].set(source.num, num);
    this.waiting.push({ num, source, context });
    return ref(num);
  }

  private entries(source: PdfDict, context: Context): ReadonlyMap<string, PdfValue> {
    const entries = new Map<string, PdfValue>();
    for (const [key, value] of source.entries) {
      if (!mayKeep(this.file, key, value, context === 'names')) continue;
      entries.set(key, this.copy(value, this.contextOf(key, value, context)));
    }
    return entries;
  }

  private contextOf(key: string, value: PdfValue, context: Context): Context {
    if (context === 'names') return 'words';
    if (key === 'Annots') return 'annotations';
    return resourceKinds.has(key) && nameOf(this.file.resolve(value)) === null ? 'names' : 'words';
  }
}
