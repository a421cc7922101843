import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NumberChoice, NumberEntry, NumberState } from '../../../src/main/core/contract/numbering.ts';
import { letterContent, signingPassphrase, type TestApp, type TestClock } from '../../fixtures/engine.ts';
import { pagePool, setPage } from '../../fixtures/numbers.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let app: TestApp;
let clock: TestClock;
let head: TestPerson;
officeForEachTest(
  '2026-03-01T03:00:00Z',
  async (office) => {
    ({ app, clock, head } = office);
    await app.ask('identity.createTest', { signingPassphrase });
    onDay('2026-03-10');
  },
  pagePool,
);

/** What is printed is tested elsewhere: one page for all letters. */
let pages: string;
beforeAll(() => {
  pages = mkdtempSync(join(tmpdir(), 'eletter-pages-'));
  setPage(pages);
});
afterAll(() => rmSync(pages, { recursive: true, force: true }));

const book = { register: 'surat-keluar', unit: 'SETDA', year: 2026 };
const onDay = (day: string): void => {
  clock.now = new Date(`${day}T03:00:00Z`);
};

async function sign(
  subject: string,
  numbering?: NumberChoice,
): Promise<{ number: string; date: string; id: string }> {
  const { id, revision } = await app.draft(letterContent(subject));
  const { number, date } = await app.ask('letters.sign', { id, revision, signingPassphrase, numbering });
  return { number, date, id };
}

async function refusedToSign(numbering?: NumberChoice): Promise<string> {
  const { id, revision } = await app.draft(letterContent('Ditolak'));
  return app.refused('letters.sign', { id, revision, signingPassphrase, numbering });
}

const held = {
  register: 'surat-keluar',
  unit: 'SETDA',
  date: '2026-03-10',
  classification: '000.8.3',
  security: 'biasa',
  subject: 'Surat kertas',
  reason: '',
  holderId: null,
} as const;

/** The next number of the day, by hand. */
const take = (): Promise<NumberEntry> =>
  app.ask('numbers.hold', { ...held, date: clock.now.toISOString().slice(0, 10) });

async function entries(
  state: NumberState | 'inserted' | null = null,
  year = 2026,
): Promise<readonly NumberEntry[]> {
  return (await app.ask('numbers.entries', { ...book, year, state, text: '', before: null })).entries;
}

const shown = (list: readonly NumberEntry[]): string[] => list.map((one) => `${one.number} ${one.state}`);

