/** Questions about a letter's dispositions as the page asks them. Pure. */
import type {
  Disposition,
  DispositionTask,
  DispositionTree,
  TaskState,
} from '../../../main/core/contract/index.ts';
import { isOpenTask } from '../../../main/core/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { ChipTone } from '../../ui/parts.tsx';

/** A task with the disposition that it is part of. */
export interface Held {
  readonly given: Disposition;
  readonly task: DispositionTask;
}

/** What the asker has still to do, or somebody for whom they stand in; what is due first comes first. */
export const heldIn = (tree: DispositionTree): readonly Held[] =>
  tree.dispositions
    .flatMap((given) => given.tasks.filter((task) => task.mine).map((task) => ({ given, task })))
    .filter(({ task }) => isOpenTask(task.state))
    .toSorted((one, other) => (one.given.deadline ?? '9999').localeCompare(other.given.deadline ?? '9999'));

export const given = (tree: DispositionTree, parentTaskId: string | null): readonly Disposition[] =>
  tree.dispositions.filter((one) => one.parentTaskId === parentTaskId);

/** How many of those that were not cancelled are done. */
export function progressOf(tree: DispositionTree): { readonly done: number; readonly all: number } {
  const tasks = tree.dispositions.flatMap((one) => one.tasks).filter((one) => one.state !== 'cancelled');
  return { done: tasks.filter((one) => one.state === 'done').length, all: tasks.length };
}

export const looks: Readonly<Record<TaskState, { readonly tone: ChipTone; readonly icon: IconName }>> = {
  unread: { tone: 'plain', icon: 'mail' },
  read: { tone: 'plain', icon: 'eye' },
  working: { tone: 'action', icon: 'pen' },
  passed: { tone: 'action', icon: 'outgoing' },
  done: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'plain', icon: 'failed' },
};

/** A plain date some days after another. */
export function daysAfter(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
