import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { LetterState, Urgency } from '../../src/main/core/contract/index.ts';
import { sql, unlockVault, type WriteDb } from '../../src/main/core/vault/index.ts';
import { eightCounters } from '../../src/main/core/contract/reminders.ts';
import { accountPassphrase, letterContent, testApp, testCost } from '../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../fixtures/people.ts';
import { launch, shot, type AppHandle } from './fixture.ts';
import { expectHome, lock, look, lookAround, openSection, openSettings, text, unlock } from './steps.ts';

/** Home of somebody with everything to do, who stands in for the head today; and of somebody with nothing. */
test.setTimeout(240_000);
let folder: string;
let app: AppHandle;
let budi: TestPerson;
let wati: TestPerson;
const hour = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hour).toISOString();
const dayAgo = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(Date.now() - days * 24 * hour);

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-home-'));
  const office = testApp({ dataDir: folder });
  const { session } = await office.firstRun();
  budi = await invite(office, 'budi', ['drafter', 'reviewer', 'signer'], {
    name: 'Budi Santoso',
    unit: 'ORG',
  });
  wati = await invite(office, 'wati', ['reviewer'], { name: 'Wati Lestari', unit: 'ORG' });
  await activate(office, budi);
  await office.ask('identity.createTest', { signingPassphrase: budi.signingPassphrase });
  await activate(office, wati);
  await be(office, { accountId: session.accountId, accountPassphrase });
  await office.ask('deputies.add', {
    principalId: session.accountId,
    deputyId: budi.accountId,
    from: dayAgo(1),
    until: dayAgo(-3),
  });
  await office.close();
  const { vault } = await unlockVault(
    { folder: join(folder, 'vault'), cost: testCost, now: new Date() },
    session.accountId,
    accountPassphrase,
  );
  vault.write((db) => fill(db, { head: session.accountId, budi: budi.accountId, wati: wati.accountId }));
  vault.close();
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.beforeEach(async () => {
  app = await launch({ userData: folder });
});
test.afterEach(() => app.close());

/** What several desks and weeks of work would leave behind. */
function fill(
  db: WriteDb,
  who: { readonly head: string; readonly budi: string; readonly wati: string },
): void {
  let made = 0;
  const letter = (
    subject: string,
    state: LetterState,
    author: string,
    urgency: Urgency = 'biasa',
    hoursAgo = 3,
  ): string => {
    made += 1;
    const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
    const content = JSON.stringify({ ...letterContent(subject), urgency });
    const fromOutside = state === 'registered';
    db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at,
        sender_post, sender_unit, number, letter_date)
      VALUES (${id}, 'surat-dinas', ${state}, ${urgency}, ${subject}, ${author}, 1, ${content}, ${ago(hoursAgo)},
        ${ago(hoursAgo)}, ${fromOutside ? 'Camat Sukadana' : 'Sekretaris Daerah'}, ${fromOutside ? '' : 'SETDA'},
        ${fromOutside ? `005/${made}/SKD/2026` : null}, ${fromOutside ? dayAgo(4) : null})`);
    return id;
  };
  const received = (
    id: string,
    role: 'to' | 'copy',
    account: string | null,
    at: string,
    read: string | null,
  ): void =>
    void db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, read_at,
        position, security, author_id)
      SELECT ${id}, ${role}, (SELECT count(*) FROM letter_party WHERE letter_id = ${id}), ${account}, 'Camat Labuhan Ratu',
        '', '', ${account === null ? null : at}, ${read}, position, security, author_id FROM letter WHERE id = ${id}`);
  const turn = (id: string, role: 'paraf' | 'sign', account: string, at: string): void =>
    void db.run(sql`INSERT INTO letter_step (letter_id, role, place, account_id, asked_at)
      VALUES (${id}, ${role}, 0, ${account}, ${at})`);
  const task = (id: string, state: 'unread' | 'working', deadline: string | null, at: string): void => {
    db.run(sql`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, deadline, given_at)
      VALUES (${`d-${id}`}, ${id}, ${who.head}, ${who.head}, '[]', ${deadline}, ${at})`);
    db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id,
        place, lead, state, deadline, given_at)
      SELECT ${`t-${id}`}, ${`d-${id}`}, id, position, security, ${who.head}, ${who.budi}, 0, 1, ${state}, ${deadline},
        ${at} FROM letter WHERE id = ${id}`);
  };

  turn(letter('Penunjukan panitia pengadaan', 'ready', who.wati, 'segera', 5), 'sign', who.budi, ago(5));
  for (const subject of ['Izin cuti tahunan', 'Perjanjian kerja sama desa'])
    turn(letter(subject, 'ready', who.wati), 'sign', who.head, ago(3));
  turn(letter('Jadwal piket November', 'review', who.wati, 'segera', 60), 'paraf', who.budi, ago(60));
  for (const subject of ['Undangan upacara', 'Permohonan data penduduk'])
    received(letter(subject, 'signed', who.budi), 'to', null, ago(3), null);
  received(
    letter('Laporan banjir Way Jepara', 'registered', who.wati, 'amat-segera', 30),
    'to',
    who.budi,
    ago(30),
    null,
  );
  received(letter('Permintaan narasumber', 'registered', who.wati), 'to', who.budi, ago(2), null);
  received(letter('Undangan musrenbang', 'registered', who.wati), 'to', who.head, ago(2), null);
  received(letter('Usulan perbaikan jalan', 'registered', who.wati), 'to', who.budi, ago(20), ago(19));
  received(letter('Tembusan laporan bulanan', 'registered', who.wati), 'copy', who.budi, ago(4), null);
  const disposed = (subject: string): string => {
    const id = letter(subject, 'registered', who.wati, 'biasa', 100);
    received(id, 'to', who.head, ago(100), ago(99));
    db.run(
      sql`UPDATE letter_party SET settled_at = ${ago(98)}, settled_how = 'disposed' WHERE letter_id = ${id}`,
    );
    return id;
  };
  task(disposed('Data stunting per desa'), 'unread', null, ago(6));
  task(disposed('Bahan rapat koordinasi'), 'unread', dayAgo(-2), ago(6));
  task(disposed('Tanggapan atas temuan inspektorat'), 'working', dayAgo(2), ago(98));
  letter('Konsep surat edaran', 'draft', who.budi);
  letter('Surat tugas yang dikembalikan', 'returned', who.budi);
}

/** The accounts to choose from are there. */
async function opened(): Promise<Page> {
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(page.getByRole('radio', { name: 'wati' })).toBeAttached();
  return page;
}

const counterRow = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}`) }).filter({ has: page.locator('.ledger-count') });

