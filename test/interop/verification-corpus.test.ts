import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePdf, reserialise } from '../../src/main/core/pdf/index.ts';
import { AppError } from '../../src/main/core/contract/errors.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';
import {
  corpus,
  corpusEntries,
  corpusIsThere,
  looksGreen,
  looksHarmless,
  mustBeGreen,
  mustNotBeGreen,
  refusedAtMost,
  taskFor,
} from '../conformance/corpus.ts';
import type { Entry } from '../conformance/corpus.ts';

/** The short form of `npm run conformance`, in this process. */
const reports = new Map<string, { report: VerificationReport; ms: number }>();

async function judge(path: string): Promise<{ report: VerificationReport; ms: number }> {
  const known = reports.get(path);
  if (known) return known;
  const task = taskFor(path);
  const started = performance.now();
  const report = await verifyPdf(task);
  const judged = { report, ms: performance.now() - started };
  reports.set(path, judged);
  return judged;
}

const all = corpusEntries();
const of = (buckets: ReadonlySet<string>): readonly Entry[] =>
  all.filter(({ bucket }) => buckets.has(bucket));

describe.skipIf(!corpusIsThere)('the corpus (skipped where ../shared/corpus is not there)', () => {
  test('files that must not look green do not', async () => {
    const green: string[] = [];
    const wrong = of(mustNotBeGreen);
    for (const { path } of wrong) {
      const { report } = await judge(path);
      if (looksHarmless(report)) green.push(path);
    }
    expect(green).toEqual([]);
    expect(wrong.length).toBeGreaterThan(30);
  });

  test('good files are accepted, with what follows the signatures', async () => {
    const refused: string[] = [];
    const good = of(mustBeGreen);
    for (const { path } of good) {
      const { report } = await judge(path);
      if (!looksGreen(report)) refused.push(path);
    }
    console.log(`corpus: ${good.length - refused.length} of ${good.length} good files accepted`);
    expect(refused.length / good.length, refused.join(', ')).toBeLessThanOrEqual(refusedAtMost);
  });

  test('nothing crashes or hangs, malformed files included', async () => {
    const malformed = of(new Set(['MALFORMED']));
    const slow: string[] = [];
    for (const { path } of all) {
      const { report, ms } = await judge(path);
      if (ms > 5_000) slow.push(`${path}: ${Math.round(ms)} ms`);
      if (path.startsWith('malformed')) expect(looksGreen(report), path).toBe(false);
    }
    expect(slow).toEqual([]);
    expect(malformed.length).toBeGreaterThan(40);
  });

  test('what can be parsed can be re-serialised into a file without faults', () => {
    let written = 0;
    for (const { path } of all) {
      let file;
      try {
        file = parsePdf(new Uint8Array(readFileSync(join(corpus, path))));
      } catch (error) {
        if (error instanceof AppError) continue;
        throw error;
      }
      if (!file.catalog()) continue;
      const again = parsePdf(reserialise(file));
      expect([path, again.anomalies, again.revisions.length]).toEqual([path, [], 1]);
      written++;
    }
    expect(written).toBeGreaterThan(80);
  });
});
