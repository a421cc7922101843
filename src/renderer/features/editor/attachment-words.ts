/** How attachments are numbered and weighed. */
import type { Language } from '../../../main/core/contract/index.ts';

const numerals = [
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

/** As on the paper; below 50. */
export function roman(n: number): string {
  let left = n;
  let text = '';
  for (const [numeral, value] of numerals) {
    for (; left >= value; left -= value) text += numeral;
  }
  return text;
}

/** "240 kB", "1,4 MB". */
export function sizeText(octets: number, language: Language): string {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  const written = (value: number, digits: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const kibibytes = octets / 1024;
  return kibibytes < 1000 ? `${written(Math.max(1, kibibytes), 0)} kB` : `${written(kibibytes / 1024, 1)} MB`;
}
