import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { valueOf } from '../core/contract/errors.ts';
import { fileNameOf } from '../core/contract/letter-name.ts';
import { writeOutput } from '../engine/files.ts';
import type { Engine } from '../engine/remote.ts';
import type { DesktopHandlers } from '../ipc/index.ts';
import { authorityHandlers } from './authority.ts';
import { exportHandlers } from './exports.ts';
import type { GivenFiles } from './given-files.ts';
import { mailDraft } from './mail.ts';
import type { Notifier } from './notifier.ts';

/** How a signed letter leaves the PC: save, show, print, hand to the mail program. Paths stay on this side. */
const mailPrefix = 'eletter-mail-';

export interface DesktopParts {
  readonly engine: Engine;
  readonly window: () => BrowserWindow;
  readonly notifier: Notifier;
  readonly given: GivenFiles;
}

export function desktopHandlers(parts: DesktopParts): DesktopHandlers & { readonly forget: () => void } {
  const savedAt = new Map<string, string>();
  const mailFolders: string[] = [];

  async function signedPdf(id: string, how: string): Promise<{ pdf: Uint8Array; fileName: string }> {
    return valueOf(await parts.engine.signedPdf(id, how));
  }

  return {
    ...exportHandlers(parts),
    ...authorityHandlers(parts),
    async 'desktop.saveLetter'({ id }) {
      // Where to comes first: taking a letter out is written in the log, and changing one's mind is not that.
      const letter = valueOf(await parts.engine.call('letters.get', { id }));
      const chosen = await dialog.showSaveDialog(parts.window(), {
        defaultPath: join(app.getPath('documents'), fileNameOf(letter)),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      if (chosen.canceled || chosen.filePath === '') return { saved: false, fileName: '' };
      const { pdf } = await signedPdf(id, 'saved');
      writeOutput(chosen.filePath, pdf);
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
      const letter = await signedPdf(id, 'mailed');
      const folder = mkdtempSync(join(app.getPath('temp'), mailPrefix));
      mailFolders.push(folder);
      const path = join(folder, 'surat.eml');
      writeOutput(path, mailDraft(letter));
      // openPath answers with an error text, empty when a program took the file.
      return { handedOver: (await shell.openPath(path)) === '' };
    },
    async 'desktop.chooseBackupFolder'() {
      const chosen = await dialog.showOpenDialog(parts.window(), {
        properties: ['openDirectory', 'createDirectory'],
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return { chosen: false };
      valueOf(await parts.engine.call('backup.setFolder', { path }));
      return { chosen: true };
    },
    async 'desktop.chooseDriver'() {
      const chosen = await dialog.showOpenDialog(parts.window(), { properties: ['openFile'] });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return { chosen: false };
      valueOf(await parts.engine.call('services.addDriver', { path }));
      return { chosen: true };
    },
    async 'desktop.restoreBackup'() {
      const chosen = await dialog.showOpenDialog(parts.window(), {
        // The default place; it lies deep in the application's own folder.
        defaultPath: join(app.getPath('userData'), 'backups'),
        properties: ['openDirectory'],
      });
      const [path] = chosen.filePaths;
      if (chosen.canceled || path === undefined) return { restored: false, keptAside: false };
      const { keptAside } = valueOf(await parts.engine.call('vault.restore', { path }));
      return { restored: true, keptAside };
    },
    'desktop.givenFiles': async () => parts.given.list(),
    'desktop.readGiven': ({ id }) => parts.given.read(id),
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
    forget() {
      savedAt.clear();
      parts.given.forget();
      for (const folder of mailFolders.splice(0)) removeQuietly(folder);
    },
  };
}

/** The mail program may still hold the file; then the next start removes it. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Tried again by removeOldMail().
  }
}

/** Mail drafts that an earlier run could not remove: they hold letters in the clear. */
export function removeOldMail(): void {
  const temp = app.getPath('temp');
  try {
    for (const name of readdirSync(temp)) if (name.startsWith(mailPrefix)) removeQuietly(join(temp, name));
  } catch {
    // A temporary folder that cannot be listed must not keep the application from starting.
  }
}
