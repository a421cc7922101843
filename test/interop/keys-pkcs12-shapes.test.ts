import { createHmac, randomBytes } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  children,
  content,
  inside,
  octetString,
  raw,
  readOuter,
  sequenceOf,
} from '../../src/main/core/pki/der/read.ts';
import type { Element } from '../../src/main/core/pki/der/read.ts';
import {
  integer,
  nullValue,
  objectIdentifier,
  octetStringOf,
  sequence,
} from '../../src/main/core/pki/der/write.ts';
import { openPkcs12, parseCertificate, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { kdfPurpose, pkcs12Kdf } from '../../src/main/core/pki/pkcs12/ciphers.ts';
import { pem, testPki } from '../fixtures/pki.ts';
import type { TestCertificate } from '../fixtures/pki.ts';

/** PKCS#12 files in the shapes of other makers: Java's keytool itself, the rest rebuilt where the tool is not here. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-p12-shapes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const passphrase = 'rahasia 1 żółć';
const pki = testPki();

function exported(who: TestCertificate, secret: string, options: readonly string[]): Buffer {
  writeFileSync(path('cert.pem'), pem('CERTIFICATE', who.certificate));
  // issuers farthest first: nothing says that a file orders them
  writeFileSync(
    path('chain.pem'),
    who.chain
      .toReversed()
      .map((der) => pem('CERTIFICATE', der))
      .join(''),
  );
  writeFileSync(path('key.pem'), pem('PRIVATE KEY', who.privateKey));
  writeFileSync(path('pass'), `${secret}\n`);
  const input = ['-inkey', path('key.pem'), '-in', path('cert.pem'), '-certfile', path('chain.pem')];
  const output = ['-passout', `file:${path('pass')}`, '-out', path('out.p12')];
  execFileSync('openssl', ['pkcs12', '-export', ...input, ...output, ...options], { stdio: 'pipe' });
  return readFileSync(path('out.p12'));
}

function expectWhole(file: Uint8Array, who: TestCertificate, secret = passphrase): void {
  const opened = openPkcs12(file, secret);
  expect(opened.privateKey.equals(who.privateKey)).toBe(true);
  expect(Buffer.compare(opened.certificate, who.certificate)).toBe(0);
  expect(opened.chain.map((der) => Buffer.from(der))).toEqual(who.chain.map((der) => Buffer.from(der)));
  expect(() => openPkcs12(file, 'salah')).toThrow(expect.objectContaining({ code: 'P12_PASSPHRASE_WRONG' }));
}

describe('Windows', () => {
  const marks = [
    '-name',
    'Siti Rahayu',
    '-CSP',
    'Microsoft Enhanced RSA and AES Cryptographic Provider',
    '-LMK',
  ];
  const both = (cipher: string): string[] => ['-keypbe', cipher, '-certpbe', cipher, '-iter', '2000'];
  it.each([
    ['TripleDES-SHA1', both('PBE-SHA1-3DES'), 'sha1'],
    ['AES256-SHA256', both('aes-256-cbc'), 'sha256'],
  ] as const)('%s, with friendly name, CSP name and local machine attributes', (_, ciphers, mac) => {
    for (const who of [pki.rsa, pki.p384]) {
      expectWhole(exported(who, passphrase, [...marks, '-keysig', ...ciphers, '-macalg', mac]), who);
    }
  });
});

/** An element and all below it with indefinite lengths; strings of octets in segments (X.690 §8.1.3.6, §8.7.3). */
function indefinite(element: Element): Buffer {
  const end = Buffer.of(0, 0);
  if ((element.tag & 0x20) !== 0) {
    return Buffer.concat([Buffer.of(element.tag, 0x80), ...children(element).map(indefinite), end]);
  }
  const isString = element.tag === 0x04 || element.tag === 0x80;
  return isString ? segmented(element.tag, content(element)) : Buffer.from(raw(element));
}

function segmented(tag: number, bytes: Uint8Array): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 100) pieces.push(octetStringOf(bytes.subarray(at, at + 100)));
  return Buffer.concat([Buffer.of(tag | 0x20, 0x80), ...pieces, Buffer.of(0, 0)]);
}

