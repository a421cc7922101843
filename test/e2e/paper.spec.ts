import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  keyFingerprint,
  makeCard,
  makeStatement,
  newStatementKey,
  writeCard,
} from '../../src/main/core/statement/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { launch, type AppHandle } from './fixture.ts';
import { look, lookAround, openSettings, passphrases, text, unlock } from './steps.ts';

/** A printed letter on the Verify screen, before unlock and after, and the offices whose word counts. */
let app: AppHandle;
let page: Page;
let folder: string;
const words = text.paper;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-paper-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.afterEach(() => app.close());

const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const give = (name: string, mimeType: string, buffer: Buffer): Promise<void> =>
  page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer });

/** As an office scanner gives it, 150 dpi. */
function scanned(pdf: Uint8Array): Buffer {
  const file = join(folder, 'surat.pdf');
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(folder, 'surat')]);
  return readFileSync(join(folder, 'surat.png'));
}

function typeset(count: number, statement: string | null): Buffer {
  const { typeset: set } = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  const letter = { ...sampleLetter(count), statement };
  return Buffer.from(set({ letter, profile: null, createdAt: '2026-11-22T00:00:00+07:00' }).pdf);
}

interface Office {
  readonly userData: string;
  readonly pdf: Uint8Array;
}

/** A locked vault with one signed letter. */
async function prepared(): Promise<Office> {
  const { letterContent, signingPassphrase, testApp } = await import('../fixtures/engine.ts');
  const made = testApp();
  const { session } = await made.firstRun();
  await made.ask('identity.createTest', { signingPassphrase });
  const draft = await made.draft({ ...letterContent('Undangan rapat koordinasi', session.accountId) });
  const { id, revision } = draft;
  await made.ask('letters.sign', { id, revision, signingPassphrase });
  const signed = await made.engine.app.signedPdf(id, 'saved');
  if (!signed.ok) throw new Error(signed.error.code);
  await made.close();
  return { userData: made.dataDir, pdf: signed.value.pdf };
}

const compare = async (fact: string, answer: string): Promise<void> =>
  page
    .getByRole('group', { name: words.compare(fact) })
    .getByRole('button', { name: answer, exact: true })
    .click();

test('before unlock: compared with the paper, and everything that is not genuine', async () => {
  test.slow();
  const office = await prepared();
  app = await launch({ userData: office.userData });
  page = await app.firstWindow();
  await press(text.unlock.verify);
  await press(words.onPaper);
  await lookAround(page, 'paper-empty');

  await give('undangan.png', 'image/png', scanned(office.pdf));
  await expect(page.getByText(words.outcome.compare)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(words.limits)).toBeVisible();
  await expect(page.getByRole('img', { name: words.picture('undangan.png', 1) })).toBeVisible();
  await lookAround(page, 'paper-genuine');
  // Nothing of it is green before somebody has looked.
  await expect(page.locator('.verdict-good')).toHaveCount(0);
  await compare(words.fact.number, words.same);
  await compare(words.fact.date, words.same);
  await expect(page.locator('.verdict-good')).toHaveCount(0);
  await compare(words.fact.subject, words.same);
  await expect(page.getByText(words.outcome.matching)).toBeVisible();
  await press(words.large);
  await look(page, 'paper-matching');
  await compare(words.fact.subject, words.differs);
  await expect(page.getByText(words.outcome.different)).toBeVisible();
  await look(page, 'paper-different');

  const foreign = makeStatement(sampleLetter(2), newStatementKey());
  await give('asing.pdf', 'application/pdf', typeset(2, foreign));
  await expect(page.getByText(words.outcome['unknown-office'])).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(sampleLetter(2).signer.name)).toHaveCount(0);
  await look(page, 'paper-unknown-office');

  await give('kosong.pdf', 'application/pdf', typeset(1, null));
  await expect(page.getByText(words.nothing)).toBeVisible({ timeout: 30_000 });
  await look(page, 'paper-nothing');

  await give('catatan.png', 'image/png', Buffer.from('bukan gambar'));
  await expect(page.locator('.banner-bad')).toContainText('PNG');

  await page.getByText(words.pasteTitle).click();
  await page.getByLabel(words.pasteLabel).fill('https://contoh.test');
  await press(words.pasteCheck);
  await expect(page.locator('.banner-bad')).toContainText('kode QR');
  await page.getByLabel(words.pasteLabel).fill(foreign ?? '');
  await press(words.pasteCheck);
  await expect(page.getByText(words.outcome['unknown-office'])).toBeVisible();
});

test('after unlock: the letter is here, and offices are known by card', async () => {
  const office = await prepared();
  const foreignKey = newStatementKey();
  const card = makeCard('Dinas Pendidikan dan Kebudayaan', foreignKey, []);
  app = await launch({ userData: office.userData });
  page = await app.firstWindow();
  await unlock(page, 'sekda', passphrases.account);
  await openSettings(page, text.settings.section.offices);
  await expect(page.getByText(text.offices.uncertified)).toBeVisible();
  const saved = join(folder, 'kartu.json');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
  }, saved);
  await press(text.offices.save);
  await expect(page.getByText(text.offices.saved('kartu.json'))).toBeVisible();
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({
    format: 'eletter-office-card',
    version: 2,
  });

  const certify = page.getByRole('form', { name: text.offices.certifyTitle });
  await certify.getByLabel(text.passphrases.signing, { exact: true }).fill(passphrases.signing);
  await press(text.offices.certify);
  await expect(page.getByText(text.offices.certifiedNow)).toBeVisible();
  await expect(page.getByText(text.offices.certifiedElsewhere)).toBeVisible();

  await give('kartu.json', 'application/json', writeCard(card));
  await page.getByLabel(text.offices.typed).fill('00');
  await press(text.offices.addConfirm);
  await expect(page.getByText('Sidik jari tidak sama')).toBeVisible();
  await look(page, 'offices-fingerprint-differs');
  await page.getByLabel(text.offices.typed).fill(keyFingerprint(card.publicKey));
  await press(text.offices.addConfirm);
  await expect(page.getByText(text.offices.added(card.name))).toBeVisible();
  await expect(page.getByRole('list', { name: text.offices.others }).getByText(card.name)).toBeVisible();
  await lookAround(page, 'offices');
  await press(text.offices.replace);
  await look(page, 'offices-replace-key');
  await press(text.offices.replaceConfirm);
  await expect(page.getByText(text.offices.replaced)).toBeVisible();

  await page.getByRole('button', { name: text.rail.verify }).click();
  await press(words.onPaper);
  await give('undangan.png', 'image/png', scanned(office.pdf));
  await expect(page.getByText(words.outcome.compare)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(words.warning.OLD_KEY)).toBeVisible();
  await expect(page.getByText(words.here)).toBeVisible();
  await look(page, 'paper-here');
  await give('dinas.pdf', 'application/pdf', typeset(2, makeStatement(sampleLetter(2), foreignKey)));
  await expect(page.getByText(words.issued(card.name))).toBeVisible({ timeout: 30_000 });
  await give('undangan.png', 'image/png', scanned(office.pdf));
  await expect(page.getByText(words.here)).toBeVisible({ timeout: 30_000 });
  await press(words.open);
  await expect(page.getByRole('heading', { name: 'Undangan rapat koordinasi' }).first()).toBeVisible();
});
