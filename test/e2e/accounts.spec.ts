import { expect, test, type Locator, type Page } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  activate,
  addPerson,
  chooseKind,
  expectHome,
  fillLetter,
  firstRun,
  lock,
  look,
  lookAround,
  openFolder,
  openPerson,
  openSection,
  openSettings,
  passphrases,
  seal,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

test.setTimeout(180_000);

const words = text.people;
const budi = {
  username: 'budi',
  name: 'Budi Santoso',
  post: 'Kepala Bagian Umum',
  unit: 'UMUM',
  initial: 'sandi awal budi',
};
const own = { account: 'sandi akun milik budi', signing: 'tanda tangan budi' };

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).press('Enter');
const typeIn = (within: Page | Locator, label: string): Locator => within.getByLabel(label, { exact: true });

/** An administrator, and Budi with an account of his own; the administrator is at work again. */
async function two(): Promise<Page> {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await addPerson(page, budi);
  await lock(page);
  await unlock(page, 'budi', budi.initial);
  await activate(page, own.account, own.signing);
  await expectHome(page, /Budi Santoso/);
  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  return page;
}

test('people, roles, posts and units are looked after by keyboard', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await addPerson(page, budi);
  await lookAround(page, 'people');

  await openPerson(page, 'Budi Santoso');
  await page.getByRole('checkbox', { name: /^Tata usaha/ }).press('Space');
  await press(page, words.saveRoles);
  await expect(page.getByText(words.rolesSaved('Budi Santoso'))).toBeVisible();
  await press(page, words.addPost);
  const dialog = page.getByRole('dialog');
  await press(dialog, words.addPostConfirm);
  await expect(typeIn(dialog, words.postTitle)).toBeFocused();
  await typeIn(dialog, words.postTitle).fill('Kepala Bagian Organisasi');
  await look(page, 'person-add-post');
  await press(dialog, words.addPostConfirm);
  await expect(dialog).toBeHidden();
  await press(page, words.endPostOf('Plt. Kepala Bagian Organisasi'));
  await typeIn(dialog, words.lastDay).fill('2020-01-01');
  await press(dialog, words.endPostConfirm);
  await expect(typeIn(dialog, words.lastDay)).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await lookAround(page, 'person');
  // Back in the list where one left it.
  await press(page, words.backToList);
  const row = page.getByRole('list', { name: words.list }).getByRole('button', { name: /Budi Santoso/ });
  await expect(row).toBeFocused();
  await expect(row).toContainText('Tata usaha, Konseptor, Penanda tangan');

  await press(page, words.part.units);
  await press(page, text.units.add);
  await typeIn(dialog, text.units.code).fill('org');
  await typeIn(dialog, text.units.name).fill('Bagian Organisasi');
  await typeIn(dialog, text.units.parent).selectOption({ label: 'SETDA' });
  await press(dialog, text.units.confirm);
  await expect(page.getByRole('list', { name: text.units.list })).toContainText('ORG · di bawah SETDA');
  await look(page, 'people-units');

  // The last administrator cannot step down.
  await openPerson(page, 'Siti Rahmawati');
  await page.getByRole('checkbox', { name: /^Administrator/ }).press('Space');
  await press(page, words.saveRoles);
  await expect(page.getByRole('alert').filter({ hasText: 'sedikitnya satu administrator' })).toBeVisible();
});

