import { join } from 'node:path';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { figure, inTurns, type Figure, type Sample } from './measure.ts';

/** Typesetting per page, warm: ten pages must not cost more a page than one does. */
export async function typesetSuite(): Promise<Figure[]> {
  const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  let nonce = 0;
  const pages = new Map<number, number>();
  // Another subject each time, so that nothing comes out of a cache of whole documents.
  const make = (size: number) => (): void => {
    nonce += 1;
    const letter = sampleLetter(size, `Laporan ke-${nonce}`);
    pages.set(size, typesetter.typeset({ letter, profile: null, createdAt: '2026-11-22T00:00:00Z' }).pages);
  };
  const [one, ten] = await inTurns([make(1), make(10)], 25, 3);
  if (!one || !ten) return [];
  const count = pages.get(10) ?? 1;
  const perPage: Sample = { median: ten.median / count, p95: ten.p95 / count, n: ten.n };
  return [
    figure('typeset', 'one page', one),
    figure('typeset', `a page of a ${count}-page letter`, perPage, { peer: 'one page', sample: one, bar: 1 }),
  ];
}
