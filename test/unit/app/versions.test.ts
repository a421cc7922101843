import { expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import { sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import { letterContent, signingPassphrase, type TestApp, type TestClock } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let app: TestApp;
let clock: TestClock;
let head: TestPerson;
officeForEachTest('2026-11-22T03:00:00Z', (office) => {
  ({ app, clock, head } = office);
});

const later = (minutes: number): void => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000);
};
const saying = (words: string): LetterContent => ({
  ...letterContent('Undangan rapat'),
  body: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});
const save = (id: string, revision: number, content: LetterContent) =>
  app.ask('letters.saveDraft', { id, revision, content });
const numbers = async (id: string) =>
  (await app.ask('versions.list', { id })).map(({ number, reason, note }) => [number, reason, note]);

it('keeps a version when asked, names it, and keeps the same words once', async () => {
  const { id, revision } = await app.draft(saying('Pertama'));
  expect(await app.ask('versions.keep', { id, revision, note: '' })).toEqual({ number: 1 });
  expect(await app.ask('versions.keep', { id, revision, note: 'Usul Kabag' })).toEqual({ number: 1 });
  const next = await save(id, revision, saying('Kedua'));
  expect(await app.refused('versions.keep', { id, revision, note: '' })).toBe('LETTER_CHANGED_ELSEWHERE');
  expect(await app.ask('versions.keep', { id, revision: next.revision, note: '' })).toEqual({ number: 2 });
  expect(await app.ask('versions.list', { id })).toMatchObject([
    { number: 2, reason: 'asked', note: '', by: 'Dra. Siti Rahmawati, M.Si.', current: true },
    { number: 1, reason: 'asked', note: 'Usul Kabag', current: false },
  ]);
  expect(await app.ask('versions.read', { id, number: 1 })).toEqual(saying('Pertama'));
  expect(await app.refused('versions.read', { id, number: 9 })).toBe('NOT_FOUND');
});

it('keeps by itself what is about to be written over, at most once in ten minutes', async () => {
  let { id, revision } = await app.draft(saying('Panjang sekali'));
  for (const words of ['a', 'b', 'c']) ({ revision } = await save(id, revision, saying(words)));
  expect(await numbers(id)).toEqual([]);
  later(11);
  for (const words of ['', 'd']) ({ revision } = await save(id, revision, saying(words)));
  expect(await numbers(id)).toEqual([[1, 'automatic', '']]);
  expect(await app.ask('versions.read', { id, number: 1 })).toEqual(saying('c'));
  later(9);
  ({ revision } = await save(id, revision, saying('e')));
  expect(await numbers(id)).toHaveLength(1);
  later(2);
  ({ revision } = await save(id, revision, saying('f')));
  expect(await numbers(id)).toHaveLength(2);
});

it('brings an older version back, class apart, and that can be undone', async () => {
  const { id, revision } = await app.draft({ ...saying('Lama'), attachments: 'satu berkas' });
  await app.ask('versions.keep', { id, revision, note: '' });
  // A key for sealing lies in the vault from the first use of the signing passphrase on.
  await app.ask('identity.createTest', { signingPassphrase });
  const changed = await save(id, revision, { ...saying('Baru'), security: 'rahasia' });
  expect(await app.refused('versions.restore', { id, revision, number: 1 })).toBe('LETTER_CHANGED_ELSEWHERE');
  const back = await app.ask('versions.restore', { id, revision: changed.revision, number: 1 });
  expect(back.content).toEqual({ ...saying('Lama'), attachments: 'satu berkas', security: 'rahasia' });
  expect(back.revision).toBe(changed.revision + 1);
  expect(await numbers(id)).toEqual([
    [2, 'restore', ''],
    [1, 'asked', ''],
  ]);
  const undone = await app.ask('versions.restore', { id, revision: back.revision, number: 2 });
  expect(undone.content).toEqual({ ...saying('Baru'), security: 'rahasia' });
});

it('keeps what was signed, and lets nobody else look', async () => {
  await app.ask('identity.createTest', { signingPassphrase });
  const { id, revision } = await app.draft(saying('Final'));
  await app.ask('letters.sign', { id, revision, signingPassphrase });
  expect(await numbers(id)).toEqual([[1, 'signing', '']]);
  expect(await app.refused('versions.restore', { id, revision, number: 1 })).toBe('LETTER_NOT_EDITABLE');
  const other = await invite(app, 'lain', ['drafter', 'administrator', 'archivist']);
  await activate(app, other);
  expect(await app.refused('versions.list', { id })).toBe('NOT_FOUND');
  expect(await app.refused('versions.read', { id, number: 1 })).toBe('NOT_FOUND');
});

it('of a sealed letter are sealed to its author: no receiver, no data key opens what was struck out', async () => {
  await app.ask('identity.createTest', { signingPassphrase });
  const receiver = await invite(app, 'penerima', ['drafter', 'signer']);
  await activate(app, receiver);
  await be(app, head);
  const draft = await app.draft(saying('Dicoretsebelumnya'));
  const { id } = draft;
  await app.ask('versions.keep', { id, revision: draft.revision, note: 'Catatanterbuka' });
  const to = { ...letterContent('Undangan rapat', receiver.accountId), security: 'rahasia' as const };
  const sealed = await save(id, draft.revision, to);
  await app.ask('versions.keep', { id, revision: sealed.revision, note: 'Catatantertutup' });
  await app.ask('letters.sign', { id, revision: sealed.revision, signingPassphrase });
  await app.ask('letters.grant', { id, accountId: receiver.accountId });
  // A withdrawn access renews the letter's key: the author's versions are still there.
  await app.ask('letters.withdraw', { id, accountId: receiver.accountId });
  expect(await numbers(id)).toEqual([
    [2, 'signing', 'Catatantertutup'],
    [1, 'asked', 'Catatanterbuka'],
  ]);
  expect(await app.ask('versions.read', { id, number: 1 })).toEqual(saying('Dicoretsebelumnya'));

  await app.ask('vault.seal', {});
  const { vault } = await unlockVault(
    { folder: `${app.dataDir}/vault`, cost: { memory: 256, passes: 1 }, now: clock.now },
    receiver.accountId,
    receiver.accountPassphrase,
  );
  try {
    const kept = vault.read.all<{ content: string }>(sql`SELECT content FROM letter_version`);
    expect(kept.map((row) => row.content)).toEqual(['', '']);
  } finally {
    vault.close();
  }
});
