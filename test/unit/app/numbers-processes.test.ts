import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killNumbering, takeNumbers } from '../../faults/numbering.ts';
import { accountPassphrase, removeFolder, signingPassphrase, testApp } from '../../fixtures/engine.ts';
import { numbersOf, problemsOf, setPage } from '../../fixtures/numbers.ts';

let folder: string;
let place: { dataDir: string; accountId: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-number-'));
  setPage(folder);
  const app = testApp();
  const { session } = await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  await app.close();
  place = { dataDir: app.dataDir, accountId: session.accountId };
}, 60_000);
afterAll(() => {
  removeFolder(place.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

describe('processes that share one number book', () => {
  it('are kept apart by a coded refusal, and take turns without a double or a gap', async () => {
    const here = testApp({ dataDir: place.dataDir });
    await here.ask('vault.unlock', { accountId: place.accountId, passphrase: accountPassphrase });
    // One waits from the first while we have it open; both then take what is due.
    const first = takeNumbers(place, 'turns', 3);
    const second = takeNumbers(place, 'turns', 3);
    const there = testApp({ dataDir: place.dataDir });
    const unlock = { accountId: place.accountId, passphrase: accountPassphrase };
    expect(await there.refused('vault.unlock', unlock)).toBe('VAULT_IN_USE');
    await there.close();
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    await here.close();
    const told = [await first, await second];
    expect(told.every((one) => one.busy > 0)).toBe(true);
    const numbers = told.flatMap((one) => [...one.numbers.keys()]);
    expect(new Set(numbers).size).toBe(6);
    const rows = await numbersOf(place.dataDir, place.accountId);
    expect(problemsOf(rows, true)).toEqual([]);
    expect(rows.map((row) => row.number).toSorted()).toEqual(numbers.toSorted());
  }, 60_000);

  it('killed while they number, lose and double none; what was left is finished or batal', async () => {
    const { problems, acknowledged } = await killNumbering(place, [15, 60, 140], 7);
    expect(problems).toEqual([]);
    expect(acknowledged).toBeGreaterThan(0);
  }, 60_000);
});
