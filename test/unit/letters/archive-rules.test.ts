import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/main/core/addresses/index.ts';
import type { ClassificationCode, Fate } from '../../../src/main/core/contract/archive.ts';
import { planTree, phaseOf } from '../../../src/main/core/letters/archive/index.ts';
import { addYears, datesOf } from '../../../src/main/core/letters/archive/retention.ts';

const table = (text: string) => readCsv(new TextEncoder().encode(text));
const code = (one: string, parent: string | null = null): ClassificationCode => ({
  code: one,
  name: one,
  parent,
  retention: null,
});

describe('a classification from a table', () => {
  const problems = (text: string, before: readonly ClassificationCode[] = []): string[] =>
    planTree(table(text), before, new Set(), false).problems.map(
      (one) => `${one.row} ${one.code} ${one.value}`,
    );

  it('takes Indonesian and English headings, derives parents from the dots, keeps the order of numbers', () => {
    const plan = planTree(
      table(
        'Kode;Uraian;Aktif;Inaktif;Nasib akhir\n000;Umum;;;\n000.10;B;1;2 tahun;Dinilai kembali\n000.2;A;1;4;Musnah',
      ),
      [],
      new Set(),
      false,
    );
    expect(plan.problems).toEqual([]);
    expect(plan.codes).toEqual([
      { code: '000', name: 'Umum', parent: null, retention: null },
      { code: '000.2', name: 'A', parent: '000', retention: { active: 1, inactive: 4, fate: 'musnah' } },
      {
        code: '000.10',
        name: 'B',
        parent: '000',
        retention: { active: 1, inactive: 2, fate: 'dinilai-kembali' },
      },
    ]);
    const english = planTree(
      table('code,name,parent,active,inactive,fate\nA,x,,1,2,permanent'),
      [],
      new Set(),
      false,
    );
    expect(english.codes[0]?.retention?.fate).toBe('permanen');
  });

  it('names the row of every fault', () => {
    expect(problems('kode,nama,induk\nA,a,C\nB,b,A\nC,c,B\nD,d,A')).toEqual([
      '2 CYCLE A',
      '3 CYCLE B',
      '4 CYCLE C',
    ]);
    expect(problems('kode,nama\n000,Umum\n100.1.2,x')).toEqual(['3 PARENT_MISSING 100.1']);
    expect(problems('kode,nama\n000,Umum\n000,Lagi')).toEqual(['3 DOUBLE 000']);
    expect(problems('kode,nama,aktif,inaktif,nasib\n1,a,2,,\n2,b,2,3,\n3,c,,,musnah\n4,d,2,,musnah')).toEqual(
      ['2 RETENTION_HALF 1', '3 RETENTION_HALF 2', '4 RETENTION_HALF 3', '5 RETENTION_HALF 4'],
    );
    expect(
      problems('kode,nama,aktif,inaktif,nasib\n1,a,dua,3,musnah\n2,b,1,-3,musnah\n3,c,1,101,musnah'),
    ).toEqual(['2 YEARS dua', '3 YEARS -3', '4 YEARS 101']);
    expect(problems('kode,nama,aktif,inaktif,nasib\n1,a,1,3,dibakar')).toEqual(['2 FATE dibakar']);
    expect(problems('kode,nama\n,kosong\n1..2,x\n3,')).toEqual([
      '2 CODE_EMPTY ',
      '3 CODE_FORM 1..2',
      '4 NAME_EMPTY 3',
    ]);
    expect(() => problems('nama\nx')).toThrow('CSV_COLUMN_MISSING');
  });

  it('a code that hangs below a circle is told apart from those in it; a parent of before will do', () => {
    expect(problems('kode,nama,induk\nA,a,B\nB,b,A\nC,c,A')).toEqual(['2 CYCLE A', '3 CYCLE B']);
    expect(problems('kode,nama\n000.8.3,x', [code('000'), code('000.8', '000')])).toEqual([]);
    // The table turns an old code around.
    expect(problems('kode,nama,induk\n000,x,000.8', [code('000'), code('000.8', '000')])).toEqual([
      '2 CYCLE 000',
    ]);
  });

  it('drops what the table lacks only when asked, and never what files or other codes need', () => {
    const before = [code('000'), code('000.8', '000'), code('100'), code('100.1', '100'), code('200')];
    const text = 'kode,nama\n300,Baru\n000,000';
    expect(planTree(table(text), before, new Set(['000.8']), false)).toMatchObject({
      added: 1,
      same: 1,
      dropped: [],
      kept: 0,
    });
    const replaced = planTree(table(text), before, new Set(['100.1']), true);
    expect(replaced.dropped).toEqual(['000.8', '200']);
    expect(replaced.codes.map((one) => one.code)).toEqual(['000', '100', '100.1', '300']);
    expect(replaced.kept).toBe(2);
  });

  it('of any table: either a row is named, or every code leads up to a root', () => {
    const cell = fc.constantFrom('', 'A', 'B', 'C', 'A.1', 'A.1.2', 'B.1');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 7 }), (rows) => {
        const text = `kode,nama,induk\n${rows.map(([one, parent]) => `${one},nama,${parent}`).join('\n')}`;
        const plan = planTree(table(text), [], new Set(), false);
        if (plan.problems.length > 0) return;
        const all = new Map(plan.codes.map((one) => [one.code, one]));
        for (const one of plan.codes) {
          let at: string | null | undefined = one.code;
          for (let steps = 0; at !== null && steps <= all.size; steps += 1) {
            expect(all.has(at ?? '')).toBe(true);
            at = all.get(at ?? '')?.parent;
          }
          expect(at).toBeNull();
        }
      }),
    );
  });
});

