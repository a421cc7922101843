import type { FileCipher } from './encryption/file-cipher.ts';
import type { AnomalyCode, PdfObject, XrefEntry } from './file.ts';
import { decodeStream } from './filters.ts';
import { BudgetError, readIndirect } from './indirect.ts';
import type { Indirect } from './indirect.ts';
import { limits, PdfSyntaxError } from './limits.ts';
import { Reader } from './reader.ts';
import type { Save } from './revisions.ts';
import { isRef, isStream, nameOf } from './values.ts';
import type { PdfValue } from './values.ts';
import type { XrefContext } from './xref.ts';

type Report = (code: AnomalyCode, offset: number, detail: string) => void;

/** What one revision says about one object number. */
interface Fact {
  readonly revision: number;
  readonly entry: XrefEntry;
}

interface Packed {
  readonly num: number;
  readonly value: PdfValue;
}

/**
 * Every object of every revision. Facts come from the cross-reference sections; bytes are read once per
 * offset and remembered.
 */
export class ObjectStore {
  private readonly context: XrefContext;
  private readonly saves: readonly Save[];
  /** Per object number, oldest first; only where something changed. */
  private readonly facts: Map<number, Fact[]>;
  private readonly byOffset: Map<number, Indirect | null>;
  private readonly packs: Map<number, readonly Packed[] | null>;
  /** Revisions that were read before. */
  private readonly known: number;
  private readonly loading = new Set<number>();
  private readonly changes: { readonly defined: number[]; readonly freed: number[] }[];
  /** Set before anything but the encryption dictionary is read. */
  cipher: FileCipher | null = null;
  private reports: { code: AnomalyCode; offset: number; detail: string }[] = [];

  /** @param before of the file's beginning, read already: it is taken over and stays as it is. */
  constructor(context: XrefContext, saves: readonly Save[], before: ObjectStore | null = null) {
    this.context = context;
    this.saves = saves;
    this.facts = new Map(before?.facts);
    this.byOffset = new Map(before?.byOffset);
    this.packs = new Map(before?.packs);
    this.known = before?.saves.length ?? 0;
    const touched = new Set<number>();
    saves.slice(this.known).forEach((save, index) => {
      for (const section of [...save.sections].reverse()) {
        for (const [num, entry] of section.entries) {
          const facts = this.facts.get(num) ?? [];
          // the list may be the earlier reading's own, which stays as it is
          this.learn(num, touched.has(num) ? facts : facts.slice(), entry, this.known + index + 1);
          touched.add(num);
        }
      }
    });
    this.changes = saves.map((_, index) => before?.changes[index] ?? { defined: [], freed: [] });
    for (const num of [...touched].sort((a, b) => a - b)) {
      for (const { revision, entry } of this.facts.get(num) ?? []) {
        if (revision <= this.known) continue;
        const change = this.changes[revision - 1];
        (entry.type === 'free' ? change?.freed : change?.defined)?.push(num);
      }
    }
  }

  private learn(num: number, known: Fact[], entry: XrefEntry, revision: number): void {
    const latest = known.at(-1);
    if (!latest && entry.type === 'free') return;
    this.facts.set(num, known);
    if (latest && sameEntry(latest.entry, entry)) return;
    if (latest?.revision === revision) known.pop();
    known.push({ revision, entry });
  }

  private factAt(num: number, revision: number): Fact | null {
    const known = this.facts.get(num);
    const latest = known?.at(-1);
    if (!latest || latest.revision <= revision) return latest ?? null;
    return known?.findLast((fact) => fact.revision <= revision) ?? null;
  }

  /** Reads all objects, so that every fault is known before any verdict. */
  loadAll(report: Report): void {
    let unreadable = 0;
    for (const [num, known] of this.facts) {
      for (const { revision, entry } of known) {
        if (entry.type === 'free' || revision <= this.known) continue;
        const object = this.objectAt(num, revision);
        if (!object) {
          const offset = entry.type === 'offset' ? entry.offset : 0;
          if (++unreadable > limits.anomalies)
            throw new PdfSyntaxError('too many unreadable objects', offset);
          this.reports.push({ code: 'XREF_ENTRY_WRONG', offset, detail: `object ${num}` });
        } else if (entry.type === 'offset') this.checkPlace(entry.offset, num, revision);
      }
    }
    for (const { code, offset, detail } of this.reports) report(code, offset, detail);
    this.reports = [];
  }

