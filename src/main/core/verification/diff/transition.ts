import { isDict, isRef, isStream, nameOf, pages } from '../../pdf/index.ts';
import type { Page, PdfDict, PdfFile, PdfValue } from '../../pdf/index.ts';
import type { Change, ChangeRule } from './change.ts';
import { sameValue } from './equal.ts';
import type { Sides } from './equal.ts';
import { trailerHolder } from './references.ts';
import type { ReferenceIndex } from './references.ts';

/** What judging all later revisions of one file may visit; far above any real file. */
const maximumSteps = 20_000_000;
const maximumDecoded = 256 * 1024 * 1024;

/** Thrown inside this folder only: the file costs more than any real one. */
export class TooMuch extends Error {}

/** What judging several revisions of one file shares. */
export interface Work {
  readonly file: PdfFile;
  readonly index: ReferenceIndex;
  steps: number;
  readonly decoding: { left: number };
  /** The page list and the revision for which it was read. */
  pages: { readonly revision: number; readonly list: readonly Page[] } | null;
}

export const newWork = (file: PdfFile, index: ReferenceIndex): Work => ({
  file,
  index,
  steps: maximumSteps,
  decoding: { left: maximumDecoded },
  pages: null,
});

type Details = Partial<Omit<Change, 'rule' | 'revision'>>;

/** Types that a subtree of data must not lead into: what they hold is judged by rules of their own. */
const ownRules: ReadonlySet<string> = new Set(['Page', 'Pages', 'Catalog', 'Annot', 'StructTreeRoot']);

/**
 * One step from a revision to the next, while the rules look at it. A rule *explains* the changed objects that
 * it has judged; what nobody explained and can still be reached is a change without permission.
 */
export class Transition implements Sides {
  readonly work: Work;
  readonly file: PdfFile;
  readonly from: number;
  readonly to: number;
  readonly decoding: { left: number };
  /** Numbers whose value is not what it was, and that something referred to before. */
  readonly changed: ReadonlySet<number>;
  readonly changes: Change[] = [];
  /** Dictionaries whose changes were judged key by key. */
  private readonly judged = new Set<number>();
  /** Parts of a permitted whole, such as a stream of the DSS: permitted only where nothing else uses them. */
  private readonly parts = new Set<number>();
  /** `holder>target` of the references by which parts were reached. */
  private readonly ways = new Set<string>();
  private found: ReturnType<ReferenceIndex['reachable']> | null = null;

  constructor(work: Work, to: number) {
    this.work = work;
    this.file = work.file;
    this.from = to - 1;
    this.to = to;
    this.decoding = work.decoding;
    this.changed = this.findChanged();
  }

  private findChanged(): ReadonlySet<number> {
    const { file, from, to } = this;
    const revision = file.revisions[to - 1];
    const found = new Set<number>();
    for (const num of [...(revision?.defined ?? []), ...(revision?.freed ?? [])]) {
      this.step();
      const before = file.objectAt(num, from);
      const after = file.objectAt(num, to);
      const same = before !== null && after !== null && before.gen === after.gen;
      if (same && sameValue(this, before.value, after.value)) continue;
      if (before === null && this.work.index.to(num, from).length === 0) continue;
      found.add(num);
    }
    return found;
  }

  step(count = 1): void {
    this.work.steps -= count;
    if (this.work.steps < 0) throw new TooMuch();
  }

  old(value: PdfValue | undefined): PdfValue {
    return this.file.resolve(value, this.from);
  }

  now(value: PdfValue | undefined): PdfValue {
    return this.file.resolve(value, this.to);
  }

  same(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    return sameValue(this, before ?? null, after ?? null);
  }

  /** The same also through references: what a reader gets did not change one level down. */
  sameResolved(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    return sameValue(this, this.old(before), this.now(after));
  }

  /** The same all the way down, whatever the numbers of the objects on the way. */
  sameDeep(before: PdfValue | undefined, after: PdfValue | undefined, depth = 8): boolean {
    this.step();
    if (this.same(before, after)) return true;
    const [one, other] = [this.old(before), this.now(after)];
    if (this.same(one, other)) return true;
    if (depth === 0 || !isDict(one) || !isDict(other)) return false;
    return [...keysOf(one, other)].every(
      (key) => key === 'ProcSet' || this.sameDeep(entry(one, key), entry(other, key), depth - 1),
    );
  }

  add(rule: ChangeRule, details: Details = {}): void {
    const { object = null, field = null, page = null, area = null, detail = null } = details;
    this.changes.push({ rule, revision: this.to, object, field, page, area, detail });
  }

  /** Was this object there, or expected to be there, before? */
  existed(num: number): boolean {
    return this.changed.has(num) || this.file.objectAt(num, this.from) !== null;
  }

