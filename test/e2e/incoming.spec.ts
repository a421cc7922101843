import { expect, test, type Page } from '@playwright/test';
import { pdfWith, picture, signed } from '../fixtures/attachments.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  expectHome,
  firstRun,
  lock,
  look,
  lookAround,
  openFolder,
  openSettings,
  passphrases,
  text,
  unlock,
} from './steps.ts';

/** Letters from outside: registered with a file, with photos and without, twice, and followed up. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(240_000);

const words = text.incoming;
const leader = { name: 'Rina Kusuma', post: 'Kepala Dinas Kesehatan' };
const day = new Date().toISOString().slice(0, 10);

const file = (name: string, bytes: Uint8Array): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

async function give(page: Page, button: string, files: ReturnType<typeof file>[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await chooser).setFiles(files);
}

/** The first person becomes a registrar too, and a leader of another office gets an account. */
async function people(page: Page): Promise<void> {
  const secret = 'sandi awal sekali';
  const leaderId = await page.evaluate(
    async ({ person, initialPassphrase }) => {
      const { eletter } = window;
      const status = await eletter.app.status({});
      if (!status.ok || !status.value.session) throw new Error('nobody');
      const { accountId } = status.value.session;
      await eletter.people.setRoles({
        accountId,
        roles: ['administrator', 'registrar', 'drafter', 'signer'],
      });
      const blank = { frontTitle: '', backTitle: '', nip: '', rank: '' };
      const added = await eletter.people.add({
        person: { username: 'rina', unit: 'DINKES', ...person, ...blank },
        roles: ['drafter', 'signer'],
        initialPassphrase,
      });
      if (!added.ok) throw new Error(added.error.code);
      return added.value.accountId;
    },
    { person: leader, initialPassphrase: secret },
  );
  await lock(page);
  await page.evaluate(
    async ({ accountId, passphrase }) => {
      const { eletter } = window;
      const unlocked = await eletter.vault.unlock({ accountId, passphrase });
      if (!unlocked.ok) throw new Error(unlocked.error.code);
      const policy = await eletter.policy.read({ language: 'id' });
      if (!policy.ok) throw new Error(policy.error.code);
      await eletter.people.activate({
        policyVersion: policy.value.version,
        language: 'id',
        accountPassphrase: `${passphrase} milik rina`,
        signingPassphrase: 'tanda tangan rina',
      });
    },
    { accountId: leaderId, passphrase: secret },
  );
  await page.reload();
  await lock(page);
}

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

async function fill(page: Page, subject: string, number: string | null): Promise<void> {
  await page
    .getByRole('combobox', { name: words.sender })
    .or(field(page, words.sender))
    .first()
    .fill('Dinas Pendidikan Provinsi Lampung');
  await page.getByRole('textbox', { name: new RegExp(`^${words.senderPlace}`) }).fill('Bandar Lampung');
  if (number !== null) await page.getByRole('textbox', { name: new RegExp(`^${words.number}`) }).fill(number);
  await field(page, words.date).fill(day);
  await page.getByRole('textbox', { name: words.subject, exact: true }).fill(subject);
}

async function address(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: words.to }).fill('Rina');
  await page
    .getByRole('option', { name: new RegExp(leader.post) })
    .first()
    .click();
}

const save = (page: Page): Promise<void> =>
  page.getByRole('button', { name: words.save, exact: true }).click();

