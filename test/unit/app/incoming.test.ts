import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewIncoming } from '../../../src/main/core/contract/incoming.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import { pdfWith, picture, pngClaiming, signed, tiffOf } from '../../fixtures/attachments.ts';
import {
  accountPassphrase,
  removeFolder,
  signingPassphrase,
  testApp,
  testCost,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';
import { detail, fromOutside, register } from '../../fixtures/incoming.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let app: TestApp;
let head: TestPerson;
let registrar: TestPerson;
let other: TestPerson;
let clock: TestClock;

/** A vault with three people in it, made once; each test works on a copy of its own. */
let prepared: string;
beforeAll(async () => {
  const first = testApp({ clock: { now: new Date('2026-11-22T03:00:00Z') } });
  prepared = first.dataDir;
  const { session } = await first.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  registrar = await invite(first, 'agendaris', ['registrar'], { unit: 'SETDA', post: 'Pengadministrasi' });
  other = await invite(first, 'tatausaha', ['registrar'], { unit: 'SETDA', post: 'Kepala Tata Usaha' });
  for (const one of [registrar, other]) {
    await activate(first, one);
    await be(first, head);
  }
  await first.close();
}, 60_000);
afterAll(() => removeFolder(prepared));

beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'eletter-test-'));
  cpSync(prepared, dataDir, { recursive: true });
  clock = { now: new Date('2026-11-22T03:00:00Z') };
  app = testApp({ dataDir, clock });
  await be(app, registrar);
}, 30_000);
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

/** As an office sends it that means well: opens with a password only. */
async function withPassword(bytes: Uint8Array): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-test-'));
  const [plain, out] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
  writeFileSync(plain, bytes);
  execFileSync('qpdf', ['--encrypt', 'buka', 'milik', '256', '--', plain, out]);
  const locked = readFileSync(out);
  removeFolder(folder);
  return locked;
}

const letter = (changes: Partial<NewIncoming> = {}): NewIncoming => fromOutside([head.accountId], changes);
const named = (name: string, bytes: Uint8Array) => [{ name, bytes }];
const tryRegister = (bytes: Uint8Array, keepLocked = false) => ({
  letter: letter(),
  files: named('surat.pdf', bytes),
  keepLocked,
  evenThough: false,
});

