import { constants, createHash, createSign, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { byteString } from '../../../src/main/core/pdf/index.ts';
import { octetStringOf } from '../../../src/main/core/pki/der/write.ts';
import {
  portableDigest,
  portableEcdsa,
  portableEd448,
  portablePss,
  portableRsa,
} from '../../../src/main/core/pki/portable.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { SignatureReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import { signByHand } from './sign-by-hand.ts';

/** What Electron lacks, held against plain Node, which has it. */

const data = Buffer.from('Dengan hormat');
const flipped = (bytes: Uint8Array, at = 9): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

test.each(['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'ripemd160'])('%s', (name) => {
  expect(portableDigest(name, [data.subarray(0, 4), data.subarray(4)])).toEqual(
    createHash(name).update(data).digest(),
  );
  expect(portableDigest('sha256', [data])).toBe(null);
});

test('SHAKE256 gives the 64 octets that Ed448 asks for', () => {
  expect(portableDigest('shake256', [data])).toEqual(
    createHash('shake256', { outputLength: 64 }).update(data).digest(),
  );
});

describe('ECDSA', () => {
  test.each([
    ['prime256v1', 'P-256', 'sha256'],
    ['secp384r1', 'P-384', 'sha3-384'],
    ['secp521r1', 'P-521', 'sha512'],
    ['secp256k1', 'secp256k1', 'sha256'],
    ['brainpoolP256r1', 'brainpoolP256r1', 'sha256'],
    ['brainpoolP384r1', 'brainpoolP384r1', 'sha512'],
    ['brainpoolP512r1', 'brainpoolP512r1', 'sha256'],
  ])('%s with its own or another length of digest', (namedCurve, name, hash) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const size = (Number(/\d{3}/.exec(name)?.[0]) + 7) >> 3;
    const point = spki.subarray(spki.length - 2 * size - 1);
    const made = createHash(hash).update(data).digest();
    for (const [format, dsaEncoding] of [
      ['der', 'der'],
      ['compact', 'ieee-p1363'],
    ] as const) {
      const value = sign(hash, data, { key: privateKey, dsaEncoding });
      expect(portableEcdsa(name, point, made, value, format)).toBe(true);
      expect(portableEcdsa(name, point, flipped(made), value, format)).toBe(false);
      expect(portableEcdsa(name, point, made, flipped(value), format)).toBe(false);
      expect(portableEcdsa(name, Buffer.alloc(5), made, value, format)).toBe(false);
    }
    expect(portableEcdsa('sect163k1', point, made, Buffer.alloc(8), 'der')).toBe(null);
  });
});

test('Ed448', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed448');
  const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-57);
  const value = sign(null, data, privateKey);
  expect(portableEd448(key, data, value)).toBe(true);
  expect(portableEd448(key, flipped(data), value)).toBe(false);
  expect(portableEd448(key, data, flipped(value))).toBe(false);
  expect(portableEd448(Buffer.alloc(3), data, value)).toBe(false);
});

describe.each([2048, 2049, 3072])('RSA of %i bits with SHA-3', (modulusLength) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const hash = createHash('sha3-256').update(data).digest();
  const made = (key: KeyObject, more: object): Buffer =>
    createSign('sha3-256')
      .update(data)
      .sign({ key, ...more });

  test('PKCS #1', () => {
    const value = made(privateKey, {});
    expect(portableRsa(publicKey, 'sha3-256', hash, value)).toBe(true);
    expect(portableRsa(publicKey, 'sha3-256', flipped(hash), value)).toBe(false);
    expect(portableRsa(publicKey, 'sha3-384', hash, value)).toBe(false);
    expect(portableRsa(publicKey, 'sha3-256', hash, flipped(value))).toBe(false);
  });

  test.each([0, 20, 32])('PSS with a salt of %i', (saltLength) => {
    const value = made(privateKey, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
    expect(portablePss(publicKey, 'sha3-256', saltLength, hash, value)).toBe(true);
    expect(portablePss(publicKey, 'sha3-256', saltLength + 1, hash, value)).toBe(false);
    expect(portablePss(publicKey, 'sha3-256', saltLength, flipped(hash), value)).toBe(false);
    expect(portablePss(publicKey, 'sha3-256', saltLength, hash, flipped(value))).toBe(false);
  });
});

describe('/SubFilter /adbe.x509.rsa_sha1', () => {
  const make =
    (who: TestCertificate, hash: string, change: (value: Buffer) => Buffer = (value) => value) =>
    (signed: Uint8Array): Uint8Array =>
      octetStringOf(change(createSign(hash).update(signed).sign(who.keys.privateKey)));
  const judge = async (
    hash: string,
    change?: (value: Buffer) => Buffer,
    cert = true,
  ): Promise<SignatureReport> => {
    const { rsa } = testPki();
    const bytes = await signByHand(await inputPdf('table'), make(rsa, hash, change), {
      subFilter: 'adbe.x509.rsa_sha1',
      entries: cert ? { Cert: byteString(rsa.certificate, true) } : {},
    });
    const report = await verifyPdf({
      file: 'surat.pdf',
      bytes,
      trust: [{ der: testPki().root.certificate, psre: false }],
      at: fixedNow.toISOString(),
      language: 'en',
      password: null,
    });
    const [one] = report.signatures;
    if (!one) throw new Error('no signature');
    return one;
  };

  test.each([
    ['sha1', 'SHA-1', true],
    ['sha256', 'SHA-256', false],
    ['sha512', 'SHA-512', false],
  ])('%s', async (hash, title, weak) => {
    const one = await judge(hash);
    expect(one).toMatchObject({ integrity: true, level: 'CMS', digestAlgorithm: title });
    expect(one.signer?.subject).toContain('Rahayu');
    expect(one.problems.some(({ code }) => code === 'DIGEST_WEAK')).toBe(weak);
  });

  test('a wrong value, and no certificate', async () => {
    expect(await judge('sha256', flipped)).toMatchObject({ integrity: false, indication: 'TOTAL-FAILED' });
    expect(await judge('sha256', undefined, false)).toMatchObject({
      integrity: null,
      indication: 'INDETERMINATE',
    });
    expect(await judge('sha256', () => Buffer.alloc(0))).toMatchObject({ integrity: false });
  });
});
