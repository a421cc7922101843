import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  openSealedKey,
  seal,
  sealWithPassphrase,
  sealWithRecovery,
  standardCost,
  unseal,
} from '../../../src/main/core/vault/sealing.ts';

const cheap = { memory: 256, passes: 1 };

describe('keys under a passphrase', () => {
  it('costs at least 64 MiB and three passes by default', () => {
    expect(standardCost.memory).toBeGreaterThanOrEqual(65_536);
    expect(standardCost.passes).toBeGreaterThanOrEqual(3);
  });

  it('opens with the passphrase, in any Unicode form, and with no other', async () => {
    const key = randomBytes(32);
    const sealed = await sealWithPassphrase('kata sandi é', key, 'x', cheap);
    expect(await openSealedKey('kata sandi e\u0301', sealed, 'x')).toEqual(key);
    expect(await openSealedKey('kata sandi e', sealed, 'x')).toBeNull();
  });

  it('is bound to its purpose and to the cost it was made with', async () => {
    const sealed = await sealWithPassphrase('rahasia sekali', randomBytes(32), 'account-1', cheap);
    expect(await openSealedKey('rahasia sekali', sealed, 'account-2')).toBeNull();
    expect(await openSealedKey('rahasia sekali', { ...sealed, passes: 2 }, 'account-1')).toBeNull();
  });

  it('refuses a cost that would exhaust the machine', async () => {
    const sealed = await sealWithPassphrase('rahasia sekali', randomBytes(32), 'x', cheap);
    expect(await openSealedKey('rahasia sekali', { ...sealed, memory: 2 ** 31 }, 'x')).toBeNull();
  });

  it('agrees with an independent Argon2id (Node’s own)', async () => {
    const { argon2Sync, createDecipheriv } = await import('node:crypto');
    const key = randomBytes(32);
    const sealed = await sealWithPassphrase('sandi', key, 'p', { memory: 1024, passes: 3 });
    const salt = Buffer.from(sealed.salt, 'base64');
    const wrapping = argon2Sync('argon2id', {
      message: 'sandi',
      nonce: salt,
      parallelism: 1,
      tagLength: 32,
      memory: 1024,
      passes: 3,
    });
    const bytes = Buffer.from(sealed.sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(sealed.nonce, 'base64'));
    decipher.setAAD(Buffer.from(`p|argon2id|1024|3|${sealed.salt}`));
    decipher.setAuthTag(bytes.subarray(-16));
    expect(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])).toEqual(key);
  });

  it('opens with the recovery key it was sealed with', async () => {
    const key = randomBytes(32);
    const sealed = await sealWithRecovery('AAAA-BBBB', key, 'recovery');
    expect(await openSealedKey('AAAA-BBBB', sealed, 'recovery')).toEqual(key);
    expect(await openSealedKey('AAAA-BBBC', sealed, 'recovery')).toBeNull();
  });
});

describe('bytes under a key', () => {
  it('notices every flipped bit', () => {
    const key = randomBytes(32);
    const sealed = seal(key, Buffer.from('isi'), 'purpose');
    expect(unseal(key, sealed, 'purpose').toString()).toBe('isi');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => unseal(key, altered, 'purpose')).toThrow();
    }
  });
});
