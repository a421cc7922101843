/** A file to check, wherever it comes from; read when it is its turn and kept nowhere. */
import type { VerificationReport } from '../../../main/core/contract/index.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { errorTextNow, textNow } from '../../lib/i18n/index.ts';
import { eletter } from '../../lib/bridge.ts';

export type SourceReading =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  /** In the language of the screen. */
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface PdfSource {
  readonly name: string;
  readonly read: () => Promise<SourceReading>;
}

/** What somebody chose or dropped. */
export const fileSource = (file: File): PdfSource => ({
  name: file.name,
  read: async () => {
    const reading = await readFile(file, limits.pdf);
    if (reading.ok) return reading;
    const { common } = textNow();
    return reading.reason === 'too-large'
      ? { ok: false, code: 'FILE_TOO_LARGE', message: common.fileTooLarge(limitText(limits.pdf)) }
      : { ok: false, code: 'FILE_UNREADABLE', message: common.fileUnreadable };
  },
});

/** A report in any case: a file that cannot even be read has one that says so. */
export async function reportOn(source: PdfSource): Promise<VerificationReport> {
  const failed = (code: string, message: string): VerificationReport => ({
    file: source.name,
    sha256: '',
    conclusion: 'UNREADABLE',
    revisions: 0,
    signatures: [],
    problems: [{ code, message }],
  });
  const reading = await source.read();
  if (!reading.ok) return failed(reading.code, reading.message);
  const { name, bytes } = reading;
  const result = await eletter.verify.file({ name, bytes, password: null });
  return result.ok ? result.value : failed(result.error.code, errorTextNow(result.error));
}
