import { createPrivateKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openGaps } from '../../host/runtime-gaps.ts';

/** Keys, signers and the in-house CA with only what Electron's BoringSSL has. Modules are loaded after that. */
type Pki = typeof import('../../../src/main/core/pki/index.ts');
type Fixtures = typeof import('../../fixtures/pki.ts');
let pki: Pki;
let fixtures: Fixtures;
beforeAll(async () => {
  openGaps();
  pki = await import('../../../src/main/core/pki/index.ts');
  fixtures = await import('../../fixtures/pki.ts');
});

describe('without what Electron lacks', () => {
  it.each([
    ['rsa-2048', {}],
    ['rsa-2048', { pss: true, digest: 'sha512' }],
    ['p-256', {}],
    ['p-384', {}],
    ['p-521', {}],
    ['ed25519', {}],
  ] as const)('%s %j signs, and the signature is verified', async (kind, wish) => {
    const who = fixtures.issue({ name: 'Uji', kind });
    const signer = pki.signerFromPkcs8(who.privateKey, who.certificate, who.chain, wish);
    const data = Buffer.from('surat');
    const messageDigest = pki.digest(signer.algorithm.digest, [data]);
    const parsed = pki.parseSignedData(await pki.buildSignedData({ signer, messageDigest }));
    const [info] = parsed.signerInfos;
    if (!info) throw new Error('no signer');
    const check = pki.verifySignerInfo(info, pki.parseCertificate(who.certificate), parsed.contentType, [
      data,
    ]);
    expect(check).toMatchObject({ digestMatches: true, signature: 'valid', contradictions: [] });
  });

  it('a key marked for PSS only is used as a plain one', async () => {
    const issuer = fixtures.issue({ name: 'CA Uji', ca: true });
    const who = fixtures.issue({ name: 'Uji', kind: 'rsa-pss-2048', issuer });
    const signer = pki.signerFromPkcs8(who.privateKey, who.certificate, who.chain);
    expect(signer.algorithm.kind).toBe('rsa-pss');
    expect((await signer.sign(Buffer.from('surat'))).length).toBe(256);
    // BoringSSL would refuse the mark: nothing here may hand it one
    const { privateKeyFromPkcs8 } = await import('../../../src/main/core/pki/private-key.ts');
    expect(privateKeyFromPkcs8(who.privateKey).asymmetricKeyType).toBe('rsa');
    expect(createPrivateKey({ key: who.privateKey, format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe(
      'rsa-pss',
    );
  });

  it('the in-house CA works', async () => {
    const made = await pki.createAuthority('Pemkab', new Date());
    const [root, issuing] = [made.rootCertificate, made.issuingCertificate].map(pki.parseCertificate);
    if (!root || !issuing) throw new Error('no certificates');
    expect(pki.issuedBy(issuing, root)).toBe('valid');
  });
});
