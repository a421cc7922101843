import { isDict, isStream, nameOf, pages } from '../../pdf/index.ts';
import type { PdfFile } from '../../pdf/index.ts';
import type { Change } from './change.ts';
import { compareCatalog, compareTrailer } from './document.ts';
import { compareForm } from './form.ts';
import { comparePages } from './pages.ts';
import { ReferenceIndex } from './references.ts';
import { compareStructure } from './structure.ts';
import { entry, newWork, TooMuch, Transition } from './transition.ts';
import type { Work } from './transition.ts';

/**
 * What each revision changed against the one before it, by rules with names (SIGNATURES §D 8). Every object
 * that is not what it was must be explained by a rule; the rest is forbidden. One pass for the whole file,
 * made when it is first asked for.
 */
export class RevisionChanges {
  private readonly file: PdfFile;
  private readonly known = new Map<number, readonly Change[]>();
  private work: Work | null = null;
  private exhausted = false;

  constructor(file: PdfFile) {
    this.file = file;
  }

  /** @param revision the later one, from 2. */
  of(revision: number): readonly Change[] {
    const known = this.known.get(revision);
    if (known) return known;
    const found = this.judge(revision);
    this.known.set(revision, found);
    return found;
  }

  /**
   * Pages, from 1, that lead to anything written after a revision. Whatever draws the file from the objects that
   * this parser read, draws the other pages as they were.
   */
  touchedPages(revision: number): readonly number[] {
    try {
      this.work ??= newWork(this.file, new ReferenceIndex(this.file));
      return touchedPages(this.work, revision);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      return pages(this.file).map((_, index) => index + 1);
    }
  }

  private judge(revision: number): readonly Change[] {
    const tooMuch: Change = {
      rule: 'TOO_MUCH_TO_JUDGE',
      revision,
      object: null,
      field: null,
      page: null,
      area: null,
      detail: null,
    };
    if (this.exhausted) return [tooMuch];
    try {
      this.work ??= newWork(this.file, new ReferenceIndex(this.file));
      return judgeTransition(new Transition(this.work, revision));
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.exhausted = true;
      return [tooMuch];
    }
  }
}

/** References that lead away from what a page draws. */
const away: ReadonlySet<string> = new Set(['Parent', 'P', 'Dest', 'A', 'IRT', 'StructParent']);

function touchedPages(work: Work, revision: number): readonly number[] {
  const { file, index } = work;
  const written = new Set<number>();
  for (const { number, defined, freed } of file.revisions) {
    if (number <= revision) continue;
    for (const num of [...defined, ...freed]) written.add(num);
  }
  const list = pages(file);
  const others = new Set(list.map(({ ref }) => ref.num));
  return list.flatMap(({ ref }, at) => {
    const seen = new Set([ref.num]);
    const waiting = [ref.num];
    for (let num = waiting.pop(); num !== undefined; num = waiting.pop()) {
      work.steps -= 1;
      if (work.steps < 0) throw new TooMuch();
      if (num !== ref.num && written.has(num)) return [at + 1];
      if (num === ref.num && writtenOtherwise(file, num, revision)) return [at + 1];
      for (const { num: target, key } of index.from(num, file.revisions.length)) {
        if (seen.has(target) || away.has(key) || others.has(target)) continue;
        seen.add(target);
        waiting.push(target);
      }
    }
    return [];
  });
}

const writtenOtherwise = (file: PdfFile, num: number, revision: number): boolean =>
  (file.objectAt(num)?.revision ?? 0) > revision;

function judgeTransition(t: Transition): readonly Change[] {
  const [before, after] = [t.file.catalog(t.from), t.file.catalog(t.to)];
  compareTrailer(t);
  if (!before || !after) {
    t.add('DOCUMENT_CHANGED', { detail: 'Root' });
    return t.changes;
  }
  const num = after.ref?.num ?? null;
  compareCatalog(t, before.dict, after.dict, num);
  const form = compareForm(t, entry(before.dict, 'AcroForm'), entry(after.dict, 'AcroForm'), num);
  comparePages(t, form);
  compareStructure(t, form, before.dict, after.dict);
  compareObjectStreams(t);
  for (const { num: open, alsoElsewhere } of t.unexplained().slice(0, maximumOpen)) {
    reportOpen(t, open, alsoElsewhere);
  }
  if (t.changes.length === 0) t.add('NOTHING_SHOWN');
  return t.changes;
}

/**
 * An object stream that is written anew under its number: this parser reads its objects where the
 * cross-reference put them, other readers would take them from the new one.
 */
function compareObjectStreams(t: Transition): void {
  const revision = t.file.revisions[t.to - 1];
  for (const num of [...(revision?.defined ?? []), ...(revision?.freed ?? [])]) {
    const before = t.file.objectAt(num, t.from)?.value;
    if (!isStream(before) || nameOf(before.dict.entries.get('Type')) !== 'ObjStm') continue;
    const after = t.file.objectAt(num, t.to)?.value ?? null;
    if (!t.same(before, after)) t.add('OBJECT_STREAM_CHANGED', { object: num });
  }
}

/** One that is forbidden decides; some more tell the reader where to look. */
const maximumOpen = 20;

/** Says of an unexplained change what it belongs to, as well as that can be found. */
function reportOpen(t: Transition, num: number, alsoElsewhere: boolean): void {
  const value = t.now({ kind: 'ref', num, gen: 0 }) ?? t.file.objectAt(num, t.from)?.value ?? null;
  const type = isDict(value) ? nameOf(entry(value, 'Type')) : null;
  if (alsoElsewhere) t.add('OBJECT_SHARED', { object: num });
  else if (type === 'Pages') t.add('PAGE_TREE', { object: num });
  else {
    const page = pageAbove(t, num);
    if (page) t.add('PAGE_CHANGED', { object: num, page: page.number, detail: page.key });
    else t.add('DOCUMENT_CHANGED', { object: num, detail: type });
  }
}

/** The page through which the object is reached first. */
function pageAbove(t: Transition, num: number): { readonly number: number; readonly key: string } | null {
  const ways = t.reachable();
  const numbers = new Map(t.pages().map((page, index) => [page.ref.num, index + 1]));
  let at = ways.get(num);
  for (let hop = 0; at && hop < 200; hop++) {
    const number = numbers.get(at.holder);
    if (number !== undefined) return { number, key: at.key };
    at = ways.get(at.holder);
  }
  return null;
}
