/** One measured figure; one JSON line with `--json`. Times are milliseconds. */
export interface Figure {
  readonly suite: string;
  readonly case: string;
  readonly unit: 'ms' | 'MB/s' | 'MB';
  readonly median: number;
  readonly p95: number;
  readonly n: number;
  /** What `ratio` compares with, measured in the same run; null for a figure that is only printed. */
  readonly peer: string | null;
  readonly ratio: number | null;
  readonly bar: number | null;
  readonly holds: boolean;
}

export interface Sample {
  readonly median: number;
  readonly p95: number;
  readonly n: number;
}

export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Milliseconds on the wall. */
export const wallClock = (): number => performance.now();

/**
 * Milliseconds that the processors spent on this process, all its threads together. For work that waits for nobody:
 * on a machine that others use too, work of a millisecond is interrupted nearly every time and work of a third of
 * one nearly never, so their wall times say more about the neighbours than about the work.
 */
export function processorClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Times several works in turns, so that what disturbs the machine disturbs all of them alike.
 * @param rounds timed rounds after `warmUp` untimed ones.
 * @param tidy done after each round, untimed.
 */
export async function inTurns(
  works: readonly (() => unknown)[],
  rounds: number,
  warmUp: number,
  tidy?: (() => void) | null,
  clock: () => number = wallClock,
): Promise<Sample[]> {
  const times: number[][] = works.map(() => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const began = clock();
      await work();
      const took = clock() - began;
      if (round >= 0) times[index]?.push(took);
    }
    tidy?.();
  }
  return times.map(sampleOf);
}

/**
 * Processor time of this process for one work, in blocks: where others use the machine as well, a longer work is
 * interrupted more often than a shorter one, and a ratio of times on the wall says nothing.
 */
export async function processorTimes(
  works: readonly (() => unknown)[],
  blocks: number,
  block: number,
): Promise<Sample[]> {
  const times: number[][] = works.map(() => []);
  for (let round = -Math.ceil(blocks / 4); round < blocks; round += 1) {
    for (const [index, work] of works.entries()) {
      const began = process.cpuUsage();
      for (let count = 0; count < block; count += 1) await work();
      const { user, system } = process.cpuUsage(began);
      if (round >= 0) times[index]?.push((user + system) / 1_000 / block);
    }
  }
  return times.map(sampleOf);
}

/** For works that time only a part of themselves. */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), n: sorted.length };
}

export function figure(
  suite: string,
  name: string,
  sample: Sample,
  against?: { peer: string; sample: Sample; bar: number | null },
  unit: Figure['unit'] = 'ms',
): Figure {
  const ratio = against ? sample.median / against.sample.median : null;
  const bar = against?.bar ?? null;
  return {
    suite,
    case: name,
    unit,
    ...sample,
    peer: against?.peer ?? null,
    ratio,
    bar,
    holds: bar === null || ratio === null || ratio <= bar,
  };
}
