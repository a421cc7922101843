import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  administrator,
  colleague,
  letterContent,
  letterhead,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

let app: TestApp;
beforeEach(async () => {
  app = testApp();
  await app.firstRun();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

describe('locking', () => {
  it('counts from the asking: nothing asked before or meanwhile is answered', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const draft = await app.draft(letterContent('Sedang ditandatangani'));
    const signing = app.engine.app.call('letters.sign', {
      id: draft.id,
      revision: draft.revision,
      signingPassphrase,
    });
    // Under way: the number is taken.
    await expect
      .poll(async () => (await app.ask('letters.get', { id: draft.id })).state, { interval: 2 })
      .toBe('reserved');
    const preview = app.engine.app.call('letters.preview', { id: draft.id });
    const locked = app.engine.app.call('vault.lock', {});
    expect(await app.refused('letters.get', { id: draft.id })).toBe('VAULT_LOCKED');
    expect(await locked).toMatchObject({ ok: true });
    expect(await preview).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    await signing;
    const { accounts } = await app.ask('app.status', {});
    await app.ask('vault.unlock', { accountId: accounts[0]?.accountId ?? '', passphrase: accountPassphrase });
    expect((await app.ask('letters.get', { id: draft.id })).state).toBe('signed');
  });

  it('a refused recovery leaves the session as it was', async () => {
    const { accounts } = await app.ask('app.status', {});
    expect(
      await app.refused('vault.recover', {
        recoveryKey: 'x',
        accountId: accounts[0]?.accountId ?? '',
        accountPassphrase: 'pendek',
      }),
    ).toBe('PASSPHRASE_WEAK');
    expect(await app.ask('letters.list', { folder: 'drafts' })).toEqual([]);
  });
});

describe('signing', () => {
  it('refuses an addressee whose account does not exist, before a number is taken', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const draft = await app.draft(letterContent('Kepada siapa', '0b8f6a52-7f0d-4a55-9d3a-0f6f1f3f8f11'));
    expect(
      await app.refused('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase }),
    ).toBe('LETTER_INCOMPLETE');
    const good = await app.draft(letterContent('Kepada kolega'));
    expect(
      (await app.ask('letters.sign', { id: good.id, revision: good.revision, signingPassphrase })).number,
    ).toContain('/1/');
  });
});

describe('an account that is not active yet', () => {
  it('is told nothing, even when somebody acknowledges the policy with the initial passphrase', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const { accountId } = await app.ask('people.add', {
      person: colleague,
      roles: ['drafter', 'signer'],
      initialPassphrase: 'sandi awal sekali',
    });
    const draft = await app.draft(letterContent('Rahasia kolega', accountId));
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    await app.ask('vault.unlock', { accountId, passphrase: 'sandi awal sekali' });
    const { policyVersion } = await app.ask('app.status', {});
    await app.ask('policy.acknowledge', { version: policyVersion, language: 'id' });
    expect(app.events.filter((event) => event.type === 'announce')).toEqual([]);
  });
});

describe('first run', () => {
  it('gives the recovery key even when the choice of language cannot be kept', async () => {
    await app.close();
    removeFolder(app.dataDir);
    app = testApp();
    // A folder where the file should be.
    spawnSync('mkdir', ['-p', join(app.dataDir, 'preferences.json')]);
    const { policyVersion } = await app.ask('app.status', {});
    const made = await app.ask('vault.create', {
      language: 'id',
      policyVersion,
      person: administrator,
      letterhead,
      accountPassphrase,
      signingPassphrase,
    });
    expect(made.recoveryKey).toMatch(/^(\w{4}-){8}\w{4}$/);
  });
});
