import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOpenTask,
  isOverdue,
  openTaskStates,
  taskActions,
  taskActionsIn,
  taskLife,
  taskStates,
  type TaskState,
} from '../../../src/main/core/contract/disposition-life.ts';
import { drawDispositionLife } from '../../fixtures/draw-disposition-life.ts';

describe('the life of a task', () => {
  it('names every state and every action, and nothing twice', () => {
    const used = new Set(taskLife.flatMap(({ from, to }) => [from, to]));
    expect([...used].toSorted()).toEqual([...taskStates].toSorted());
    expect(new Set(taskLife.map((one) => one.action))).toEqual(new Set(taskActions));
    const rows = taskLife.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('ends done or cancelled, from wherever it is, and nothing follows a cancelled one', () => {
    const reach = (start: TaskState): Set<TaskState> => {
      const seen = new Set([start]);
      for (const state of seen) for (const step of taskLife) if (step.from === state) seen.add(step.to);
      return seen;
    };
    expect([...reach('unread')].toSorted()).toEqual([...taskStates].toSorted());
    for (const state of openTaskStates) expect(reach(state).has('done')).toBe(true);
    expect(taskActionsIn('cancelled', ['receiver', 'giver'])).toEqual([]);
  });

  it('lets nobody but its receiver work at it, and nobody but its giver end it unasked', () => {
    for (const state of taskStates) {
      expect(
        taskActionsIn(state, ['giver']).filter((one) => !['return', 'cancel', 'take'].includes(one)),
      ).toEqual([]);
      expect(taskActionsIn(state, ['receiver'])).not.toEqual(expect.arrayContaining(['cancel']));
    }
  });

  it('is what docs/disposition-life.md shows', async () => {
    await expect(drawDispositionLife()).toMatchFileSnapshot('../../../docs/disposition-life.md');
  });
});

/** The regency's day, without any time zone of the machine: WIB is UTC+7 all year. */
const wib = (instant: number): string => new Date(instant + 7 * 3_600_000).toISOString().slice(0, 10);
const plain = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

describe('overdue', () => {
  it('is what is open the day after its deadline, and not on the day itself', () => {
    for (const state of taskStates) {
      expect(isOverdue(state, '2026-11-22', '2026-11-23')).toBe(isOpenTask(state));
      expect(isOverdue(state, '2026-11-23', '2026-11-23')).toBe(false);
      expect(isOverdue(state, null, '2026-11-23')).toBe(false);
    }
  });

  it('is the same in every time zone of the machine, also around midnight', () => {
    const midnights = ['2026-11-22T17:00:00Z', '2026-12-31T17:00:00Z', '2028-02-28T17:00:00Z'].map((one) =>
      Date.parse(one),
    );
    // Midnight in WIB, WITA, WIT and UTC, a millisecond before and after each, and whatever comes up besides.
    const around = midnights.flatMap((one) =>
      [0, -1, -2, 7].flatMap((hours) => [-1, 0, 1].map((edge) => one + hours * 3_600_000 + edge)),
    );
    const random = fc.sample(
      fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2040-01-01T00:00:00Z') }),
      { numRuns: 60, seed: 20_261_123 },
    );
    const instants = [...around, ...random];
    const deadlines = [...new Set(instants.flatMap((one) => [plain(one), plain(one + 86_400_000)]))];
    const expected = instants.map((instant) => deadlines.map((deadline) => deadline < wib(instant)));
    const zones = [
      'UTC',
      'Asia/Jakarta',
      'Asia/Makassar',
      'Asia/Jayapura',
      'Pacific/Kiritimati',
      'America/Los_Angeles',
    ];
    const child = join(import.meta.dirname, '../../fixtures/overdue-child.ts');
    const answer = execFileSync(process.execPath, [child, JSON.stringify({ zones, instants, deadlines })], {
      encoding: 'utf8',
      maxBuffer: 64 * 1_048_576,
    });
    const answers = JSON.parse(answer) as { offset: number; found: boolean[][] }[];
    expect(answers).toHaveLength(zones.length);
    for (const [at, { found }] of answers.entries())
      expect([zones[at], found]).toEqual([zones[at], expected]);
    const offsets = answers.map((one) => one.offset);
    // The process did live in different zones.
    expect(new Set(offsets).size).toBeGreaterThan(4);
  }, 60_000);
});
