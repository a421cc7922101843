import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectIdentifier, sequence } from '../../src/main/core/pki/der/write.ts';
import { extension } from '../../src/main/core/pki/x509/issue.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import type { SignatureReport } from '../../src/main/core/contract/verification.ts';
import { fixedNow, issue, pem, testPki } from '../fixtures/pki.ts';
import type { TestCertificate } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { append } from '../unit/pdf/make-pdf.ts';
import { signByHand } from '../unit/verification/sign-by-hand.ts';
import type { HandMade, MakeCms } from '../unit/verification/sign-by-hand.ts';

/** Signature values by openssl: other than ours in every option that a signer may choose. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-openssl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const pki = testPki();

function openssl(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

function keep(name: string, who: TestCertificate): void {
  writeFileSync(path(`${name}.pem`), pem('CERTIFICATE', who.certificate));
  writeFileSync(path(`${name}.key`), pem('PRIVATE KEY', who.privateKey));
}

const timeStamping = extension('2.5.29.37', true, sequence(objectIdentifier('1.3.6.1.5.5.7.3.8')));
const authority = issue({ name: 'Otoritas Waktu Uji', issuer: pki.intermediate, extra: [timeStamping] });

beforeAll(() => {
  for (const name of ['rsa', 'p256', 'p384', 'p521', 'intermediate'] as const) keep(name, pki[name]);
  keep('tsa', authority);
  writeFileSync(
    path('tsa.cnf'),
    `[tsa]\nserial = ${path('serial')}\ndefault_policy = 1.2.3.4\ndigests = sha256, sha1\nordering = no\ness_cert_id_chain = no\n`,
  );
});

const cms =
  (who: string, ...options: readonly string[]): MakeCms =>
  (signed) => {
    writeFileSync(path('signed'), signed);
    const signer = ['-signer', path(`${who}.pem`), '-inkey', path(`${who}.key`)];
    const chain = ['-certfile', path('intermediate.pem')];
    const io = ['-in', path('signed'), '-out', path('cms.der'), '-outform', 'DER'];
    openssl('cms', '-sign', '-binary', ...signer, ...chain, ...options, ...io);
    return readFileSync(path('cms.der'));
  };

const timestamp: MakeCms = (signed) => {
  writeFileSync(path('signed'), signed);
  openssl('ts', '-query', '-data', path('signed'), '-sha256', '-cert', '-no_nonce', '-out', path('query'));
  const signer = ['-signer', path('tsa.pem'), '-inkey', path('tsa.key'), '-chain', path('intermediate.pem')];
  const config = ['-config', path('tsa.cnf'), '-section', 'tsa', '-sha256'];
  openssl(
    'ts',
    '-reply',
    '-queryfile',
    path('query'),
    ...signer,
    ...config,
    '-token_out',
    '-out',
    path('token'),
  );
  return readFileSync(path('token'));
};

async function judge(
  make: MakeCms,
  how: HandMade = {},
  change?: (pdf: Uint8Array) => Uint8Array,
): Promise<SignatureReport> {
  const detached = { subFilter: 'adbe.pkcs7.detached', ...how };
  const made = await signByHand(await inputPdf('table'), make, { capacity: 8_000, ...detached });
  const trust = [{ der: pki.root.certificate, psre: false }];
  const { signatures } = await verifyPdf({
    file: 'x.pdf',
    bytes: change ? change(made) : made,
    trust,
    at: fixedNow.toISOString(),
    language: 'en',
    password: null,
  });
  const [one] = signatures;
  if (!one) throw new Error('no signature');
  return one;
}

const codes = (report: SignatureReport): readonly string[] => report.problems.map(({ code }) => code);
/** One byte of the page's text, far from all structure. */
const tampered = (pdf: Uint8Array): Uint8Array => {
  const at = Buffer.from(pdf).indexOf('595');
  return pdf.map((byte, index) => (index === at ? byte + 1 : byte));
};

describe('values that are right', () => {
  test.each([
    ['rsa', ['-md', 'sha256'], 'SHA-256', 'RSA-PKCS1/SHA-256'],
    ['rsa', ['-md', 'sha384'], 'SHA-384', 'RSA-PKCS1/SHA-384'],
    ['rsa', ['-md', 'sha512'], 'SHA-512', 'RSA-PKCS1/SHA-512'],
    ['rsa', ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss'], 'SHA-256', 'RSA-PSS/SHA-256'],
    [
      'rsa',
      ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:20'],
      'SHA-512',
      'RSA-PSS/SHA-512',
    ],
    ['p256', ['-md', 'sha256'], 'SHA-256', 'ECDSA/SHA-256'],
    ['p384', ['-md', 'sha384'], 'SHA-384', 'ECDSA/SHA-384'],
    ['p521', ['-md', 'sha512'], 'SHA-512', 'ECDSA/SHA-512'],
    ['rsa', ['-noattr'], 'SHA-256', 'RSA-PKCS1/SHA-256'],
    ['p256', ['-noattr'], 'SHA-256', 'ECDSA/SHA-256'],
    ['p256', ['-keyid'], 'SHA-256', 'ECDSA/SHA-256'],
  ])('%s %j', async (who, options, digestAlgorithm, signatureAlgorithm) => {
    const one = await judge(cms(who, ...options));
    expect(one).toMatchObject({ integrity: true, level: 'CMS', digestAlgorithm, signatureAlgorithm });
    expect(codes(one)).toEqual(['REVOCATION_NOT_CHECKED']);
    expect((await judge(cms(who, ...options), {}, tampered)).integrity).toBe(false);
  });

  test('BER with an indefinite length outside, as many signers write it', async () => {
    const indefinite: MakeCms = async (signed) => {
      const der = Buffer.from(await cms('p256')(signed));
      const header = 2 + ((der[1] ?? 0) & 0x7f);
      return Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(header), Buffer.of(0, 0)]);
    };
    expect(await judge(indefinite)).toMatchObject({ integrity: true, level: 'CMS' });
  });

  test('-cades is not yet PAdES baseline: the time stands in the wrong place', async () => {
    const one = await judge(cms('p256', '-cades'), { subFilter: 'ETSI.CAdES.detached' });
    expect(one).toMatchObject({ integrity: true, level: 'CMS' });
    expect(codes(one)).toContain('BASELINE_SIGNING_TIME');
  });

  test('ETSI.CAdES.detached without a signing-certificate attribute is left open', async () => {
    const one = await judge(cms('p256'), { subFilter: 'ETSI.CAdES.detached' });
    expect(one).toMatchObject({ integrity: true, subIndication: 'SIG_CONSTRAINTS_FAILURE' });
    expect(codes(one)).toContain('SIGNING_CERTIFICATE_NOT_NAMED');
  });
});

