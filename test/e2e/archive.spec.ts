import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
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
  openFolder,
  openPerson,
  openSection,
  openSettings,
  passphrases,
  signLetter,
  text,
  unlock,
} from './steps.ts';

const words = text.archive;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

let app: AppHandle;
test.afterEach(() => app.close());

const people = {
  ani: ['sandi akun milik ani', 'tanda tangan ani'],
  joko: ['sandi akun milik joko', 'tanda tangan joko'],
} as const;

async function be(page: Page, who: keyof typeof people | 'siti'): Promise<void> {
  await lock(page);
  await unlock(page, who, who === 'siti' ? passphrases.account : people[who][0]);
  await expectHome(page, /./);
}

async function view(page: Page, name: string): Promise<void> {
  await openSection(page, words.rail);
  await page.getByRole('group', { name: words.views }).getByRole('button', { name, exact: true }).click();
}

async function openProposal(page: Page): Promise<void> {
  await openSection(page, words.rail);
  const switcher = page.getByRole('group', { name: words.views });
  if ((await switcher.count()) > 0)
    await switcher.getByRole('button', { name: words.view.proposals, exact: true }).click();
  await page
    .getByRole('list', { name: words.proposals.list })
    .getByRole('button', { name: new RegExp(words.proposals.kind.destruction) })
    .click();
}

