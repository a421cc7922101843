import { interruptedLetters, latestChange, recordChange } from '../letters/index.ts';
import { addNotice, listNotices, takeUnannounced } from '../notifications/index.ts';
import { countersOf, visible } from '../queries/index.ts';
import type { Context } from './context.ts';

/** Notices of the person at work, each handed to the desktop once; and the badge. */
export function announce(context: Context): void {
  const { vault, ring } = context.session();
  const notices = vault.write((db) =>
    takeUnannounced(db, ring, visible(context.asker()), context.ports.clock.now()),
  );
  if (notices.length > 0) context.ports.emit({ type: 'announce', notices, language: context.language });
  updateBadge(context);
}

/** What waits for me: unread letters and copies, letters at my turn, and signings to finish. */
export function updateBadge(context: Context): void {
  const counters = countersOf(context.session().vault.read, context.asker());
  context.ports.emit({
    type: 'waiting',
    count:
      counters.incomingUnread +
      counters.copiesUnread +
      counters.interrupted +
      counters.toSign +
      counters.toReview,
  });
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
