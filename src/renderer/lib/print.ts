/** Printing lays a sheet over the page that only the printer sees (ui/print.css), then asks the desktop. */
import type { Result } from '../../main/core/contract/index.ts';
import { eletter } from './bridge.ts';
import { drawPage, openPdf } from './pdf.ts';

/** Width of A4 in CSS pixels, and the density that gives about 200 dots per inch. */
const sheetWidth = 794;
const sheetDensity = 2.08;

type Printed = Result<{ printed: boolean }>;

async function print(fill: (sheet: HTMLElement) => Promise<void>): Promise<Printed> {
  const sheet = document.createElement('div');
  sheet.className = 'print-sheet';
  sheet.setAttribute('aria-hidden', 'true');
  document.body.append(sheet);
  try {
    await fill(sheet);
    return await eletter.desktop.print({});
  } finally {
    sheet.remove();
  }
}

export const printPdf = (bytes: Uint8Array): Promise<Printed> =>
  print(async (sheet) => {
    const pdf = await openPdf(bytes);
    for (const page of pdf.pages) {
      const canvas = await drawPage(page, sheetWidth, sheetDensity);
      canvas.className = canvas.width > canvas.height ? 'print-page print-page-wide' : 'print-page';
      sheet.append(canvas);
    }
    pdf.close();
  });

export const printLines = (heading: string, lines: readonly string[]): Promise<Printed> =>
  print((sheet) => {
    const title = document.createElement('h1');
    title.textContent = heading;
    sheet.append(title);
    for (const line of lines) {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      sheet.append(paragraph);
    }
    return Promise.resolve();
  });