describe('held numbers', () => {
  it('are taken from the same book, used by the letter they were kept for, or cancelled with a reason', async () => {
    await sign('Satu');
    const second = await app.ask('numbers.hold', held);
    const third = await app.ask('numbers.hold', { ...held, subject: 'Nanti' });
    expect([second.number, third.number]).toEqual(['000.8.3/2/SETDA/2026', '000.8.3/3/SETDA/2026']);
    expect((await sign('Empat')).number).toBe('000.8.3/4/SETDA/2026');

    onDay('2026-03-12');
    const { id } = await app.draft(letterContent('Dengan nomor pesanan'));
    expect(await app.ask('numbers.usable', { id })).toMatchObject({
      held: [{ id: second.id }, { id: third.id, date: '2026-03-10', subject: 'Nanti' }],
      mayDateBack: false,
    });
    const used = await sign('Dengan nomor pesanan', { held: third.id });
    expect(used).toMatchObject({ number: third.number, date: '2026-03-10' });
    expect(await app.ask('letters.get', { id: used.id })).toMatchObject({ date: '2026-03-10' });
    expect(await refusedToSign({ held: third.id })).toBe('NOT_FOUND');

    expect(await app.ask('numbers.cancel', { id: second.id, reason: 'salah ketik' })).toMatchObject({
      state: 'batal',
      reason: 'salah ketik',
      by: 'Siti Rahmawati',
    });
    expect(await app.refused('numbers.cancel', { id: second.id, reason: 'lagi' })).toBe('NOT_FOUND');
    expect(shown(await entries())).toEqual([
      '000.8.3/4/SETDA/2026 issued',
      '000.8.3/3/SETDA/2026 issued',
      '000.8.3/2/SETDA/2026 batal',
      '000.8.3/1/SETDA/2026 issued',
    ]);
    expect((await app.ask('audit.list', { before: null })).lines.map((line) => line.action)).toEqual(
      expect.arrayContaining(['number.held', 'number.cancelled']),
    );
  });

  it('go to nobody else, to no other class and to no other classification', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await app.refused('numbers.hold', { ...held, holderId: nobody })).toBe('NOT_FOUND');
    const other = await invite(app, 'lain', ['signer']);
    const theirs = await app.ask('numbers.hold', { ...held, holderId: other.accountId });
    const secret = await app.ask('numbers.hold', { ...held, security: 'rahasia' });
    const elsewhere = await app.ask('numbers.hold', { ...held, classification: '100' });
    const tasks = await app.ask('numbers.hold', { ...held, register: 'surat-tugas' });
    for (const { id } of [theirs, secret, elsewhere, tasks])
      expect(await refusedToSign({ held: id })).toBe('NUMBER_HELD_OTHER');
    const { id } = await app.draft(letterContent('Tanpa pilihan'));
    expect((await app.ask('numbers.usable', { id })).held).toEqual([]);
    expect(await entries('held')).toHaveLength(3);
  });

  it('are held again when the signing fails', async () => {
    const one = await app.ask('numbers.hold', held);
    // Refused only when the page is set.
    const { id, revision } = await app.draft(letterContent('Gagal'));
    const numbering = { held: one.id };
    expect(await app.refused('letters.sign', { id, revision, signingPassphrase, numbering })).toBe(
      'TYPESET_FAILED',
    );
    expect(shown(await entries())).toEqual([`${one.number} held`]);
    expect((await sign('Berhasil', numbering)).number).toBe(one.number);
  });
});

