import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { AppError } from '../core/contract/errors.ts';
import { writeOutput } from '../engine/files.ts';
import type { Engine } from '../engine/remote.ts';
import type { DesktopHandlers } from '../ipc/index.ts';
import { mailDraft } from './mail.ts';
import type { Notifier } from './notifier.ts';

/** How a signed letter leaves the PC: save, show, print, hand to the mail program. Paths stay on this side. */
export interface DesktopParts {
  readonly engine: Engine;
  readonly window: () => BrowserWindow;
  readonly notifier: Notifier;
}

export function desktopHandlers(parts: DesktopParts): DesktopHandlers & { readonly dispose: () => void } {
  const savedAt = new Map<string, string>();
  const mailFolders: string[] = [];

  async function signedPdf(id: string): Promise<{ pdf: Uint8Array; fileName: string }> {
    const result = await parts.engine.signedPdf(id);
    if (!result.ok) throw new AppError(result.error.code, result.error.params);
    return result.value;
  }

  return {
    async 'desktop.saveLetter'({ id }) {
      const letter = await signedPdf(id);
      const chosen = await dialog.showSaveDialog(parts.window(), {
        defaultPath: join(app.getPath('documents'), letter.fileName),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      if (chosen.canceled || chosen.filePath === '') return { saved: false, fileName: '' };
      writeOutput(chosen.filePath, letter.pdf);
      savedAt.set(id, chosen.filePath);
      return { saved: true, fileName: basename(chosen.filePath) };
    },
    async 'desktop.showSaved'({ id }) {
      const path = savedAt.get(id);
      if (path === undefined) return { shown: false };
      shell.showItemInFolder(path);
      return { shown: true };
    },
    async 'desktop.mailLetter'({ id }) {
      const letter = await signedPdf(id);
      const folder = mkdtempSync(join(app.getPath('temp'), 'eletter-mail-'));
      mailFolders.push(folder);
      const path = join(folder, 'surat.eml');
      writeOutput(path, mailDraft(letter));
      // openPath answers with an error text, empty when a program took the file.
      return { handedOver: (await shell.openPath(path)) === '' };
    },
    'desktop.print': () =>
      new Promise((resolve) => {
        parts.window().webContents.print({ printBackground: true }, (printed) => resolve({ printed }));
      }),
    async 'desktop.testNotice'() {
      const status = await parts.engine.call('app.status', {});
      return { shown: parts.notifier.test((status.ok ? status.value.language : null) ?? 'id') };
    },
    async 'desktop.quit'() {
      app.quit();
      return null;
    },
    dispose() {
      for (const folder of mailFolders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
