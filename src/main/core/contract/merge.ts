import type { ErrorShape } from './errors.ts';
import type { Addressee } from './letters.ts';
import type { LetterState } from './lifecycle.ts';

type Nothing = Record<string, never>;

/** Where each part of a letter comes from: numbers of columns, from 0. */
export interface MergeColumns {
  readonly name: number;
  readonly place: number | null;
  /** Finds the person of this vault to whom the letter is delivered. */
  readonly nip: number | null;
  /** By name of the variable; `keep` leaves `${…}` as it is written. */
  readonly variables: Readonly<Record<string, number | 'keep'>>;
}

/**
 * What is wrong before anything is made. Errors: CELLS (another number of cells than the header), NAME_EMPTY, DOUBLE
 * (the same name and place as row `first`), CELL_LONG, LETTER_LONG (the filled letter is more than a draft may be),
 * TOGETHER_LONG (all filled letters are more than one merge may make), NAME_COLUMN, VARIABLE_COLUMN. Warnings: FORMULA
 * (looks like one; it stays text), VALUE_EMPTY, NIP_UNKNOWN, VARIABLE_KEPT.
 */
export const mergeErrors = [
  'CELLS',
  'NAME_EMPTY',
  'DOUBLE',
  'CELL_LONG',
  'LETTER_LONG',
  'TOGETHER_LONG',
  'NAME_COLUMN',
  'VARIABLE_COLUMN',
] as const;
export const mergeWarnings = ['FORMULA', 'VALUE_EMPTY', 'NIP_UNKNOWN', 'VARIABLE_KEPT'] as const;
export type MergeProblemCode = (typeof mergeErrors)[number] | (typeof mergeWarnings)[number];

export interface MergeProblem {
  readonly code: MergeProblemCode;
  /** As a spreadsheet counts it, the header being 1; null where it is about the whole table. */
  readonly row: number | null;
  /** Heading of a column, or name of a variable; may be empty. */
  readonly column: string;
  /** Of a double row: the one that it repeats. */
  readonly first: number | null;
}

export interface MergeCheck {
  readonly header: readonly string[];
  /** The first rows, to see what is in a column. */
  readonly sample: readonly (readonly string[])[];
  /** Variables of the letter. */
  readonly variables: readonly string[];
  /** As given, or as the headings suggest; null where no column looks like the addressee's name. */
  readonly columns: MergeColumns | null;
  readonly rows: number;
  /** How many of them a letter can be made from. */
  readonly ready: number;
  /** Errors first, then by row; at most 200. */
  readonly problems: readonly MergeProblem[];
  readonly moreProblems: number;
  readonly encoding: 'utf-8' | 'windows-1252';
}

export interface MergePreview {
  readonly row: number;
  readonly addressee: Addressee;
  readonly subject: string;
  /** As of a draft (`letters.preview`). */
  readonly preview: {
    readonly pdf: Uint8Array | null;
    readonly pages: number;
    readonly problems: readonly ErrorShape[];
  };
}

export interface MergeSummary {
  readonly id: string;
  readonly sourceId: string;
  /** Of the letter that it was made from; empty where that is sealed and its key was lost. */
  readonly subject: string;
  /** Instant, ISO 8601 UTC. */
  readonly madeAt: string;
  readonly letters: number;
  readonly drafts: number;
  readonly discarded: number;
  readonly delivered: number;
  readonly read: number;
}

export interface MergeLetter {
  readonly letterId: string;
  readonly addressee: Addressee;
  readonly state: LetterState;
  readonly number: string | null;
  /** Instants; null for those outside this vault, too. */
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
}

export interface MergeDetail extends MergeSummary {
  readonly rows: readonly MergeLetter[];
}

/** One draft per row of a table (mail merge). The letter that they are made from stays a draft, as a pattern. */
export interface MergeCalls {
  'merge.check': { input: { id: string; csv: Uint8Array; columns: MergeColumns | null }; output: MergeCheck };
  /** The real page of one of the ready rows, counted from 0. */
  'merge.preview': {
    input: { id: string; csv: Uint8Array; columns: MergeColumns; at: number };
    output: MergePreview;
  };
  /**
   * All of them or none. `leaveOut`: rows with an error are left out.
   * @throws AppError MERGE_ROWS_WRONG {count} for rows with errors that nobody left out; MERGE_TOO_LARGE {max} for
   * letters that are too much together; LETTER_CHANGED_ELSEWHERE.
   */
  'merge.create': {
    input: { id: string; revision: number; csv: Uint8Array; columns: MergeColumns; leaveOut: boolean };
    output: MergeSummary;
  };
  'merge.list': { input: Nothing; output: readonly MergeSummary[] };
  'merge.get': { input: { id: string }; output: MergeDetail };
  /** Discards those that are still drafts. */
  'merge.discard': { input: { id: string }; output: { discarded: number } };
}