describe('inserted numbers (sisipan)', () => {
  it('stand behind the last number of their day, in order, and never take a main one', async () => {
    onDay('2026-03-02');
    await take();
    await take();
    onDay('2026-03-09');
    await take();
    onDay('2026-03-10');
    const dates = ['2026-03-02', '2026-03-05', '2026-01-15', '2026-03-09', '2026-03-10'];
    const numbers = [];
    for (const date of dates) numbers.push((await app.ask('numbers.hold', { ...held, date })).number);
    expect(numbers).toEqual([
      '000.8.3/2.01/SETDA/2026',
      '000.8.3/2.02/SETDA/2026',
      '000.8.3/0.01/SETDA/2026',
      '000.8.3/4/SETDA/2026',
      '000.8.3/5/SETDA/2026',
    ]);
    expect((await entries()).map((one) => [one.sequence, one.insertion])).toEqual([
      [5, 0],
      [4, 0],
      [3, 0],
      [2, 2],
      [2, 1],
      [2, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(await entries('inserted')).toHaveLength(3);
    expect((await take()).number).toBe('000.8.3/6/SETDA/2026');
  });

  it('a signer dates back alone only where the office lets signers, and never forward', async () => {
    await take();
    onDay('2026-03-12');
    await take();
    const back = { date: '2026-03-11', reason: 'Rapat sudah berlangsung' };
    expect(await refusedToSign(back)).toBe('NUMBER_DATE_NOT_ALLOWED');
    await app.ask('numbers.saveSettings', { backDating: 'signer' });
    const { id } = await app.draft(letterContent('Mundur'));
    expect(await app.ask('numbers.usable', { id })).toMatchObject({ mayDateBack: true });
    expect(await sign('Mundur', back)).toMatchObject({
      number: '000.8.3/1.01/SETDA/2026',
      date: '2026-03-11',
    });
    expect(await entries('inserted')).toMatchObject([
      { reason: back.reason, subject: 'Mundur', state: 'issued' },
    ]);
    expect(await refusedToSign({ date: '2026-03-13', reason: 'besok' })).toBe('NUMBER_DATE_FUTURE');
    expect(await app.refused('numbers.hold', { ...held, date: '2026-03-13' })).toBe('NUMBER_DATE_FUTURE');
  });

  it('no main number is dated before the one before it, also when the clock went back', async () => {
    await take();
    onDay('2026-03-08');
    expect(await refusedToSign()).toBe('NUMBER_DATE_PASSED');
    expect(await entries()).toHaveLength(1);
  });
});

describe('years', () => {
  it('change at midnight in the regency, not in Greenwich', async () => {
    clock.now = new Date('2026-12-31T16:59:59.999Z');
    expect(await sign('Malam tahun baru')).toMatchObject({
      number: '000.8.3/1/SETDA/2026',
      date: '2026-12-31',
    });
    clock.now = new Date('2026-12-31T17:00:00Z');
    expect(await sign('Tahun baru')).toMatchObject({ number: '000.8.3/1/SETDA/2027', date: '2027-01-01' });
  });

  it('a letter of last year goes to last year’s book until that is closed', async () => {
    const { id } = await take();
    await app.ask('numbers.cancel', { id, reason: 'tidak jadi' });
    expect(await app.refused('numbers.setClosed', { ...book, closed: true })).toBe('NUMBER_YEAR_RUNNING');
    onDay('2027-01-04');
    const late = await app.ask('numbers.hold', { ...held, date: '2026-12-31' });
    expect(late.number).toBe('000.8.3/2/SETDA/2026');
    expect(await app.refused('numbers.setClosed', { ...book, closed: true })).toBe('NUMBER_BOOK_OPEN');
    await sign('Terlambat', { held: late.id });
    await app.ask('numbers.setClosed', { ...book, closed: true });
    expect((await app.ask('numbers.books', {})).books).toMatchObject([{ ...book, closed: true, last: 2 }]);
    expect(await app.refused('numbers.hold', { ...held, date: '2026-12-31' })).toBe('NUMBER_YEAR_CLOSED');
    expect((await take()).number).toBe('000.8.3/1/SETDA/2027');
    await app.ask('numbers.setClosed', { ...book, closed: false });
    expect((await app.ask('numbers.hold', { ...held, date: '2026-12-31' })).number).toContain('/3/');
  });
});

describe('formats', () => {
  const format = {
    register: 'surat-keluar',
    unit: 'SETDA',
    year: 2026,
    template: '{security}-{sequence:3}/{classification}/{unit}/{romanMonth}/{year}',
    padding: 1,
    start: 1,
    insertion: 'letter',
  } as const;

  it('follow unit, register and year, from their year on', async () => {
    await app.ask('numbers.saveFormat', { ...format, start: 101 });
    await app.ask('numbers.saveFormat', {
      ...format,
      unit: '',
      year: 2027,
      template: '{sequence}/{unit}/{year}',
    });
    expect((await take()).number).toBe('B-101/000.8.3/SETDA/III/2026');
    onDay('2026-03-12');
    await take();
    expect((await app.ask('numbers.hold', held)).number).toBe('B-101A/000.8.3/SETDA/III/2026');
    expect((await app.ask('numbers.hold', { ...held, register: 'surat-tugas' })).number).toBe(
      '000.8.3/1/ST/SETDA/2026',
    );
    onDay('2027-02-01');
    // The unit's own comes before that of all units.
    expect((await take()).number).toBe('B-101/000.8.3/SETDA/II/2027');
  });

  it('change within a year where no number can come twice, and are refused where one could', async () => {
    await take();
    await app.ask('numbers.saveFormat', {
      ...format,
      template: '{classification}/{sequence:3}/{unit}/{year}',
    });
    expect((await take()).number).toBe('000.8.3/002/SETDA/2026');
    expect(await app.refused('numbers.saveFormat', { ...format, start: 5 })).toBe('NUMBER_BOOK_STARTED');

    // Of another register, which could give the same.
    const same = {
      ...format,
      register: 'surat-tugas',
      template: '{classification}/{sequence}/{unit}/{year}',
    };
    const refusal = await app.engine.app.call('numbers.saveFormat', same);
    expect(refusal).toMatchObject({
      ok: false,
      error: {
        code: 'NUMBER_FORMAT_COLLIDES',
        params: { register: 'surat-keluar', unit: 'SETDA', year: 2026 },
      },
    });
    const example = refusal.ok ? '' : String(refusal.error.params?.['example']);
    expect(example).toMatch(/^[0-9.]+\/\d+\/SETDA\/2026$/);

    // Two units that would share their numbers.
    await app.ask('units.save', { code: 'ORG', name: 'Organisasi', parent: 'SETDA' });
    expect(
      await app.refused('numbers.saveFormat', {
        ...format,
        unit: '',
        register: 'spd',
        template: 'SPD/{sequence}',
      }),
    ).toBe('NUMBER_FORMAT_COLLIDES');
    expect(await app.refused('numbers.saveFormat', { ...format, template: '{unit}/{year}' })).toBe(
      'NUMBER_FORMAT_INVALID',
    );
    // A number that was given already and would come again under another sequence.
    await app.ask('numbers.saveFormat', { ...format, register: 'memo', template: 'M-{sequence}/9/{unit}' });
    await app.ask('numbers.hold', { ...held, register: 'memo' });
    await app.ask('numbers.hold', { ...held, register: 'memo' });
    expect(
      await app.refused('numbers.saveFormat', {
        ...format,
        register: 'memo',
        template: 'M-1/{sequence}/{unit}',
      }),
    ).toBe('NUMBER_FORMAT_COLLIDES');
    expect((await app.ask('numbers.formats', {})).own).toHaveLength(2);
  });
});

describe('who may see and change a book', () => {
  it('a registrar keeps those of the own unit and below, an archivist reads them, and no subject that is not theirs', async () => {
    await app.ask('units.save', { code: 'ORG', name: 'Organisasi', parent: 'SETDA' });
    await app.ask('units.save', { code: 'DINKES', name: 'Kesehatan', parent: null });
    const registrar = await invite(app, 'tu', ['registrar'], { unit: 'SETDA' });
    const archivist = await invite(app, 'arsip', ['archivist'], { unit: 'ORG' });
    await sign('Surat terbuka');
    const secret = { ...letterContent('Surat rahasia', head.accountId), security: 'rahasia' as const };
    const { id, revision } = await app.draft(secret);
    await app.ask('letters.sign', { id, revision, signingPassphrase });
    await app.ask('numbers.hold', { ...held, unit: 'DINKES' });
    await app.ask('numbers.hold', { ...held, unit: 'ORG' });

    await activate(app, registrar);
    const seen = await app.ask('numbers.books', {});
    expect(seen.books.map(({ unit, editable }) => [unit, editable])).toEqual([
      ['ORG', true],
      ['SETDA', true],
    ]);
    expect((await entries()).map((one) => one.subject)).toEqual([null, 'Surat terbuka']);
    const paper = await app.ask('numbers.hold', held);
    expect(paper).toMatchObject({ state: 'held', subject: 'Surat kertas' });
    expect(await app.refused('numbers.hold', { ...held, unit: 'DINKES' })).toBe('UNIT_UNKNOWN');
    expect(
      await app.refused('numbers.entries', { ...book, unit: 'DINKES', state: null, text: '', before: null }),
    ).toBe('UNIT_UNKNOWN');

    await activate(app, archivist);
    expect((await app.ask('numbers.books', {})).books).toMatchObject([{ unit: 'ORG', editable: false }]);
    expect(await app.refused('numbers.cancel', { id: paper.id, reason: 'x' })).toBe('NOT_ALLOWED');
    await be(app, head);
    expect((await entries()).map((one) => one.subject)).toEqual([
      'Surat kertas',
      'Surat rahasia',
      'Surat terbuka',
    ]);
    const page = await app.ask('numbers.entries', { ...book, state: null, text: '/1/', before: null });
    expect(page.entries).toHaveLength(1);
  });
});
