/**
 * How words are compared wherever something is looked for: without case, accents and separators, so that `1312`
 * finds `000.8/13-12/ORG`. The search index and the filter above a list share this one.
 */

/** Longer words are cut, in what is looked through and in what is looked for alike. */
const maximumWord = 64;

const plain = /^[\0-\x7f]*$/;

/** Compatibility forms taken apart (Unicode NFKD), lower case, marks off. */
export const fold = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}+/gu, '');

/** What stands between spaces, folded. */
export const plainWords = (text: string): readonly string[] => fold(text).split(/\s+/).filter(Boolean);

/** Letters and digits alone, folded. */
export const squeeze = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Runs of letters and digits, folded, in their order. */
export function foldedWords(text: string): string[] {
  const found = fold(text).match(plain.test(text) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
  return found.map((word) => (word.length > maximumWord ? word.slice(0, maximumWord) : word));
}

export const hasDigit = (word: string): boolean => /\p{N}/u.test(word);
