import {
  isOpenTask,
  taskLife,
  type Settlement,
  type TaskAction,
  type TaskNeed,
  type TaskTransition,
} from '../../contract/disposition-life.ts';
import { AppError } from '../../contract/errors.ts';
import type { LetterState } from '../../contract/lifecycle.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import type { LetterDispositions, StoredTask } from './store.ts';

/** Steps of a task as the table says, and what they do to the disposition and to the addressee's letter. */

/** @throws AppError DISPOSITION_MOVED_ON where the table has no such step. */
export function transition(action: TaskAction, task: StoredTask): TaskTransition {
  const found = taskLife.find((one) => one.action === action && one.from === task.state);
  if (!found) throw new AppError('DISPOSITION_MOVED_ON');
  return found;
}

/** A letter that may be passed on. */
export const inForce = (state: LetterState): boolean => state === 'signed' || state === 'registered';

const refusals = {
  'in-force': 'LETTER_NOT_IN_FORCE',
  'children-settled': 'DISPOSITION_PASSED_ON_OPEN',
  'not-reported-above': 'DISPOSITION_MOVED_ON',
  'receiver-here': 'DISPOSITION_MOVED_ON',
  'receiver-gone': 'DISPOSITION_MOVED_ON',
} as const satisfies Partial<Record<TaskNeed, string>>;

/**
 * What of a step's needs is not so; null: nothing. Words and receivers come with the step itself.
 * @param isGone is the account revoked?
 */
export function unmet(
  step: TaskTransition,
  task: StoredTask,
  all: LetterDispositions,
  letterState: LetterState,
  isGone: (accountId: string) => boolean,
): (typeof refusals)[keyof typeof refusals] | null {
  const holds = (need: TaskNeed): boolean => {
    switch (need) {
      case 'words':
      case 'receivers':
        return true;
      case 'in-force':
        return inForce(letterState);
      case 'children-settled': {
        const below = new Set(
          all.dispositions.filter((one) => one.parentTask === task.id).map((one) => one.id),
        );
        return !all.tasks.some((one) => below.has(one.dispositionId) && isOpenTask(one.state));
      }
      case 'not-reported-above':
        return parentOf(task, all)?.state !== 'done';
      case 'receiver-here':
        return !isGone(task.accountId);
      case 'receiver-gone':
        return isGone(task.accountId);
    }
  };
  const missing = step.needs.find((need) => !holds(need));
  return missing === undefined || missing === 'words' || missing === 'receivers' ? null : refusals[missing];
}

/** The task that this one's disposition was passed on from. */
export function parentOf(task: StoredTask, all: LetterDispositions): StoredTask | null {
  const parent = all.dispositions.find((one) => one.id === task.dispositionId)?.parentTask ?? null;
  return all.tasks.find((one) => one.id === parent) ?? null;
}

/** Everybody above a task, its receiver and its giver among them: nobody of these gets the letter from there again. */
export function chainOf(task: StoredTask | null, all: LetterDispositions): ReadonlySet<string> {
  const above = new Set<string>();
  // Every step goes up to an older disposition, so this ends.
  for (let one = task; one; one = parentOf(one, all)) {
    above.add(one.accountId);
    const giver = all.dispositions.find(({ id }) => id === one?.dispositionId)?.giverId;
    if (giver !== undefined) above.add(giver);
  }
  return above;
}

/** The state after a step. @param by who took it. */
export function takeStep(db: WriteDb, task: StoredTask, step: TaskTransition, by: string, at: Date): void {
  const now = at.toISOString();
  if (step.action === 'open')
    db.run(sql`UPDATE disposition_task SET read_at = ${now}, read_by = ${by} WHERE id = ${task.id}`);
  if (isOpenTask(step.from) !== isOpenTask(step.to)) {
    const settled = isOpenTask(step.to) ? null : now;
    db.run(sql`UPDATE disposition_task SET settled_at = ${settled}, settled_by = ${settled && by}
      WHERE id = ${task.id}`);
  }
  const changed = db.run(sql`UPDATE disposition_task SET state = ${step.to}
    WHERE id = ${task.id} AND state = ${step.from}`);
  if (changed !== 1) throw new AppError('DISPOSITION_MOVED_ON');
  if (step.to === 'cancelled' && task.lead) nextLeads(db, task);
}

