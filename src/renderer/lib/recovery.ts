/** The recovery key as people copy it: in groups, and typed back without caring for case or separators. */

/** Splits at what is not a letter or digit; a key without separators is cut every five characters. */
export function recoveryGroups(key: string): readonly string[] {
  const pieces = key.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== '');
  if (pieces.length > 1) return pieces;
  return pieces[0]?.match(/.{1,5}/gu) ?? [];
}

const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();

export const sameGroup = (typed: string, group: string): boolean => plain(typed) === plain(group);
