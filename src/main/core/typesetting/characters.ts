import { AppError } from '../contract/index.ts';

/**
 * Characters that may not stand on a signed page whatever the fonts hold: controls, bidirectional overrides and
 * isolates (they make a page read otherwise than its text), private use (PDF/A-2a, ISO 19005-2 §6.2.11.7.2
 * wants Unicode meaning), the replacement character (the sign of text that was already lost), non-characters and
 * halves of surrogate pairs.
 */
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\uffff]|[\p{Co}\p{Cs}]/gu;
const maxNamed = 20;

/** White space that would break a line is a space: line breaks of the body have a node of their own. */
export function plainLine(text: string): string {
  return text.replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' ');
}

export function forbiddenIn(text: string): readonly string[] {
  return text.match(forbidden) ?? [];
}

/** GLYPH_MISSING that names each character once, with its code point: "😀 (U+1F600), U+0007". */
export function glyphMissing(characters: Iterable<string>, cause?: unknown): AppError {
  const all = [...new Set(characters)];
  const named = all.slice(0, maxNamed).map(describe).join(', ');
  const rest = all.length - maxNamed;
  return new AppError('GLYPH_MISSING', { characters: rest > 0 ? `${named}, +${rest}` : named }, cause);
}

function describe(character: string): string {
  const codes = [...character].map(codePoint).join(' ');
  const visible = !/[\p{C}\p{Z}]/u.test(character);
  return visible ? `${character} (${codes})` : codes;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
