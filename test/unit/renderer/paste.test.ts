import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Inline } from '../../../src/main/core/contract/index.ts';
import { schemas } from '../../../src/main/ipc/schemas.ts';
import { plainBlocks, readPaste } from '../../../src/renderer/lib/paste/index.ts';
import { letterContent } from '../../fixtures/engine.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/paste', name), 'utf8');

const words = (content: readonly Inline[]): string =>
  content
    .map((one) => {
      if (one.type === 'break') return ' / ';
      if (one.marks?.includes('bold')) return `*${one.text}*`;
      return one.marks ? `_${one.text}_` : one.text;
    })
    .join('');

/** The blocks as an outline, for people to compare. */
function outline(blocks: readonly Block[], indent = ''): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
        return [`${indent}${words(block.content)}`];
      case 'heading':
        return [`${indent}# ${words(block.content)}`];
      case 'list':
        return block.items.flatMap((item, index) => {
          const [first = '', ...rest] = outline(item, `${indent}  `);
          return [`${indent}${block.ordered ? `${index + 1}.` : '•'} ${first.trim()}`, ...rest];
        });
      case 'table':
        return block.rows.map(
          (row) =>
            `${indent}${row.map((cell) => `${cell.header ? '!' : '|'} ${words(cell.content)}`).join(' ')}`,
        );
    }
  });
}

const read = (html: string): string[] => outline(readPaste(html)?.blocks ?? []);

describe('what is pasted from Word', () => {
  const pasted = readPaste(fixture('word.html'));

  it('keeps lists with their nesting and their numbers, tables, bold and italic, and nothing else', () => {
    expect(outline(pasted?.blocks ?? [])).toEqual([
      '# A. DASAR PELAKSANAAN',
      'Sehubungan dengan *rapat koordinasi* dan _briefing_ pada hari Senin, kami sampaikan (Surat Bupati Nomor 12.) hal‑hal berikut:',
      '1. Menyiapkan bahan baru;',
      '  1. data pegawai;',
      '  2. data aset.',
      '  Keduanya per 1 November.',
      '2. Menugaskan peserta.',
      '• butir pertama',
      '• butir kedua',
      '! No ! Uraian | ',
      '| 1 | Kursi / lipat | 20',
      '|  | 1. Meja | 5',
      'Demikian.',
    ]);
  });

  it('says what was left out', () => {
    expect(pasted).toMatchObject({ pictures: 1, footnotes: 1, lostNotes: 0, wideTables: 0 });
    expect(readPaste('<p>Lihat<a href="#_ftn4" style="mso-footnote-id:ftn4">[4]</a>.</p>')).toMatchObject({
      footnotes: 0,
      lostNotes: 1,
      blocks: [{ content: [{ text: 'Lihat.' }] }],
    });
  });
});

describe('what is pasted from elsewhere', () => {
  it('LibreOffice: lists that go on, footnotes', () => {
    expect(
      read(
        '<ol><li><p style="margin-bottom: 0in">satu</p></li></ol><p>di antara</p><ol start="2"><li><p>dua</p></li></ol>' +
          '<p>Teks<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup>.</p>' +
          '<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Catatan</p></div>',
      ),
    ).toEqual(['1. satu', '  di antara', '2. dua', 'Teks (Catatan).']);
  });

  it('Excel: the cells in use, wide tables as lines', () => {
    const sheet =
      '<table border=0><col width=64><tr height=20><td class=xl65>Nama</td><td class=xl66 align=right>1.000</td><td></td></tr>' +
      '<tr><td>Budi<br style="mso-data-placement:same-cell;">Santoso</td><td style="font-weight:700">2</td><td>&nbsp;</td></tr><tr><td></td></tr></table>';
    expect(read(sheet)).toEqual(['| Nama | 1.000', '| Budi / Santoso | *2*']);
    const wide = `<table><tr>${'<td>x</td>'.repeat(30)}</tr></table>`;
    expect(readPaste(wide)).toMatchObject({ wideTables: 1, blocks: [{ type: 'paragraph' }] });
  });

  it('a web page: nested lists in every spelling, styles as marks, frames unwrapped', () => {
    expect(
      read(
        '<meta charset=utf-8><b style="font-weight:normal" id="docs-internal"><ul><li dir=ltr><span style="font-weight:700">tebal</span></li><ul><li>dalam</li></ul><li>luar<ol><li>angka<li>lagi</ol></li></ul></b>' +
          '<h3><strong>Judul</strong></h3><div>Satu<div>Dua</div>Tiga<br>baris</div><table><tr><td><p>Bingkai</p></td></tr></table>' +
          '<script>alert(1)</script><style>p{}</style><p onclick="x()">a &lt; b &amp; c &#x2014; <a href="javascript:x">tautan</a> &tidakada;</p>',
      ),
    ).toEqual([
      '• *tebal*',
      '  • dalam',
      '• luar',
      '  1. angka',
      '  2. lagi',
      '# Judul',
      'Satu',
      'Dua',
      'Tiga / baris',
      'Bingkai',
      'a < b & c — tautan &tidakada;',
    ]);
  });

  it('plain text: a paragraph for each line', () => {
    expect(outline(plainBlocks('satu\r\n\r\n  dua\ttiga \n'))).toEqual(['satu', 'dua tiga']);
  });
});

