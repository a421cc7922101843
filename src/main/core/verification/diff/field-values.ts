import { isArray, isDict, nameOf, numberOf } from '../../pdf/index.ts';
import type { PdfDict, PdfValue } from '../../pdf/index.ts';
import { drawsAlike } from './appearance.ts';
import { addSigning } from './field-added.ts';
import { isPrintedOnly, isUnseen } from './field-node.ts';
import type { Form, Inherited } from './field-node.ts';
import { readRectangle } from './rectangle.ts';
import type { Rectangle } from './rectangle.ts';
import { trailerHolder } from './references.ts';
import { entry, keysOf, refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

export interface FieldSides {
  readonly old: PdfDict;
  readonly now: PdfDict;
  /** null for a field that stands inside its parent. */
  readonly num: number | null;
  /** The object that holds it. */
  readonly holder: number | null;
}

/** Entries that filling in a text, choice or button field sets (ISO 32000-2 Tables 226, 228–235). */
const valueKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'I', 'TI', 'RV', 'DA', 'Q', 'M']);
/** Entries that signing sets beside the value. */
const signingKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'F', 'DA', 'MK', 'M', 'DR', 'NM', 'Q']);
/** ReadOnly, Required, NoExport: how a field may be used from now on, not what it shows. */
const useFlags = 1 | 2 | 4;
/** Print, ToggleNoView aside: Print, Locked, LockedContents. */
const quietFlags = 4 | 128 | 512;

/** What an existing field's own entries became. */
export function compareFieldValues(t: Transition, form: Form, sides: FieldSides, node: Inherited): void {
  const { old, now, num, holder } = sides;
  const different = [...keysOf(old, now)].filter((key) => {
    if (key === 'Kids') return false;
    const [one, other] = [entry(old, key), entry(now, key)];
    return !t.same(one, other) || touches(t, key, other);
  });
  const odd = different.filter((key) => !mayDiffer(t, key, sides, node));
  const [first] = odd;
  if (first !== undefined) {
    const rule = node.type === 'Sig' && odd.includes('V') ? 'SIGNATURE_REPLACED' : 'FIELD_STRUCTURE';
    t.add(rule, { object: num, field: node.name, detail: first });
    return;
  }
  if (different.includes('AP') && replacesForeign(t, form, entry(old, 'AP'))) {
    t.add('OBJECT_SHARED', { object: num, field: node.name, detail: 'AP' });
    return;
  }
  if (node.signing) {
    sign(t, form, sides, node);
    return;
  }
  const filled = different.filter((key) => valueKeys.has(key));
  if (filled.length === 0) return;
  for (const key of filled) t.whole(holder, entry(old, key), entry(now, key));
  const area = readRectangle(t.file, entry(now, 'Rect'), t.to);
  const page = area ? pageNumber(t, num) : null;
  const normal = t.file.get(entry(now, 'AP'), 'N', t.to);
  const misplaced = entry(now, 'Rect') !== null && area === null;
  // Filled in for the paper alone, while the screen shows what was there: two letters in one.
  const printedOnly = filled.includes('AP') && isPrintedOnly(t.now(entry(now, 'F')));
  if (
    misplaced ||
    printedOnly ||
    (filled.includes('AP') && node.type !== 'Btn' && normal !== null && !drawsAlike(t, normal))
  ) {
    t.add('FIELD_APPEARANCE', { object: num, field: node.name, area, page });
    return;
  }
  const proper = filledProperly(node, filled) && !(node.type === 'Btn' && area && isSheet(area));
  t.add(proper ? 'FIELD_FILLED' : 'FIELD_APPEARANCE', {
    object: num,
    field: node.name,
    area,
    page,
  });
}

/** Was the appearance that gave way also used for something that is no field? */
function replacesForeign(t: Transition, form: Form, before: PdfValue): boolean {
  const num = refNumber(before);
  if (num === null) return false;
  return t.work.index.to(num, t.from).some((holder) => {
    if (form.known.has(holder)) return false;
    const dict = t.file.objectAt(holder, t.from)?.value ?? null;
    return holder === trailerHolder || nameOf(entry(dict, 'Subtype')) !== 'Widget';
  });
}

