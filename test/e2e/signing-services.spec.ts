import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startAuthorities, type Authorities } from '../fixtures/authorities.ts';
import { startGateway, type EsignGateway } from '../fixtures/esign-gateway.ts';
import { pem, testPki } from '../fixtures/pki.ts';
import { makeToken, softToken, type TestToken } from '../fixtures/token.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  answerWithFolder,
  chooseKind,
  fillLetter,
  firstRun,
  look,
  lookAround,
  openSection,
  openSettings,
  passphrases,
  text,
} from './steps.ts';

let app: AppHandle;
let world: Authorities | null = null;
let gateway: EsignGateway | null = null;
let token: TestToken | null = null;
test.afterEach(async () => {
  await app.close();
  await world?.close();
  await gateway?.close();
  token?.remove();
  world = null;
  gateway = null;
  token = null;
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A person under the authorities' issuer, as a .p12 file. */
function p12(from: Authorities): number[] {
  const path = (name: string): string => join(from.folder, name);
  const party = from.person('Siti Rahmawati');
  writeFileSync(path('who.pem'), pem('CERTIFICATE', party.certificate));
  writeFileSync(path('who.key'), party.key.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(path('issuing.pem'), pem('CERTIFICATE', from.issuing.certificate));
  const files = ['-in', path('who.pem'), '-inkey', path('who.key'), '-certfile', path('issuing.pem')];
  const out = ['-passout', 'pass:rahasia', '-out', path('who.p12')];
  execFileSync('openssl', ['pkcs12', '-export', ...files, ...out], { stdio: 'pipe' });
  return [...readFileSync(path('who.p12'))];
}

/** Straight through the bridge: other specs show these screens. */
const addTrust = (page: Page, der: Uint8Array): Promise<unknown> =>
  page.evaluate((bytes) => window.eletter.trust.add({ bytes: Uint8Array.from(bytes), psre: true }), [...der]);

async function openDraft(page: Page, subject: string): Promise<void> {
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject, outside: 'Kepala Dinas' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
  await button(page, text.editor.sign).click();
}

test('timestamps and level: set, tried, met by silence, and completed', async () => {
  test.slow();
  world = await startAuthorities();
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSettings(page, text.settings.section.signing);
  await lookAround(page, 'signing-services');

  const form = page.getByRole('form', { name: text.services.levelTitle });
  await form.getByLabel(text.services.level).selectOption('lta');
  await form.getByRole('button', { name: text.services.save, exact: true }).click();
  await expect(form.getByText(text.services.tsaNeeded)).toBeVisible();
  await expect(form.getByText(text.services.revocationNeeded)).toBeVisible();
  await look(page, 'signing-services-wrong');
  await form.getByLabel(text.services.tsa).fill(world.tsaUrl);
  await form.getByText(text.services.revocation).click();
  await form.getByRole('button', { name: text.services.save, exact: true }).click();
  await form.getByRole('button', { name: text.services.testOf.tsa, exact: true }).click();
  await expect(form.getByText(text.services.tsaRefused)).toBeVisible({ timeout: 15_000 });
  await addTrust(page, world.root.certificate);
  await form.getByRole('button', { name: text.services.testOf.tsa, exact: true }).click();
  await expect(form.getByText(text.services.tsaGood('TSA Uji'))).toBeVisible({ timeout: 15_000 });
  await look(page, 'signing-services-tried');

  await page.evaluate(
    ([bytes, signingPassphrase]) =>
      window.eletter.identity.importP12({
        bytes: Uint8Array.from(bytes),
        p12Passphrase: 'rahasia',
        signingPassphrase,
      }),
    [p12(world), passphrases.signing] as const,
  );
  world.misbehave('tsa', (_, response) => void response.destroy());
  await openDraft(page, 'Laporan bulan ini');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel(text.signingKeys.which)).toBeVisible();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await look(page, 'sign-which-key');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText(/^Tingkat B.LTA belum tercapai/).first()).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 15_000 });
  await look(page, 'letter-lowered');

  world.behave();
  await button(page, text.level.complete).click();
  await expect(page.getByText(text.level.completed('B\u2011LTA'))).toBeVisible({ timeout: 20_000 });
  await expect(button(page, text.level.complete)).toBeHidden();
  await page.getByText(text.level.is('B\u2011LTA', text.signingKeys.certified)).scrollIntoViewIfNeeded();
  await look(page, 'letter-completed');
});

