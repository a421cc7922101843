import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate/browser';
import * as registers from '../../../src/main/core/app/registers.ts';
import { sheet } from '../../../src/main/core/app/disposition-sheet.ts';
import { addDeputy } from '../../../src/main/core/accounts/index.ts';
import type { DispositionSheet } from '../../../src/main/core/contract/disposition-sheet.ts';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import type { RegisterAsk, RegisterBook, RegisterRow } from '../../../src/main/core/contract/registers.ts';
import { requireKey, sealWords } from '../../../src/main/core/letters/sealed.ts';
import { parsePdf } from '../../../src/main/core/pdf/index.ts';
import type { Pool } from '../../../src/main/core/ports.ts';
import { createTypesetter } from '../../../src/main/core/typesetting/index.ts';
import { sql } from '../../../src/main/core/vault/index.ts';
import { resourcesDir } from '../../fixtures/engine.ts';
import { pdfaFindings } from '../../fixtures/pdfa.ts';
import { bookDesk, type BookDesk } from '../../fixtures/registers.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
let books: BookDesk;
let pool: Pool;
/** What the last sheet was made of. */
let drawn: unknown;
beforeAll(() => {
  const typesetter = createTypesetter({ resourcesDir });
  pool = {
    run: ((task: string, input: never) => {
      drawn = input;
      return Promise.resolve(task === 'book' ? typesetter.book(input) : typesetter.disposition(input));
    }) as unknown as Pool['run'],
  };
});
beforeEach(async () => {
  desk = await openDesk(pool);
  books = await bookDesk(desk);
});
afterEach(() => desk.close());

const ask = (book: RegisterBook, more: Partial<RegisterAsk> = {}): RegisterAsk => ({
  book,
  unit: 'SETDA',
  from: '2026-01-01',
  until: '2026-12-31',
  register: null,
  ...more,
});
const rowsOf = (asked: RegisterAsk): readonly RegisterRow[] =>
  registers.page(desk.context, { ...asked, before: null }).rows;
const refusal = async (act: () => unknown): Promise<string> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'none';
};
const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const csv = async (asked: RegisterAsk): Promise<string> =>
  text((await registers.exportFile(desk.context, { what: 'book', ask: asked, format: 'csv' })).bytes);

describe('the agenda', () => {
  it('has a line for each letter, newest first, with whom it went to; batal lines stay', () => {
    books.registered({ id: 'l1', sequence: 1, remark: 'lewat kurir' });
    books.registered({ id: 'l2', sequence: 2, batal: 'tercatat dua kali' });
    books.disposed({ id: 'd1', letter: 'l1', giver: 'leader', to: ['clerk', 'staff'] });
    books.as('registrar');
    expect(rowsOf(ask('incoming'))).toMatchObject([
      { agenda: '2/2026', batal: true, remark: 'tercatat dua kali' },
      {
        agenda: '1/2026',
        receivedOn: '2026-11-20',
        sender: 'Dinas Kesehatan Provinsi',
        number: '440/1/2026',
        date: '2026-11-18',
        subject: 'Permohonan data',
        attachments: '2 lembar',
        addressees: ['Jabatan leader'],
        passedTo: ['Jabatan clerk', 'Kepala Dinas Komunikasi dan Informatika'],
        batal: false,
        remark: 'lewat kurir',
      },
    ]);
  });

  it('is read by days, page by page, without losing or doubling a line', () => {
    for (let n = 1; n <= 205; n += 1)
      books.registered({ id: `l${n}`, sequence: n, receivedOn: n <= 5 ? '2026-02-28' : '2026-03-01' });
    books.as('registrar');
    const march = ask('incoming', { from: '2026-03-01', until: '2026-03-31' });
    const seen: string[] = [];
    let before = null;
    do {
      const page = registers.page(desk.context, { ...march, before });
      seen.push(...page.rows.map((row) => row.key));
      before = page.before;
    } while (before !== null);
    expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => `${205 - index}/2026`));
  });

  it('is nothing to a registrar of another unit, and to administrators a line without what it is about', async () => {
    books.registered({ id: 'l1', sequence: 1 });
    books.as('elsewhere');
    expect(await refusal(() => rowsOf(ask('incoming')))).toBe('UNIT_UNKNOWN');
    for (const what of ['pdf', 'csv', 'xlsx'] as const)
      expect(
        await refusal(() =>
          registers.exportFile(desk.context, { what: 'book', ask: ask('incoming'), format: what }),
        ),
      ).toBe('UNIT_UNKNOWN');
    expect(await refusal(() => registers.pendency(desk.context, { unit: 'SETDA' }))).toBe('UNIT_UNKNOWN');
    expect(registers.choices(desk.context).units.map((one) => one.code)).toEqual(['DINKES']);
    books.as('boss');
    expect(rowsOf(ask('incoming'))).toMatchObject([{ letterId: null, subject: null, sealed: false }]);
    expect(await csv(ask('incoming'))).not.toContain('Permohonan');
    books.as('archivist');
    expect(rowsOf(ask('incoming'))).toMatchObject([{ letterId: 'l1', subject: 'Permohonan data' }]);
    books.as('registrar');
    expect(registers.choices(desk.context).units.map((one) => one.code)).toEqual(['ORG', 'SETDA']);
  });
});

