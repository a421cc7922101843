/**
 * A backup set put in the vault's place. Whatever comes of it, a page that had a vault open begins anew, so the
 * outcome is told by the next one: it travels in this history entry, which a reload keeps and the disk never sees.
 */
import type { ErrorShape, Language } from '../../main/core/contract/index.ts';
import { eletter } from '../lib/bridge.ts';
import { forgetEverything, savePending, useApp, type Restored } from './app-store.ts';

/** Asks for a set and restores it. @returns why nothing was restored; null when it was, or when nobody chose a set. */
export async function restoreBackup(language: Language): Promise<ErrorShape | null> {
  // Text that cannot be saved must not stand in the way: the vault may be what is at fault.
  await savePending();
  useApp.setState({ restoring: true });
  const result = await eletter.desktop.restoreBackup({});
  const wasLocked = useApp.getState().lockedMeanwhile;
  useApp.setState({ restoring: false });
  // Chosen before there was a vault to keep it beside. Refused, it only costs the choice of language.
  if (result.ok && result.value.restored && useApp.getState().firstRun)
    await eletter.app.setLanguage({ language });
  if (result.ok && result.value.restored) leaveFor({ keptAside: result.value.keptAside });
  else if (!result.ok && wasLocked) leaveFor({ error: result.error });
  else if (wasLocked) forgetEverything();
  return result.ok ? null : result.error;
}

/** The vault was locked. While a backup is restored only the screen goes at once, the page when the answer is here. */
export function whenLocked(): void {
  const { restoring, firstRun, status } = useApp.getState();
  // The news may reach the page that came after the one it was meant for: there is nothing to forget there, and
  // beginning anew would cost what is being typed into the sign-in form.
  if (!restoring && !firstRun && !status?.session) return;
  if (restoring) useApp.setState({ lockedMeanwhile: true });
  else forgetEverything();
}

function leaveFor(restored: Restored): void {
  history.replaceState({ restored }, '');
  forgetEverything();
}

/** What the page before this one restored. Told once. */
export function tellRestored(): void {
  const state: unknown = history.state;
  if (typeof state !== 'object' || state === null || !('restored' in state)) return;
  history.replaceState(null, '');
  useApp.setState({ restored: state.restored as Restored });
}
