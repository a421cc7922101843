import { pendencyAges, type PendencyKind } from '../contract/registers.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';

/** Open work of one account and kind, by how long it has been lying. */
export interface OpenWork {
  readonly account: string;
  readonly kind: PendencyKind;
  /** Index of `pendencyAges`. */
  readonly age: number;
  readonly count: number;
  readonly overdue: number;
}

/**
 * Counts of what lies with each account, of all classes: numbers, and nothing of any letter. Whose numbers somebody
 * sees is the caller's to say.
 * @param today plain date of the regency.
 */
export function openWork(db: ReadDb, accounts: readonly string[], today: string): OpenWork[] {
  const [first, ...rest] = accounts;
  if (first === undefined) return [];
  // Bound one by one: of a list inside JSON the planner cannot know how short it is, and scans.
  const whose = sql`(${rest.reduce((list, one) => sql`${list}, ${one}`, sql`${first}`)})`;
  const count = (kind: PendencyKind, account: Sql, since: Sql, overdue: Sql, from: Sql): OpenWork[] =>
    db
      .all<Omit<OpenWork, 'kind'>>(
        sql`SELECT ${account} AS account, ${ageOf(since, today)} AS age, count(*) AS count, total(${overdue}) AS overdue
          FROM ${from} GROUP BY 1, 2`,
      )
      .map((row) => ({ ...row, kind }));
  return [
    ...count(
      'notFollowedUp',
      sql`party.account_id`,
      sql`party.delivered_at`,
      sql`0`,
      sql`letter_party AS party WHERE party.account_id IN ${whose} AND party.role = 'to'
        AND party.settled_at IS NULL AND party.delivered_at IS NOT NULL`,
    ),
    ...count(
      'dispositions',
      sql`task.account_id`,
      sql`task.given_at`,
      sql`task.deadline IS NOT NULL AND task.deadline < ${today}`,
      // The states in the words of the index of open tasks, which holds those alone.
      sql`disposition_task AS task WHERE task.account_id IN ${whose}
        AND task.state IN ('unread', 'read', 'working', 'passed')`,
    ),
    ...count(
      'toReview',
      sql`step.account_id`,
      since,
      sql`0`,
      turn(
        whose,
        sql`letter.state = 'review'
      AND (step.role = 'coordination' OR (step.role = 'paraf' AND NOT ${before}))`,
      ),
    ),
    ...count(
      'toSign',
      sql`step.account_id`,
      since,
      sql`0`,
      turn(
        whose,
        sql`letter.state IN ('ready', 'reserved', 'cosigning')
      AND step.role = 'sign' AND NOT ${before}`,
      ),
    ),
  ];
}

const before = sql`EXISTS (SELECT 1 FROM letter_step AS earlier WHERE earlier.letter_id = step.letter_id
  AND earlier.role = step.role AND earlier.place < step.place AND earlier.done_at IS NULL)`;

/** Since when it is somebody's turn: since the step before, or since the letter was last changed. */
const since = sql`coalesce((SELECT max(earlier.done_at) FROM letter_step AS earlier
  WHERE earlier.letter_id = step.letter_id), letter.updated_at)`;

const turn = (whose: Sql, which: Sql): Sql =>
  sql`letter_step AS step JOIN letter ON letter.id = step.letter_id
    WHERE step.account_id IN ${whose} AND step.done_at IS NULL AND ${which}`;

/** Whole days of the regency between an instant and today, as an index of the ages. Later than today counts as today. */
function ageOf(instant: Sql, today: string): Sql {
  const days = sql`CAST(julianday(${today}) - julianday(date(${instant}, '+7 hours')) AS INTEGER)`;
  const later = pendencyAges
    .slice(1)
    .map(({ from }) => sql`(${days} >= ${from})`)
    .reduce((sum, one) => sql`${sum} + ${one}`);
  return sql`(${later})`;
}