  /** A revision may only define objects in its own bytes; one that points elsewhere revives or borrows them. */
  private checkPlace(offset: number, num: number, revision: number): void {
    const save = this.saves[revision - 1];
    if (save && (offset < save.start || offset >= save.end)) {
      this.reports.push({
        code: 'OBJECT_ELSEWHERE',
        offset,
        detail: `object ${num} of revision ${revision}`,
      });
    }
  }

  objectAt(num: number, revision: number): PdfObject | null {
    const fact = this.factAt(num, revision);
    if (!fact || fact.entry.type === 'free') return null;
    if (fact.entry.type === 'packed') return this.packedObject(num, fact.entry, fact.revision);
    const object = this.readAt(fact.entry.offset, fact.revision);
    if (!object || object.num !== num || object.gen !== fact.entry.gen) return null;
    const { gen, value, start, end } = object;
    return { num, gen, value, start, end, revision: fact.revision, container: null };
  }

  private packedObject(
    num: number,
    entry: { readonly container: number; readonly index: number },
    revision: number,
  ): PdfObject | null {
    const fact = this.factAt(entry.container, revision);
    const container = fact?.entry.type === 'offset' ? this.objectAt(entry.container, revision) : null;
    if (!container) return null;
    const packed = this.packAt(container, revision)?.[entry.index];
    if (!packed || packed.num !== num) return null;
    const { start, end } = container;
    return { num, gen: 0, value: packed.value, start, end, revision, container: entry.container };
  }

  private readAt(offset: number, revision: number): Indirect | null {
    const known = this.byOffset.get(offset);
    if (known !== undefined) return known;
    if (this.loading.has(offset) || this.loading.size > limits.hops) return null;
    this.loading.add(offset);
    let object: Indirect | null = null;
    try {
      const lengthOf = (length: PdfValue | undefined): number | null => {
        const value = this.resolve(length, revision);
        return typeof value === 'number' ? value : null;
      };
      object = this.plain(readIndirect(this.context, offset, lengthOf));
      for (const { fault, detail } of object.faults) {
        const code = fault === 'malformed' ? 'OBJECT_MALFORMED' : 'DUPLICATE_KEY';
        this.reports.push({ code, offset, detail: `object ${object.num}: ${detail}` });
      }
    } catch (cause) {
      if (!(cause instanceof PdfSyntaxError)) throw cause;
      if (cause instanceof BudgetError) throw cause;
      this.reports.push({ code: 'OBJECT_MALFORMED', offset: cause.offset, detail: cause.message });
    } finally {
      this.loading.delete(offset);
    }
    this.byOffset.set(offset, object);
    return object;
  }

  /** What was read before the cipher was known is the encryption dictionary, which is never encrypted. */
  private plain(object: Indirect): Indirect {
    const { cipher } = this;
    if (!cipher) return object;
    const value = cipher.decrypt(object, object.value);
    if (value === undefined) throw new PdfSyntaxError('not as encryption leaves it', object.start);
    return { ...object, value };
  }

  /** The objects of an object stream (ISO 32000-2 §7.5.7), in its order; null where it cannot be read. */
  private packAt(container: PdfObject, revision: number): readonly Packed[] | null {
    const known = this.packs.get(container.start);
    if (known !== undefined) return known;
    let packed: readonly Packed[] | null = null;
    this.packs.set(container.start, null);
    try {
      packed = this.unpack(container, revision);
    } catch (cause) {
      if (!(cause instanceof PdfSyntaxError) || cause instanceof BudgetError) throw cause;
      this.reports.push({
        code: 'OBJECT_MALFORMED',
        offset: container.start,
        detail: `object stream ${container.num}: ${cause.message}`,
      });
    }
    this.packs.set(container.start, packed);
    return packed;
  }

