import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchStatus } from '../../../src/main/core/contract/batch.ts';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import { firstBrokenLink } from '../../../src/main/core/audit/index.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';

let app: TestApp;
let clock: TestClock;
let accountId: string;

beforeEach(async () => {
  clock = { now: new Date() };
  app = testApp({ clock });
  accountId = (await app.firstRun()).session.accountId;
  await app.ask('identity.createTest', { signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

interface Draft {
  readonly id: string;
  readonly revision: number;
}

/** A character that no font of ours has: the letter looks complete and fails when it is typeset. */
const unsettable: LetterContent = {
  ...letterContent('Tak dapat dicetak'),
  body: [{ type: 'paragraph', content: [{ type: 'text', text: 'Huruf \u{1F9EC}.' }] }],
};

async function drafts(
  count: number,
  broken: ReadonlyMap<number, LetterContent> = new Map(),
): Promise<Draft[]> {
  const made: Draft[] = [];
  for (let index = 0; index < count; index++) {
    const { id, revision } = await app.draft(broken.get(index) ?? letterContent(`Surat ${index + 1}`));
    made.push({ id, revision });
  }
  return made;
}

const begin = (letters: readonly Draft[], mode: 'each' | 'all' = 'all'): Promise<BatchStatus> =>
  app.ask('batch.start', { letters, mode, signingPassphrase });

async function ended(): Promise<BatchStatus> {
  for (;;) {
    const status = await app.ask('batch.status', {});
    if (!status) throw new Error('no batch');
    if (status.state !== 'running') return status;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

async function signedAtLeast(count: number): Promise<void> {
  await expect
    .poll(async () => (await app.ask('batch.status', {}))?.signed ?? 0, { interval: 2, timeout: 20_000 })
    .toBeGreaterThanOrEqual(count);
}

interface BookRow {
  readonly sequence: number;
  readonly state: string;
  readonly letter_id: string;
}

/** The number book read from the disk, and the log: no gap, no letter twice. Closes the application. */
async function book(): Promise<BookRow[]> {
  await app.close();
  const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
  const { vault } = await unlockVault(options, accountId, accountPassphrase);
  const rows = vault.read.all<BookRow>(
    sql`SELECT sequence, state, letter_id FROM number_book ORDER BY sequence`,
  );
  const signings = vault.read.all<{ entity_id: string }>(
    sql`SELECT entity_id FROM audit WHERE action = 'letter.signed'`,
  );
  expect(firstBrokenLink(vault.read)).toBeNull();
  vault.close();
  expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
  expect(new Set(rows.map((row) => row.letter_id)).size).toBe(rows.length);
  expect(new Set(signings.map((row) => row.entity_id)).size).toBe(signings.length);
  return rows;
}

describe('a batch, all at once', () => {
  it('goes on after a letter that fails, gives each its result, and leaves no gap in the numbers', async () => {
    const letters = await drafts(5, new Map([[2, unsettable]]));
    expect(await begin(letters)).toMatchObject({ state: 'running', total: 5 });
    expect(await ended()).toMatchObject({ state: 'done', signed: 4, failed: 1, waiting: 0, nextId: null });
    const results = await app.ask('batch.items', {});
    expect(results.map((item) => item.state)).toEqual(['signed', 'signed', 'failed', 'signed', 'signed']);
    expect(results[2]).toMatchObject({
      letterId: letters[2]?.id,
      subject: 'Tak dapat dicetak',
      number: null,
      error: { code: 'GLYPH_MISSING' },
    });
    expect(results[3]?.number).toContain('/3/');
    expect(await app.ask('letters.get', { id: letters[2]?.id ?? '' })).toMatchObject({ state: 'draft' });
    expect(await app.refused('batch.start', { letters, mode: 'all', signingPassphrase })).toBe('BATCH_OPEN');
    await app.ask('batch.dismiss', {});
    expect(await app.ask('batch.status', {})).toBeNull();
    expect((await book()).map((row) => row.state)).toEqual(['issued', 'issued', 'issued', 'issued']);
  });

  it('says before what is missing in each letter', async () => {
    const letters = await drafts(2, new Map([[1, { ...letterContent('Tanpa kode'), classification: ' ' }]]));
    const found = await app.ask('batch.check', { ids: letters.map((letter) => letter.id) });
    expect(found).toMatchObject([
      { ...letters[0], subject: 'Surat 1', problems: [] },
      { ...letters[1], problems: [{ code: 'LETTER_INCOMPLETE', params: { field: 'classification' } }] },
    ]);
  });

  it('does not sign a letter that was changed after it was chosen', async () => {
    const letters = await drafts(3);
    const { id, revision } = letters[1] ?? { id: '', revision: 0 };
    await app.ask('letters.saveDraft', { id, revision, content: letterContent('Sudah lain') });
    await begin(letters);
    expect(await ended()).toMatchObject({ signed: 2, failed: 1 });
    expect((await app.ask('batch.items', {}))[1]?.error).toEqual({ code: 'LETTER_CHANGED_ELSEWHERE' });
    expect(await book()).toHaveLength(2);
  });

  it('pauses after the letter under way, answers other calls meanwhile, and goes on with the passphrase', async () => {
    const letters = await drafts(8);
    await begin(letters);
    await signedAtLeast(1);
    expect(await app.ask('letters.list', { folder: 'drafts' })).not.toHaveLength(0);
    const paused = await app.ask('batch.pause', {});
    expect(paused).toMatchObject({ state: 'paused', stoppedBy: null });
    expect(paused.waiting).toBeGreaterThan(0);
    await app.ask('letters.create', { kind: 'nota-dinas' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await app.ask('batch.status', {}))?.signed).toBe(paused.signed);
    expect(await app.refused('batch.resume', { signingPassphrase: 'salah sekali' })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    await app.ask('batch.resume', { signingPassphrase });
    expect(await app.refused('batch.resume', { signingPassphrase })).toBe('BATCH_RUNNING');
    expect(await app.refused('batch.dismiss', {})).toBe('BATCH_RUNNING');
    expect(await ended()).toMatchObject({ state: 'done', signed: 8 });
    expect(await book()).toHaveLength(8);
  });

  it.each(['vault.lock', 'vault.seal'] as const)(
    'is stopped by %s and waits with its results',
    async (way) => {
      const letters = await drafts(8);
      await begin(letters);
      await signedAtLeast(1);
      await app.ask(way, {});
      await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
      const waiting = await app.ask('batch.status', {});
      expect(waiting).toMatchObject({ state: 'paused', total: 8 });
      expect(waiting?.signed).toBeLessThan(8);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await app.ask('batch.status', {})).toEqual(waiting);
      await app.ask('batch.resume', { signingPassphrase });
      expect(await ended()).toMatchObject({ state: 'done', signed: 8 });
      expect(await book()).toHaveLength(8);
    },
  );

  it('stops when its certificate expires, and uses no other', async () => {
    const letters = await drafts(8);
    await begin(letters);
    await signedAtLeast(1);
    clock.now = new Date(clock.now.getTime() + 20 * 365 * 86_400_000);
    const stopped = await ended();
    expect(stopped).toMatchObject({ state: 'paused', failed: 0, stoppedBy: { code: 'CERTIFICATE_EXPIRED' } });
    await app.ask('identity.createTest', { signingPassphrase });
    expect(await app.refused('batch.resume', { signingPassphrase })).toBe('CERTIFICATE_EXPIRED');
    await app.ask('batch.dismiss', {});
    const rest = (await app.ask('letters.list', { folder: 'drafts' })).map((row) => row.id);
    expect(rest).toHaveLength(stopped.waiting);
  });

  it('is refused with an expired certificate, with a letter of nobody and with a wrong passphrase', async () => {
    const letters = await drafts(1);
    const ask = (more: object): Promise<string> =>
      app.refused('batch.start', { letters, mode: 'all', signingPassphrase, ...more });
    expect(await ask({ signingPassphrase: 'salah sekali' })).toBe('SIGNING_PASSPHRASE_WRONG');
    expect(await ask({ letters: [{ id: accountId, revision: 1 }] })).toBe('NOT_FOUND');
    clock.now = new Date(clock.now.getTime() + 20 * 365 * 86_400_000);
    expect(await ask({})).toBe('IDENTITY_MISSING');
    expect(await app.ask('batch.status', {})).toBeNull();
  });
});

describe('a batch, one by one', () => {
  it('signs the letter that was shown and no other, and passes over what is skipped', async () => {
    const letters = await drafts(3);
    const [first, second, third] = letters.map((letter) => letter.id);
    if (!first || !second || !third) throw new Error('three drafts');
    expect(await begin(letters, 'each')).toMatchObject({ state: 'running', nextId: first, signed: 0 });
    expect(await app.refused('batch.next', { letterId: second })).toBe('BATCH_MOVED_ON');
    const [once, twice] = await Promise.all([
      app.ask('batch.next', { letterId: first }),
      app.refused('batch.next', { letterId: first }),
    ]);
    expect(once).toMatchObject({ nextId: second, signed: 1 });
    expect(twice).toBe('BATCH_MOVED_ON');
    expect(await app.ask('batch.skip', { letterId: second })).toMatchObject({ nextId: third, skipped: 1 });
    await app.ask('batch.pause', {});
    expect(await app.refused('batch.next', { letterId: third })).toBe('BATCH_PAUSED');
    await app.ask('batch.resume', { signingPassphrase });
    expect(await app.ask('batch.next', { letterId: third })).toMatchObject({ state: 'done', signed: 2 });
    expect(await book()).toHaveLength(2);
  });
});

describe('a batch that is killed', () => {
  const child = join(import.meta.dirname, '../../fixtures/batch-child.ts');

  /** Resumes it in a process of its own, killed `after` milliseconds from its first new signature. */
  async function resumeUntilKilled(after: number): Promise<void> {
    const running = spawn(process.execPath, [child, app.dataDir, accountId], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = new Promise((resolve) => running.on('exit', resolve));
    let lines = 0;
    for await (const line of createInterface({ input: running.stdout })) {
      if (!line.startsWith('signed')) continue;
      lines += 1;
      if (lines === 2) setTimeout(() => running.kill('SIGKILL'), after);
    }
    await exit;
  }

  it('goes on where it was: no number lost or doubled, no letter signed twice', async () => {
    const letters = await drafts(14);
    await begin(letters);
    await app.ask('batch.pause', {});
    await app.close();
    for (const after of [1, 16]) await resumeUntilKilled(after);
    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
    const found = await app.ask('batch.status', {});
    expect(found).toMatchObject({ state: 'paused', total: 14, failed: 0 });
    expect(found?.signed).toBeGreaterThan(1);
    await app.ask('batch.resume', { signingPassphrase });
    expect(await ended()).toMatchObject({ state: 'done', signed: 14, failed: 0 });
    const rows = await book();
    expect(rows.map((row) => row.letter_id)).toEqual(letters.map((letter) => letter.id));
    expect(rows.every((row) => row.state === 'issued')).toBe(true);
  }, 90_000);
});