describe('the book of outgoing letters', () => {
  it('has every number by its day: issued, held and batal, of one register or of all', () => {
    books.as('boss');
    books.numbered({ sequence: 1, date: '2026-11-02', subject: 'Undangan rapat' });
    books.numbered({ sequence: 2, date: '2026-11-03', batal: 'salah ketik' });
    books.numbered({ sequence: 3, date: '2026-11-04', held: 'Surat kertas' });
    books.numbered({ sequence: 1, date: '2026-11-03', subject: 'Tugas', register: 'surat-tugas' });
    books.as('registrar');
    expect(rowsOf(ask('outgoing')).map((row) => [row.subject, row.batal])).toEqual([
      ['Surat kertas', false],
      ['Tugas', false],
      [null, true],
      ['Undangan rapat', false],
    ]);
    expect(rowsOf(ask('outgoing', { register: 'surat-keluar', until: '2026-11-03' }))).toMatchObject([
      { number: '000/2/surat-keluar/SETDA/2026', remark: 'salah ketik' },
      { recipients: ['Camat Sukadana'], sentOn: '', letterState: 'signed' },
    ]);
  });

  it('finds its lines by the index of days', () => {
    books.as('boss');
    for (let n = 1; n <= 300; n += 1) books.numbered({ sequence: n, date: '2026-11-02', held: 'x' });
    desk.vault.write((db) => db.run(sql`ANALYZE`));
    const plan = desk.vault.read
      .all<{ detail: string }>(
        sql`EXPLAIN QUERY PLAN SELECT id FROM number_book AS book WHERE book.unit = 'SETDA'
          AND (CASE WHEN book.letter_date = '' THEN substr(book.reserved_at, 1, 10) ELSE book.letter_date END)
            BETWEEN '2026-01-01' AND '2026-01-31'`,
      )
      .map((row) => row.detail)
      .join('\n');
    expect(plan).toContain('number_book_day');
  });

  it('tells what a sealed letter is about only to whoever has its key', async () => {
    books.as('boss');
    books.numbered({ sequence: 1, date: '2026-11-02', subject: 'Mutasi jabatan', security: 'rahasia' });
    expect(rowsOf(ask('outgoing'))).toMatchObject([
      { subject: 'Mutasi jabatan', recipients: ['Camat Sukadana'], sealed: true },
    ]);
    for (const one of ['registrar', 'archivist']) {
      books.as(one);
      expect(rowsOf(ask('outgoing'))).toMatchObject([
        { subject: null, letterId: null, recipients: [], sealed: true },
      ]);
      const table = await csv(ask('outgoing'));
      expect(table).toContain('(surat tertutup)');
      expect(table).not.toMatch(/Mutasi|Camat/);
    }
  });
});

