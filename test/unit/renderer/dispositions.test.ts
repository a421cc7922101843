import { describe, expect, it } from 'vitest';
import type { Disposition, DispositionTask, TaskState } from '../../../src/main/core/contract/index.ts';
import { daysAfter, given, heldIn, progressOf } from '../../../src/renderer/features/dispositions/tree.ts';

const task = (id: string, state: TaskState, mine: boolean): DispositionTask => ({
  id,
  accountId: id,
  name: id,
  post: '',
  gone: false,
  lead: true,
  state,
  percent: 0,
  overdue: false,
  readAt: null,
  settledAt: null,
  mine,
  entries: [],
  subtasks: [],
  may: [],
});
const disposition = (
  id: string,
  parentTaskId: string | null,
  deadline: string | null,
  tasks: readonly DispositionTask[],
): Disposition => ({
  id,
  parentTaskId,
  accountId: 'x',
  name: 'x',
  post: '',
  deputyName: '',
  reportsTo: '',
  instructions: [],
  note: '',
  deadline,
  givenAt: '',
  tasks,
});
const tree = {
  mayGive: false,
  inPlaceOf: '',
  maySheet: true,
  dispositions: [
    disposition('one', null, null, [task('a', 'passed', true), task('b', 'cancelled', false)]),
    disposition('two', null, '2026-11-25', [task('c', 'read', true), task('d', 'done', true)]),
    disposition('below', 'a', null, [task('e', 'working', false)]),
  ],
};

describe('a tree on the page', () => {
  it('tells what is still one’s own to do, first what is due first', () => {
    expect(heldIn(tree).map((one) => [one.given.id, one.task.id])).toEqual([
      ['two', 'c'],
      ['one', 'a'],
    ]);
  });

  it('counts what is done among what was not cancelled, and finds what was passed on from a task', () => {
    expect(progressOf(tree)).toEqual({ done: 1, all: 4 });
    expect(given(tree, null).map((one) => one.id)).toEqual(['one', 'two']);
    expect(given(tree, 'a').map((one) => one.id)).toEqual(['below']);
  });
});

describe('a quick deadline', () => {
  it('counts days across months, years and leap days, whatever the zone', () => {
    expect(daysAfter('2026-11-30', 1)).toBe('2026-12-01');
    expect(daysAfter('2026-12-31', 7)).toBe('2027-01-07');
    expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
  });
});
