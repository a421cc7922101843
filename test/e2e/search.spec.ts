import { expect, test } from '@playwright/test';
import { en as english } from '../../src/renderer/lib/i18n/en.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  fillLetter,
  firstRun,
  look,
  lookAround,
  openSection,
  passphrases,
  signLetter,
  text,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());
test.use({ actionTimeout: 30_000 });
test.beforeEach(() => test.slow());

test('a letter is found again by words and by its number, narrowed, and the search is kept', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  for (const subject of [
    'Perbaikan jembatan Way Bungur',
    'Undangan rapat jembatan gantung',
    'Laporan pasar',
  ]) {
    await openSection(page, text.rail.letters);
    await chooseKind(page, 'Surat Dinas');
    await fillLetter(page, { subject, outside: 'Camat Purbolinggo' });
    await signLetter(page, passphrases.signing);
  }

  await page.keyboard.press('Control+k');
  const box = page.getByRole('searchbox', { name: text.search.box });
  await expect(box).toBeFocused();
  await look(page, 'search-empty');
  await box.fill('JEMBATAN bungur');
  const results = page.getByRole('list', { name: text.search.results });
  await expect(results.getByRole('button')).toHaveCount(1);
  await expect(results.locator('mark').first()).toHaveText('jembatan');
  await box.fill('jemba');
  await expect(results.getByRole('button')).toHaveCount(2);
  await lookAround(page, 'search-results');

  // Into the list and into the letter by keyboard, and back.
  await box.press('ArrowDown');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Perbaikan jembatan Way Bungur' })).toBeVisible();
  await look(page, 'search-open');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(box).toBeFocused();

  await box.fill('---');
  await expect(page.getByText(/hanya tanda baca/)).toBeVisible();
  await box.fill('tidakadasamasekali');
  await expect(page.getByText(text.search.none)).toBeVisible();
  await look(page, 'search-none');
  await box.fill('camat 8320');
  await expect(results.getByRole('button')).toHaveCount(0);
  await box.fill('0008.3/1');
  await expect(results.getByRole('button')).toHaveCount(1);
  await box.fill('purbolinggo laporan');
  await expect(results.locator('mark', { hasText: 'Purbolinggo' })).toHaveCount(3);
  await look(page, 'search-why');

  await box.fill('jembatan');
  await page.getByRole('button', { name: text.search.filters, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: text.search.person }).fill('purbolinggo');
  await look(page, 'search-filters');
  await dialog.getByRole('button', { name: text.search.apply, exact: true }).click();
  await expect(
    page.getByRole('button', { name: text.search.drop(text.search.chip.person('purbolinggo')) }),
  ).toBeVisible();
  await expect(results.getByRole('button')).toHaveCount(2);
  await page.getByRole('button', { name: text.search.save, exact: true }).click();
  await dialog.getByText(text.search.alert).click();
  await look(page, 'search-save');
  await dialog.getByRole('button', { name: text.search.keep, exact: true }).click();
  await expect(page.getByText(text.search.kept('jembatan'))).toBeVisible();
  await page.getByRole('button', { name: text.search.drop(text.search.chip.person('purbolinggo')) }).click();
  await page.getByRole('button', { name: new RegExp(`^jembatan`) }).click();
  await expect(
    page.getByRole('button', { name: text.search.drop(text.search.chip.person('purbolinggo')) }),
  ).toBeVisible();
  await look(page, 'search-saved');
  // In the other language the same things stand where they stood.
  await openSection(page, text.rail.settings);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('searchbox', { name: english.search.box })).toHaveValue('jembatan');
  await expect(page.getByRole('list', { name: english.search.results }).getByRole('button')).toHaveCount(2);
  await look(page, 'search-english');
  await page.getByRole('button', { name: english.rail.settings, exact: true }).click();
  await page.getByRole('radio', { name: 'Bahasa Indonesia' }).check({ force: true });
  await page.keyboard.press('Control+k');
  await page.getByRole('button', { name: text.search.edit('jembatan') }).click();
  await dialog.getByRole('button', { name: text.search.remove, exact: true }).click();
  await expect(page.getByText(text.search.removed('jembatan'))).toBeVisible();
});
