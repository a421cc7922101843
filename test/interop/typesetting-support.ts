import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { TypesetLetter } from '../../src/main/core/contract/index.ts';
import { typeset } from '../unit/typesetting/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'eletter-typesetting-'));
afterAll(() => rmSync(folder, { recursive: true }));

export function run(tool: string, ...args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

let count = 0;
export function pdfOf(
  letter: TypesetLetter,
  profile: string | null = null,
): { readonly file: string; readonly pages: number } {
  count += 1;
  const { pdf, pages } = typeset(letter, profile);
  const file = join(folder, `${count}.pdf`);
  writeFileSync(file, pdf);
  return { file, pages };
}

export const flat = (text: string): string => text.replace(/\s+/g, ' ');
export const textOf = (file: string, ...options: readonly string[]): string =>
  run('pdftotext', ...options, file, '-');
