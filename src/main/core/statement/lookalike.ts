/**
 * Does a text hold letters or digits beyond those of Indonesian and its neighbours? A Cyrillic "а" in an office's name
 * is signed as faithfully as a Latin one, and looks the same on a screen (Unicode Technical Standard #39).
 */
export function hasLookalikes(text: string): boolean {
  for (const character of text) if (counts.test(character) && !ours.test(character)) return true;
  return false;
}

const counts = /^[\p{L}\p{Nd}\p{Nl}]$/u;
/** Basic Latin, Latin-1, Latin Extended-A without the dotless i, kra and long s, and Latin Extended Additional. */
const ours = /^[0-9A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0130\u0132-\u0137\u0139-\u017E\u1E00-\u1EFF]$/u;
