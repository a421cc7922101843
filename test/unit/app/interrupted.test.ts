import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { firstBrokenLink } from '../../../src/main/core/audit/index.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/** Killed anywhere between reservation and signature, no number is lost or doubled and no letter is gone. */
let app: TestApp;
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const child = join(import.meta.dirname, '../../fixtures/signing-child.ts');

async function preparedFolder(): Promise<string> {
  app = testApp();
  const { session } = await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  await app.close();
  return session.accountId;
}

/** Lets the child sign until it is killed (by `when`, or by itself); gives what it acknowledged. */
async function signUntilKilled(
  accountId: string,
  when: number | null,
  env: Record<string, string> = {},
): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  const running = spawn(process.execPath, [child, app.dataDir, accountId], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => running.on('exit', resolve));
  for await (const line of createInterface({ input: running.stdout })) {
    const [word, id, number] = line.split(' ');
    if (word !== 'signed' || !id || !number) continue;
    // The first signature warms everything up; from then on a letter takes some tens of milliseconds.
    if (acknowledged.size === 0 && when !== null) setTimeout(() => running.kill('SIGKILL'), when);
    acknowledged.set(id, number);
  }
  await ended;
  return acknowledged;
}

interface BookRow {
  readonly sequence: number;
  readonly number: string;
  readonly state: string;
  readonly letter_id: string;
  readonly letter_state: string;
  readonly letter_number: string | null;
}

async function book(accountId: string): Promise<BookRow[]> {
  const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
  const { vault } = await unlockVault(options, accountId, accountPassphrase);
  const rows = vault.read.all<BookRow>(sql`SELECT sequence, number_book.number, number_book.state, letter_id,
    letter.state AS letter_state, letter.number AS letter_number
    FROM number_book JOIN letter ON letter.id = letter_id ORDER BY sequence`);
  expect(firstBrokenLink(vault.read)).toBeNull();
  // An issued number has its PDF, and it can be read.
  for (const { object_id } of vault.read.all<{ object_id: string }>(
    sql`SELECT object_id FROM letter WHERE state = 'signed'`,
  )) {
    expect(vault.getObject(object_id).subarray(0, 5).toString()).toBe('%PDF-');
  }
  vault.close();
  return rows;
}

function expectWhole(rows: readonly BookRow[], acknowledged: ReadonlyMap<string, string>): void {
  expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
  expect(new Set(rows.map((row) => row.number)).size).toBe(rows.length);
  for (const row of rows) {
    if (row.state === 'issued')
      expect(row).toMatchObject({ letter_state: 'signed', letter_number: row.number });
    if (row.state === 'reserved')
      expect(row).toMatchObject({ letter_state: 'reserved', letter_number: row.number });
  }
  for (const [id, number] of acknowledged) {
    expect(rows.find((row) => row.number === number)).toMatchObject({ letter_id: id, state: 'issued' });
  }
}

describe('signing that is killed', () => {
  it('right after the reservation: the letter waits with its number, and is resumed with it', async () => {
    const accountId = await preparedFolder();
    // A pool that kills its parent instead of typesetting: exactly between T1 and T2.
    const killer = join(app.dataDir, 'killer.mjs');
    writeFileSync(killer, "process.on('message', () => process.kill(process.ppid, 'SIGKILL'));");
    expect((await signUntilKilled(accountId, null, { POOL_ENTRY: killer })).size).toBe(0);
    const rows = await book(accountId);
    expectWhole(rows, new Map());
    expect(rows).toMatchObject([{ sequence: 1, state: 'reserved' }]);

    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    expect(await app.ask('home.counters', {})).toMatchObject({ interrupted: 1 });
    expect(app.events.flatMap((event) => (event.type === 'announce' ? event.notices : []))).toMatchObject([
      { kind: 'signing-interrupted' },
    ]);
    const [waiting] = await app.ask('letters.list', { folder: 'drafts' });
    if (!waiting) throw new Error('the letter is gone');
    expect(
      await app.refused('letters.sign', { id: waiting.id, revision: 99, signingPassphrase: 'salah sekali' }),
    ).toBe('SIGNING_PASSPHRASE_WRONG');
    const resumed = await app.ask('letters.sign', { id: waiting.id, revision: 2, signingPassphrase });
    expect(resumed.number).toBe(rows[0]?.number);
    expect(await app.ask('home.counters', {})).toMatchObject({ interrupted: 0 });
  });

  it('and given up: the number goes back while it is the last, else stays as batal', async () => {
    const accountId = await preparedFolder();
    const killer = join(app.dataDir, 'killer.mjs');
    writeFileSync(killer, "process.on('message', () => process.kill(process.ppid, 'SIGKILL'));");
    await signUntilKilled(accountId, null, { POOL_ENTRY: killer });
    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    const [waiting] = await app.ask('letters.list', { folder: 'drafts' });
    if (!waiting) throw new Error('the letter is gone');
    const next = await app.draft(letterContent('Menyusul'));
    const second = await app.ask('letters.sign', { id: next.id, revision: next.revision, signingPassphrase });
    expect(second.number).toContain('/2/');
    expect(
      await app.ask('letters.cancelReservation', { id: waiting.id, reason: 'tidak jadi' }),
    ).toMatchObject({ fate: 'batal' });
    expect(await app.ask('letters.get', { id: waiting.id })).toMatchObject({ state: 'draft', number: null });
    const again = await app.ask('letters.sign', {
      id: waiting.id,
      revision: waiting ? 2 : 0,
      signingPassphrase,
    });
    expect(again.number).toContain('/3/');
    await app.close();
    expectWhole(await book(accountId), new Map([[waiting.id, again.number]]).set(next.id, second.number));
  });

  it('and given up while it is the last: batal all the same, since its author has seen it', async () => {
    const accountId = await preparedFolder();
    const killer = join(app.dataDir, 'killer.mjs');
    writeFileSync(killer, "process.on('message', () => process.kill(process.ppid, 'SIGKILL'));");
    await signUntilKilled(accountId, null, { POOL_ENTRY: killer });
    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    const [waiting] = await app.ask('letters.list', { folder: 'drafts' });
    const ended = await app.ask('letters.cancelReservation', { id: waiting?.id ?? '', reason: 'tidak jadi' });
    expect(ended.fate).toBe('batal');
    await app.close();
    expect(await book(accountId)).toMatchObject([{ sequence: 1, state: 'batal', letter_state: 'draft' }]);
  });

  it('at any moment: every acknowledged number is there, none twice, no gap', async () => {
    const accountId = await preparedFolder();
    const acknowledged = new Map<string, string>();
    for (const when of [3, 11, 19, 28, 37, 46]) {
      for (const [id, number] of await signUntilKilled(accountId, when)) acknowledged.set(id, number);
      expectWhole(await book(accountId), acknowledged);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});
