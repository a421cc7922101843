import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/main/cli/run.ts';
import type { VerificationReport } from '../../src/main/core/contract/index.ts';
import {
  buildSignedData,
  findSigner,
  parseCertificate,
  parseSignedData,
  schemeName,
  signedDataSize,
  signerFromPkcs8,
  verifySignerInfo,
} from '../../src/main/core/pki/index.ts';
import type { AlgorithmWish } from '../../src/main/core/pki/index.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { issue, pem, testPki } from '../fixtures/pki.ts';
import type { KeyKind, TestCertificate } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** Every algorithm that a key can sign with here: our own reader and `openssl cms -verify` both accept the CMS. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const data = Buffer.from('Dengan hormat, bersama ini disampaikan …');

const pki = testPki();
const holders = new Map<KeyKind, TestCertificate>();
function holder(kind: KeyKind): TestCertificate {
  const found = holders.get(kind) ?? issue({ name: `Pemegang ${kind}`, kind, issuer: pki.intermediate });
  holders.set(kind, found);
  return found;
}

async function signed(who: TestCertificate, wish: AlgorithmWish): Promise<{ cms: Buffer; room: number }> {
  const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain, wish);
  const messageDigest = createHash(signer.algorithm.digest).update(data).digest();
  return { cms: await buildSignedData({ messageDigest, signer }), room: signedDataSize(signer) };
}

function ourVerdict(cms: Uint8Array, content: Buffer): string {
  const parsed = parseSignedData(cms);
  const [info] = parsed.signerInfos;
  const certificates = parsed.certificates.map(parseCertificate);
  const certificate = info && findSigner(info, certificates);
  if (!info || !certificate) return 'no signer';
  const check = verifySignerInfo(info, certificate, parsed.contentType, [content]);
  const good = check.digestMatches && check.signature === 'valid' && check.contradictions.length === 0;
  return good && check.scheme ? schemeName(check.scheme) : 'bad';
}

function opensslVerdict(cms: Uint8Array, content: Buffer): string {
  writeFileSync(path('cms.der'), cms);
  writeFileSync(path('content'), content);
  writeFileSync(path('root.pem'), pem('CERTIFICATE', pki.root.certificate));
  const io = ['-inform', 'DER', '-in', path('cms.der'), '-content', path('content'), '-out', path('out')];
  const trust = ['-CAfile', path('root.pem'), '-purpose', 'any', '-attime', '1795316400'];
  return spawnSync('openssl', ['cms', '-verify', '-binary', ...io, ...trust], { encoding: 'utf8' }).stderr;
}

const digests = ['sha256', 'sha384', 'sha512'] as const;
const cases: (readonly [KeyKind, AlgorithmWish, string])[] = [
  ...(['rsa-2048', 'rsa-3072', 'rsa-4096'] as const).flatMap((kind) =>
    digests.flatMap((digest) => [
      [kind, { digest }, `RSA-PKCS1/SHA-${digest.slice(3)}`] as const,
      [kind, { digest, pss: true }, `RSA-PSS/SHA-${digest.slice(3)}`] as const,
    ]),
  ),
  ['rsa-pss-2048', {}, 'RSA-PSS/SHA-256'],
  ...(['p-256', 'p-384', 'p-521'] as const).flatMap((kind) =>
    digests.map((digest) => [kind, { digest }, `ECDSA/SHA-${digest.slice(3)}`] as const),
  ),
  ['p-256', {}, 'ECDSA/SHA-256'],
  ['p-384', {}, 'ECDSA/SHA-384'],
  ['p-521', {}, 'ECDSA/SHA-512'],
];

describe.each(cases)('%s %j', (kind, wish, name) => {
  it('is accepted by us and by openssl, and fits the room reserved for it', async () => {
    const { cms, room } = await signed(holder(kind), wish);
    expect(cms.length).toBeLessThanOrEqual(room);
    expect(ourVerdict(cms, data)).toBe(name);
    expect(opensslVerdict(cms, data)).toContain('Verification successful');
    const other = Buffer.from('lain');
    expect(ourVerdict(cms, other)).toBe('bad');
    expect(opensslVerdict(cms, other)).toContain('Verification failure');
  });
});

