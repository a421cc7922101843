import { isArray, isDict, isRef, nameOf, numberOf, textOf } from '../../pdf/index.ts';
import type { PdfValue } from '../../pdf/index.ts';
import { addField } from './field-added.ts';
import type { Form, Inherited } from './field-node.ts';
import { joinName } from './field-node.ts';
import { compareFieldValues } from './field-values.ts';
import { entry, keysOf, refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

/**
 * The interactive form before and after (ISO 32000-2 §12.7.3): fields are only added where they are for
 * signing, none goes away, and what an existing one may change is its value.
 */
export function compareForm(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): Form {
  const form: Form = { widgets: new Map(), comments: new Set(), known: new Set() };
  t.part(holder, before);
  t.part(holder, after);
  const old = t.old(before);
  const now = t.now(after);
  if (old === null && now === null) return form;
  if (!isDict(now)) {
    t.add('FORM_CHANGED', { detail: 'AcroForm' });
    return form;
  }
  const inside = refNumber(after) ?? holder;
  for (const key of keysOf(old, now)) {
    if (key === 'Fields') continue;
    const one = entry(old, key);
    const other = entry(now, key);
    if (!t.same(one, other)) compareSetting(t, key, one, other, inside);
  }
  compareFields(t, form, entry(old, 'Fields'), entry(now, 'Fields'), inside, {
    name: '',
    type: null,
    flags: 0,
    filled: false,
    signing: false,
  });
  return form;
}

/** Entries of the form as a whole (Table 224). */
function compareSetting(
  t: Transition,
  key: string,
  before: PdfValue,
  after: PdfValue,
  holder: number | null,
): void {
  if (key === 'SigFlags' || key === 'Type') return;
  // Taking it away makes viewers show what the file holds; setting it lets them draw something else.
  if (key === 'NeedAppearances' && t.now(after) !== true) return;
  if (key === 'DA' && before === null) return;
  if (key === 'DR' && keepsAll(t, before, after)) {
    addResources(t, before, after, holder);
    return;
  }
  t.add('FORM_CHANGED', { detail: key });
}

/** Resources by kind and name: everything that was there is there unchanged. */
function keepsAll(t: Transition, before: PdfValue, after: PdfValue): boolean {
  const old = t.old(before);
  const now = t.now(after);
  if (old === null) return isDict(now);
  if (!isDict(old) || !isDict(now)) return false;
  return [...old.entries].every(([kind, one]) => {
    const other = now.entries.get(kind) ?? null;
    if (t.sameResolved(one, other)) return true;
    const names = t.old(one);
    const names2 = t.now(other);
    if (!isDict(names) || !isDict(names2)) return false;
    return [...names.entries].every(([name, value]) => t.sameResolved(value, entry(names2, name)));
  });
}

/** Only what came is explained; a font that was there must be what it was, down to its last part. */
function addResources(t: Transition, before: PdfValue, after: PdfValue, holder: number | null): void {
  const [old, now] = [t.old(before), t.now(after)];
  t.part(holder, before);
  t.part(holder, after);
  const inside = refNumber(after) ?? holder;
  for (const kind of keysOf(now, null)) {
    const [one, other] = [entry(old, kind), entry(now, kind)];
    t.part(inside, other);
    const [names, names2] = [t.old(one), t.now(other)];
    for (const name of keysOf(names2, null)) {
      if (entry(names, name) === null) t.whole(refNumber(other) ?? inside, null, entry(names2, name));
    }
  }
}

const maximumDepth = 60;

/** A list of fields or kids before and after; the order of fields draws nothing. */
function compareFields(
  t: Transition,
  form: Form,
  before: PdfValue,
  after: PdfValue,
  holder: number | null,
  inherited: Inherited,
  depth = 0,
): void {
  t.part(holder, before);
  t.part(holder, after);
  const olds = itemsOf(t.old(before));
  const news = itemsOf(t.now(after));
  t.step(olds.length + news.length);
  if (depth > maximumDepth) {
    t.add('FIELD_STRUCTURE', { field: inherited.name, detail: 'Kids' });
    return;
  }
  const kept = new Set(news.map(refNumber));
  const had = new Set(olds.map(refNumber));
  olds.forEach((item, index) => {
    const num = refNumber(item);
    const still = num === null ? !isRef(news[index]) && t.old(item) !== null : kept.has(num);
    if (!still) {
      if (t.old(item) !== null)
        t.add('FIELD_REMOVED', { object: num, field: nameBelow(t, item, t.from, inherited) });
      return;
    }
    compareField(t, form, item, num === null ? (news[index] ?? null) : item, holder, inherited, depth);
  });
  news.forEach((item, index) => {
    const num = refNumber(item);
    const isNew = num === null ? isRef(olds[index]) || olds[index] === undefined : !had.has(num);
    if (isNew && t.now(item) !== null) addField(t, form, item, inherited);
  });
}

const itemsOf = (value: PdfValue): readonly PdfValue[] => (isArray(value) ? value.items : []);

function nameBelow(t: Transition, item: PdfValue, revision: number, inherited: Inherited): string {
  return joinName(inherited.name, textOf(t.file.get(item, 'T', revision)));
}

/** One field that was there and still is. */
function compareField(
  t: Transition,
  form: Form,
  before: PdfValue,
  after: PdfValue,
  holder: number | null,
  inherited: Inherited,
  depth: number,
): void {
  const num = refNumber(after);
  if (num !== null) {
    if (form.known.has(num)) return;
    form.known.add(num);
  }
  const old = t.old(before);
  const now = t.now(after);
  const name = nameBelow(t, before, t.from, inherited);
  if (!isDict(old) || !isDict(now)) {
    if (!t.same(old, now)) t.add('FIELD_REMOVED', { object: num, field: name });
    return;
  }
  t.judge(num);
  const type = nameOf(t.old(entry(old, 'FT'))) ?? inherited.type;
  const signed = t.old(entry(old, 'V')) === null && t.now(entry(now, 'V')) !== null;
  const node: Inherited = {
    name,
    type,
    flags: numberOf(t.old(entry(old, 'Ff'))) ?? inherited.flags,
    filled: inherited.filled || !t.sameResolved(entry(old, 'V'), entry(now, 'V')),
    signing: inherited.signing || (type === 'Sig' && signed),
  };
  compareFieldValues(t, form, { old, now, num, holder: num ?? holder }, node);
  compareFields(t, form, entry(old, 'Kids'), entry(now, 'Kids'), num ?? holder, node, depth + 1);
}
