import type { LeftOut } from '../contract/attachments.ts';
import {
  isArray,
  isDict,
  isStream,
  nameOf,
  numberOf,
  pages,
  signatureFields,
  type PdfDict,
  type PdfFile,
} from '../pdf/index.ts';

/** What a PDF brings beside the look of its pages, and what must not be drawn at all. */
export interface Inspection {
  readonly signatures: number;
  readonly leftOut: readonly LeftOut[];
}

/** Pixels of one picture within a PDF; 600 dpi of an A4 page are 35 million. */
const mostPixels = 64_000_000;
/** Actions that do more than lead to a page of the same file (ISO 32000-2 Table 201). */
const acting: ReadonlySet<string> = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'Rendition',
]);

export function inspect(file: PdfFile): Inspection {
  const signatures = signatureFields(file).filter(({ value }) => isDict(value)).length;
  const found = new Set<LeftOut>();
  if (signatures > 0) found.add('signatures');
  for (const dict of dictionaries(file)) {
    const action = nameOf(file.get(dict, 'S'));
    if (dict.entries.has('JS') || (action !== null && acting.has(action))) found.add('scripts');
    if (isDict(file.get(dict, 'EF'))) found.add('files');
  }
  const fields = file.get(file.get(file.catalog()?.dict, 'AcroForm'), 'Fields');
  if (isArray(fields) && fields.items.length > signatureFields(file).length) found.add('forms');
  for (const page of pages(file)) {
    const annotations = file.get(page.dict, 'Annots');
    for (const item of isArray(annotations) ? annotations.items : []) {
      const kind = nameOf(file.get(item, 'Subtype'));
      if (kind === 'Link') found.add('links');
      else if (kind === 'FileAttachment') found.add('files');
      else if (kind !== null && kind !== 'Widget' && kind !== 'Popup') found.add('comments');
    }
  }
  return { signatures, leftOut: [...found] };
}

/** @throws whatever `tooLarge` gives for a file in which a picture claims more pixels than any scan has. */
export function requireDrawable(file: PdfFile, tooLarge: () => Error): void {
  for (const dict of dictionaries(file)) {
    if (nameOf(file.get(dict, 'Subtype')) !== 'Image') continue;
    const pixels = (numberOf(file.get(dict, 'Width')) ?? 0) * (numberOf(file.get(dict, 'Height')) ?? 0);
    if (pixels > mostPixels) throw tooLarge();
  }
}

/**
 * Of each page the pixels along the longer side of its largest picture, where it holds nothing but pictures, as a
 * scanner's page does; else null.
 */
export function scannedSides(file: PdfFile): readonly (number | null)[] {
  return pages(file).map(({ dict }) => {
    const resources = file.get(dict, 'Resources');
    const objects = file.get(resources, 'XObject');
    if (file.get(resources, 'Font') !== null || !isDict(objects)) return null;
    let longest = 0;
    for (const name of objects.entries.keys()) {
      const one = file.get(objects, name);
      const image = isStream(one) ? one.dict : null;
      if (!image || nameOf(file.get(image, 'Subtype')) !== 'Image') return null;
      for (const side of ['Width', 'Height'])
        longest = Math.max(longest, numberOf(file.get(image, side)) ?? 0);
    }
    return longest > 0 ? longest : null;
  });
}

function* dictionaries(file: PdfFile): Generator<PdfDict, void> {
  for (const number of file.numbers()) {
    const value = file.objectAt(number)?.value ?? null;
    const dict = isStream(value) ? value.dict : value;
    if (isDict(dict)) yield dict;
  }
}
