import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../src/main/core/contract/verification.ts';
import type { SignatureLevel } from '../../src/main/core/contract/index.ts';
import { buildOcspRequest, parseCertificate, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signAtLevel } from '../../src/main/core/signing/index.ts';
import type { ValidationServices } from '../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party } from '../fixtures/authorities.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** Time, revocation and levels, with a timestamp authority and a responder by openssl. */

const day = 86_400_000;
let world: Authorities;

beforeAll(async () => {
  world = await startAuthorities();
}, 60_000);
afterAll(() => world.close());

const fetched = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

const services = (): ValidationServices => ({
  timestamp: (request) => world.timestamps(Buffer.from(request)),
  ocsp: (_, request) => world.ocspAnswer(Buffer.from(request)),
  crl: fetched,
  issuer: () => Promise.resolve([world.issuing.certificate]),
  anchors: [parseCertificate(world.root.certificate)],
  now: () => new Date(),
});

async function signed(level: SignatureLevel, who: Party): Promise<Uint8Array> {
  const key = who.key.export({ type: 'pkcs8', format: 'der' });
  const signer = signerFromPkcs8(key, who.certificate, [world.issuing.certificate]);
  const made = await signAtLevel(await inputPdf('table'), { signer, time: new Date() }, level, services());
  expect(made).toMatchObject({ level, lowering: null });
  return made.pdf;
}

const verify = (
  bytes: Uint8Array,
  days = 0,
  trusted = [world.root.certificate],
): Promise<VerificationReport> =>
  verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust: trusted.map((der) => ({ der, psre: true })),
    at: new Date(Date.now() + days * day + 2_000).toISOString(),
    language: 'en',
    password: null,
  });

const first = (report: VerificationReport): SignatureReport => {
  const [one] = report.signatures;
  if (!one) throw new Error('no signature');
  return one;
};
/** What the report says about revocation; nothing is said where it was asked and nothing is wrong. */
const revocation = (one: SignatureReport): readonly string[] =>
  codes(one).filter((code) => /REVO/.test(code));

const codes = (one: SignatureReport): readonly string[] => one.problems.map(({ code }) => code);

describe('levels, as found and as trusted', () => {
  test.each([
    ['b', 'B-B', 'INDETERMINATE', ['REVOCATION_NOT_CHECKED']],
    ['t', 'B-T', 'INDETERMINATE', ['REVOCATION_NOT_CHECKED']],
    ['lt', 'B-LT', 'TOTAL-PASSED', []],
    ['lta', 'B-LTA', 'TOTAL-PASSED', []],
  ] as const)(
    '%s is %s, %s, revocation %j',
    async (level, name, conclusion, said) => {
      const report = await verify(await signed(level, world.person('Siti Rahmawati')));
      expect([report.conclusion, codes(first(report))]).toEqual([
        conclusion,
        conclusion === 'TOTAL-PASSED' ? [] : expect.arrayContaining(['REVOCATION_NOT_CHECKED']),
      ]);
      expect(first(report)).toMatchObject({ level: name, integrity: true, psre: true });
      expect(revocation(first(report))).toEqual(said);
      if (level === 'lt' || level === 'lta') {
        const best = Date.parse(first(report).bestTime ?? '');
        expect(Math.abs(best - Date.now())).toBeLessThan(60_000);
        // Whose clock it is, from the certificate that signed the timestamp.
        expect(first(report).bestTimeBy).toMatch(/CN=/);
        expect(first(report).bestTimeBy).not.toBe(first(report).signer?.subject);
      } else expect(first(report).bestTime).toBe(null);
      if (level === 'lta') {
        expect(report.signatures[1]).toMatchObject({
          kind: 'document-timestamp',
          indication: 'TOTAL-PASSED',
        });
        expect(first(report).changes.map(({ rule }) => rule)).toEqual(['DSS', 'DOCUMENT_TIMESTAMP']);
      }
    },
    30_000,
  );

  test('a certificate that expired since: the timestamp proves that it was valid then', async () => {
    const who = world.person('Hampir Habis', { notAfter: new Date(Date.now() + day) });
    const kept = await verify(await signed('lt', who), 30);
    expect([kept.conclusion, codes(first(kept))]).toEqual(['TOTAL-PASSED', []]);
    const bare = await verify(await signed('b', who), 30);
    expect(first(bare)).toMatchObject({ subIndication: 'OUT_OF_BOUNDS_NO_POE', bestTime: null });
    const stranger = await verify(await signed('lt', who), 30, [world.issuing.certificate]);
    expect(first(stranger).indication).toBe('TOTAL-PASSED');
  }, 30_000);

  test('a timestamp authority that is not trusted proves nothing', async () => {
    const who = world.person('Hampir Habis Juga', { notAfter: new Date(Date.now() + day) });
    const report = await verify(await signed('lt', who), 30, [who.certificate]);
    expect(codes(first(report))).toContain('TIMESTAMP_UNTRUSTED');
    expect(first(report)).toMatchObject({ level: 'B-LT', bestTime: null, indication: 'INDETERMINATE' });
  }, 30_000);

  test('when the authority has expired too, nothing is proven any more', async () => {
    const report = await verify(await signed('lta', world.person('Lama Sekali')), 2_000);
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(first(report)).toMatchObject({ level: 'B-LTA', subIndication: 'OUT_OF_BOUNDS_NO_POE' });
  }, 30_000);
});

describe('revocation', () => {
  async function answer(who: Party): Promise<Uint8Array> {
    const request = buildOcspRequest(
      parseCertificate(who.certificate),
      parseCertificate(world.issuing.certificate),
      new Uint8Array(16).fill(7),
    );
    return world.ocspAnswer(request);
  }

  test('an answer kept from elsewhere counts, good and bad', async () => {
    const who = world.person('Dicabut Nanti');
    const bytes = await signed('b', who);
    const input = {
      file: 'surat.pdf',
      bytes,
      trust: [{ der: world.root.certificate, psre: false }],
      language: 'en' as const,
      password: null,
    };
    const [url = ''] = parseCertificate(world.issuing.certificate).crlUrls;
    const issuerList = { certificates: [], crls: [await fetched(url)] };
    const good = await verifyPdf({
      ...input,
      at: new Date(Date.now() + 2_000).toISOString(),
      evidence: { ...issuerList, ocsps: [await answer(who)] },
    });
    expect([first(good).indication, revocation(first(good))]).toEqual(['TOTAL-PASSED', []]);
    world.revoke(who);
    const bad = await verifyPdf({
      ...input,
      at: new Date(Date.now() + 5_000).toISOString(),
      evidence: { ...issuerList, ocsps: [await answer(who)] },
    });
    expect(first(bad)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
      integrity: true,
    });
    expect(codes(first(bad))).toContain('CERTIFICATE_REVOKED');
  }, 30_000);

  test('a revocation after the proven time does no harm', async () => {
    const who = world.person('Dicabut Sesudahnya');
    const bytes = await signed('lt', who);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    world.revoke(who);
    const report = await verifyPdf({
      file: 'surat.pdf',
      bytes,
      trust: [{ der: world.root.certificate, psre: false }],
      at: new Date(Date.now() + 5_000).toISOString(),
      language: 'en',
      password: null,
      evidence: { certificates: [], crls: [], ocsps: [await answer(who)] },
    });
    expect([first(report).indication, revocation(first(report))]).toEqual(['TOTAL-PASSED', []]);
  }, 30_000);
});
