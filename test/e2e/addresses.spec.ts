import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { launch, shot, type AppHandle } from './fixture.ts';
import {
  addPerson,
  chooseKind,
  fillLetter,
  firstRun,
  look,
  lookAround,
  openFolder,
  openSection,
  openSettings,
  passphrases,
  text,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());
test.use({ actionTimeout: 30_000 });
// Each walks through several screens and looks at all of them.
test.beforeEach(() => test.slow());

const chooser = (page: Page, part: 'to' | 'copy' = 'to') =>
  page.getByRole('combobox', { name: text.chooser.label[part], exact: true });

/** The file chooser of a page answers with words under a name. */
async function give(page: Page, press: string, name: string, csv: string | Buffer): Promise<void> {
  const [choosing] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('dialog').getByRole('button', { name: press, exact: true }).click(),
  ]);
  await choosing.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
}

async function addAddress(page: Page, name: string, place: string): Promise<void> {
  await page.getByRole('button', { name: text.addresses.add, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: text.addresses.nameOffice }).fill(name);
  await dialog.getByRole('textbox', { name: text.addresses.place }).fill(place);
  await dialog.getByRole('button', { name: text.addresses.save, exact: true }).click();
}

test('the book is kept, grouped, imported and exported, and found while typing an addressee', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  const budi = { username: 'budi', name: 'Budi Santoso', unit: 'ORG', initial: 'sandi awal sekali' };
  await addPerson(page, { ...budi, post: 'Kepala Bagian Organisasi' });

  await openSettings(page, text.settings.section.addresses);
  await look(page, 'addresses-empty');
  await addAddress(page, 'Kepala Dinas Pendidikan Provinsi Lampung', 'Bandar Lampung');
  await expect(page.getByRole('dialog')).toBeHidden();
  // The same once more, typed otherwise.
  await addAddress(page, 'kepala dinas pendidikan  provinsi lampung', 'Bandar Lampung');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(text.addresses.doubleText)).toBeVisible();
  await look(page, 'addresses-double');
  await dialog.getByRole('button', { name: text.addresses.merge, exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: text.addresses.import, exact: true }).click();
  const table =
    'Nama;Tempat;Jenis;Jabatan;Kantor\nCamat Sukadana;Sukadana\nCamat Labuhan Maringgai;Labuhan\n;X\n=1+1;X;lain\nRatna;Metro;orang;Ketua;Yayasan Bakti\n';
  await give(page, text.addresses.importChoose, 'camat.csv', table);
  await expect(dialog.getByText(text.addresses.importFound('3', '0'))).toBeVisible();
  await dialog.getByRole('textbox', { name: text.addresses.importGroup }).fill('Camat se-kabupaten');
  await look(page, 'addresses-import');
  await dialog.getByRole('button', { name: text.addresses.importRun('3'), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Ketua Yayasan Bakti')).toBeVisible();
  await lookAround(page, 'addresses');

  const target = test.info().outputPath('buku.csv');
  await app.evaluate(({ dialog: system }, path) => {
    system.showSaveDialog = (async () => ({ canceled: false, filePath: path })) as never;
  }, target);
  await page.getByRole('button', { name: text.addresses.export, exact: true }).click();
  await expect(page.getByText(text.addresses.exported('buku.csv'))).toBeVisible();
  expect(readFileSync(target, 'utf8')).toContain('"instansi","Camat Sukadana","","","Sukadana"');

  await page.getByRole('button', { name: text.addresses.part.groups, exact: true }).click();
  await page.getByRole('button', { name: text.addresses.editOf('Camat se-kabupaten') }).click();
  const member = dialog.getByRole('combobox', { name: text.addresses.addMember });
  await member.fill('ORG');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: text.addresses.moveUp('Kepala Bagian Organisasi') }).click();
  await look(page, 'addresses-group');
  await dialog.getByRole('button', { name: text.addresses.save, exact: true }).click();
  await expect(page.getByText(text.addresses.memberCount('4'))).toBeVisible();

  // By keyboard alone: a person, a unit that is the same person, a group, and what nobody suggested.
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await chooser(page).fill('bagian org');
  await expect(page.getByRole('listbox', { name: text.chooser.found }).getByRole('option')).toHaveCount(3);
  await shot(page, 'addresses-chooser');
  // The open list hides the rest of the page from those who listen: only what is left is judged.
  const report = await new AxeBuilder({ page })
    .include('.chooser-list')
    .include('[data-field="recipients"] .chooser')
    .disableRules(['aria-hidden-focus'])
    .setLegacyMode(true)
    .analyze();
  expect(report.violations.filter((one) => !['region', 'page-has-heading-one'].includes(one.id))).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const name = (n: number) => page.getByRole('textbox', { name: text.editor.addresseeName(n) });
  await expect(name(1)).toHaveValue('Kepala Bagian Organisasi');
  await chooser(page).fill('se-kabupaten');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(text.chooser.addedSome('3', '1'))).toBeVisible();
  await expect(name(2)).toHaveValue('Camat Sukadana');
  await chooser(page).fill('Rektor Universitas Lampung');
  await page.keyboard.press('Enter');
  await expect(name(5)).toHaveValue('Rektor Universitas Lampung');
  await page.getByRole('button', { name: text.chooser.actions('Rektor Universitas Lampung') }).click();
  await page.getByRole('menuitem', { name: text.chooser.keep }).click();
  await expect(page.getByText(text.chooser.kept('Rektor Universitas Lampung'))).toBeVisible();
  await name(5).press('Alt+ArrowUp');
  await expect(name(4)).toHaveValue('Rektor Universitas Lampung');
  await expect(name(4)).toBeFocused();
  await chooser(page, 'copy').fill('Camat Sukadana');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(text.chooser.already('Camat Sukadana'))).toBeVisible();
  await name(3).fill('camat  sukadana');
  await page.getByRole('textbox', { name: text.editor.addresseePlace(3) }).fill('Sukadana');
  await expect(page.getByText(text.chooser.sameAsRow('2'))).toBeVisible();
  await look(page, 'addresses-editor');
});

