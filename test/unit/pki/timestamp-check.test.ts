import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import {
  buildTimestampRequest,
  checkTimestamp,
  DerError,
  parseCertificate,
  readTimestampResponse,
} from '../../../src/main/core/pki/index.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import type { IssueRequest, TestCertificate } from '../../fixtures/pki.ts';
import { tokenByHand } from './answers-by-hand.ts';
import type { TokenWish } from './answers-by-hand.ts';

/** Which timestamp tokens are accepted (RFC 3161 §2.2 (6), §2.3, §2.4.2). */

const pki = testPki();
const timeStamping = '1.3.6.1.5.5.7.3.8';
const authority = (more: Partial<IssueRequest> = {}): TestCertificate =>
  issue({
    name: 'TSA',
    issuer: pki.intermediate,
    purposes: [timeStamping],
    usages: ['digitalSignature'],
    ...more,
  });
const tsa = authority();
const query = {
  imprint: createHash('sha256').update('nilai tanda tangan').digest(),
  // a leading zero octet is dropped by INTEGER, a leading high bit adds one
  nonce: Buffer.from('00f1000102030405060708', 'hex'),
};

function verdict(wish: Partial<TokenWish>, anchor: TestCertificate = pki.root): string {
  const token = tokenByHand({ signer: tsa, time: fixedNow, ...query, ...wish });
  try {
    checkTimestamp(token, query, { anchors: [parseCertificate(anchor.certificate)], now: fixedNow });
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError && error.code === 'TIMESTAMP_REFUSED')
      return String(error.params?.['reason']);
    throw error;
  }
}

const hours = (count: number): Date => new Date(fixedNow.getTime() + count * 3_600_000);
const weak = authority({ kind: 'rsa-2048' });

describe('a timestamp token', () => {
  it.each<[string, Partial<TokenWish>, string]>([
    ['as asked for', {}, 'accepted'],
    ['over something else', { imprint: Buffer.alloc(32, 1) }, 'IMPRINT'],
    ['with another digest', { imprintHash: 'sha1' }, 'IMPRINT'],
    ['with another nonce', { nonce: Buffer.alloc(8, 1) }, 'NONCE'],
    ['without a nonce', { nonce: null }, 'NONCE'],
    ['with a spoilt signature', { spoilSignature: true }, 'SIGNATURE'],
    ['with two signers', { twoSigners: true }, 'SIGNATURE'],
    ['without its certificate', { certificates: [] }, 'SIGNATURE'],
    ['that names another certificate', { named: pki.p256.certificate }, 'SIGNATURE'],
    ['that names none', { named: null }, 'SIGNATURE'],
    ['by a person', { signer: pki.p256 }, 'PURPOSE'],
    [
      'by one that does more',
      { signer: authority({ purposes: [timeStamping, '1.3.6.1.5.5.7.3.3'] }) },
      'PURPOSE',
    ],
    ['by one that may not sign', { signer: authority({ usages: ['keyEncipherment'] }) }, 'PURPOSE'],
    ['with SHA-1', { signer: weak, hash: 'sha1' }, 'WEAK'],
    ['by a short key', { signer: authority({ kind: 'rsa-1024' }) }, 'WEAK'],
    ['of yesterday', { time: hours(-24) }, 'TIME'],
    ['of tomorrow', { time: hours(24) }, 'TIME'],
    ['a few minutes off', { time: hours(0.5) }, 'accepted'],
    ['by an expired authority', { signer: authority({ notAfter: '2026-11-01T00:00:00Z' }) }, 'TIME'],
    ['whose issuers are missing', { certificates: [tsa.certificate] }, 'UNTRUSTED'],
  ])('%s', (_, wish, expected) => expect(verdict(wish)).toBe(expected));

  it('of an authority that nobody trusts', () => {
    expect(verdict({}, issue({ name: 'Lain', ca: true }))).toBe('UNTRUSTED');
  });

  it('that is none at all', () => {
    const trust = { anchors: [], now: fixedNow };
    for (const bytes of [Buffer.alloc(0), Buffer.from('3000', 'hex'), Buffer.from(pki.p256.certificate)]) {
      expect(() => checkTimestamp(bytes, query, trust)).toThrow(AppError);
    }
  });

  it('with any octet changed is refused by code, or is still the same answer', () => {
    const bytes = tokenByHand({ signer: tsa, time: fixedNow, ...query, certificates: [tsa.certificate] });
    const anchors = [parseCertificate(tsa.certificate)];
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 0x01;
      try {
        expect(checkTimestamp(other, query, { anchors, now: fixedNow }).time).toEqual(fixedNow);
      } catch (error) {
        expect(error).toMatchObject({ code: 'TIMESTAMP_REFUSED' });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length * 0.9);
  });

  it('gives time and chain', () => {
    const bytes = tokenByHand({ signer: tsa, time: fixedNow, ...query });
    const anchors = [parseCertificate(pki.root.certificate)];
    const { time, path } = checkTimestamp(bytes, query, { anchors, now: hours(0.2) });
    expect(time).toEqual(fixedNow);
    expect(path.map(({ commonName }) => commonName)).toEqual(['TSA', 'CA Antara Uji', 'CA Akar Uji']);
  });
});

describe('the answer around it', () => {
  it.each([
    ['3003020100', DerError],
    ['30053003020100', DerError],
    ['', DerError],
  ])('%s is none', (hex, error) => {
    expect(() => readTimestampResponse(Buffer.from(hex, 'hex'))).toThrow(error);
  });

  it('may decline, with or without a reason', () => {
    const read = (hex: string): unknown => readTimestampResponse(Buffer.from(hex, 'hex'));
    expect(read('30053003020102')).toEqual({ granted: false, status: 2, failure: null });
    expect(read('3009300702010203020780')).toMatchObject({ failure: 'badAlg' });
    expect(read('300a30080201020303010002')).toMatchObject({ failure: 'timeNotAvailable' });
  });

  it('is asked for in DER that openssl would write', () => {
    const request = buildTimestampRequest({ imprint: query.imprint, nonce: Buffer.from('80', 'hex') });
    const expected = `303d0201013031300d060960864801650304020105000420${query.imprint.toString('hex')}020200800101ff`;
    expect(request.toString('hex')).toBe(expected);
  });
});
