import { forgetKeys, type Context } from './context.ts';
import type { Vault } from '../vault/index.ts';
import { unannounced } from '../notifications/reminders.ts';
import { securityOf } from './security.ts';
import { stopTicking } from './ticking.ts';

/**
 * The two locks of DESIGN §2. Screen lock: the person's keys are gone and the page is cleared, the vault stays open
 * for work in the background. Full lock ("Kunci penuh"): the database is closed and every key is gone.
 */
const hour = 3_600_000;
/** How often the background looks whether the daily backup is due. */
const lookEvery = hour / 2;

/** Locking what is locked is no error. @param duties what goes on behind a locked screen. */
export function lockScreen(context: Context, duties: () => void): null {
  const open = context.openSession;
  if (!open) return null;
  context.openSession = null;
  context.trust.detach();
  forgetKeys(open);
  context.parked = open.vault;
  context.away = { accountId: open.accountId, unannounced: unannouncedIn(context, open.vault), told: false };
  const sealAfterHours = hoursUntilSealed(context, open.vault);
  const timers = [
    setTimeout(() => context.behind(sealLater(context)), sealAfterHours * hour),
    setInterval(duties, lookEvery),
  ];
  for (const timer of timers) timer.unref();
  context.background.timers = timers;
  clearBadge(context);
  context.ports.emit({ type: 'locked' });
  return null;
}

/** A vault that cannot be read just now is locked all the same. */
function hoursUntilSealed(context: Context, vault: Vault): number {
  try {
    return securityOf(vault.read).sealAfterHours;
  } catch (error) {
    context.ports.logger.error('settings not read', {}, error);
    return 1;
  }
}

/** Whoever is not at work is told no number. */
function clearBadge(context: Context): void {
  context.badge = null;
  context.ports.emit({ type: 'waiting', count: 0 });
}

/** A vault that cannot be read just now is locked all the same. */
function unannouncedIn(context: Context, vault: Vault): number {
  try {
    return unannounced(vault.read);
  } catch (error) {
    context.ports.logger.error('notices not read', {}, error);
    return 0;
  }
}

/** Behind whatever is under way. */
async function sealLater(context: Context): Promise<void> {
  try {
    await context.exclusive(async () => {
      // Somebody may have come back while this waited.
      if (!context.openSession) seal(context);
    });
  } catch (error) {
    context.ports.logger.error('not closed properly', {}, error);
  }
}

/** Nobody is away any more, or the vault is about to be closed. */
export function endParking(context: Context): void {
  for (const timer of context.background.timers) clearTimeout(timer);
  context.background.timers = [];
  context.away = null;
}

/** Closes the database and drops every key. Sealing what is sealed is no error. */
export function seal(context: Context): null {
  endParking(context);
  stopTicking(context);
  const open = context.openSession;
  const vault = context.vault;
  context.openSession = null;
  context.parked = null;
  if (!vault) return null;
  context.trust.detach();
  if (open) forgetKeys(open);
  try {
    vault.close();
  } finally {
    clearBadge(context);
    context.ports.emit({ type: 'locked' });
  }
  return null;
}
