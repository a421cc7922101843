import { isArray, isDict, isRef, isStream } from '../../pdf/index.ts';
import type { PdfFile, PdfValue } from '../../pdf/index.ts';

/** One reference inside an object: where to, and under which key of the nearest dictionary. */
export interface Reference {
  readonly num: number;
  readonly key: string;
}

/** The trailer as a holder of references; no object has this number. */
export const trailerHolder = 0;

/** LibreOffice's notes to itself in the trailer, no part of PDF; other writers carry them along unresolved. */
export const foreignTrailerKeys: ReadonlySet<string> = new Set(['AdditionalStreams', 'DocChecksum']);

function trailerReferences(trailer: PdfValue): Reference[] {
  const entries = isDict(trailer) ? [...trailer.entries] : [];
  return entries.flatMap(([key, value]) =>
    foreignTrailerKeys.has(key) ? [] : referencesIn(value).map((one) => ({ ...one, key: one.key || key })),
  );
}

function referencesIn(root: PdfValue): Reference[] {
  const found: Reference[] = [];
  const waiting: { readonly value: PdfValue; readonly key: string }[] = [{ value: root, key: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, key } = next;
    if (isRef(value)) found.push({ num: value.num, key });
    else if (isArray(value)) for (const item of value.items) waiting.push({ value: item, key });
    else if (isStream(value)) waiting.push({ value: value.dict, key });
    else if (isDict(value))
      for (const [name, item] of value.entries) waiting.push({ value: item, key: name });
  }
  return found;
}

/** Who refers to whom, over all revisions of a file. Built once, in one pass over all objects. */
export class ReferenceIndex {
  private readonly file: PdfFile;
  private readonly outgoing = new Map<PdfValue, readonly Reference[]>();
  /** Per target, the holders with the revision that defined them so. */
  private readonly holders = new Map<number, { readonly num: number; readonly revision: number }[]>();

  constructor(file: PdfFile) {
    this.file = file;
    for (const revision of file.revisions) {
      for (const num of revision.defined) {
        const object = file.objectAt(num, revision.number);
        if (!object) continue;
        for (const target of new Set(this.of(object.value).map((one) => one.num))) {
          this.learn(target, num, revision.number);
        }
      }
      for (const { num } of trailerReferences(revision.trailer))
        this.learn(num, trailerHolder, revision.number);
    }
  }

  private learn(target: number, num: number, revision: number): void {
    const known = this.holders.get(target);
    if (known) known.push({ num, revision });
    else this.holders.set(target, [{ num, revision }]);
  }

  private of(value: PdfValue): readonly Reference[] {
    if (typeof value !== 'object' || value === null) return [];
    const known = this.outgoing.get(value);
    if (known) return known;
    const found = referencesIn(value);
    this.outgoing.set(value, found);
    return found;
  }

  /** What an object refers to, as of a revision. */
  from(num: number, revision: number): readonly Reference[] {
    if (num === trailerHolder) {
      return trailerReferences(this.file.revisions[revision - 1]?.trailer ?? null);
    }
    return this.of(this.file.objectAt(num, revision)?.value ?? null);
  }

  /** Objects (and the trailer) that refer to this number as of a revision. */
  to(num: number, revision: number): readonly number[] {
    const found = (this.holders.get(num) ?? []).filter((holder) =>
      holder.num === trailerHolder
        ? holder.revision === revision
        : this.file.objectAt(holder.num, revision)?.revision === holder.revision,
    );
    return found.map((holder) => holder.num);
  }

  /** Every object that can be reached as of a revision, with the reference that led there first. */
  reachable(revision: number): ReadonlyMap<number, { readonly holder: number; readonly key: string }> {
    const found = new Map<number, { readonly holder: number; readonly key: string }>();
    const waiting = [trailerHolder];
    for (let at = 0; at < waiting.length; at++) {
      const holder = waiting[at] ?? trailerHolder;
      for (const { num, key } of this.from(holder, revision)) {
        if (found.has(num)) continue;
        found.set(num, { holder, key });
        waiting.push(num);
      }
    }
    return found;
  }
}
