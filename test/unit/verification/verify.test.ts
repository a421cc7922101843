import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { appendUpdate, dict, nextObjectNumber, parsePdf } from '../../../src/main/core/pdf/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { TrustedCertificate } from '../../../src/main/core/ports.ts';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import type { InputKind } from '../../fixtures/signing-input.ts';
import { append } from '../pdf/make-pdf.ts';
import { cmsBy, signByHand } from './sign-by-hand.ts';

const pki = testPki();
const root: TrustedCertificate = { der: pki.root.certificate, psre: false };
let inHouse: { signer: Signer; anchor: TrustedCertificate };

beforeAll(async () => {
  const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };
  const made = await createTestIdentity(request, fixedNow);
  const der = made.chain[0];
  if (!der) throw new Error('no root');
  inHouse = {
    signer: signerFromPkcs8(made.privateKey, made.certificate, made.chain),
    anchor: { der, psre: false },
  };
});

interface Asked {
  readonly trust?: readonly TrustedCertificate[];
  readonly at?: string;
}

const verify = (bytes: Uint8Array, { trust = [root], at }: Asked = {}): Promise<VerificationReport> =>
  verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust,
    at: at ?? fixedNow.toISOString(),
    language: 'id',
    password: null,
  });

const only = (report: VerificationReport): SignatureReport => {
  const [first, ...others] = report.signatures;
  if (!first || others.length > 0) throw new Error(`${report.signatures.length} signatures`);
  return first;
};
const codes = (report: SignatureReport): readonly string[] => report.problems.map(({ code }) => code);
const signed = async (who: TestCertificate, kind: InputKind = 'table'): Promise<Uint8Array> => {
  const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain);
  return signPdf(await inputPdf(kind), { signer, time: fixedNow });
};
const byInHouse = async (kind: InputKind = 'table'): Promise<Uint8Array> =>
  signPdf(await inputPdf(kind), { signer: inHouse.signer, time: fixedNow });

