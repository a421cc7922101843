import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  buildChain,
  certificateScheme,
  checkSigningCertificate,
  createTestIdentity,
  parseCertificate,
  readCertificates,
  signerFromPkcs8,
} from '../../../src/main/core/pki/index.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import { crlUrl, fixedNow, issue, pem, testPki } from '../../fixtures/pki.ts';

const pki = testPki();
const unreadable = expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE' });

describe('parseCertificate', () => {
  it('reads what node:crypto reads', () => {
    for (const who of [pki.root, pki.intermediate, pki.rsa, pki.p384]) {
      const ours = parseCertificate(who.certificate);
      const theirs = new X509Certificate(who.certificate);
      expect(ours.serial).toBe(theirs.serialNumber);
      expect(ours.fingerprint).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
      expect(ours.notBefore).toEqual(theirs.validFromDate);
      expect(ours.notAfter).toEqual(theirs.validToDate);
      expect(ours.subject.split(', ').reverse().join('\n')).toBe(theirs.subject);
      expect(ours.issuer.split(', ').reverse().join('\n')).toBe(theirs.issuer);
      expect(ours.basicConstraints?.ca).toBe(theirs.ca);
      expect(Buffer.from(ours.publicKeyInfo)).toEqual(
        theirs.publicKey.export({ type: 'spki', format: 'der' }),
      );
    }
  });

  it('describes the leaf', () => {
    const rsa = parseCertificate(pki.rsa.certificate);
    expect(rsa.commonName).toBe('Siti Żółw Rahayu');
    expect(rsa.issuerCommonName).toBe('CA Antara Uji');
    expect(rsa.key.title).toBe('RSA-2048');
    expect(rsa.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(rsa.crlUrls).toEqual([crlUrl]);
    expect(rsa.ocspUrls).toEqual([]);
    expect(rsa.namesRevocation).toBe(true);
    expect(parseCertificate(pki.root.certificate).namesRevocation).toBe(false);
    expect(certificateScheme(rsa)).toEqual({ kind: 'ecdsa', hash: 'sha256' });
    expect(rsa.selfIssued).toBe(false);
    expect(parseCertificate(pki.p384.certificate).key).toMatchObject({ curve: 'P-384', bits: 384 });
    const { authorityKeyIdentifier } = rsa;
    expect(authorityKeyIdentifier).toEqual(
      parseCertificate(pki.intermediate.certificate).subjectKeyIdentifier,
    );
  });

  it('refuses what is cut, padded with data, or not a certificate', () => {
    const der = Buffer.from(pki.p256.certificate);
    expect(() => parseCertificate(der.subarray(0, -1))).toThrow(unreadable);
    expect(() => parseCertificate(Buffer.concat([der, Buffer.of(7)]))).toThrow(unreadable);
    expect(() => parseCertificate(pki.p256.privateKey)).toThrow(unreadable);
    expect(() => parseCertificate(new Uint8Array())).toThrow(unreadable);
  });

  it('refuses an extension given twice', () => {
    const twice = [0, 1].map(() => extension('1.2.3.4', false, Buffer.of(5, 0)));
    const { certificate } = issue({ name: 'Dua kali', extra: twice });
    expect(() => parseCertificate(certificate)).toThrow(unreadable);
  });

  it('every single flipped byte is refused or breaks the signature', () => {
    const root = parseCertificate(pki.root.certificate);
    const der = Buffer.from(pki.intermediate.certificate);
    for (let at = 0; at < der.length; at += 3) {
      const flipped = Buffer.from(der);
      flipped[at] = (flipped[at] ?? 0) ^ 0x01;
      let ok: boolean;
      try {
        ok = buildChain(parseCertificate(flipped), [], [root], fixedNow).ok;
      } catch {
        ok = false;
      }
      expect(ok, `byte ${at}`).toBe(false);
    }
  });
});

describe('readCertificates', () => {
  it('reads DER, one PEM and many', () => {
    const { certificate } = pki.root;
    const one = pem('CERTIFICATE', certificate);
    expect(readCertificates(certificate)).toHaveLength(1);
    expect(readCertificates(Buffer.from(`Subject: CA\r\n${one.replaceAll('\n', '\r\n')}`))).toHaveLength(1);
    const many = readCertificates(Buffer.from(one + pem('CERTIFICATE', pki.intermediate.certificate)));
    expect(many.map((der) => parseCertificate(der).commonName)).toEqual(['CA Akar Uji', 'CA Antara Uji']);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('bukan sertifikat')],
    ['a private key', Buffer.from(pem('PRIVATE KEY', pki.p256.privateKey))],
    ['a cut certificate', Buffer.from(pem('CERTIFICATE', pki.root.certificate.subarray(0, 100)))],
  ])('refuses %s', (_, bytes) => {
    expect(() => readCertificates(bytes)).toThrow(expect.objectContaining({ code: 'ANCHOR_UNREADABLE' }));
  });
});

