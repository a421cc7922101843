import { randomFrom, mutate } from './mutate.ts';
import { anyDer, anyFile, appended, coveredByte, uncoveredByte, verify, withContents } from './properties.ts';
import { derSeeds, makeSeeds } from './seeds.ts';
import { cmsBy } from '../unit/verification/sign-by-hand.ts';
import { testPki } from '../fixtures/pki.ts';

/** One kind of case many times over. */
export interface Campaign {
  readonly name: string;
  /** How often in the long form. */
  readonly cases: number;
  /** Does one case; returns what is wrong, or null. */
  readonly once: (index: number, random: () => number) => Promise<string | null>;
}

export interface Outcome {
  readonly cases: number;
  readonly faults: readonly string[];
  /** Milliseconds. */
  readonly slowest: number;
}

export async function campaigns(): Promise<readonly Campaign[]> {
  const { unsigned, signed } = await makeSeeds();
  const files = [...unsigned, ...signed];
  const ders = await derSeeds();
  const originals = await Promise.all(signed.map(verify));
  const cms = await cmsBy(testPki().p256)(Buffer.from('lain'));
  const of = <T>(list: readonly T[], index: number): T => {
    const one = list[index % list.length];
    if (one === undefined) throw new Error('nothing to spoil');
    return one;
  };
  return [
    {
      name: 'a byte that is covered, flipped, inserted or removed',
      cases: 24_000,
      once: (index, random) => coveredByte(of(signed, index), random),
    },
    {
      name: 'a digit of the gap, which nobody signed',
      cases: 12_000,
      once: (index, random) => uncoveredByte(of(signed, index), of(originals, index), random),
    },
    {
      name: 'bytes behind the file',
      cases: 12_000,
      once: (index, random) => appended(of(signed, index), random),
    },
    {
      name: 'spoilt files',
      cases: 70_000,
      once: async (index, random) => (await anyFile(mutate(of(files, index), random))).fault,
    },
    {
      name: 'spoilt CMS in a file',
      cases: 30_000,
      once: async (index, random) => {
        const spoilt = mutate(of(ders, index) === ders[0] ? cms : of(ders, index), random, 'der');
        const report = await verify(withContents(of(signed, index), spoilt));
        return report.conclusion === 'TOTAL-PASSED' ? 'passes' : null;
      },
    },
    {
      name: 'spoilt DER, read by itself',
      cases: 60_000,
      once: (index, random) => {
        anyDer(mutate(of(ders, index), random, 'der'));
        return Promise.resolve(null);
      },
    },
  ];
}

/** @param until on the clock of `performance.now()`: the cases stop then, however many there were. */
export async function runCampaign(
  { once }: Campaign,
  cases: number,
  seed: number,
  until: number,
  progress: (done: number) => void = () => undefined,
): Promise<Outcome> {
  const random = randomFrom(seed);
  const faults: string[] = [];
  let slowest = 0;
  let index = 0;
  for (; index < cases && performance.now() < until; index++) {
    const began = performance.now();
    try {
      const fault = await once(index, random);
      if (fault !== null) faults.push(`case ${index} of seed ${seed}: ${fault}`);
    } catch (error) {
      faults.push(
        `case ${index} of seed ${seed}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
    }
    slowest = Math.max(slowest, performance.now() - began);
    if (index % 500 === 0) progress(index);
  }
  return { cases: index, faults, slowest };
}
