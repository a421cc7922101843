import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from '../../../src/main/core/addresses/csv.ts';
import { AppError } from '../../../src/main/core/contract/errors.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const rowsOf = (text: string) => readCsv(bytes(text)).rows.map(({ row, cells }) => [row, ...cells]);

function codeOf(input: Uint8Array): string {
  try {
    readCsv(input);
    return 'ok';
  } catch (error) {
    if (error instanceof AppError) return [error.code, ...Object.values(error.params ?? {})].join(' ');
    throw error;
  }
}

describe('a table', () => {
  it('is read with commas, semicolons or tabs, quotes, any line ends and a byte order mark', () => {
    const told = [[2, 'Camat A; B', 'Sukadana "kota"\r\nbaru', ''] as const];
    expect(rowsOf('\ufeffNama,Tempat,x\r\n"Camat A; B","Sukadana ""kota""\r\nbaru",\r\n')).toEqual(told);
    expect(rowsOf('Nama;Tempat;x\n"Camat A; B";"Sukadana ""kota""\r\nbaru";')).toEqual(told);
    expect(rowsOf('sep=;\nNama;T\nA;B')).toEqual([[3, 'A', 'B']]);
    expect(rowsOf('Nama\tT\rA, B\tC\r')).toEqual([[2, 'A, B', 'C']]);
    expect(readCsv(bytes('\ufeffNama\nA')).header).toEqual(['Nama']);
  });

  it('counts rows as a spreadsheet does, also behind empty ones', () => {
    expect(rowsOf('Nama,T\n\n,\nA,B\n\nC,D\n')).toEqual([
      [4, 'A', 'B'],
      [6, 'C', 'D'],
    ]);
  });

  it('of an older spreadsheet is read in its code page', () => {
    const old = new Uint8Array([...bytes('Nama\nCaf'), 0xe9, 0x20, 0x96, 0x20, ...bytes('A')]);
    const { encoding, rows } = readCsv(old);
    expect(encoding).toBe('windows-1252');
    expect(rows[0]?.cells).toEqual(['Café – A']);
    expect(readCsv(bytes('Nama\nCafé')).encoding).toBe('utf-8');
  });

  it('that is none, or is broken, is refused in words', () => {
    expect(codeOf(bytes(''))).toBe('CSV_EMPTY');
    expect(codeOf(bytes('Nama,Tempat\r\n'))).toBe('CSV_EMPTY');
    expect(codeOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBe('CSV_NOT_TEXT');
    expect(codeOf(bytes('PK\u0003\u0004x'))).toBe('CSV_NOT_TEXT');
    expect(codeOf(bytes('%PDF-1.7\n%'))).toBe('CSV_NOT_TEXT');
    expect(codeOf(bytes('Nama\nA\n"B'))).toBe('CSV_QUOTES 3');
    expect(codeOf(bytes('Nama\nA\n"B"C'))).toBe('CSV_QUOTES 3');
    expect(codeOf(bytes('Nama\nA "B" C'))).toBe('CSV_QUOTES 2');
    expect(codeOf(bytes(`N${','.repeat(60)}\nA`))).toBe('CSV_TOO_MANY_COLUMNS 60');
    expect(codeOf(bytes(`N\n${'A\n'.repeat(5001)}`))).toBe('CSV_TOO_MANY_ROWS 5000');
    expect(codeOf(bytes(`N\nA\n${'\n'.repeat(100_000)}`))).toBe('CSV_TOO_MANY_ROWS 5000');
    expect(codeOf(new Uint8Array(5 * 1024 * 1024 + 1))).toBe('CSV_TOO_LARGE 5 MB');
  });

  it('that was written holds no cell that a spreadsheet runs, and is read as it was', () => {
    const cells = ['=1+1', '+62 725', '-', '@x', '\tx', '\rx', "'=1", "''-", "'aman", 'aman', ' =1', '"a"'];
    const written = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      writeCsv([['N'], ...cells.map((one) => [one])]),
    );
    expect(written.startsWith('\ufeff"N"')).toBe(true);
    expect(written.match(/(?:[\n,]|^)"[=+\-@\t\r]/g)).toBeNull();
    expect(written).toContain(`"'=1+1"`);
    expect(readCsv(bytes(written)).rows.map((row) => row.cells[0])).toEqual(cells);
  });
});

describe('whatever comes', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.stringMatching(/^['=+\-@\t\r\n",;]{0,5}[a-z]?$/),
  );

  it('goes out and comes back the same', () => {
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const said = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
        const header = rows[0]?.map((_, at) => `K${at}`) ?? [];
        const read = (): unknown => readCsv(writeCsv([header, ...rows])).rows.map(({ cells }) => cells);
        if (said.length === 0) expect(read).toThrow('CSV_EMPTY');
        else expect(read()).toEqual(said);
      }),
      { numRuns: 400 },
    );
  });

  it('is read or refused with a code, never otherwise', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '=', '\ufeff', 'sep=;'), { maxLength: 60 })
        .map((all) => bytes(all.join(''))),
    );
    fc.assert(
      fc.property(hostile, (input) => {
        expect(codeOf(input)).toMatch(/^(ok|CSV_)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time by its length, not by its shape', () => {
    const took = (text: string): number => {
      const begun = performance.now();
      codeOf(bytes(text));
      return performance.now() - begun;
    };
    for (const bomb of [
      '"'.repeat(4_000_000),
      `N\n${'""'.repeat(2_000_000)}`,
      `N\n"${'\n'.repeat(4_000_000)}"`,
    ])
      expect(took(bomb)).toBeLessThan(3000);
  });
});
