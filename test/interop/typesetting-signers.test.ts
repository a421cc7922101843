import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PrintedSigner, TypesetLetter } from '../../src/main/core/contract/index.ts';
import { paragraph, resourcesDir, sample, sentence } from '../unit/typesetting/support.ts';
import { flat, pdfOf, run, textOf } from './typesetting-support.ts';

/** Pages of several signers and of signers on somebody's behalf, read back by poppler. */

const base = sample('surat-dinas');
const posts = [
  'Bupati Lampung Timur',
  'Kepala Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah',
  'Plt. Kepala Dinas Komunikasi dan Informatika',
  'Asisten Perekonomian dan Pembangunan',
  'Sekretaris Daerah Kabupaten Lampung Timur',
  'Pj. Bupati Pringsewu',
];
const letters = ['Alfa', 'Bravo', 'Cakra', 'Delta', 'Eka', 'Foxtrot'];
const several = (count: number): PrintedSigner[] =>
  posts.slice(0, count).map((post, index) => ({
    official: { ...base.signer, name: `${letters[index]} Rahmawati Kusumanegara`, post },
    behalf: index === 3 ? { principal: 'Bupati Lampung Timur', through: 'Sekretaris Daerah' } : null,
  }));
const signedBy = (signers: readonly PrintedSigner[], letter: TypesetLetter = base): TypesetLetter => {
  const [first] = signers;
  return { ...letter, signers, ...(first ? { signer: first.official } : {}) };
};

interface Word {
  readonly page: number;
  readonly text: string;
  readonly box: readonly [number, number, number, number];
}

function wordsOf(file: string): readonly Word[] {
  let page = 0;
  return run('pdftotext', '-bbox', file, '-')
    .split('\n')
    .flatMap((line): readonly Word[] => {
      if (line.includes('<page ')) page += 1;
      const found = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/.exec(line);
      if (!found) return [];
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = found.slice(1, 5).map(Number);
      return [{ page, text: found[5] ?? '', box: [x1, y1, x2, y2] }];
    });
}

function overlapping(words: readonly Word[]): readonly string[] {
  return words.flatMap((one, index) =>
    words.slice(index + 1).flatMap((other) => {
      const across = Math.min(one.box[2], other.box[2]) - Math.max(one.box[0], other.box[0]);
      const down = Math.min(one.box[3], other.box[3]) - Math.max(one.box[1], other.box[1]);
      return one.page === other.page && across > 1 && down > 3 ? [`${one.text} / ${other.text}`] : [];
    }),
  );
}

const inside = (words: readonly Word[]): boolean =>
  words.every(({ box }) => box[0] >= 84 && box[2] <= 539.5 && box[3] <= 830);

