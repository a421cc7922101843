import { expect, test } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  addPerson,
  chooseKind,
  firstRun,
  look,
  lookAround,
  openFolder,
  openSection,
  openSettings,
  passphrases,
  text,
  activate,
  lock,
  unlock,
  expectHome,
} from './steps.ts';
import { en } from '../../src/renderer/lib/i18n/en.ts';

/** Naming who signs and who is asked before, in the editor. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(180_000);

test('signers and reviewers are chosen, ordered by keyboard, and kept', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  const initial = 'sandi awal yang panjang';
  const people = [
    { username: 'agus', name: 'Agus Salim', post: 'Kepala Dinas Kesehatan', unit: 'DINKES' },
    { username: 'made', name: 'Made Sudarma', post: 'Bupati Lampung Timur', unit: 'SETDA' },
  ];
  for (const person of people) await addPerson(page, { ...person, initial });
  for (const { username, name } of people) {
    await lock(page);
    await unlock(page, username, initial);
    await activate(page, `${passphrases.account} ${username}`, passphrases.signing);
    await expectHome(page, new RegExp(name));
  }
  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);

  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill('Dua penanda tangan');
  const words = text.signerList;
  const closed = page.getByText(words.open, { exact: true });
  await expect(page.getByRole('button', { name: words.add })).toBeHidden();
  await closed.press('Enter');
  const first = page.getByRole('group', { name: words.row(1, 'Dra. Siti Rahmawati') });
  await expect(first).toContainText(words.me);
  await page.getByRole('button', { name: words.add }).press('Enter');
  await expect(page.getByRole('menuitem')).toHaveCount(2);
  await page.getByRole('menuitem', { name: /Agus Salim/ }).press('Enter');
  await expect(page.getByRole('group', { name: words.row(2, 'Agus Salim') })).toBeVisible();

  // By keyboard: the focus stays with who is moved.
  await page.getByRole('button', { name: words.up('Agus Salim') }).press('Enter');
  await expect(page.getByRole('group', { name: words.row(1, 'Agus Salim') })).toBeVisible();
  await expect(page.getByRole('button', { name: words.down('Agus Salim') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words.up('Agus Salim') })).toBeFocused();

  await first.getByLabel(words.principal).fill('Bupati Lampung Timur');
  await first.getByLabel(words.through).fill('Wakil Bupati Lampung Timur');

  const review = text.reviewPlan;
  await page.getByText(review.open, { exact: true }).press('Enter');
  await page.getByRole('button', { name: review.addHierarchy }).press('Enter');
  // Agus signs already; who signs is not asked before.
  await expect(page.getByRole('menuitem')).toHaveCount(1);
  await page.getByRole('menuitem', { name: /Made Sudarma/ }).press('Enter');
  await expect(page.getByRole('group', { name: review.row(1, 'Made Sudarma') })).toBeVisible();
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  await first.scrollIntoViewIfNeeded();
  await lookAround(page, 'signers');
  await page.getByRole('group', { name: review.row(1, 'Made Sudarma') }).scrollIntoViewIfNeeded();
  await look(page, 'reviewers');

  // Kept: what was named is there when the letter is opened again.
  await openFolder(page, text.letters.folder.drafts);
  await page.getByText('Dua penanda tangan').first().click();
  await expect(page.getByText(words.openWith(2), { exact: true })).toBeVisible();
  await expect(first.getByLabel(words.through)).toHaveValue('Wakil Bupati Lampung Timur');
  await expect(page.getByText(review.openWith(1), { exact: true })).toBeVisible();

  // Back to the simple case: everybody else removed, nobody acted for.
  await page.getByRole('button', { name: words.remove('Agus Salim') }).press('Enter');
  await expect(page.getByRole('button', { name: words.add })).toBeFocused();
  await first.getByLabel(words.principal).fill('');
  await expect(page.getByText(words.open, { exact: true })).toBeVisible();

  await openSettings(page, text.settings.section.appearance);
  await page.getByLabel(text.app.language).selectOption('en');
  const rail = page.getByRole('navigation', { name: en.rail.label });
  await rail
    .getByRole('button', { name: en.rail.letters })
    .or(rail.getByRole('link', { name: en.rail.letters }))
    .first()
    .click();
  await page.getByText('Dua penanda tangan').first().click();
  await page.getByText(en.signerList.open, { exact: true }).press('Enter');
  await expect(page.getByRole('group', { name: en.signerList.row(1, 'Dra. Siti Rahmawati') })).toContainText(
    en.signerList.me,
  );
  await expect(page.getByText(en.reviewPlan.openWith(1), { exact: true })).toBeVisible();
  await look(page, 'signers-en');
});
