import type { Language } from './people.ts';

/**
 * A kind of official letter as the regulation profile describes it, in the words and choices that a page needs.
 * Which kinds there are is data (DOMAIN, opening rule): nothing in the program names one, but for the stored
 * particulars of an invitation.
 */
export interface Kind {
  /** Such as `surat-tugas`; kept in letters. */
  readonly id: string;
  /** What is printed on the paper: "Surat Tugas". */
  readonly label: string;
  readonly name: InBoth;
  readonly about: InBoth;
  readonly group: KindGroup;
  readonly shape: KindShape;
  readonly addressees: 'required' | 'optional' | 'none';
  /** Whether the particulars of an event are asked for. */
  readonly event: boolean;
  readonly fields: readonly KindField[];
  /** Letters of this kind live on; it is not offered for new ones. */
  readonly hidden?: boolean;
}

type InBoth = Readonly<Record<Language, string>>;

/** Permendagri 1/2023, as a profile may group them; in the order in which an office needs them. */
export const kindGroups = [
  'eksternal',
  'internal',
  'penugasan',
  'khusus',
  'penetapan',
  'pengaturan',
] as const;
export type KindGroup = (typeof kindGroups)[number];

/**
 * `letter`: reference lines and addressee; `memo`: title over a block of particulars; `title`: centred title, number
 * below it, then the body.
 */
export const kindShapes = ['letter', 'memo', 'title'] as const;
export type KindShape = (typeof kindShapes)[number];

/** `list` is one entry a line. A date is plain (YYYY-MM-DD). */
export const fieldForms = ['line', 'text', 'list', 'date'] as const;

export interface KindField {
  /** Key in `LetterContent.details`. */
  readonly name: string;
  readonly label: InBoth;
  readonly form: (typeof fieldForms)[number];
  readonly required: boolean;
}
