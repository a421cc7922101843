import { createDecipheriv, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysByRecovery } from '../../../src/main/core/vault/unlock.ts';
import { openSigningSecret, unsealPrivateKey } from '../../../src/main/core/accounts/index.ts';
import {
  openSealedKey,
  sql,
  unlockVaultByRecovery,
  unseal,
  type SealedKey,
} from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  colleague,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/**
 * Sole control (PP 71/2019 Ps. 59(3)): whoever holds the vault's data key, the recovery key and an administrator's
 * account still cannot use another person's signing key.
 */
let app: TestApp;
beforeEach(() => {
  app = testApp();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

describe('a signing key', () => {
  it('opens for its owner’s signing passphrase and for nothing else that exists in the vault', async () => {
    const { recoveryKey } = await app.firstRun();
    const owner = await app.ask('people.add', {
      person: colleague,
      roles: ['drafter', 'signer'],
      initialPassphrase: 'sandi awal sekali',
    });
    await app.ask('vault.unlock', { accountId: owner.accountId, passphrase: 'sandi awal sekali' });
    const { policyVersion } = await app.ask('app.status', {});
    const own = { accountPassphrase: 'sandi kolega panjang', signingPassphrase: 'tanda tangan kolega' };
    await app.ask('people.activate', { policyVersion, language: 'id', ...own });
    await app.ask('identity.createTest', { signingPassphrase: own.signingPassphrase });
    await app.close();

    // The attacker: the recovery key opens the whole database, and every passphrase of the administrator is known.
    const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
    const vault = await unlockVaultByRecovery(options, recoveryKey);
    const header = vault.header();
    const [dataKey] = await keysByRecovery(options, recoveryKey);
    if (!dataKey) throw new Error('the attacker must at least hold the data key');
    const identity = vault.read.get<{ id: string; sealed_private_key: Uint8Array }>(
      sql`SELECT id, sealed_private_key FROM identity`,
    );
    const secret = vault.read.get<{ sealed_key: string }>(
      sql`SELECT sealed_key FROM signing_secret WHERE account_id = ${owner.accountId}`,
    );
    if (!identity || !secret) throw new Error('no identity');
    const sealed = JSON.parse(secret.sealed_key) as SealedKey;
    const purpose = `eletter-signing|${owner.accountId}`;
    for (const known of [
      accountPassphrase,
      signingPassphrase,
      recoveryKey,
      own.accountPassphrase,
      dataKey.toString('hex'),
      '',
    ]) {
      expect(await openSealedKey(known, sealed, purpose)).toBeNull();
      await expect(openSigningSecret(vault.read, owner.accountId, known)).rejects.toThrow(
        'SIGNING_PASSPHRASE_WRONG',
      );
    }
    const derived = ['database', 'object names', 'signing'].map((use) =>
      createHmac('sha256', dataKey).update(use).digest(),
    );
    for (const key of [dataKey, ...derived]) {
      expect(() =>
        unseal(key, identity.sealed_private_key, `eletter-identity|${owner.accountId}|${identity.id}`),
      ).toThrow();
      expect(() => unsealPrivateKey(vault.read, owner.accountId, identity.id, key)).toThrow(
        'SIGNING_PASSPHRASE_WRONG',
      );
      const raw = Buffer.from(sealed.sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'));
      decipher.setAAD(
        Buffer.from(`${purpose}|${sealed.kdf}|${sealed.memory}|${sealed.passes}|${sealed.salt}`),
      );
      decipher.setAuthTag(raw.subarray(-16));
      decipher.update(raw.subarray(0, -16));
      expect(() => decipher.final()).toThrow();
    }
    // Nor by moving the row to another owner, whose passphrase is known.
    const administrator = header.accounts.find((slot) => slot.accountId !== owner.accountId)?.accountId ?? '';
    vault.write((db) => db.run(sql`UPDATE identity SET account_id = ${administrator}`));
    const known = await openSigningSecret(vault.read, administrator, signingPassphrase);
    expect(() => unsealPrivateKey(vault.read, administrator, identity.id, known)).toThrow(
      'SIGNING_PASSPHRASE_WRONG',
    );
    vault.write((db) => db.run(sql`UPDATE identity SET account_id = ${owner.accountId}`));
    vault.close();

    // And the owner, with the signing passphrase, can.
    app = testApp({ dataDir: app.dataDir });
    await app.ask('vault.unlock', { accountId: owner.accountId, passphrase: own.accountPassphrase });
    const draft = await app.draft(letterContent('Milik sendiri'));
    const sign = { id: draft.id, revision: draft.revision };
    expect(await app.refused('letters.sign', { ...sign, signingPassphrase: own.accountPassphrase })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    expect(
      await app.ask('letters.sign', { ...sign, signingPassphrase: own.signingPassphrase }),
    ).toMatchObject({ delivered: 0 });
  });

  it('test of the test: the same raw opening succeeds with the right passphrase’s key', async () => {
    const { argon2Sync } = await import('node:crypto');
    const { session } = await app.firstRun();
    await app.ask('vault.seal', {});
    const options = { folder: join(app.dataDir, 'vault'), cost: { memory: 256, passes: 1 }, now: new Date() };
    const { unlockVault } = await import('../../../src/main/core/vault/index.ts');
    const { vault } = await unlockVault(options, session.accountId, accountPassphrase);
    const row = vault.read.get<{ sealed_key: string }>(sql`SELECT sealed_key FROM signing_secret`);
    vault.close();
    const sealed = JSON.parse(row?.sealed_key ?? '') as SealedKey;
    const key = argon2Sync('argon2id', {
      message: signingPassphrase,
      nonce: Buffer.from(sealed.salt, 'base64'),
      parallelism: 1,
      tagLength: 32,
      memory: sealed.memory,
      passes: sealed.passes,
    });
    const raw = Buffer.from(sealed.sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'));
    const purpose = `eletter-signing|${session.accountId}`;
    decipher.setAAD(Buffer.from(`${purpose}|${sealed.kdf}|${sealed.memory}|${sealed.passes}|${sealed.salt}`));
    decipher.setAuthTag(raw.subarray(-16));
    expect(Buffer.concat([decipher.update(raw.subarray(0, -16)), decipher.final()])).toHaveLength(32);
  });
});
