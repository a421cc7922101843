import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredVerification } from '../../../src/main/core/contract/letters.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/** A letter's verification is kept with it, and made again when what it rests on changes. */

let app: TestApp;
let id: string;

beforeEach(async () => {
  app = testApp();
  await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  const draft = await app.draft(letterContent('Undangan rapat'));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  id = draft.id;
  await app.engine.app.settled();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function kept(): Promise<StoredVerification | null> {
  await app.engine.app.settled();
  return (await app.ask('letters.get', { id })).verification;
}
const logged = async (): Promise<readonly unknown[]> => {
  const { lines } = await app.ask('audit.list', { before: null });
  return lines.filter(({ action }) => action === 'letter.verification-changed');
};

describe('a signed letter', () => {
  it('is verified when it is signed, and again when its issuer becomes trusted or is trusted no more', async () => {
    expect(await kept()).toMatchObject({ conclusion: 'INDETERMINATE', previous: null, changedAt: null });
    expect((await kept())?.reasons).toContain('ISSUER_NOT_TRUSTED');
    expect(await logged()).toEqual([]);

    const [identity] = await app.ask('identity.list', {});
    const [anchor] = await app.ask('trust.addOwn', { identityId: identity?.id ?? '' });
    expect(await kept()).toMatchObject({ conclusion: 'TOTAL-PASSED', previous: 'INDETERMINATE' });
    expect(await logged()).toHaveLength(1);

    await app.ask('trust.remove', { fingerprint: anchor?.fingerprint ?? '' });
    expect(await kept()).toMatchObject({ conclusion: 'INDETERMINATE', previous: 'TOTAL-PASSED' });
    expect(await logged()).toHaveLength(2);
  });

  it('is verified again when somebody opens it after other revocation data came', async () => {
    const before = await kept();
    const folder = join(app.dataDir, 'cache/crl');
    mkdirSync(folder, { recursive: true });
    utimesSync(folder, new Date(), new Date(Date.now() - 1_000));
    await app.ask('letters.get', { id });
    const after = await kept();
    expect(after).toMatchObject({ conclusion: before?.conclusion ?? '' });
    expect(Date.parse(after?.checkedAt ?? '')).toBeGreaterThan(Date.parse(before?.checkedAt ?? ''));
  });

  it('is not verified again for nothing', async () => {
    const before = await kept();
    await app.ask('letters.get', { id });
    expect(await kept()).toEqual(before);
  });

  it('keeps what a person’s own look at it found', async () => {
    const before = await kept();
    await app.ask('letters.verify', { id });
    expect(Date.parse((await kept())?.checkedAt ?? '')).toBeGreaterThan(Date.parse(before?.checkedAt ?? ''));
  });
});
