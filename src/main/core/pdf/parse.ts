import { AppError } from '../contract/errors.ts';
import { accountForBytes } from './accounting.ts';
import { startsWithAt } from './bytes.ts';
import type { Anomaly, AnomalyCode, PdfFile, Revision } from './file.ts';
import { Budget } from './indirect.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { ObjectStore } from './objects.ts';
import { readSaves } from './revisions.ts';
import { isDict, isRef } from './values.ts';
import type { PdfValue } from './values.ts';

/**
 * Reads a PDF strictly: header, every cross-reference section, every object of every revision
 * (ISO 32000-2 §7.5). Nothing is repaired or guessed; see `PdfFile.anomalies`.
 *
 * @throws AppError PDF_UNREADABLE (the cause says where and why) or PDF_ENCRYPTED.
 */
export function parsePdf(bytes: Uint8Array): PdfFile {
  try {
    return parse(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // A RangeError can only be the runtime's own limit (memory, string length) reached by hostile input.
    if (cause instanceof PdfSyntaxError || cause instanceof RangeError) {
      throw new AppError('PDF_UNREADABLE', undefined, cause);
    }
    throw cause;
  }
}

function parse(bytes: Uint8Array): PdfFile {
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
    budget: new Budget(bytes.length),
    decoding: { left: limits.decodedTotal },
    entriesLeft: limits.entries as number,
    report,
  };
  const { saves, linearized } = readSaves(context, report);
  if (saves.some((save) => save.sections.some((section) => section.trailer.entries.has('Encrypt')))) {
    throw new AppError('PDF_ENCRYPTED');
  }
  const store = new ObjectStore(context, saves);
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
  accountForBytes(bytes, saves, store.spans(), report);
  const newest = revisions.at(-1);
  if (!newest) throw new PdfSyntaxError('no revision', 0);

  const at = (revision: number | undefined): number => revision ?? revisions.length;
  const resolve = (value: PdfValue | undefined, revision?: number): PdfValue =>
    store.resolve(value, at(revision));
  const file: PdfFile = {
    bytes,
    version,
    revisions,
    trailer: newest.trailer,
    anomalies,
    needsRepair: false,
    linearized,
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
  for (const { number, start } of revisions) {
    if (!file.catalog(number)) report('CATALOG_MISSING', start, `revision ${number}`);
  }
  return { ...file, needsRepair: anomalies.some(({ code }) => code !== 'OBJECT_ELSEWHERE') };
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
