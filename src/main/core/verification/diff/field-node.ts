import { nameOf } from '../../pdf/index.ts';
import type { PdfValue } from '../../pdf/index.ts';
import type { ChangeRule } from './change.ts';
import type { Transition } from './transition.ts';

/** What a field hands down to its kids. */
export interface Inherited {
  readonly name: string;
  readonly type: string | null;
  /** /Ff (ISO 32000-2 Table 227 and following). */
  readonly flags: number;
  /** Did its value, or that of a field above it, become another one? */
  readonly filled: boolean;
  /** Is it, or a field above it, being signed in this step? Then its widgets get their appearance. */
  readonly signing: boolean;
}

/** What comparing the form tells those who compare the pages. */
export interface Form {
  /** Widgets that a permitted rule added or allows to appear, with the field that they draw. */
  readonly widgets: Map<number, string>;
  /** Comments that were added to the pages. */
  readonly comments: Set<number>;
  /** Every field and widget that the form had before. */
  readonly known: Set<number>;
}

const longest = 4_096;

export const joinName = (prefix: string, title: string | null): string =>
  (prefix === '' || !title ? prefix || (title ?? '') : `${prefix}.${title}`).slice(0, longest);

/** Annotation flags (ISO 32000-2 Table 167): Hidden and NoView. */
const unseen = 2 | 32;
export const isUnseen = (flags: PdfValue): boolean => typeof flags === 'number' && (flags & unseen) !== 0;

/** NoView without Hidden, with Print or ToggleNoView: no screen shows it, paper or the pointer does. */
export const isPrintedOnly = (flags: PdfValue): boolean =>
  typeof flags === 'number' && (flags & unseen) === 32 && (flags & (4 | 256)) !== 0;

/** Which rule a signature dictionary that was added falls under; `seen` where something is drawn for it. */
export function signingRule(t: Transition, value: PdfValue, seen: boolean): ChangeRule {
  const type = nameOf(t.file.get(value, 'Type', t.to));
  const subFilter = nameOf(t.file.get(value, 'SubFilter', t.to));
  const timestamp = subFilter === 'ETSI.RFC3161' && (type === null || type === 'DocTimeStamp');
  if (timestamp) return seen ? 'TIMESTAMP_VISIBLE' : 'DOCUMENT_TIMESTAMP';
  return 'SIGNATURE_ADDED';
}

/** Is it a certification (ISO 32000-2 §12.8.2.2)? Such a one must be the first signature of a document. */
export function certifies(t: Transition, value: PdfValue): boolean {
  const references = t.file.get(value, 'Reference', t.to);
  const items = typeof references === 'object' && references?.kind === 'array' ? references.items : [];
  return items.slice(0, 32).some((item) => nameOf(t.file.get(item, 'TransformMethod', t.to)) === 'DocMDP');
}
