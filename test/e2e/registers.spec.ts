import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { sql, unlockVault } from '../../src/main/core/vault/index.ts';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import {
  accountPassphrase,
  letterContent,
  signingPassphrase,
  testApp,
  testCost,
} from '../fixtures/engine.ts';
import { insertDisposed, insertRegistered } from '../fixtures/registers.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  answerWithPath,
  expectHome,
  look,
  lookAround,
  openFolder,
  openSection,
  openSettings,
  text,
  unlock,
} from './steps.ts';

const words = text.registers;
const year = new Date().getFullYear();
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

let app: AppHandle;
let folder: string;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-registers-'));
  await office(folder);
  app = await launch({ userData: folder });
});
test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An office at work: letters in and out, one number batal, work that lies. */
async function office(dataDir: string): Promise<void> {
  const core = testApp({ dataDir });
  const { session } = await core.firstRun();
  const { accountId } = session;
  await core.ask('people.setRoles', {
    accountId,
    roles: ['administrator', 'registrar', 'drafter', 'signer'],
  });
  await core.ask('identity.createTest', { signingPassphrase });
  for (const subject of ['Undangan rapat koordinasi persiapan Musrenbang tahun 2027', 'Laporan bulanan']) {
    const { id, revision } = await core.draft({
      ...letterContent(subject),
      recipients: [{ accountId: null, name: 'Camat Sukadana', place: 'Sukadana' }],
      copies: [{ accountId: null, name: 'Inspektur Kabupaten Lampung Timur', place: '' }],
    });
    await core.ask('letters.sign', { id, revision, signingPassphrase });
  }
  const held = await core.ask('numbers.hold', {
    register: 'surat-keluar',
    unit: 'SETDA',
    date: today,
    classification: '000.8.3',
    security: 'biasa',
    subject: 'Surat kertas',
    reason: '',
    holderId: null,
  });
  await core.ask('numbers.cancel', { id: held.id, reason: 'salah ketik di kertas' });
  await core.close();
  const options = { folder: join(dataDir, 'vault'), cost: testCost, now: new Date() };
  const { vault } = await unlockVault(options, accountId, accountPassphrase);
  vault.write((db) => {
    db.run(sql`UPDATE unit SET name = 'Sekretariat Daerah' WHERE code = 'SETDA'`);
    const ids = ['a', 'b', 'c', 'd'].map((one) => `${one.repeat(8)}-0000-4000-8000-000000000000`);
    const [first = '', second = '', third = '', fourth = ''] = ids;
    const common = { by: accountId, leader: accountId, receivedOn: today };
    const invitation =
      'Undangan rapat evaluasi penyerapan anggaran triwulan tiga beserta bahan yang perlu disiapkan';
    insertRegistered(db, { ...common, id: first, sequence: 1, subject: invitation });
    insertRegistered(db, { ...common, id: second, sequence: 2, batal: 'tercatat dua kali' });
    insertRegistered(db, { ...common, id: third, sequence: 3, subject: 'Permohonan data penduduk' });
    insertRegistered(db, {
      ...common,
      id: fourth,
      sequence: 4,
      receivedOn: `${year}-01-05`,
      remark: 'lewat pos',
    });
    insertDisposed(db, {
      id: 'd1',
      letter: first,
      giver: accountId,
      to: [accountId],
      deadline: `${year}-01-02`,
    });
  });
  vault.close();
}

async function open(): Promise<Page> {
  const page = await app.firstWindow();
  await unlock(page, 'sekda', accountPassphrase);
  await expectHome(page);
  return page;
}

const tab = (page: Page, name: string) =>
  page.getByRole('group', { name: words.tabs, exact: true }).getByRole('button', { name, exact: true });