describe('checkSigningCertificate', () => {
  const check = (der: Uint8Array): void => checkSigningCertificate(parseCertificate(der), fixedNow);

  it('takes good ones', () => {
    for (const who of [pki.rsa, pki.p256, pki.p384, pki.p521])
      expect(() => check(who.certificate)).not.toThrow();
    expect(() => check(issue({ name: 'Surel', purposes: ['1.3.6.1.5.5.7.3.4'] }).certificate)).not.toThrow();
  });

  it.each([
    ['expired', pki.expired.certificate, 'CERTIFICATE_EXPIRED', { date: '2026-06-30' }],
    ['future', pki.future.certificate, 'CERTIFICATE_NOT_YET_VALID', { date: '2027-01-01' }],
    ['wrong usage', pki.wrongUsage.certificate, 'CERTIFICATE_WRONG_USAGE', undefined],
    ['a CA', pki.intermediate.certificate, 'CERTIFICATE_WRONG_USAGE', undefined],
    [
      'a TLS server',
      issue({ name: 'TLS', purposes: ['1.3.6.1.5.5.7.3.1'] }).certificate,
      'CERTIFICATE_WRONG_USAGE',
      undefined,
    ],
    [
      'RSA-1024',
      issue({ name: 'Lemah', kind: 'rsa-1024' }).certificate,
      'KEY_UNSUPPORTED',
      { algorithm: 'RSA-1024' },
    ],
  ])('refuses %s', (_, der, code, params) => {
    expect(() => check(der)).toThrow(expect.objectContaining({ code, params }));
  });
});

describe('signerFromPkcs8', () => {
  it("refuses a key that is not the certificate's, of the same and of another type", () => {
    const mismatch = expect.objectContaining({ code: 'KEY_MISMATCH' });
    for (const other of [pki.p256, pki.p384, issue({ name: 'Lain', kind: 'rsa-2048' })]) {
      expect(() => signerFromPkcs8(other.privateKey, pki.rsa.certificate, [])).toThrow(mismatch);
    }
    expect(() => signerFromPkcs8(Buffer.from('x'), pki.rsa.certificate, [])).toThrow(mismatch);
  });
});

describe('createTestIdentity', () => {
  it('makes a leaf that may sign, under a root of its own', async () => {
    const person = { commonName: 'Siti Rahayu ✓', organisation: 'Dinas Kominfo', unit: '' };
    const identity = await createTestIdentity(person, fixedNow);
    const leaf = parseCertificate(identity.certificate);
    const root = parseCertificate(identity.chain[0] ?? Buffer.alloc(0));
    expect(() => checkSigningCertificate(leaf, fixedNow)).not.toThrow();
    expect(buildChain(leaf, [], [root], fixedNow).ok).toBe(true);
    expect(leaf.subject).toBe('CN=Siti Rahayu ✓, O=Dinas Kominfo, C=ID');
    expect(root.commonName).toMatch(/^CA Uji E-Letter [0-9A-F]{6}$/);
    expect([leaf.key.title, root.key.title]).toEqual(['RSA-2048', 'RSA-3072']);
    expect(leaf.notAfter.toISOString()).toBe('2028-11-22T03:00:00.000Z');
    expect(leaf.crlUrls).toEqual([]);
    expect(() => signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain)).not.toThrow();
    expect(new X509Certificate(identity.certificate).verify(new X509Certificate(root.der).publicKey)).toBe(
      true,
    );
  });
});
