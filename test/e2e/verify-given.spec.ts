import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { launch, type AppHandle } from './fixture.ts';
import { expectHome, look, lookAround, openSection, text, unlock } from './steps.ts';

/** Files that the system hands over: by double click, by "open with", to the instance that runs already. */
let app: AppHandle;
let page: Page;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-given-'));
  const now = new Date();
  const made = await createTestIdentity(
    { commonName: 'Siti Rahmawati', organisation: 'Uji', unit: 'Uji' },
    now,
  );
  const typesetter = createTypesetter({ resourcesDir: 'resources' });
  const { pdf } = typesetter.typeset({
    letter: sampleLetter(1),
    profile: null,
    createdAt: now.toISOString(),
  });
  const signer = signerFromPkcs8(made.privateKey, made.certificate, made.chain);
  writeFileSync(join(folder, 'surat masuk.pdf'), await signPdf(pdf, { signer, time: now }));
  writeFileSync(join(folder, 'tanpa.pdf'), pdf);
  writeFileSync(join(folder, 'catatan.txt'), 'bukan PDF');
  mkdirSync(join(folder, 'map'));
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.afterEach(() => app.close());

/** What the system does when the application is asked to open more files while it runs. */
const openMore = (names: readonly string[]): Promise<void> =>
  app.evaluate(
    ({ app: running }, { argv, cwd }) => {
      running.emit('second-instance', {}, argv, cwd, {});
    },
    { argv: ['eletter', '--lang=id', ...names], cwd: folder },
  );

async function prepared(): Promise<string> {
  const { testApp } = await import('../fixtures/engine.ts');
  const made = testApp();
  await made.firstRun();
  await made.close();
  return made.dataDir;
}

test('a double click needs no account, and the first run waits behind it', async () => {
  app = await launch({ args: ['--some-switch', join(folder, 'surat masuk.pdf')] });
  page = await app.firstWindow();
  await expect(page.getByText(text.verify.sentence.untrusted).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('surat masuk.pdf').first()).toBeVisible();
  expect(await page.content()).not.toContain(folder);
  await look(page, 'verify-given');
  await page.getByRole('button', { name: text.given.back, exact: true }).click();
  await expect(page.getByRole('heading', { name: text.firstRun.languageTitle })).toBeVisible();
});

test('several files are a table, and each that cannot be opened says why', async () => {
  app = await launch({ userData: await prepared() });
  page = await app.firstWindow();
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toBeVisible();
  await page.getByLabel(text.unlock.passphrase, { exact: true }).fill('setengah jadi');
  await openMore(['surat masuk.pdf', join(folder, 'tanpa.pdf'), 'catatan.txt', 'map', 'hilang.pdf']);
  await expect(page.getByText(text.verify.many.done(5, 5))).toBeVisible({ timeout: 30_000 });
  for (const words of [
    text.given.notPdf('catatan.txt'),
    text.given.folder('map'),
    text.given.missing('hilang.pdf'),
  ])
    await expect(page.getByRole('table').getByText(words, { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(folder);
  await lookAround(page, 'verify-given-many');
  await page.getByRole('button', { name: text.verify.many.open('surat masuk.pdf'), exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: text.viewing.pages, exact: true }).click();
  await expect(page.locator('canvas[data-drawn]')).toHaveCount(1, { timeout: 20_000 });
  await page.keyboard.press('Escape');
  // Nothing was checked anew for that.
  await expect(page.getByText(text.verify.many.done(5, 5))).toBeVisible();
  await openMore(['catatan.txt']);
  await expect(page.getByRole('alert').getByText(text.given.notPdf('catatan.txt'))).toBeVisible();
  await page.getByRole('button', { name: text.given.back, exact: true }).click();
  // What was typed on the screen behind is still there.
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toHaveValue('setengah jadi');
});

test('for whoever is at work it opens on Verify, after an open dialog is closed', async () => {
  const { accountPassphrase } = await import('../fixtures/engine.ts');
  app = await launch({ userData: await prepared() });
  page = await app.firstWindow();
  await unlock(page, 'siti', accountPassphrase);
  await expectHome(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await openMore(['surat masuk.pdf']);
  await expect(page.getByText(text.given.waiting(1))).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: text.common.close, exact: true }).click();
  await openSection(page, text.rail.verify);
  await expect(page.getByText('surat masuk.pdf').first()).toBeVisible({ timeout: 20_000 });
  await openSection(page, text.rail.home);
  await openMore(['tanpa.pdf']);
  await expect(page.getByText(text.verify.sentence.unsigned).first()).toBeVisible({ timeout: 20_000 });
});

test('a thousand files: progress, stop, and only the rows in view are in the page', async () => {
  test.setTimeout(180_000);
  app = await launch({ userData: await prepared() });
  page = await app.firstWindow();
  await page.getByRole('button', { name: text.unlock.verify, exact: true }).click();
  const letter = readFileSync(join(folder, 'surat masuk.pdf'));
  const few = Buffer.from('%PDF-1.7\nsepotong');
  const long = 'Undangan rapat koordinasi percepatan pelaksanaan program dan kegiatan akhir tahun';
  const files = Array.from({ length: 1000 }, (_, index) => ({
    name: `${index % 7 === 0 ? long : 'surat'} ${index + 1}.pdf`,
    mimeType: 'application/pdf',
    buffer: index % 50 === 0 ? letter : few,
  }));
  await page.locator('input[type=file]').first().setInputFiles(files);
  const began = Date.now();
  await page.getByRole('button', { name: text.verify.many.stop, exact: true }).click();
  await expect(page.getByText(text.verify.many.stopped)).toBeVisible();
  await look(page, 'verify-thousand-stopped');
  await page.getByRole('button', { name: text.verify.many.resume, exact: true }).click();
  await expect(page.getByText(text.verify.many.done(1000, 1000))).toBeVisible({ timeout: 120_000 });
  console.log(`1000 files: ${Date.now() - began} ms`);
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '1001');
  await page.getByLabel(text.verify.many.show).selectOption('unsure');
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '21');
  await page.getByLabel(text.verify.many.search).fill('rapat KOORDINASI');
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '4');
  await page.getByLabel(text.verify.many.search).fill('');
  await page.getByLabel(text.verify.many.show).selectOption('all');
  await page.getByLabel(text.verify.many.order).selectOption('outcome');
  const region = page.getByRole('region', { name: text.verify.many.label });
  await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.getByRole('row').last()).toContainText('Siti Rahmawati');
  await lookAround(page, 'verify-thousand');
});
