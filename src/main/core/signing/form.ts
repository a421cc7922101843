import { AppError } from '../contract/errors.ts';
import {
  array,
  arrayOf,
  dict,
  isArray,
  isDict,
  isRef,
  name,
  nameOf,
  numberOf,
  pages,
  ref,
  signatureFields,
  textOf,
  textString,
  withEntries,
} from '../pdf/index.ts';
import type { Page, PdfDict, PdfFile, PdfRef, PdfValue, SignatureField, UpdateObject } from '../pdf/index.ts';

/** Where the new signature lives: an empty field of the form, or a new field with its widget. */

export interface Target {
  /** Full name of the field. */
  readonly name: string;
  /** The object that gets /V. */
  readonly field: { readonly ref: PdfRef; readonly dict: PdfDict };
  /** The annotation that gets /AP; often the same object as the field. */
  readonly widget: { readonly ref: PdfRef; readonly dict: PdfDict };
  readonly rect: Rect;
  /** By which the appearance is turned against the page, degrees counter-clockwise (/MK /R, §12.5.6.19). */
  readonly turn: number;
  /** True where field and widget are to be made. */
  readonly isNew: boolean;
}

/** [left, bottom, right, top], points in the page's own coordinates. */
export type Rect = readonly [number, number, number, number];

/** Widget flags Print and Locked (ISO 32000-2 §12.5.3); PDF/A wants Print, and nothing that hides. */
export const widgetFlags = 132;

/**
 * @throws AppError SIGN_FAILED {reason: FIELD_SIGNED | FIELD_UNUSABLE | FIELD_NAME | FIELD_DEMANDS}
 */
export function existingTarget(file: PdfFile, wanted: string): Target | null {
  const found = signatureFields(file).filter((field) => field.name === wanted);
  const [field] = found;
  if (!field) {
    // a full stop would say "child of another field" (§12.7.4.2), and the name must be free
    if (wanted === '' || wanted.includes('.') || rootNames(file).has(wanted)) {
      throw new AppError('SIGN_FAILED', { reason: 'FIELD_NAME' });
    }
    return null;
  }
  if (field.value !== null) throw new AppError('SIGN_FAILED', { reason: 'FIELD_SIGNED' });
  // seed values marked as required (§12.7.5.5 table 237) bind the signer; none of them is supported
  if (numberOf(file.get(file.get(field.dict, 'SV'), 'Ff'))) {
    throw new AppError('SIGN_FAILED', { reason: 'FIELD_DEMANDS' });
  }
  const widget = widgetOf(file, field);
  if (!field.ref || !widget) throw new AppError('SIGN_FAILED', { reason: 'FIELD_UNUSABLE' });
  return {
    name: wanted,
    field: { ref: current(file, field.ref), dict: field.dict },
    widget: { ref: current(file, widget.ref), dict: widget.dict },
    rect: rectOf(file, widget.dict),
    turn: numberOf(file.get(file.get(widget.dict, 'MK'), 'R')) ?? 0,
    isNew: false,
  };
}

function widgetOf(file: PdfFile, field: SignatureField): { ref: PdfRef; dict: PdfDict } | null {
  if (field.ref && nameOf(file.get(field.dict, 'Subtype')) === 'Widget') {
    return { ref: field.ref, dict: field.dict };
  }
  const kids = file.get(field.dict, 'Kids');
  const kid = isArray(kids) ? kids.items[0] : undefined;
  const kidDict = file.resolve(kid);
  return isRef(kid) && isDict(kidDict) ? { ref: kid, dict: kidDict } : null;
}