test('letters come in, are registered once each, handled by one person and answered', async () => {
  app = await launch();
  const page = await app.firstWindow();
  page.setDefaultTimeout(30_000);
  await firstRun(page);
  await people(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);

  // By keys: a signed PDF whose number is read from it.
  await page.keyboard.press('Control+Shift+N');
  await expect(page.getByRole('heading', { name: words.title })).toBeFocused();
  await lookAround(page, 'incoming-empty');
  await save(page);
  await expect(field(page, words.sender)).toBeFocused();
  const letter = await pdfWith(['Nomor : 005/120/V.01/2026  Undangan rapat koordinasi pendidikan'], signed);
  await give(page, words.choose, [file('undangan.pdf', letter)]);
  await expect(page.getByText(words.signatures('1'))).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(words.fromFile)).toBeVisible();
  await fill(page, 'Undangan rapat koordinasi pendidikan', null);
  await address(page);
  await expect(page.locator('canvas[data-drawn]').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'incoming-form');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`1/${new Date().getFullYear()}`)).toBeVisible({ timeout: 20_000 });
  await look(page, 'incoming-done');

  // The same once more is noticed before it is saved; what was typed stays.
  await page.getByRole('button', { name: words.next, exact: true }).click();
  await give(page, words.choose, [file('rusak.pdf', letter.subarray(0, 80))]);
  await expect(page.getByRole('alert').filter({ hasText: 'rusak' })).toBeVisible({ timeout: 20_000 });
  await give(page, words.choose, [file('undangan (1).pdf', letter)]);
  await expect(page.getByText(words.same)).toBeVisible({ timeout: 20_000 });
  await fill(page, 'Undangan yang sama', null);
  await save(page);
  await expect(page.getByText(words.sameUnchosen)).toBeVisible();
  await look(page, 'incoming-same');

  // Photos instead, as another letter.
  await give(page, words.otherFile, [
    file('halaman1.jpg', await picture(900, 1300, 'jpeg')),
    file('halaman2.png', await picture(900, 1300, 'png')),
  ]);
  await expect(page.getByText(words.files('2'))).toBeVisible({ timeout: 20_000 });
  await fill(page, 'Permohonan data siswa', '421/7/2026');
  await expect(page.getByText(words.same)).toBeHidden();
  await look(page, 'incoming-photos');
  await save(page);
  await expect(page.getByText(`2/${new Date().getFullYear()}`)).toBeVisible({ timeout: 20_000 });

  // Paper only; what was typed is there after a lock. Corrected afterwards.
  await page.getByRole('button', { name: words.next, exact: true }).click();
  await fill(page, 'Surat kertas', '9');
  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectHome(page);
  await page.getByRole('button', { name: words.register, exact: true }).click();
  await expect(page.getByRole('textbox', { name: words.subject, exact: true })).toHaveValue('Surat kertas');
  await save(page);
  await page.getByRole('button', { name: words.openLetter, exact: true }).click();
  await expect(page.getByText(words.paperOnly)).toBeVisible();
  await page.getByRole('button', { name: words.correct, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: words.subject, exact: true }).fill('Laporan tahunan di kertas');
  await look(page, 'incoming-correct');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Laporan tahunan di kertas' })).toBeVisible();
  await look(page, 'incoming-paper');

  // Its receiver handles it, and answers.
  await lock(page);
  await unlock(page, 'rina', 'sandi awal sekali milik rina');
  await expectHome(page, /Rina Kusuma/);
  await openFolder(page, text.letters.folder.notFollowedUp);
  await look(page, 'incoming-list');
  await page.getByRole('button', { name: /Undangan rapat koordinasi pendidikan/ }).click();
  const panel = page.getByRole('region', { name: words.panel });
  await expect(panel.getByText(words.notHandled)).toBeVisible();
  await panel.getByRole('button', { name: words.claim, exact: true }).click();
  await expect(panel.getByText(words.handled)).toBeVisible();
  await expect(page.locator('canvas[data-drawn]').first()).toBeVisible({ timeout: 20_000 });
  await lookAround(page, 'incoming-letter');
  await panel.getByRole('button', { name: words.reply, exact: true }).click();
  const subject = page.getByRole('textbox', { name: text.editor.subject, exact: true });
  await expect(subject).toHaveValue('Tanggapan: Undangan rapat koordinasi pendidikan');
  await look(page, 'incoming-reply');
  await openFolder(page, text.letters.folder.notFollowedUp);
  await page.getByRole('button', { name: /Permohonan data siswa/ }).click();
  await panel.getByRole('button', { name: words.notNeeded, exact: true }).click();
  await dialog.getByRole('textbox', { name: words.reason }).fill('Hanya pemberitahuan');
  await page.keyboard.press('Control+Enter');
  await expect(panel.getByText('Hanya pemberitahuan')).toBeVisible();
  await expect(page.locator('canvas[data-drawn]').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'incoming-settled');

  // In English.
  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page
    .getByRole('button', { name: /^Letters/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /Undangan rapat koordinasi pendidikan/ })
    .first()
    .click();
  await expect(page.getByText('You are preparing the answer.')).toBeVisible();
  await look(page, 'incoming-letter-en');
});
