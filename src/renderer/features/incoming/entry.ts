/** What a registrar has typed and chosen for the next letter. It outlives the screen, so moving about loses nothing. */
import { create } from 'zustand';
import type {
  AgendaNumber,
  ErrorShape,
  IncomingFile,
  NewIncoming,
  Output,
} from '../../../main/core/contract/index.ts';
import { maximumIncomingFile } from '../../../main/core/contract/index.ts';
import { keepSafe } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { readFile } from '../../lib/files.ts';
import { today } from '../../lib/format.ts';

export type Looked = Output<'incoming.look'>;

/** A receiver by account, with the name under which it was chosen. */
export interface Chosen {
  readonly accountId: string;
  readonly name: string;
}

export interface Entry extends Omit<NewIncoming, 'to' | 'copies'> {
  readonly to: readonly Chosen[];
  readonly copies: readonly Chosen[];
}

export interface Done {
  readonly id: string;
  readonly agenda: AgendaNumber;
  readonly names: readonly string[];
}

interface EntryState {
  readonly entry: Entry;
  readonly files: readonly IncomingFile[];
  readonly looked: Looked | null;
  readonly looking: boolean;
  readonly refused: ErrorShape | null;
  /** The number in the form was read from the file, and not by a person. */
  readonly numberFromFile: boolean;
  readonly keepLocked: boolean;
  readonly evenThough: boolean;
  readonly done: Done | null;
  /** There was a file before the screen was locked. */
  readonly fileGone: boolean;
}

const blank = (kept: Pick<Entry, 'to' | 'copies' | 'receivedOn'>): Entry => ({
  sender: '',
  senderPlace: '',
  number: '',
  date: '',
  subject: '',
  kind: 'surat-dinas',
  classification: '',
  urgency: 'biasa',
  security: 'biasa',
  attachments: '',
  note: '',
  ...kept,
});

const nothingChosen = {
  files: [],
  looked: null,
  looking: false,
  refused: null,
  numberFromFile: false,
  keepLocked: false,
  evenThough: false,
  done: null,
  fileGone: false,
} as const;

export const useEntry = create<EntryState>()(() => ({
  entry: blank({ to: [], copies: [], receivedOn: today() }),
  ...nothingChosen,
}));

export function setEntry(change: Partial<Entry>): void {
  useEntry.setState(({ entry, numberFromFile, evenThough }) => ({
    entry: { ...entry, ...change },
    numberFromFile: numberFromFile && change.number === undefined,
    // What was said of another sender, number or date is said no more.
    evenThough: evenThough && !['sender', 'number', 'date'].some((name) => name in change),
  }));
}

/** The next letter of a pile mostly goes the same way and came on the same day. */
export const beginNext = (): void =>
  useEntry.setState(({ entry: { to, copies, receivedOn } }) => ({
    entry: blank({ to, copies, receivedOn }),
    ...nothingChosen,
  }));

export const clearEntry = (): void =>
  useEntry.setState({ entry: blank({ to: [], copies: [], receivedOn: today() }), ...nothingChosen });

const isPicture = (looked: Looked | null): boolean =>
  looked !== null &&
  (looked.type.startsWith('image/') ? looked.type !== 'image/tiff' : looked.type === 'application/zip');

const asText = (): string => {
  const { entry, files, numberFromFile } = useEntry.getState();
  return JSON.stringify({ entry, numberFromFile, hadFile: files.length > 0 });
};

/** Has anybody typed or chosen anything that would be missed? */
const isBlank = (): boolean => {
  const { entry, files, done } = useEntry.getState();
  const typed = [entry.sender, entry.number, entry.subject, entry.note, entry.date].some((one) => one !== '');
  return done !== null || (!typed && files.length === 0);
};

/** As it was last kept in the vault; null: nothing is. */
let kept: string | null = null;

/** Locking begins the page anew: what is typed waits in the vault, without the file. */
keepSafe(async () => {
  const now = isBlank() ? null : asText();
  if (now === kept) return true;
  const result = await eletter.incoming.keepForm({ form: now });
  if (result.ok) kept = now;
  return result.ok;
});

/** What was typed before the screen was locked. */
export async function recallEntry(): Promise<void> {
  if (!isBlank() || useEntry.getState().done !== null) return;
  const result = await eletter.incoming.keptForm({});
  if (!result.ok || result.value.form === null || !isBlank()) return;
  kept = result.value.form;
  const form = JSON.parse(kept) as { entry: Entry; numberFromFile: boolean; hadFile: boolean };
  useEntry.setState({
    entry: { ...blank({ to: [], copies: [], receivedOn: today() }), ...form.entry },
    numberFromFile: form.numberFromFile,
    fileGone: form.hadFile,
  });
}

/** May more pictures join what is chosen? */
export const takesMore = (state: Pick<EntryState, 'looked'>): boolean => isPicture(state.looked);

/** Reads files that were dropped or chosen; a picture beside pictures joins them, everything else takes their place. */
export async function takeFiles(given: readonly File[], join: boolean): Promise<void> {
  if (given.length === 0) return;
  useEntry.setState({ looking: true, refused: null, done: null });
  const read = await Promise.all(given.map((file) => readFile(file, maximumIncomingFile)));
  const files: IncomingFile[] = [];
  for (const one of read) {
    if (!one.ok) {
      const code = one.reason === 'too-large' ? 'INCOMING_TOO_LARGE' : 'FILE_UNREADABLE';
      const params = { megabytes: maximumIncomingFile / 1024 ** 2, megapixels: 64 };
      useEntry.setState({ looking: false, refused: { code, params } });
      return;
    }
    files.push({ name: one.name, bytes: one.bytes });
  }
  const before = useEntry.getState();
  await lookAt(join && takesMore(before) ? [...before.files, ...files] : files);
}

/** Only the newest question counts: files may be chosen again while others are read. */
let asked = 0;

async function lookAt(files: readonly IncomingFile[]): Promise<void> {
  asked += 1;
  const mine = asked;
  const result = await eletter.incoming.look({ files });
  if (mine !== asked) return;
  if (!result.ok) {
    // What was chosen before stays, and so does the form.
    useEntry.setState({ looking: false, refused: result.error });
    return;
  }
  const looked = result.value;
  useEntry.setState(({ entry }) => {
    const reads = looked.number !== null && entry.number === '';
    return {
      files,
      looked,
      looking: false,
      fileGone: false,
      keepLocked: false,
      evenThough: false,
      numberFromFile: reads,
      entry: reads ? { ...entry, number: looked.number ?? '' } : entry,
    };
  });
}

export function dropFiles(): void {
  asked += 1;
  useEntry.setState({ files: [], looked: null, looking: false, refused: null, keepLocked: false });
}
