/** What a person found when comparing a genuine code with the paper it is printed on. */
import type { StatementFacts, Tone } from '../../../main/core/contract/index.ts';

export type Compared = 'number' | 'date' | 'subject' | 'signer';
export type Finding = 'same' | 'different';
export type Findings = Readonly<Partial<Record<Compared, Finding>>>;

/** What is compared: where a sealed letter tells no subject, the name below it. */
export const comparedOf = (facts: StatementFacts): readonly Compared[] => [
  'number',
  'date',
  facts.subject === null ? 'signer' : 'subject',
];

/** A genuine code says nothing of the paper before somebody has looked at both. */
export function judgePaper(
  facts: StatementFacts,
  findings: Findings,
): { readonly outcome: 'compare' | 'matching' | 'different'; readonly tone: Tone } {
  const found = comparedOf(facts).map((one) => findings[one]);
  if (found.includes('different')) return { outcome: 'different', tone: 'bad' };
  if (found.every((one) => one === 'same')) return { outcome: 'matching', tone: 'good' };
  return { outcome: 'compare', tone: 'unsure' };
}

/** A code can hold anything: nothing that hides or reorders is shown. */
export const shownText = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '�');
