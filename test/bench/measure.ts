/** One measured figure; one JSON line with `--json`. Times are milliseconds. */
export interface Figure {
  readonly suite: string;
  readonly case: string;
  readonly unit: 'ms' | 'MB/s';
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

/**
 * Times several works in turns, so that what disturbs the machine disturbs all of them alike.
 * @param rounds timed rounds after `warmUp` untimed ones.
 * @param tidy done after each round, untimed.
 */
export async function inTurns(
  works: readonly (() => unknown)[],
  rounds: number,
  warmUp: number,
  tidy?: () => void,
): Promise<Sample[]> {
  const times: number[][] = works.map(() => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const began = performance.now();
      await work();
      const took = performance.now() - began;
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
