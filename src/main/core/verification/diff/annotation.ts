import { decodeStream, isArray, isDict, isStream, nameOf, ref } from '../../pdf/index.ts';
import type { PdfValue } from '../../pdf/index.ts';
import { isPrintedOnly } from './field-node.ts';
import { readRectangle } from './rectangle.ts';
import { entry, keysOf } from './transition.ts';
import type { Transition } from './transition.ts';

/**
 * Comments proper. What can put text, pictures or a cover over the page (FreeText, Stamp, Redact, shapes,
 * watermarks) is a visible change of the document whatever /P says (SIGNATURES §D, EAA).
 */
const comments: ReadonlySet<string> = new Set([
  'Text',
  'Popup',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Caret',
]);

const markings: ReadonlySet<string> = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut']);

/** Those say what they mark (Table 182); without that, some viewers draw them and others do not. */
function isMarking(t: Transition, annotation: PdfValue, revision: number): boolean {
  const points = t.file.get(annotation, 'QuadPoints', revision);
  return isArray(points) && points.items.length >= 8 && points.items.length % 8 === 0;
}

/** Points. A marking that every viewer draws for itself is a thin line or a tint, never a cover. */
const widestLine = 3;

/** Without an appearance of its own: no line wider than that, and blended as its kind is. */
function isPlainLine(t: Transition, annotation: PdfValue, revision: number): boolean {
  const get = (value: PdfValue, key: string): PdfValue => t.file.get(value, key, revision);
  if (get(annotation, 'AP') !== null) return true;
  if (get(annotation, 'BM') !== null) return false;
  const border = get(annotation, 'Border');
  const widths = [
    get(get(annotation, 'BS'), 'W'),
    isArray(border) ? t.file.resolve(border.items[2], revision) : null,
  ];
  return widths.every((width) => width === null || (typeof width === 'number' && width <= widestLine));
}

/** Entries that draw nothing. */
const quietKeys: ReadonlySet<string> = new Set(['P', 'M', 'NM', 'StructParent']);

export function isComment(t: Transition, annotation: PdfValue, revision = t.to): boolean {
  const subtype = nameOf(t.file.get(annotation, 'Subtype', revision));
  if (subtype === null || !comments.has(subtype)) return false;
  // What acts, or belongs to a layer that can be switched, is more than a comment.
  if (['A', 'AA', 'OC'].some((key) => t.file.get(annotation, key, revision) !== null)) return false;
  if (markings.has(subtype) && !(isMarking(t, annotation, revision) && isPlainLine(t, annotation, revision)))
    return false;
  // Where it lies must be the same for all, and what is printed must be what is shown.
  const box = t.file.get(annotation, 'Rect', revision);
  if (box !== null && readRectangle(t.file, box, revision) === null) return false;
  if (isPrintedOnly(t.file.get(annotation, 'F', revision))) return false;
  return drawsLinesOnly(t, t.file.get(annotation, 'AP', revision), revision);
}

const maximumStreams = 40;
const showsText = /(?:^|[\s\])>])(?:Tj|TJ|'|"|BI|sh)(?=[\s]|$)/;

/** An appearance may hold anything; one with text, pictures or shadings would write on the signed page. */
function drawsLinesOnly(t: Transition, root: PdfValue, revision: number): boolean {
  const seen = new Set<PdfValue>();
  const waiting: PdfValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const resolved = t.file.resolve(value, revision);
    if (resolved === null || seen.has(resolved)) continue;
    t.step();
    if (seen.size > maximumStreams * 4) return false;
    seen.add(resolved);
    if (isStream(resolved)) {
      if (nameOf(t.file.resolve(resolved.dict.entries.get('Subtype'), revision)) === 'Image') return false;
      if (!plainContent(t, resolved, revision)) return false;
      const resources = resolved.dict.entries.get('Resources');
      // Patterns and the groups of soft masks draw, too.
      for (const kind of ['XObject', 'Pattern', 'ExtGState']) {
        const objects = t.file.get(resources, kind, revision);
        if (isDict(objects)) waiting.push(...objects.entries.values());
      }
    } else if (isDict(resolved)) waiting.push(...resolved.entries.values());
  }
  return true;
}

function plainContent(t: Transition, stream: Parameters<typeof decodeStream>[0], revision: number): boolean {
  try {
    const data = decodeStream(stream, (value) => t.file.resolve(value, revision), t.decoding);
    return data.length < 200_000 && !showsText.test(Buffer.from(data).toString('latin1'));
  } catch {
    // what cannot be read cannot be permitted
    return false;
  }
}

/** An annotation that is no form field and was there before. */
export function compareAnnotation(t: Transition, num: number, holder: number, page: number): void {
  const [old, now] = [t.old(ref(num)), t.now(ref(num))];
  const appearances = [entry(old, 'AP'), entry(now, 'AP')] as const;
  if (!t.changed.has(num) && t.changed.size === 0) return;
  t.part(holder, ref(num));
  if (!isDict(old) || !isDict(now)) return;
  const different = [...keysOf(old, now)].filter(
    (key) => !quietKeys.has(key) && !t.same(entry(old, key), entry(now, key)),
  );
  const drawn = drawingChanged(t, appearances[1]);
  if (!t.changed.has(num) && !drawn) return;
  t.judge(num);
  if (different.length === 0 && !drawn) return;
  const what = {
    object: num,
    page,
    area: readRectangle(t.file, entry(now, 'Rect'), t.to),
    detail: nameOf(t.file.get(now, 'Subtype', t.to)),
  };
  if (!isComment(t, old, t.from) || !isComment(t, now)) {
    t.add('ANNOTATION_KIND', what);
    return;
  }
  t.whole(num, appearances[0], appearances[1]);
  t.add('ANNOTATION_CHANGED', what);
}

function drawingChanged(t: Transition, appearance: PdfValue): boolean {
  const states = t.now(appearance);
  const list = isDict(states) ? [...states.entries.values()] : [];
  return [appearance, ...list].some(
    (one) => typeof one === 'object' && one?.kind === 'ref' && t.changed.has(one.num),
  );
}