  /** A dictionary whose keys were all judged. */
  judge(num: number | null): void {
    if (num !== null) this.judged.add(num);
  }

  isJudged(num: number): boolean {
    return this.judged.has(num);
  }

  /** The object itself is a part of something permitted, reached from `holder`; what it refers to is not. */
  part(holder: number | null, value: PdfValue | undefined): void {
    if (!isRef(value)) return;
    this.parts.add(value.num);
    this.ways.add(`${holder ?? trailerHolder}>${value.num}`);
  }

  /** A value with all that it leads to, before and after, is part of something permitted. */
  whole(holder: number | null, before: PdfValue | undefined, after: PdfValue | undefined): void {
    this.walk(holder, before ?? null, this.from);
    this.walk(holder, after ?? null, this.to);
  }

  private walk(holder: number | null, root: PdfValue, revision: number): void {
    const seen = new Set<number>();
    const waiting = [{ holder: holder ?? trailerHolder, value: root }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      this.step();
      const { value } = next;
      if (isRef(value)) {
        const target = this.file.objectAt(value.num, revision)?.value ?? null;
        if (isOwn(this.file, target, revision)) continue;
        this.parts.add(value.num);
        this.ways.add(`${next.holder}>${value.num}`);
        if (seen.has(value.num)) continue;
        seen.add(value.num);
        waiting.push({ holder: value.num, value: target });
      } else if (isStream(value)) waiting.push({ holder: next.holder, value: value.dict });
      else if (isDict(value)) {
        for (const [key, item] of value.entries) {
          if (key !== 'Parent' && key !== 'P') waiting.push({ holder: next.holder, value: item });
        }
      } else if (typeof value === 'object' && value?.kind === 'array') {
        for (const item of value.items) waiting.push({ holder: next.holder, value: item });
      }
    }
  }

  /** What no rule has explained, ascending; `alsoElsewhere` where a permitted part serves another purpose too. */
  unexplained(): readonly { readonly num: number; readonly alsoElsewhere: boolean }[] {
    const open = [...this.changed].filter((num) => !this.judged.has(num));
    if (open.length === 0) return [];
    const reachable = this.reachable();
    return open
      .filter((num) => reachable.has(num))
      .flatMap((num) => {
        if (!this.parts.has(num)) return [{ num, alsoElsewhere: false }];
        return this.isUsedElsewhere(num) ? [{ num, alsoElsewhere: true }] : [];
      })
      .sort((one, other) => one.num - other.num);
  }

  /** Does anything but the permitted whole lead to this part, directly or through other parts? */
  private isUsedElsewhere(part: number): boolean {
    const seen = new Set([part]);
    const waiting = [part];
    for (let num = waiting.pop(); num !== undefined; num = waiting.pop()) {
      this.step();
      for (const holder of this.work.index.to(num, this.to)) {
        if (holder !== trailerHolder && !this.reachable().has(holder)) continue;
        if (!this.ways.has(`${holder}>${num}`)) return true;
        if (seen.has(holder) || !this.parts.has(holder) || this.judged.has(holder)) continue;
        seen.add(holder);
        waiting.push(holder);
      }
    }
    return false;
  }

  /** What can be reached after this step, and how. */
  reachable(): ReturnType<ReferenceIndex['reachable']> {
    if (!this.found) {
      this.found = this.work.index.reachable(this.to);
      this.step(this.found.size);
    }
    return this.found;
  }

  /** The pages before this step, read again only where the page tree may have changed since. */
  pages(): readonly Page[] {
    const known = this.work.pages;
    if (known && known.revision === this.from) return known.list;
    const list = pages(this.file, this.from);
    this.step(list.length);
    this.work.pages = { revision: this.from, list };
    return list;
  }
}

function isOwn(file: PdfFile, value: PdfValue, revision: number): boolean {
  if (!isDict(value)) return false;
  const type = nameOf(file.get(value, 'Type', revision));
  return (type !== null && ownRules.has(type)) || file.get(value, 'FT', revision) !== null;
}

/** Keys of both dictionaries, each once. */
export function keysOf(one: PdfValue, other: PdfValue): ReadonlySet<string> {
  const keys = (value: PdfValue): Iterable<string> => (isDict(value) ? value.entries.keys() : []);
  return new Set([...keys(one), ...keys(other)]);
}

export const entry = (value: PdfValue, key: string): PdfValue =>
  isDict(value) ? (value.entries.get(key) ?? null) : null;

export const refNumber = (value: PdfValue | undefined): number | null => (isRef(value) ? value.num : null);

export const asDict = (value: PdfValue): PdfDict | null => (isDict(value) ? value : null);