/** The same safes in BER all the way down, under a new SHA-1 code, as NSS and Apple's Security framework stream them. */
function streamed(file: Uint8Array, secret: string): Buffer {
  const [, authSafe] = sequenceOf(readOuter(file));
  const [, wrapped] = sequenceOf(authSafe);
  if (!wrapped) throw new Error('no safe');
  const safes = indefinite(readOuter(octetString(inside(wrapped))));
  const salt = randomBytes(8);
  const bmp = Buffer.from(`${secret}\0`, 'utf16le').swap16();
  const key = pkcs12Kdf('sha1', kdfPurpose.mac, bmp, salt, 1, 20);
  const code = createHmac('sha1', key).update(safes).digest();
  const sha1 = sequence(objectIdentifier('1.3.14.3.2.26'), nullValue());
  const end = Buffer.of(0, 0);
  const data = Buffer.concat([
    objectIdentifier('1.2.840.113549.1.7.1'),
    Buffer.of(0xa0, 0x80),
    segmented(0x04, safes),
    end,
  ]);
  const outer = [
    integer(3),
    Buffer.of(0x30, 0x80),
    data,
    end,
    sequence(sequence(sha1, octetStringOf(code)), octetStringOf(salt)),
  ];
  return Buffer.concat([Buffer.of(0x30, 0x80), ...outer, end]);
}

describe('macOS Keychain and Firefox', () => {
  it.each([
    ['3DES key, RC2-40 certificates', ['-legacy']],
    ['AES', []],
  ])('BER with indefinite lengths: %s', (_, options) => {
    for (const who of [pki.rsa, pki.p256]) {
      const file = streamed(exported(who, passphrase, options), passphrase);
      expect(file.subarray(0, 2).toString('hex')).toBe('3080');
      expectWhole(file, who);
    }
  });
});

const keytool = spawnSync('keytool', ['-help']).error === undefined;
describe.skipIf(!keytool)('Java keytool (skipped where no Java runtime is installed)', () => {
  const made = (algorithm: readonly string[], legacy: boolean): Buffer => {
    rmSync(path('java.p12'), { force: true });
    const store = [
      '-keystore',
      path('java.p12'),
      '-storetype',
      'PKCS12',
      '-storepass:file',
      path('java-pass'),
    ];
    writeFileSync(path('java-pass'), 'rahasia-java');
    const who = ['-alias', 'siti', '-dname', 'CN=Siti Rahayu, O=Uji, C=ID', '-validity', '30'];
    const old = legacy ? ['-J-Dkeystore.pkcs12.legacy=true'] : [];
    execFileSync('keytool', ['-genkeypair', ...algorithm, ...store, ...who, ...old], { stdio: 'pipe' });
    return readFileSync(path('java.p12'));
  };
  it.each([
    ['RSA', ['-keyalg', 'RSA', '-keysize', '2048'], false, 'RSA-2048'],
    ['RSA, legacy', ['-keyalg', 'RSA', '-keysize', '2048'], true, 'RSA-2048'],
    ['EC', ['-keyalg', 'EC', '-groupname', 'secp256r1'], false, 'ECDSA P-256'],
    ['EC, legacy', ['-keyalg', 'EC', '-groupname', 'secp384r1'], true, 'ECDSA P-384'],
    ['Ed25519', ['-keyalg', 'Ed25519'], false, 'Ed25519'],
    ['RSASSA-PSS', ['-keyalg', 'RSASSA-PSS', '-keysize', '2048'], false, 'RSA-PSS-2048'],
  ] as const)('%s', async (_, algorithm, legacy, title) => {
    const file = made(algorithm, legacy);
    const opened = openPkcs12(file, 'rahasia-java');
    const certificate = parseCertificate(opened.certificate);
    expect(certificate.key.title).toBe(title);
    expect(certificate.commonName).toBe('Siti Rahayu');
    const signer = signerFromPkcs8(opened.privateKey, opened.certificate, opened.chain);
    expect((await signer.sign(Buffer.from('uji'))).length).toBeGreaterThan(60);
    expect(() => openPkcs12(file, 'salah')).toThrow(
      expect.objectContaining({ code: 'P12_PASSPHRASE_WRONG' }),
    );
  });
});