test('a table becomes one draft for each row, seen first, signed together', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Rapat desa ${desa}', outside: 'Semua camat' });
  await expect(page.getByText(/^Tersimpan/).first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: text.merge.open, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(text.merge.variables('${desa}'))).toBeVisible();
  await give(page, text.merge.choose, 'gambar.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]));
  await expect(dialog.getByText(/bukan CSV/)).toBeVisible();

  const rows = [
    'Camat Sukadana;Sukadana;Pasar',
    ';X;Y',
    '=HYPERLINK("a");X;Muara',
    'Camat Way Jepara;;Braja',
  ];
  const csv = ['Kecamatan;Kota;Desa', ...rows.map((row) => row.replaceAll('"', ''))].join('\r\n');
  await give(page, text.merge.choose, 'camat.csv', csv);
  const select = (label: string) => dialog.getByRole('combobox', { name: label, exact: true });
  await expect(dialog.getByText(text.merge.problem.NAME_COLUMN)).toBeVisible();
  await select(text.merge.name).selectOption('Kecamatan');
  await expect(
    dialog.getByText(`${text.merge.variable('${desa}')}: ${text.merge.problem.VARIABLE_COLUMN}`),
  ).toBeVisible();
  await select(text.merge.variable('${desa}')).selectOption('Desa');
  await select(text.merge.place).selectOption('Kota');
  await expect(dialog.getByText(text.merge.ready('3', '4'))).toBeVisible();
  await expect(
    dialog.getByText(`Baris 3, kolom “Kecamatan”: ${text.merge.problem.NAME_EMPTY}`),
  ).toBeVisible();
  await look(page, 'merge-columns');
  await expect(dialog.getByRole('button', { name: text.merge.create('3'), exact: true })).toBeDisabled();
  await dialog.getByText(text.merge.leaveOut('1')).click();

  await dialog.getByRole('button', { name: text.merge.preview, exact: true }).click();
  await expect(dialog.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: text.merge.next, exact: true }).click();
  await expect(dialog.getByText(text.merge.previewRow('4', '=HYPERLINK(a), X'))).toBeVisible({
    timeout: 20_000,
  });
  await expect(dialog.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  await look(page, 'merge-preview');
  await dialog.getByRole('button', { name: text.merge.back, exact: true }).click();
  await dialog.getByRole('button', { name: text.merge.create('3'), exact: true }).click();
  await expect(dialog.getByText(/^3 surat · 3 masih konsep/)).toBeVisible();
  await look(page, 'merge-made');

  await dialog.getByRole('button', { name: text.merge.sign('3'), exact: true }).click();
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(passphrases.signing);
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('3 surat ditandatangani.')).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: text.batch.dismiss, exact: true }).click();
  await openFolder(page, text.letters.folder.drafts);
  await page.getByRole('button', { name: text.merge.listTitle, exact: true }).click();
  await look(page, 'merge-list');
  await dialog.getByRole('button', { name: text.merge.showOf('Rapat desa ${desa}') }).click();
  await expect(dialog.getByText(text.merge.outside)).toHaveCount(3);
  await look(page, 'merge-sent');
});
