import { parseArgs } from 'node:util';
import { canTrace, killMigrating, killSeries, powerLosses, record, startOf, type Moment } from './moments.ts';
import { prepareOldOffice } from './old-office.ts';
import { prepareOffice } from './place.ts';
import { refused } from './refused.ts';

/**
 * `npm run test:faults [-- --moments 300 --seed N]`: power loss and kill -9 at random moments of writing, signing,
 * granting, backing up, re-keying and migrating; then a disk that refuses, beside those. The seed repeats the power losses exactly, and the acts of the kills.
 */
const { values } = parseArgs({ options: { moments: { type: 'string' }, seed: { type: 'string' } } });
const total = Number(values.moments ?? 300);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const perRecording = 20;
const perSeries = 10;
const began = Date.now();

const counts = {
  kill: Math.round(total * 0.25),
  migratingKill: Math.round(total * 0.08),
  migratingLoss: Math.round(total * 0.12),
};
/** Of a full and of a read-only disk, beside the moments of power loss and kill. */
const refusedEach = Math.round(total * 0.06);
const losses = total - counts.kill - counts.migratingKill - counts.migratingLoss;

if (!canTrace) {
  console.error('test:faults needs strace, and leave to trace (apt-get install strace).');
  process.exit(1);
}
console.log(`seed ${seed}, ${total} moments`);
const moments: Moment[] = [];
function note(found: readonly Moment[]): void {
  moments.push(...found);
  for (const one of found)
    if (one.problems.length > 0)
      console.log(
        `${one.kind}, seed ${one.seed}, ${one.where}, during ${one.during}:\n  ${one.problems.join('\n  ')}`,
      );
}

const office = await prepareOffice(8);
const old = await prepareOldOffice();
const parts = (count: number, size: number): number[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, n) => Math.min(size, count - n * size));
try {
  const loss = {
    kind: 'power loss',
    before: office.folder,
    start: startOf(office),
    acts: [],
    rounds: '1',
  } as const;
  for (const [n, count] of parts(losses, perRecording).entries())
    note(await powerLosses(record({ ...loss, seed: seed + n }), count));
  const migration = {
    kind: 'power loss while migrating',
    before: old.folder,
    start: old.start,
    acts: old.acts,
    rounds: '0',
  } as const;
  for (const [n, count] of parts(counts.migratingLoss, perRecording).entries())
    note(await powerLosses(record({ ...migration, seed: seed + n }), count));
  for (const [n, count] of parts(counts.kill, perSeries).entries())
    note(await killSeries(office, seed + 1000 * (n + 1), count));
  for (let n = 0; n < counts.migratingKill; n += 1) note([await killMigrating(old, seed + n)]);
  for (let n = 0; n < refusedEach; n += 1)
    for (const kind of ['disk full', 'read-only'] as const) note([await refused(office, kind, seed + n)]);
} finally {
  office.remove();
  old.remove();
}

const kinds = [...new Set(moments.map((one) => one.kind))];
for (const kind of kinds) {
  const of = moments.filter((one) => one.kind === kind);
  const during = [...new Set(of.map((one) => one.during))]
    .map((name) => `${name} ${of.filter((one) => one.during === name).length}`)
    .join(', ');
  const wrong = of.filter((one) => one.problems.length > 0).length;
  console.log(`${kind}: ${of.length} moments, ${wrong} with problems (during: ${during})`);
}
const wrong = moments.filter((one) => one.problems.length > 0).length;
console.log(
  `faults: ${moments.length} moments, ${wrong} with problems, seed ${seed}, ${((Date.now() - began) / 1000).toFixed(0)} s`,
);
process.exitCode = wrong === 0 && moments.length >= total ? 0 : 1;
