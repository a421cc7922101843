import type { SigningRisk, SigningRiskCode } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import { isArray, isDict, isRef, isStream, nameOf, numberOf, pageObjects, pages } from '../pdf/index.ts';
import type { PdfDict, PdfFile, PdfValue } from '../pdf/index.ts';

/**
 * What a file holds that could make the signed letter look otherwise than the signer saw it: the preparations of
 * shadow attacks (SIGNATURES §D), asked before the key is used.
 */

/** These are refused unless the signer takes the risk; the others are told. */
const refused: ReadonlySet<SigningRiskCode> = new Set(['JAVASCRIPT', 'XFA', 'HIDDEN_LAYER']);

/** Of one kind; more say nothing new. */
const mostOfOneKind = 10;

/**
 * @param accepted the signer has been told and signs all the same.
 * @returns what is worth a warning.
 * @throws AppError PDF_RISKY {risk, where}; SIGN_FAILED {reason: FORM_UNREADABLE}
 */
export function checkRisks(file: PdfFile, accepted: boolean): readonly SigningRisk[] {
  checkForm(file);
  const found = findRisks(file);
  const worst = found.find(({ code }) => refused.has(code));
  if (worst && !accepted) throw new AppError('PDF_RISKY', { risk: worst.code, where: worst.where });
  return found;
}

/** A form that does not parse cannot be lengthened without changing what it meant. */
function checkForm(file: PdfFile): void {
  const value = file.catalog()?.dict.entries.get('AcroForm') ?? null;
  if (value === null) return;
  const form = file.resolve(value);
  const fields = file.get(form, 'Fields');
  const readable = isDict(form) && (fields === null || isArray(fields)) && form.duplicates.length === 0;
  const items = isArray(fields) ? fields.items.map((item) => file.resolve(item)) : [];
  // a reference to nothing is a field that somebody took out
  if (!readable || !items.every((item) => item === null || isDict(item)))
    throw new AppError('SIGN_FAILED', { reason: 'FORM_UNREADABLE' });
}

function findRisks(file: PdfFile): readonly SigningRisk[] {
  const found: SigningRisk[] = [];
  const counts = new Map<SigningRiskCode, number>();
  const add = (code: SigningRiskCode, where: string): void => {
    const count = counts.get(code) ?? 0;
    counts.set(code, count + 1);
    if (count < mostOfOneKind) found.push({ code, where });
  };
  const catalog = file.catalog()?.dict;
  const form = file.get(catalog, 'AcroForm');
  if (file.mentions('JS')) addScripts(file, add);
  if (file.get(form, 'XFA') !== null) add('XFA', 'form');
  addLayers(file, file.get(catalog, 'OCProperties'), add);
  const shown = pages(file);
  addUnusedPages(file, new Set(shown.map((page) => page.ref.num)), add);
  if (file.mentions('Annots')) {
    shown.forEach((page, index) => addAnnotations(file, page.dict, `page ${index + 1}`, add));
  }
  addFonts(file, form, add);
  if (file.encryption && !file.encryption.mayFillForms) add('NOT_GRANTED', 'file');
  return found;
}

type Add = (code: SigningRiskCode, where: string) => void;

/** Any action with a script in any object in use, reachable or not: a later save could make it so. */
function addScripts(file: PdfFile, add: Add): void {
  for (const num of file.numbers()) {
    if (holdsScript(file.objectAt(num)?.value ?? null)) add('JAVASCRIPT', `object ${num}`);
  }
}

function holdsScript(root: PdfValue): boolean {
  const waiting: PdfValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isArray(value)) for (const item of value.items) waiting.push(item);
    const dict = isStream(value) ? value.dict : value;
    if (!isDict(dict)) continue;
    if (dict.entries.has('JS')) return true;
    for (const item of dict.entries.values()) waiting.push(item);
  }
  return false;
}

