import { AppError } from '../contract/errors.ts';
import { accountForBytes } from './accounting.ts';
import { isEol, startsWithAt } from './bytes.ts';
import { openEncryption } from './encryption/open.ts';
import { carryFields } from './fields.ts';
import type { Anomaly, AnomalyCode, PdfFile, Revision } from './file.ts';
import { Budget } from './indirect.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { ObjectStore } from './objects.ts';
import { carryPageObjects } from './pages.ts';
import { wholeFile } from './places.ts';
import type { Places } from './places.ts';
import { readSaves } from './revisions.ts';
import type { Saves } from './revisions.ts';
import { isDict, isRef } from './values.ts';
import type { PdfValue } from './values.ts';

export interface ParseOptions {
  /** Of an encrypted file; the owner's or a reader's. A file that anybody may read needs none. */
  readonly password?: string | null;
  /** The same file before its last saves: what is known of it is not read again. Its bytes must not have changed. */
  readonly after?: PdfFile | null;
  /** Of the bytes of a condensed file. */
  readonly places?: Places;
}

/**
 * Reads a PDF strictly: header, every cross-reference section, every object of every revision
 * (ISO 32000-2 §7.5). Nothing is repaired or guessed; see `PdfFile.anomalies`.
 *
 * @throws AppError PDF_UNREADABLE (the cause says where and why); PDF_ENCRYPTED where a password is needed,
 *   PDF_PASSWORD_WRONG, PDF_ENCRYPTION_UNSUPPORTED.
 */
export function parsePdf(bytes: Uint8Array, options: ParseOptions = {}): PdfFile {
  try {
    const known = options.after && beginsWith(bytes, options.after) ? stateOf(options.after) : undefined;
    const grown = known ? parse(bytes, options, known) : null;
    // only a sound addition counts: whatever is odd is judged with the whole file before it
    return grown && grown.anomalies.length === 0 ? grown : parse(bytes, options, null);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // A RangeError can only be the runtime's own limit (memory, string length) reached by hostile input.
    if (cause instanceof PdfSyntaxError || cause instanceof RangeError) {
      throw new AppError('PDF_UNREADABLE', undefined, cause);
    }
    throw cause;
  }
}

function parse(bytes: Uint8Array, options: ParseOptions, before: State | null): PdfFile {
  const places = options.places ?? wholeFile(bytes.length);
  const anomalies: Anomaly[] = [];
  const report = (code: AnomalyCode, offset: number, detail: string): void => {
    // The first of each kind is always kept: a flood of harmless ones must not hide it.
    if (anomalies.length < limits.anomalies || !anomalies.some((known) => known.code === code)) {
      anomalies.push({ code, offset, detail });
    }
  };
  const version = readVersion(bytes, report);
  const context = {
    bytes,
    places,
    budget: new Budget(bytes.length),
    decoding: { left: limits.decodedTotal },
    entriesLeft: limits.entries as number,
    report,
  };
  for (const key of before?.noted ?? []) context.budget.noted.add(key);
  const { saves, linearized } = readSaves(context, report, before);
  const store = new ObjectStore(context, saves, before?.store);
  const encryption = openEncryption(store, saves, options.password ?? null, report);
  store.cipher = encryption;
  store.loadAll(report);
  const revisions = saves.map((save, index): Revision => {
    const number = index + 1;
    const { defined, freed } = store.changesOf(number);
    const trailer = save.sections[0]?.trailer;
    if (!trailer) throw new PdfSyntaxError('no trailer', save.start);
    if (number > 1 && defined.length + freed.length === 0)
      report('XREF_EMPTY', save.start, `revision ${number}`);
    return {
      number,
      start: save.start,
      eofEnd: save.eofEnd,
      end: save.end,
      sections: save.sections,
      trailer,
      defined,
      freed,
    };
  });
  const from = before?.saves.at(-1)?.end ?? 0;
  accountForBytes(context, saves.slice(before?.saves.length ?? 0), store.spans(from), report, from);
  const newest = revisions.at(-1);
  if (!newest) throw new PdfSyntaxError('no revision', 0);

  const at = (revision: number | undefined): number => revision ?? revisions.length;
  const resolve = (value: PdfValue | undefined, revision?: number): PdfValue =>
    store.resolve(value, at(revision));
  const file: PdfFile = {
    bytes,
    places,
    version,
    revisions,
    trailer: newest.trailer,
    anomalies,
    needsRepair: false,
    linearized,
    encryption,
    mentions: (key) => context.budget.noted.has(key),
    objectAt: (num, revision) => store.objectAt(num, at(revision)),
    resolve,
    get: (holder, key, revision) => {
      const value = resolve(holder, revision);
      const entries = isDict(value) ? value.entries : null;
      return entries ? resolve(entries.get(key), revision) : null;
    },
    numbers: (revision) => store.numbers(at(revision)),
    catalog: (revision) => {
      const root = revisions[at(revision) - 1]?.trailer.entries.get('Root');
      const value = resolve(root, revision);
      return isDict(value) ? { ref: isRef(root) ? root : null, dict: value } : null;
    },
  };
  for (const { number, start } of revisions.slice(before?.saves.length ?? 0)) {
    if (!file.catalog(number)) report('CATALOG_MISSING', start, `revision ${number}`);
  }
  const state = { saves, linearized, store, noted: context.budget.noted };
  const done: ParsedFile = {
    ...file,
    needsRepair: anomalies.some(({ code }) => code !== 'OBJECT_ELSEWHERE'),
    [stateKey]: state,
  };
  if (options.after && before) {
    carryFields(options.after, done);
    carryPageObjects(options.after, done);
  }
  return done;
}

/** What reading a file leaves behind for reading the same file with something appended. */
interface State extends Saves {
  readonly store: ObjectStore;
  readonly noted: ReadonlySet<string>;
}

/**
 * On the file itself: weak maps keep what they hold through every minor collection, which costs more than reading
 * a letter does.
 */
const stateKey = Symbol('state');

interface ParsedFile extends PdfFile {
  readonly [stateKey]?: State;
}

const stateOf = (file: ParsedFile): State | undefined => file[stateKey];

/** Is this that file, sound and closed by an end of line, with something behind it? */
function beginsWith(bytes: Uint8Array, file: PdfFile): boolean {
  const { length } = file.bytes;
  return (
    file.anomalies.length === 0 &&
    file.encryption === null &&
    file.places.size === length &&
    file.revisions.at(-1)?.end === length &&
    isEol(file.bytes[length - 1]) &&
    bytes.length > length &&
    Buffer.compare(bytes.subarray(0, length), file.bytes) === 0
  );
}

function readVersion(
  bytes: Uint8Array,
  report: (code: AnomalyCode, offset: number, detail: string) => void,
): string {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const found = /%PDF-(\d\.\d)/.exec(head);
  if (!found) throw new PdfSyntaxError('no %PDF header', 0);
  if (!startsWithAt(bytes, '%PDF-', 0)) report('HEADER_DISPLACED', 0, `header at byte ${found.index}`);
  return found[1] ?? '';
}