/** Of those who are left the first leads; where nobody is left it stays where it was. */
function nextLeads(db: WriteDb, task: StoredTask): void {
  const next = db.get<{ id: string }>(sql`SELECT id FROM disposition_task
    WHERE disposition_id = ${task.dispositionId} AND state <> 'cancelled' ORDER BY place LIMIT 1`);
  if (!next) return;
  db.run(sql`UPDATE disposition_task SET lead = 0 WHERE id = ${task.id}`);
  db.run(sql`UPDATE disposition_task SET lead = 1 WHERE id = ${next.id}`);
}

export function setPercent(db: WriteDb, taskId: string, percent: number): void {
  db.run(sql`UPDATE disposition_task SET percent = ${percent} WHERE id = ${taskId}`);
}

/** Back to how far it was before it was reported as done. */
export function percentBeforeReport(db: ReadDb, taskId: string): number {
  const row = db.get<{ percent: number }>(sql`SELECT percent FROM disposition_entry
    WHERE task_id = ${taskId} AND kind = 'progress' AND percent IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1`);
  return row?.percent ?? 0;
}

const disposed: Settlement = 'disposed';

/** An addressee, or somebody copied, who passes a letter on has read it; for an addressee that settles it. */
export function settleByGiving(db: WriteDb, letterId: string, giverId: string, by: string, at: Date): void {
  const now = at.toISOString();
  db.run(sql`UPDATE letter_party SET read_at = ${now} WHERE letter_id = ${letterId} AND account_id = ${giverId}
    AND delivered_at IS NOT NULL AND read_at IS NULL`);
  db.run(sql`UPDATE letter_party SET settled_at = ${now}, settled_by = ${by}, settled_how = ${disposed}
    WHERE letter_id = ${letterId} AND account_id = ${giverId} AND role = 'to' AND delivered_at IS NOT NULL
    AND settled_at IS NULL`);
}

/** Nobody has it any more of all to whom an addressee passed it on: it waits for the addressee again. */
export function unsettleWhereNobodyIsLeft(db: WriteDb, task: StoredTask): boolean {
  const root = db.get<{ giver_id: string }>(
    sql`SELECT giver_id FROM disposition WHERE id = ${task.dispositionId} AND parent_task IS NULL`,
  );
  if (!root) return false;
  const left =
    db.get(sql`SELECT 1 FROM disposition JOIN disposition_task AS task ON task.disposition_id = disposition.id
    WHERE disposition.letter_id = ${task.letterId} AND disposition.parent_task IS NULL
      AND disposition.giver_id = ${root.giver_id} AND task.state <> 'cancelled'`);
  if (left) return false;
  return (
    db.run(sql`UPDATE letter_party SET settled_at = NULL, settled_by = NULL, settled_how = NULL
      WHERE letter_id = ${task.letterId} AND account_id = ${root.giver_id} AND settled_how = ${disposed}`) > 0
  );
}

/** On how many dispositions somebody has still to report. */
export function openTasksOf(db: ReadDb, accountId: string): number {
  const row = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM disposition_task
    WHERE account_id = ${accountId} AND state IN ('unread', 'read', 'working', 'passed')`);
  return row?.n ?? 0;
}

/** Does this account hold, or has it given, anything of the letter that was not cancelled? */
export const takesPartInDispositions = (db: ReadDb, letterId: string, accountId: string): boolean =>
  db.get(sql`SELECT 1 FROM disposition_task WHERE letter_id = ${letterId} AND state <> 'cancelled'
    AND (account_id = ${accountId} OR giver_id = ${accountId})`) !== undefined;
