import { expect, test, type Page } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  fillLetter,
  firstRun,
  look,
  openFolder,
  openSection,
  passphrases,
  text,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

async function draft(page: Page, subject: string, outside?: string): Promise<void> {
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject, ...(outside === undefined ? {} : { outside }) });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
}

test('several drafts are chosen by key and mouse and signed with one passphrase', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  for (const subject of ['Surat satu', 'Surat dua', 'Surat tiga']) await draft(page, subject, 'Kepala Dinas');
  await draft(page, 'Tanpa penerima');
  await openSection(page, text.rail.letters);
  await openFolder(page, text.letters.folder.drafts);

  // By key the first, by mouse with Shift up to the last.
  const boxes = page.getByRole('checkbox', { name: /^Pilih surat: / });
  await expect(boxes).toHaveCount(4);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(boxes.first()).toBeChecked();
  await boxes.nth(3).click({ modifiers: ['Shift'] });
  await expect(page.getByText(text.batch.chosen('4'), { exact: true })).toBeVisible();
  await look(page, 'batch-chosen');

  await page.getByRole('button', { name: text.batch.open('4'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(text.batch.missing('penerima'))).toBeVisible();
  await expect(dialog.getByText(text.batch.notReady('1'))).toBeVisible();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await look(page, 'batch-setup');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: text.batch.confirm('3'), exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('3 surat ditandatangani.')).toBeVisible({ timeout: 30_000 });
  await look(page, 'batch-done');
  await dialog.getByRole('button', { name: text.batch.dismiss, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('checkbox', { name: /^Pilih surat: / })).toHaveCount(1);
});

test('one by one: each is shown first; what waits is told on the first screen', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  for (const subject of ['Surat satu', 'Surat dua']) await draft(page, subject, 'Kepala Dinas');
  await openFolder(page, text.letters.folder.drafts);
  await page.getByRole('checkbox', { name: text.batch.choose('Surat satu') }).check();
  await page.getByRole('button', { name: text.batch.chooseAll, exact: true }).click();
  await page.getByRole('button', { name: text.batch.open('2'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: text.batch.modes.each }).check({ force: true });
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await page.keyboard.press('Control+Enter');
  await expect(dialog.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'batch-each');
  await dialog.getByRole('button', { name: text.batch.signThis, exact: true }).click();
  await expect(dialog.getByText(text.batch.progress('1', '2'))).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: text.batch.pause, exact: true }).click();
  await expect(dialog.getByText(text.batch.paused('1'))).toBeVisible();
  await look(page, 'batch-paused');
  await page.keyboard.press('Escape');
  await openSection(page, text.rail.home);
  await expect(page.getByText(text.batch.bannerPaused('1'))).toBeVisible();
  await page.getByRole('button', { name: text.batch.show, exact: true }).click();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: text.batch.skipThis, exact: true }).click();
  await expect(dialog.getByText('1 surat ditandatangani, 1 dilewati.')).toBeVisible();
});
