import { AppError } from '../contract/errors.ts';
import { foldedWords, hasDigit, plainWords, squeeze } from '../contract/folding.ts';
import { maximumQuery, maximumQueryWords } from '../contract/search.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import { fragmentLength, fragmentsFor } from './tokens.ts';

/**
 * What somebody typed, as conditions that all must hold. Nothing of it ever becomes syntax: words are runs of letters
 * and digits, and each is given to the index in quotes.
 */
export interface QueryTerm {
  /** Of what stood between two spaces: all of them. */
  readonly words: readonly string[];
  /** The last of the words may be the beginning of a longer one. */
  readonly open: boolean;
  /** With a digit and long enough, it may also be a part of a number; else null. */
  readonly fragment: string | null;
}

/** @throws AppError SEARCH_TOO_LONG {max, words}, SEARCH_NO_WORDS. */
export function parseQuery(query: string): QueryTerm[] {
  const tooLong = new AppError('SEARCH_TOO_LONG', { max: maximumQuery, words: maximumQueryWords });
  if (query.length > maximumQuery) throw tooLong;
  const found = new Map<string, QueryTerm>();
  const typed = plainWords(query);
  for (const [at, one] of typed.entries()) {
    const words = foldedWords(one);
    if (words.length === 0) continue;
    const squeezed = squeeze(one);
    const open = at === typed.length - 1;
    const fragment = hasDigit(squeezed) && [...squeezed].length >= fragmentLength ? squeezed : null;
    found.set(`${words.join(' ')}${open ? '*' : ''}`, { words, open, fragment });
  }
  const terms = [...found.values()];
  if (terms.length === 0 && query.trim() !== '') throw new AppError('SEARCH_NO_WORDS');
  if (terms.reduce((sum, term) => sum + term.words.length, 0) > maximumQueryWords) throw tooLong;
  return terms;
}

/** So many words are tried for a beginning, the most frequent first. */
export const maximumExpansions = 24;
/** One letter begins too much to be told apart. */
const shortestBeginning = 2;

export interface Expression {
  /** In the full-text index's own language; empty: every document. */
  readonly match: string;
  /** Beginnings that more words share than were tried. */
  readonly short: readonly string[];
}

const quoted = (token: string): string => `"${token.replaceAll('"', '')}"`;
const joined = (parts: readonly string[], by: 'AND' | 'OR'): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(` ${by} `)})`;

/** @param dress of each word: as it is, or as a word of people. */
export function expressionOf(
  db: ReadDb,
  terms: readonly QueryTerm[],
  dress: (word: string) => string = (word) => word,
): Expression {
  const short: string[] = [];
  const all = terms.map((term) => {
    const words = term.words.map((word, at) => {
      const last = term.open && at === term.words.length - 1;
      const others = last ? longerWords(db, word) : [];
      if (others.length > maximumExpansions) short.push(word);
      const tried = new Set([word, ...others.slice(0, maximumExpansions)]);
      return joined(
        [...tried].map((one) => quoted(dress(one))),
        'OR',
      );
    });
    const whole = joined(words, 'AND');
    if (term.fragment === null || dress('') !== '') return whole;
    return joined([whole, joined(fragmentsFor(term.fragment).map(quoted), 'AND')], 'OR');
  });
  return { match: all.join(' AND '), short };
}

/** Words that begin like this one, the most frequent first, at most one more than are tried. */
function longerWords(db: ReadDb, beginning: string): string[] {
  if ([...beginning].length < shortestBeginning) return [];
  return db
    .all<{ word: string }>(
      sql`SELECT word FROM search_word WHERE word > ${beginning} AND word < ${`${beginning}\u{10ffff}`}
        ORDER BY n DESC, word LIMIT ${maximumExpansions + 1}`,
    )
    .map((row) => row.word);
}

/** What is looked through outside the index: words of a letter that is opened for its reader alone. */
export interface Haystack {
  readonly words: ReadonlySet<string>;
  readonly squeezedNumber: string;
}

export const haystackOf = (texts: readonly string[], number: string | null): Haystack => ({
  words: new Set(texts.flatMap((text) => foldedWords(text))),
  squeezedNumber: squeeze(number ?? ''),
});

/** The same question as the index answers, asked of one letter. */
export function matches(terms: readonly QueryTerm[], { words, squeezedNumber }: Haystack): boolean {
  return terms.every(
    (term) =>
      (term.fragment !== null && squeezedNumber.includes(term.fragment)) ||
      term.words.every(
        (word, at) =>
          words.has(word) ||
          (term.open &&
            at === term.words.length - 1 &&
            [...word].length >= shortestBeginning &&
            [...words].some((one) => one.startsWith(word) && !hasDigit(one))),
      ),
  );
}
