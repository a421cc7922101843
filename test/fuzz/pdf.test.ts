import { beforeAll, expect, test } from 'vitest';
import { mutate, randomFrom } from './mutate.ts';
import { anyFile, verify } from './properties.ts';
import { campaigns, runCampaign } from './campaign.ts';
import type { Campaign } from './campaign.ts';
import { makeSeeds } from './seeds.ts';
import { looksGreen } from '../conformance/corpus.ts';
import { summary } from '../unit/verification/forging.ts';

/** The short form of `npm run fuzz`: another seed's first cases, as many as a few seconds allow. */

let all: readonly Campaign[] = [];
beforeAll(async () => {
  all = await campaigns();
});

test('what is spoiled is good before', async () => {
  for (const bytes of (await makeSeeds()).signed) {
    const report = await verify(bytes);
    expect(looksGreen(report), summary(report)).toBe(true);
  }
});

test.each([0, 1, 2, 3, 4, 5])('campaign %i holds', async (index) => {
  const campaign = all[index];
  if (!campaign) throw new Error('there is no such campaign');
  const { cases, faults, slowest } = await runCampaign(campaign, 1_500, 7, performance.now() + 3_000);
  expect(faults, campaign.name).toEqual([]);
  expect(cases).toBeGreaterThan(50);
  expect(slowest).toBeLessThan(2_000);
});

test('there are no further campaigns', () => expect(all).toHaveLength(6));

test('spoilt files end in every way but one', async () => {
  const random = randomFrom(20_261_122);
  const { unsigned, signed } = await makeSeeds();
  const seeds = [...unsigned, ...signed];
  const conclusions = new Set<string>();
  const until = performance.now() + 3_000;
  for (let round = 0; performance.now() < until; round++) {
    const { conclusion } = await anyFile(mutate(seeds[round % seeds.length] ?? new Uint8Array(0), random));
    conclusions.add(conclusion);
  }
  // so the mutations neither always destroy the file nor leave it alone
  expect([...conclusions].toSorted()).toEqual([
    'INDETERMINATE',
    'NO-SIGNATURE',
    'TOTAL-FAILED',
    'UNREADABLE',
  ]);
});
