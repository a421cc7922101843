import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { drawing } from '../fixtures/pictures.ts';
import { launch, type AppHandle } from './fixture.ts';
import { answerWithPath, firstRun, look, lookAround, openSection, openSettings, text } from './steps.ts';

/** The administrator's kinds and templates: a kind of the office's own, from the list to a letter of it. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(300_000);

const words = text.templates;
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const preview = (page: Page) => page.getByRole('region', { name: words.preview });
const pageShown = (page: Page) =>
  expect(preview(page).locator('canvas').first()).toBeVisible({ timeout: 20_000 });

test('a kind of the office’s own is made with its page beside it, and a mistake costs nothing', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSettings(page, text.settings.section.templates);
  await expect(page.locator('.template-row')).toHaveCount(35);
  await lookAround(page, 'templates');

  await press(page, words.add);
  await box(page, words.newName).fill('Surat Cuti');
  await page.getByLabel(words.newFrom, { exact: true }).selectOption({ label: words.generic.title });
  await look(page, 'templates-new');
  await press(page, words.newConfirm);
  await expect(page.getByRole('heading', { level: 2, name: 'Surat Cuti' })).toBeFocused();
  await pageShown(page);
  await page.getByText(words.part.fields, { exact: true }).click();
  await press(page, words.addField);
  await box(page, words.fieldLabelId).fill('Lama cuti');
  await expect(box(page, words.fieldPrinted)).toHaveValue('Lama cuti');
  await page.locator('.template-field').getByText(words.required, { exact: true }).click();
  // One language is missing: said beside the field, and the page before stays.
  await expect(
    preview(page).getByText(`${words.field(1)}, ${words.fieldLabelEn}`, { exact: true }),
  ).toBeVisible({
    timeout: 15_000,
  });
  await expect(page.getByText(words.reasons.empty(''), { exact: true }).first()).toBeVisible();
  await pageShown(page);
  await box(page, words.fieldLabelEn).fill('Days off');
  await expect(preview(page).getByText(words.problems)).toBeHidden({ timeout: 15_000 });

  await page.getByLabel(words.register, { exact: true }).fill('surat-cuti');
  const collides = page.getByText(words.reasons['number-collides']('Surat Dinas'));
  await expect(collides.first()).toBeVisible({ timeout: 15_000 });
  await box(page, words.format).fill('{classification}/{sequence}/{bulan}/{year}');
  await expect(page.getByText(words.reasons['number-placeholder']('{bulan}')).first()).toBeVisible({
    timeout: 15_000,
  });
  await page.evaluate(() => document.querySelector('.screen')?.scrollTo(0, 0));
  await look(page, 'templates-error');
  await press(page, words.save);
  await expect(page.getByRole('alert').getByText(/kinds\.surat-cuti\.numberTemplate/)).toBeVisible();

  // Nothing typed is lost by a lock: it was kept while it was wrong.
  await press(page, words.back);
  await expect(page.getByText(words.unsaved('Surat Cuti'))).toBeVisible();
  await press(page, words.goOn);
  await box(page, words.format).fill('{classification}/{sequence}/SC/{unit}/{year}');
  const year = new Date().getFullYear();
  await expect(page.getByText(words.example(`000.8.3/15/SC/SETDA/${year}`))).toBeVisible({ timeout: 15_000 });
  await expect(preview(page).getByText(words.problems)).toBeHidden();
  await pageShown(page);
  await look(page, 'templates-editing');
  await page.getByText(words.part.page, { exact: true }).click();
  await page.getByText(words.part.start, { exact: true }).click();
  await page.getByText(words.part.layout, { exact: true }).click();
  await look(page, 'templates-all-parts');
  await page.setViewportSize({ width: 320, height: 700 });
  await look(page, 'templates-editing-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('textbox', { name: words.note }).fill('Jenis baru untuk cuti');
  await press(page, words.save);
  await expect(page.getByText(words.saved(1)).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('.template-row')).toHaveCount(36);

  await press(page, words.hideOf('Radiogram'));
  await expect(page.getByText(words.saved(2)).first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole('heading', { name: words.history }).scrollIntoViewIfNeeded();
  await look(page, 'templates-history');
  await openSection(page, text.rail.letters);
  await press(page, text.letters.new);
  await expect(page.locator('button.kind')).toHaveCount(35);
  await page.getByRole('dialog').getByText('Surat Cuti', { exact: true }).first().click();
  await expect(page.getByLabel('Lama cuti', { exact: true })).toBeVisible();
});

test('the office’s arms stand in the letterhead; a dangerous picture does not; a file brings all back', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSettings(page, text.settings.section.templates);
  await press(page, words.page);
  await pageShown(page);
  const office = page.getByRole('region', { name: words.arms.office });
  const choose = (name: string, bytes: Uint8Array): Promise<void> =>
    office
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(bytes) });
  await choose('bahaya.svg', drawing('<script>alert(1)</script>'));
  await expect(office.getByRole('alert')).toContainText('script');
  await look(page, 'templates-arms-refused');
  await choose('lambang.svg', drawing('<circle cx="50" cy="50" r="30" fill="#fc0"/>'));
  await expect(office.getByText(words.armsSet)).toBeVisible({ timeout: 15_000 });
  await expect(office.getByRole('alert')).toBeHidden();
  await expect(box(page, words.armsAlt)).toHaveValue(words.armsAlts.office);
  await page.getByRole('textbox', { name: words.margins.left }).fill('150');
  await expect(page.getByText(words.reasons['too-large']('80')).first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole('textbox', { name: words.margins.left }).fill('25');
  await expect(preview(page).getByText(words.problems)).toBeHidden({ timeout: 15_000 });
  await expect(preview(page).getByText(text.editor.previewPending)).toBeHidden();
  await page.evaluate(() => document.querySelector('.screen')?.scrollTo(0, 0));
  await look(page, 'templates-arms');
  await press(page, words.save);
  await expect(page.getByText(words.saved(1)).first()).toBeVisible({ timeout: 15_000 });

  const path = join(app.userData, 'templat.json');
  await answerWithPath(app, path);
  await press(page, words.exportFile);
  await expect(page.getByText(words.exported('templat.json')).first()).toBeVisible({ timeout: 15_000 });
  await press(page, words.restoreOf(0));
  await expect(page.getByText(words.saved(2)).first()).toBeVisible({ timeout: 15_000 });
  const take = (file: string): Promise<void> =>
    page.locator('.template-files input[type=file]').setInputFiles(file);
  const wrong = join(app.userData, 'salah.json');
  const good = JSON.parse(readFileSync(path, 'utf8')) as { changes: { page: object } };
  writeFileSync(
    wrong,
    JSON.stringify({ ...good, changes: { ...good.changes, page: { margins: { left: 2 } } } }),
  );
  await take(wrong);
  await expect(page.getByText('page.margins.left', { exact: true })).toBeVisible({ timeout: 15_000 });
  await page.getByText(words.importRefused).scrollIntoViewIfNeeded();
  await look(page, 'templates-import-refused');
  await take(path);
  await expect(page.getByText(words.importedDone).first()).toBeVisible({ timeout: 15_000 });

  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page
    .getByRole('navigation', { name: en.settings.sections })
    .getByRole('button', { name: en.settings.section.templates })
    .click();
  await expect(page.getByText(`${en.templates.version(3)} · ${en.templates.imported}`)).toBeVisible();
  await press(page, en.templates.page);
  await expect(
    page.getByRole('region', { name: en.templates.preview }).locator('canvas').first(),
  ).toBeVisible({ timeout: 20_000 });
  await look(page, 'templates-english');
});
