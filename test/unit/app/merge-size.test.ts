import { describe, expect, it } from 'vitest';
import { contentOf, contentsOf, mergeRows, type ReadyRow } from '../../../src/main/core/app/merge-rows.ts';
import { sizeOfMerge } from '../../../src/main/core/app/merge-size.ts';
import { readCsv } from '../../../src/main/core/addresses/index.ts';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import type { MergeColumns } from '../../../src/main/core/contract/merge.ts';
import { letterContent, type TestApp } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';

/** A merge never builds more than it may hold: gigabytes of letters come of a small table and a small draft. */
const csv = (text: string): Uint8Array => new TextEncoder().encode(text);
const columns: MergeColumns = { name: 0, place: 1, nip: null, variables: { a: 2 } };
const withText = (text: string): LetterContent => ({
  ...letterContent('Undangan'),
  body: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const rows = (count: number, cell: string): string =>
  `Nama,Tempat,A\n${Array.from({ length: count }, (_, at) => `Camat ${at + 1},Kota,${cell}`).join('\n')}`;

/** 755 kB; 5 000 of them are 3.8 GB. */
const long = withText('kata '.repeat(151_000));
/** 60 kB; with a cell of 4 000 characters 60 MB. */
const dense = withText('${a}'.repeat(15_000));

/** What `work` left on the heap, in bytes, without collecting anything: all that it built counts. */
function built<Result>(work: () => Result): { readonly bytes: number; readonly result: Result } {
  const before = process.memoryUsage().heapUsed;
  const result = work();
  return { bytes: process.memoryUsage().heapUsed - before, result };
}
const hundredMegabytes = 100_000_000;

describe('the size of a filled letter', () => {
  const rich: LetterContent = {
    ...letterContent('Hal ${a} dan ${b}'),
    event: { date: '2026-11-23', time: '${a}', place: 'di ${b}', agenda: '${c} ${keep}' },
    details: { dasar: '${a}${a}', untuk: 'tanpa' },
    body: [
      { type: 'heading', content: [{ type: 'text', text: 'Bab ${b}', marks: ['bold'] }, { type: 'break' }] },
      {
        type: 'list',
        ordered: false,
        items: [[{ type: 'paragraph', content: [{ type: 'text', text: '"${c}" \\ ${none}\n' }] }]],
      },
      { type: 'table', rows: [[{ header: true, content: [{ type: 'text', text: '${constructor}${b}' }] }]] },
    ],
  };
  const chosen: MergeColumns = {
    name: 0,
    place: null,
    nip: null,
    variables: { a: 0, b: 1, c: 1, keep: 'keep' },
  };
  const cells = ['Camat "Kota" \\ 1', 'é 😀 \u0001 tab\t'];
  const cell = (column: number): string => cells[column] ?? '';
  const addressee = { accountId: null, name: cell(0), place: '' };

  it('is known to the character before it is built', () => {
    const values = { a: cell(0), b: cell(1), c: cell(1) };
    const letter = contentOf(rich, { row: 2, addressee, values });
    expect(letter.event?.agenda).toBe(`${cell(1)} \${keep}`);
    expect(sizeOfMerge(rich, chosen).content(addressee, cell)).toBe(JSON.stringify(letter).length);
  });

  it('is never taken for less where a text becomes empty', () => {
    const letter = contentOf(dense, { row: 2, addressee, values: { a: '' } });
    const size = sizeOfMerge(dense, columns).content(addressee, () => '');
    expect(size).toBeGreaterThanOrEqual(JSON.stringify(letter).length);
  });

  it('knows the limits of the short fields', () => {
    const event = { date: '', time: '', place: '', agenda: '' };
    const tooLong = (change: Partial<LetterContent>, length: number): boolean =>
      sizeOfMerge({ ...withText('${a}'), ...change }, columns).fieldTooLong(() => 'x'.repeat(length));
    expect([tooLong({ subject: '${a}' }, 500), tooLong({ subject: '${a}' }, 501)]).toEqual([false, true]);
    const time = { event: { ...event, time: 'pukul ${a}' } };
    expect([tooLong(time, 94), tooLong(time, 95)]).toEqual([false, true]);
    const details = { details: { dasar: '${a}'.repeat(10) } };
    expect([tooLong(details, 2000), tooLong(details, 2001)]).toEqual([false, true]);
    expect(tooLong({}, 4000)).toBe(false);
  });
});

describe('a merge that would be too large', () => {
  it('in each letter is told row by row, and builds none', () => {
    const table = readCsv(csv(`${rows(1000, 'x'.repeat(4000))}\nKecil,Kota,b`));
    const { bytes, result } = built(() => mergeRows(dense, table, columns, []));
    expect(result.problems).toHaveLength(1000);
    expect(result.problems[0]).toEqual({ code: 'LETTER_LONG', row: 2, column: '', first: null });
    expect(result.problems[999]).toEqual({ code: 'LETTER_LONG', row: 1001, column: '', first: null });
    expect(result.ready.map(({ row }) => row)).toEqual([1002]);
    expect(bytes).toBeLessThan(hundredMegabytes);
  });

  it('is refused from the first character over the limit on', () => {
    const judge = (length: number): number => {
      const text = withText(`\${a}${'x'.repeat(length)}`);
      return mergeRows(text, readCsv(csv(rows(1, 'b'))), columns, []).ready.length;
    };
    const addressee = { accountId: null, name: 'Camat 1', place: 'Kota' };
    const room =
      1_000_000 - JSON.stringify(contentOf(withText('b'), { row: 2, addressee, values: {} })).length;
    expect([judge(room), judge(room + 1)]).toEqual([1, 0]);
  });

  it('in all letters together is told of the whole table, and builds none', () => {
    const table = readCsv(csv(rows(5000, 'b')));
    const { bytes, result } = built(() => mergeRows(long, table, columns, []));
    expect(result.problems).toEqual([{ code: 'TOGETHER_LONG', row: null, column: '', first: null }]);
    expect(result.ready).toEqual([]);
    expect(bytes).toBeLessThan(hundredMegabytes);
    // What is left out does not count.
    const some = readCsv(csv(`${rows(390, 'b')}\n${',Kota,b\n'.repeat(100)}`));
    expect(mergeRows(long, some, columns, []).ready).toHaveLength(390);
  });

  it('is measured with what the cells put in, not as the draft stands', () => {
    // 1 kB as it stands, 800 kB filled: 400 rows are more than 300 MB.
    const draft = withText('${a}'.repeat(200));
    const judge = (count: number) =>
      mergeRows(draft, readCsv(csv(rows(count, 'x'.repeat(4000)))), columns, []).problems;
    expect(judge(370)).toEqual([]);
    expect(judge(380).map(({ code }) => code)).toEqual(['TOGETHER_LONG']);
  });

  it('makes its letters one after the other', () => {
    const asked: number[] = [];
    function* some(): Generator<ReadyRow> {
      for (let row = 2; ; row += 1) {
        asked.push(row);
        yield { row, addressee: { accountId: null, name: `Camat ${row}`, place: '' }, values: { a: 'b' } };
      }
    }
    const letters = contentsOf(withText('${a}'), some());
    expect(asked).toEqual([]);
    letters.next();
    expect(JSON.stringify(letters.next().value)).toContain('Camat 3');
    expect(asked).toEqual([2, 3]);
  });

  it('does not take a word that every object has for a chosen column', () => {
    const draft = withText('${constructor}');
    const { ready, problems } = mergeRows(draft, readCsv(csv(rows(1, 'b'))), columns, []);
    expect(problems).toEqual([{ code: 'VARIABLE_COLUMN', row: null, column: 'constructor', first: null }]);
    expect(ready).toEqual([]);
  });
});

describe('the calls of a merge that would be too large', () => {
  let app: TestApp;
  officeForEachTest('2026-11-23T02:00:00Z', (office) => {
    ({ app } = office);
  });
  const save = async (content: LetterContent, text: string) => {
    const { id, revision } = await app.ask('letters.create', { kind: content.kind });
    const saved = await app.ask('letters.saveDraft', { id, revision, content });
    return { id, revision: saved.revision, csv: csv(text), columns, leaveOut: true };
  };
  const drafts = async (): Promise<number> => (await app.ask('letters.list', { folder: 'drafts' })).length;

  it('say so before anything is made: a long letter to 5 000', async () => {
    const input = await save(long, rows(5000, 'b'));
    const { id } = input;
    expect(await app.ask('merge.check', { id, csv: input.csv, columns })).toMatchObject({
      rows: 5000,
      ready: 0,
      problems: [{ code: 'TOGETHER_LONG', row: null }],
    });
    expect(await app.refused('merge.preview', { id, csv: input.csv, columns, at: 0 })).toBe('NOT_FOUND');
    await expect(app.ask('merge.create', input)).rejects.toThrow('MERGE_TOO_LARGE {"max":"300 MB"}');
    expect(await drafts()).toBe(1);
  });

  it('say so before anything is made: a variable that stands everywhere', async () => {
    const input = await save(dense, `${rows(500, 'x'.repeat(4000))}\nKecil,Kota,b`);
    const { id } = input;
    const told = await app.ask('merge.check', { id, csv: input.csv, columns });
    expect(told).toMatchObject({ rows: 501, ready: 1, moreProblems: 300 });
    expect(told.problems[0]).toMatchObject({ code: 'LETTER_LONG', row: 2 });
    expect(await app.ask('merge.preview', { id, csv: input.csv, columns, at: 0 })).toMatchObject({
      row: 502,
    });
    const whole = { ...input, leaveOut: false };
    await expect(app.ask('merge.create', whole)).rejects.toThrow('MERGE_ROWS_WRONG {"count":500}');
    expect(await app.ask('merge.create', input)).toMatchObject({ letters: 1 });
    expect(await drafts()).toBe(2);
  });
});
