import { strFromU8, unzipSync } from 'fflate/browser';
import { describe, expect, it } from 'vitest';
import type { ColumnKind, PrintedTable } from '../../../src/main/core/contract/printed-table.ts';
import { writeWorkbook } from '../../../src/main/core/registers/index.ts';

const at = new Date('2026-11-22T03:00:00Z');
const table = (cells: readonly string[], kind: ColumnKind = 'text'): PrintedTable => ({
  title: 'Buku',
  facts: [['Unit', 'SETDA']],
  columns: [{ label: 'Isi', kind, weight: 10 }],
  rows: cells.map((one) => ({ cells: [one], batal: false })),
  empty: '',
});
const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
const sheetOf = (bytes: Uint8Array): string => partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '';

/** Elements closed in the order in which they were opened, and nothing in the texts that markup is made of. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml [^>]*\?>\n/, '');
  const pieces = body.split(/(<[^<>]*>)/);
  for (const piece of pieces) {
    if (!piece.startsWith('<')) {
      if (/[<>]|&(?!(?:amp|lt|gt);)/.test(piece)) return false;
      continue;
    }
    const found = /^<(\/?)([A-Za-z:]+)((?: [A-Za-z:]+="[^"<&]*")*)(\/?)>$/.exec(piece);
    if (!found) return false;
    if (found[1] === '/' && open.pop() !== found[2]) return false;
    if (found[1] === '' && found[4] === '') open.push(found[2] ?? '');
  }
  return open.length === 0;
}

/** What a spreadsheet shows for an inline string (ECMA-376 part 1 §22.9.2.19). */
const shown = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

describe('a workbook', () => {
  it('is made of well-formed parts that name one another', () => {
    const parts = partsOf(writeWorkbook(table(['a']), at));
    for (const [path, xml] of Object.entries(parts)) expect([path, wellFormed(xml)]).toEqual([path, true]);
    const types = parts['[Content_Types].xml'] ?? '';
    const named = [...types.matchAll(/PartName="\/([^"]+)"/g)].map((found) => found[1]);
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(named));
    expect(parts['xl/_rels/workbook.xml.rels']).toContain('Target="worksheets/sheet1.xml"');
  });

  it('is the same bytes for the same table and moment', () => {
    expect(writeWorkbook(table(['a', 'b']), at)).toEqual(writeWorkbook(table(['a', 'b']), at));
  });

  it('shows what was written, whatever the characters, and never a formula', () => {
    const every = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('');
    const odd = [
      '\ud800',
      '\udc00x',
      '\ufffe\uffff',
      '_x000D_',
      '__x0041__',
      '=1+1',
      ']]>',
      '<![CDATA[',
      '&amp;',
      '"\'',
    ];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const random = Array.from({ length: 300 }, () =>
      Array.from({ length: next(40) }, () => String.fromCharCode(next(4) ? next(0x200) : next(0x10000))).join(
        '',
      ),
    );
    const cells = [every, ...odd, ...random];
    const xml = sheetOf(writeWorkbook(table(cells), at, false));
    expect(wellFormed(xml)).toBe(true);
    expect(xml).not.toMatch(/<f[ />]/);
    const texts = [
      ...xml.matchAll(/<c r="A(\d+)" s="4"(?:\/>| t="inlineStr"><is><t xml:space="preserve">([^<]*)<)/g),
    ];
    expect(texts).toHaveLength(cells.length);
    const printable = (text: string): string =>
      text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
    expect(texts.map((found) => shown(found[2] ?? ''))).toEqual(cells.map(printable));
  });

  it('has days, times and numbers as numbers, and what only looks like one as text', () => {
    const values = (cells: readonly string[], kind: ColumnKind): (string | null)[] =>
      [
        ...sheetOf(writeWorkbook(table(cells, kind), at, false)).matchAll(
          /<c r="A(\d+)" s="[567]"><v>([^<]*)</g,
        ),
      ].map((found) => found[2] ?? null);
    expect(values(['2026-11-22', '2000-02-29', '1899-01-01', 'besok', ''], 'date')).toEqual([
      '46348',
      '36585',
    ]);
    expect(values(['12:00', '24:00', '9:00'], 'time')).toEqual(['0.5']);
    expect(values(['12', '1e5', '-3', '=1'], 'number')).toEqual(['12']);
  });

  it('cuts a text where a cell ends', () => {
    const xml = sheetOf(writeWorkbook(table(['x'.repeat(40_000)]), at, false));
    expect(/x{100,}/.exec(xml)?.[0]).toHaveLength(32_767);
  });
});
