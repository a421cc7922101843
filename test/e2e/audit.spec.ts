import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  answerWithPath,
  expectHome,
  firstRun,
  lock,
  look,
  lookAround,
  openSettings,
  passphrases,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-audit-'));
});
test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).press('Enter');
const typeIn = (within: Page | Locator, label: string): Locator => within.getByLabel(label, { exact: true });
const formOf = (page: Page, name: string): Locator => page.getByRole('form', { name, exact: true });

test('the log is read, checked and taken out signed; locks are set, the vault is re-keyed, and my data is mine', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);

  const security = text.security;
  await openSettings(page, text.settings.section.security);
  await typeIn(page, security.idle).selectOption({ label: security.minutes(5) });
  await typeIn(page, security.workFrom).selectOption({ label: '22.00' });
  await press(page, security.save);
  await expect(page.getByText(security.orderWrong)).toBeVisible();
  await typeIn(page, security.workFrom).selectOption({ label: '00.00' });
  await typeIn(page, security.workUntil).selectOption({ label: '24.00' });
  await press(page, security.save);
  await expect(page.getByText(security.saved)).toBeVisible();
  await look(page, 'settings-security');
  const rekey = formOf(page, security.rekey.title);
  await typeIn(rekey, text.passphrases.account).fill(passphrases.account);
  await press(rekey, security.rekey.confirm);
  await expect(page.getByText(security.rekey.done)).toBeVisible({ timeout: 30_000 });

  const words = text.audit;
  await openSettings(page, text.settings.section.audit);
  const table = page.getByRole('table', { name: words.table });
  await expect(table.getByRole('row').filter({ hasText: words.actions['vault.rekeyed'] ?? '?' })).toHaveCount(
    1,
  );
  await expect(table).toContainText('kunci layar (menit): 5');
  const whole = page.getByRole('region', { name: words.check.title });
  await expect(whole).toContainText(/Rangkaian utuh/);
  await press(whole, words.check.run);
  await expect(whole).toContainText(/Rangkaian utuh/);
  await lookAround(page, 'settings-audit');

  const out = formOf(page, words.export.title);
  await typeIn(out, text.passphrases.signing).fill('bukan sandinya');
  await press(out, words.export.confirm);
  await expect(typeIn(out, text.passphrases.signing)).toBeFocused();
  await answerWithPath(app, join(folder, 'audit.jsonl'));
  await typeIn(out, text.passphrases.signing).fill(passphrases.signing);
  await press(out, words.export.confirm);
  await expect(page.getByText(/^Catatan audit disimpan sebagai/)).toBeVisible();
  expect(readdirSync(folder).length).toBeGreaterThanOrEqual(2);
  expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('vault.rekeyed');

  const mine = text.mydata;
  await page.getByRole('button', { name: /^Akun / }).press('Enter');
  await page.getByRole('menuitem', { name: text.rail.myData }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: text.settings.section.mydata })).toBeVisible();
  await answerWithPath(app, join(folder, 'saya.zip'));
  await press(page, mine.export);
  await expect(page.getByText(/^Salinan disimpan sebagai/)).toBeVisible();
  expect(readFileSync(join(folder, 'saya.zip')).subarray(0, 2).toString()).toBe('PK');
  const ask = formOf(page, mine.deletion);
  await press(ask, mine.ask);
  await expect(typeIn(ask, mine.reason)).toBeFocused();
  await typeIn(ask, mine.reason).fill('Nomor telepon lama saya.');
  await press(ask, mine.ask);
  const yours = page.getByRole('region', { name: mine.yours });
  await press(yours, mine.withdraw);
  await expect(yours.getByText(mine.state.withdrawn)).toBeVisible();
  await typeIn(ask, mine.reason).fill('Data saya seluruhnya.');
  await press(ask, mine.ask);
  await page.getByRole('button', { name: mine.answerOf('Siti Rahmawati') }).press('Enter');
  const dialog = page.getByRole('dialog');
  await press(dialog, mine.answerConfirm);
  await dialog.getByRole('radio', { name: new RegExp(`^${mine.refuse}`) }).press('Space');
  await dialog.getByRole('textbox', { name: mine.answerText }).fill('Surat dinas wajib disimpan.');
  await press(dialog, mine.answerConfirm);
  await expect(dialog.getByRole('textbox', { name: mine.legalBasis })).toBeFocused();
  await look(page, 'mydata-answer');
  await dialog.getByRole('textbox', { name: mine.legalBasis }).fill('UU 27/2022 Pasal 15 ayat (1)');
  await press(dialog, mine.answerConfirm);
  await expect(dialog).toBeHidden();
  await expect(yours.getByText(mine.state.refused)).toBeVisible();
  await lookAround(page, 'settings-mydata');

  // The new key opens like the old one did.
  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
});
