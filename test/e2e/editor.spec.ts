import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  fillLetter,
  firstRun,
  look,
  lookAround,
  openFolder,
  openSection,
  text,
} from './steps.ts';
import { openSettings, passphrases, signLetter, unlock } from './steps.ts';

/** Variables, pasting, text modules and versions; and that nothing written is lost. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(120_000);

const words = text.writing;
const bodyOf = (page: Page) => page.getByRole('textbox', { name: text.editor.body, exact: true });
const saved = (page: Page) => expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function started(): Promise<Page> {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  return page;
}

/** Milliseconds after which somebody would think that the window hangs, on a busy computer; alone it is a tenth. */
const patience = 5000;

/** As a program hands it over. @returns milliseconds until the page could answer again. */
const paste = (page: Page, clipboard: Readonly<Record<string, string>>): Promise<number> =>
  bodyOf(page).evaluate(async (element, given) => {
    const data = new DataTransfer();
    for (const [type, value] of Object.entries(given)) data.setData(type, value);
    const start = performance.now();
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  }, clipboard);

test('variables are inserted, shown filled in, and wrong ones are marked; characters without a glyph too', async () => {
  const page = await started();
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Undangan rapat', outside: 'Kepala Dinas Pendidikan' });
  await button(page, words.variables.insert).click();
  await expect(page.getByRole('menu', { name: words.variables.insert })).toBeVisible();
  await look(page, 'editor-variables-menu');
  await page.getByRole('menuitem', { name: 'jabatan' }).click();
  await expect(bodyOf(page).locator('.variable')).toHaveText('${jabatan}');
  await expect(bodyOf(page)).toBeFocused();
  await page.keyboard.type(' dan ${entah} serta \u{1F600}');
  const preview = page.getByRole('region', { name: text.editor.previewOf });
  const problems = page.locator('.editor-preview .banner');
  await expect(problems).toContainText('${entah}', { timeout: 15_000 });
  await expect(problems).toContainText('isi surat');
  await expect(problems).toContainText('U+1F600');
  await expect(bodyOf(page).locator('.variable-unknown')).toHaveText('${entah}');
  await expect(bodyOf(page).locator('.glyph-missing')).toHaveText('\u{1F600}');
  await lookAround(page, 'editor-variables');
  await button(page, text.editor.sign).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await bodyOf(page).click();
  await page.keyboard.press('Control+End');
  for (let index = 0; index < ' dan ${entah} serta x'.length; index += 1)
    await page.keyboard.press('Backspace');
  await expect(problems).toHaveCount(0, { timeout: 15_000 });
  await expect(preview.getByText('Sekretaris Daerah').first()).toBeAttached({ timeout: 15_000 });
  await signLetter(page, passphrases.signing);
  await expect(page.getByText(/Surat ditandatangani dengan nomor/).first()).toBeVisible({ timeout: 20_000 });
});

test('a paste from Word keeps lists and tables; a huge one is refused at once and costs nothing', async () => {
  const page = await started();
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Tempelan', outside: 'Camat' });
  await page.keyboard.press('Enter');
  const html = readFileSync(join(import.meta.dirname, '../fixtures/paste/word.html'), 'utf8');
  await paste(page, { 'text/html': html, 'text/plain': 'x' });
  await expect(page.getByText(words.paste.pictures('1')).first()).toBeVisible();
  await expect(bodyOf(page).locator('ol').first().locator('> li')).toHaveCount(2);
  await expect(bodyOf(page).locator('table tr')).toHaveCount(3);
  await saved(page);
  await look(page, 'editor-pasted');

  const before = await bodyOf(page).innerText();
  const large = `<p>${'Kalimat yang panjang sekali. '.repeat(100)}</p>`.repeat(1800);
  expect(large.length).toBeGreaterThan(5_000_000);
  expect(await paste(page, { 'text/html': large, 'text/plain': large })).toBeLessThan(patience);
  await expect(page.getByText(words.paste.tooLarge).first()).toBeVisible();
  expect(await paste(page, { 'text/plain': large })).toBeLessThan(patience);
  const bomb = `<p>Sesudah bom</p><img src="data:image/png;base64,${'A'.repeat(6_000_000)}">`;
  expect(await bodyOf(page).innerText()).toBe(before);
  expect(await paste(page, { 'text/html': bomb })).toBeLessThan(patience);
  await expect(bodyOf(page)).toContainText('Sesudah bom');
  await expect(bodyOf(page).locator('img')).toHaveCount(0);
  await saved(page);

  // The same text, kept for other letters.
  await button(page, words.modules.open).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(words.modules.none)).toBeVisible();
  await dialog.getByLabel(words.modules.name, { exact: true }).fill('Uraian rapat');
  await dialog.getByRole('radio', { name: words.modules.office }).check({ force: true });
  await dialog.getByRole('button', { name: words.modules.save, exact: true }).click();
  await expect(dialog.getByRole('button', { name: words.modules.insertOf('Uraian rapat') })).toBeVisible();
  await dialog.getByLabel(words.modules.name, { exact: true }).fill('Penutup');
  await dialog.getByRole('button', { name: words.modules.save, exact: true }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await lookAround(page, 'editor-modules');
  await dialog.getByLabel(words.modules.find).fill('penutup');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: words.modules.renameOf('Penutup') }).click();
  await dialog.getByRole('listitem').getByLabel(words.modules.name, { exact: true }).fill('Penutup surat');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: words.modules.removeOf('Penutup surat') }).click();
  await look(page, 'editor-modules-delete');
  await dialog.getByRole('button', { name: words.modules.remove, exact: true }).click();
  await dialog.getByLabel(words.modules.find).fill('');
  await dialog.getByRole('button', { name: words.modules.insertOf('Uraian rapat') }).click();
  await expect(dialog).toBeHidden();
  await expect(bodyOf(page).locator('table')).toHaveCount(2);
});

