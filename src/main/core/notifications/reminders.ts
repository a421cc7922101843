import { sql, type ReadDb, type Sql, type WriteDb } from '../vault/index.ts';
import type { WaitingEvent } from '../contract/waiting-event.ts';
import { addNotice } from './index.ts';

/** Reminders: each person of each event once, whatever happens to the program in between. */

/**
 * The notice and the record that it was made, in the caller's transaction.
 * @returns false where the person was reminded of it before.
 */
export function remindOnce(
  db: WriteDb,
  accountId: string,
  due: { readonly letterId: string; readonly event: WaitingEvent; readonly ref: string },
  at: Date,
): boolean {
  const fresh = db.run(sql`INSERT INTO reminder (account_id, event, letter_id, ref, at)
    VALUES (${accountId}, ${due.event}, ${due.letterId}, ${due.ref}, ${at.toISOString()})
    ON CONFLICT DO NOTHING`);
  if (fresh === 0) return false;
  const kind = due.event === 'disposition-overdue' ? 'disposition-overdue' : 'reminder';
  addNotice(db, accountId, kind, due.letterId, at, { event: due.event });
  return true;
}

/** What a reminder was about is done: it is not left lying there. @param waits condition on `notice.letter_id`. */
export const settleReminders = (db: WriteDb, accountId: string, waits: Sql, at: Date): number =>
  db.run(sql`UPDATE notice SET read_at = ${at.toISOString()} WHERE account_id = ${accountId} AND read_at IS NULL
    AND kind IN ('reminder', 'disposition-overdue') AND NOT (${waits})`);

/** Unread reminders there are at all; the question before the dearer one. */
export const hasReminders = (db: ReadDb, accountId: string): boolean =>
  db.get(sql`SELECT 1 FROM notice WHERE account_id = ${accountId} AND read_at IS NULL
    AND kind IN ('reminder', 'disposition-overdue') LIMIT 1`) !== undefined;

/** How many notices nobody has been shown yet, of everybody. */
export const unannounced = (db: ReadDb): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM notice WHERE announced_at IS NULL AND read_at IS NULL`)
    ?.n ?? 0;

/** What was summed up for a person last, or null. `counts` by the names of the counters. */
export function lastTold(
  db: ReadDb,
  accountId: string,
): { readonly day: string; readonly counts: Readonly<Record<string, number>> } | null {
  const row = db.get<{ day: string; counts: string }>(
    sql`SELECT day, counts FROM waiting_told WHERE account_id = ${accountId}`,
  );
  return row ? { day: row.day, counts: JSON.parse(row.counts) as Record<string, number> } : null;
}

export function keepTold(
  db: WriteDb,
  accountId: string,
  day: string,
  counts: Readonly<Record<string, number>>,
): void {
  db.run(sql`INSERT INTO waiting_told (account_id, day, counts) VALUES (${accountId}, ${day}, ${JSON.stringify(counts)})
    ON CONFLICT (account_id) DO UPDATE SET day = excluded.day, counts = excluded.counts`);
}
