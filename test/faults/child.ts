import { startLocalEngine } from '../../src/main/engine/local.ts';
import type { EngineCalls } from '../../src/main/core/contract/api.ts';
import { letterContent, poolEntry, resourcesDir, signingPassphrase } from '../fixtures/engine.ts';
import { below, chanceOf, say as saying, shuffled, type Act } from './acts.ts';

/**
 * The process that faults happen to: acts of every kind in random order.
 * argv: data folder, account, its passphrase, seed, rounds (0: only unlock and close; -1: until killed), and
 * 'tolerant' for one that says what was refused and goes on.
 */
const [dataDir = '', accountId = '', given = '', seed = '0', rounds = '0', manner = ''] =
  process.argv.slice(2);
const chance = chanceOf(Number(seed));
let passphrase = given;
const engine = startLocalEngine({
  dataDir,
  resourcesDir,
  version: 'fault',
  poolEntry,
  kdfCost: { memory: 256, passes: 1 },
  logger: {
    info: () => undefined,
    error: (event, facts, cause) => console.error(event, facts, cause),
  },
});

let last: Act = { act: 'unlock' };
function say(done: boolean, act: Act): void {
  last = act;
  saying({ done, act });
}

class Refused extends Error {}

async function ask<N extends keyof EngineCalls>(
  name: N,
  input: EngineCalls[N]['input'],
): Promise<EngineCalls[N]['output']> {
  const result = await engine.app.call(name, input);
  if (!result.ok) throw new Refused(result.error.code, { cause: name });
  return result.value;
}

/** Signed letters of this run that nobody was let into yet, and those where somebody was. */
const signed: string[] = [];
const granted: string[] = [];
let reader = '';
let written = 0;

async function draft(): Promise<{ id: string; revision: number }> {
  const { id, revision: first } = await ask('letters.create', { kind: 'surat-dinas' });
  let revision = first;
  for (let saves = 1 + below(chance, 3); saves > 0; saves -= 1) {
    written += 1;
    const subject = `Surat ${seed}-${written}`;
    const security = chance() < 0.4 ? 'terbatas' : 'biasa';
    const content = { ...letterContent(subject, reader), security } as const;
    say(false, { act: 'draft', id, revision: revision + 1, subject });
    revision = (await ask('letters.saveDraft', { id, revision, content })).revision;
    say(true, { act: 'draft', id, revision, subject });
  }
  return { id, revision };
}

const acts = {
  async draft() {
    await draft();
  },
  async sign() {
    const { id, revision } = await draft();
    say(false, { act: 'sign', id, number: '', sha256: '' });
    const { number, sha256 } = await ask('letters.sign', { id, revision, signingPassphrase });
    say(true, { act: 'sign', id, number, sha256 });
    signed.push(id);
  },
  async grant() {
    const id = signed.shift();
    const to = (await ask('people.list', {})).find((one) => one.username === 'pembaca');
    if (id === undefined || !to) return;
    say(false, { act: 'grant', id });
    await ask('letters.grant', { id, accountId: to.accountId });
    say(true, { act: 'grant', id });
    granted.push(id);
  },
  async withdraw() {
    const id = granted.shift();
    const to = (await ask('people.list', {})).find((one) => one.username === 'pembaca');
    if (id === undefined || !to) return;
    say(false, { act: 'withdraw', id });
    await ask('letters.withdraw', { id, accountId: to.accountId });
    say(true, { act: 'withdraw', id });
  },
  async backup() {
    say(false, { act: 'backup', madeAt: '' });
    const { sets } = await ask('backup.run', {});
    say(true, { act: 'backup', madeAt: sets[0] ?? '' });
  },
  async passphrase() {
    const next = `sandi akun baru ${seed}-${below(chance, 1_000_000)}`;
    say(false, { act: 'passphrase', next });
    await ask('account.changePassphrase', { current: passphrase, next });
    passphrase = next;
    say(true, { act: 'passphrase', next });
  },
  async recovery() {
    say(false, { act: 'recovery', key: '' });
    const { recoveryKey } = await ask('vault.newRecoveryKey', { accountPassphrase: passphrase });
    say(true, { act: 'recovery', key: recoveryKey });
  },
  async rekey() {
    say(false, { act: 'rekey' });
    await ask('vault.rekey', { accountPassphrase: passphrase });
    say(true, { act: 'rekey' });
  },
  async revoke() {
    const people = await ask('people.list', {});
    const one = people.find((person) => person.username.startsWith('lepas') && !person.revoked);
    if (!one) return;
    say(false, { act: 'revoke', accountId: one.accountId });
    await ask('people.revoke', { accountId: one.accountId, accountPassphrase: passphrase });
    say(true, { act: 'revoke', accountId: one.accountId });
  },
} as const;

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (manner !== 'tolerant' || !(error instanceof Refused)) throw error;
    saying({ done: 'refused', act: last, code: error.message });
  }
}

async function unlock(): Promise<void> {
  say(false, { act: 'unlock' });
  await ask('vault.unlock', { accountId, passphrase });
  say(true, { act: 'unlock' });
  if (rounds === '0') return;
  reader = (await ask('people.list', {})).find((one) => one.username === 'penerima')?.accountId ?? '';
}

await attempt(unlock);
const names = Object.keys(acts) as (keyof typeof acts)[];
// Without a receiver the vault did not open: there is nothing to be done.
const most = rounds === '-1' ? Number.POSITIVE_INFINITY : reader === '' ? 0 : Number(rounds);
for (let round = 0; round < most; round += 1) {
  // Signing comes often: most of what is done in an office is that.
  for (const name of shuffled(chance, [...names, 'sign', 'sign', 'grant'] as const))
    await attempt(acts[name]);
}
await engine.app.settled();
await engine.close();
