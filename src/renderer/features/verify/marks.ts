/**
 * What is marked on the pages of a comparison: the changes that the report lists, then whatever looks different
 * and is none of them. Nothing is judged here.
 */
import {
  commonName,
  type PageArea,
  type PagePair,
  type ReportChange,
  type ShownFile,
  type SignatureReport,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';

export type MarkKind = ReportChange['verdict'] | 'seen';

export interface Mark {
  /** From 1, as in the list. */
  readonly number: number;
  readonly kind: MarkKind;
  readonly what: string;
  readonly where: string;
  readonly rule: string | null;
  /** Index of its pair of pages; null where no page shows it. */
  readonly pair: number | null;
  /** On the page; null for the whole of it. */
  readonly area: PageArea | null;
}

export interface MarkWords {
  readonly seen: string;
  readonly size: string;
  readonly pageAdded: string;
  readonly pageRemoved: string;
  readonly pageReplaced: string;
  readonly page: (n: number) => string;
}

/** Points by which a picture may reach beyond the area of its change. */
const slack = 3;

export function marksOf(
  shown: ShownFile,
  changes: readonly ReportChange[],
  words: MarkWords,
): readonly Mark[] {
  if (!shown.signed) return [];
  const listed = changes.map((change): Omit<Mark, 'number'> => {
    const { at, what, where, verdict, rule } = change;
    const pair = at ? shown.pairs.findIndex(({ signed }) => signed === at.page) : -1;
    return {
      kind: verdict,
      what,
      where,
      rule: rule ?? null,
      pair: pair < 0 ? null : pair,
      area: at?.area ?? null,
    };
  });
  const moved = shown.pairs.flatMap((pair, index) => moveOf(pair, index, words));
  const told = (pair: number, area: PageArea): boolean =>
    listed.some((one) => one.pair === pair && one.area !== null && lies(area, one.area));
  const seen = shown.differences
    .filter(({ pair, area }) => area === null || !told(pair, area))
    // Of a replaced page everything differs; that it was replaced says so.
    .filter(({ pair }) => shown.pairs[pair]?.same !== false)
    .map(({ pair, area }): Omit<Mark, 'number'> => {
      const what = area === null ? words.size : words.seen;
      const where = words.page(shown.pairs[pair]?.current ?? 1);
      return { kind: 'seen', what, where, rule: null, pair, area };
    });
  return [...listed, ...moved, ...seen].map((mark, index) => ({ ...mark, number: index + 1 }));
}

function moveOf(pair: PagePair, index: number, words: MarkWords): readonly Omit<Mark, 'number'>[] {
  if (pair.same) return [];
  const { signed, current } = pair;
  const what = signed === null ? words.pageAdded : current === null ? words.pageRemoved : words.pageReplaced;
  const where = words.page(current ?? signed ?? 1);
  return [{ kind: 'seen', what, where, rule: null, pair: index, area: null }];
}

const lies = (inner: PageArea, outer: PageArea): boolean =>
  inner[0] >= outer[0] - slack &&
  inner[1] >= outer[1] - slack &&
  inner[2] <= outer[2] + slack &&
  inner[3] <= outer[3] + slack;

/** The pages of one version alone, in the shape of a comparison. */
export const alone = (pages: number): readonly PagePair[] =>
  Array.from({ length: pages }, (_, index) => ({ signed: null, current: index + 1, same: true }));

export interface FieldWord {
  readonly signer: string;
  readonly tone: 'good' | 'unsure' | 'bad';
  /** Its place in the report. */
  readonly index: number;
}

/** Whose signature a field holds, and how it was judged; null where the report knows none of that name. */
export function fieldWord(report: VerificationReport, name: string): FieldWord | null {
  const index = report.signatures.findIndex(({ field }) => field === name);
  const signature = report.signatures[index];
  if (!signature) return null;
  return { signer: commonName(signature.signer?.subject ?? '?'), tone: toneOf(report, signature), index };
}

function toneOf(report: VerificationReport, { indication }: SignatureReport): FieldWord['tone'] {
  if (indication === 'TOTAL-FAILED') return 'bad';
  return indication === 'TOTAL-PASSED' && report.conclusion === 'TOTAL-PASSED' ? 'good' : 'unsure';
}
