const ellipsis = '…';
const ellipsisBytes = 3;

/** One line of NFC text; what is not seen (controls, format characters) has no place in a statement. */
export const plainText = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .normalize('NFC')
    .trim();

/** Cuts between whole characters as a reader counts them, so that `bytes` (≥ 3) of UTF-8 are enough. */
export function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let room = bytes - ellipsisBytes;
  for (const { segment } of new Intl.Segmenter('id', { granularity: 'grapheme' }).segment(text)) {
    room -= Buffer.byteLength(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

/**
 * Cuts texts so that together they take at most `bytes` of UTF-8: the short ones stay whole, the long ones get the
 * same share each of what is left.
 */
export function fitTogether(texts: readonly string[], bytes: number): readonly string[] {
  const shortestFirst = texts
    .map((text, index) => ({ index, length: Buffer.byteLength(text) }))
    .toSorted((a, b) => a.length - b.length);
  const fitted = [...texts];
  let left = bytes;
  for (const [turn, { index, length }] of shortestFirst.entries()) {
    const share = Math.floor(left / (shortestFirst.length - turn));
    if (length > share) fitted[index] = cutTo(texts[index] ?? '', share);
    left -= Buffer.byteLength(fitted[index] ?? '');
  }
  return fitted;
}