describe('several signers', () => {
  const shapes = ['surat-dinas', 'surat-tugas', 'nota-dinas'];
  it.each(shapes.flatMap((kind) => [1, 2, 3, 4, 6].map((count) => [kind, count] as const)))(
    '%s with %i: all named, none over another, all on one page with text',
    (kind, count) => {
      const content = { ...base.content, kind };
      const { file } = pdfOf(signedBy(several(count), { ...base, content }));
      const words = wordsOf(file);
      expect(overlapping(words)).toEqual([]);
      expect(inside(words)).toBe(true);
      const names = words.filter((one) => letters.includes(one.text));
      expect(names.map((one) => one.text).toSorted()).toEqual(letters.slice(0, count));
      const pages = new Set(names.map((one) => one.page));
      expect(pages.size).toBe(1);
      const [page] = pages;
      const top = Math.min(...words.filter((one) => one.text === 'Ditandatangani').map((one) => one.box[1]));
      const above = words.filter((one) => one.page === page && one.box[1] < top && one.box[1] > 40);
      expect(above.length).toBeGreaterThan(12);
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
    },
  );

  it('stand with the first at the right, the second at its left, an odd one in the middle', () => {
    const places = (profile: string | null): readonly number[] => {
      const words = wordsOf(pdfOf(signedBy(several(3)), profile).file);
      return ['Alfa', 'Bravo', 'Cakra'].map((name) =>
        Math.round(words.find((one) => one.text === name)?.box[0] ?? 0),
      );
    };
    const [first = 0, second = 0, third = 0] = places(null);
    expect(second).toBeLessThan(third);
    expect(third).toBeLessThan(first);
    const json = readFileSync(join(resourcesDir, 'profiles/permendagri-1-2023.json'), 'utf8');
    const [left = 0, right = 0] = places(json.replace('"first": "right"', '"first": "left"'));
    expect(left).toBeLessThan(right);
  });

  it('of fifteen pages: two lines of text before them, whatever the length', () => {
    let crossed = 0;
    for (let words = 160; words <= 330; words += 15) {
      const body = [paragraph('Pembuka.'), paragraph(sentence(words))];
      const { file, pages } = pdfOf(signedBy(several(4), { ...base, content: { ...base.content, body } }));
      if (pages === 1) continue;
      crossed += 1;
      const lines = textOf(file, '-layout', '-f', '2', '-l', '2')
        .split('\n')
        .map((line) => line.trim());
      const block = lines.findIndex((line) => line.includes('Kepala Badan Perencanaan'));
      const text = lines.slice(0, block).filter((line) => line !== '' && !line.startsWith('–'));
      expect(text.length, `${words} words`).toBeGreaterThanOrEqual(2);
    }
    expect(crossed).toBeGreaterThan(3);
    const body = Array.from({ length: 74 }, (_, index) => paragraph(`Butir ${index + 1}: ${sentence(75)}`));
    const { file, pages } = pdfOf(signedBy(several(6), { ...base, content: { ...base.content, body } }));
    expect(pages).toBeGreaterThanOrEqual(15);
    const names = wordsOf(file).filter((one) => letters.includes(one.text));
    expect(new Set(names.map((one) => one.page)).size).toBe(1);
  });

  it('with more to say than a page holds go on from pair to pair', () => {
    const wordy = (index: number): PrintedSigner => ({
      official: {
        ...base.signer,
        name: `${letters[index]} Rahmawati`,
        post: 'Kepala Bidang '.repeat(16).trim(),
      },
      behalf: { principal: 'Bupati Lampung '.repeat(14).trim(), through: 'Asisten Umum '.repeat(16).trim() },
    });
    const { file, pages } = pdfOf(signedBy(letters.map((_, index) => wordy(index))));
    const words = wordsOf(file);
    expect(overlapping(words)).toEqual([]);
    expect(inside(words)).toBe(true);
    expect(pages).toBeLessThan(6);
    const pageOf = (name: string): number => words.find((one) => one.text === name)?.page ?? 0;
    expect(pageOf('Alfa')).toBeGreaterThan(0);
    expect(pageOf('Bravo')).toBe(pageOf('Alfa'));
    expect(pageOf('Delta')).toBe(pageOf('Cakra'));
    expect(pageOf('Foxtrot')).toBeGreaterThan(pageOf('Alfa'));
  });

  it('never run a long name into the code or out of the box', () => {
    const long = `${'Wiroatmodjokoesoemodiningrat'.repeat(2)} Sukma`;
    const code = `ELT1:${'A1B2C3D4E5'.repeat(25)}`;
    const signers = several(2).map((one) => ({ ...one, official: { ...one.official, name: long } }));
    const words = wordsOf(pdfOf({ ...signedBy(signers), statement: code }).file);
    const names = words.filter((one) => one.text.startsWith('Wiroatmodjo'));
    expect(names).toHaveLength(2);
    // The first signer's box ends 20 mm before the edge of the sheet; the code takes 25 mm and its margin.
    const right = Math.max(...names.map((one) => one.box[2]));
    expect(right).toBeLessThan(((210 - 20 - 2.5 - 25) / 25.4) * 72);
    expect(Math.min(...names.map((one) => one.box[2]))).toBeLessThan(((30 + 78) / 25.4) * 72);
  });
});

describe('on behalf', () => {
  it('reads a.n., the post between, u.b. and the own post, in this order and indented', () => {
    const [, , , one] = several(4);
    const { file } = pdfOf(signedBy(one ? [one] : []));
    expect(flat(textOf(file))).toMatch(
      /a\.n\. Bupati Lampung Timur Sekretaris Daerah u\.b\. Asisten Perekonomian dan Pembangunan, Ditandatangani/,
    );
    const words = wordsOf(file);
    const left = (text: string): number => words.filter((word) => word.text === text).at(-1)?.box[0] ?? 0;
    expect(left('Asisten')).toBeGreaterThan(left('a.n.') + 10);
    expect(left('u.b.')).toBeGreaterThan(left('Asisten') + 20);
  });

  it('heads a decree with who decides, not with who signs for them', () => {
    const one = {
      ...several(5)[4],
      behalf: { principal: 'Bupati Lampung Timur', through: '' },
    } as PrintedSigner;
    const content = { ...base.content, kind: 'keputusan' };
    const text = flat(textOf(pdfOf(signedBy([one], { ...base, content })).file));
    expect(text).toContain('KEPUTUSAN BUPATI LAMPUNG TIMUR NOMOR');
    expect(text).toContain('a.n. Bupati Lampung Timur Sekretaris Daerah Kabupaten Lampung Timur,');
  });
});

describe('the footer of several', () => {
  const footer = (change: Partial<TypesetLetter>): string =>
    flat(textOf(pdfOf({ ...signedBy(several(2)), ...change }).file));

  it('names the first signer’s issuer as the first one’s, and nobody’s for the others', () => {
    const text = footer({});
    expect(text).toContain('Sertifikat penanda tangan pertama diterbitkan oleh CA Internal Lampung Timur');
    expect(text).toContain('tidak tersertifikasi');
    expect(text).toContain('penanda tangan lainnya tertera pada tanda tangan digital masing-masing');
    const certified = footer({ certified: true });
    expect(certified).toContain('(tersertifikasi)');
    expect(certified).not.toContain('tidak tersertifikasi');
    expect(footer({ issuer: '' })).toContain('Pratinjau, belum ditandatangani');
  });
});
