import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPictures, readAttachment } from '../../src/main/core/attachments/index.ts';
import type { AttachedDocument, PagePicture } from '../../src/main/core/contract/attachments.ts';
import type { TypesetLetter } from '../../src/main/core/contract/letters.ts';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import { openDrawable } from '../../src/main/core/verification/index.ts';
import { landscape, pdfWith, picture } from '../fixtures/attachments.ts';
import { pdfaFindings } from '../fixtures/pdfa.ts';
import { sample, typeset } from '../unit/typesetting/support.ts';
import { flat, run, textOf } from './typesetting-support.ts';

/** What other programs make of a letter with its attachments, and of files that they made. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-attachments-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (bytes: Uint8Array) => readAttachment(bytes, false, { openDrawable });

async function letterWith(
  letter: TypesetLetter,
  files: readonly (readonly [title: string, bytes: Uint8Array])[],
): Promise<{ file: string; pdf: Uint8Array }> {
  const attached: AttachedDocument[] = [];
  const pictures: PagePicture[] = [];
  for (const [title, bytes] of files) {
    const { pages } = await read(bytes);
    attached.push({ title, sha256: '0'.repeat(64), pages: pages.map((one) => one.page) });
    pictures.push(...pages.map((one) => one.picture));
  }
  const whole = { ...letter, attached };
  const pdf = await insertPictures(typeset(whole).pdf, pictures, whole);
  const file = join(folder, `${letter.content.kind}.pdf`);
  writeFileSync(file, pdf);
  return { file, pdf };
}

let files: readonly (readonly [string, Uint8Array])[];
beforeAll(async () => {
  files = [
    ['Daftar peserta', await pdfWith(['Peserta satu', 'Peserta dua'], landscape)],
    ['Denah lokasi', await picture(1500, 900, 'jpeg')],
  ];
});

const pageText = (file: string, page: number): string =>
  flat(textOf(file, '-layout', '-f', String(page), '-l', String(page)));

describe('a letter with attachments', () => {
  it('is sound, tagged, still archival, and numbers each page', async () => {
    const letter = { ...sample('surat-dinas') };
    const plain = typeset({ ...letter, content: { ...letter.content, attachments: '' } });
    const { file, pdf } = await letterWith(
      { ...letter, content: { ...letter.content, attachments: '' } },
      files,
    );
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
    expect(run('pdfinfo', file)).toMatch(/Tagged:\s+yes/);
    expect(run('pdfinfo', '-meta', file)).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(pdfaFindings(parsePdf(pdf))).toEqual([]);
    expect(parsePdf(pdf)).toMatchObject({ anomalies: [], revisions: [{ number: 1 }] });
    const first = plain.pages + 1;
    expect(pageText(file, 1)).toContain('Lampiran : 2 berkas');
    for (let page = first; page < first + 3; page += 1) {
      expect(pageText(file, page)).toMatch(/Daftar peserta Lampiran I\b/);
      expect(pageText(file, page)).toContain(`lembar ${page - first + 1} dari 3`);
      expect(pageText(file, page)).toContain(`Nomor : ${letter.number}`);
      expect(pageText(file, page)).toContain('Tanggal : 22 November 2026');
    }
    expect(pageText(file, first + 3)).toMatch(/Denah lokasi Lampiran II\b/);
    // The last sheet of the PDF lies across; no picture is larger than its file, nor set larger than 150 dpi.
    expect(run('pdfinfo', '-f', String(first + 2), '-l', String(first + 2), file)).toMatch(
      /841\.89 x 595\.27/,
    );
    const images = run('pdfimages', '-list', file).trim().split('\n').slice(2);
    const columns = images.map((line) => line.trim().split(/\s+/));
    expect(columns.map((one) => one[8])).toEqual(['image', 'image', 'jpeg', 'jpeg']);
    for (const one of columns) expect(Number(one[12])).toBeGreaterThanOrEqual(149);
    const structure = run('qpdf', '--json', '--json-key=qpdf', file);
    expect(structure).toContain('Lampiran I, lembar 2 dari 3: Daftar peserta. Peserta dua');
  });

  it('says who signed on the last page of an attachment of a title shape', async () => {
    const base = sample('surat-dinas');
    const letter = { ...base, content: { ...base.content, kind: 'surat-edaran' } };
    const pages = typeset(letter).pages;
    const { file } = await letterWith(letter, files);
    expect(pageText(file, pages + 1)).not.toContain('Ditandatangani secara elektronik oleh:');
    for (const page of [pages + 3, pages + 4]) {
      expect(pageText(file, page)).toContain('Ditandatangani secara elektronik oleh:');
      expect(pageText(file, page)).toContain(base.signer.name);
    }
  });

  it('gives the same bytes for the same input, and refuses pictures that are not its own', async () => {
    const one = await letterWith(sample('nota-dinas'), files);
    const other = await letterWith(sample('nota-dinas'), files);
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
    const attached = [{ title: 'x', sha256: '', pages: [{ width: 10, height: 10, words: '' }] }];
    const letter = { ...sample('nota-dinas'), attached };
    await expect(insertPictures(typeset(letter).pdf, [], letter)).rejects.toMatchObject({
      code: 'TYPESET_FAILED',
    });
  });
});

describe('files that others made', () => {
  it.each([
    ['a user password', ['--encrypt', 'buka', 'pemilik', '256', '--']],
    ['an owner password alone', ['--encrypt', '', 'pemilik', '256', '--print=none', '--']],
  ])('locked by %s are refused with advice', async (_name, options) => {
    const plain = join(folder, 'plain.pdf');
    const locked = join(folder, 'locked.pdf');
    writeFileSync(plain, await pdfWith(['Rahasia']));
    run('qpdf', plain, ...options, locked);
    const { readFileSync } = await import('node:fs');
    await expect(read(readFileSync(locked))).rejects.toMatchObject({ code: 'ATTACHMENT_ENCRYPTED' });
  });
});
