import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Block, TypesetLetter } from '../../src/main/core/contract/index.ts';
import { paragraph, resourcesDir, sample } from '../unit/typesetting/support.ts';
import { flat, pdfOf, run, textOf } from './typesetting-support.ts';

/** Points from the top of page 1 to the top of a word. */
const topOf = (file: string, word: string): number =>
  Number(new RegExp(`yMin="([\\d.]+)"[^>]*>${word}<`).exec(run('pdftotext', '-bbox', file, '-'))?.[1]);

const linesOf = (file: string): readonly string[] =>
  textOf(file, '-layout')
    .split('\n')
    .map((line) => line.trim());

/** For each row of pixels in an area of page 1 (millimetres), whether anything is drawn there; 10 rows a millimetre. */
function inkRows(file: string, x: number, y: number, width: number, height: number): readonly boolean[] {
  const area = ['-x', x, '-y', y, '-W', width, '-H', height].map((value) =>
    typeof value === 'number' ? String(Math.round(value * 10)) : value,
  );
  const pgm = execFileSync('pdftoppm', ['-r', '254', '-gray', '-l', '1', ...area, file]);
  const across = Math.round(width * 10);
  const pixels = pgm.subarray(-across * Math.round(height * 10));
  return Array.from({ length: Math.round(height * 10) }, (_, row) =>
    pixels.subarray(row * across, (row + 1) * across).some((value) => value < 250),
  );
}

describe('the signature block', () => {
  const letter = sample('surat-undangan');
  const signed: TypesetLetter = { ...letter, signer: { ...letter.signer, post: 'Kepala Uji Coba' } };

  it('names the post once, over the box, and in it only where the profile asks', () => {
    const count = (text: string): number => text.split('Kepala Uji Coba').length - 1;
    const text = flat(textOf(pdfOf(signed).file));
    expect(text).toMatch(/Kepala Uji Coba, Ditandatangani secara elektronik oleh: Dr\. /);
    expect(count(text)).toBe(1);
    const json = readFileSync(join(resourcesDir, 'profiles/permendagri-1-2023.json'), 'utf8');
    const asking = json.replace('"postInBox": false', '"postInBox": true');
    expect(count(flat(textOf(pdfOf(signed, asking).file)))).toBe(2);
  });

  it('keeps a room at its right end where nothing is drawn', () => {
    const { file } = pdfOf(signed);
    const heading = (topOf(file, 'Ditandatangani') / 72) * 25.4;
    // The box ends 20 mm before the edge of the sheet, its inner margin is 3.5 mm: the room is 22 mm before that.
    expect(inkRows(file, 164.5, heading - 2, 22, 20)).not.toContain(true);
    expect(inkRows(file, 188.5, heading - 2, 2, 20)).not.toContain(false);
  });
});

describe('lines that must break well', () => {
  it('keeps "di" and the place together where addressees live in several places', () => {
    const names = ['Kepala Dinas Pendidikan dan Kebudayaan', 'Kepala Badan Perencanaan Pembangunan Daerah'];
    // Names that grow letter by letter: for some of them the line ends just there.
    for (let longer = 0; longer <= 30; longer += 1) {
      const recipients = [
        ...names.map((name) => ({
          accountId: null,
          name: `${name} ${'i'.repeat(longer)}`,
          place: 'Way Jepara',
        })),
        { accountId: null, name: 'Camat Sukadana', place: 'Sukadana' },
      ];
      const lines = linesOf(pdfOf(sample('surat-dinas', { recipients, body: [] })).file);
      expect(lines.filter((line) => line.endsWith(' di') || line.endsWith('di Way'))).toEqual([]);
      expect(lines.filter((line) => flat(line).endsWith('di Way Jepara'))).toHaveLength(2);
    }
  });

  it.each([
    [
      'Telepon (0725) 625001, Pos-el setda@lampungtimurkab.go.id, Laman lampungtimurkab.go.id',
      ['Telepon (0725) 625001, Pos-el setda@lampungtimurkab.go.id,', 'Laman lampungtimurkab.go.id'],
    ],
    [
      'Telepon (0725) 625001 · Faksimile (0725) 625002 · Pos-el setda@contoh.go.id · Laman contoh.go.id',
      ['Telepon (0725) 625001 · Faksimile (0725) 625002', 'Pos-el setda@contoh.go.id · Laman contoh.go.id'],
    ],
    ['Telepon (0725) 625001 · Laman contoh.go.id', ['Telepon (0725) 625001 · Laman contoh.go.id']],
  ])('divides the contact line of the kop between its parts: %s', (contact, expected) => {
    const letter = sample('nota-dinas');
    const lines = linesOf(pdfOf({ ...letter, letterhead: { ...letter.letterhead, contact } }).file);
    const first = lines.indexOf(expected[0] ?? '');
    expect(lines.slice(first, first + expected.length)).toEqual(expected);
  });
});

describe('room', () => {
  const table = (middle: string | null): Block => ({
    type: 'table',
    rows: ['ATAS', middle, 'BAWAH'].map((text) => [
      { content: text === null ? [] : [{ type: 'text', text }] },
      { content: text === null ? [{ type: 'break' }] : [{ type: 'text', text }] },
    ]),
  });

  it.each([
    ['nothing', null],
    ['spaces', '  '],
  ])('gives a row of %s the height of a line', (_, middle) => {
    const heights = ['x', middle].map((text) => {
      const { file } = pdfOf(sample('nota-dinas', { body: [table(text), paragraph('Isi.')] }));
      return topOf(file, 'BAWAH') - topOf(file, 'ATAS');
    });
    expect(heights[1]).toBeCloseTo(heights[0] ?? 0, 1);
    expect(heights[1]).toBeGreaterThan(30);
  });

  it('keeps the first line of the footer off its rule', () => {
    const rows = inkRows(pdfOf(sample('nota-dinas', { body: [] })).file, 31, 272, 60, 25);
    const rule = rows.indexOf(true);
    const below = rows.indexOf(false, rule);
    expect(rule).toBeGreaterThanOrEqual(0);
    expect(rows.indexOf(true, below) - below).toBeGreaterThanOrEqual(18);
  });
});
