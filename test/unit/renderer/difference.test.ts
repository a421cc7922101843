import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, LetterContent } from '../../../src/main/core/contract/index.ts';
import { difference, words } from '../../../src/renderer/lib/difference/index.ts';
import { steps } from '../../../src/renderer/lib/difference/sequence.ts';
import { letterContent } from '../../fixtures/engine.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;
const said = (before: string, after: string): string =>
  words(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : `[${signs[kind]}${text}]`))
    .join('');

describe('steps between two rows', () => {
  const rows = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  it('lead from the one to the other and back', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const found = steps(before, after, (one) => one);
        expect(found.filter(({ kind }) => kind !== 'added').map(({ item }) => item)).toEqual(before);
        expect(found.filter(({ kind }) => kind !== 'removed').map(({ item }) => item)).toEqual(after);
      }),
    );
  });

  it('are the fewest', () => {
    const common = (a: readonly string[], b: readonly string[]): number => {
      const best = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
      for (let i = a.length - 1; i >= 0; i -= 1)
        for (let j = b.length - 1; j >= 0; j -= 1)
          (best[i] ?? [])[j] =
            a[i] === b[j]
              ? 1 + (best[i + 1]?.[j + 1] ?? 0)
              : Math.max(best[i + 1]?.[j] ?? 0, best[i]?.[j + 1] ?? 0);
      return best[0]?.[0] ?? 0;
    };
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const same = steps(before, after, (one) => one).filter(({ kind }) => kind === 'same').length;
        expect(same).toBe(common(before, after));
      }),
    );
  });

  it('of wholly different long texts end soon', () => {
    const one = Array.from({ length: 20_000 }, (_, index) => `a${index}`);
    const other = Array.from({ length: 20_000 }, (_, index) => `b${index}`);
    const start = process.cpuUsage().user;
    expect(steps(one, other, (word) => word)).toHaveLength(40_000);
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(2000);
  });
});

describe('words', () => {
  it('are told one by one, and together where a space alone stayed', () => {
    expect(said('Rapat hari Senin di aula', 'Rapat hari Selasa di aula')).toBe(
      'Rapat hari [-Senin][+Selasa] di aula',
    );
    expect(said('Rapat pagi hari ini', 'Rapat malam minggu ini')).toBe(
      'Rapat [-pagi hari][+malam minggu] ini',
    );
    expect(said('sama', 'sama')).toBe('sama');
    expect(said('', 'baru')).toBe('[+baru]');
  });
});

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const letter = (body: readonly Block[], change: Partial<LetterContent> = {}): LetterContent => ({
  ...letterContent('Undangan'),
  body,
  ...change,
});
const between = (before: LetterContent, after: LetterContent) =>
  difference(before, after, (field, value) => (field === 'urgency' ? value.toUpperCase() : value));

describe('two versions of a letter', () => {
  it('differ in fields, told with before and after', () => {
    const before = letter([]);
    const after = letter([], {
      subject: 'Undangan rapat',
      urgency: 'biasa',
      recipients: [],
      details: { dasar: 'Perda 1' },
    });
    expect(
      between(before, after).fields.map(({ field, before: from, after: to }) => [field, from, to]),
    ).toEqual([
      ['urgency', 'SEGERA', 'BIASA'],
      ['subject', 'Undangan', 'Undangan rapat'],
      ['recipients', 'Kepala Dinas Komunikasi dan Informatika (Sukadana)', ''],
      ['details.dasar', '', 'Perda 1'],
    ]);
  });

  it('differ in lines: rewritten, added, removed, set otherwise; the rest is left out', () => {
    const item = (text: string): readonly Block[] => [paragraph(text)];
    const before = letter([
      paragraph('Pembuka yang tetap.'),
      paragraph('Baris kedua.'),
      paragraph('Rapat diadakan hari Senin di aula kantor.'),
      { type: 'list', ordered: true, items: [item('membawa laptop'), item('membawa undangan')] },
      paragraph('Ini akan hilang sama sekali'),
    ]);
    const after = letter([
      paragraph('Pembuka yang tetap.'),
      paragraph('Baris kedua.'),
      paragraph('Rapat diadakan hari Selasa di aula kantor.'),
      {
        type: 'list',
        ordered: true,
        items: [item('datang'), item('membawa laptop'), item('membawa undangan')],
      },
      { type: 'heading', content: [{ type: 'text', text: 'Penutup' }] },
    ]);
    const { lines } = between(before, after);
    expect(
      lines.map(({ kind, line, hidden }) => [kind, line.mark, kind === 'gap' ? hidden : line.text]),
    ).toEqual([
      ['gap', '', 1],
      ['same', '', 'Baris kedua.'],
      ['changed', '', 'Rapat diadakan hari Selasa di aula kantor.'],
      ['added', '1.', 'datang'],
      ['same', '2.', 'membawa laptop'],
      ['same', '3.', 'membawa undangan'],
      ['removed', '', 'Ini akan hilang sama sekali'],
      ['added', '', 'Penutup'],
    ]);
    const bold: Block = { type: 'paragraph', content: [{ type: 'text', text: 'a', marks: ['bold'] }] };
    expect(between(letter([paragraph('a')]), letter([bold])).lines).toMatchObject([{ kind: 'look' }]);
    expect(between(before, before)).toEqual({ fields: [], lines: [] });
  });
});
