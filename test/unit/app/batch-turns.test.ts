import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/** Many letters with one passphrase, where others wrote them. */
let app: TestApp;
let author: TestPerson;
let signer: TestPerson;

beforeEach(async () => {
  app = testApp();
  const first = await app.firstRun();
  author = { accountId: first.session.accountId, accountPassphrase, signingPassphrase };
  signer = await invite(app, 'pejabat', ['signer']);
  await activate(app, signer);
  await app.ask('identity.createTest', { signingPassphrase: signer.signingPassphrase });
  await be(app, author);
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const asking = (subject: string) => ({
  ...letterContent(subject),
  signers: [{ accountId: signer.accountId, postId: null, behalf: null }],
});

it('a batch signs letters at my turn that others wrote, and names each in its results', async () => {
  const letters: { id: string; revision: number }[] = [];
  for (const subject of ['Satu', 'Dua']) {
    const { id, revision } = await app.draft(asking(subject));
    await app.ask('letters.submit', { id, revision });
    letters.push({ id, revision });
  }
  const own = await app.draft(asking('Belum diajukan'));
  expect((await app.ask('batch.check', { ids: [own.id] }))[0]?.problems).toEqual([
    { code: 'LETTER_NOT_SUBMITTED' },
  ]);
  await be(app, signer);
  const ids = letters.map((one) => one.id);
  expect(await app.ask('batch.check', { ids })).toMatchObject([
    { subject: 'Satu', problems: [] },
    { subject: 'Dua', problems: [] },
  ]);
  expect(await app.refused('batch.check', { ids: [own.id] })).toBe('NOT_FOUND');
  await app.ask('batch.start', { letters, mode: 'all', signingPassphrase: signer.signingPassphrase });
  await expect.poll(async () => (await app.ask('batch.status', {}))?.state, { timeout: 20_000 }).toBe('done');
  expect(await app.ask('batch.items', {})).toMatchObject([
    { subject: 'Satu', state: 'signed' },
    { subject: 'Dua', state: 'signed' },
  ]);
  expect(await app.ask('letters.list', { folder: 'toSign' })).toEqual([]);
});

it('a letter whose turn has passed is no part of a batch', async () => {
  const { id, revision } = await app.draft(asking('Diambil kembali'));
  await app.ask('letters.submit', { id, revision });
  await app.ask('letters.recall', { id });
  await be(app, signer);
  const letters = [{ id, revision }];
  const secret = { signingPassphrase: signer.signingPassphrase };
  expect(await app.refused('batch.start', { letters, mode: 'all', ...secret })).toBe('NOT_FOUND');
});