test('versions are kept, compared and brought back; undo outlives switching letters; a kill costs nothing', async () => {
  const page = await started();
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Rapat koordinasi', outside: 'Camat Sukadana' });
  await page.keyboard.press('Control+s');
  await expect(page.getByText(words.versions.kept('1')).first()).toBeVisible();
  // A pause begins another step of undo.
  await page.waitForTimeout(700);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Bersama ini kami undang Saudara ke rapat bulan ini.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Acara dimulai pukul sembilan.');
  await page
    .getByRole('textbox', { name: text.editor.subject, exact: true })
    .fill('Undangan rapat koordinasi');
  await button(page, words.versions.open).click();
  const dialog = page.getByRole('dialog');
  const differences = dialog.getByRole('group', { name: /^Perbedaan dari/ });
  await expect(differences.locator('ins').filter({ hasText: 'Acara dimulai pukul sembilan.' })).toBeVisible();
  await expect(differences).toContainText('Hal:');
  await dialog.getByLabel(words.versions.keepName).fill('Sebelum ke Kabag');
  await dialog.getByRole('button', { name: words.versions.keep, exact: true }).click();
  await expect(dialog.getByRole('button', { name: /Sebelum ke Kabag/ })).toBeVisible();
  await lookAround(page, 'editor-versions');
  await dialog.getByRole('button', { name: words.versions.restore('1'), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(bodyOf(page)).toContainText('kami sampaikan laporan');
  await expect(page.getByRole('textbox', { name: text.editor.subject, exact: true })).toHaveValue(
    'Rapat koordinasi',
  );
  await bodyOf(page).click();
  await page.keyboard.press('Control+z');
  await expect(bodyOf(page)).toContainText('kami undang Saudara');
  await saved(page);

  // Another letter, and back: the steps are still there.
  await openFolder(page, text.letters.folder.drafts);
  await chooseKind(page, 'Nota Dinas');
  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill('Surat lain');
  await saved(page);
  await openFolder(page, text.letters.folder.drafts);
  await page.getByRole('button', { name: /Rapat koordinasi/ }).click();
  await bodyOf(page).click();
  for (let step = 0; step < 4 && !(await bodyOf(page).innerText()).includes('kami sampaikan'); step += 1)
    await page.keyboard.press('Control+z');
  await expect(bodyOf(page)).toContainText('kami sampaikan laporan');

  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Kata terakhir.');
  // Two seconds after the last key it is in the vault.
  await page.waitForTimeout(2000);
  const { userData } = app;
  await app.kill();
  app = await launch({ userData });
  const again = await app.firstWindow();
  await unlock(again, 'siti', passphrases.account);
  await openSection(again, text.rail.letters);
  await openFolder(again, text.letters.folder.drafts);
  await again.getByRole('button', { name: /Rapat koordinasi/ }).click();
  await expect(bodyOf(again)).toContainText('Kata terakhir.');

  await openSettings(again, text.settings.section.appearance);
  await again.getByRole('radio', { name: 'English' }).check({ force: true });
  await openSection(again, en.rail.letters, en.rail.label);
  await again
    .getByRole('navigation', { name: en.letters.folders })
    .getByRole('button', { name: en.letters.folder.drafts })
    .click();
  await again.getByRole('button', { name: /Rapat koordinasi/ }).click();
  await button(again, en.writing.versions.open).click();
  await expect(again.getByRole('group', { name: /^Differences from/ })).toBeVisible();
  await look(again, 'editor-versions-en');
  await again.keyboard.press('Escape');
  await button(again, en.writing.modules.open).click();
  await look(again, 'editor-modules-en');
  await again.keyboard.press('Escape');
  await button(again, en.writing.variables.insert).click();
  await look(again, 'editor-variables-menu-en');
});
