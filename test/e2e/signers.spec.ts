import { expect, test } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  activate,
  addPerson,
  chooseKind,
  expectHome,
  firstRun,
  lock,
  look,
  lookAround,
  openFolder,
  openSection,
  openSettings,
  passphrases,
  text,
  unlock,
} from './steps.ts';

/** Naming who signs and who is asked before, in the editor. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(180_000);

test('signers and reviewers are chosen, ordered by keyboard, and kept', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  const initial = 'sandi awal yang panjang';
  const agus = { username: 'agus', name: 'Agus Salim', post: 'Kepala Dinas Kesehatan', unit: 'DINKES' };
  await addPerson(page, { ...agus, initial });
  await lock(page);
  await unlock(page, agus.username, initial);
  await activate(page, `${passphrases.account} agus`, passphrases.signing);
  await expectHome(page, /Agus Salim/);
  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);

  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill('Dua penanda tangan');
  const words = text.signerList;
  const row = (place: number, name: string) => page.getByRole('group', { name: words.row(place, name) });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: words.add })).toBeHidden();
  await page.getByText(words.open, { exact: true }).press('Enter');
  const siti = row(1, 'Dra. Siti Rahmawati');
  await expect(siti).toContainText(words.me);
  await expect(siti.getByRole('button')).toHaveCount(0);
  await press(words.add);
  await expect(page.getByRole('menuitem')).toHaveCount(1);
  await page.getByRole('menuitem', { name: /Agus Salim/ }).press('Enter');
  await expect(row(2, 'Agus Salim')).toBeVisible();

  // By keyboard: the focus stays with who is moved.
  await press(words.up('Agus Salim'));
  await expect(row(1, 'Agus Salim')).toBeVisible();
  await expect(page.getByRole('button', { name: words.down('Agus Salim') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words.up('Agus Salim') })).toBeFocused();
  await siti.getByLabel(words.principal).fill('Bupati Lampung Timur');
  await siti.getByLabel(words.through).fill('Wakil Bupati Lampung Timur');

  // Who signs is not asked before.
  const review = text.reviewPlan;
  await page.getByText(review.open, { exact: true }).press('Enter');
  await expect(page.getByText(review.nobody)).toHaveCount(2);
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  await lookAround(page, 'signers');

  // Kept: what was named is there when the letter is opened again.
  await openFolder(page, text.letters.folder.drafts);
  await page.getByText('Dua penanda tangan').first().click();
  await expect(page.getByText(words.openWith(2), { exact: true })).toBeVisible();
  await expect(siti.getByLabel(words.through)).toHaveValue('Wakil Bupati Lampung Timur');

  // Back to the simple case: the other one removed, nobody acted for.
  await press(words.remove('Agus Salim'));
  await expect(page.getByRole('button', { name: words.add })).toBeFocused();
  await siti.getByLabel(words.principal).fill('');
  await expect(page.getByText(words.open, { exact: true })).toBeVisible();

  await page.getByText(review.open, { exact: true }).press('Enter');
  await press(review.addHierarchy);
  await page.getByRole('menuitem', { name: /Agus Salim/ }).press('Enter');
  await expect(page.getByRole('group', { name: review.row(1, 'Agus Salim') })).toBeVisible();
  await look(page, 'reviewers');
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();

  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await openSection(page, en.rail.letters, en.rail.label);
  await page
    .getByRole('navigation', { name: en.letters.folders })
    .getByRole('button', { name: en.letters.folder.drafts })
    .click();
  await page.getByText('Dua penanda tangan').first().click();
  await page.getByText(en.signerList.open, { exact: true }).press('Enter');
  await expect(page.getByRole('group', { name: en.signerList.row(1, 'Dra. Siti Rahmawati') })).toContainText(
    en.signerList.me,
  );
  await expect(page.getByText(en.reviewPlan.openWith(1), { exact: true })).toBeVisible();
  await look(page, 'signers-en');
});