test('a token and the office’s service: added, and signed with by PIN and passphrase', async () => {
  test.skip(softToken === null, 'needs the Debian package softhsm2');
  test.slow();
  const pki = testPki();
  token = makeToken('Sekda', [pki.rsa, pki.expired]);
  gateway = await startGateway(pki.p256);
  app = await launch({ env: token.env });
  const page = await app.firstWindow();
  await firstRun(page);
  await openSettings(page, text.settings.section.signing);
  const tokens = page.getByRole('form', { name: text.services.tokensTitle });
  await answerWithFolder(app, join(import.meta.dirname, 'fixture.ts'));
  await tokens.getByRole('button', { name: text.services.addDriver, exact: true }).click();
  await expect(tokens.getByText(/Pustaka PKCS#11 fixture\.ts tidak dapat dipakai/)).toBeVisible({
    timeout: 15_000,
  });
  await answerWithFolder(app, token.driver);
  await tokens.getByRole('button', { name: text.services.addDriver, exact: true }).click();
  await tokens.getByRole('button', { name: text.services.testOf.tokens, exact: true }).click();
  await expect(tokens.getByText(text.services.tokensGood('Sekda'))).toBeVisible({ timeout: 15_000 });

  const office = page.getByRole('form', { name: text.services.gatewayTitle });
  await office.getByLabel(text.services.url).fill(gateway.url);
  await office.getByLabel(text.services.user).fill(gateway.user);
  await office.getByLabel(text.services.password, { exact: true }).fill(gateway.password);
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'ca-kantor.pem', mimeType: 'text/plain', buffer: Buffer.from(gateway.authority) });
  await office.getByRole('button', { name: text.services.saveGateway, exact: true }).click();
  const kept = page.getByRole('form', { name: text.services.gatewayTitle });
  await kept.getByRole('button', { name: text.services.testOf.gateway, exact: true }).click();
  await expect(kept.getByText(text.services.gatewayGood(new URL(gateway.url).host))).toBeVisible({
    timeout: 15_000,
  });
  await expect(kept.getByLabel(text.services.password, { exact: true })).toHaveValue('');
  await look(page, 'signing-services-full');

  await openSettings(page, text.settings.section.certificates);
  const add = page.getByRole('region', { name: text.signingKeys.tokenTitle });
  await add.getByRole('button', { name: text.signingKeys.search, exact: true }).click();
  await add.getByRole('radio', { name: /Siti/ }).check({ force: true, timeout: 15_000 });
  await add.getByLabel(text.signingKeys.pin, { exact: true }).fill('000000');
  await look(page, 'identity-token');
  await add.getByRole('button', { name: text.signingKeys.addToken, exact: true }).click();
  await expect(add.getByText(/PIN token salah/)).toBeVisible({ timeout: 15_000 });
  await add.getByLabel(text.signingKeys.pin, { exact: true }).fill(token.pin);
  await add.getByRole('button', { name: text.signingKeys.addToken, exact: true }).click();
  await expect(page.getByText('Token Sekda')).toBeVisible({ timeout: 15_000 });
  const service = page.getByRole('form', { name: text.signingKeys.gatewayTitle });
  await service.getByLabel(text.signingKeys.nik).fill(gateway.nik);
  await service.getByLabel(text.signingKeys.passphrase, { exact: true }).fill(gateway.passphrase);
  await service.getByRole('button', { name: text.signingKeys.addGateway, exact: true }).click();
  await expect(page.getByText(/^Layanan kantor 127/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(text.signingKeys.uncertified, { exact: true })).toHaveCount(3);
  await page.getByText('Token Sekda').scrollIntoViewIfNeeded();
  await look(page, 'identities-elsewhere');

  await openDraft(page, 'Dengan token');
  const dialog = page.getByRole('dialog');
  const which = dialog.getByLabel(text.signingKeys.which);
  await which.selectOption({ label: await labelOf(page, /Token Sekda/) });
  await dialog.getByLabel(text.signingKeys.secret.token, { exact: true }).fill('111111');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(/PIN token salah/)).toBeVisible({ timeout: 15_000 });
  await look(page, 'sign-token');
  await dialog.getByLabel(text.signingKeys.secret.token, { exact: true }).fill(token.pin);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await openDraft(page, 'Lewat layanan');
  await which.selectOption({ label: await labelOf(page, /Layanan kantor/) });
  await dialog.getByLabel(text.signingKeys.secret.gateway, { exact: true }).fill(gateway.passphrase);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText(/^Surat ditandatangani dengan nomor/)).toBeVisible();

  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.getByRole('button', { name: 'Signing services', exact: true }).click();
  await look(page, 'signing-services-en');
});

/** Of the choice of keys, once they are read. */
async function labelOf(page: Page, pattern: RegExp): Promise<string> {
  const option = page.getByRole('dialog').locator('option').filter({ hasText: pattern });
  await expect(option).toHaveCount(1);
  return (await option.textContent()) ?? '';
}
