import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NumberChoice } from '../../../src/main/core/contract/numbering.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { numbersOf, pagePool, problemsOf, setPage } from '../../fixtures/numbers.ts';

/**
 * Fifty callers at once, at random: sign, fail to sign, hold, cancel, use what is held, date back. What each was told
 * is the model; the book must say the same, and be whole.
 */
let folder: string;
let app: TestApp;
let accountId: string;
const clock = { now: new Date('2026-02-01T03:00:00Z') };
const dayMs = 86_400_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-model-'));
  setPage(folder);
  app = testApp({ clock, poolEntry: pagePool });
  ({ accountId } = (await app.firstRun()).session);
  await app.ask('identity.createTest', { signingPassphrase });
  await app.ask('numbers.saveSettings', { backDating: 'signer' });
  clock.now = new Date(clock.now.getTime() + 20 * dayMs);
}, 60_000);
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const act = fc.record({
  what: fc.constantFrom(
    'sign',
    'fail',
    'hold',
    'cancel',
    'use',
    'useAndFail',
    'insert',
    'signBack',
    'tomorrow',
  ),
  pick: fc.nat(1000),
  daysBack: fc.integer({ min: 1, max: 40 }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** By the number's text, what the callers were told of it last. */
const told = new Map<string, 'issued' | 'batal' | 'held'>();
/** Ids of held numbers that nobody has asked for yet. */
const open: { readonly id: string; readonly number: string }[] = [];

const dateOf = (daysBack: number): string =>
  new Date(clock.now.getTime() - daysBack * dayMs).toISOString().slice(0, 10);

async function sign(subject: string, numbering?: NumberChoice): Promise<string> {
  const { id, revision } = await app.draft(letterContent(subject));
  const result = await app.engine.app.call('letters.sign', { id, revision, signingPassphrase, numbering });
  if (!result.ok) return result.error.code;
  expect(told.get(result.value.number) ?? 'held').toBe('held');
  told.set(result.value.number, 'issued');
  return 'ok';
}

async function hold(date: string): Promise<void> {
  const made = await app.ask('numbers.hold', {
    register: 'surat-keluar',
    unit: 'SETDA',
    date,
    classification: '000.8.3',
    security: 'biasa',
    subject: 'Pesanan',
    reason: '',
    holderId: null,
  });
  expect(told.has(made.number)).toBe(false);
  told.set(made.number, 'held');
  open.push(made);
}

const takeOpen = (pick: number) => open.splice(pick % Math.max(1, open.length), 1)[0];

async function perform({ what, pick, daysBack }: Act): Promise<void> {
  switch (what) {
    case 'sign':
      expect(await sign('Surat')).toBe('ok');
      return;
    case 'fail':
      expect(await sign('Gagal')).toBe('TYPESET_FAILED');
      return;
    case 'hold':
      return hold(dateOf(0));
    case 'insert':
      return hold(dateOf(daysBack));
    case 'signBack':
      expect(await sign('Mundur', { date: dateOf(daysBack), reason: 'terlambat' })).toBe('ok');
      return;
    case 'tomorrow':
      if (pick % 8 === 0) clock.now = new Date(clock.now.getTime() + dayMs);
      return;
    case 'cancel': {
      const one = takeOpen(pick);
      if (!one) return;
      const { number } = await app.ask('numbers.cancel', { id: one.id, reason: 'uji' });
      told.set(number, 'batal');
      return;
    }
    case 'use':
    case 'useAndFail': {
      const one = takeOpen(pick);
      if (!one) return;
      const fails = what === 'useAndFail';
      expect(await sign(fails ? 'Gagal' : 'Pakai', { held: one.id })).toBe(fails ? 'TYPESET_FAILED' : 'ok');
      expect(told.get(one.number)).toBe(fails ? 'held' : 'issued');
      if (fails) open.push(one);
    }
  }
}

describe('the number book under fifty callers', () => {
  it('says of every number what its caller was told, with none left out and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 50, maxLength: 50 }), async (acts) => {
        await Promise.all(acts.map(perform));
      }),
      { numRuns: 5, endOnFailure: true },
    );
    await app.engine.app.settled();
    await app.close();
    const rows = await numbersOf(app.dataDir, accountId);
    expect(problemsOf(rows, true)).toEqual([]);
    const inBook = new Map(rows.map((row) => [row.number, row.state]));
    for (const [number, state] of told) expect([number, inBook.get(number)]).toEqual([number, state]);
    // What nobody was told of is what failed while later numbers existed.
    for (const row of rows)
      if (!told.has(row.number))
        expect([row.number, row.state, row.reason]).toEqual([row.number, 'batal', 'TYPESET_FAILED']);
    expect(rows.filter((row) => row.insertion > 0).length).toBeGreaterThan(3);
    expect(told.size).toBeGreaterThan(60);
  }, 120_000);
});
