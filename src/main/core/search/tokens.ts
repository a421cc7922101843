import { keptStates, type LetterState } from '../contract/lifecycle.ts';
import { classRules } from '../contract/permissions.ts';
import { securityClasses, type SecurityClass } from '../contract/letters.ts';
import { fold, squeeze } from '../contract/folding.ts';

/**
 * What stands in the index beside words. Each sort begins with a sign that no word can hold, so that nobody's typing
 * ever asks for one.
 */
const marks = { scope: '\u00a7', fragment: '\u00b6', filter: '\u00a4', person: '\u00a2' } as const;

/** Identifiers only narrow what is looked at; two that fall together cost time and nothing else. */
const short = (id: string): string => squeeze(id).slice(0, 16);

/** What everybody may read who may see the letter: whoever sees them all looks at these documents. */
export const anyLetter = `${marks.scope}e`;
/** May see the letter, or stands in for somebody who may. */
export const heir = (accountId: string): string => `${marks.scope}d${short(accountId)}`;
/** May see it, and nobody in their place: whoever wrote it or was granted it. */
export const own = (accountId: string): string => `${marks.scope}o${short(accountId)}`;
export const ofUnit = (code: string): string => `${marks.scope}u${squeeze(code)}`;

export const personToken = (word: string): string => marks.person + word;
export const filterToken = (sort: string, value: string): string =>
  `${marks.filter}${sort}${fold(value).replace(/[^\p{L}\p{N}]+/gu, '')}`;

/** The shortest part of a number that is looked for as such. */
export const fragmentLength = 3;
/** Runs of four are ten times as rare as runs of three: whoever sees little is answered from shorter lists. */
const longerLength = 4;

function runs(squeezed: string, length: number): string[] {
  const letters = [...squeezed];
  const found = new Set<string>();
  for (let at = 0; at + length <= letters.length; at += 1)
    found.add(marks.fragment + letters.slice(at, at + length).join(''));
  return [...found];
}

/** Every run of three and of four of a number without its separators. */
export const fragments = (squeezed: string): string[] => [
  ...runs(squeezed, fragmentLength),
  ...runs(squeezed, longerLength),
];

/** The runs that a number with this part must have. */
export const fragmentsFor = (part: string): string[] =>
  runs(part, [...part].length >= longerLength ? longerLength : fragmentLength);

/** `000.8.3` lies below `000.8` and `000`. */
export function classificationPath(code: string): string[] {
  const parts = code.split('.').filter(Boolean);
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
}

const openClasses = securityClasses.filter((one) => !classRules[one].sealed);
const indexedStates: readonly LetterState[] = [...keptStates, 'voided'];

/**
 * Only what is kept for good and lies open to the office is indexed. Words under a letter's own key must not lie in
 * an index that the data key opens, nor those of a draft whose class may still rise.
 */
export const isIndexed = (security: SecurityClass, state: LetterState): boolean =>
  openClasses.includes(security) && indexedStates.includes(state);

/** The document of what everybody who may see the letter may read, and that of its notes besides. */
export const documentOf = (position: number, notes: boolean): number => position * 2 + (notes ? 1 : 0);