test('the books show what came in and went out, are saved and printed', async () => {
  test.setTimeout(180_000);
  const page = await open();
  await openSection(page, text.rail.numbers);
  await expect(page.getByRole('heading', { level: 1, name: text.numbers.title })).toBeVisible();

  await tab(page, words.tab.incoming).click();
  const agenda = page.getByRole('table', { name: words.title.incoming });
  await expect(agenda.getByRole('row')).toHaveCount(5);
  await expect(agenda).toContainText('tercatat dua kali');
  await lookAround(page, 'registers-incoming');

  const file = join(folder, 'agenda.csv');
  await answerWithPath(app, file);
  await page.getByRole('button', { name: words.saveAs('CSV'), exact: true }).click();
  await expect(page.getByText(words.saved('agenda.csv'))).toBeVisible();
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(6);
  await page.getByRole('button', { name: words.print, exact: true }).click();
  await expect(page.getByText(text.common.printed)).toBeVisible({ timeout: 20_000 });
  expect(await app.recorded('print')).toHaveLength(1);

  // A month without anything says so, and days can be named.
  await page.getByLabel(words.month, { exact: true }).selectOption('days');
  await page.getByLabel(words.until, { exact: true }).fill(`${year}-01-31`);
  await expect(agenda.getByRole('row')).toHaveCount(2);
  await page.getByLabel(words.until, { exact: true }).fill(`${year}-01-01`);
  await expect(page.getByText(words.empty.incoming)).toBeVisible();
  await look(page, 'registers-empty');

  await tab(page, words.tab.outgoing).click();
  const outgoing = page.getByRole('table', { name: words.title.outgoing });
  await expect(outgoing).toContainText('salah ketik di kertas');
  await look(page, 'registers-outgoing');
  await page.getByRole('button', { name: words.metadata, exact: true }).click();
  await look(page, 'registers-metadata');
  const metadata = join(folder, 'metadata.jsonl');
  await answerWithPath(app, metadata);
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words.metadataFormats.jsonl).click();
  await dialog.getByRole('button', { name: words.metadataConfirm, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  expect(readFileSync(metadata, 'utf8').trim().split('\n')).toHaveLength(5);

  await tab(page, words.tab.pendency).click();
  await expect(page.getByRole('table', { name: words.pendency.table })).toContainText(
    words.pendency.kinds.dispositions,
  );
  await lookAround(page, 'registers-pendency');

  // A line leads to its letter.
  await tab(page, words.tab.outgoing).click();
  await outgoing.getByRole('button', { name: 'Laporan bulanan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Laporan bulanan' })).toBeVisible();
});

test('a letter that was handed over stands in the expedition book and can be voided', async () => {
  test.setTimeout(180_000);
  const page = await open();
  const dispatch = text.dispatch;
  await openFolder(page, text.letters.folder.notSent);
  await page.getByText('Laporan bulanan').first().click();
  await expect(page.getByRole('heading', { name: dispatch.title })).toBeVisible();
  await page.getByRole('button', { name: dispatch.record, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: dispatch.confirm, exact: true }).click();
  await expect(dialog.getByText(text.common.required)).toBeVisible();
  await dialog.getByRole('textbox', { name: dispatch.carrier }).fill('Kurir: Agus');
  await dialog.getByRole('textbox', { name: dispatch.receiverShort }).first().fill('Andi, staf kecamatan');
  await look(page, 'dispatch-record');
  await dialog.getByRole('button', { name: dispatch.confirm, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  const list = page.getByRole('list', { name: dispatch.title });
  await expect(list.getByText(dispatch.entry(`1/${year}`))).toBeVisible();
  await list.getByText(dispatch.entry(`2/${year}`)).scrollIntoViewIfNeeded();
  await look(page, 'dispatch-recorded');

  await page.getByRole('button', { name: dispatch.voidOf(`2/${year}`) }).click();
  await dialog.getByRole('textbox', { name: dispatch.reason }).fill('salah alamat');
  await dialog.getByRole('button', { name: dispatch.voidConfirm, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  await expect(list).toContainText(dispatch.batal('salah alamat'));
  await expect(list.getByText(dispatch.notYet)).toBeVisible();

  await openSection(page, text.rail.numbers);
  await tab(page, words.tab.expedition).click();
  const book = page.getByRole('table', { name: words.title.expedition });
  await expect(book.getByRole('row')).toHaveCount(3);
  await expect(book).toContainText('Andi, staf kecamatan');
  await look(page, 'registers-expedition');

  // The same in English.
  await openSettings(page, text.settings.section.appearance);
  await page.getByText(text.languages.en, { exact: true }).click();
  await page.getByRole('button', { name: en.rail.numbers, exact: true }).click();
  for (const one of ['incoming', 'expedition', 'pendency'] as const) {
    await page
      .getByRole('group', { name: en.registers.tabs, exact: true })
      .getByRole('button', { name: en.registers.tab[one], exact: true })
      .click();
    await expect(page.getByRole('table')).toBeVisible();
    await look(page, `registers-${one}-en`);
  }
});
