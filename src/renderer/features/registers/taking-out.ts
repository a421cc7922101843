/** A book taken out of the vault: to the printer, or to a file that the person names. */
import type { RegisterExport, RegisterSheet, Result } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { textNow } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { printPdf } from '../../lib/print.ts';

/** Says what became of it. @param make the PDF. */
export async function printSheet(make: () => Promise<Result<{ readonly pdf: Uint8Array }>>): Promise<void> {
  const text = textNow();
  say(text.registers.preparing, 'note');
  try {
    const made = await make();
    const result = made.ok ? await printPdf(made.value.pdf) : made;
    if (!result.ok) sayError(result.error);
    else if (result.value.printed) say(text.common.printed);
    else say(text.common.notPrinted, 'note');
  } catch {
    sayFailure(text.registers.printFailed);
  }
}

export const printRegister = (sheet: RegisterSheet): Promise<void> =>
  printSheet(() => eletter.registers.print(sheet));

/** Says what became of it. */
export async function saveFile(
  save: () => Promise<Result<{ readonly saved: boolean; readonly fileName: string }>>,
): Promise<void> {
  const words = textNow().registers;
  const result = await save();
  if (!result.ok) sayError(result.error);
  else if (result.value.saved) say(words.saved(result.value.fileName));
  else say(words.notSaved, 'note');
}

export const saveRegister = (file: RegisterExport): Promise<void> =>
  saveFile(() => eletter.desktop.saveRegister(file));
