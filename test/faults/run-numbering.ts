import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeFolder, signingPassphrase, testApp } from '../fixtures/engine.ts';
import { setPage } from '../fixtures/numbers.ts';
import { chanceOf } from './acts.ts';
import { killNumbering } from './numbering.ts';

/**
 * `npm run test:numbering [-- --kills 100 --seed N]`: kill -9 at random moments of a process that signs, holds,
 * inserts, uses and cancels numbers, again and again in one vault. The seed repeats the acts and the moments.
 */
const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 100);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const chance = chanceOf(seed);
const folder = mkdtempSync(join(tmpdir(), 'eletter-numbering-'));
setPage(folder);
const app = testApp();
const began = Date.now();
try {
  const { session } = await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  await app.close();
  const moments = Array.from({ length: kills }, () => Math.round(2 + 600 * chance()));
  const place = { dataDir: app.dataDir, accountId: session.accountId };
  const { problems, acknowledged, left } = await killNumbering(place, moments, seed);
  for (const problem of problems) console.log(problem);
  console.log(
    `numbering: ${kills} kills, ${acknowledged} numbers acknowledged, ${left} left between number and signature, ` +
      `${problems.length} problems, seed ${seed}, ${((Date.now() - began) / 1000).toFixed(0)} s`,
  );
  process.exitCode = problems.length === 0 && acknowledged > 0 ? 0 : 1;
} finally {
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
}
