import { expect, test } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  firstRun,
  lookAround,
  look,
  openSection,
  passphrases,
  signLetter,
  text,
} from './steps.ts';

/** Kinds of letter come from the regulation profile, with fields of their own. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(120_000);

test('an assignment is chosen by a word, asks for what it needs, and is signed', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await page.getByRole('button', { name: text.letters.new, exact: true }).first().click();
  await expect(page.locator('button.kind')).toHaveCount(35);
  await lookAround(page, 'kinds');
  await page.getByLabel(text.letters.findKind).fill('tidak ada yang begini');
  await expect(page.getByText(text.letters.noKind)).toBeVisible();
  await page.keyboard.press('Escape');

  await chooseKind(page, 'Surat Tugas');
  await page.getByLabel(text.editor.classification, { exact: true }).fill('800.1.11.1');
  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill('Bimbingan teknis arsip');
  await page.getByRole('button', { name: text.editor.addOutside, exact: true }).click();
  await page.getByRole('textbox', { name: text.editor.addresseeName(1) }).fill('Siti Rahmawati, S.Kom.');
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  await page.getByRole('button', { name: text.editor.sign, exact: true }).click();
  const missing = page.getByRole('status').filter({ hasText: text.editor.problems });
  await expect(missing.getByRole('listitem')).toHaveText(['Dasar', 'Untuk']);
  await expect(page.getByLabel('Dasar', { exact: true })).toBeFocused();
  await look(page, 'kind-missing');
  await page
    .getByLabel('Dasar', { exact: true })
    .fill('Peraturan Bupati Nomor 12 Tahun 2026\nSurat BKN Nomor 8');
  await page.getByLabel('Untuk', { exact: true }).fill('mengikuti bimbingan teknis\nmelaporkan hasilnya');
  await expect(missing).toBeHidden({ timeout: 15_000 });
  await look(page, 'kind-filled');
  await signLetter(page, passphrases.signing);
  await expect(page.getByText(/Surat ditandatangani dengan nomor 800\.1\.11\.1\/1\//).first()).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'kind-signed');
});
