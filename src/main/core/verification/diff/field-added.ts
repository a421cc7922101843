import { isArray, isDict, isString, nameOf, signatureFields, textOf } from '../../pdf/index.ts';
import type { PdfValue } from '../../pdf/index.ts';
import { drawsAlike } from './appearance.ts';
import { certifies, isPrintedOnly, isUnseen, joinName, signingRule } from './field-node.ts';
import type { Form, Inherited } from './field-node.ts';
import { hasArea, readRectangle } from './rectangle.ts';
import { refNumber } from './transition.ts';
import type { Transition } from './transition.ts';

const maximumKids = 1_000;

/** A field that was not in the form: only one for signing may come. */
export function addField(t: Transition, form: Form, item: PdfValue, inherited: Inherited, depth = 0): void {
  t.step();
  const num = refNumber(item);
  const dict = t.now(item);
  const get = (key: string): PdfValue => t.file.get(dict, key, t.to);
  const name = joinName(inherited.name, textOf(get('T')));
  const type = nameOf(get('FT')) ?? inherited.type;
  const kids = get('Kids');
  const below = isArray(kids) ? kids.items : [];
  // Taking an existing object into the form gives it a life that nobody signed.
  const foreign = num !== null && t.existed(num);
  // A further widget of a field that was there would show it where nobody put it.
  const widgetOnly = depth === 0 && get('T') === null && inherited.name !== '' && !inherited.signing;
  if (!isDict(dict) || foreign || widgetOnly || depth > 20 || below.length > maximumKids) {
    t.add('FIELD_ADDED', { object: num, field: name });
    return;
  }
  const named = below.filter((kid) => isString(t.file.get(kid, 'T', t.to)));
  const node: Inherited = { name, type, flags: inherited.flags, filled: false, signing: false };
  if (type !== 'Sig') {
    // A mere branch in the name of a signature field, such as `office` in `office.head`.
    const branch = type === null && below.length > 0 && named.length === below.length;
    if (branch) for (const kid of below) addField(t, form, kid, node, depth + 1);
    else t.add('FIELD_ADDED', { object: num, field: name });
    return;
  }
  const widgets = below.length > 0 ? below : [item];
  // What happens when somebody looks at it, clicks on it or switches its layer was not there to be signed.
  if ([item, ...below].some((one) => acts(t, one))) {
    t.add('FIELD_STRUCTURE', { object: num, field: name, detail: 'A' });
    return;
  }
  for (const widget of widgets) {
    const target = refNumber(widget);
    if (target !== null && t.existed(target)) {
      t.add('FIELD_ADDED', { object: target, field: name });
      return;
    }
    if (target !== null) form.widgets.set(target, name);
  }
  t.whole(num, null, get('AP'));
  addSigning(t, name, num, get('V'), widgets);
}

const acts = (t: Transition, value: PdfValue): boolean =>
  ['A', 'AA', 'OC'].some((key) => t.file.get(value, key, t.to) !== null);

/** A value put into a signature field, new or waiting. */
export function addSigning(
  t: Transition,
  field: string,
  object: number | null,
  value: PdfValue,
  widgets: readonly PdfValue[],
): void {
  const [odd] = widgets.flatMap((widget) => oddKeys(t, widget));
  if (odd !== undefined) {
    t.add('FIELD_STRUCTURE', { object, field, detail: odd });
    return;
  }
  const areas = widgets
    .filter((widget) => isDrawn(t, widget, t.from) || isDrawn(t, widget, t.to))
    .map((widget) => ({
      area: readRectangle(t.file, t.file.get(widget, 'Rect', t.to), t.to),
      page: pageOf(t, refNumber(widget)),
    }))
    .filter(({ area }) => hasArea(area));
  const [seen] = areas;
  if (value === null) {
    t.add('SIGNATURE_FIELD_ADDED', { object, field, area: seen?.area ?? null, page: seen?.page ?? null });
  } else if (!isDict(value)) {
    t.add('FIELD_STRUCTURE', { object, field, detail: 'V' });
  } else if (certifies(t, value) && signatureFields(t.file, t.from).some((one) => one.value !== null)) {
    t.add('CERTIFICATION_LATE', { object, field });
  } else {
    const rule = signingRule(t, value, seen !== undefined);
    t.add(rule, { object, field, area: seen?.area ?? null, page: seen?.page ?? null });
  }
  for (const { area, page } of areas.slice(1)) t.add('SIGNATURE_FIELD_ADDED', { object, field, area, page });
}

/** Signing can also take away what a waiting field showed, and with it what lay over the words below. */
const isDrawn = (t: Transition, widget: PdfValue, revision: number): boolean =>
  !isUnseen(t.file.get(widget, 'F', revision)) && t.file.get(widget, 'AP', revision) !== null;

/** What one reader draws and another does not, or a printer and no screen: no picture can answer for it. */
function oddKeys(t: Transition, widget: PdfValue): readonly string[] {
  const get = (key: string): PdfValue => t.file.get(widget, key, t.to);
  const appearance = get('AP');
  const area = readRectangle(t.file, get('Rect'), t.to);
  if (get('Rect') !== null && area === null) return ['Rect'];
  if (!hasArea(area)) return [];
  if (appearance === null) {
    const background = t.file.get(get('MK'), 'BG', t.to);
    return isUnseen(get('F')) || !isArray(background) || background.items.length === 0 ? [] : ['MK'];
  }
  if (isPrintedOnly(get('F'))) return ['F'];
  const normal = t.file.get(appearance, 'N', t.to);
  // Without a picture at rest, one for the pointer would be the only one.
  if (normal === null)
    return ['D', 'R'].some((key) => t.file.get(appearance, key, t.to) !== null) ? ['AP'] : [];
  return drawsAlike(t, normal) ? [] : ['AP'];
}

/** The page whose /Annots lists this widget; null where none does. */
function pageOf(t: Transition, num: number | null): number | null {
  if (num === null) return null;
  const index = t.pages().findIndex((page) => {
    const list = t.file.get(page.ref, 'Annots', t.to);
    return isArray(list) && list.items.some((item) => refNumber(item) === num);
  });
  return index < 0 ? null : index + 1;
}
