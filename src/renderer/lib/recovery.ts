/** The recovery key as people copy it: in groups, and typed back without caring for case or separators. */

/** Splits at what is not a letter or digit; a key without separators is cut every five characters. */
export function recoveryGroups(key: string): readonly string[] {
  const pieces = key.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== '');
  if (pieces.length > 1) return pieces;
  return pieces[0]?.match(/.{1,5}/gu) ?? [];
}

const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();

export const sameGroup = (typed: string, group: string): boolean => plain(typed) === plain(group);

/** A key as it stands in its field, and where the cursor is in it (0 is before the first character). */
interface TypedKey {
  readonly value: string;
  readonly caret: number;
}

/** Characters in a group of the printed key. */
const groupLength = 4;
const groupsOf = /.{1,4}/gu;

/**
 * The key grouped while it is typed: capitals, a space after every fourth character, all else dropped. The
 * cursor stays behind the characters that it was behind. `forward` tells that Delete was pressed, which must
 * step over a space where Backspace stops before it; else either key could never get past one.
 */
export function groupTypedKey(typed: string, caret: number, forward: boolean): TypedKey {
  const kept = plain(typed);
  const before = plain(typed.slice(0, caret)).length;
  const value = (kept.match(groupsOf) ?? []).join(' ');
  const spaces = forward && before < kept.length ? before / groupLength : (before - 1) / groupLength;
  return { value, caret: before + Math.max(0, Math.floor(spaces)) };
}
