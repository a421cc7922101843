/** Who is here, and which screen is shown. Letters themselves are never kept in a store. */
import { create } from 'zustand';
import {
  classRules,
  mayCall,
  type AppStatus,
  type ErrorShape,
  type Folder,
  type GuardedCall,
  type Language,
  type ListPart,
  type Result,
  type Session,
} from '../../main/core/contract/index.ts';
import { eletter } from '../lib/bridge.ts';
import { showLanguage, textNow } from '../lib/i18n/index.ts';
import { clearResult, dismissMessage, sayError, sayFailure } from '../lib/messages.ts';

/** In the order of the list: mine, the office's, the application's. */
export const settingsGroups = {
  mine: ['appearance', 'certificates', 'passphrases', 'mydata'],
  office: [
    'people',
    'addresses',
    'office',
    'templates',
    'backups',
    'security',
    'signing',
    'audit',
    'trust',
    'offices',
    'authority',
  ],
  application: ['notices', 'policy', 'about'],
} as const;
export type SettingsSection = (typeof settingsGroups)[keyof typeof settingsGroups][number];

/** Sections that are nobody's business but those who may do what they are for. */
const guarded: Partial<Readonly<Record<SettingsSection, GuardedCall>>> = {
  certificates: 'identity.createTest',
  security: 'security.save',
  signing: 'services.save',
  audit: 'audit.list',
  authority: 'authority.status',
  templates: 'templates.read',
};

/** Parts of the archive; with an id one file or one proposal. */
export type ArchiveView = 'files' | 'proposals' | 'tree';

export type Route =
  | { readonly at: 'home' }
  | {
      readonly at: 'letters';
      readonly folder: Folder;
      readonly id: string | null;
      /** Only this part of the folder. */
      readonly only?: ListPart;
    }
  | { readonly at: 'verify' }
  /** What was asked for is kept in features/search for as long as the vault is open. */
  | { readonly at: 'search'; readonly id: string | null }
  | { readonly at: 'numbers' }
  /** A registrar enters a letter from outside. */
  | { readonly at: 'register' }
  | { readonly at: 'archive'; readonly view: ArchiveView; readonly id: string | null }
  | { readonly at: 'notices' }
  | { readonly at: 'settings'; readonly section: SettingsSection };

/** What became of a restore: the vault replaced, or why it was not. */
export type Restored = { readonly keptAside: boolean } | { readonly error: ErrorShape };

interface AppState {
  readonly status: AppStatus | null;
  readonly error: ErrorShape | null;
  /** First run goes on after the vault exists, until its last step is done. */
  readonly firstRun: boolean;
  readonly route: Route;
  readonly choosingKind: boolean;
  readonly showingKeys: boolean;
  readonly restoring: boolean;
  /** After a reset passphrase: the person wants to bring the sealed letters back another time. */
  readonly restoreLater: boolean;
  /** The vault was locked while a backup is being restored: nothing of it is shown any more. */
  readonly lockedMeanwhile: boolean;
  /** Somebody asked to lock: nothing of a letter is shown from here on, however long the answer takes. */
  readonly locking: boolean;
  /** Told on the first screen after a restore. */
  readonly restored: Restored | null;
}

export const useApp = create<AppState>()(() => ({
  status: null,
  error: null,
  firstRun: false,
  route: { at: 'home' },
  choosingKind: false,
  showingKeys: false,
  restoring: false,
  restoreLater: false,
  lockedMeanwhile: false,
  locking: false,
  restored: null,
}));

export async function readStatus(): Promise<void> {
  const result = await eletter.app.status({});
  if (!result.ok) {
    useApp.setState({ error: result.error });
    return;
  }
  const status = result.value;
  showLanguage(status.language ?? 'id');
  useApp.setState((before) => ({
    status,
    error: null,
    firstRun: before.firstRun || status.vault === 'none',
  }));
}

/** After unlock, activation or acknowledgement. */
export const enter = (session: Session): void =>
  useApp.setState((before) => ({
    status: before.status && { ...before.status, vault: 'open', session },
  }));

export const useSession = (): Session | null => useApp((state) => state.status?.session ?? null);

/** Does the matrix let whoever is at work ask for this? */
export const useMay = (): ((name: GuardedCall) => boolean) => {
  const roles = useSession()?.roles ?? [];
  return (name) => mayCall(name, roles);
};

export function useSections(): (section: SettingsSection) => boolean {
  const may = useMay();
  return (section) => {
    const call = guarded[section];
    return call === undefined || may(call);
  };
}

/** Does somebody with these roles see letters besides their own (DOMAIN §3)? */
export function useSeesUnit(): boolean {
  const roles = useSession()?.roles ?? [];
  const { inUnit, everywhere } = classRules.biasa;
  return [...inUnit, ...everywhere].some((role) => roles.includes(role));
}

export async function setLanguage(language: Language): Promise<void> {
  showLanguage(language);
  const result = await eletter.app.setLanguage({ language });
  if (!result.ok) sayError(result.error);
}

/** Saves what is typed and not saved yet; true when nothing is left unsaved. */
type Save = () => Promise<boolean>;
const keepers = new Set<Save>();

/** Whoever holds typed text registers here; locking, closing and moving about ask it to save first. */
export const keepSafe = (save: Save): void => void keepers.add(save);

export async function savePending(): Promise<boolean> {
  const results = await Promise.all([...keepers].map((save) => save()));
  return results.every(Boolean);
}

/** Text that could not be saved stays in memory with its letter, so moving about never loses it. */
export function go(route: Route): void {
  void savePending();
  clearResult();
  useApp.setState({ route });
}

/**
 * Saves when the window loses the focus and when it closes; the request leaves before the page is gone.
 * Returns how to stop.
 */
export function beginWatching(): () => void {
  const save = (): void => void savePending();
  window.addEventListener('blur', save);
  window.addEventListener('beforeunload', save);
  return () => {
    window.removeEventListener('blur', save);
    window.removeEventListener('beforeunload', save);
  };
}

/** The window wants to close: text first. Closing once more closes even so. */
export async function close(): Promise<void> {
  if (await savePending()) await eletter.desktop.quit({});
  else sayFailure(textNow().editor.closeUnsaved);
}

/** Screen lock: the page is cleared and the person's keys are dropped. */
export const lock = (): Promise<void> => leave(() => eletter.vault.lock({}));

/** Full lock: the vault is closed as well. */
export const seal = (): Promise<void> => leave(() => eletter.vault.seal({}));

async function leave(call: () => Promise<Result<null>>): Promise<void> {
  // Both the save and the lock wait for what is under way, a signing over a slow network among it. The text is handed
  // over first; then the page is blank, and only a refusal brings it back.
  const saving = savePending();
  dismissMessage();
  useApp.setState({ locking: true });
  let refusal: (() => void) | null = null;
  try {
    if (await saving) {
      const result = await call();
      if (!result.ok) refusal = () => sayError(result.error);
    } else refusal = () => sayFailure(textNow().editor.lockUnsaved);
  } catch (error) {
    useApp.setState({ locking: false });
    throw error;
  }
  if (refusal === null) {
    forgetEverything();
    return;
  }
  useApp.setState({ locking: false });
  refusal();
}

/** A new document: whatever this one held in memory goes with it. */
export function forgetEverything(): void {
  if (leaving) return;
  leaving = true;
  window.location.reload();
}

let leaving = false;