test('a letter is filed, its file closed, proposed, judged, approved and destroyed; its record stays', async () => {
  test.setTimeout(540_000);
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Laporan bulan ini', outside: 'Camat Sukadana' });
  await signLetter(page, passphrases.signing);
  const person = { post: 'Arsiparis', unit: 'SETDA', initial: 'sandi awal sekali' };
  await addPerson(page, { username: 'ani', name: 'Ani Lestari', ...person });
  await addPerson(page, { username: 'joko', name: 'Joko Susilo', ...person, post: 'Kepala Bagian Hukum' });
  await openPerson(page, 'Ani Lestari');
  await page.getByRole('checkbox', { name: new RegExp(`^${text.people.role.archivist}`) }).press('Space');
  await page.getByRole('button', { name: text.people.saveRoles, exact: true }).press('Enter');
  await expect(page.getByText(text.people.rolesSaved('Ani Lestari'))).toBeVisible();
  for (const who of ['joko', 'ani'] as const) {
    await lock(page);
    await unlock(page, who, 'sandi awal sekali');
    await activate(page, people[who][0], people[who][1]);
    await expectHome(page, /./);
    // Who keeps no archive, and is named in nothing, does not see it.
    if (who === 'joko') await expect(button(page, words.rail)).toHaveCount(0);
  }

  await openSection(page, words.rail);
  await expect(page.getByText(words.files.none)).toBeVisible();
  await look(page, 'archive-empty');

  await view(page, words.view.tree);
  await expect(page.getByText(words.tree.shipped)).toBeVisible();
  await lookAround(page, 'archive-tree');
  await button(page, words.tree.import).click();
  const dialog = page.getByRole('dialog');
  const table = async (lines: string): Promise<void> => {
    const path = join(app.userData, 'jra.csv');
    writeFileSync(path, `Kode,Nama,Aktif,Inaktif,Nasib akhir\n${lines}\n`);
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: words.tree.choose }).click();
    await (await chooser).setFiles(path);
  };
  await table('000.8.3,Tata naskah dinas,2,,musnah\n000.9.9.1,Yatim,,,\n000.8.3,Lagi,0,0,dibakar');
  await expect(dialog.getByText(words.tree.problems('4')).first()).toBeVisible();
  await expect(dialog.getByRole('button', { name: words.tree.run, exact: true })).toBeDisabled();
  await look(page, 'archive-import-wrong');
  await table('000.8.3,Tata naskah dinas,0,0,musnah');
  await expect(dialog.getByText(words.tree.found('1', '0', '0'))).toBeVisible();
  await dialog.getByRole('button', { name: words.tree.run, exact: true }).click();
  await expect(dialog).toBeHidden();

  await view(page, words.view.files);
  await button(page, words.files.add).click();
  await dialog
    .getByRole('combobox', { name: words.form.code })
    .or(dialog.getByLabel(words.form.code))
    .first()
    .fill('000.8.3');
  await dialog.getByLabel(words.form.title, { exact: true }).fill('Laporan bulanan 2026');
  await look(page, 'archive-new-file');
  await dialog.getByRole('button', { name: words.form.save, exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Laporan bulanan 2026' })).toBeFocused();

  // The letter, by keyboard.
  await openFolder(page, text.letters.folder.unit);
  await page.getByRole('listitem').filter({ hasText: 'Laporan bulan ini' }).first().click();
  await expect(page.getByText(words.filing.nowhere)).toBeVisible();
  await page.keyboard.press('e');
  await expect(dialog.getByLabel(words.filing.file, { exact: true })).toHaveValue(/-/);
  await look(page, 'archive-filing');
  await dialog.getByRole('button', { name: words.filing.confirm, exact: true }).click();
  await page.getByRole('button', { name: words.filing.openFile('Laporan bulanan 2026') }).click();

  await button(page, words.file.hold).click();
  await dialog.getByLabel(words.file.reason, { exact: true }).fill('Pemeriksaan inspektorat');
  await dialog.getByRole('button', { name: words.file.holdTitle, exact: true }).click();
  await expect(page.getByText('Pemeriksaan inspektorat')).toBeVisible();
  await button(page, words.file.close).click();
  await dialog.getByRole('button', { name: words.file.closeTitle, exact: true }).click();
  await expect(page.getByText(words.phase.due, { exact: true }).first()).toBeVisible();
  await lookAround(page, 'archive-file');
  await button(page, words.file.lift).click();
  await dialog.getByLabel(words.file.reason, { exact: true }).fill('Pemeriksaan selesai');
  await dialog.getByRole('button', { name: words.file.liftTitle, exact: true }).click();

  await view(page, words.view.files);
  await page.getByRole('checkbox', { name: words.files.choose('Laporan bulanan 2026') }).press('Space');
  await lookAround(page, 'archive-files');
  await button(page, words.files.propose.destruction('1')).click();
  await dialog.getByRole('button', { name: words.propose.confirm, exact: true }).click();
  await expect(dialog.getByText(words.propose.panelMissing)).toBeVisible();
  await dialog.getByRole('checkbox', { name: /Joko Susilo/ }).press('Space');
  await dialog.getByLabel(words.propose.approver, { exact: true }).selectOption({ index: 1 });
  await look(page, 'archive-propose');
  await dialog.getByRole('button', { name: words.propose.confirm, exact: true }).click();
  await expect(page.getByText(words.proposals.state.panel, { exact: true }).first()).toBeVisible();

  await be(page, 'joko');
  await openProposal(page);
  await look(page, 'archive-vote');
  await button(page, words.proposal.agree).click();
  await dialog.getByRole('button', { name: words.proposal.agreeTitle, exact: true }).click();
  await expect(page.getByText(words.proposals.state.approval, { exact: true }).first()).toBeVisible();

  await be(page, 'siti');
  await openProposal(page);
  await button(page, words.proposal.approve).click();
  await dialog.getByRole('button', { name: words.proposal.approveTitle, exact: true }).click();
  await expect(page.getByText(words.proposals.state.approved, { exact: true }).first()).toBeVisible();

  await be(page, 'ani');
  await openProposal(page);
  await button(page, words.proposal.record).click();
  await dialog.getByLabel(words.proposal.number, { exact: true }).fill('BA/3/SETDA/2026');
  await dialog.getByRole('button', { name: words.proposal.recordTitle, exact: true }).click();
  await expect(page.getByText(words.proposals.state.recorded, { exact: true }).first()).toBeVisible({
    timeout: 20_000,
  });
  const saved = join(app.userData, 'berita-acara.pdf');
  await answerWithPath(app, saved);
  await button(page, words.proposal.saveMinutes).click();
  await expect(page.getByText(words.proposal.saved('berita-acara.pdf'))).toBeVisible();
  expect(readFileSync(saved).subarray(0, 5).toString()).toBe('%PDF-');
  await lookAround(page, 'archive-proposal');

  await be(page, 'siti');
  await openProposal(page);
  await button(page, words.proposal.execute).click();
  await dialog.getByLabel(words.proposal.passphrase, { exact: true }).fill(passphrases.account);
  await look(page, 'archive-execute');
  await dialog.getByRole('button', { name: words.proposal.executeConfirm, exact: true }).click();
  await expect(page.getByText(words.proposals.state.executed, { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
  await openFolder(page, text.letters.folder.outgoing);
  await page.getByRole('listitem').filter({ hasText: 'Laporan bulan ini' }).first().click();
  await expect(page.getByText(/BA\/3\/SETDA\/2026/)).toBeVisible();
  await look(page, 'archive-destroyed');

  await openSettings(page, text.settings.section.appearance);
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.getByRole('button', { name: en.archive.rail, exact: true }).click();
  await expect(page.getByText(en.archive.files.text)).toBeVisible();
  await look(page, 'archive-files-en');
  await page.getByRole('button', { name: en.archive.view.tree, exact: true }).click();
  await look(page, 'archive-tree-en');
});