function rectOf(file: PdfFile, widget: PdfDict): Rect {
  const rect = file.get(widget, 'Rect');
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = isArray(rect)
    ? rect.items.slice(0, 4).map((item) => numberOf(file.resolve(item)) ?? 0)
    : [];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** The page on which a new field goes. */
export function pageAt(file: PdfFile, number: number): Page {
  const page = pages(file)[number - 1];
  if (!page) throw new AppError('SIGN_FAILED', { reason: 'PAGE_MISSING' });
  return page;
}

/** A new field that is its own widget (§12.5.6.19). */
export function newTarget(
  file: PdfFile,
  wanted: string | undefined,
  page: Page,
  rect: Rect,
  num: number,
): Target {
  const title = wanted ?? freeName(file);
  const field = {
    ref: ref(num),
    dict: dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(title),
      F: widgetFlags,
      Rect: array(...rect.map(real)),
      P: page.ref,
      ...(page.rotate === 0 ? {} : { MK: dict({ R: page.rotate }) }),
    }),
  };
  return { name: title, field, widget: field, rect, turn: page.rotate, isNew: true };
}

/** Two decimals are finer than any printer; whole numbers stay whole. */
export const real = (value: number): PdfValue =>
  Number.isInteger(value) ? value : { kind: 'real', value: Number(value.toFixed(2)), text: value.toFixed(2) };

function rootNames(file: PdfFile): Set<string> {
  const fields = file.get(file.get(file.catalog()?.dict, 'AcroForm'), 'Fields');
  const items = isArray(fields) ? fields.items : [];
  // many fields may share one long title
  const titles = new Set(items.map((item) => file.get(item, 'T')));
  return new Set([...titles].map((title) => textOf(title) ?? ''));
}

function freeName(file: PdfFile): string {
  const taken = rootNames(file);
  let number = 1;
  while (taken.has(`Signature${number}`)) number++;
  return `Signature${number}`;
}

/** A reference with the generation that the object has now. */
function current(file: PdfFile, target: PdfRef): PdfRef {
  return ref(target.num, file.objectAt(target.num)?.gen ?? target.gen);
}

/** Objects to be redefined so that a page lists the new widget in /Annots. */
export function listOnPage(file: PdfFile, page: Page, widget: PdfRef): UpdateObject {
  return listIn(file, page.ref, page.dict, 'Annots', widget);
}

/** `holder[key]` with one more item: the array's own object where it is one, else the holder's. */
function listIn(file: PdfFile, holder: PdfRef, holderDict: PdfDict, key: string, item: PdfRef): UpdateObject {
  const value = holderDict.entries.get(key);
  const list = file.resolve(value);
  const longer = arrayOf([...(isArray(list) ? list.items : []), item]);
  if (isRef(value) && isArray(list)) return { ...at(file, value), value: longer };
  return { ...at(file, holder), value: withEntries(holderDict, { [key]: longer }) };
}

const at = (file: PdfFile, target: PdfRef): { num: number; gen: number } => ({
  num: target.num,
  gen: current(file, target).gen,
});

/**
 * Catalog and form with the field in /Fields, /SigFlags 3 (§12.7.3: signatures exist, append only) and, for a
 * certification, /Perms.
 * @param field null where the form already lists it.
 */
export function updateForm(file: PdfFile, field: PdfRef | null, docMdp: PdfRef | null): UpdateObject[] {
  const catalog = file.catalog();
  if (!catalog?.ref) throw new AppError('PDF_UNREADABLE');
  const formValue = catalog.dict.entries.get('AcroForm');
  const formDict = file.resolve(formValue);
  let form = withEntries(isDict(formDict) ? formDict : dict({}), { SigFlags: 3 });
  const updates: UpdateObject[] = [];
  if (field) {
    const fields = form.entries.get('Fields');
    const list = file.resolve(fields);
    const longer = arrayOf([...(isArray(list) ? list.items : []), field]);
    if (isRef(fields) && isArray(list)) updates.push({ ...at(file, fields), value: longer });
    else form = withEntries(form, { Fields: longer });
  }
  const changes: Record<string, PdfValue> = {};
  if (isRef(formValue) && isDict(formDict)) updates.push({ ...at(file, formValue), value: form });
  else changes['AcroForm'] = form;
  if (docMdp) {
    const perms = file.get(catalog.dict, 'Perms');
    changes['Perms'] = withEntries(isDict(perms) ? perms : dict({}), { DocMDP: docMdp });
  }
  if (Object.keys(changes).length > 0) {
    updates.push({ ...at(file, catalog.ref), value: withEntries(catalog.dict, changes) });
  }
  return updates;
}
