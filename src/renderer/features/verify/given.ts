/** Files that the system handed over: opened by double click, or given on the command line. */
import { create } from 'zustand';
import { eletter } from '../../lib/bridge.ts';
import { limits, limitText } from '../../lib/files.ts';
import { errorTextNow, textNow } from '../../lib/i18n/index.ts';
import { sayFailure } from '../../lib/messages.ts';
import type { GivenRefusal } from '../../../main/core/contract/index.ts';
import type { PdfSource } from './sources.ts';

interface GivenState {
  /** Not looked at yet; null where there are none. */
  readonly waiting: readonly PdfSource[] | null;
}

export const useGiven = create<GivenState>()(() => ({ waiting: null }));

/** Asks for what was given since the last time. */
export async function askForGiven(): Promise<void> {
  const result = await eletter.desktop.givenFiles({});
  if (!result.ok || result.value.files.length === 0) return;
  const { files, more } = result.value;
  if (more > 0) sayFailure(textNow().given.more(files.length));
  useGiven.setState({ waiting: files.map(({ id, name }) => givenSource(id, name)) });
}

/** Hands them to the screen that checks them. */
export function takeGiven(): readonly PdfSource[] {
  const { waiting } = useGiven.getState();
  if (waiting) useGiven.setState({ waiting: null });
  return waiting ?? [];
}

const givenSource = (id: string, name: string): PdfSource => ({
  name,
  read: async () => {
    const result = await eletter.desktop.readGiven({ id });
    if (!result.ok) return { ok: false, code: result.error.code, message: errorTextNow(result.error) };
    const { bytes, refusal } = result.value;
    if (bytes) return { ok: true, name, bytes };
    return {
      ok: false,
      code: codes[refusal ?? 'unreadable'],
      message: refusalText(refusal ?? 'unreadable', name),
    };
  },
});

const codes: Readonly<Record<GivenRefusal, string>> = {
  missing: 'FILE_MISSING',
  folder: 'FILE_IS_FOLDER',
  special: 'FILE_SPECIAL',
  'not-pdf': 'FILE_NOT_PDF',
  'too-large': 'FILE_TOO_LARGE',
  unreadable: 'FILE_UNREADABLE',
};

function refusalText(refusal: GivenRefusal, name: string): string {
  const { given } = textNow();
  switch (refusal) {
    case 'missing':
      return given.missing(name);
    case 'folder':
      return given.folder(name);
    case 'special':
      return given.special(name);
    case 'not-pdf':
      return given.notPdf(name);
    case 'too-large':
      return given.tooLarge(name, limitText(limits.pdf));
    case 'unreadable':
      return given.unreadable(name);
  }
}
