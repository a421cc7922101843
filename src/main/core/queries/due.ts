import type { Urgency } from '../contract/letters.ts';
import type { EightCounter } from '../contract/reminders.ts';
import type { WaitingEvent } from '../contract/waiting-event.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { interrupted, ownStates } from './letters.ts';
import { receivedBy, receivingAccounts, visible, type Asker } from './scope.ts';
import { turnOf } from './turns.ts';
import { openTasks, unsettled } from './waiting.ts';

/** What waits for somebody, since when, for whom, and what of it should not wait any longer. */

/** The moments and days that decide what is late; all from one look at the clock. */
export interface Targets {
  /** A letter of this urgency that waits since before this instant (ISO 8601 UTC) is late. */
  readonly before: Readonly<Record<Urgency, string>>;
  /**
   * What waits since later than this was dated by a clock that was wrong: nobody knows how long it waits, so it is
   * late rather than forgotten.
   */
  readonly future: string;
  /** Plain date of the regency. */
  readonly today: string;
}

/**
 * One row for each thing to do: letter_id, event, ref, since, deadline, whose. `ref` tells things of one kind and
 * letter apart, also the second time a letter comes to somebody's turn: its instant is part of it.
 */
function items(asker: Asker): Sql {
  const turn = (event: WaitingEvent, role: 'review' | 'sign', before: Sql): Sql =>
    sql`SELECT step.letter_id, ${event} AS event, step.role || ':' || step.place AS thing,
        max(coalesce(step.asked_at, letter.updated_at), coalesce((SELECT max(earlier.done_at) FROM letter_step AS earlier
          WHERE earlier.letter_id = step.letter_id AND ${before}), '')) AS since,
        NULL AS deadline, step.account_id AS whose
      FROM letter_step AS step JOIN letter ON letter.id = step.letter_id
      WHERE step.account_id IN ${receivingAccounts(asker)} AND ${turnOf(asker, role)} AND ${visible(asker)}`;
  return sql`SELECT letter_id, event, thing || '@' || since AS ref, since, deadline, whose FROM (
      SELECT party.letter_id, CASE WHEN party.read_at IS NULL
          AND party.account_id IN ${receivingAccounts(asker)} THEN 'unread' ELSE 'not-followed-up' END AS event,
        party.role || ':' || party.place AS thing, coalesce(party.read_at, party.delivered_at) AS since,
        NULL AS deadline, party.account_id AS whose
      FROM letter_party AS party WHERE ${unsettled(asker)}
      UNION ALL ${turn('to-review', 'review', sql`step.role = 'paraf' AND earlier.role = 'paraf' AND earlier.place < step.place`)}
      UNION ALL ${turn('to-sign', 'sign', sql`(earlier.role <> 'sign' OR earlier.place < step.place)`)}
      UNION ALL SELECT task.letter_id, 'disposition', task.id,
        coalesce((SELECT max(entry.at) FROM disposition_entry AS entry
          WHERE entry.task_id = task.id AND entry.kind = 'return'), task.given_at), task.deadline, task.account_id
      FROM disposition_task AS task WHERE ${openTasks(asker)})`;
}

/** A deadline that was over before the disposition was given back counts no more: from there the urgency's time does. */
const deadlineHolds = sql`(item.deadline IS NOT NULL AND date(item.since, '+7 hours') <= item.deadline)`;

const pastDeadline = (targets: Targets): Sql => sql`(${deadlineHolds} AND item.deadline < ${targets.today})`;

const pastTarget = (targets: Targets): Sql =>
  sql`(NOT ${deadlineHolds} AND (item.since > ${targets.future} OR item.since < CASE letter.urgency
    WHEN 'amat-segera' THEN ${targets.before['amat-segera']} WHEN 'segera' THEN ${targets.before.segera}
    ELSE ${targets.before.biasa} END))`;

export interface DueItem {
  readonly letterId: string;
  readonly event: WaitingEvent;
  readonly ref: string;
}

/**
 * What the asker was not reminded of yet and should be, the oldest first, at most `limit`. The items first, then each
 * one's letter (CROSS JOIN): the planner would go through every letter of the vault for them.
 */
export function dueFor(db: ReadDb, asker: Asker, targets: Targets, limit: number): DueItem[] {
  return db
    .all<{ letter_id: string; event: WaitingEvent; ref: string }>(
      sql`SELECT due.letter_id, due.event, due.ref FROM (
          SELECT item.letter_id, item.ref, item.since,
            CASE WHEN ${pastDeadline(targets)} THEN 'disposition-overdue' ELSE item.event END AS event
          FROM (${items(asker)}) AS item CROSS JOIN letter ON letter.id = item.letter_id
          WHERE ${pastDeadline(targets)} OR ${pastTarget(targets)}) AS due
        WHERE NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.account_id = ${asker.accountId}
          AND reminder.event = due.event AND reminder.letter_id = due.letter_id AND reminder.ref = due.ref)
        ORDER BY due.since LIMIT ${limit}`,
    )
    .map((row) => ({ letterId: row.letter_id, event: row.event, ref: row.ref }));
}

export interface PressingItem {
  readonly letterId: string;
  readonly event: WaitingEvent;
  readonly since: string;
  readonly deadline: string | null;
  readonly whose: string;
  readonly overdue: boolean;
  readonly late: boolean;
}

