import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TokenKey } from '../../../src/main/core/contract/tokens.ts';
import { tokenSigner } from '../../../src/main/core/pki/index.ts';
import { issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

/** What a token hands back is a signature only when the certificate says so. */
const pki = testPki();
const data = Buffer.from('Dengan hormat,');

/** A token in memory. */
const token = (who: TestCertificate, spoil: (value: Buffer) => Buffer = (value) => value): TokenKey => ({
  async sign({ kind, digest }, bytes) {
    const key = who.keys.privateKey;
    if (kind === 'eddsa') return spoil(sign(null, bytes, key));
    return spoil(sign(digest, bytes, kind === 'ecdsa' ? { key, dsaEncoding: 'ieee-p1363' } : key));
  },
  close: () => undefined,
});
const signer = (key: TokenKey, who: TestCertificate) => tokenSigner(key, who.certificate, who.chain);
const wrong = { code: 'TOKEN_FAILED', params: { reason: 'SIGNATURE_WRONG' } };

describe('tokenSigner', () => {
  const ed25519 = issue({ name: 'Ed', kind: 'ed25519' });
  it.each([
    ['RSA', pki.rsa],
    ['P-256', pki.p256],
    ['P-521', pki.p521],
    ['Ed25519', ed25519],
  ])('%s: the value as CMS wants it', async (_, who) => {
    for (let n = 0; n < 20; n++) {
      const value = await signer(token(who), who).sign(Buffer.from(`surat ${n}`));
      if (who === pki.p256) expect(value[0]).toBe(0x30);
    }
  });

  it('refuses what another key signed, what is cut and what is empty', async () => {
    const other = issue({ name: 'Lain', kind: 'rsa-2048' });
    await expect(signer(token(other), pki.rsa).sign(data)).rejects.toMatchObject(wrong);
    for (const who of [pki.rsa, pki.p256, ed25519]) {
      for (const spoil of [(v: Buffer) => v.subarray(2), () => Buffer.alloc(0), (v: Buffer) => v.fill(0)]) {
        await expect(signer(token(who, spoil), who).sign(data)).rejects.toMatchObject(wrong);
      }
    }
  });

  it('refuses a key that is too weak, before the token is asked', () => {
    const weak = issue({ name: 'Lemah', kind: 'rsa-1024' });
    expect(() => signer(token(weak), weak)).toThrow(expect.objectContaining({ code: 'KEY_UNSUPPORTED' }));
  });
});
