import { AppError } from '../../src/main/core/contract/errors.ts';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';
import { nodeLauncher } from '../../src/main/engine/launcher.ts';
import { createPool } from '../../src/main/engine/pool.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import {
  corpus,
  corpusEntries,
  corpusIsThere,
  hang,
  looksGreen,
  looksHarmless,
  mustBeGreen,
  mustNotBeGreen,
  refusedAtMost,
  taskFor,
} from './corpus.ts';
import type { Entry } from './corpus.ts';

/**
 * `npm run conformance`: every file of the corpus through the verifier, in the killable process that the
 * application uses, and a table by source and bucket. Ends with 1 where a bar is not met.
 */
interface Judged extends Entry {
  /** Null where the process died or was killed. */
  readonly report: VerificationReport | null;
  readonly ms: number;
}

if (!corpusIsThere) {
  console.log(`skipped: conformance (no corpus at ${corpus})`);
  process.exit(0);
}

const pool = createPool({ launcher: nodeLauncher, entry: poolEntry, resourcesDir, recycleAfter: 10_000 });
const entries = corpusEntries();
// Starting the process and loading its viewer is no part of any file's time.
for (const { path } of entries.filter(({ bucket }) => bucket === 'ACCEPT_WITH_LATER_CHANGES').slice(0, 8))
  await pool.run('verify', taskFor(path));

const judged: Judged[] = [];
for (const entry of entries) judged.push(await judge(entry));
pool.close();

async function judge(entry: Entry): Promise<Judged> {
  const task = taskFor(entry.path);
  const began = performance.now();
  try {
    const report = await pool.run('verify', task, 30_000);
    return { ...entry, report, ms: performance.now() - began };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...entry, report: null, ms: performance.now() - began };
  }
}

const isGreen = ({ report }: Judged): boolean => report !== null && looksGreen(report);
const sourceOf = ({ path }: Judged): string => path.split('/')[0] ?? '';
const groups = Map.groupBy(judged, (one) => `${sourceOf(one).padEnd(22)} ${one.bucket.padEnd(26)}`);
console.log(`${'source'.padEnd(22)} ${'bucket'.padEnd(26)} files  green  slowest`);
for (const [title, list] of [...groups].toSorted(([one], [other]) => one.localeCompare(other))) {
  const green = list.filter(isGreen).length;
  const slowest = Math.max(...list.map(({ ms }) => ms));
  console.log(
    `${title} ${String(list.length).padStart(5)}  ${String(green).padStart(5)}  ${slowest.toFixed(0).padStart(4)} ms`,
  );
}

const good = judged.filter(({ bucket }) => mustBeGreen.has(bucket));
const refused = good.filter((one) => !isGreen(one));
const bad = judged.filter(({ bucket }) => mustNotBeGreen.has(bucket));
const malformed = judged.filter(({ bucket }) => bucket === 'MALFORMED');
const paths = (list: readonly Judged[]): string => list.map(({ path }) => `\n    ${path}`).join('');
const bars: readonly (readonly [string, readonly Judged[], number])[] = [
  [
    `bad files shown as good, of ${bad.length}`,
    bad.filter((one) => one.report && looksHarmless(one.report)),
    0,
  ],
  [`malformed files shown as good, of ${malformed.length}`, malformed.filter(isGreen), 0],
  [`good files refused, of ${good.length}`, refused, Math.floor(good.length * refusedAtMost)],
  [`crashed, of ${judged.length}`, judged.filter(({ report }) => report === null), 0],
  [`longer than ${hang} ms, of ${judged.length}`, judged.filter(({ ms }) => ms > hang), 0],
];
console.log('');
for (const [what, list, most] of bars) {
  const holds = list.length <= most;
  if (!holds) process.exitCode = 1;
  console.log(`${holds ? 'holds' : 'FAILS'}  ${what}: ${list.length} (at most ${most})${paths(list)}`);
}
