import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, invite } from '../../fixtures/people.ts';

/** Who may write and not sign is told to choose a signer, and is not named as one on the page. */
let app: TestApp;
beforeEach(() => {
  app = testApp({ clock: { now: new Date('2026-11-23T03:00:00Z') } });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

it('is missing until one is chosen', async () => {
  const { session } = await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  const writer = await invite(app, 'kominfo', ['drafter']);
  await activate(app, writer);
  const draft = await app.draft(letterContent('Laporan'));
  const before = await app.ask('letters.preview', { id: draft.id });
  expect(before.problems).toEqual([{ code: 'LETTER_INCOMPLETE', params: { field: 'signers' } }]);
  expect(before.pages).toBe(1);
  await app.ask('letters.saveDraft', {
    id: draft.id,
    revision: draft.revision,
    content: {
      ...letterContent('Laporan'),
      signers: [{ accountId: session.accountId, postId: null, behalf: null }],
    },
  });
  expect((await app.ask('letters.preview', { id: draft.id })).problems).toEqual([]);
}, 60_000);
