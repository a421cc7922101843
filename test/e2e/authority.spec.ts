import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { launch, type AppHandle } from './fixture.ts';
import {
  activate,
  addPerson,
  answerWithPath,
  chooseKind,
  expectHome,
  fillLetter,
  firstRun,
  lock,
  look,
  lookAround,
  openSection,
  openSettings,
  passphrases,
  signLetter,
  text,
  unlock,
} from './steps.ts';

const words = text.authority;
const caPassphrase = 'sandi CA internal kantor';
const budi = { account: 'sandi akun milik budi', signing: 'tanda tangan budi' };

let app: AppHandle;
let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-e2e-ca-'));
});
test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).press('Enter');
const typeIn = (within: Page | Locator, label: string): Locator => within.getByLabel(label, { exact: true });
const openssl = (...args: string[]): string => {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}`;
};

/** Saves what a button makes under a name of ours. */
async function saved(within: Page | Locator, page: Page, name: string, file: string): Promise<void> {
  await answerWithPath(app, path(file));
  await press(within, name);
  await expect(page.getByText(words.saved(file))).toBeVisible();
}

async function publish(page: Page, button: string, file: string): Promise<void> {
  await press(page, button);
  const dialog = page.getByRole('dialog');
  await answerWithPath(app, path(file));
  await typeIn(dialog, words.create.passphrase).fill(caPassphrase);
  await press(dialog, words.lists.confirm);
  await expect(dialog).toBeHidden({ timeout: 15_000 });
}

test('the office makes its own CA; a person asks, is certified and revoked, and openssl agrees', async () => {
  test.setTimeout(300_000);
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);

  await openSettings(page, text.settings.section.authority);
  const create = page.getByRole('form', { name: words.create.title });
  await expect(typeIn(create, words.create.organisation)).toHaveValue(/LAMPUNG TIMUR/);
  await press(create, words.create.confirm);
  await expect(create.getByText(words.create.tooShort)).toBeVisible();
  await typeIn(create, words.create.passphrase).fill(caPassphrase);
  await typeIn(create, words.create.again).fill(caPassphrase);
  await lookAround(page, 'authority-create');
  await press(create, words.create.confirm);
  await expect(page.getByRole('region', { name: words.anchor.title })).toBeVisible({ timeout: 20_000 });
  await look(page, 'authority-empty');

  await addPerson(page, {
    username: 'budi',
    name: 'Budi Santoso',
    post: 'Kepala Dinas Komunikasi',
    unit: 'DISKOMINFO',
    initial: 'sandi awal sekali',
  });
  await lock(page);

  await unlock(page, 'budi', 'sandi awal sekali');
  await activate(page, budi.account, budi.signing);
  await expectHome(page, /Budi Santoso/);
  await openSettings(page, text.settings.section.certificates);
  const asking = page.getByRole('form', { name: words.mine.title });
  await typeIn(asking, text.passphrases.signing).fill(budi.signing);
  await look(page, 'authority-ask');
  await press(asking, words.mine.confirm);
  await expect(page.getByText(/menunggu persetujuan administrator/)).toBeVisible({ timeout: 15_000 });
  await look(page, 'authority-asked');
  await lock(page);

  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  await openSettings(page, text.settings.section.authority);
  await press(page, words.waiting.approveOf('Budi Santoso'));
  const dialog = page.getByRole('dialog');
  await typeIn(dialog, words.create.passphrase).fill('bukan sandinya');
  await press(dialog, words.waiting.approveConfirm);
  await expect(typeIn(dialog, words.create.passphrase)).toBeFocused({ timeout: 15_000 });
  await typeIn(dialog, words.create.passphrase).fill(caPassphrase);
  await look(page, 'authority-approve');
  await press(dialog, words.waiting.approveConfirm);
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  const list = page.getByRole('list', { name: words.issued.title });
  await expect(list).toContainText('Budi Santoso');

  // A request that came in a file.
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'x.key',
    '-subj',
    '/CN=Segel Dinas',
    '-out',
    'x.csr',
  );
  await page.locator('input[type=file]').setInputFiles(path('x.csr'));
  await expect(typeIn(dialog, words.issue.name)).toHaveValue('Segel Dinas');
  await dialog.getByRole('radio', { name: words.issue.office }).press('Space');
  await typeIn(dialog, words.create.passphrase).fill(caPassphrase);
  await look(page, 'authority-issue');
  await press(dialog, words.issue.confirm);
  await expect(dialog).toBeHidden({ timeout: 15_000 });

  await saved(page, page, words.issued.saveOf('Budi Santoso'), 'budi.pem');
  await saved(page, page, words.issued.saveOf('Segel Dinas'), 'segel.pem');
  await saved(page, page, words.anchor.save, 'akar.pem');
  await saved(page, page, words.anchor.leaflet, 'lembar.pdf');
  expect(readFileSync(path('lembar.pdf')).subarray(0, 5).toString()).toBe('%PDF-');

  await press(page, words.issued.revokeOf('Budi Santoso'));
  await press(dialog, words.revoke.confirm);
  await expect(dialog.getByText(words.revoke.reasonMissing)).toBeVisible();
  await dialog.getByRole('radio', { name: words.reasons['key-compromise'] }).press('Space');
  await typeIn(dialog, words.create.passphrase).fill(caPassphrase);
  await look(page, 'authority-revoke');
  await press(dialog, words.revoke.confirm);
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  await publish(page, words.lists.make, 'ca.crl');
  await publish(page, words.lists.makeRoot, 'akar.crl');
  await expect(page.getByText(/^Daftar terakhir berlaku sampai/)).toBeVisible();
  await lookAround(page, 'authority');

  const lists = ['ca', 'akar'].map((name) => {
    openssl('crl', '-inform', 'DER', '-in', `${name}.crl`, '-out', `${name}.crl.pem`);
    return readFileSync(path(`${name}.crl.pem`), 'utf8');
  });
  writeFileSync(path('lists.pem'), lists.join(''));
  const verify = (name: string): string =>
    openssl(
      'verify',
      '-CAfile',
      'akar.pem',
      '-untrusted',
      name,
      '-crl_check_all',
      '-CRLfile',
      'lists.pem',
      name,
    );
  expect(verify('segel.pem')).toContain('segel.pem: OK');
  expect(verify('budi.pem')).toContain('certificate revoked');
  execFileSync('qpdf', ['--check', path('lembar.pdf')]);

  // The person sees what became of it, and that it is no longer used.
  await lock(page);
  await unlock(page, 'budi', budi.account);
  await expectHome(page, /Budi Santoso/);
  await openSettings(page, text.settings.section.certificates);
  const mine = page.getByRole('list', { name: text.identity.list });
  await expect(mine).toContainText(text.identity.revoked);
  await expect(mine).toContainText(text.signingKeys.uncertified);
  await lookAround(page, 'authority-mine');
});

test('a signature that is not certified is called so before it is made, on the letter and in the report', async () => {
  test.setTimeout(120_000);
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Laporan bulanan', outside: 'Bupati Lampung Timur' });
  await signLetter(page, passphrases.signing, async () => {
    await expect(page.getByRole('dialog')).toContainText(text.signingKeys.uncertified.toLowerCase());
    await look(page, 'uncertified-sign');
  });
  const letter = page.getByRole('article');
  await expect(letter).toContainText(text.signingKeys.uncertified, { timeout: 20_000 });
  await lookAround(page, 'uncertified-letter');
  await letter.getByRole('button', { name: text.letters.verify, exact: true }).click();
  const report = page.getByRole('dialog');
  await expect(report).toContainText(text.verify.uncertified, { timeout: 15_000 });
  await expect(report).toContainText(text.verify.uncertifiedText);
});