describe('Ed25519', () => {
  it('is accepted by us, with the digest that RFC 8419 fixes, whatever was wished', async () => {
    const { cms, room } = await signed(holder('ed25519'), { digest: 'sha256', pss: true });
    expect(cms.length).toBeLessThanOrEqual(room);
    expect(ourVerdict(cms, data)).toBe('EdDSA');
    expect(ourVerdict(cms, Buffer.from('lain'))).toBe('bad');
    const [info] = parseSignedData(cms).signerInfos;
    expect(info?.digestAlgorithm.oid).toBe('2.16.840.1.101.3.4.2.3');
    expect(info?.signatureAlgorithm).toEqual({ oid: '1.3.101.112', parameters: null });
  });

  // The cms command of OpenSSL 3.0 hands Ed25519 a digest and fails on every such CMS; so openssl judges the
  // signature value over the signed attributes instead.
  it('the value over the signed attributes is accepted by openssl pkeyutl', async () => {
    const who = holder('ed25519');
    const [info] = parseSignedData((await signed(who, {})).cms).signerInfos;
    writeFileSync(path('key.der'), parseCertificate(who.certificate).publicKeyInfo);
    writeFileSync(path('attributes'), info?.signedAttributes?.toBeSigned ?? '');
    writeFileSync(path('value'), info?.signature ?? '');
    const key = ['-pubin', '-inkey', path('key.der'), '-keyform', 'DER'];
    const io = ['-rawin', '-in', path('attributes'), '-sigfile', path('value')];
    const judge = (): string =>
      spawnSync('openssl', ['pkeyutl', '-verify', ...key, ...io], { encoding: 'utf8' }).stdout;
    expect(judge()).toContain('Verified Successfully');
    writeFileSync(path('attributes'), 'lain');
    expect(judge()).toContain('Verification Failure');
  });
});

describe('keys that are too weak or unknown', () => {
  it.each(['rsa-1024', 'secp256k1'] as const)('%s is refused', async (kind) => {
    await expect(signed(holder(kind), {})).rejects.toMatchObject({ code: 'KEY_UNSUPPORTED' });
  });
});

describe('eletter sign', () => {
  const said: string[] = [];
  const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
  const eletter = (...argv: string[]): Promise<number> => runCommand(argv, environment);
  beforeAll(() => {
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  });
  afterAll(() => vi.restoreAllMocks());

  it.each([
    ['rsa-2048', ['--pss', '--digest', 'sha512'], 'RSA-PSS/SHA-512'],
    ['rsa-2048', ['--digest', 'sha384'], 'RSA-PKCS1/SHA-384'],
    ['ed25519', [], 'EdDSA'],
  ] as const)('%s %j', async (kind, options, name) => {
    const who = holder(kind);
    writeFileSync(path('key.pem'), pem('PRIVATE KEY', who.privateKey));
    writeFileSync(path('cert.pem'), pem('CERTIFICATE', who.certificate));
    writeFileSync(path('pass'), 'rahasia\n');
    writeFileSync(path('in.pdf'), await inputPdf('stream'));
    const files = ['-inkey', path('key.pem'), '-in', path('cert.pem'), '-out', path('who.p12')];
    spawnSync('openssl', ['pkcs12', '-export', ...files, '-passout', `file:${path('pass')}`]);
    const sign = ['sign', path('in.pdf'), '--p12', path('who.p12'), '--passphrase-file', path('pass')];
    expect(await eletter(...sign, '--out', path('out.pdf'), ...options), said.join('\n')).toBe(0);
    await eletter('verify', path('out.pdf'), '--json');
    const report = JSON.parse(said.at(-1) ?? '') as VerificationReport;
    expect(report.signatures).toMatchObject([{ integrity: true, signatureAlgorithm: name, level: 'B-B' }]);
    expect(spawnSync('qpdf', ['--check', path('out.pdf')]).status).toBe(0);
  });
});
