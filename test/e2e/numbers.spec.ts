import { expect, test } from '@playwright/test';
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
  openSection,
  passphrases,
  signLetter,
  text,
  unlock,
} from './steps.ts';

const words = text.numbers;
const year = new Date().getFullYear();
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

let app: AppHandle;
test.afterEach(async () => {
  await app.close();
});

test('a registrar holds, inserts and cancels numbers; a signer takes the one that was held', async () => {
  test.setTimeout(240_000);
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.numbers);
  await expect(page.getByText(words.none)).toBeVisible();
  await look(page, 'numbers-empty');

  // A letter takes the first number.
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Laporan bulan ini', outside: 'Kepala Dinas Kesehatan' });
  await signLetter(page, passphrases.signing);

  await addPerson(page, {
    username: 'rina',
    name: 'Rina Kusuma',
    post: 'Kepala Tata Usaha',
    unit: 'SETDA',
    initial: 'sandi awal sekali',
  });
  await openSection(page, text.rail.numbers);
  const table = page.getByRole('table', { name: words.table });
  await expect(table).toContainText(`000.8.3/1/SETDA/${year}`);
  await expect(table).toContainText('Laporan bulan ini');

  const hold = async (subject: string, date?: string, see?: () => Promise<void>): Promise<void> => {
    await page.getByRole('button', { name: words.hold, exact: true }).click();
    const dialog = page.getByRole('dialog');
    if (date !== undefined) await dialog.getByLabel(words.date, { exact: true }).fill(date);
    await dialog.getByLabel(words.classification, { exact: true }).fill('000.8.3');
    await dialog.getByRole('textbox', { name: words.subject }).fill(subject);
    if (date !== undefined) await dialog.getByRole('textbox', { name: words.reason }).fill('Rapat kemarin');
    await see?.();
    await dialog.getByRole('button', { name: words.holdConfirm, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await hold('Surat kertas kepada Camat Sukadana');
  await hold('Undangan yang menyusul');
  await hold('Berita acara rapat kemarin', yesterday, () => look(page, 'numbers-hold'));
  await expect(table).toContainText('/2/SETDA/');
  await expect(table.getByText(words.inserted)).toBeVisible();

  await page.getByRole('button', { name: words.cancelOf(`000.8.3/2/SETDA/${year}`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.cancelConfirm, exact: true }).click();
  await expect(dialog.getByText(text.common.required)).toBeVisible();
  await dialog.getByRole('textbox', { name: words.reason }).fill('Salah ketik di kertas');
  await dialog.getByRole('button', { name: words.cancelConfirm, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(table).toContainText('Salah ketik di kertas');
  await lookAround(page, 'numbers');

  // A format that would collide says with which book.
  await page.getByLabel(words.register, { exact: true }).selectOption('surat-tugas');
  await page.getByRole('button', { name: words.format, exact: true }).click();
  const template = dialog.getByRole('textbox', { name: words.template, exact: true });
  await template.fill('{classification}/{sequence}/{unit}/{year}');
  await dialog.getByRole('button', { name: words.formatConfirm, exact: true }).click();
  await expect(dialog.getByText(/surat-keluar/)).toBeVisible();
  await template.fill('{security}-{sequence:3}/ST/{unit}/{romanMonth}/{year}');
  await expect(dialog.getByRole('status')).toContainText('B-001/ST/SETDA/');
  await look(page, 'numbers-format');
  await dialog.getByRole('button', { name: words.formatConfirm, exact: true }).click();
  await expect(dialog).toBeHidden();

  // The signer takes the held number.
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Undangan', outside: 'Camat Sukadana' });
  await signLetter(page, passphrases.signing, async () => {
    const choice = page.getByRole('dialog').getByLabel(words.choice, { exact: true });
    const label = await choice.getByText(/Undangan yang menyusul/).textContent();
    await choice.selectOption({ label: label ?? '' });
    await look(page, 'numbers-sign');
  });
  await expect(page.getByText(`000.8.3/3/SETDA/${year}`).first()).toBeVisible();

  // Who neither registers nor administers has no such entry.
  await lock(page);
  await unlock(page, 'rina', 'sandi awal sekali');
  await activate(page, 'sandi akun milik rina', 'tanda tangan rina');
  await expectHome(page, /Rina Kusuma/);
  await expect(page.getByRole('button', { name: text.rail.numbers, exact: true })).toHaveCount(0);
});
