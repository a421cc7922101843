import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  administrator,
  colleague,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

let app: TestApp;
let accountId: string;
let recoveryKey: string;
beforeEach(async () => {
  app = testApp();
  const made = await app.firstRun();
  accountId = made.session.accountId;
  recoveryKey = made.recoveryKey;
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const next = 'kata sandi akun yang baru';

describe('changing passphrases', () => {
  it('the account passphrase: only with the current one, long enough, not the signing one', async () => {
    expect(await app.refused('account.changePassphrase', { current: 'salah sama sekali', next })).toBe(
      'PASSPHRASE_WRONG',
    );
    expect(
      await app.refused('account.changePassphrase', { current: accountPassphrase, next: 'pendek' }),
    ).toBe('PASSPHRASE_WEAK');
    expect(
      await app.refused('account.changePassphrase', { current: accountPassphrase, next: signingPassphrase }),
    ).toBe('PASSPHRASES_EQUAL');
    await app.ask('account.changePassphrase', { current: accountPassphrase, next });
    await app.ask('vault.lock', {});
    expect(await app.refused('vault.unlock', { accountId, passphrase: accountPassphrase })).toBe(
      'PASSPHRASE_WRONG',
    );
    await app.ask('vault.unlock', { accountId, passphrase: next });
  });

  it('the signing passphrase: the certificates stay, the old passphrase signs no more', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const fresh = 'tanda tangan yang baru';
    expect(
      await app.refused('account.changeSigningPassphrase', { current: 'salah sama sekali', next: fresh }),
    ).toBe('SIGNING_PASSPHRASE_WRONG');
    expect(
      await app.refused('account.changeSigningPassphrase', {
        current: signingPassphrase,
        next: accountPassphrase,
      }),
    ).toBe('PASSPHRASES_EQUAL');
    await app.ask('account.changeSigningPassphrase', { current: signingPassphrase, next: fresh });
    const draft = await app.draft(letterContent('Sandi baru'));
    const sign = { id: draft.id, revision: draft.revision };
    expect(await app.refused('letters.sign', { ...sign, signingPassphrase })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    expect((await app.ask('letters.sign', { ...sign, signingPassphrase: fresh })).number).toContain('/1/');
  });
});

describe('the recovery key', () => {
  it('lets an administrator back in with a new passphrase, and everything is still there', async () => {
    const draft = await app.draft(letterContent('Masih ada'));
    await app.ask('vault.lock', {});
    const recover = { accountId, accountPassphrase: next };
    expect(await app.refused('vault.recover', { ...recover, recoveryKey: recoveryKey.slice(0, -1) })).toBe(
      'RECOVERY_KEY_MISTYPED',
    );
    expect(
      await app.ask('vault.recover', {
        ...recover,
        recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' '),
      }),
    ).toMatchObject({
      accountId,
      roles: ['administrator', 'drafter', 'signer'],
    });
    expect(await app.ask('letters.list', { folder: 'drafts' })).toMatchObject([{ id: draft.id }]);
    await app.ask('vault.lock', {});
    expect(await app.refused('vault.unlock', { accountId, passphrase: accountPassphrase })).toBe(
      'PASSPHRASE_WRONG',
    );
    await app.ask('vault.unlock', { accountId, passphrase: next });
  });

  it('opens no account that is not an administrator’s', async () => {
    const other = await app.ask('people.add', {
      person: { ...colleague, username: 'kolega' },
      roles: ['drafter', 'signer'],
      initialPassphrase: 'sandi awal sekali',
    });
    await app.ask('vault.lock', {});
    expect(
      await app.refused('vault.recover', {
        recoveryKey,
        accountId: other.accountId,
        accountPassphrase: next,
      }),
    ).toBe('NOT_ALLOWED');
    expect((await app.ask('app.status', {})).vault).toBe('locked');
    await app.ask('vault.unlock', { accountId: other.accountId, passphrase: 'sandi awal sekali' });
  });

  it('can be replaced; then the old one is nobody’s', async () => {
    expect(await app.refused('vault.newRecoveryKey', { accountPassphrase: 'salah sama sekali' })).toBe(
      'PASSPHRASE_WRONG',
    );
    const fresh = await app.ask('vault.newRecoveryKey', { accountPassphrase });
    await app.ask('vault.lock', {});
    expect(await app.refused('vault.recover', { recoveryKey, accountId, accountPassphrase: next })).toBe(
      'RECOVERY_KEY_WRONG',
    );
    expect(
      await app.ask('vault.recover', { recoveryKey: fresh.recoveryKey, accountId, accountPassphrase: next }),
    ).toMatchObject({ name: expect.stringContaining(administrator.name) as string });
  });
});
