import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { errorText } from '../../src/renderer/lib/i18n/index.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  activate,
  addPerson,
  answerWithFolder,
  chooseKind,
  expectHome,
  fillLetter,
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

const words = text.backups;
let app: AppHandle;
/** `data` outlives the application that wrote it; `drive` stands for a disk that is kept elsewhere. */
let folders: { readonly root: string; readonly data: string; readonly drive: string };

test.beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'eletter-backup-'));
  folders = { root, data: join(root, 'data'), drive: join(root, 'drive') };
  mkdirSync(folders.data);
  mkdirSync(folders.drive);
});

test.afterEach(async () => {
  await app.close();
  rmSync(folders.root, { recursive: true, force: true });
});

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).click();

async function open(userData = folders.data): Promise<Page> {
  app = await launch({ userData });
  return app.firstWindow();
}

/** A finished set is named by its moment. */
const setsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}-\d{2}T/.test(name))
    .map((name) => join(folder, name));

async function chooseDrive(page: Page, folder = folders.drive): Promise<void> {
  await answerWithFolder(app, folder);
  await press(page, words.choose);
  await expect(page.getByText(words.chosen)).toBeVisible();
}

/** @returns the set just made. */
async function backUpNow(page: Page): Promise<string> {
  await press(page, words.run);
  await expect(page.getByText(/sudah dibuat dan diperiksa/)).toBeVisible({ timeout: 15_000 });
  const newest = setsIn(folders.drive).toSorted().at(-1);
  if (newest === undefined) throw new Error('No set was written.');
  return newest;
}

/** A vault with a backup of it on the drive, the application closed. */
async function backedUp(): Promise<string> {
  const page = await open();
  await firstRun(page);
  await openSettings(page, text.settings.section.backups);
  await chooseDrive(page);
  const set = await backUpNow(page);
  await app.close();
  return set;
}

const restoredBanner = (page: Page): Locator => page.getByRole('status').filter({ hasText: words.restored });

test('a backup now, and back to it: what was written since is gone, the vault before is kept aside', async () => {
  const page = await open();
  await firstRun(page);
  await openSettings(page, text.settings.section.backups);
  await expect(page.getByText(words.none)).toBeVisible();
  await expect(page.getByText(words.sameDisk)).toBeVisible();
  await lookAround(page, 'settings-backups-none');

  await answerWithFolder(app, null);
  await press(page, words.choose);
  await expect(page.getByText(words.sameDisk)).toBeVisible();

  // A drive that went away: the path is there, but nothing can be written below it.
  const gone = join(folders.root, 'hilang');
  writeFileSync(gone, '');
  await chooseDrive(page, gone);
  await press(page, words.run);
  await expect(page.getByRole('alert').filter({ hasText: words.notWritable })).toContainText(words.advice);
  await look(page, 'settings-backups-failed');

  await chooseDrive(page);
  await expect(page.getByText(words.sameDisk)).toHaveCount(0);
  await expect(page.getByText(folders.drive)).toBeVisible();
  const set = await backUpNow(page);
  await expect(page.getByText(words.failed)).toHaveCount(0);
  await expect(page.getByText(words.kept('1'))).toBeVisible();
  await lookAround(page, 'settings-backups');

  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Nota Dinas');
  await fillLetter(page, { subject: 'Ditulis sesudah cadangan', outside: 'Kepala Bagian Umum' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });

  await openSettings(page, text.settings.section.backups);
  await press(page, words.restore);
  const dialog = page.getByRole('dialog', { name: words.confirmTitle });
  await expect(dialog.getByRole('button', { name: text.common.cancel })).toBeFocused();
  await lookAround(page, 'backup-restore-confirm');
  await answerWithFolder(app, null);
  await press(dialog, words.chooseSet);
  await expect(dialog.getByRole('button', { name: text.common.cancel })).toBeEnabled();

  // Not a set: refused before anybody is signed out, the vault at hand untouched.
  await answerWithFolder(app, folders.drive);
  await press(dialog, words.chooseSet);
  await expect(
    page.getByText(errorText({ code: 'BACKUP_TORN', params: { part: 'manifest.json' } }, 'id')),
  ).toBeVisible({ timeout: 15_000 });
  await look(page, 'backup-not-restored');
  await press(dialog, text.common.cancel);
  await expect(dialog).toBeHidden();
  await openFolder(page, text.letters.folder.drafts);
  await expect(page.getByText('Ditulis sesudah cadangan').first()).toBeVisible({ timeout: 15_000 });

  await openSettings(page, text.settings.section.backups);
  await press(page, words.restore);
  await answerWithFolder(app, set);
  await press(dialog, words.chooseSet);
  await expect(restoredBanner(page)).toContainText(words.keptAside, { timeout: 15_000 });
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toBeFocused();
  await lookAround(page, 'unlock-restored');
  expect(readdirSync(folders.data).filter((name) => name.startsWith('vault.before-'))).toHaveLength(1);

  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  await openFolder(page, text.letters.folder.drafts);
  await expect(page.getByText(text.letters.empty.drafts)).toBeVisible({ timeout: 15_000 });
  // Told once.
  await lock(page);
  await expect(page.getByText(words.restored)).toHaveCount(0);
});

