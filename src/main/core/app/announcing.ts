import { interruptedLetters, latestChange, recordChange } from '../letters/index.ts';
import { addNotice, listNotices, takeUnannounced } from '../notifications/index.ts';
import { keepTold, lastTold } from '../notifications/reminders.ts';
import { countersOf, visible, waitingTotal } from '../queries/index.ts';
import { summedUp as summed, type WaitingSummary } from '../contract/reminders.ts';
import type { Context } from './context.ts';

/** So many notices are shown one by one. */
const few = 3;

/** Notices of the person at work, each handed to the desktop once; and the badge. */
export function announce(context: Context): void {
  tell(context, null);
}

/** The same at the beginning of a session, with what waits summed up. */
export function announceAtUnlock(context: Context): void {
  tell(context, summedUp(context));
}

function tell(context: Context, summary: WaitingSummary | null): void {
  const { vault, ring, accountId } = context.session();
  const now = context.ports.clock.now();
  const notices = vault.write((db) => {
    if (summary) keepTold(db, accountId, context.today, summary);
    return takeUnannounced(db, ring, visible(context.asker()), now);
  });
  // Where the few letters that just came are all there is, they say more than their number.
  const fresh = new Set(notices.flatMap((notice) => notice.letterId ?? [])).size;
  const known = fresh <= few && waitingTotal(vault.read, context.asker()) <= fresh;
  const told = known ? null : summary;
  if (notices.length > 0 || told)
    context.ports.emit({ type: 'announce', notices, language: context.language, summary: told });
  updateBadge(context);
}

/**
 * What waits, where there is something new to say: nothing was summed up to this person today yet, or there is more
 * of something than when it was. What became less is the person's own work and no news.
 */
function summedUp(context: Context): WaitingSummary | null {
  const { vault, accountId } = context.session();
  const all = countersOf(vault.read, context.asker());
  const counts = Object.fromEntries(summed.map((one) => [one, all[one]])) as WaitingSummary;
  if (summed.every((one) => counts[one] === 0)) return null;
  const told = lastTold(vault.read, accountId);
  const more = summed.some((one) => counts[one] > (told?.counts[one] ?? 0));
  return told?.day === context.today && !more ? null : counts;
}

/** The number on the icon; told when it is another one than before. */
export function updateBadge(context: Context): void {
  const count = waitingTotal(context.session().vault.read, context.asker());
  if (count === context.badge) return;
  context.badge = count;
  context.ports.emit({ type: 'waiting', count });
}

/** After a crash between reservation and signature the author is told, in the list and by a notice. */
export function noteInterrupted(context: Context): void {
  const { vault, accountId, ring } = context.session();
  const told = new Set(
    listNotices(vault.read, ring, visible(context.asker()))
      .filter((notice) => notice.kind === 'signing-interrupted' && notice.readAt === null)
      .map((notice) => notice.letterId),
  );
  const interrupted = interruptedLetters(vault.read, accountId).filter((id) => !told.has(id));
  if (interrupted.length === 0) return;
  const now = context.ports.clock.now();
  vault.write((db) => {
    for (const id of interrupted) {
      addNotice(db, accountId, 'signing-interrupted', id, now);
      recordChange(db, 'notice', id, now);
    }
  });
  context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
}
