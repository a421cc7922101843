/** What the table of many files counts, filters and sorts. */
import {
  judgeReport,
  reportRow,
  type Language,
  type Tone,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';

export type Shown = 'all' | Tone | 'waiting';
export const orders = ['given', 'name', 'outcome'] as const;
export type Order = (typeof orders)[number];

/** Worst first. */
const tones: readonly Tone[] = ['bad', 'unsure', 'plain', 'good'];

export interface ManyRow {
  /** Its place among the files. */
  readonly index: number;
  readonly name: string;
  /** Null while it waits. */
  readonly report: VerificationReport | null;
}

const outcome = ({ report }: ManyRow): Tone | 'waiting' => (report ? judgeReport(report).tone : 'waiting');

export type Tally = Readonly<Record<Shown, number>>;

export function tally(rows: readonly ManyRow[]): Tally {
  const counts = { all: rows.length, good: 0, plain: 0, unsure: 0, bad: 0, waiting: 0 };
  for (const row of rows) counts[outcome(row)]++;
  return counts;
}

/** @param words that the file's name or a signer's holds, in any case. */
export function shownRows(
  rows: readonly ManyRow[],
  { shown, words, order, language }: { shown: Shown; words: string; order: Order; language: Language },
): readonly ManyRow[] {
  const wanted = words.trim().toLocaleLowerCase(language);
  const has = (text: string): boolean => text.toLocaleLowerCase(language).includes(wanted);
  const kept = rows.filter((row) => {
    if (shown !== 'all' && outcome(row) !== shown) return false;
    if (wanted === '' || has(row.name)) return true;
    return row.report !== null && reportRow(row.report, language).signers.some(has);
  });
  if (order === 'name') {
    const { compare } = new Intl.Collator(language, { numeric: true });
    return kept.toSorted((one, other) => compare(one.name, other.name));
  }
  if (order === 'outcome') {
    const weight = (row: ManyRow): number => {
      const at = outcome(row);
      return at === 'waiting' ? tones.length : tones.indexOf(at);
    };
    return kept.toSorted((one, other) => weight(one) - weight(other) || one.index - other.index);
  }
  return kept;
}