/** Milliseconds that this process has worked: others may keep the computer busy. */
const working = (): number => process.cpuUsage().user / 1000;

describe('hostile and huge pastes', () => {
  it('pictures are counted and never looked into, however large', () => {
    const bytes = 'A'.repeat(6_000_000);
    const before = working();
    const pasted = readPaste(
      `<p>Sebelum<img src="data:image/png;base64,${bytes}">sesudah</p><img width=1 src=x>`,
    );
    expect(working() - before).toBeLessThan(1000);
    expect(pasted).toMatchObject({ pictures: 1, blocks: [{ content: [{ text: 'Sebelumsesudah' }] }] });
  });

  it.each([
    ['tags without end', '<p>'.repeat(60_000)],
    ['deep nesting', `${'<div><ul><li>'.repeat(30_000)}x`],
    ['deep tables', `${'<table><tr><td>'.repeat(20_000)}x`],
    ['open quotes', '<a href="'.repeat(100_000)],
    ['open comments', '<!--'.repeat(100_000)],
    ['angles', '<'.repeat(500_000)],
    ['references', '&#38;&#xffffff;&#55296;'.repeat(50_000)],
    ['open styles', '<style>'.repeat(100_000)],
    ['spans', '<table><tr><td colspan=99999 rowspan=99999>x</td></tr></table>'.repeat(500)],
  ])('%s take no time', (_name, html) => {
    const before = working();
    readPaste(html);
    expect(working() - before).toBeLessThan(2000);
  });

  it('more tags than a letter has are refused', () => {
    expect(readPaste('<b>x</b>'.repeat(300_000))).toBeNull();
  });

  it('whatever comes, a letter can hold it', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<ul>',
      '</ul>',
      '<ol start=3>',
      '</ol>',
      '<li>',
      '</li>',
      '<table>',
      '</table>',
      '<tr>',
      '<td colspan=3>',
      '<td rowspan=9>',
      '</td>',
      '<th>',
      '<b>',
      '</b>',
      '<h2>',
      '</h2>',
      '<br>',
      '<img src=x>',
      'kata',
      ' ',
      '&nbsp;',
      '<!--',
      '-->',
      "<p style='mso-list:l0 level3 lfo1'>",
      "<p style='mso-list:l0 level1 lfo1'>",
      "<span style='mso-list:Ignore'>3.</span>",
      '<a href="#_ftn1">[1]</a>',
      "<div style='mso-element:footnote' id=ftn1>",
      '</div>',
      '<style>',
      '</style>',
      '<',
      '"',
      "'",
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const pasted = readPaste(pieces.join(''));
        const content = { ...letterContent('x'), body: pasted?.blocks ?? [] };
        const id = '00000000-0000-4000-8000-000000000000';
        expect(schemas['letters.saveDraft'].safeParse({ id, revision: 1, content }).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