test('says what waits, for whom, and opens each list as long as its number', async () => {
  const page = await opened();
  await unlock(page, 'budi', budi.accountPassphrase);
  await expectHome(page, /Budi Santoso/);

  // One notification with numbers alone.
  await expect.poll(async () => (await app.recorded('notification')).length).toBe(1);
  const [summary] = await app.recorded('notification');
  expect(summary?.facts).toMatchObject({
    title: 'Yang menunggu Anda',
    body: '3 tanda tangan, 1 paraf, 3 surat masuk belum dibaca, 4 surat belum ditindaklanjuti, 3 disposisi, 1 tembusan',
  });
  await expect(page).toHaveTitle(/^\(12\) /);
  await expect(page.getByRole('button', { name: text.reminders.waitingLetters('12') })).toBeVisible();

  const numbers = await page.locator('.ledger').first().locator('.ledger-count').allInnerTexts();
  expect(numbers).toEqual(['3', '2', '1', '3', '4', '2', '3', '1']);
  await expect(counterRow(page, text.home.counters.toSign)).toContainText(
    'untuk Anda 1 · untuk Siti Rahmawati 2',
  );
  await look(page, 'home-full');

  for (const [at, key] of eightCounters.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one screen, one list at a time
    await openSection(page, text.rail.home);
    // oxlint-disable-next-line no-await-in-loop
    await counterRow(page, text.home.counters[key]).press('Enter');
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.locator('.rows .row'), key).toHaveCount(Number(numbers[at]));
  }
  await shot(page, 'home-copies-list');

  // What presses: the deadline first; a click opens the letter in its list.
  await openSection(page, text.rail.home);
  const urgent = page.getByRole('region', { name: text.reminders.urgent }).getByRole('button');
  await expect(urgent).toHaveCount(3);
  await expect(urgent.first()).toContainText('Tanggapan atas temuan inspektorat');
  await urgent.nth(1).press('Enter');
  await expect(page.getByRole('heading', { name: 'Laporan banjir Way Jepara' }).first()).toBeVisible();
  await shot(page, 'home-urgent-opened');
});

test('is calm where nothing waits, and the same in the other language and by night', async () => {
  const page = await opened();
  await unlock(page, 'wati', wati.accountPassphrase);
  await expectHome(page, /Wati Lestari/);
  await expect(page.getByText(text.reminders.nothingWaits)).toBeVisible();
  await expect(page).not.toHaveTitle(/^\(/);
  await look(page, 'home-empty');
  await lock(page);
  await unlock(page, 'budi', budi.accountPassphrase);
  await expectHome(page, /Budi Santoso/);
  await lookAround(page, 'home-budi');
  await page.evaluate(() => window.eletter.app.setLanguage({ language: 'en' }));
  await page.reload();
  await page.setViewportSize({ width: 1366, height: 768 });
  await expectHome(page, /Budi Santoso/);
  await look(page, 'home-english');
  await page.evaluate(() => window.eletter.app.setLanguage({ language: 'id' }));
});

test('keeps notices in one place, and says what to check when none appears', async () => {
  const page = await opened();
  await unlock(page, 'budi', budi.accountPassphrase);
  await expectHome(page, /Budi Santoso/);
  await openSection(page, text.rail.notices);
  await expect(page.getByText(/^Disposisi lewat batas waktu/)).toBeVisible();
  await look(page, 'notices-reminders');
  await page.getByRole('button', { name: text.reminders.markAll }).click();
  await page.getByRole('checkbox', { name: text.reminders.unreadOnly }).check();
  await expect(page.getByText(text.reminders.noneUnread)).toBeVisible();
  await openSettings(page, text.settings.section.notices);
  await page.getByRole('button', { name: text.settings.testNotice }).click();
  await page.getByRole('button', { name: text.reminders.testUnseen }).click();
  await expect(page.getByText(text.reminders.testCheck)).toBeVisible();
  await look(page, 'settings-notices');
});