/** The same reference, but what it leads to was written anew. */
function touches(t: Transition, key: string, value: PdfValue): boolean {
  const num = refNumber(value);
  if (key === 'Parent' || key === 'P') return false;
  if (num !== null && t.changed.has(num)) return true;
  if (key !== 'AP' || !isDict(t.now(value))) return false;
  const streams = t.now(value);
  return [...keysOf(streams, null)].some((state) => {
    const target = entry(streams, state);
    const below = t.now(target);
    const nested = isDict(below) ? [...below.entries.values()] : [];
    return [target, ...nested].some((one) => t.changed.has(refNumber(one) ?? -1));
  });
}

function mayDiffer(t: Transition, key: string, { old, now }: FieldSides, node: Inherited): boolean {
  const [before, after] = [t.old(entry(old, key)), t.now(entry(now, key))];
  if (key === 'Ff') return onlyBits(before, after, useFlags);
  if (key === 'F' && onlyBits(before, after, quietFlags)) return true;
  if (key === 'P' || key === 'StructParent') return before === null || t.same(before, after);
  if (key === 'Type') return before === null || t.same(before, after);
  if (node.signing) {
    // Something drawn where nothing was to be seen is judged by its picture; hidden fields stay hidden.
    if (key === 'F') return !isUnseen(before) || isUnseen(after);
    return signingKeys.has(key);
  }
  if (node.type === 'Sig') return false;
  return valueKeys.has(key);
}

const onlyBits = (before: PdfValue, after: PdfValue, bits: number): boolean =>
  (((numberOf(before) ?? 0) ^ (numberOf(after) ?? 0)) | bits) === bits;

function sign(t: Transition, form: Form, { old, now, num, holder }: FieldSides, node: Inherited): void {
  for (const key of ['AP', 'MK', 'DR']) t.whole(holder, entry(old, key), entry(now, key));
  // A widget below the field that is signed: the field itself tells of the signature.
  if (entry(now, 'V') === null) {
    if (num !== null) form.widgets.set(num, node.name);
    return;
  }
  t.part(holder, entry(now, 'V'));
  const drawn = widgetsBelow(t, reference(num, now));
  for (const widget of drawn) {
    const target = refNumber(widget);
    if (target !== null) form.widgets.set(target, node.name);
  }
  addSigning(t, node.name, num, t.now(entry(now, 'V')), drawn);
}

const maximumDepth = 60;

/** The field's own widget, or those at the end of its branches: with its value each of them may get another look. */
function widgetsBelow(t: Transition, field: PdfValue, depth = 0): readonly PdfValue[] {
  t.step();
  const kids = t.file.get(field, 'Kids', t.to);
  if (!isArray(kids) || kids.items.length === 0 || depth > maximumDepth) return [field];
  return kids.items.flatMap((kid) => widgetsBelow(t, kid, depth + 1));
}

const reference = (num: number | null, dict: PdfDict): PdfValue =>
  num === null ? dict : { kind: 'ref', num, gen: 0 };

/**
 * Was a value filled in, and not only the picture of it exchanged? A button draws its states from the signed
 * appearances; a text or choice field gets a new appearance with its new value.
 */
function filledProperly(node: Inherited, filled: readonly string[]): boolean {
  if (!filled.includes('AP')) return true;
  return node.filled && (node.type === 'Tx' || node.type === 'Ch');
}

/** Points. A tick or a knob is small; one that is not can hold another letter in a state that nobody saw. */
const largestButton = 100;
const isSheet = ([x1, y1, x2, y2]: Rectangle): boolean =>
  Math.abs(x2 - x1) > largestButton || Math.abs(y2 - y1) > largestButton;

function pageNumber(t: Transition, num: number | null): number | null {
  if (num === null) return null;
  const index = t.pages().findIndex((page) => {
    const list = t.file.get(page.ref, 'Annots', t.from);
    return isArray(list) && list.items.some((item) => refNumber(item) === num);
  });
  return index < 0 ? null : index + 1;
}