describe('a good signature', () => {
  test.each(['table', 'stream', 'hybrid'] as const)('passes under the in-house CA, %s file', async (kind) => {
    const bytes = await byInHouse(kind);
    const report = await verify(bytes, { trust: [inHouse.anchor] });
    expect(report).toMatchObject({
      file: 'surat.pdf',
      conclusion: 'TOTAL-PASSED',
      revisions: 2,
      problems: [],
    });
    expect(report.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const one = only(report);
    expect(one).toMatchObject({
      field: 'Signature1',
      kind: 'signature',
      subFilter: 'ETSI.CAdES.detached',
      level: 'B-B',
      indication: 'TOTAL-PASSED',
      subIndication: null,
      integrity: true,
      coversWholeFile: true,
      revision: 2,
      changesAfter: 'none',
      changes: [],
      digestAlgorithm: 'SHA-256',
      signatureAlgorithm: 'RSA-PKCS1/SHA-256',
      claimedTime: '2026-11-22T03:00:00Z',
      bestTime: null,
      docMdp: null,
      psre: false,
    });
    expect(codes(one)).toEqual(['REVOCATION_NOT_OFFERED']);
    expect(one.signer?.subject).toContain('Siti Rahayu');
    expect(one.trustAnchor).toContain('CA Uji E-Letter');
  });

  test.each([
    ['rsa', 'RSA-PKCS1/SHA-256'],
    ['p256', 'ECDSA/SHA-256'],
    ['p384', 'ECDSA/SHA-384'],
    ['p521', 'ECDSA/SHA-512'],
  ] as const)('of %s is checked as %s', async (who, algorithm) => {
    const one = only(await verify(await signed(pki[who])));
    expect(one).toMatchObject({ integrity: true, level: 'B-B', signatureAlgorithm: algorithm });
  });

  test('of a certificate that names a revocation list waits for that list', async () => {
    const report = await verify(await signed(pki.p256));
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(only(report)).toMatchObject({ subIndication: 'TRY_LATER', integrity: true, psre: false });
    expect(codes(only(report))).toContain('REVOCATION_NOT_CHECKED');
  });

  test('under a PSrE anchor waits for revocation data, and says psre', async () => {
    const report = await verify(await byInHouse(), { trust: [{ ...inHouse.anchor, psre: true }] });
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(only(report)).toMatchObject({ subIndication: 'TRY_LATER', psre: true });
  });
});

describe('trust', () => {
  test('an issuer that nobody trusts', async () => {
    const report = await verify(await byInHouse(), { trust: [root] });
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(only(report)).toMatchObject({
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      integrity: true,
      trustAnchor: null,
    });
  });

  test('an anchor that cannot be read trusts nobody and stops nothing', async () => {
    const junk = { der: Uint8Array.of(0x30, 0x03, 1, 2, 3), psre: true };
    const bytes = await byInHouse();
    expect((await verify(bytes, { trust: [junk] })).conclusion).toBe('INDETERMINATE');
    expect((await verify(bytes, { trust: [junk, inHouse.anchor] })).conclusion).toBe('TOTAL-PASSED');
  });

  test.each([
    ['after it expired', '2032-01-01T00:00:00Z', 'CERTIFICATE_EXPIRED'],
    ['before it began', '2020-01-01T00:00:00Z', 'CERTIFICATE_NOT_YET_VALID'],
  ])('the certificate %s', async (_, at, code) => {
    const report = await verify(await byInHouse(), { trust: [inHouse.anchor], at });
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(only(report)).toMatchObject({ subIndication: 'OUT_OF_BOUNDS_NO_POE', integrity: true });
    expect(codes(only(report))).toContain(code);
  });

  test('the dates count even where the signer itself is the anchor', async () => {
    const leaf: TrustedCertificate = { der: inHouse.signer.certificate, psre: false };
    const bytes = await byInHouse();
    expect((await verify(bytes, { trust: [leaf] })).conclusion).toBe('TOTAL-PASSED');
    const late = await verify(bytes, { trust: [leaf], at: '2032-01-01T00:00:00Z' });
    expect(only(late).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
  });

  test.each([
    ['key usage', (): TestCertificate => pki.wrongUsage],
    [
      'purpose',
      (): TestCertificate => issue({ name: 'Server', issuer: pki.root, purposes: ['1.3.6.1.5.5.7.3.1'] }),
    ],
  ])('a certificate of the wrong %s', async (_, who) => {
    const one = only(await verify(await signByHand(await inputPdf('table'), cmsBy(who()))));
    expect(one).toMatchObject({ integrity: true, subIndication: 'CHAIN_CONSTRAINTS_FAILURE' });
    expect(codes(one)).toContain('SIGNER_KEY_USAGE');
  });

  test('a moment that is none is refused, because nothing could be judged', async () => {
    await expect(verify(new Uint8Array(0), { at: 'soon' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('what follows the signature', () => {
  test('a second signature is permitted, and both are good', async () => {
    const twice = await signPdf(await byInHouse(), { signer: inHouse.signer, time: fixedNow });
    const report = await verify(twice, { trust: [inHouse.anchor] });
    expect(report.conclusion).toBe('TOTAL-PASSED');
    expect(
      report.signatures.map((one) => [one.integrity, one.changesAfter, one.coversWholeFile, one.revision]),
    ).toEqual([
      [true, 'permitted', false, 2],
      [true, 'none', true, 3],
    ]);
    expect(report.signatures[0]?.changes).toMatchObject([
      { where: expect.stringContaining('versi 3'), verdict: 'permitted', rule: 'SIGNATURE_ADDED' },
    ]);
  });

  test.each([
    ['one end of line', '\n', 'not-judged', 'INDETERMINATE'],
    ['a space', ' ', 'not-judged', 'INDETERMINATE'],
    ['a comment', '%x\n', 'forbidden', 'TOTAL-FAILED'],
    ['text', 'x', 'forbidden', 'TOTAL-FAILED'],
    [
      'an object that a repairing viewer would take',
      '1 0 obj<</Type/Catalog>>endobj',
      'forbidden',
      'TOTAL-FAILED',
    ],
  ])('%s behind the end', async (_, tail, changesAfter, conclusion) => {
    const report = await verify(append(await byInHouse(), tail), { trust: [inHouse.anchor] });
    expect(report.conclusion).toBe(conclusion);
    expect(only(report)).toMatchObject({ integrity: true, changesAfter, coversWholeFile: false });
  });

  test('a later revision whose objects nothing refers to', async () => {
    const file = parsePdf(await byInHouse());
    const { bytes } = appendUpdate(file, { objects: [{ num: nextObjectNumber(file), value: dict({}) }] });
    const report = await verify(bytes, { trust: [inHouse.anchor] });
    expect([report.conclusion, report.revisions]).toEqual(['TOTAL-PASSED', 3]);
    expect(only(report)).toMatchObject({
      integrity: true,
      changesAfter: 'permitted',
      changes: [{ rule: 'NOTHING_SHOWN', verdict: 'permitted' }],
    });
  });
});

describe('files', () => {
  test('without a signature', async () => {
    expect(await verify(await inputPdf('stream'))).toMatchObject({
      conclusion: 'NO-SIGNATURE',
      signatures: [],
      problems: [],
    });
  });

  test.each([
    ['nothing', new Uint8Array(0), ['FILE_UNREADABLE']],
    ['text', Buffer.from('Dengan hormat'), ['FILE_UNREADABLE']],
    [
      'a torn file that was signed',
      Buffer.from('%PDF-1.7 /ByteRange'),
      ['FILE_UNREADABLE', 'UNREADABLE_HOLDS_SIGNATURE'],
    ],
  ])('%s', async (_, bytes, problems) => {
    const report = await verify(Uint8Array.from(bytes));
    expect(report).toMatchObject({ conclusion: 'UNREADABLE', revisions: 0, signatures: [] });
    expect(report.problems.map(({ code }) => code)).toEqual(problems);
  });
});