test('a deputy; a forgotten passphrase: reset, a wait after wrong ones, sealed letters back; revoked in the end', async () => {
  const page = await two();
  // What the first person wrote is nowhere in the page that the next one gets.
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Nota Dinas');
  await fillLetter(page, { subject: 'Hanya untuk mata Siti', outside: 'Camat Sukadana' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  const dialog = page.getByRole('dialog');
  await openSettings(page, text.settings.section.people);
  await press(page, words.part.deputies);
  await expect(page.getByText(text.deputies.empty)).toBeVisible();
  await press(page, text.deputies.add);
  await typeIn(dialog, text.deputies.principal).selectOption({ index: 1 });
  await typeIn(dialog, text.deputies.deputy).selectOption({ index: 1 });
  await typeIn(dialog, words.until).fill('2099-12-31');
  await look(page, 'people-add-deputy');
  await press(dialog, text.deputies.confirm);
  await expect(page.getByRole('list', { name: text.deputies.list })).toContainText('menggantikan');
  await look(page, 'people-deputies');

  await openPerson(page, 'Budi Santoso');
  await press(page, words.reset);
  await typeIn(dialog, text.passphrases.initial).fill('sandi awal kedua');
  await look(page, 'person-reset');
  await press(dialog, words.resetConfirm);
  await expect(dialog).toBeHidden();
  await seal(page);
  for (const hidden of ['Hanya untuk mata Siti', 'Siti Rahmawati', 'Budi Santoso'])
    expect(await page.content()).not.toContain(hidden);

  // The old passphrase counts no longer; the fourth wrong one has to wait.
  for (let tries = 0; tries < 4; tries += 1) {
    await unlock(page, 'budi', own.account);
    await expect(
      page.getByText('Kata sandi salah', { exact: false }).or(page.getByRole('timer')).first(),
    ).toBeVisible();
    if (await page.getByRole('timer').isVisible()) break;
  }
  await expect(page.getByRole('timer')).toBeVisible();
  await expect(page.getByRole('button', { name: text.unlock.enter, exact: true })).toBeDisabled();
  await look(page, 'unlock-wait');
  await expect(page.getByRole('status').filter({ hasText: text.unlock.again })).toBeVisible();
  await unlock(page, 'budi', 'sandi awal kedua');

  await expect(page.getByRole('heading', { level: 1, name: text.restoreKey.title })).toBeFocused();
  await lookAround(page, 'restore-key');
  await typeIn(page, text.restoreKey.account).fill('sandi awal kedua');
  await typeIn(page, text.passphrases.signing).fill('bukan sandinya');
  await typeIn(page, text.changing.account.next).fill('sandi baru milik Budi');
  await typeIn(page, text.changing.account.again).fill('sandi baru milik Budi');
  await press(page, text.restoreKey.confirm);
  await expect(typeIn(page, text.passphrases.signing)).toBeFocused();
  await press(page, text.restoreKey.later);
  await expectHome(page, /Budi Santoso/);
  await press(page, text.restoreKey.bannerAction);
  await typeIn(page, text.restoreKey.account).fill('sandi awal kedua');
  await typeIn(page, text.passphrases.signing).fill(own.signing);
  await typeIn(page, text.changing.account.next).fill('sandi baru milik Budi');
  await typeIn(page, text.changing.account.again).fill('sandi baru milik Budi');
  await press(page, text.restoreKey.confirm);
  await expectHome(page, /Budi Santoso/);
  await expect(page.getByText(text.restoreKey.banner)).toHaveCount(0);
  expect(await page.content()).not.toContain('Hanya untuk mata Siti');

  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  // Told of the wrong passphrases.
  await expect(page.getByText(/Budi Santoso/).first()).toBeVisible();
  await openFolder(page, text.letters.folder.drafts);
  await expect(page.getByText('Hanya untuk mata Siti').first()).toBeVisible();
  await openPerson(page, 'Budi Santoso');
  await press(page, words.revoke);
  await typeIn(dialog, words.yourPassphrase).fill('bukan kata sandinya');
  await press(dialog, words.revokeConfirm);
  await expect(typeIn(dialog, words.yourPassphrase)).toBeFocused();
  await look(page, 'person-revoke');
  await typeIn(dialog, words.yourPassphrase).fill(passphrases.account);
  await press(dialog, words.revokeConfirm);
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect(page.getByText(words.revokedText)).toBeVisible();
  await look(page, 'person-revoked');
  await lock(page);
  await expect(page.getByText('budi', { exact: true })).toHaveCount(0);
});