describe('registering', () => {
  it('keeps the very bytes, gives the next agenda number and delivers to the leader', async () => {
    const bytes = await pdfWith(['Nomor : 005/120/V.01/2026 Undangan rapat koordinasi'], signed);
    const seen = await app.ask('incoming.look', { files: named('undangan.pdf', bytes) });
    expect(seen).toMatchObject({
      type: 'application/pdf',
      pages: 1,
      signatures: 1,
      text: 'all',
      locked: false,
    });
    expect(seen.number).toBe('005/120/V.01/2026');
    const { id, agenda } = await app.ask('incoming.register', { ...tryRegister(bytes) });
    expect(agenda).toEqual({
      unit: 'SETDA',
      year: 2026,
      sequence: 1,
      receivedOn: '2026-11-20',
      state: 'open',
    });
    const kept = await detail(app, id);
    expect(kept).toMatchObject({
      state: 'registered',
      number: '005/120/V.01/2026',
      mine: true,
      unread: false,
    });
    expect(kept.sha256).toBe(seen.sha256);
    const file = await app.engine.app.signedPdf(id, 'test');
    expect(file.ok && Buffer.from(file.value.pdf).equals(Buffer.from(bytes))).toBe(true);
    expect((await app.ask('home.counters', {})).sentUnread).toBe(0);
    await app.engine.app.settled();
    expect((await detail(app, id)).verification).not.toBeNull();
    await be(app, head);
    const [row] = await app.ask('letters.list', { folder: 'incoming' });
    expect(row).toMatchObject({ id, senderName: 'Dinas Pendidikan Provinsi Lampung', unread: true });
    expect((await app.ask('home.counters', {})).notFollowedUp).toBe(1);
    expect((await app.ask('notices.list', {})).map((one) => one.kind)).toEqual(['letter-arrived']);
  }, 90_000);

  it('takes a scan of 300 pages at once, and says what a search will not find', async () => {
    const document = await PDFDocument.create({ updateMetadata: false });
    const scan = await document.embedJpg(await picture(400, 560, 'jpeg'));
    for (let page = 0; page < 300; page += 1)
      document.addPage([595, 842]).drawImage(scan, { x: 0, y: 0, width: 595, height: 842 });
    const bytes = await document.save();
    const seen = await app.ask('incoming.look', { files: named('pindaian.pdf', bytes) });
    expect(seen).toMatchObject({ pages: 300, text: 'none', number: null });
    const { id } = await register(app, letter(), named('pindaian.pdf', bytes));
    const { registration } = await app.ask('incoming.read', { id });
    expect(registration).toMatchObject({ pages: 300, source: 'pdf', text: 'none' });
  }, 90_000);

  it('makes one letter of several photos, which show and print as pages', async () => {
    const photos = [await picture(300, 200, 'jpeg'), await picture(200, 300, 'png')];
    const files = photos.map((bytes, index) => ({ name: `foto${index}.jpg`, bytes }));
    const { id } = await register(app, letter(), files);
    const { registration } = await app.ask('incoming.read', { id });
    expect(registration).toMatchObject({ source: 'picture', type: 'application/zip', pages: 2 });
    expect(registration?.fileNames).toEqual(['foto0.jpg', 'foto1.jpg']);
    const shown = await app.ask('letters.document', { id });
    const pages = (await PDFDocument.load(shown.pdf)).getPages();
    expect(pages.map((one) => Math.round(one.getWidth()))).toEqual([842, 595]);
    const printed = await app.engine.app.signedPdf(id, 'test');
    expect(printed.ok && Buffer.from(printed.value.pdf).subarray(0, 5).toString()).toBe('%PDF-');
    await app.engine.app.settled();
    expect((await detail(app, id)).verification).toBeNull();
    expect(await app.refused('letters.verify', { id })).toBe('NOT_FOUND');
  });

  it('shows a fax in TIFF, and has nothing to show of paper', async () => {
    const strip = Buffer.alloc(50 * 7, 0x0f);
    const tiff = tiffOf([
      {
        width: 50,
        height: 50,
        tags: [
          [258, 3, 1],
          [259, 3, 1],
          [262, 3, 1],
          [277, 3, 1],
        ],
        strip,
      },
    ]);
    const fax = await register(app, letter(), named('fax.tif', tiff));
    expect((await app.ask('letters.document', { id: fax.id })).pdf.length).toBeGreaterThan(100);
    const paper = await register(app, letter({ number: '' }));
    expect(await app.refused('letters.document', { id: paper.id })).toBe('NOT_FOUND');
    expect((await app.ask('incoming.read', { id: paper.id })).registration).toMatchObject({
      source: 'paper',
    });
    expect((await detail(app, paper.id)).number).toBeNull();
  });
});

describe('a file that cannot be taken', () => {
  it('is refused by what is wrong with it, and leaves nothing behind', async () => {
    const whole = Buffer.from(await pdfWith(['Surat']));
    const jpeg = await picture(300, 200, 'jpeg');
    const wrong: readonly (readonly [string, Uint8Array])[] = [
      ['INCOMING_BROKEN', new Uint8Array()],
      ['INCOMING_TYPE', Buffer.from('halo dunia')],
      ['INCOMING_TOO_LARGE', pngClaiming(20_000, 20_000)],
      ['INCOMING_BROKEN', jpeg.subarray(0, jpeg.length / 2)],
      ['INCOMING_BROKEN', whole.subarray(0, 60)],
    ];
    for (const [code, bytes] of wrong) {
      expect([code, await app.refused('incoming.look', { files: named('x', bytes) })]).toEqual([code, code]);
      expect(await app.refused('incoming.register', tryRegister(bytes))).toBe(code);
    }
    const mixed = [...named('a.pdf', whole), ...named('b.jpg', jpeg)];
    expect(await app.refused('incoming.look', { files: mixed })).toBe('INCOMING_MIXED');
    expect((await register(app, letter())).sequence).toBe(1);
  });

  it('asks for a password: refused with the choice to keep it as it is', async () => {
    const locked = await withPassword(await pdfWith(['Rahasia']));
    const seen = await app.ask('incoming.look', { files: named('terkunci.pdf', locked) });
    expect(seen).toMatchObject({ locked: true, pdf: null, pages: 0 });
    expect(await app.refused('incoming.register', tryRegister(locked))).toBe('INCOMING_LOCKED');
    const { id } = await app.ask('incoming.register', tryRegister(locked, true));
    expect(await app.refused('letters.document', { id })).toBe('INCOMING_LOCKED');
    const file = await app.engine.app.signedPdf(id, 'test');
    expect(file.ok && Buffer.from(file.value.pdf).equals(locked)).toBe(true);
  });
});

