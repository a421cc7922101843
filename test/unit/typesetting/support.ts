import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block, LetterContent, TypesetLetter } from '../../../src/main/core/contract/index.ts';
import { AppError } from '../../../src/main/core/contract/index.ts';
import { createTypesetter, readLetterFile } from '../../../src/main/core/typesetting/index.ts';

const root = join(import.meta.dirname, '../../..');
export const resourcesDir = join(root, 'resources');
export const createdAt = '2026-11-22T03:00:00Z';

export const sampleText = (name: string): string =>
  readFileSync(join(root, 'test/fixtures/letters', `${name}.json`), 'utf8');

export const sample = (name: string, changes: Partial<LetterContent> = {}): TypesetLetter => {
  const letter = readLetterFile(sampleText(name));
  return { ...letter, content: { ...letter.content, ...changes } };
};

let typesetter: ReturnType<typeof createTypesetter> | null = null;
export function typeset(letter: TypesetLetter, profile: string | null = null) {
  typesetter ??= createTypesetter({ resourcesDir });
  return typesetter.typeset({ letter, profile, createdAt });
}

export const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });

export const sentence = (words: number): string =>
  `${Array.from({ length: words }, (_, i) => ['data', 'surat', 'perangkat', 'daerah', 'kecamatan'][i % 5]).join(' ')}.`;

/** A header row and `count` numbered rows. */
export const table = (count: number): Block => ({
  type: 'table',
  rows: [
    ['No.', 'Perangkat Daerah'].map((text) => ({ header: true, content: [{ type: 'text' as const, text }] })),
    ...Array.from({ length: count }, (_, i) =>
      [`${i + 1}`, `Perangkat Daerah nomor ${i + 1}`].map((text) => ({
        content: [{ type: 'text' as const, text }],
      })),
    ),
  ],
});

/** One name in each script of resources/fonts/README.md. */
export const names = {
  latin: 'Zbigniew Żółć Łukasz',
  vietnamese: 'Nguyễn Thị Hồng Ngọc',
  arabic: 'محمد عبد الرحمن',
  javanese: 'ꦱꦫꦱ꧀ꦮꦠꦶ',
  balinese: 'ᬯᬬᬦ᭄ ᬲᬸᬓ᭄ᬭ',
  sundanese: 'ᮃᮔᮥᮌᮢᮂ',
  devanagari: 'श्री राजेश कुमार',
  thai: 'สมชาย ใจดี',
  greek: 'Γεώργιος',
  cyrillic: 'Наталья',
} as const;

export function errorOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}
