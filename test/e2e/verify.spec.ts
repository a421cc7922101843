import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { launch, type AppHandle } from './fixture.ts';
import { look, text } from './steps.ts';

/** Verify without a vault: good, tampered, unsigned and not a PDF. */
let app: AppHandle;
let page: Page;
let good: Buffer;
let unsigned: Buffer;

test.beforeAll(async () => {
  const now = new Date();
  const identity = await createTestIdentity(
    { commonName: 'Siti Rahmawati', organisation: 'Uji', unit: 'Uji' },
    now,
  );
  const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  const { pdf } = typesetter.typeset({
    letter: sampleLetter(1),
    profile: null,
    createdAt: now.toISOString(),
  });
  unsigned = Buffer.from(pdf);
  const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
  good = Buffer.from(await signPdf(pdf, { signer, time: now }));
});

test.afterEach(() => app.close());

async function verify(name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/pdf', buffer });
}

test('good, tampered, unsigned, not a PDF', async () => {
  app = await launch({ userData: await prepared() });
  page = await app.firstWindow();
  await page.getByRole('button', { name: text.unlock.verify, exact: true }).click();
  await look(page, 'verify-empty');
  await verify('surat.pdf', good);
  await expect(page.getByText(text.verify.sentence.untrusted).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(text.verify.unchanged.unchanged).first()).toBeVisible();
  await expect(page.getByText(text.verify.neutral.unchanged, { exact: true })).toBeVisible();
  await expect(page.getByText(text.verify.neutral.claimed, { exact: true })).toBeVisible();
  await look(page, 'verify-untrusted');

  const tampered = Buffer.from(good);
  tampered.writeUInt8(tampered.readUInt8(400) ^ 1, 400);
  await verify('diubah.pdf', tampered);
  await expect(page.getByText('diubah.pdf').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(text.verify.word.good, { exact: true })).toHaveCount(0);
  await look(page, 'verify-tampered');

  await verify('tanpa.pdf', unsigned);
  await expect(page.getByText(text.verify.sentence.unsigned).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(text.verify.word.unsigned, { exact: true })).toBeVisible();
  await expect(page.getByText(text.verify.word.unsure, { exact: true })).toHaveCount(0);
  await look(page, 'verify-unsigned');

  await verify('catatan.pdf', readFileSync(join(import.meta.dirname, '../../package.json')));
  await expect(page.getByText(text.verify.sentence.unreadable).first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'verify-not-a-pdf');
});

/** A data folder with a locked vault. */
async function prepared(): Promise<string> {
  const { testApp } = await import('../fixtures/engine.ts');
  const made = testApp();
  await made.firstRun();
  await made.close();
  return made.dataDir;
}