/** ISO 32000-2 §8.11.4: which layers the default configuration shows. */
function addLayers(file: PdfFile, properties: PdfValue, add: Add): void {
  if (!isDict(properties)) return;
  const items = (holder: PdfValue, key: string): readonly PdfValue[] => {
    const list = file.get(holder, key);
    return isArray(list) ? list.items : [];
  };
  const layers = items(properties, 'OCGs');
  const standard = file.get(properties, 'D');
  const base = nameOf(file.get(standard, 'BaseState')) ?? 'ON';
  const numbers = (key: string): Set<number> =>
    new Set(items(standard, key).flatMap((item) => (isRef(item) ? [item.num] : [])));
  const on = numbers('ON');
  const off = numbers('OFF');
  for (const layer of layers) {
    if (!isRef(layer)) continue;
    const hidden = off.has(layer.num) || (base === 'OFF' && !on.has(layer.num)) || dependsOnUse(file, layer);
    add(hidden ? 'HIDDEN_LAYER' : 'LAYERS', `object ${layer.num}`);
  }
}

/** A layer that is for the screen but not for the printer, or the other way round (Table 100). */
function dependsOnUse(file: PdfFile, layer: PdfValue): boolean {
  const usage = file.get(layer, 'Usage');
  const states = [
    nameOf(file.get(file.get(usage, 'View'), 'ViewState')),
    nameOf(file.get(file.get(usage, 'Print'), 'PrintState')),
  ];
  return states.includes('OFF');
}

/** Objects in use that call themselves pages and that the page tree does not hold. */
function addUnusedPages(file: PdfFile, shown: ReadonlySet<number>, add: Add): void {
  for (const num of pageObjects(file)) if (!shown.has(num)) add('UNUSED_PAGE', `object ${num}`);
}

/** Types whose appearance may cover what is below; a shape only where it is filled. */
const covering: ReadonlySet<string> = new Set(['FreeText', 'Stamp', 'Redact', 'Ink', 'Watermark']);
const shapes: ReadonlySet<string> = new Set(['Square', 'Circle', 'Polygon', 'Line', 'PolyLine']);
/** Invisible, Hidden and NoView (§12.5.3). */
const notShown = 1 | 2 | 32;

function addAnnotations(file: PdfFile, page: PdfDict, where: string, add: Add): void {
  const list = file.get(page, 'Annots');
  for (const item of isArray(list) ? list.items : []) {
    const annotation = file.resolve(item);
    const subtype = nameOf(file.get(annotation, 'Subtype')) ?? '';
    if (covering.has(subtype) || (shapes.has(subtype) && file.get(annotation, 'IC') !== null))
      add('OVERLAY_ANNOTATION', where);
    const flags = numberOf(file.get(annotation, 'F')) ?? 0;
    if ((flags & notShown) !== 0 && subtype !== 'Popup' && !isEmptySignature(file, annotation))
      add('HIDDEN_ANNOTATION', where);
  }
}

/** Programs mark the widget of an invisible signature as hidden. */
const isEmptySignature = (file: PdfFile, widget: PdfValue): boolean =>
  nameOf(file.get(widget, 'FT')) === 'Sig';

/** Fonts of the form (/DR) without a font program, where a field uses them (/DA). */
function addFonts(file: PdfFile, form: PdfValue, add: Add): void {
  if (!isDict(form) || !file.mentions('DA')) return;
  const fonts = file.get(file.get(form, 'DR'), 'Font');
  if (!isDict(fonts)) return;
  for (const key of fonts.entries.keys()) {
    if (!isEmbedded(file, file.get(fonts, key))) add('FIELD_FONT_NOT_EMBEDDED', `font ${key.slice(0, 60)}`);
  }
}

function isEmbedded(file: PdfFile, font: PdfValue): boolean {
  const descendants = file.get(font, 'DescendantFonts');
  const holder = isArray(descendants) ? file.resolve(descendants.items[0]) : font;
  if (nameOf(file.get(holder, 'Subtype')) === 'Type3') return true;
  const descriptor = file.get(holder, 'FontDescriptor');
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => file.get(descriptor, key) !== null);
}
