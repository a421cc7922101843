import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  addPerson,
  activate,
  chooseKind,
  fillLetter,
  firstRun,
  lock,
  openFolder,
  openPerson,
  look,
  openSection,
  passphrases,
  signLetter,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

async function started(): Promise<Page> {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  return page;
}

/** The window itself has nowhere to scroll to; its panes do. */
async function expectNoScroll(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight))
    .toBe(0);
}

test('draft, live preview, sign, verify, save, print, show, mail', async () => {
  const page = await started();
  await openSection(page, text.rail.letters);
  await look(page, 'letters-empty');
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Laporan bulanan layanan', outside: 'Kepala Dinas Pendidikan' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
  await expect(
    page.getByRole('region', { name: text.editor.previewOf }).locator('canvas, img').first(),
  ).toBeVisible({ timeout: 20_000 });
  await expectNoScroll(page);
  await look(page, 'editor');
  await signLetter(page, passphrases.signing, () => look(page, 'sign-dialog'));
  await expect(
    page.getByText(/Surat ditandatangani dengan nomor 000\.8\.3\/1\/SETDA\/\d{4}/).first(),
  ).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { level: 1, name: 'Laporan bulanan layanan' })).toBeFocused();
  await expectNoScroll(page);
  await look(page, 'letter-signed');

  await page
    .getByRole('group', { name: text.letters.actions })
    .getByRole('button', { name: text.letters.verify, exact: true })
    .click();
  await expect(page.getByText(text.verify.sentence.untrusted).first()).toBeVisible({ timeout: 15_000 });
  await look(page, 'letter-verified');
  await page.keyboard.press('Escape');

  const path = join(tmpdir(), `eletter-e2e-${process.pid}.pdf`);
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
  }, path);
  await page.getByRole('button', { name: text.letters.savePdf, exact: true }).click();
  await expect(page.getByText(/^Disimpan sebagai/).first()).toBeVisible();
  const saved = readFileSync(path);
  expect(saved.subarray(0, 5).toString()).toBe('%PDF-');
  expect(saved.includes('/ByteRange')).toBe(true);
  await page.getByRole('button', { name: text.letters.showFolder, exact: true }).click();
  await expect.poll(() => app.recorded('show-in-folder')).toHaveLength(1);
  await page.getByRole('button', { name: text.letters.mail, exact: true }).click();
  await expect.poll(() => app.recorded('open-path')).toHaveLength(1);
  await page.getByRole('button', { name: text.letters.print, exact: true }).click();
  await expect(page.getByText(text.common.printed).first()).toBeVisible({ timeout: 20_000 });
  // On paper there is the letter and nothing of the window.
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#root')).toBeHidden();
});

