import type { PdfFile } from './file.ts';
import { isDict, nameOf } from './values.ts';
import type { PdfValue } from './values.ts';

/** What a copy for display leaves out: everything that acts, plays, attaches or reaches outside the file. */

/** Entries of the catalog that matter for drawing and reading (ISO 32000-2 Table 29). */
export const keptInCatalog: ReadonlySet<string> = new Set([
  'Type',
  'Pages',
  'PageLabels',
  'Dests',
  'ViewerPreferences',
  'PageLayout',
  'Outlines',
  'AcroForm',
  'StructTreeRoot',
  'MarkInfo',
  'Lang',
  'OutputIntents',
  'OCProperties',
]);

/** Name trees without scripts, attachments and web captures (Table 32). */
export const keptInNames: ReadonlySet<string> = new Set(['Dests', 'AP']);

/** Keys whose dictionary is keyed by free names (Table 34 and others), where nothing is a word of PDF. */
export const resourceKinds: ReadonlySet<string> = new Set([
  'Font',
  'XObject',
  'ExtGState',
  'ColorSpace',
  'Pattern',
  'Shading',
  'Properties',
  'CharProcs',
  'N',
  'D',
  'R',
  'RoleMap',
  'ClassMap',
  'Colorants',
]);

const dropped: ReadonlySet<string> = new Set([
  'AA',
  'OpenAction',
  'JS',
  'JavaScript',
  'Launch',
  'URI',
  'EmbeddedFiles',
  'EF',
  'XFA',
  'RichMediaContent',
  'RichMediaSettings',
  'RichMedia',
  'Rendition',
  'Renditions',
  'Movie',
  'Sound',
  'AF',
  'PieceInfo',
  'Metadata',
  'Perms',
  'Collection',
]);

/** Keys that hold an action where their value has an action's /S. */
const actionKeys: ReadonlySet<string> = new Set([
  'A',
  'PA',
  'Next',
  'PV',
  'PI',
  'PO',
  'PC',
  'E',
  'X',
  'U',
  'Bl',
  'Fo',
]);

/** Every action type but GoTo (Table 201): only moving within the document is left. */
const actionTypes: ReadonlySet<string> = new Set([
  'GoToR',
  'GoToE',
  'GoToDp',
  'Launch',
  'Thread',
  'URI',
  'Sound',
  'Movie',
  'Hide',
  'Named',
  'SubmitForm',
  'ResetForm',
  'ImportData',
  'JavaScript',
  'SetOCGState',
  'Rendition',
  'Trans',
  'GoTo3DView',
  'RichMediaExecute',
]);

const externalAnnotations: ReadonlySet<string> = new Set([
  'FileAttachment',
  'Sound',
  'Movie',
  'Screen',
  'RichMedia',
  '3D',
  'Projection',
]);

const isAction = (file: PdfFile, value: PdfValue): boolean => {
  const type = nameOf(file.get(value, 'S'));
  return type !== null && actionTypes.has(type);
};

/**
 * An action, or a signature dictionary. A structure element has /S too (Table 355) and loses its place if it
 * is called like an action: no standard type is, and nothing that is drawn depends on it.
 */
export function isActive(file: PdfFile, value: PdfValue): boolean {
  return isDict(value) && (value.entries.has('ByteRange') || isAction(file, value));
}

/** Where only an action can stand, whatever is not a move within the document goes. */
function isForeignAction(file: PdfFile, value: PdfValue): boolean {
  const type = nameOf(file.get(value, 'S'));
  return type !== null && type !== 'GoTo';
}

/** @param freeName the key is a name of the file's own, such as that of a font. */
export function mayKeep(file: PdfFile, key: string, value: PdfValue, freeName: boolean): boolean {
  if (freeName) return true;
  if (dropped.has(key)) return false;
  return !(actionKeys.has(key) && isForeignAction(file, file.resolve(value)));
}

export function isExternalAnnotation(file: PdfFile, annotation: PdfValue): boolean {
  const subtype = nameOf(file.get(annotation, 'Subtype'));
  return subtype !== null && externalAnnotations.has(subtype);
}
