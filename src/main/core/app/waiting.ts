import type { Output } from '../contract/api.ts';
import { folderOfEvent, type EightCounter, type Share } from '../contract/reminders.ts';
import { latestChange, recordChange } from '../letters/index.ts';
import { markAllNoticesRead } from '../notifications/index.ts';
import { countersOf, lettersNamed, pressing, sharesOf, waitingTotal } from '../queries/index.ts';
import type { Context } from './context.ts';
import { targetsOn } from './reminders.ts';

/** What the home screen shows of the person at work. */
const mostUrgent = 5;

export function read(context: Context): Output<'home.waiting'> {
  const { vault } = context.session();
  const asker = context.asker();
  const nameOf = (accountId: string): string | null =>
    asker.principals.find((one) => one.id === accountId)?.name ?? null;
  const shares: Partial<Record<EightCounter, readonly Share[]>> = {};
  for (const [counter, parts] of Object.entries(sharesOf(vault.read, asker)))
    shares[counter as EightCounter] = parts.map((one) => ({ name: nameOf(one.accountId), count: one.count }));
  const items = pressing(vault.read, asker, targetsOn(context, vault), mostUrgent);
  const rows = new Map(
    lettersNamed(
      vault.read,
      asker,
      items.map((one) => one.letterId),
    ).map((row) => [row.id, row]),
  );
  return {
    counters: countersOf(vault.read, asker),
    shares,
    urgent: items.flatMap(({ letterId, whose, ...item }) => {
      const row = rows.get(letterId);
      if (!row) return [];
      const { id, subject, security, urgency, number, senderName } = row;
      const letter = { id, subject, security, urgency, number, senderName, onBehalfOf: nameOf(whose) };
      return [{ ...letter, ...item, folder: folderOfEvent[item.event] }];
    }),
  };
}

export const total = (context: Context): Output<'home.total'> => ({
  count: waitingTotal(context.session().vault.read, context.asker()),
});

export function markAllRead(context: Context): null {
  const { vault, accountId } = context.session();
  const now = context.ports.clock.now();
  const changed = vault.write((db) => {
    const marked = markAllNoticesRead(db, accountId, now);
    if (marked > 0) recordChange(db, 'notice', accountId, now);
    return marked > 0;
  });
  if (changed) context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
  return null;
}