test('a second person: added, activated, told once, counted until read', async () => {
  const page = await started();
  await addPerson(
    page,
    {
      username: 'budi',
      name: 'Budi Santoso',
      post: 'Kepala Dinas Kominfo',
      unit: 'KOMINFO',
      initial: 'sandi awal budi',
    },
    () => look(page, 'settings-people'),
  );
  await openPerson(page, 'Budi Santoso');
  await page.getByRole('button', { name: text.people.editOf('Budi Santoso') }).click();
  const editing = page.getByRole('dialog');
  await editing.getByRole('textbox', { name: text.person.rank }).fill('Pembina (IV/a)');
  await look(page, 'settings-edit-person');
  await editing.getByRole('button', { name: text.people.editConfirm, exact: true }).click();
  await expect(editing).toBeHidden();
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Nota Dinas');
  await fillLetter(page, { subject: 'Rapat persiapan', inside: 'Kepala Dinas Kominfo' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
  await signLetter(page, passphrases.signing);
  await expect(page.getByText(/disampaikan kepada 1 penerima/).first()).toBeVisible({ timeout: 20_000 });
  expect(await app.recorded('notification')).toEqual([]);

  // The counter opens exactly what it counts.
  await openSection(page, text.rail.home);
  await page.getByRole('button', { name: `${text.home.counters.sentUnread} 1` }).click();
  await expect(page.getByRole('checkbox', { name: text.letters.awaitingOnly })).toBeChecked();
  const rows = page.getByRole('region', { name: text.letters.list(text.letters.folder.outgoing) });
  await expect(rows.getByRole('listitem')).toHaveText([/Rapat persiapan.*Belum dibaca penerima/]);

  await lock(page);
  await unlock(page, 'budi', 'sandi awal budi');
  await activate(page, 'sandi akun milik budi', 'tanda tangan budi', () => look(page, 'activation'));
  await expect(page.getByRole('heading', { level: 1, name: /Budi Santoso/ })).toBeVisible({
    timeout: 20_000,
  });
  await expect.poll(() => app.recorded('notification')).toHaveLength(1);
  expect((await app.recorded('notification'))[0]?.facts).toMatchObject({
    title: 'Surat masuk dari Sekretaris Daerah',
    body: 'Rapat persiapan',
  });
  await expect.poll(async () => (await app.recorded('badge')).at(-1)?.facts).toMatchObject({ count: 1 });
  await look(page, 'home-one-unread');

  await app.clickNotification(0);
  await expect(page.getByRole('heading', { name: 'Rapat persiapan' }).first()).toBeVisible({
    timeout: 15_000,
  });
  // Read, and not followed up: the icon still counts it.
  await expect.poll(async () => (await app.recorded('badge')).at(-1)?.facts).toMatchObject({ count: 1 });
  await look(page, 'letter-incoming');

  await lock(page);
  await unlock(page, 'budi', 'sandi akun milik budi');
  await expect(page.getByRole('heading', { level: 1, name: /Budi Santoso/ })).toBeVisible({
    timeout: 20_000,
  });
  expect(await app.recorded('notification')).toHaveLength(1);
});

test('a draft survives being killed, and other screens look right too', async () => {
  const page = await started();
  const userData = app.userData;
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Undangan');
  await fillLetter(page, { subject: 'Undangan rapat koordinasi', outside: 'Camat Sukadana' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
  // A draft is saved within two seconds of a pause.
  await page.waitForTimeout(2000);
  await app.kill();
  app = await launch({ userData });
  const again = await app.firstWindow();
  await unlock(again, 'siti', passphrases.account);
  await openFolder(again, text.letters.folder.drafts);
  await expect(again.getByText('Undangan rapat koordinasi').first()).toBeVisible({ timeout: 15_000 });
  await look(again, 'letters-drafts');
  for (const section of Object.values(text.settings.section)) {
    await openSection(again, text.rail.settings);
    await again
      .getByRole('navigation', { name: text.settings.sections })
      .getByRole('button', { name: section, exact: true })
      .click();
    await look(again, `settings-${section.toLowerCase().replaceAll(' ', '-')}`);
  }
  await again.emulateMedia({ colorScheme: 'dark' });
  await openSection(again, text.rail.home);
  await look(again, 'home-dark');
});

test('closing the window saves what was typed a moment ago', async () => {
  const page = await started();
  const userData = app.userData;
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Nota Dinas');
  await fillLetter(page, { subject: 'Sebelum ditutup', outside: 'Kepala Bagian Umum' });
  await page
    .getByRole('textbox', { name: text.editor.subject, exact: true })
    .fill('Kata terakhir sebelum ditutup');
  // As the cross in the corner does: no waiting, no blur.
  await app.evaluate(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close());
  });
  expect(await app.exited).toBe(0);
  app = await launch({ userData });
  const again = await app.firstWindow();
  await unlock(again, 'siti', passphrases.account);
  await openFolder(again, text.letters.folder.drafts);
  await expect(again.getByText('Kata terakhir sebelum ditutup').first()).toBeVisible({ timeout: 15_000 });
});

test('what is missing is named before a passphrase is asked for, and the keyboard gets everywhere', async () => {
  const page = await started();
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? null);
  await openSection(page, text.rail.letters);
  await page.getByRole('button', { name: text.letters.new, exact: true }).first().click();
  const find = page.getByLabel(text.letters.findKind);
  await expect(find).toBeFocused();
  await expect(page.getByRole('button', { name: /^Surat Dinas/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^Surat Dinas/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^Nota Dinas/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('undangan surat');
  await expect(page.locator('button.kind')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const code = page.getByLabel(text.editor.classification, { exact: true });
  await expect(code).toBeFocused();

  await page.getByRole('button', { name: text.editor.sign, exact: true }).click();
  const missing = page.getByRole('status').filter({ hasText: text.editor.problems });
  await expect(missing.getByRole('listitem')).toHaveText([
    'Kode klasifikasi',
    'Hal',
    'Penerima',
    'Isi surat',
    'Tanggal acara',
    'Waktu acara',
    'Tempat acara',
    'Acara',
  ]);
  await expect(code).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await look(page, 'editor-incomplete');

  await code.fill('000.8');
  await page.getByRole('button', { name: text.editor.sign, exact: true }).click();
  await expect(page.getByRole('textbox', { name: text.editor.subject, exact: true })).toBeFocused();
  await expect(missing.getByRole('listitem').first()).toHaveText('Hal');

  const places: (string | null)[] = [];
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('F6');
    places.push(await focused());
  }
  expect(places).toEqual(['preview', 'rail', 'letter', 'form']);
  await page.keyboard.press('Shift+F6');
  expect(await focused()).toBe('letter');

  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill('Baru saja diketik');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /Baru saja diketik/ })).toBeVisible();
});
