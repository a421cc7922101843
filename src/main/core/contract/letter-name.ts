import type { LetterRow } from './letters.ts';

/** "Surat Dinas 000.8.3-15-ORG-2026 - Undangan rapat.pdf": safe on every file system, at most 120 characters. */
export function fileNameOf(letter: Pick<LetterRow, 'number' | 'subject'>): string {
  const safe = (text: string): string =>
    text
      .normalize('NFC')
      .replace(/[\u0000-\u001f<>:"/\\|?*\u007f]+/g, '-')
      .replace(/\s+/g, ' ')
      .trim();
  const name = [safe(letter.number ?? ''), safe(letter.subject)].filter((part) => part !== '').join(' - ');
  return `${name.slice(0, 116).replace(/[. ]+$/, '') || 'surat'}.pdf`;
}