  private unpack(container: PdfObject, revision: number): readonly Packed[] {
    const source = container.value;
    if (!isStream(source) || nameOf(source.dict.entries.get('Type')) !== 'ObjStm') {
      throw new PdfSyntaxError('not an object stream', container.start);
    }
    const resolve = (value: PdfValue | undefined): PdfValue => this.resolve(value, revision);
    const data = decodeStream(source, resolve, this.context.decoding);
    const count = resolve(source.dict.entries.get('N'));
    const first = resolve(source.dict.entries.get('First'));
    // Two integers stand in the head for each object, at least a digit and a space each.
    const sane =
      typeof count === 'number' && typeof first === 'number' && count <= limits.objects && 2 * count <= first;
    if (!sane || first > data.length) {
      throw new PdfSyntaxError('malformed object stream', container.start);
    }
    const head = new Reader(data, 0, false);
    const places: { num: number; offset: number }[] = [];
    for (let index = 0; index < count; index++) {
      head.skipSpace();
      const num = head.takeInteger();
      head.skipSpace();
      const offset = head.takeInteger();
      if (num === null || offset === null)
        throw new PdfSyntaxError('malformed object stream', container.start);
      places.push({ num, offset });
    }
    return places.map(({ num, offset }) => {
      const reader = new Reader(data, first + offset, false);
      const value = reader.value();
      this.context.budget.spend(Math.max(8, reader.pos - first - offset) >> 3, container.start);
      this.context.budget.count(reader, container.start);
      for (const { key } of reader.duplicates) {
        this.reports.push({
          code: 'DUPLICATE_KEY',
          offset: container.start,
          detail: `object ${num}: ${key.slice(0, 60)}`,
        });
      }
      return { num, value };
    });
  }

  /** Follows references; one to nothing, or to another generation, is null. */
  resolve(value: PdfValue | undefined, revision: number): PdfValue {
    let current = value ?? null;
    for (let hop = 0; hop < limits.hops; hop++) {
      if (!isRef(current)) return current;
      current = this.valueOf(current.num, current.gen, revision);
    }
    return null;
  }

  /** As `objectAt`, for who wants nothing but the value: most questions put to a file end here. */
  private valueOf(num: number, gen: number, revision: number): PdfValue {
    const fact = this.factAt(num, revision);
    if (!fact || fact.entry.type === 'free') return null;
    if (fact.entry.type === 'packed')
      return gen === 0 ? (this.packedObject(num, fact.entry, fact.revision)?.value ?? null) : null;
    const object = this.readAt(fact.entry.offset, fact.revision);
    return object && object.num === num && object.gen === gen && gen === fact.entry.gen ? object.value : null;
  }

  numbers(revision: number): readonly number[] {
    const found: number[] = [];
    for (const num of this.facts.keys()) {
      const fact = this.factAt(num, revision);
      if (fact && fact.entry.type !== 'free') found.push(num);
    }
    return found.sort((a, b) => a - b);
  }

  changesOf(revision: number): { readonly defined: readonly number[]; readonly freed: readonly number[] } {
    return this.changes[revision - 1] ?? { defined: [], freed: [] };
  }

  /** Spans of all objects read from the file's bytes, from an offset on. */
  spans(from: number): { readonly start: number; readonly end: number; readonly num: number }[] {
    const found: { start: number; end: number; num: number }[] = [];
    for (const object of this.byOffset.values()) {
      if (object && object.end > from) found.push({ start: object.start, end: object.end, num: object.num });
    }
    return found;
  }
}

function sameEntry(one: XrefEntry, other: XrefEntry): boolean {
  if (one.type === 'free') return other.type === 'free';
  if (one.type === 'offset') {
    return other.type === 'offset' && one.offset === other.offset && one.gen === other.gen;
  }
  return other.type === 'packed' && one.container === other.container && one.index === other.index;
}