describe('values on broken digests never pass', () => {
  test.each(['sha1', 'md5'])('%s', async (md) => {
    const one = await judge(cms('rsa', '-md', md));
    expect(one).toMatchObject({
      integrity: true,
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
    });
    expect(codes(one)).toContain('DIGEST_WEAK');
  });

  test('adbe.pkcs7.sha1: the digest stands inside', async () => {
    const make: MakeCms = (signed) => cms('rsa', '-nodetach')(createHash('sha1').update(signed).digest());
    const one = await judge(make, { subFilter: 'adbe.pkcs7.sha1' });
    expect(one).toMatchObject({
      integrity: true,
      digestAlgorithm: 'SHA-1',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
    });
    const other = await judge(make, { subFilter: 'adbe.pkcs7.sha1' }, tampered);
    expect(other).toMatchObject({ integrity: false, subIndication: 'HASH_FAILURE' });
  });
});

describe('values that lie', () => {
  test.each([
    ['content of its own', ['-nodetach'], 'CMS_CONTENT_NOT_DETACHED'],
    ['two signers', ['-signer', path('p256.pem'), '-inkey', path('p256.key')], 'CMS_SIGNER_COUNT'],
    [
      'a content type of another trade',
      ['-econtent_type', '1.2.840.113549.1.9.16.1.4'],
      'CMS_CONTENT_TYPE_WRONG',
    ],
  ])('%s', async (_, options, code) => {
    const one = await judge(cms('rsa', ...options));
    expect(one).toMatchObject({
      integrity: false,
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    });
    expect(codes(one)).toContain(code);
  });

  test('no certificate: open, but a changed document still fails', async () => {
    const one = await judge(cms('p256', '-nocerts'));
    expect(one).toMatchObject({
      integrity: null,
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
      signer: null,
    });
    const other = await judge(cms('p256', '-nocerts'), {}, tampered);
    expect(other).toMatchObject({ integrity: false, subIndication: 'HASH_FAILURE' });
  });

  test('a value made for another document', async () => {
    const make: MakeCms = () => cms('p256')(Buffer.from('another document'));
    expect(await judge(make)).toMatchObject({ integrity: false, subIndication: 'HASH_FAILURE' });
    const bare: MakeCms = () => cms('p256', '-noattr')(Buffer.from('another document'));
    expect(await judge(bare)).toMatchObject({ integrity: false, subIndication: 'SIG_CRYPTO_FAILURE' });
  });

  test('no CMS at all, or more behind it than padding', async () => {
    expect(codes(await judge(() => Buffer.from('30820000', 'hex')))).toContain('CMS_UNREADABLE');
    const more: MakeCms = async (signed) => Buffer.concat([await cms('p256')(signed), Buffer.from('extra')]);
    expect(codes(await judge(more))).toContain('CMS_UNREADABLE');
  });
});

describe('document time stamps', () => {
  const stamp = { subFilter: 'ETSI.RFC3161' };

  test('a right one keeps its integrity and tells the time', async () => {
    const one = await judge(timestamp, stamp);
    expect(one).toMatchObject({
      kind: 'document-timestamp',
      level: 'none',
      integrity: true,
      digestAlgorithm: 'SHA-256',
    });
    // openssl stamps with the machine's clock, the moment of the report is fixed
    const byClock = ['CERTIFICATE_NOT_YET_VALID', 'TIMESTAMP_ORDER'];
    expect(codes(one).filter((code) => !byClock.includes(code))).toEqual(['REVOCATION_NOT_CHECKED']);
    expect(one.claimedTime).toMatch(/^20\d\d-.*Z$/);
  });

  test('over another document', async () => {
    expect(await judge(timestamp, stamp, tampered)).toMatchObject({
      integrity: false,
      subIndication: 'HASH_FAILURE',
    });
    expect(await judge(() => timestamp(Buffer.from('other')), stamp)).toMatchObject({ integrity: false });
  });

  test('a signature is no time stamp, and the other way round', async () => {
    expect(codes(await judge(cms('p256'), stamp))).toContain('CMS_UNREADABLE');
    expect(codes(await judge(timestamp))).toContain('CMS_CONTENT_TYPE_WRONG');
  });

  test('a revision behind it is not judged yet', async () => {
    const one = await judge(timestamp, stamp, (pdf) => append(pdf, '\n'));
    expect(one).toMatchObject({ integrity: true, changesAfter: 'not-judged' });
  });
});
