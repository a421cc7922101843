import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accountPassphrase } from '../fixtures/engine.ts';
import { buildArchive } from '../fixtures/archive/build.ts';
import { passphrasesOf } from '../fixtures/people.ts';

/**
 * `npm run make-archive -- LETTERS [--out DIR] [--signed N] [--seed N]`: a data folder whose vault holds so many
 * letters of ten years. Begun again with the same numbers it goes on where it stopped.
 */
const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, signed: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});

function wholeNumber(given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`not a whole number: ${given}`);
    process.exit(64);
  }
  return value;
}

const letters = wholeNumber(positionals[0], 1_000_000);
const signed = wholeNumber(values.signed, Math.min(10_000, Math.floor(letters / 100)));
const seed = wholeNumber(values.seed, 1);
const folder = resolve(values.out ?? join(tmpdir(), `eletter-archive-${letters}`));
if (signed >= letters) {
  console.error('more signed letters than letters');
  process.exit(64);
}

const began = performance.now();
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(0)} s`;
const { rows } = await buildArchive({
  folder,
  letters,
  seed,
  signed,
  say: (words) => console.log(`${seconds(performance.now() - began).padStart(7)}  ${words}`),
});
console.log(`rows in ${seconds(rows)}, all in ${seconds(performance.now() - began)}: ${folder}`);
console.log(`administrator: sekda, "${accountPassphrase}"`);
for (const username of ['arsiparis', 'jarang', 'tamu'])
  console.log(`${username}: "${passphrasesOf(username).accountPassphrase}"`);
