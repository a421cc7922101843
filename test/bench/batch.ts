import { join } from 'node:path';
import type { Signer } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { letterContent, removeFolder, signingPassphrase, testApp, type TestApp } from '../fixtures/engine.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { figure, inTurns, type Figure } from './measure.ts';

/** Letters in one batch, and how many batches. */
const letters = 40;
const rounds = 3;

/**
 * A batch as the application runs it: reserve, typeset in the pool, sign, commit to the encrypted vault, one letter
 * after another. It does not sign in parallel, so there is no bar: the ratio says what the house adds to setting and
 * signing the same kind of letter in one thread.
 */
export async function batchFigures(signer: Signer): Promise<Figure[]> {
  const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  const alone = async (): Promise<void> => {
    const { pdf } = typesetter.typeset({
      letter: sampleLetter(1),
      profile: null,
      createdAt: '2026-11-22T00:00:00Z',
    });
    await signPdf(pdf, { signer, time: new Date() });
  };
  const [single] = await inTurns([alone], 60, 10);
  const app = testApp();
  try {
    await app.firstRun();
    await app.ask('identity.createTest', { signingPassphrase });
    await signBatch(app, 3);
    const perLetter: number[] = [];
    for (let round = 0; round < rounds; round++) perLetter.push((await signBatch(app, letters)) / letters);
    const sorted = perLetter.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(rounds / 2)] ?? Number.NaN;
    const sample = { median, p95: sorted.at(-1) ?? Number.NaN, n: rounds * letters };
    if (!single) return [];
    return [
      figure('sign', `batch in the vault, a letter (${(1000 / median).toFixed(0)}/s)`, sample, {
        peer: 'typeset + sign in one thread',
        sample: single,
        bar: null,
      }),
    ];
  } finally {
    await app.close();
    removeFolder(app.dataDir);
  }
}

/** @returns milliseconds from the start of the batch, its passphrase included, to its last letter. */
async function signBatch(app: TestApp, count: number): Promise<number> {
  const drafts = [];
  for (let index = 0; index < count; index++) {
    const { id, revision } = await app.draft(letterContent(`Surat ${index + 1}`));
    drafts.push({ id, revision });
  }
  const began = performance.now();
  await app.ask('batch.start', { letters: drafts, mode: 'all', signingPassphrase });
  await app.engine.app.settled();
  const took = performance.now() - began;
  const status = await app.ask('batch.status', {});
  if (status?.signed !== count) throw new Error(`only ${status?.signed ?? 0} of ${count} were signed`);
  await app.ask('batch.dismiss', {});
  return took;
}