describe('a letter that may be registered already', () => {
  it('is noticed by sender, number and date without separators, and by its bytes', async () => {
    const bytes = await pdfWith(['Satu']);
    const { id } = await register(app, letter(), named('satu.pdf', bytes));
    const { sha256 } = await app.ask('incoming.look', { files: named('lain.pdf', bytes) });
    const again = {
      sender: 'dinas pendidikan provinsi lampung',
      number: '005 120 v.01-2026',
      date: '2026-11-18',
    };
    const { same } = await app.ask('incoming.check', { ...again, sha256: null });
    expect(same).toMatchObject([{ id, because: 'words', agenda: { sequence: 1 } }]);
    const byFile = await app.ask('incoming.check', {
      sender: 'Lain',
      number: '9',
      date: '2026-01-01',
      sha256,
    });
    expect(byFile.same).toMatchObject([{ id, because: 'file' }]);
    const otherDay = await app.ask('incoming.check', { ...again, date: '2026-11-19', sha256: null });
    expect(otherDay).toEqual({ same: [], hidden: 0 });
    expect(await app.refused('incoming.register', tryRegister(bytes))).toBe('INCOMING_DOUBLE');
    const more = await app.ask('incoming.register', { ...tryRegister(bytes), evenThough: true });
    expect(more.agenda.sequence).toBe(2);
  });

  it('is only said to be there where the registrar may not see it', async () => {
    await register(app, letter({ security: 'rahasia' }));
    await be(app, other);
    const { sender, number, date } = letter();
    expect(await app.ask('incoming.check', { sender, number, date, sha256: null })).toEqual({
      same: [],
      hidden: 1,
    });
  });
});

