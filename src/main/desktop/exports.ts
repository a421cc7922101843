import { basename, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { valueOf } from '../core/contract/errors.ts';
import { fileNameOf } from '../core/contract/letter-name.ts';
import { registerFileName } from '../core/contract/registers.ts';
import { reportsAsCsv } from '../core/contract/report-table.ts';
import { writeOutput } from '../engine/files.ts';
import type { Engine } from '../engine/remote.ts';
import type { DesktopHandlers } from '../ipc/index.ts';

/** What people take out of the vault beside letters: the signed audit log, everything about themselves, verification reports. */
export function exportHandlers(parts: {
  readonly engine: Engine;
  readonly window: () => BrowserWindow;
}): Pick<
  DesktopHandlers,
  | 'desktop.exportAudit'
  | 'desktop.exportMyData'
  | 'desktop.saveAddresses'
  | 'desktop.saveDispositionSheet'
  | 'desktop.saveRegister'
  | 'desktop.saveTree'
  | 'desktop.saveMinutes'
  | 'desktop.savePackage'
  | 'desktop.exportReports'
  | 'desktop.saveCard'
  | 'desktop.saveReport'
  | 'desktop.saveTemplates'
> {
  /** @returns null when the person changed their mind. */
  async function askWhere(fileName: string, filter: FileFilter): Promise<string | null> {
    const chosen = await dialog.showSaveDialog(parts.window(), {
      defaultPath: join(app.getPath('documents'), basename(fileName)),
      filters: [filter],
    });
    return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
  }

  async function saveAs(
    name: string,
    bytes: Uint8Array,
    filter: FileFilter,
  ): Promise<{ readonly saved: boolean; readonly fileName: string }> {
    const path = await askWhere(name, filter);
    if (path === null) return { saved: false, fileName: '' };
    writeOutput(path, bytes);
    return { saved: true, fileName: basename(path) };
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
    async 'desktop.exportReports'({ format, language, reports }) {
      const [text, name] =
        format === 'csv'
          ? [reportsAsCsv(reports, language), 'CSV']
          : [`${JSON.stringify(reports, null, 2)}\n`, 'JSON'];
      const fileName = `${language === 'id' ? 'verifikasi' : 'verification'}.${format}`;
      const path = await askWhere(fileName, { name, extensions: [format] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, new TextEncoder().encode(text));
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveReport'(input) {
      const { pdf, fileName } = valueOf(await parts.engine.call('verify.report', input));
      const path = await askWhere(fileName, { name: 'PDF', extensions: ['pdf'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, pdf);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveCard'() {
      const { card, fileName } = valueOf(await parts.engine.call('statement.card', {}));
      const path = await askWhere(fileName, { name: 'JSON', extensions: ['json'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, card);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveTemplates'() {
      const { file, fileName } = valueOf(await parts.engine.call('templates.export', {}));
      const path = await askWhere(fileName, { name: 'JSON', extensions: ['json'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, file);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveAddresses'(input) {
      const { csv, fileName } = valueOf(await parts.engine.call('addresses.export', input));
      const path = await askWhere(fileName, { name: 'CSV', extensions: ['csv'] });
      if (path === null) return { saved: false, fileName: '' };
      writeOutput(path, csv);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveRegister'(input) {
      // Where to comes first: taking a book out is written in the log, and changing one's mind is not that.
      const { format } = input;
      const path = await askWhere(registerFileName(input), {
        name: format.toUpperCase(),
        extensions: [format],
      });
      if (path === null) return { saved: false, fileName: '' };
      const { bytes } = valueOf(await parts.engine.call('registers.export', input));
      writeOutput(path, bytes);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveDispositionSheet'(input) {
      const letter = valueOf(await parts.engine.call('letters.get', input));
      const fileName = `Lembar disposisi ${fileNameOf(letter)}`;
      const path = await askWhere(fileName, { name: 'PDF', extensions: ['pdf'] });
      if (path === null) return { saved: false, fileName: '' };
      const { pdf } = valueOf(await parts.engine.call('registers.sheet', input));
      writeOutput(path, pdf);
      return { saved: true, fileName: basename(path) };
    },
    async 'desktop.saveTree'() {
      const { csv, fileName } = valueOf(await parts.engine.call('archive.exportTree', {}));
      return saveAs(fileName, csv, { name: 'CSV', extensions: ['csv'] });
    },
    async 'desktop.saveMinutes'(input) {
      const { pdf, fileName } = valueOf(await parts.engine.call('archive.minutes', input));
      return saveAs(fileName, pdf, { name: 'PDF', extensions: ['pdf'] });
    },
    async 'desktop.savePackage'(input) {
      const { zip, fileName } = valueOf(await parts.engine.call('archive.package', input));
      return saveAs(fileName, zip, { name: 'ZIP', extensions: ['zip'] });
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