test('others than administrators may back up, but neither choose the folder nor restore', async () => {
  const page = await open();
  await firstRun(page);
  await addPerson(page, {
    username: 'budi',
    name: 'Budi Santoso',
    post: 'Kepala Bagian Umum',
    unit: 'UMUM',
    initial: 'sandi awal budi',
  });
  await openSettings(page, text.settings.section.backups);
  await chooseDrive(page);
  await lock(page);
  await unlock(page, 'budi', 'sandi awal budi');
  await activate(page, 'sandi akun milik budi', 'tanda tangan budi');
  await expectHome(page, /Budi Santoso/);
  await openSettings(page, text.settings.section.backups);
  await expect(page.getByText(words.adminOnly)).toBeVisible();
  await lookAround(page, 'settings-backups-staff');
  await backUpNow(page);
  for (const name of [words.choose, words.restore])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
});

test('a new machine begins with a backup from the old one', async () => {
  const set = await backedUp();
  const page = await open(join(folders.root, 'komputer-baru'));
  await expect(page.getByRole('heading', { name: text.firstRun.languageTitle })).toBeVisible();
  await lookAround(page, 'first-run-1-restore');
  await answerWithFolder(app, null);
  await press(page, words.restore);
  await expect(page.getByRole('alert')).toHaveText(['']);
  await answerWithFolder(app, folders.drive);
  await press(page, words.restore);
  await expect(page.getByRole('alert').filter({ hasText: 'manifest.json' })).toBeVisible();
  await look(page, 'first-run-1-not-restored');

  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await answerWithFolder(app, set);
  await press(page, en.backups.restore);
  const banner = page.getByRole('status').filter({ hasText: en.backups.restored });
  await expect(banner).toContainText(en.backups.signIn, { timeout: 15_000 });
  await expect(banner).not.toContainText(en.backups.keptAside);
  await lookAround(page, 'unlock-restored-new-machine');
  await page.getByLabel(en.unlock.passphrase, { exact: true }).fill(passphrases.account);
  await press(page, en.unlock.enter);
  await expectHome(page);
});

test('a damaged vault offers the way back', async () => {
  const set = await backedUp();
  truncateSync(join(folders.data, 'vault', 'letters.db'), 5000);
  let page = await open();
  await unlock(page, 'siti', 'bukan kata sandinya');
  await expect(page.getByText(/^Kata sandi salah/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('button', { name: words.restore })).toHaveCount(0);
  await unlock(page, 'siti', passphrases.account);
  const alert = page.getByRole('alert').filter({ hasText: 'tidak dapat dibaca utuh' });
  await expect(alert).toBeVisible({ timeout: 15_000 });
  await lookAround(page, 'unlock-damaged');
  // Hardly more than a page is left of it: nothing can be saved, and it says so.
  await press(page, words.salvage);
  await expect(alert).toBeVisible({ timeout: 15_000 });
  // The wrong folder, then the right one.
  await answerWithFolder(app, folders.drive);
  await press(page, words.restore);
  await expect(page.getByRole('alert').filter({ hasText: 'manifest.json' })).toBeVisible();
  await answerWithFolder(app, set);
  await press(page, words.restore);
  await expect(restoredBanner(page)).toContainText(words.keptAside, { timeout: 15_000 });
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  await app.close();

  // Its header gone, nobody can sign in at all.
  writeFileSync(join(folders.data, 'vault', 'vault.json'), '{"rusak');
  page = await open();
  await expect(page.getByRole('heading', { name: text.app.failedTitle })).toBeVisible();
  await lookAround(page, 'start-damaged');
  await answerWithFolder(app, folders.drive);
  await press(page, words.restore);
  await expect(page.getByText(/manifest\.json/)).toBeVisible({ timeout: 15_000 });
  await answerWithFolder(app, set);
  await press(page, words.restore);
  await expect(restoredBanner(page)).toContainText(words.keptAside, { timeout: 15_000 });
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  expect(readdirSync(folders.data).filter((name) => name.startsWith('vault.before-'))).toHaveLength(2);
});
