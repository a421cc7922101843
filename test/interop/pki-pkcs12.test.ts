import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/main/core/contract/errors.ts';
import { openPkcs12, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { issue, pem, testPki } from '../fixtures/pki.ts';
import type { TestCertificate } from '../fixtures/pki.ts';

/** PKCS#12 files as OpenSSL writes them, in every encryption that it offers. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-p12-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, args: readonly string[]): Buffer => execFileSync(tool, args, { stdio: 'pipe' });

function exported(
  who: TestCertificate,
  passphrase: string,
  options: readonly string[],
  key: Buffer | null = who.privateKey,
): Buffer {
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('cert.pem'), pem('CERTIFICATE', who.certificate));
  writeFileSync(path('chain.pem'), who.chain.map((der) => pem('CERTIFICATE', der)).join(''));
  writeFileSync(path('pass'), `${passphrase}\n`);
  if (key) writeFileSync(path('key.pem'), pem('PRIVATE KEY', key));
  const keyOptions = key ? ['-inkey', path('key.pem')] : ['-nokeys'];
  const certificates = ['-in', path('cert.pem'), '-certfile', path('chain.pem')];
  const pass = ['-passout', `file:${path('pass')}`];
  const all = [
    'pkcs12',
    '-export',
    ...keyOptions,
    ...certificates,
    ...pass,
    '-out',
    path('out.p12'),
    ...options,
  ];
  run('openssl', all);
  return readFileSync(path('out.p12'));
}

const both = (cipher: string): string[] => ['-keypbe', cipher, '-certpbe', cipher];
const kinds: Readonly<Record<string, readonly string[]>> = {
  'OpenSSL 3 default (AES-256, SHA-256)': [],
  'AES-128': both('aes-128-cbc'),
  'AES-192, SHA-512 MAC': [...both('aes-192-cbc'), '-macalg', 'sha512'],
  '3DES in PBES2': both('des-ede3-cbc'),
  'legacy (RC2-40 and 3DES)': ['-legacy'],
  'RC2-40': ['-legacy', ...both('PBE-SHA1-RC2-40')],
  'RC2-128': ['-legacy', ...both('PBE-SHA1-RC2-128')],
  '3DES, SHA-1 MAC': [...both('PBE-SHA1-3DES'), '-macalg', 'sha1'],
  'no encryption': both('NONE'),
  'no MAC': ['-nomac'],
  'many iterations': ['-iter', '100000'],
};

describe.each(Object.entries(kinds))('%s', (_, options) => {
  const pki = testPki();
  it.each([
    ['RSA', pki.rsa, 'rahasia-1'],
    ['EC', pki.p384, 'rahasia-1'],
    ['RSA, non-ASCII passphrase', pki.rsa, 'sandi Żółć ✓ 🔑'],
    ['EC, empty passphrase', pki.p256, ''],
  ] as const)('%s', (_name, who, passphrase) => {
    const opened = openPkcs12(exported(who, passphrase, options), passphrase);
    expect(opened.privateKey.equals(who.privateKey)).toBe(true);
    expect(Buffer.compare(opened.certificate, who.certificate)).toBe(0);
    expect(opened.chain.map((der) => Buffer.from(der))).toEqual(who.chain.map((der) => Buffer.from(der)));
    expect(() => signerFromPkcs8(opened.privateKey, opened.certificate, opened.chain)).not.toThrow();
  });

  if (!options.includes('NONE')) {
    it('wrong passphrase', () => {
      const file = exported(pki.p256, 'benar', options);
      expect(() => openPkcs12(file, 'salah')).toThrow(
        expect.objectContaining({ code: 'P12_PASSPHRASE_WRONG' }),
      );
    });
  }
});

describe('refusals', () => {
  const pki = testPki();

  it.each([
    ['camellia-256-cbc', 'Camellia-256-CBC', []],
    ['aria-256-cbc', 'ARIA-256-CBC', []],
    ['PBE-SHA1-RC4-128', 'RC4-128', ['-legacy']],
  ] as const)('%s is named, whatever the passphrase', (cipher, name, more) => {
    const file = exported(pki.p256, 'benar', [...both(cipher), ...more]);
    for (const passphrase of ['benar', 'salah']) {
      expect(() => openPkcs12(file, passphrase)).toThrow(
        expect.objectContaining({ code: 'P12_CIPHER_UNSUPPORTED', params: { cipher: name } }),
      );
    }
  });

  it('an unknown MAC digest is no wrong passphrase', () => {
    const file = exported(pki.p256, 'benar', ['-macalg', 'sha3-256']);
    expect(() => openPkcs12(file, 'benar')).toThrow(
      expect.objectContaining({ code: 'P12_CIPHER_UNSUPPORTED' }),
    );
  });

  it('no key', () => {
    const file = exported(pki.p256, 'benar', [], null);
    expect(() => openPkcs12(file, 'benar')).toThrow(expect.objectContaining({ code: 'P12_NO_KEY' }));
  });

  it('a key that fits none of the certificates', () => {
    // OpenSSL refuses to write one, so the key is exchanged in a file without encryption and MAC
    const other = issue({ name: 'Lain' });
    const file = exported(pki.p256, 'benar', [...both('NONE'), '-nomac']);
    const at = file.indexOf(pki.p256.privateKey);
    expect(at).toBeGreaterThan(0);
    other.privateKey.copy(file, at);
    expect(() => openPkcs12(file, 'benar')).toThrow(expect.objectContaining({ code: 'KEY_MISMATCH' }));
  });

  it('garbage and truncation', () => {
    const file = exported(pki.p256, 'benar', []);
    const unreadable = expect.objectContaining({ code: 'P12_UNREADABLE' });
    expect(() => openPkcs12(Buffer.from('bukan p12'), 'benar')).toThrow(unreadable);
    expect(() => openPkcs12(new Uint8Array(), 'benar')).toThrow(unreadable);
    expect(() => openPkcs12(file.subarray(0, file.length - 9), 'benar')).toThrow(unreadable);
    expect(() => openPkcs12(pki.p256.certificate, 'benar')).toThrow(unreadable);
  });

  it.each([
    ['new', [] as string[]],
    ['old', ['-legacy']],
  ])('a damaged %s file ends in a coded refusal or opens, nothing else', (_, options) => {
    const file = exported(pki.p256, 'benar', [...options, '-iter', '1']);
    for (let at = 0; at < file.length; at += 5) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      try {
        openPkcs12(damaged, 'benar');
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(AppError);
      }
    }
  });

  it('an iteration count that would take hours is refused at once', () => {
    const file = exported(pki.p256, 'benar', ['-iter', '2047']);
    const count = Buffer.from('020207ff', 'hex');
    const at = file.lastIndexOf(count);
    // INTEGER 0x07ff → 0x7fffffff: two octets longer; only the outer lengths that hold it grow
    const grown = Buffer.concat([
      file.subarray(0, at),
      Buffer.from('02047fffffff', 'hex'),
      file.subarray(at + 4),
    ]);
    const mac = grown.lastIndexOf(Buffer.from('3031300d', 'hex')) - 2;
    grown[mac + 1] = (grown[mac + 1] ?? 0) + 2;
    grown.writeUInt16BE(grown.length - 4, 2);
    const began = performance.now();
    expect(() => openPkcs12(grown, 'benar')).toThrow(expect.objectContaining({ code: 'P12_UNREADABLE' }));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
