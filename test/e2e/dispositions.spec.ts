import { expect, test, type Page } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { colleagues, sitDown, type Colleague } from './colleagues.ts';
import { launch, shot, type AppHandle } from './fixture.ts';
import {
  firstRun,
  look,
  lookAround,
  openFolder,
  openSettings,
  passphrases,
  text,
  openSection,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(420_000);

const words = text.dispositions;
const budi: Colleague = {
  username: 'budi',
  name: 'Budi Santoso',
  post: 'Kepala Dinas Kesehatan',
  unit: 'DINKES',
  roles: ['reviewer'],
};
const wati: Colleague = {
  username: 'wati',
  name: 'Wati Lestari',
  post: 'Kepala Bidang Kesehatan Masyarakat',
  unit: 'DINKES',
  roles: ['drafter'],
};
const joko: Colleague = {
  username: 'joko',
  name: 'Joko Prasetyo',
  post: 'Staf Program',
  unit: 'DINKES',
  roles: ['drafter'],
};
const subject = 'Permintaan data stunting triwulan IV';

/** Signed and delivered through the page's bridge: other specs do that by hand. */
async function sent(page: Page, to: string): Promise<void> {
  await page.evaluate(
    async ({ accountId, hal, signing }) => {
      const { eletter } = window;
      const made = await eletter.letters.create({ kind: 'surat-dinas' });
      if (!made.ok) throw new Error(made.error.code);
      const { id, revision, content } = made.value;
      const saved = await eletter.letters.saveDraft({
        id,
        revision,
        content: {
          ...content,
          classification: '000.8.3',
          urgency: 'segera',
          subject: hal,
          recipients: [{ accountId, name: 'Kepala Dinas Kesehatan', place: 'Sukadana' }],
          body: [
            { type: 'paragraph', content: [{ type: 'text', text: 'Mohon data stunting triwulan IV.' }] },
          ],
        },
      });
      if (!saved.ok) throw new Error(saved.error.code);
      const done = await eletter.letters.sign({
        id,
        revision: saved.value.revision,
        signingPassphrase: signing,
      });
      if (!done.ok) throw new Error(done.error.code);
    },
    { accountId: to, hal: subject, signing: passphrases.signing },
  );
}

async function openLetter(page: Page, folder: string): Promise<void> {
  await openFolder(page, folder);
  await page.locator('.row').filter({ hasText: subject }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
}

test('a letter is passed on to two, worked at, passed on further, reported, returned and cancelled', async () => {
  app = await launch();
  const page = await app.firstWindow();
  page.setDefaultTimeout(30_000);
  await page.setViewportSize({ width: 1366, height: 768 });
  await firstRun(page);
  const ids = await colleagues(page, [budi, wati, joko]);
  await sitDown(page, 'siti', 'Siti Rahmawati');
  await sent(page, ids.get('budi') ?? '');
  const dialog = page.getByRole('dialog');
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

  await sitDown(page, 'budi', budi.name);
  await openLetter(page, text.letters.folder.notFollowedUp);
  await expect(button(new RegExp(`^${words.give}`))).toBeVisible();
  await look(page, 'disposition-none');
  await page.keyboard.press('d');
  const receiver = dialog.getByRole('combobox', { name: words.addReceiver });
  await expect(receiver).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(words.noReceiver)).toBeVisible();
  for (const one of [joko, wati]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as somebody types
    await receiver.fill(one.name.split(' ')[0] ?? '');
    // oxlint-disable-next-line no-await-in-loop
    await page.getByRole('option', { name: new RegExp(one.post) }).click();
  }
  await dialog.getByRole('button', { name: words.makeLead(wati.name) }).press('Enter');
  await dialog.getByText('Tindak lanjuti', { exact: true }).click();
  await dialog.getByText('Siapkan bahan', { exact: true }).click();
  await dialog
    .getByRole('textbox', { name: words.note })
    .fill('Koordinasikan dengan puskesmas, lalu susun rekapnya.');
  await dialog.getByRole('button', { name: words.tomorrow, exact: true }).press('Enter');
  await lookAround(page, 'disposition-dialog');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  const course = page.getByRole('list', { name: words.tree });
  await expect(course.getByText(wati.name)).toBeVisible();
  await look(page, 'disposition-given');

  await sitDown(page, 'wati', wati.name);
  await openLetter(page, text.letters.folder.dispositions);
  const own = page.getByRole('region', { name: new RegExp(words.mine) });
  await own.getByRole('button', { name: words.begin }).press('Enter');
  await expect(own.getByText(words.state.working)).toBeVisible();
  for (const step of ['Minta data tiap puskesmas', 'Susun rekap kabupaten']) {
    // oxlint-disable-next-line no-await-in-loop
    await own.getByRole('textbox', { name: words.addSubtask }).fill(step);
    // oxlint-disable-next-line no-await-in-loop
    await page.keyboard.press('Enter');
    // oxlint-disable-next-line no-await-in-loop
    await expect(own.getByText(step)).toBeVisible();
  }
  await own.getByText('Minta data tiap puskesmas').click();
  await expect(own.getByText(words.subtasksDone('1', '2'))).toBeVisible();
  await own.getByRole('button', { name: words.progress }).press('Enter');
  await dialog
    .getByRole('textbox', { name: words.progressText })
    .fill('Data 20 dari 34 puskesmas sudah masuk.');
  await dialog.getByRole('textbox', { name: words.progressPercent }).fill('60');
  await look(page, 'disposition-progress');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await lookAround(page, 'disposition-own');
  await page.setViewportSize({ width: 1366, height: 768 });
  await own.getByRole('button', { name: words.report }).press('Enter');
  await dialog.getByRole('textbox', { name: words.reportText }).fill('Rekap lengkap sudah disusun.');
  await page.keyboard.press('Control+Enter');
  await expect(own).toBeHidden();

  await sitDown(page, 'budi', budi.name);
  await openLetter(page, text.letters.folder.incoming);
  await expect(course.getByText('Rekap lengkap sudah disusun.')).toBeVisible();
  await button(words.returnBack).press('Enter');
  await dialog.getByRole('textbox', { name: words.returnText }).fill('Data Puskesmas Sekampung belum ada.');
  await page.keyboard.press('Control+Enter');
  await expect(course.getByText(words.entryKind.return)).toBeVisible();
  await button(words.cancel).press('Enter');
  await dialog.getByRole('textbox', { name: words.cancelText }).fill('Cukup bidang Kesmas.');
  await look(page, 'disposition-cancel');
  await page.keyboard.press('Control+Enter');
  await expect(course.getByText('Cukup bidang Kesmas.')).toBeVisible();

  await sitDown(page, 'wati', wati.name);
  await openLetter(page, text.letters.folder.dispositions);
  await expect(own).toBeVisible();
  await page.keyboard.press('d');
  await receiver.fill('Joko');
  await page.getByRole('option', { name: new RegExp(joko.post) }).click();
  await dialog.getByRole('textbox', { name: words.note }).fill('Lengkapi data Sekampung.');
  await page.keyboard.press('Control+Enter');
  await expect(own.getByText(words.waitsForOthers)).toBeVisible();
  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await openSection(page, en.rail.letters, en.rail.label);
  await page
    .getByRole('navigation', { name: en.letters.folders })
    .getByRole('button', { name: en.letters.folder.dispositions })
    .click();
  await shot(page, 'disposition-list-en');
  await page.locator('.row').filter({ hasText: subject }).first().click();
  await expect(page.getByText(en.dispositions.waitsForOthers)).toBeVisible();
  // Folded up while one has something to do oneself.
  await page.getByText(en.dispositions.tree).click();
  await lookAround(page, 'disposition-tree-en');
  await page.keyboard.press('d');
  await expect(dialog).toBeVisible();
  await look(page, 'disposition-dialog-en');
});
