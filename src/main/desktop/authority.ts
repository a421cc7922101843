import { basename, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { valueOf } from '../core/contract/errors.ts';
import { writeOutput } from '../engine/files.ts';
import type { Engine } from '../engine/remote.ts';
import type { DesktopHandlers } from '../ipc/index.ts';

/**
 * Files of the office's own certificate authority. Where to comes first: a list that is made is numbered and told in
 * the log, and changing one's mind is neither.
 */
export function authorityHandlers(parts: {
  readonly engine: Engine;
  readonly window: () => BrowserWindow;
}): Pick<
  DesktopHandlers,
  | 'desktop.saveLeaflet'
  | 'desktop.saveAnchor'
  | 'desktop.saveCertificate'
  | 'desktop.saveRevocations'
  | 'desktop.saveAuthorityCopy'
> {
  /** @returns null when the person changed their mind. */
  async function askWhere(fileName: string, filter: FileFilter): Promise<string | null> {
    const chosen = await dialog.showSaveDialog(parts.window(), {
      defaultPath: join(app.getPath('documents'), fileName),
      filters: [filter],
    });
    return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
  }
  const notSaved = { saved: false, fileName: '' } as const;
  const pem = { name: 'PEM', extensions: ['pem'] };

  return {
    async 'desktop.saveLeaflet'() {
      const { bytes, fileName } = valueOf(await parts.engine.call('authority.leaflet', {}));
      const path = await askWhere(fileName, { name: 'PDF', extensions: ['pdf'] });
      if (path === null) return notSaved;
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveAnchor'() {
      const { bytes, fileName } = valueOf(await parts.engine.call('authority.anchor', {}));
      const path = await askWhere(fileName, pem);
      if (path === null) return notSaved;
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveCertificate'(input) {
      const { bytes, fileName } = valueOf(await parts.engine.call('authority.certificate', input));
      const path = await askWhere(fileName, pem);
      if (path === null) return notSaved;
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveRevocations'(input) {
      const path = await askWhere(input.of === 'issuing' ? 'ca.crl' : 'akar.crl', {
        name: 'CRL',
        extensions: ['crl'],
      });
      if (path === null) return { ...notSaved, nextUpdate: '' };
      const { bytes, nextUpdate } = valueOf(await parts.engine.call('authority.publish', input));
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path), nextUpdate };
    },
    async 'desktop.saveAuthorityCopy'(input) {
      const path = await askWhere('ca.eletter', { name: 'E-Letter CA', extensions: ['eletter'] });
      if (path === null) return notSaved;
      const { bytes } = valueOf(await parts.engine.call('authority.copy', input));
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path) };
    },
  };
}
