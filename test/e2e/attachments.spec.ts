import { expect, test, type Page } from '@playwright/test';
import { armed, landscape, pdfWith, picture, signed } from '../fixtures/attachments.ts';
import { letterOf } from '../fixtures/letter-kinds.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  chooseKind,
  fillLetter,
  firstRun,
  look,
  lookAround,
  openSection,
  passphrases,
  signLetter,
  text,
} from './steps.ts';

/** Files that go behind a letter: added, ordered, refused, previewed and signed. */
let app: AppHandle;
test.afterEach(() => app.close());
test.setTimeout(240_000);

const words = text.attachments;
const file = (name: string, bytes: Uint8Array): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});
const titles = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: words.list })
    .getByRole('textbox')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

/** Scrolls to a page and waits until something is drawn on it. */
async function seePage(page: Page, number: number): Promise<void> {
  const canvas = page.locator('canvas').nth(number - 1);
  await canvas.scrollIntoViewIfNeeded();
  const inked = (): Promise<boolean> =>
    canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement)
        .getContext('2d')
        ?.getImageData(0, 0, width, Math.ceil(height / 4)) ?? { data: [] };
      return data.some((value, at) => at % 4 === 0 && value < 100 && (data[at + 3] ?? 0) > 0);
    });
  await expect.poll(inked, { timeout: 20_000 }).toBe(true);
}

async function choose(page: Page, files: ReturnType<typeof file>[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words.add, exact: true }).click();
  await (await chooser).setFiles(files);
}

test('files are attached, put in order, previewed and signed', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Undangan rapat koordinasi', outside: 'Camat Sukadana' });
  const area = page.getByRole('group', { name: new RegExp(words.title) });
  await area.scrollIntoViewIfNeeded();
  await choose(page, [
    file('Daftar_peserta_rapat_koordinasi.pdf', await pdfWith(['Daftar peserta', 'Lanjutan'], landscape)),
    file('Formulir.pdf', await pdfWith(['Formulir kesediaan'], armed)),
    file('Denah lokasi.png', await picture(900, 600, 'png')),
  ]);
  await expect
    .poll(() => titles(page), { timeout: 30_000 })
    .toEqual(['Daftar peserta rapat koordinasi', 'Formulir', 'Denah lokasi']);
  await expect(area.getByText(/^Tidak ikut: /)).toContainText(words.parts.scripts);
  await expect(area.getByRole('status').first()).toContainText('3 lampiran, 5 halaman');
  await expect(page.getByText(words.fillsItself('3 berkas'))).toBeVisible();

  // By keyboard: up with the focus staying on what moved, a new title, and one that goes.
  await page.getByRole('button', { name: words.up('Denah lokasi') }).press('Enter');
  await expect
    .poll(() => titles(page))
    .toEqual(['Daftar peserta rapat koordinasi', 'Denah lokasi', 'Formulir']);
  await expect(page.getByRole('button', { name: words.up('Denah lokasi') })).toBeFocused();
  const title = page.getByRole('textbox', { name: words.name('III') });
  await title.fill('Formulir kesediaan hadir');
  await title.press('Enter');
  await expect(page.getByRole('button', { name: words.remove('Formulir kesediaan hadir') })).toBeVisible();
  await title.press('Alt+ArrowUp');
  await expect
    .poll(() => titles(page))
    .toEqual(['Daftar peserta rapat koordinasi', 'Formulir kesediaan hadir', 'Denah lokasi']);
  await expect(page.getByText(text.editor.previewPages('6'))).toBeVisible({ timeout: 20_000 });
  await area.scrollIntoViewIfNeeded();
  await lookAround(page, 'attachments');

  await page.getByRole('button', { name: words.remove('Formulir kesediaan hadir') }).press('Enter');
  await expect.poll(() => titles(page)).toEqual(['Daftar peserta rapat koordinasi', 'Denah lokasi']);
  await expect(page.getByRole('button', { name: words.remove('Denah lokasi') })).toBeFocused();
  await expect(page.getByText(text.editor.previewPages('5'))).toBeVisible({ timeout: 20_000 });
  await seePage(page, 2);
  await look(page, 'attachments-preview');
  await signLetter(page, passphrases.signing);
  await expect(page.getByText(/Surat ditandatangani dengan nomor/).first()).toBeVisible();
  await expect(page.locator('canvas')).toHaveCount(5, { timeout: 20_000 });
  await seePage(page, 2);
  await look(page, 'attachments-signed');
});

test('a file that cannot be attached says why, and a signed one asks first', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  const area = page.getByRole('group', { name: new RegExp(words.title) });
  await choose(page, [
    file('anggaran.xlsx', Buffer.from('PK\u0003\u0004')),
    file('terkunci.pdf', letterOf('encrypted')),
    file('rusak.pdf', Buffer.from('%PDF-1.7 bukan apa-apa')),
    file('bertanda-tangan.pdf', await pdfWith(['Keputusan'], signed)),
  ]);
  const refusals = area.locator('.banner');
  await expect(refusals).toHaveCount(4, { timeout: 30_000 });
  await expect(refusals.nth(0)).toContainText(words.failed('anggaran.xlsx'));
  await expect(refusals.nth(1)).toContainText('dikunci');
  await expect(refusals.nth(3)).toContainText('tidak dapat diperiksa lagi');
  await refusals.nth(3).scrollIntoViewIfNeeded();
  await lookAround(page, 'attachments-refused');
  await refusals.nth(3).getByRole('button', { name: words.attachAnyway }).click();
  await expect.poll(() => titles(page), { timeout: 20_000 }).toEqual(['bertanda-tangan']);
  await expect(area.getByText(/^Tidak ikut: /)).toContainText(words.parts.signatures);
  await expect(refusals).toHaveCount(3);

  // Dropped anywhere on the editor, also on the text.
  const transfer = await page.evaluateHandle(
    async (bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], 'Foto lapangan.jpg'));
      return data;
    },
    [...(await picture(60, 40, 'jpeg'))],
  );
  const body = page.getByRole('textbox', { name: text.editor.body, exact: true });
  await body.dispatchEvent('dragover', { dataTransfer: transfer });
  await body.dispatchEvent('drop', { dataTransfer: transfer });
  await expect.poll(() => titles(page), { timeout: 20_000 }).toEqual(['bertanda-tangan', 'Foto lapangan']);
  await expect(page.getByText(words.fillsItself('2 berkas'))).toBeVisible();
});
