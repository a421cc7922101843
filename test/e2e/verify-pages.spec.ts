import { expect, test, type Page } from '@playwright/test';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { commentAndPage, paintedOver, signVisibly } from '../fixtures/changed-letters.ts';
import { faxPdf } from '../fixtures/fax-pdf.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { makePdf } from '../unit/pdf/make-pdf.ts';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { launch, type AppHandle } from './fixture.ts';
import { expectHome, look, lookAround, openSection, text, unlock } from './steps.ts';

/** As long as a common name may be (RFC 5280, upper bounds: 64). */
const longName = 'Prof. Dr. Ir. Raden Ayu Kusumaningtyas Wiryawan-Prawirodirjo, M.';
const longFile = `Undangan rapat koordinasi ${'percepatan-pelaksanaan-program-'.repeat(5)}akhir.pdf`;

/** What was signed, beside what the file shows now. */
let app: AppHandle;
let page: Page;
let once: Buffer;
let twice: Buffer;
let painted: Buffer;
let longer: Buffer;
let named: Buffer;
let book: Buffer;

test.beforeAll(async () => {
  const now = new Date();
  const people = await Promise.all(
    ['Siti Rahmawati', 'Budi Santoso', longName].map(async (commonName) => {
      const made = await createTestIdentity({ commonName, organisation: 'Uji', unit: 'Uji' }, now);
      return signerFromPkcs8(made.privateKey, made.certificate, made.chain);
    }),
  );
  const [first, second, third] = people;
  if (!first || !second || !third) throw new Error('nobody to sign');
  const typesetter = createTypesetter({ resourcesDir: 'resources' });
  const { pdf } = typesetter.typeset({
    letter: sampleLetter(1),
    profile: null,
    createdAt: now.toISOString(),
  });
  once = Buffer.from(await signVisibly(pdf, { signer: first, time: now, x: 90, line: 'Siti Rahmawati' }));
  twice = Buffer.from(await signVisibly(once, { signer: second, time: now, x: 320, line: 'Budi Santoso' }));
  painted = paintedOver(once);
  longer = commentAndPage(once);
  const bound = await signVisibly(manyPages(), { signer: first, time: now, x: 90, line: 'Siti' });
  book = Buffer.from(await signVisibly(bound, { signer: second, time: now, x: 320, line: 'Budi' }));
  named = Buffer.from(await signVisibly(once, { signer: third, time: now, x: 320, line: 'Panjang' }));
});

const bookPages = 400;

function manyPages(): Uint8Array {
  const numbers = Array.from({ length: bookPages }, (_, index) => 4 + index);
  const drawing = '60 700 200 20 re f';
  return makePdf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: `<</Type /Pages /Kids [${numbers.map((num) => `${num} 0 R`).join(' ')}] /Count ${bookPages} /MediaBox [0 0 600 800]>>`,
      3: `<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`,
      ...Object.fromEntries(
        numbers.map((num) => [
          num,
          '<</Type /Page /Parent 2 0 R /Contents 3 0 R /Resources <<>> /Annots []>>',
        ]),
      ),
    },
  });
}

test.beforeEach(async () => {
  const { testApp } = await import('../fixtures/engine.ts');
  const made = testApp();
  await made.firstRun();
  await made.close();
  app = await launch({ userData: made.dataDir });
  page = await app.firstWindow();
  await page.getByRole('button', { name: text.unlock.verify, exact: true }).click();
});

test.afterEach(() => app.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });

async function check(name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await expect(page.getByRole('region', { name: text.verify.reportOf(name) })).toBeVisible({
    timeout: 20_000,
  });
}

const drawn = (count: number): Promise<void> =>
  expect(page.locator('canvas[data-drawn]')).toHaveCount(count, { timeout: 20_000 });

test('the pages, with the signature outlined and named', async () => {
  await check('surat.pdf', once);
  await button(text.viewing.pages).click();
  await drawn(1);
  const field = page.locator('.field-mark');
  await expect(field).toHaveCount(1);
  await expect(field).toHaveAccessibleName(/Siti Rahmawati \(Belum pasti\)/);
  await field.focus();
  await expect(page.locator('.field-name')).toBeVisible();
  await look(page, 'verify-pages');
  await page.keyboard.press('+');
  await expect(page.getByText('125 %')).toBeVisible();
  await page.keyboard.press('0');
  await field.press('Enter');
  await expect(page.locator('[data-signature]').first()).toBeFocused();
  await button(text.viewing.pages).click();
  await drawn(1);
  await page.keyboard.press('Escape');
  await expect(button(text.viewing.pages)).toBeFocused();
});

test('a page from a copier is drawn, not left white', async () => {
  await check('pindai.pdf', faxPdf());
  await button(text.viewing.pages).click();
  await drawn(1);
  const ink = await page
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels =
        (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let dark = 0;
      for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 100) dark += 1;
      return dark / (width * height);
    });
  expect(ink).toBeGreaterThan(0.05);
});

