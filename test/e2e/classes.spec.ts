import { expect, test, type Page } from '@playwright/test';
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
  passphrases,
  signLetter,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

const words = text.letters;
const rows = (page: Page, folder: string) =>
  page.getByRole('region', { name: words.list(folder) }).getByRole('listitem');

async function write(page: Page, subject: string, security: string): Promise<void> {
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await page.getByLabel(text.editor.security, { exact: true }).selectOption({ label: security });
  await fillLetter(page, { subject, outside: 'Camat Sukadana' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
}

test.setTimeout(180_000);

test('a sealed letter is for those let in alone; an ordinary one is seen by the unit’s registrar', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await addPerson(page, {
    username: 'budi',
    name: 'Budi Santoso',
    post: 'Pengadministrasi Umum',
    unit: 'SETDA',
    initial: 'sandi awal budi',
  });
  await openPerson(page, 'Budi Santoso');
  for (const role of [/^Tata usaha/, /^Konseptor/, /^Penanda tangan/])
    await page.getByRole('checkbox', { name: role }).press('Space');
  await page.getByRole('button', { name: text.people.saveRoles, exact: true }).press('Enter');
  await expect(page.getByText(text.people.rolesSaved('Budi Santoso'))).toBeVisible();
  await lock(page);
  await unlock(page, 'budi', 'sandi awal budi');
  await activate(page, 'sandi akun milik budi', 'tanda tangan budi');
  await expectHome(page, /Budi Santoso/);
  // Neither drafter nor signer: nothing to write, no certificate to prepare.
  await expect(page.getByRole('button', { name: text.home.newLetter, exact: true })).toHaveCount(0);
  await expect(page.getByText(text.home.noIdentity)).toHaveCount(0);
  await look(page, 'home-registrar');
  await lock(page);

  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  await write(page, 'Pemeriksaan khusus', words.security.rahasia);
  await expect(page.getByText(text.editor.securityText.rahasia)).toBeVisible();
  await look(page, 'editor-class');
  await signLetter(page, passphrases.signing, () =>
    expect(page.getByRole('dialog')).toContainText(text.sign.sealed('rahasia')),
  );
  const readers = page.getByRole('list', { name: words.readers });
  await expect(readers.getByRole('listitem')).toHaveCount(1);
  await write(page, 'Jadwal upacara', words.security.biasa);
  await signLetter(page, passphrases.signing);
  await openFolder(page, words.folder.outgoing);
  await expect(rows(page, words.folder.outgoing)).toHaveCount(2);
  await expect(rows(page, words.folder.outgoing).filter({ hasText: 'Pemeriksaan khusus' })).toContainText(
    words.security.rahasia,
  );
  await look(page, 'letters-classes');
  await lock(page);

  await unlock(page, 'budi', 'sandi akun milik budi');
  await expectHome(page, /Budi Santoso/);
  await openFolder(page, words.folder.unit);
  await expect(rows(page, words.folder.unit)).toHaveText([/Jadwal upacara/]);
  await rows(page, words.folder.unit).getByRole('button').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Jadwal upacara' })).toBeVisible();
  await look(page, 'letters-unit');
  expect(await page.content()).not.toContain('Pemeriksaan khusus');
  await lock(page);

  await unlock(page, 'siti', passphrases.account);
  await openFolder(page, words.folder.outgoing);
  await rows(page, words.folder.outgoing).filter({ hasText: 'Pemeriksaan' }).getByRole('button').click();
  await page.getByRole('button', { name: words.grant, exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: /Budi Santoso/ }).press('Enter');
  await expect(readers.getByRole('listitem')).toHaveCount(2);
  await readers.scrollIntoViewIfNeeded();
  await lookAround(page, 'letter-readers');
  await lock(page);

  await unlock(page, 'budi', 'sandi akun milik budi');
  await expectHome(page, /Budi Santoso/);
  await openFolder(page, words.folder.incoming);
  await rows(page, words.folder.incoming).getByRole('button').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Pemeriksaan khusus' })).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'letter-sealed');
  await lock(page);

  await unlock(page, 'siti', passphrases.account);
  await openFolder(page, words.folder.outgoing);
  await rows(page, words.folder.outgoing).filter({ hasText: 'Pemeriksaan' }).getByRole('button').click();
  await page.getByRole('button', { name: words.withdrawOf('Budi Santoso'), exact: true }).press('Enter');
  const dialog = page.getByRole('dialog');
  await look(page, 'letter-withdraw');
  await dialog.getByRole('button', { name: words.withdrawConfirm, exact: true }).press('Enter');
  await expect(readers.getByRole('listitem')).toHaveCount(1);
});
