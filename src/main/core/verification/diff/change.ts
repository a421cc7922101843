import type { Rectangle } from './rectangle.ts';

/**
 * What a later revision may do to a signed file, and by which permission (ISO 32000-2 §12.8.2.2, Table 257;
 * EN 319 142-1 §5.4 for evidence). Whatever no rule knows is forbidden.
 *
 * - `evidence`: validation data and document timestamps; permitted whatever the signer locked;
 * - `form`: filling in and signing, from /P 2 on;
 * - `annotation`: comments, from /P 3 on;
 * - `forbidden`: nobody can permit it.
 */
export type ChangeKind = 'evidence' | 'form' | 'annotation' | 'forbidden';

const kinds = {
  DSS: 'evidence',
  DOCUMENT_TIMESTAMP: 'evidence',
  METADATA: 'evidence',
  EXTENSIONS: 'evidence',
  INTEGRITY_CODE: 'evidence',
  NOTHING_SHOWN: 'evidence',

  SIGNATURE_ADDED: 'form',
  SIGNATURE_FIELD_ADDED: 'form',
  TIMESTAMP_VISIBLE: 'form',
  FIELD_FILLED: 'form',

  ANNOTATION_ADDED: 'annotation',
  ANNOTATION_CHANGED: 'annotation',
  ANNOTATION_REMOVED: 'annotation',

  ANNOTATION_KIND: 'forbidden',
  CATALOG_CHANGED: 'forbidden',
  CERTIFICATION_LATE: 'forbidden',
  DOCUMENT_CHANGED: 'forbidden',
  FIELD_ADDED: 'forbidden',
  FIELD_APPEARANCE: 'forbidden',
  FIELD_REMOVED: 'forbidden',
  FIELD_STRUCTURE: 'forbidden',
  FORM_CHANGED: 'forbidden',
  OBJECT_SHARED: 'forbidden',
  OBJECT_STREAM_CHANGED: 'forbidden',
  PAGE_CHANGED: 'forbidden',
  PAGE_TREE: 'forbidden',
  PICTURE_CHANGED: 'forbidden',
  CONTENT_COVERED: 'forbidden',
  CONTENT_REVEALED: 'forbidden',
  SIGNATURE_REPLACED: 'forbidden',
  TOO_MUCH_TO_JUDGE: 'forbidden',
  TRAILER_CHANGED: 'forbidden',
  WIDGET_FOREIGN: 'forbidden',
} as const satisfies Readonly<Record<string, ChangeKind>>;

/** The name of a rule, stable: reports carry it, texts are under `CHANGE_` + the name. */
export type ChangeRule = keyof typeof kinds;

export const changeRules = Object.keys(kinds) as readonly ChangeRule[];
export const kindOf = (rule: ChangeRule): ChangeKind => kinds[rule];

/** One thing that one revision did. */
export interface Change {
  readonly rule: ChangeRule;
  /** The revision that did it, from 1. */
  readonly revision: number;
  readonly object: number | null;
  /** Fully qualified field name. */
  readonly field: string | null;
  /** From 1. */
  readonly page: number | null;
  /** Where on the page it may be seen, in the page's user space; null where nothing is drawn. */
  readonly area: Rectangle | null;
  /** A key of a dictionary or a subtype. */
  readonly detail: string | null;
}
