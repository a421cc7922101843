import { expect, test, type Locator, type Page } from '@playwright/test';
import type { LetterContent } from '../../src/main/core/contract/index.ts';
import { colleagues, sitDown, signing, type Colleague } from './colleagues.ts';
import { launch, type AppHandle } from './fixture.ts';
import { firstRun, look, lookAround, openFolder, passphrases, text } from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(420_000);

const words = text.review;
const budi: Colleague = {
  username: 'budi',
  name: 'Budi Santoso',
  post: 'Kepala Bagian Organisasi',
  unit: 'ORG',
  roles: ['reviewer'],
};
const wati: Colleague = {
  username: 'wati',
  name: 'Wati Lestari',
  post: 'Asisten Administrasi Umum',
  unit: 'ASISTEN',
  roles: ['reviewer', 'signer'],
};

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).press('Enter');

/** A draft with everything in it, made through the bridge; the choice of people is another screen's. */
async function draft(page: Page, subject: string, part: Partial<LetterContent>): Promise<string> {
  return page.evaluate(
    async ({ hal, more }) => {
      const made = await window.eletter.letters.create({ kind: 'surat-dinas' });
      if (!made.ok) throw new Error(made.error.code);
      const { id, revision, content } = made.value;
      const saved = await window.eletter.letters.saveDraft({
        id,
        revision,
        content: {
          ...content,
          classification: '000.8.3',
          subject: hal,
          recipients: [{ accountId: null, name: 'Kepala Dinas Kesehatan', place: 'Sukadana' }],
          body: [
            {
              type: 'paragraph',
              content: [{ type: 'text', text: 'Bersama ini kami sampaikan jadwal rapat bulan ini.' }],
            },
            {
              type: 'paragraph',
              content: [{ type: 'text', text: 'Rapat diadakan pada tanggal 31 November di aula.' }],
            },
          ],
          ...more,
        },
      });
      if (!saved.ok) throw new Error(saved.error.code);
      return id;
    },
    { hal: subject, more: part },
  );
}

/** Submitted through the bridge, where the screen for it is not what the test is about. */
async function submitted(page: Page, subject: string, part: Partial<LetterContent>): Promise<string> {
  const id = await draft(page, subject, part);
  await page.evaluate(async (letter) => {
    const read = await window.eletter.letters.get({ id: letter });
    if (!read.ok) throw new Error(read.error.code);
    const done = await window.eletter.letters.submit({ id: letter, revision: read.value.revision });
    if (!done.ok) throw new Error(done.error.code);
  }, id);
  return id;
}

async function openLetter(page: Page, folder: string, subject: string): Promise<void> {
  await openFolder(page, folder);
  await page.locator('.row').filter({ hasText: subject }).first().click();
}

async function start(people: readonly Colleague[]): Promise<{ page: Page; ids: Map<string, string> }> {
  app = await launch();
  const page = await app.firstWindow();
  await page.setViewportSize({ width: 1366, height: 768 });
  await firstRun(page);
  const ids = await colleagues(page, people);
  await sitDown(page, 'siti', 'Siti Rahmawati');
  return { page, ids };
}

/** Stands in the dialog once it knows with what is signed. */
const certificate = new RegExp(`^${text.sign.certificate}: `);
const only = (ids: Map<string, string>, name: string): string => ids.get(name) ?? '';
const signer = (accountId: string) => ({ accountId, postId: null, behalf: null });

