import { basename, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { valueOf } from '../core/contract/errors.ts';
import { writeOutput } from '../engine/files.ts';
import type { Engine } from '../engine/remote.ts';
import type { DesktopHandlers } from '../ipc/index.ts';

/** What people take out of the vault beside letters: the signed audit log, and everything about themselves. */
export function exportHandlers(parts: {
  readonly engine: Engine;
  readonly window: () => BrowserWindow;
}): Pick<DesktopHandlers, 'desktop.exportAudit' | 'desktop.exportMyData'> {
  /** @returns null when the person changed their mind. */
  async function askWhere(fileName: string, filter: FileFilter): Promise<string | null> {
    const chosen = await dialog.showSaveDialog(parts.window(), {
      defaultPath: join(app.getPath('documents'), fileName),
      filters: [filter],
    });
    return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
  }

  return {
    async 'desktop.exportAudit'(input) {
      const { log, signature, fileName } = valueOf(await parts.engine.call('audit.export', input));
      const path = await askWhere(fileName, { name: 'JSON Lines', extensions: ['jsonl'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, log);
      writeOutput(`${path}.p7s`, signature);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.exportMyData'() {
      const { zip, fileName } = valueOf(await parts.engine.call('mydata.export', {}));
      const path = await askWhere(fileName, { name: 'ZIP', extensions: ['zip'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, zip);
      return { saved: true, fileName: basename(path) };
    },
  };
}
