import { expect, test } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  fillLetter,
  firstRun,
  openFolder,
  openSection,
  passphrases,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

test('quitting, as the system does at logout, saves what was typed a moment ago', async () => {
  app = await launch();
  const { userData } = app;
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Sebelum keluar', outside: 'Camat Sukadana' });
  await page
    .getByRole('textbox', { name: text.editor.subject, exact: true })
    .fill('Kata terakhir sebelum keluar');
  await app.evaluate(({ app: main }) => {
    setTimeout(() => main.quit());
  });
  expect(await app.exited).toBe(0);
  app = await launch({ userData });
  const again = await app.firstWindow();
  await unlock(again, 'siti', passphrases.account);
  await openFolder(again, text.letters.folder.drafts);
  await expect(again.getByText('Kata terakhir sebelum keluar').first()).toBeVisible({ timeout: 15_000 });
});

test('the system’s lock saves what is typed and locks the vault', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Sebelum pergi', outside: 'Camat Sukadana' });
  await page
    .getByRole('textbox', { name: text.editor.subject, exact: true })
    .fill('Kata terakhir sebelum pergi');
  await app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('lock-screen');
  });
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toBeVisible({ timeout: 15_000 });
  await unlock(page, 'siti', passphrases.account);
  await openFolder(page, text.letters.folder.drafts);
  await expect(page.getByText('Kata terakhir sebelum pergi').first()).toBeVisible({ timeout: 15_000 });
});