const day = fc
  .date({ min: new Date('1945-01-01T00:00:00Z'), max: new Date('2400-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const years = fc.integer({ min: 0, max: 100 });
const isDate = (date: string): boolean => {
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === date;
};

describe('retention in plain dates', () => {
  it('gives real dates, the same day where that year has it, 1 March where it has no 29 February', () => {
    fc.assert(
      fc.property(day, years, (date, n) => {
        const next = addYears(date, n);
        expect(isDate(next)).toBe(true);
        expect(Number(next.slice(0, 4))).toBe(Number(date.slice(0, 4)) + n);
        const same = `${next.slice(0, 5)}${date.slice(5)}`;
        expect(next).toBe(isDate(same) ? same : `${next.slice(0, 5)}03-01`);
      }),
    );
    expect(addYears('2024-02-29', 1)).toBe('2025-03-01');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    // Not a leap year (divisible by 100, not by 400).
    expect(addYears('2096-02-29', 4)).toBe('2100-03-01');
  });

  it('a longer period never ends earlier, a later closing never makes due earlier', () => {
    fc.assert(
      fc.property(day, day, years, years, (one, other, n, more) => {
        expect(addYears(one, n) <= addYears(one, n + more)).toBe(true);
        const [first, second] = one <= other ? [one, other] : [other, one];
        expect(addYears(first, n) <= addYears(second, n)).toBe(true);
      }),
    );
  });

  it('goes from active over inactive to due, on the days it says, and never back', () => {
    const order = ['active', 'inactive', 'due'];
    fc.assert(
      fc.property(day, day, years, years, day, (closedOn, today, active, inactive, later) => {
        const fate: Fate = 'musnah';
        const dates = datesOf(closedOn, { active, inactive, fate });
        const at = (on: string): number => order.indexOf(phaseOf({ state: 'closed', ...dates }, on));
        expect(at(today)).toBeGreaterThanOrEqual(0);
        expect(at(today) === 2).toBe(today >= (dates.dueFrom ?? ''));
        expect(at(today) === 0).toBe(today < (dates.inactiveFrom ?? '') && today < (dates.dueFrom ?? ''));
        if (later >= today) expect(at(later)).toBeGreaterThanOrEqual(at(today));
      }),
    );
    expect(phaseOf({ state: 'closed', ...datesOf('2020-01-01', null) }, '2999-01-01')).toBe('no-retention');
    expect(phaseOf({ state: 'open', ...datesOf(null, null) }, '2999-01-01')).toBe('running');
  });
});
