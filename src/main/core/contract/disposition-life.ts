/**
 * The life of one receiver's task in a disposition as data: states, what may be done in each, and by whom. The store
 * takes every step from here, the page shows what is allowed from here, docs/disposition-life.md is drawn from here,
 * and a test lives random lives against it.
 */
export const taskStates = ['unread', 'read', 'working', 'passed', 'done', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

export const taskActions = ['open', 'begin', 'note', 'pass', 'report', 'return', 'cancel', 'take'] as const;
export type TaskAction = (typeof taskActions)[number];

/** `receiver`: whose task it is, or who stands in today; `giver`: who gave the disposition, or stands in. */
export type TaskActor = 'receiver' | 'giver';

/** What must be true besides the state. */
export type TaskNeed =
  | 'words'
  /** At least one receiver, the first of them the lead. */
  | 'receivers'
  /** The letter is in force: nobody passes on what was withdrawn, revoked or replaced. */
  | 'in-force'
  /** Of what was passed on nothing is open any more. */
  | 'children-settled'
  /** The giver has not reported on what this was passed on from. */
  | 'not-reported-above'
  /** The receiver can still sign in, or cannot any more. */
  | 'receiver-here'
  | 'receiver-gone';

export interface TaskTransition {
  readonly action: TaskAction;
  readonly from: TaskState;
  readonly to: TaskState;
  readonly who: TaskActor;
  readonly needs: readonly TaskNeed[];
}

type Row = readonly [TaskAction, TaskState, TaskState, TaskActor, ...TaskNeed[]];

const rows: readonly Row[] = [
  ['open', 'unread', 'read', 'receiver'],
  ['begin', 'read', 'working', 'receiver'],
  // Progress, a finished sub-task: whoever notes something has begun.
  ['note', 'read', 'working', 'receiver', 'words'],
  ['note', 'working', 'working', 'receiver', 'words'],
  ['note', 'passed', 'passed', 'receiver', 'words'],
  // To others, by a disposition of one's own: the task stays one's own until it is reported.
  ['pass', 'read', 'passed', 'receiver', 'receivers', 'in-force'],
  ['pass', 'working', 'passed', 'receiver', 'receivers', 'in-force'],
  ['pass', 'passed', 'passed', 'receiver', 'receivers', 'in-force'],
  ['report', 'read', 'done', 'receiver', 'words'],
  ['report', 'working', 'done', 'receiver', 'words', 'children-settled'],
  ['report', 'passed', 'done', 'receiver', 'words', 'children-settled'],
  // The report is not enough: it goes on.
  ['return', 'done', 'working', 'giver', 'words', 'not-reported-above', 'receiver-here'],
  ['cancel', 'unread', 'cancelled', 'giver'],
  // Whose receiver is gone would wait for ever: the giver takes it back, read or not.
  ['take', 'read', 'cancelled', 'giver', 'receiver-gone'],
  ['take', 'working', 'cancelled', 'giver', 'receiver-gone'],
  ['take', 'passed', 'cancelled', 'giver', 'receiver-gone'],
];

export const taskLife: readonly TaskTransition[] = rows.map(([action, from, to, who, ...needs]) => ({
  action,
  from,
  to,
  who,
  needs,
}));

/** Somebody has still to do something. */
export const openTaskStates = ['unread', 'read', 'working', 'passed'] as const satisfies readonly TaskState[];

export const isOpenTask = (state: TaskState): boolean =>
  (openTaskStates as readonly TaskState[]).includes(state);

/** What may be done in a state by somebody who is these, as far as the state alone tells. */
export function taskActionsIn(state: TaskState, actors: readonly TaskActor[]): TaskAction[] {
  const found = taskLife.filter((one) => one.from === state && actors.includes(one.who));
  return [...new Set(found.map((one) => one.action))];
}

/**
 * Past its deadline on a day, wherever that day is read: a deadline is a plain date of the regency (WIB), and it is
 * kept on all of that day.
 * @param deadline YYYY-MM-DD or null. @param today plain date in the regency's zone.
 */
export const isOverdue = (state: TaskState, deadline: string | null, today: string): boolean =>
  deadline !== null && isOpenTask(state) && deadline < today;

/** How an addressee has settled what came in. `earlier`: read before this was kept. */
export const settlements = ['disposed', 'replied', 'not-needed', 'earlier'] as const;
export type Settlement = (typeof settlements)[number];