describe('what leaves the vault', () => {
  const attacks = [
    '=HYPERLINK("http://x","klik")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    ' =1+1',
    '\uff1d1+1',
    '"=1+1',
    'baris\nkedua;dengan,koma "kutip"',
  ];

  it('as CSV holds no cell that a spreadsheet runs', async () => {
    for (const [index, subject] of attacks.entries())
      books.registered({ id: `l${index}`, sequence: index + 1, subject });
    books.as('registrar');
    const table = await csv(ask('incoming'));
    expect(table.startsWith('\ufeff"No.","Tanggal terima"')).toBe(true);
    const lines = table.split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(attacks.length);
    for (const line of lines) {
      const cells = [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((found) => found[1] ?? '');
      expect(cells).toHaveLength(10);
      for (const cell of cells) expect(cell).not.toMatch(/^[\s]*[=+\-@\uff1d]/);
    }
    expect(lines[0]).toContain(`"'=HYPERLINK(""http://x"",""klik"")"`);
    expect(lines[0]).toContain('"2026-11-20"');
  });

  it('as a workbook holds texts, dates and numbers, and no formula', async () => {
    for (const [index, subject] of [...attacks, 'a\u0000b\u0007\ud800c\ufffe <&> _x000D_'].entries())
      books.registered({ id: `l${index}`, sequence: index + 1, subject });
    books.as('registrar');
    const made = async () =>
      (await registers.exportFile(desk.context, { what: 'book', ask: ask('incoming'), format: 'xlsx' }))
        .bytes;
    const bytes = await made();
    expect(await made()).toEqual(bytes);
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toContain('[Content_Types].xml');
    const sheetXml = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheetXml).not.toMatch(/<f[ >]/);
    expect(sheetXml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(sheetXml).toContain('=HYPERLINK("http://x","klik")</t>');
    expect(sheetXml).toContain('&lt;&amp;&gt; _x005F_x000D_');
    // 20 November 2026 as spreadsheets count days.
    expect(sheetXml).toMatch(/<c r="B6" s="5"><v>46346<\/v><\/c>/);
  });

  it('on paper is PDF/A, the same each time, and says which day and unit', async () => {
    books.registered({ id: 'l1', sequence: 1, subject: 'Panjang sekali '.repeat(60) + '😀 ꦱꦫꦱ꧀ꦮꦠꦶ' });
    books.registered({ id: 'l2', sequence: 2, batal: 'tercatat dua kali' });
    books.as('registrar');
    const { pdf } = await registers.print(desk.context, { what: 'book', ask: ask('incoming') });
    expect(pdfaFindings(parsePdf(pdf))).toEqual([]);
    const again = await registers.print(desk.context, { what: 'book', ask: ask('incoming') });
    expect(Buffer.from(again.pdf).equals(pdf)).toBe(true);
    expect(drawn).toMatchObject({
      table: {
        title: 'BUKU AGENDA SURAT MASUK',
        facts: [
          ['Unit kerja', 'SETDA'],
          ['Periode', '1 Januari 2026 sampai 31 Desember 2026'],
        ],
        rows: [
          { cells: expect.arrayContaining(['1/2026']) as unknown, batal: false },
          { cells: expect.arrayContaining(['BATAL: tercatat dua kali']) as unknown, batal: true },
        ],
      },
      keeper: { name: 'Pegawai registrar, S.Kom.' },
    });
    expect(desk.log('register.exported')[0]).toMatchObject({
      actor: 'registrar',
      facts: { book: 'incoming', unit: 'SETDA', format: 'print', rows: 2 },
    });
  });

  it('is refused on paper when it is longer than any book that is printed', async () => {
    desk.vault.write((db) => {
      for (let n = 1; n <= 2001; n += 1)
        db.run(sql`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_date, reason, reserved_at)
          VALUES ('surat-keluar', 'SETDA', 2026, ${n}, ${`n${n}`}, 'batal', '2026-05-01', 'x', '')`);
    });
    books.as('registrar');
    expect(await refusal(() => registers.print(desk.context, { what: 'book', ask: ask('outgoing') }))).toBe(
      'REGISTER_TOO_LONG',
    );
    expect((await csv(ask('outgoing'))).split('\r\n')).toHaveLength(2003);
  });
});

describe('the pendency report', () => {
  it('counts open work by person and age, overdue dispositions among it, and nothing of any letter', async () => {
    books.registered({ id: 'l1', sequence: 1, receivedOn: '2026-11-22' });
    books.registered({ id: 'l2', sequence: 2, receivedOn: '2026-11-19' });
    books.registered({ id: 'l3', sequence: 3, receivedOn: '2026-09-01' });
    books.disposed({ id: 'd1', letter: 'l1', giver: 'leader', to: ['clerk'], deadline: '2026-11-21' });
    books.disposed({ id: 'd2', letter: 'l2', giver: 'leader', to: ['clerk'], state: 'done' });
    books.as('registrar');
    const found = registers.pendency(desk.context, { unit: 'SETDA' });
    expect(found.people).toEqual([
      {
        name: 'Pegawai clerk, S.Kom.',
        post: 'Jabatan clerk',
        unit: 'ORG',
        counts: [{ kind: 'dispositions', ages: [0, 1, 0, 0, 0], all: 1, overdue: 1 }],
      },
      {
        name: 'Pegawai leader, S.Kom.',
        post: 'Jabatan leader',
        unit: 'SETDA',
        counts: [{ kind: 'notFollowedUp', ages: [1, 1, 0, 0, 1], all: 3, overdue: 0 }],
      },
    ]);
    expect(found.total.map((one) => [one.kind, one.all])).toEqual([
      ['notFollowedUp', 3],
      ['dispositions', 1],
    ]);
    const { pdf } = await registers.print(desk.context, { what: 'pendency', unit: 'SETDA' });
    expect(pdfaFindings(parsePdf(pdf))).toEqual([]);
  });
});

describe('the metadata export', () => {
  it('has incoming and outgoing letters with the same names in every format; administrators get none', async () => {
    books.registered({ id: 'l1', sequence: 1, subject: '=1+1' });
    books.as('boss');
    books.numbered({ sequence: 1, date: '2026-11-02', subject: 'Undangan rapat' });
    books.numbered({ sequence: 2, date: '2026-11-02', subject: 'Mutasi', security: 'rahasia' });
    const input = { what: 'metadata', unit: 'SETDA', from: '2026-01-01', until: '2026-12-31' } as const;
    expect(await refusal(() => registers.exportFile(desk.context, { ...input, format: 'csv' }))).toBe(
      'NOT_ALLOWED',
    );
    books.as('archivist');
    const lines = text((await registers.exportFile(desk.context, { ...input, format: 'jsonl' })).bytes)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(lines).toMatchObject([
      { arah: 'masuk', nomor_agenda: '1/2026', hal: '=1+1', status: 'terdaftar', klasifikasi: '000.8.3' },
      {
        arah: 'keluar',
        hal: 'Undangan rapat',
        tujuan: 'Camat Sukadana',
        tembusan: 'Inspektur',
        urgensi: 'Segera',
      },
      { arah: 'keluar', hal: '(tertutup)', tujuan: '', sha256: '' },
    ]);
    const table = text((await registers.exportFile(desk.context, { ...input, format: 'csv' })).bytes);
    expect(table.split('\r\n')[0]).toBe(
      `\ufeff${Object.keys(lines[0] ?? {})
        .map((name) => `"${name}"`)
        .join(',')}`,
    );
    expect(table).toContain(`"'=1+1"`);
  });
});

describe('the disposition sheet', () => {
  const presets = (): DispositionSheet['presets'] =>
    (drawn as { readonly sheet: DispositionSheet }).sheet.presets;
  const shownTo = async (who: string, id: string): Promise<number> => {
    books.as(who);
    await sheet(desk.context, { id });
    return (drawn as { readonly sheet: DispositionSheet }).sheet.dispositions.length;
  };

  it('has nothing of it for the registrar of the sender: it is the receiving office’s own', async () => {
    books.as('boss');
    const id = books.numbered({ sequence: 1, date: '2026-11-20', subject: 'Undangan', unit: 'DINKES' });
    desk.vault.write((db) =>
      db.run(sql`UPDATE letter_party SET account_id = 'leader', unit = 'SETDA', delivered_at = signed_at
        FROM letter WHERE letter.id = letter_id AND letter_id = ${id} AND role = 'to'`),
    );
    books.disposed({ id: 'd1', letter: id, giver: 'leader', to: ['staff'], note: 'Jangan sampai keluar' });
    expect(await shownTo('elsewhere', id)).toBe(0);
    expect(JSON.stringify(drawn)).not.toContain('Jangan sampai keluar');
    for (const one of ['registrar', 'archivist', 'leader', 'staff'])
      expect([one, await shownTo(one, id)]).toEqual([one, 1]);
  });

  it('has the part of a principal only in classes that deputies read', async () => {
    books.as('boss');
    const id = books.numbered({ sequence: 1, date: '2026-11-20', subject: 'Mutasi', security: 'rahasia' });
    books.disposed({ id: 'd1', letter: id, giver: 'leader', to: ['staff'] });
    desk.vault.write((db) => {
      addDeputy(db, { deputyId: 'boss', principalId: 'leader', from: '2026-01-01', until: '2099-12-31' });
    });
    expect(await shownTo('boss', id)).toBe(0);
    for (const table of ['letter', 'disposition_task'])
      desk.vault.write((db) => db.run({ text: `UPDATE ${table} SET security = 'terbatas'`, values: [] }));
    expect(await shownTo('boss', id)).toBe(1);
  });

  it('without a disposition is one to be filled in; with some it shows the tree to the registrar', async () => {
    books.registered({ id: 'l1', sequence: 7 });
    books.as('registrar');
    expect(pdfaFindings(parsePdf((await sheet(desk.context, { id: 'l1' })).pdf))).toEqual([]);
    expect(drawn).toMatchObject({ sheet: { dispositions: [] }, keeper: { name: '' } });
    const offered = Object.values(desk.context.profile.dispositionInstructions).map((one) => one.id);
    expect(offered).toHaveLength(11);
    expect(presets().map((one) => one.label)).toEqual(offered);
    books.disposed({
      id: 'd1',
      letter: 'l1',
      giver: 'leader',
      to: ['staff', 'clerk'],
      note: 'Segera',
      deadline: '2026-11-30',
    });
    books.disposed({
      id: 'd2',
      letter: 'l1',
      giver: 'staff',
      to: ['clerk'],
      parent: 'd1-0',
      at: '2026-11-21T04:00:00.000Z',
    });
    expect(pdfaFindings(parsePdf((await sheet(desk.context, { id: 'l1' })).pdf))).toEqual([]);
    expect(drawn).toMatchObject({
      sheet: {
        facts: expect.arrayContaining([['No. agenda', '7/2026']]) as unknown,
        dispositions: [
          {
            depth: 0,
            giver: 'Jabatan leader',
            note: 'Segera',
            deadline: '30 November 2026',
            receivers: [{ lead: true }, { lead: false, state: 'belum dibaca' }],
            instructions: ['tindak-lanjuti'],
          },
          { depth: 1, giver: 'Kepala Dinas Komunikasi dan Informatika' },
        ],
      },
    });
    expect(presets()).toHaveLength(11);
    expect(presets()).toContainEqual({ key: 'tindak-lanjuti', label: 'Tindak lanjuti' });
  });

  it('shows a receiver their own part and what it came from, not what others got', async () => {
    books.registered({ id: 'l1', sequence: 7 });
    books.disposed({ id: 'd1', letter: 'l1', giver: 'leader', to: ['staff'] });
    books.disposed({
      id: 'd2',
      letter: 'l1',
      giver: 'staff',
      to: ['clerk'],
      parent: 'd1-0',
      at: '2026-11-21T04:00:00.000Z',
    });
    books.disposed({ id: 'd3', letter: 'l1', giver: 'leader', to: ['archivist'], note: 'bukan untuk clerk' });
    books.as('clerk');
    await sheet(desk.context, { id: 'l1' });
    expect(drawn).toMatchObject({ sheet: { dispositions: [{ depth: 0 }, { depth: 1 }] } });
    expect(JSON.stringify(drawn)).not.toContain('bukan untuk clerk');
    books.as('elsewhere');
    expect(await refusal(() => sheet(desk.context, { id: 'l1' }))).toBe('NOT_FOUND');
  });

  it('of a sealed letter has its words for those with a key, and is none for others', async () => {
    books.as('boss');
    const id = books.numbered({ sequence: 1, date: '2026-11-20', subject: 'Mutasi', security: 'rahasia' });
    const { ring } = desk.context.session();
    books.disposed({ id: 'd1', letter: id, giver: 'boss', to: ['staff'] });
    const note = sealWords(requireKey(ring, id), id, 'Kerjakan sendiri');
    desk.vault.write((db) => db.run(sql`UPDATE disposition SET sealed_note = ${note}`));
    await sheet(desk.context, { id });
    expect(drawn).toMatchObject({ sheet: { dispositions: [{ note: 'Kerjakan sendiri' }] } });
    for (const one of ['registrar', 'archivist', 'staff']) {
      books.as(one);
      expect(await refusal(() => sheet(desk.context, { id }))).toBe('NOT_FOUND');
    }
  });
});