describe('the agenda book', () => {
  it('skips no number and gives none twice when twenty are entered at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => register(app, letter({ number: `${index}` }))),
    );
    expect(made.map((one) => one.sequence).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it('begins again on 1 January, by the day of receipt', async () => {
    await register(app, letter({ receivedOn: '2026-11-20' }));
    clock.now = new Date('2027-01-04T03:00:00Z');
    const enter = async (receivedOn: string) =>
      (
        await app.ask('incoming.register', {
          letter: letter({ receivedOn }),
          files: [],
          keepLocked: false,
          evenThough: true,
        })
      ).agenda;
    expect(await enter('2027-01-04')).toMatchObject({ year: 2027, sequence: 1 });
    expect(await enter('2026-12-31')).toMatchObject({ year: 2026, sequence: 2 });
    expect(await enter('2027-01-02')).toMatchObject({ year: 2027, sequence: 2 });
    expect(
      await app.refused('incoming.register', {
        letter: letter({ receivedOn: '2027-01-05' }),
        files: [],
        keepLocked: false,
        evenThough: true,
      }),
    ).toBe('INCOMING_DATE');
  });

  it('keeps the number of a voided letter as batal, and its receiver has nothing any more', async () => {
    const { id } = await register(app, letter());
    await be(app, other);
    await app.ask('incoming.void', { id, reason: 'Salah pindai' });
    await be(app, registrar);
    expect((await detail(app, id)).state).toBe('voided');
    expect((await app.ask('incoming.read', { id })).agenda).toMatchObject([{ sequence: 1, state: 'batal' }]);
    expect((await register(app, letter())).sequence).toBe(2);
    await be(app, head);
    expect((await app.ask('letters.list', { folder: 'incoming' })).map((one) => one.id)).not.toContain(id);
    expect(await app.refused('letters.get', { id })).toBe('NOT_FOUND');
    expect(await app.ask('notices.list', {})).toHaveLength(1);
  });

  it('voids nothing that its receiver has opened', async () => {
    const { id } = await register(app, letter());
    await be(app, head);
    await app.ask('letters.markRead', { id });
    await be(app, registrar);
    expect(await app.refused('incoming.void', { id, reason: 'Salah' })).toBe('LETTER_ALREADY_READ');
  });
});

describe('a form that is not registered yet', () => {
  it('outlives a lock, is its owner’s alone, and is forgotten on request', async () => {
    await app.ask('incoming.keepForm', { form: '{"subject":"Rapat"}' });
    await be(app, other);
    expect(await app.ask('incoming.keptForm', {})).toEqual({ form: null });
    await be(app, registrar);
    expect(await app.ask('incoming.keptForm', {})).toEqual({ form: '{"subject":"Rapat"}' });
    await app.ask('incoming.keepForm', { form: null });
    expect(await app.ask('incoming.keptForm', {})).toEqual({ form: null });
  });
});

describe('correcting', () => {
  const facts = () => {
    const { security: _security, to: _to, copies: _copies, ...rest } = letter();
    return rest;
  };

  it('changes what was mistyped, names the fields in the log, and finds duplicates by the new words', async () => {
    const { id } = await register(app, letter({ number: '1' }));
    await be(app, other);
    const { registration } = await app.ask('incoming.correct', {
      id,
      facts: { ...facts(), number: '77/X', subject: 'Rapat', receivedOn: '2026-11-19' },
    });
    expect(registration).toMatchObject({ number: '77/X', subject: 'Rapat', receivedOn: '2026-11-19' });
    const { sender, date } = letter();
    const again = await app.ask('incoming.check', { sender, number: '77-x', date, sha256: null });
    expect(again.same.map((one) => one.id)).toEqual([id]);
    expect((await detail(app, id)).subject).toBe('Rapat');
    await be(app, head);
    const { lines } = await app.ask('audit.list', { before: null });
    const line = lines.find((one) => one.action === 'letter.registration-corrected');
    expect(line?.facts).toEqual({ fields: 'number, receivedOn, subject' });
  });

  it('stays in the year of its agenda number, and ends when an addressee has settled it', async () => {
    const { id } = await register(app, letter());
    expect(
      await app.refused('incoming.correct', { id, facts: { ...facts(), receivedOn: '2025-12-31' } }),
    ).toBe('INCOMING_YEAR');
    await be(app, head);
    await app.ask('incoming.settle', { id, accountId: head.accountId, how: 'not-needed', reason: 'Sudah' });
    await be(app, registrar);
    expect(await app.refused('incoming.correct', { id, facts: { ...facts(), subject: 'X' } })).toBe(
      'INCOMING_SETTLED',
    );
  });
});

describe('a letter of a sealed class', () => {
  it('leaves no word of it readable in any table without its key', async () => {
    const secret = 'sangatrahasiasekali';
    const bytes = await pdfWith([`Isi ${secret}`]);
    const sealed = letter({
      security: 'rahasia',
      subject: `Hal ${secret}`,
      note: `Catatan ${secret}`,
      senderPlace: secret,
    });
    await app.ask('incoming.keepForm', { form: JSON.stringify(sealed) });
    const { id } = await register(app, sealed, named(`${secret}.pdf`, bytes));
    await be(app, head);
    expect((await app.ask('incoming.read', { id })).registration?.note).toBe(`Catatan ${secret}`);
    expect((await app.ask('letters.document', { id })).pdf.length).toBeGreaterThan(100);
    // Its readers find it by the text of its scan, nobody else does.
    const isi = { query: `isi ${secret}`, filters: {}, after: null, limit: 5 } as const;
    expect((await app.ask('search.find', isi)).hits.map((hit) => hit.letter.id)).toEqual([id]);
    await app.ask('incoming.settle', {
      id,
      accountId: head.accountId,
      how: 'not-needed',
      reason: `Alasan ${secret}`,
    });
    await be(app, other);
    expect(await app.refused('incoming.read', { id })).toBe('NOT_FOUND');
    expect((await app.ask('search.find', isi)).hits).toEqual([]);
    await app.ask('vault.seal', {});
    const { vault } = await unlockVault(
      { folder: join(app.dataDir, 'vault'), cost: testCost, now: clock.now },
      other.accountId,
      other.accountPassphrase,
    );
    try {
      const tables = vault.read.all<{ name: string }>(
        sql`SELECT name FROM sqlite_schema WHERE type = 'table'`,
      );
      const found: string[] = [];
      for (const { name } of tables) {
        const rows = vault.read.all<Record<string, unknown>>({
          text: `SELECT * FROM "${name}"`,
          values: [],
        });
        for (const row of rows)
          for (const value of Object.values(row)) {
            const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
            if (text.includes(secret)) found.push(name);
          }
      }
      expect(found).toEqual([]);
    } finally {
      vault.close();
    }
  });

  it('is closed to its receivers when it is voided, and open to who entered it', async () => {
    const { id } = await register(app, letter({ security: 'rahasia' }));
    await app.ask('incoming.void', { id, reason: 'Salah alamat' });
    expect((await detail(app, id)).subject).toBe('Undangan rapat koordinasi');
    await be(app, head);
    expect(await app.refused('letters.get', { id })).toBe('NOT_FOUND');
  });
});