/** What presses: deadlines that are over, then what is most urgent, then what waits longest; each letter once. */
export function pressing(db: ReadDb, asker: Asker, targets: Targets, limit: number): PressingItem[] {
  const rows = db.all<{
    letter_id: string;
    event: WaitingEvent;
    since: string;
    deadline: string | null;
    whose: string;
    overdue: number;
    late: number;
  }>(
    sql`SELECT item.letter_id, item.event, item.since, item.deadline, item.whose,
        coalesce(item.deadline < ${targets.today}, 0) AS overdue, ${pastTarget(targets)} AS late
      FROM (${items(asker)}) AS item CROSS JOIN letter ON letter.id = item.letter_id
      WHERE item.deadline < ${targets.today} OR letter.urgency = 'amat-segera' OR ${pastTarget(targets)}
      ORDER BY overdue DESC, letter.urgency = 'amat-segera' DESC, letter.urgency = 'segera' DESC, item.since,
        item.letter_id
      LIMIT ${limit * 6}`,
  );
  const first = rows.filter((row, at) => rows.findIndex((one) => one.letter_id === row.letter_id) === at);
  return first.slice(0, limit).map((row) => ({
    letterId: row.letter_id,
    event: row.event,
    since: row.since,
    deadline: row.deadline,
    whose: row.whose,
    overdue: row.overdue === 1,
    late: row.late === 1,
  }));
}

/** The letters on which something is to be done, as a condition of `id`: what a reminder was about still waits. */
export const stillWaiting = (asker: Asker, id: Sql): Sql =>
  sql`${id} IN (SELECT letter_id FROM (${items(asker)}))`;

/**
 * The number of letters that wait for the asker, each once: to sign, to paraf, not read (copies too), not followed
 * up, dispositions to act on, and own signings that were interrupted.
 */
export function waitingTotal(db: ReadDb, asker: Asker): number {
  const query = sql`SELECT count(*) AS n FROM (
    SELECT party.letter_id FROM letter_party AS party WHERE party.account_id IN ${receivingAccounts(asker)}
      AND party.read_at IS NULL AND ${receivedBy(asker)}
    UNION SELECT party.letter_id FROM letter_party AS party WHERE ${unsettled(asker)}
    UNION SELECT task.letter_id FROM disposition_task AS task WHERE ${openTasks(asker)}
    UNION SELECT step.letter_id FROM letter_step AS step JOIN letter ON letter.id = step.letter_id
      WHERE step.account_id IN ${receivingAccounts(asker)} AND (${turnOf(asker, 'review')} OR ${turnOf(asker, 'sign')})
        AND ${visible(asker)}
    UNION SELECT letter.id FROM letter WHERE letter.author_id = ${asker.accountId} AND ${interrupted(asker)}
      AND ${ownStates.drafts})`;
  return db.get<{ n: number }>(query)?.n ?? 0;
}

/**
 * Of each counter that counts others' letters too: how many the asker sees as their own, and how many for each person
 * in whose place. A letter that came to both is the asker's own; so the shares add up to the counter.
 */
export function sharesOf(
  db: ReadDb,
  asker: Asker,
): Readonly<Partial<Record<EightCounter, readonly { accountId: string; count: number }[]>>> {
  if (asker.principals.length === 0) return {};
  const via = (column: Sql): Sql =>
    sql`coalesce(max(CASE WHEN ${column} = ${asker.accountId} THEN ${column} END), max(${column})) AS via`;
  const shares = (found: Sql): { accountId: string; count: number }[] =>
    db.all(
      sql`SELECT via AS accountId, count(*) AS count FROM (${found}) GROUP BY via
        ORDER BY via <> ${asker.accountId}, via`,
    );
  const parties = (where: Sql, having: Sql): Sql =>
    sql`SELECT ${via(sql`party.account_id`)} FROM letter_party AS party WHERE ${where}
      GROUP BY party.letter_id ${having}`;
  const unread = sql`party.account_id IN ${receivingAccounts(asker)} AND party.read_at IS NULL AND ${receivedBy(asker)}`;
  const turns = (role: 'review' | 'sign'): Sql =>
    sql`SELECT ${via(sql`step.account_id`)} FROM letter_step AS step JOIN letter ON letter.id = step.letter_id
      WHERE step.account_id IN ${receivingAccounts(asker)} AND ${turnOf(asker, role)} AND ${visible(asker)}
      GROUP BY step.letter_id`;
  const tasks = (where: Sql): Sql =>
    sql`SELECT ${via(sql`task.account_id`)} FROM disposition_task AS task WHERE ${where} GROUP BY task.letter_id`;
  return {
    toSign: shares(turns('sign')),
    toReview: shares(turns('review')),
    incomingUnread: shares(parties(unread, sql`HAVING max(party.role <> 'copy') = 1`)),
    notFollowedUp: shares(parties(unsettled(asker), sql``)),
    dispositionsUnread: shares(tasks(sql`${openTasks(asker)} AND task.state = 'unread'`)),
    dispositionsOpen: shares(tasks(openTasks(asker))),
    copiesUnread: shares(parties(unread, sql`HAVING max(party.role <> 'copy') = 0`)),
  };
}
