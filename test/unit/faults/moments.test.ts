import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  canTrace,
  killMigrating,
  killSeries,
  powerLosses,
  record,
  startOf,
  unflushed,
  type Moment,
} from '../../faults/moments.ts';
import { prepareOldOffice, type OldOffice } from '../../faults/old-office.ts';
import { prepareOffice, type Prepared } from '../../faults/place.ts';
import { refused } from '../../faults/refused.ts';

/** The short form of `npm run test:faults`: the same, at a dozen moments, another dozen each time. */
const seed = Math.floor(Math.random() * 1_000_000);
const patience = 120_000;
let office: Prepared;
let old: OldOffice;
beforeAll(async () => {
  office = await prepareOffice(2);
  old = await prepareOldOffice();
}, patience);
afterAll(() => {
  office.remove();
  old.remove();
});

function expectNothingLost(moments: readonly Moment[], count: number): void {
  expect(
    moments.filter((one) => one.problems.length > 0),
    `seed ${seed}`,
  ).toEqual([]);
  expect(moments).toHaveLength(count);
}

describe('whatever stops it, everything acknowledged is there and nothing half done', () => {
  it.skipIf(!canTrace)(
    'power loss at any moment; without flushing it would show (needs strace)',
    async () => {
      const start = startOf(office);
      const run = record({ kind: 'power loss', before: office.folder, start, acts: [], seed, rounds: '1' });
      expectNothingLost(await powerLosses(run, 5), 5);
      const [bare] = await unflushed(run);
      expect(bare?.problems.length).toBeGreaterThan(0);
    },
    patience,
  );

  it.skipIf(!canTrace)(
    'power loss while an old vault becomes a new one (needs strace)',
    async () => {
      const { folder: before, start, acts } = old;
      const run = record({ kind: 'power loss while migrating', before, start, acts, seed, rounds: '0' });
      expectNothingLost(await powerLosses(run, 3), 3);
    },
    patience,
  );

  it(
    'kill -9 at any moment',
    async () => expectNothingLost(await killSeries(office, seed, 3, 20), 3),
    patience,
  );

  it(
    'kill -9 while an old vault becomes a new one',
    async () => expectNothingLost([await killMigrating(old, seed)], 1),
    patience,
  );

  it.skipIf(!canTrace)(
    'a disk that is full, or read-only, from some write on (needs strace)',
    async () => {
      const moments = [await refused(office, 'disk full', seed), await refused(office, 'read-only', seed)];
      expectNothingLost(moments, 2);
    },
    patience,
  );
});
