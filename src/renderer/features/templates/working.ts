/** Changes to templates that are not saved yet. They are kept in the vault while they are typed, however wrong they are. */
import { create } from 'zustand';
import type { OfficeChanges, OfficeTemplates, TemplateDraft } from '../../../main/core/contract/index.ts';
import { keepSafe } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';

interface WorkingState {
  readonly draft: TemplateDraft | null;
  /** The form is open; else the list, with the changes waiting. */
  readonly open: boolean;
}

export const useWorking = create<WorkingState>()(() => ({ draft: null, open: false }));

/** Rest between typing and keeping, in milliseconds. */
const rest = 600;
let kept: TemplateDraft | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

async function keepNow(): Promise<boolean> {
  clearTimeout(timer);
  const { draft } = useWorking.getState();
  if (draft === kept) return true;
  const result = await eletter.templates.keep({ draft });
  if (result.ok) kept = draft;
  return result.ok;
}
keepSafe(keepNow);

function keepSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void keepNow(), rest);
}

/** What was kept comes back, unless something newer is being typed. */
export function bringBack({ draft }: OfficeTemplates): void {
  if (draft === null || useWorking.getState().draft !== null || kept !== null) return;
  kept = draft;
  useWorking.setState({ draft });
}

/** Opens a kind, or page and kop (null). What is unsaved of others goes on with it. */
export function begin(templates: OfficeTemplates, kind: string | null, changes?: OfficeChanges): void {
  const before = useWorking.getState().draft ?? { version: templates.version, changes: templates.changes };
  const draft = { version: before.version, changes: changes ?? before.changes, kind };
  useWorking.setState({ draft, open: true });
  if (changes) keepSoon();
}

export function change(update: (changes: OfficeChanges) => OfficeChanges): void {
  const { draft } = useWorking.getState();
  if (!draft) return;
  useWorking.setState({ draft: { ...draft, changes: update(draft.changes) } });
  keepSoon();
}

/** Back to the list; what is as it was needs no keeping. */
export function close(templates: OfficeTemplates): void {
  const { draft } = useWorking.getState();
  if (draft && JSON.stringify(draft.changes) === JSON.stringify(templates.changes)) forget();
  else void keepNow();
  useWorking.setState({ open: false });
}

/** Thrown away by the person, or in force. */
export function forget(): void {
  useWorking.setState({ draft: null, open: false });
  void keepNow();
}

/** Saved: the vault has dropped what it kept. */
export function done(): void {
  clearTimeout(timer);
  kept = null;
  useWorking.setState({ draft: null, open: false });
}