test('two reviewers in line, a return with a marked place, a correction, and two signers', async () => {
  const { page, ids } = await start([budi, wati]);
  const [b, w, s] = [only(ids, 'budi'), only(ids, 'wati'), await me(page)];
  const dialog = page.getByRole('dialog');
  const subject = 'Jadwal rapat koordinasi bulanan';
  await draft(page, subject, {
    review: { hierarchy: [b, w], coordination: [] },
    signers: [signer(s), signer(w)],
  });

  // The button says to whom it goes; bare Enter submits nothing.
  await openLetter(page, text.letters.folder.drafts, subject);
  const submit = page.getByRole('button', { name: words.submitTo(budi.post), exact: true });
  await expect(submit).toBeVisible();
  await look(page, 'review-editor-submits');
  await submit.press('Enter');
  await expect(dialog.getByText(wati.name).first()).toBeVisible();
  await look(page, 'review-submit');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(words.submitted(budi.name))).toBeVisible();
  await expect(page.getByRole('button', { name: words.recall, exact: true })).toBeVisible();
  await look(page, 'review-author-waits');

  // The first reviewer finds a date that does not exist, and marks it.
  await sitDown(page, 'budi', budi.name);
  await look(page, 'review-home-reviewer');
  await openLetter(page, text.letters.folder.toReview, subject);
  await expect(page.locator('canvas').first()).toBeVisible();
  await look(page, 'review-pane');
  await press(page, words.return);
  await press(dialog, words.returnConfirm);
  await expect(dialog.getByLabel(words.remark, { exact: true })).toBeFocused();
  await dialog.getByLabel(words.remark, { exact: true }).fill('November hanya sampai tanggal 30.');
  await dialog.getByLabel(words.where, { exact: true }).selectOption({ label: words.place.body });
  await dialog.getByRole('radio', { name: /31 November/ }).check();
  await dialog.getByLabel(new RegExp(words.quote)).fill('31 November');
  await look(page, 'review-return');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(words.returned)).toBeVisible();

  // Its author sees what is wrong, and where.
  await sitDown(page, 'siti', 'Siti Rahmawati');
  await look(page, 'review-home-author');
  await page.getByRole('button', { name: new RegExp(text.home.counters.returned) }).click();
  await look(page, 'review-list-returned');
  await page.locator('.row').filter({ hasText: subject }).click();
  await expect(page.getByText('November hanya sampai tanggal 30.')).toBeVisible();
  await look(page, 'review-editor-returned');
  await press(page, words.showMark);
  await expect.poll(() => page.evaluate(() => window.getSelection()?.toString())).toBe('31 November');
  await page.keyboard.type('30 November');
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  await submit.press('Enter');
  await expect(dialog.getByText(words.submitIntro)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(words.submitted(budi.name))).toBeVisible();

  // One key approves, from the letter that is open.
  await sitDown(page, 'budi', budi.name);
  await openLetter(page, text.letters.folder.toReview, subject);
  await expect(page.getByRole('button', { name: new RegExp(`^${words.approve}`) })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText(words.approved(subject))).toBeVisible();
  await look(page, 'review-approved');

  // The second one mends words before agreeing; the paraf below says that it was given for others.
  await sitDown(page, 'wati', wati.name);
  await openLetter(page, text.letters.folder.toReview, subject);
  await press(page, words.correct);
  const body = page.getByRole('textbox', { name: text.editor.body, exact: true });
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Mohon hadir tepat waktu.');
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible();
  await look(page, 'review-correct');
  await press(page, words.correctDone);
  await expect(page.getByText(words.changedSince)).toBeVisible();
  await lookAround(page, 'review-changed-since');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: new RegExp(`^${words.approve}`) }).press('Enter');
  await expect(page.getByText(words.approved(subject))).toBeVisible();

  // The first signer, from the list of what waits for a signature, with one passphrase.
  await sitDown(page, 'siti', 'Siti Rahmawati');
  await openLetter(page, text.letters.folder.toSign, subject);
  await expect(page.locator('canvas').first()).toBeVisible();
  await look(page, 'review-to-sign');
  await press(page, words.sign);
  await expect(dialog.getByText(words.follows(wati.name))).toBeVisible();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await look(page, 'review-sign-first');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText(/Diteruskan ke Wati Lestari/)).toBeVisible();

  await sitDown(page, 'wati', wati.name);
  await openFolder(page, text.letters.folder.toSign);
  await page.getByRole('checkbox', { name: text.batch.choose(subject) }).check();
  await press(page, text.batch.open('1'));
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(signing);
  await look(page, 'review-batch-setup');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('1 surat ditandatangani.')).toBeVisible({ timeout: 30_000 });
  await press(dialog, text.batch.dismiss);
  await openLetter(page, text.letters.folder.outgoing, subject);
  await expect(page.getByText(words.done.sign).first()).toBeVisible();
  await look(page, 'review-signed');
});

