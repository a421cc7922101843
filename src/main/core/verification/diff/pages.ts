import { isArray, isDict, isRef, nameOf, ref } from '../../pdf/index.ts';
import type { Page, PdfValue } from '../../pdf/index.ts';
import { compareAnnotation, isComment } from './annotation.ts';
import type { Form } from './field-node.ts';
import { readRectangle } from './rectangle.ts';
import { entry, keysOf, refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

/** Entries of a page that draw nothing (ISO 32000-2 Table 31). */
const quietKeys: ReadonlySet<string> = new Set(['LastModified', 'Tabs']);

/** Pages stay what they are, but for the list of what lies on them (/Annots). */
export function comparePages(t: Transition, form: Form): void {
  compareNodes(t);
  t.pages().forEach((page, index) => comparePage(t, form, page, index + 1));
}

/** What a node of the page tree hands to a reader (Tables 30 and 31, inheritable). */
const nodeKeys = ['Type', 'Parent', 'Kids', 'Count', 'Resources', 'MediaBox', 'CropBox', 'Rotate'];
const nodeHolders: ReadonlySet<string> = new Set(['Kids', 'Parent', 'Pages']);

/** Some writers mark the page tree with an entry of their own; whatever means something stays. */
function compareNodes(t: Transition): void {
  for (const num of t.changed) {
    const node = ref(num);
    const [old, now] = [t.old(node), t.now(node)];
    if (!isDict(old) || !isDict(now) || nameOf(t.old(entry(old, 'Type'))) !== 'Pages') continue;
    const onlyNode = t.work.index
      .to(num, t.to)
      .every((holder) =>
        t.work.index.from(holder, t.to).every((one) => one.num !== num || nodeHolders.has(one.key)),
      );
    if (onlyNode && nodeKeys.every((key) => t.same(entry(old, key), entry(now, key)))) t.judge(num);
  }
}

function comparePage(t: Transition, form: Form, page: Page, number: number): void {
  t.step();
  const { num } = page.ref;
  const now = t.now(page.ref);
  if (t.changed.has(num)) {
    t.judge(num);
    if (!isDict(now)) {
      t.add('PAGE_CHANGED', { object: num, page: number });
      return;
    }
    for (const key of keysOf(page.dict, now)) {
      const [before, after] = [entry(page.dict, key), entry(now, key)];
      if (key === 'Annots' || quietKeys.has(key) || t.same(before, after)) continue;
      if (key === 'StructParents' && before === null) continue;
      if (key === 'Resources' && t.sameDeep(before, after)) continue;
      if (key === 'Metadata') t.whole(num, before, after);
      else t.add('PAGE_CHANGED', { object: num, page: number, detail: key });
    }
  }
  compareAnnotations(t, form, entry(page.dict, 'Annots'), entry(now, 'Annots'), num, number);
}

function compareAnnotations(
  t: Transition,
  form: Form,
  before: PdfValue,
  after: PdfValue,
  holder: number,
  page: number,
): void {
  t.part(holder, before);
  t.part(holder, after);
  const olds = itemsOf(t.old(before));
  const news = itemsOf(t.now(after));
  t.step(olds.length + news.length);
  const listHolder = refNumber(after) ?? holder;
  if (olds.length + news.length === 0) return;
  let next = 0;
  for (const item of news) {
    // Nearly always the one that is due.
    let at = next;
    while (at < olds.length && !matches(t, olds[at] ?? null, item)) at++;
    t.step(at - next);
    if (at === olds.length) {
      added(t, form, item, listHolder, page);
      continue;
    }
    // Whatever was skipped may come later: then the order changed, and with it what covers what.
    const skipped = olds.slice(next, at);
    if (skipped.some((one) => news.some((other) => matches(t, one, other)))) {
      t.add('PAGE_CHANGED', { page, detail: 'Annots' });
      return;
    }
    for (const one of skipped) removed(t, one, page);
    next = at + 1;
    kept(t, form, item, listHolder, page);
  }
  for (const one of olds.slice(next)) removed(t, one, page);
}

const itemsOf = (value: PdfValue): readonly PdfValue[] => (isArray(value) ? value.items : []);

function matches(t: Transition, before: PdfValue, after: PdfValue): boolean {
  if (isRef(before) || isRef(after)) return refNumber(before) === refNumber(after);
  return t.same(before, after);
}

/** An annotation that stays: one of a form field is judged with its field. */
function kept(t: Transition, form: Form, item: PdfValue, holder: number, page: number): void {
  const num = refNumber(item);
  if (num === null || form.known.has(num)) return;
  compareAnnotation(t, num, holder, page);
}

function added(t: Transition, form: Form, item: PdfValue, holder: number, page: number): void {
  const num = refNumber(item);
  const dict = t.now(item);
  if (dict === null) return;
  const subtype = nameOf(t.file.get(dict, 'Subtype', t.to));
  if (num !== null && form.widgets.has(num)) {
    t.judge(num);
    return;
  }
  const area = readRectangle(t.file, entry(dict, 'Rect'), t.to);
  const what = { object: num, page, area, detail: subtype };
  if (subtype === 'Widget') t.add('WIDGET_FOREIGN', what);
  else if (!isComment(t, dict) || (num !== null && t.existed(num))) t.add('ANNOTATION_KIND', what);
  else {
    t.whole(num ?? holder, null, entry(dict, 'AP'));
    if (num !== null) form.comments.add(num);
    t.add('ANNOTATION_ADDED', what);
  }
}

function removed(t: Transition, item: PdfValue, page: number): void {
  const dict = t.old(item);
  if (dict === null) return;
  const subtype = nameOf(t.file.get(dict, 'Subtype', t.from));
  const area = readRectangle(t.file, entry(dict, 'Rect'), t.from);
  const what = { object: refNumber(item), page, area, detail: subtype };
  t.add(isComment(t, dict, t.from) ? 'ANNOTATION_REMOVED' : 'ANNOTATION_KIND', what);
}