test('a second signature: what was signed first, and what came after it', async () => {
  await check('dua tanda tangan.pdf', twice);
  const first = page.locator('[data-signature]').first();
  await first.getByRole('button', { name: text.viewing.signedVersion, exact: true }).click();
  await drawn(1);
  await expect(page.locator('.field-mark')).toHaveCount(1);
  await page.keyboard.press('s');
  await drawn(1);
  await expect(page.locator('.field-mark')).toHaveCount(2);
  await button(text.viewing.both).click();
  await drawn(2);
  await expect(page.locator('.change')).toHaveCount(1);
  await expect(page.locator('.viewer-pages .mark-permitted')).toHaveCount(2);
  await expect(page.locator('.viewer-pages .mark-seen')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.locator('.change[aria-current]')).toHaveCount(1);
  await look(page, 'verify-compare-permitted');
  await button(text.viewing.back).click();
  await expect(first.getByRole('button', { name: text.viewing.signedVersion, exact: true })).toBeFocused();
});

test('a letter that was painted over: the place is shown on both sides', async () => {
  await check('dicat.pdf', painted);
  await expect(page.getByText(text.verify.sentence.changed).first()).toBeVisible();
  await look(page, 'verify-report-forbidden');
  await button(text.viewing.compare).click();
  await drawn(2);
  await expect(page.locator('.viewer-pages .mark-seen')).not.toHaveCount(0);
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await look(page, 'verify-compare-forbidden');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'verify-compare-forbidden-dark');
  await page.emulateMedia({ colorScheme: null });
  // At 200 % of 1280 pixels, then as narrow as a page gets.
  await page.setViewportSize({ width: 640, height: 400 });
  await look(page, 'verify-compare-forbidden-200');
  await page.setViewportSize({ width: 320, height: 700 });
  await look(page, 'verify-compare-forbidden-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a comment and a page that were added, in English too', async () => {
  await check('lebih panjang.pdf', longer);
  await button(text.viewing.compare).click();
  await drawn(2);
  const added = page.locator('.change').filter({ has: page.locator(`text="${text.viewing.pageAdded}"`) });
  await expect(added).toHaveCount(1);
  await added.click();
  await expect(page.getByText(text.viewing.added, { exact: true })).toBeInViewport();
  await look(page, 'verify-compare-page-added');
  await button(text.viewing.back).click();
  await button(text.unlock.backToUnlock).click();
  await page.getByLabel(text.app.language).selectOption('en');
  await button(en.unlock.verify).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'longer.pdf', mimeType: 'application/pdf', buffer: longer });
  await button(en.viewing.compare).click();
  await drawn(2);
  await look(page, 'verify-compare-english');
});

test('three answers with long names: light, dark, narrow, at 200 %, in English', async () => {
  await check(longFile, named);
  await lookAround(page, 'verify-long');
  await page.setViewportSize({ width: 640, height: 400 });
  await page.locator('[data-signature]').last().scrollIntoViewIfNeeded();
  await look(page, 'verify-long-200');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('summary').click();
  await page.locator('details').scrollIntoViewIfNeeded();
  await look(page, 'verify-long-technical');
  await button(text.unlock.backToUnlock).click();
  await page.getByLabel(text.app.language).selectOption('en');
  await button(en.unlock.verify).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: longFile, mimeType: 'application/pdf', buffer: named });
  await expect(page.getByText(en.verify.sentence.untrusted).first()).toBeVisible({ timeout: 20_000 });
  await page.locator('[data-signature]').first().scrollIntoViewIfNeeded();
  await look(page, 'verify-long-english');
});

test('the same for whoever is at work', async () => {
  const { accountPassphrase } = await import('../fixtures/engine.ts');
  await button(text.unlock.backToUnlock).click();
  await unlock(page, 'siti', accountPassphrase);
  await expectHome(page);
  await openSection(page, text.rail.verify);
  await check('dicat.pdf', painted);
  await button(text.viewing.compare).click();
  await drawn(2);
  await page.keyboard.press('n');
  await look(page, 'verify-compare-at-work');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText(text.viewing.keyGroup)).toBeVisible();
});

test('of a long file only the pages in view are drawn', async () => {
  await check('buku.pdf', book);
  await page
    .locator('[data-signature]')
    .first()
    .getByRole('button', { name: text.viewing.compare, exact: true })
    .click();
  await expect(page.locator('.viewer-row')).toHaveCount(bookPages, { timeout: 20_000 });
  await expect(page.locator('canvas[data-drawn]').first()).toBeVisible();
  expect(await page.locator('canvas[data-drawn]').count()).toBeLessThan(10);
  await page.locator('.viewer-pages').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.locator('.viewer-row').last().locator('canvas[data-drawn]')).toHaveCount(2);
  await expect(page.locator('.viewer-row').first().locator('canvas[data-drawn]')).toHaveCount(0);
  expect(await page.locator('canvas[data-drawn]').count()).toBeLessThan(10);
  await page.keyboard.press('k');
  await expect(page.locator(`[data-pair="${bookPages - 2}"]`)).toBeInViewport();
  await page.keyboard.press('n');
  await expect(page.locator('[data-pair="0"]')).toBeInViewport();
});