test('many are approved with one press; a refusal; a letter is taken back, replaced and marked', async () => {
  const { page, ids } = await start([wati]);
  const w = only(ids, 'wati');
  const dialog = page.getByRole('dialog');
  const asked = { review: { hierarchy: [w], coordination: [] } };
  for (const subject of ['Satu', 'Dua', 'Tiga']) await submitted(page, `Undangan rapat ${subject}`, asked);
  await submitted(page, 'Perintah yang ditolak', { signers: [signer(w)] });

  await sitDown(page, 'wati', wati.name);
  await openFolder(page, text.letters.folder.toReview);
  await expect(page.locator('.row')).toHaveCount(3);
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(page.getByText(words.approved('Undangan rapat Tiga'))).toBeVisible();
  await expect(page.locator('.row')).toHaveCount(2);
  await page.getByRole('checkbox', { name: /Undangan rapat Dua/ }).check();
  await page.keyboard.press('j');
  await page.getByRole('button', { name: text.batch.chooseAll, exact: true }).click();
  await look(page, 'review-chosen');
  await press(page, words.approveMany('2'));
  await expect(dialog.getByText(words.manyDone('2'))).toBeVisible();
  await look(page, 'review-many-done');
  await press(dialog, text.common.close);
  await expect(page.getByText(text.letters.empty.toReview)).toBeVisible();
  await look(page, 'review-empty');

  await openLetter(page, text.letters.folder.toSign, 'Perintah yang ditolak');
  await press(page, words.reject);
  await dialog.getByLabel(words.reason, { exact: true }).fill('Anggarannya belum ada.');
  await look(page, 'review-reject');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(words.rejected)).toBeVisible();

  await sitDown(page, 'siti', 'Siti Rahmawati');
  await openLetter(page, text.letters.folder.drafts, 'Perintah yang ditolak');
  await expect(page.getByText('Anggarannya belum ada.')).toBeVisible();
  await look(page, 'review-rejected');
  await press(page, words.reopen);
  await expect(page.getByText(words.reopened)).toBeVisible();

  // Where it is the author's own turn, signing is offered at once.
  await draft(page, 'Giliran saya sendiri', { signers: [signer(await me(page)), signer(w)] });
  await openLetter(page, text.letters.folder.drafts, 'Giliran saya sendiri');
  await press(page, words.submitOwn);
  await expect(dialog.getByText(words.submitIntro)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(words.follows(wati.name))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await press(page, words.recall);
  await expect(page.getByText(words.recalled)).toBeVisible();

  // Signed by its author alone, sent to Wati, taken back while she has not opened it.
  const recipients = [{ accountId: w, name: wati.post, place: '' }];
  const sent = async (subject: string): Promise<void> => {
    await draft(page, subject, { recipients });
    await openLetter(page, text.letters.folder.drafts, subject);
    await press(page, text.editor.sign);
    await expect(dialog.getByText(certificate)).toBeVisible();
    await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden({ timeout: 20_000 });
  };
  await sent('Edaran yang ditarik');
  await page.getByRole('button', { name: words.after, exact: true }).click();
  await look(page, 'review-after-menu');
  await page.getByRole('menuitem', { name: words.withdraw, exact: true }).click();
  await dialog.getByLabel(words.reason, { exact: true }).fill('Salah alamat.');
  await look(page, 'review-withdraw');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(words.withdrawn)).toBeVisible();
  await expect(page.getByText('Salah alamat.').first()).toBeVisible();
  await look(page, 'review-withdrawn');

  await sent('Edaran yang diganti');
  await page.getByRole('button', { name: words.after, exact: true }).click();
  await page.getByRole('menuitem', { name: words.replace, exact: true }).click();
  await expect(page.getByText(/^Begitu ditandatangani, surat ini menggantikan nomor/)).toBeVisible();
  await look(page, 'review-replacing');
  await press(page, text.editor.sign);
  await expect(dialog.getByText(certificate)).toBeVisible();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText(/^Menggantikan nomor/)).toBeVisible();
  await look(page, 'review-replaces');
  await press(page, words.openOther);
  await expect(page.getByText(/^Tidak berlaku lagi: digantikan oleh nomor/)).toBeVisible();

  // Whoever received it sees the same, in the list and on the letter.
  await sitDown(page, 'wati', wati.name);
  await openFolder(page, text.letters.folder.incoming);
  await expect(page.locator('.row')).toHaveCount(2);
  await page.locator('.row').filter({ hasText: text.letters.state.replaced }).click();
  await expect(page.getByText(/^Tidak berlaku lagi: digantikan oleh nomor/)).toBeVisible();
  await look(page, 'review-replaced-receiver');
});

const me = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const status = await window.eletter.app.status({});
    return status.ok ? (status.value.session?.accountId ?? '') : '';
  });
