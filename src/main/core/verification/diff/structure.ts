import { isArray, isDict, isRef, nameOf, ref } from '../../pdf/index.ts';
import type { PdfDict, PdfValue } from '../../pdf/index.ts';
import type { Form } from './field-node.ts';
import { entry, keysOf, refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

/** What an element for a new widget may say (ISO 32000-2 Table 355); never a text that stands for another. */
const elementKeys: ReadonlySet<string> = new Set(['Type', 'S', 'P', 'K', 'Pg', 'T', 'Lang', 'ID', 'Alt']);
const maximumDepth = 40;

/**
 * The structure tree of a tagged document (ISO 32000-2 §14.7): a signature that is added to one gets an element
 * of its own, which is entered in the tree and in the parent tree. Nothing that was there may change.
 */
export function compareStructure(t: Transition, form: Form, before: PdfDict, after: PdfDict): void {
  const [one, other] = [entry(before, 'StructTreeRoot'), entry(after, 'StructTreeRoot')];
  const num = refNumber(other);
  const [old, now] = [t.old(one), t.now(other)];
  if (!isDict(old) || !isDict(now) || refNumber(one) !== num) return;
  if (num !== null && t.changed.has(num)) {
    const sound = [...keysOf(old, now)].every((key) => {
      if (key === 'K') return extended(t, form, entry(old, key), entry(now, key), num);
      if (key === 'ParentTreeNextKey' || key === 'ParentTree') return true;
      return t.same(entry(old, key), entry(now, key));
    });
    if (!sound) return;
    if (!parentsKept(t, num, entry(old, 'ParentTree'), entry(now, 'ParentTree'))) return;
    t.judge(num);
  } else if (!parentsKept(t, num, entry(old, 'ParentTree'), entry(now, 'ParentTree'))) return;
  for (const element of t.changed) compareElement(t, form, element);
}

/** An element that was there: it may only get further kids. */
function compareElement(t: Transition, form: Form, num: number): void {
  const [old, now] = [t.old(ref(num)), t.now(ref(num))];
  if (!isDict(old) || !isDict(now) || t.isJudged(num)) return;
  const structural = nameOf(entry(old, 'Type')) === 'StructElem' || nameOf(entry(old, 'S')) !== null;
  if (!structural || entry(old, 'P') === null) return;
  const sound = [...keysOf(old, now)].every((key) =>
    key === 'K'
      ? extended(t, form, entry(old, key), entry(now, key), num)
      : t.same(entry(old, key), entry(now, key)),
  );
  if (sound) t.judge(num);
}

const kidsOf = (value: PdfValue): readonly PdfValue[] =>
  isArray(value) ? value.items : value === null ? [] : [value];

/** The old kids in their order, with new elements for permitted widgets among them. */
function extended(
  t: Transition,
  form: Form,
  before: PdfValue,
  after: PdfValue,
  holder: number | null,
): boolean {
  t.part(holder, isArray(t.now(after)) ? after : null);
  const list = (value: PdfValue, resolved: PdfValue): readonly PdfValue[] =>
    isArray(resolved) ? resolved.items : kidsOf(value);
  const olds = [...list(before, t.old(before))];
  const news = list(after, t.now(after));
  t.step(olds.length + news.length);
  for (const kid of news) {
    const [next] = olds;
    if (next !== undefined && t.same(next, kid)) olds.shift();
    else if (!isNewElement(t, form, kid, 0)) return false;
  }
  return olds.length === 0;
}

function isNewElement(t: Transition, form: Form, kid: PdfValue, depth: number): boolean {
  t.step();
  const num = refNumber(kid);
  const value = t.now(kid);
  if (depth > maximumDepth || !isDict(value) || (num !== null && t.existed(num))) return false;
  if (nameOf(entry(value, 'Type')) === 'OBJR') {
    const object = refNumber(entry(value, 'Obj'));
    return object !== null && (form.widgets.has(object) || form.comments.has(object));
  }
  if ([...value.entries.keys()].some((key) => !elementKeys.has(key))) return false;
  const kids = t.now(entry(value, 'K'));
  const below = isArray(kids) ? kids.items : kidsOf(entry(value, 'K'));
  return below.length > 0 && below.every((one) => isNewElement(t, form, one, depth + 1));
}

/** Every number of the old parent tree leads where it led; the tree may be written anew. */
function parentsKept(t: Transition, holder: number | null, before: PdfValue, after: PdfValue): boolean {
  if (before === null && after === null) return true;
  const olds = numbersOf(t, before, t.from, null);
  const news = numbersOf(t, after, t.to, holder);
  return (
    olds !== null &&
    news !== null &&
    [...olds].every(([number, value]) => t.sameResolved(value, news.get(number) ?? null))
  );
}

/** A number tree (§7.9.7) as a map; null where it is none. With a holder, its nodes count as permitted parts. */
function numbersOf(
  t: Transition,
  root: PdfValue,
  revision: number,
  holder: number | null,
): ReadonlyMap<number, PdfValue> | null {
  const found = new Map<number, PdfValue>();
  const seen = new Set<number>();
  const waiting = [{ value: root, from: holder }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    t.step();
    const { value, from } = next;
    if (isRef(value)) {
      if (seen.has(value.num)) return null;
      seen.add(value.num);
      if (from !== null) t.part(from, value);
    }
    const node = t.file.resolve(value, revision);
    if (!isDict(node)) return null;
    const below = from === null ? null : (refNumber(value) ?? from);
    const nums = t.file.get(node, 'Nums', revision);
    const items = isArray(nums) ? nums.items : [];
    for (let at = 0; at + 1 < items.length; at += 2) {
      t.step();
      const key = items[at];
      const item = items[at + 1] ?? null;
      if (typeof key === 'number') found.set(key, item);
      if (below !== null && isArray(t.file.resolve(item, revision))) t.part(below, item);
    }
    const kids = t.file.get(node, 'Kids', revision);
    for (const kid of isArray(kids) ? kids.items : []) waiting.push({ value: kid, from: below });
  }
  return found;
}
