import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { fromBER } from 'asn1js';
import fc from 'fast-check';
import {
  BasicOCSPResponse,
  Certificate as PkijsCertificate,
  CertificateRevocationList,
  OCSPResponse,
} from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import { readCertificateRequest } from '../../../src/main/core/pki/ca/request.ts';
import {
  answerOcsp,
  buildOcspRequest,
  createAuthority,
  encodeCrl,
  judgeCertificateList,
  judgeOcspResponse,
  parseCertificate,
} from '../../../src/main/core/pki/index.ts';
import type { Certificate, OcspStatus } from '../../../src/main/core/pki/index.ts';
import { issue } from '../../fixtures/pki.ts';

/** What the in-house CA writes, read by the other half of this room and by pkijs; what it reads, made hostile. */
const now = new Date('2026-11-22T03:00:00Z');
const later = new Date('2026-11-29T03:00:00Z');
const hour = 3_600_000;

let made: Awaited<ReturnType<typeof createAuthority>>;
let root: Certificate;
let issuing: Certificate;
beforeAll(async () => {
  made = await createAuthority('Pemkab Lampung Timur', new Date('2026-01-01T00:00:00Z'));
  root = parseCertificate(made.rootCertificate);
  issuing = parseCertificate(made.issuingCertificate);
});

const list = (serials: readonly string[]): Buffer =>
  encodeCrl({
    issuer: root.subjectDer,
    issuerKey: made.rootKey,
    number: 300,
    thisUpdate: now,
    nextUpdate: later,
    revoked: serials.map((serial) => ({ serial, at: now, reason: 'superseded' })),
  });

describe('encodeCrl', () => {
  const judge = (crl: Uint8Array, at = now) =>
    judgeCertificateList(crl, { certificate: issuing, issuer: root, now: at });

  it('is read as meant: revoked, good, stale', () => {
    expect(judge(list([issuing.serial]))).toMatchObject({ status: 'revoked', revokedAt: now });
    expect(judge(list(['00AB', '7F']))).toMatchObject({ status: 'good', nextUpdate: later });
    expect(judge(list([]))).toMatchObject({ status: 'good' });
    expect(judge(list([]), new Date(later.getTime() + 26 * hour))).toMatchObject({ status: 'unusable' });
  });

  it('is read by pkijs too, its signature holds, and it has version 2, its number and its reasons', async () => {
    const crl = CertificateRevocationList.fromBER(new Uint8Array(list([issuing.serial, 'FF01'])));
    const issuer = PkijsCertificate.fromBER(new Uint8Array(made.rootCertificate));
    expect(await crl.verify({ issuerCertificate: issuer })).toBe(true);
    expect(crl.version).toBe(1);
    expect(crl.revokedCertificates).toHaveLength(2);
    expect(crl.crlExtensions?.extensions.map((one) => one.extnID)).toEqual(['2.5.29.35', '2.5.29.20']);
  });
});

const statuses: Readonly<Record<string, OcspStatus>> = {
  good: 'good',
  unknown: 'unknown',
  revoked: { at: now, reason: 'unspecified' },
};

function answer(request: Uint8Array, status: OcspStatus): Buffer {
  const issuers = [{ certificate: root, key: () => made.rootKey, statusOf: () => status }];
  return answerOcsp(request, issuers, { now, nextUpdate: later });
}

describe('answerOcsp', () => {
  const nonce = randomBytes(32);
  it.each([
    ['good', { status: 'good' }],
    ['revoked', { status: 'revoked', revokedAt: now }],
    ['unknown', { status: 'unusable', reason: 'UNKNOWN' }],
  ])('%s is read as meant', (status, expected) => {
    const response = answer(buildOcspRequest(issuing, root, nonce), statuses[status] ?? 'good');
    const question = { certificate: issuing, issuer: root, now };
    expect(judgeOcspResponse(response, { ...question, nonce })).toMatchObject(expected);
    const other = judgeOcspResponse(response, { ...question, nonce: randomBytes(32) });
    expect(other).toMatchObject({ status: 'unusable', reason: 'NONCE' });
  });

  it('is read by pkijs, and its signature holds', async () => {
    const response = OCSPResponse.fromBER(
      new Uint8Array(answer(buildOcspRequest(issuing, root, nonce), 'good')),
    );
    const bytes = response.responseBytes?.response.valueBlock.valueHexView ?? new Uint8Array();
    const basic = BasicOCSPResponse.fromBER(new Uint8Array(bytes));
    const trusted = [PkijsCertificate.fromBER(new Uint8Array(made.rootCertificate))];
    expect(await basic.verify({ trustedCerts: trusted })).toBe(true);
    expect(basic.tbsResponseData.responses).toHaveLength(1);
  });

  it('answers whatever it is given, in whole DER', () => {
    const request = buildOcspRequest(issuing, root, nonce);
    const flips = fc.array(fc.tuple(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 })), {
      maxLength: 4,
    });
    const whole = (bytes: Uint8Array): void => {
      expect(fromBER(new Uint8Array(bytes)).offset).toBe(bytes.length);
    };
    fc.assert(
      fc.property(flips, (changes) => {
        const altered = Buffer.from(request);
        for (const [at, mask] of changes) altered[at] = (altered[at] ?? 0) ^ mask;
        whole(answer(altered, 'good'));
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => whole(answer(bytes, 'good'))));
  });
});

describe('readCertificateRequest', () => {
  it('ends in a coded refusal for whatever is no request', () => {
    const certificate = issue({ name: 'Bukan permintaan' }).certificate;
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const seeds = [
      certificate,
      publicKey.export({ type: 'spki', format: 'der' }),
      Buffer.alloc(70_000, 0x30),
    ];
    for (const seed of seeds) {
      expect(() => readCertificateRequest(seed)).toThrow(expect.objectContaining({ code: 'CSR_UNREADABLE' }));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readCertificateRequest(bytes)).toThrow(AppError);
      }),
    );
  });
});
