import { describe, expect, it } from 'vitest';
import {
  buildOcspRequest,
  judgeCertificateList,
  judgeOcspResponse,
  needsNoRevocationCheck,
  parseCertificate,
} from '../../../src/main/core/pki/index.ts';
import type { RevocationVerdict } from '../../../src/main/core/pki/index.ts';
import { explicit, ia5String, implicit, nullValue } from '../../../src/main/core/pki/der/write.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import { crlUrl, fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';
import { flag, listByHand, ocspByHand, scopeExtension } from './answers-by-hand.ts';
import type { ListWish, OcspWish } from './answers-by-hand.ts';

/** What an OCSP answer or a list may and may not say (RFC 6960 §3.2, RFC 5280 §6.3.3). */

const pki = testPki();
const minutes = (count: number): Date => new Date(fixedNow.getTime() + count * 60_000);
const ocspSigning = '1.3.6.1.5.5.7.3.9';
const issuer = pki.intermediate;
const responder = issue({ name: 'OCSP', issuer, purposes: [ocspSigning] });
const said = (verdict: RevocationVerdict): string =>
  verdict.status === 'unusable' ? verdict.reason : verdict.status;

describe('an OCSP answer', () => {
  const asked = Buffer.alloc(32, 7);
  const judge = (wish: Partial<OcspWish>, about: TestCertificate = pki.p256): RevocationVerdict =>
    judgeOcspResponse(
      ocspByHand({ certificate: pki.p256, issuer, signer: responder, thisUpdate: minutes(-1), ...wish }),
      {
        certificate: parseCertificate(about.certificate),
        issuer: parseCertificate(issuer.certificate),
        nonce: asked,
        now: fixedNow,
      },
    );
  const root = issue({ name: 'Akar lain', ca: true });
  const rsa = issue({ name: 'OCSP RSA', issuer, purposes: [ocspSigning], kind: 'rsa-2048' });

  it.each<[string, Partial<OcspWish>, string]>([
    ['good by a delegate', {}, 'good'],
    ['good by the issuer itself', { signer: issuer }, 'good'],
    ['named by its key', { by: 'key' }, 'good'],
    ['by an RSA key', { signer: rsa }, 'good'],
    ['with our nonce', { nonce: asked }, 'good'],
    ['with another nonce', { nonce: Buffer.alloc(32, 8) }, 'NONCE'],
    ['revoked', { status: 'revoked' }, 'revoked'],
    ['unknown', { status: 'unknown' }, 'UNKNOWN'],
    ['about another certificate', { certificate: pki.p384 }, 'SCOPE'],
    ['by the same serial of another issuer', { issuer: pki.root }, 'SCOPE'],
    ['stale', { thisUpdate: minutes(-180) }, 'STALE'],
    ['stale and revoked', { thisUpdate: minutes(-180), status: 'revoked' }, 'STALE'],
    ['without end, a day old', { thisUpdate: minutes(-24 * 60 + 1), nextUpdate: null }, 'good'],
    ['without end, older', { thisUpdate: minutes(-25 * 60), nextUpdate: null }, 'STALE'],
    ['from the future', { thisUpdate: minutes(30) }, 'FUTURE'],
    ['with a spoilt signature', { spoilSignature: true }, 'SIGNATURE'],
    ['with SHA-1', { signer: rsa, hash: 'sha1' }, 'WEAK'],
    ['with a critical extension', { criticalExtension: true }, 'UNREADABLE'],
    ['by a stranger', { signer: issue({ name: 'x', issuer: root, purposes: [ocspSigning] }) }, 'SIGNER'],
    ['by one without the purpose', { signer: issue({ name: 'x', issuer }) }, 'SIGNER'],
    [
      'by an expired delegate',
      { signer: issue({ name: 'x', issuer, purposes: [ocspSigning], notAfter: '2026-10-01T00:00:00Z' }) },
      'SIGNER',
    ],
    ['whose certificate is missing', { along: [] }, 'SIGNER'],
    [
      'by a delegate of the root',
      { signer: issue({ name: 'x', issuer: pki.root, purposes: [ocspSigning] }) },
      'SIGNER',
    ],
  ])('%s', (_, wish, expected) => expect(said(judge(wish))).toBe(expected));

  it('says when, and who signed', () => {
    expect(judge({ status: 'revoked', revokedAt: minutes(-600) })).toMatchObject({
      revokedAt: minutes(-600),
      thisUpdate: minutes(-1),
      nextUpdate: minutes(59),
      responder: { commonName: 'OCSP' },
    });
    expect(judge({ signer: issuer })).toMatchObject({ responder: null });
  });

  it('of any age counts where its age is somebody else’s question', () => {
    const bytes = ocspByHand({
      certificate: pki.p256,
      issuer,
      signer: responder,
      thisUpdate: minutes(-99_999),
    });
    const question = {
      certificate: parseCertificate(pki.p256.certificate),
      issuer: parseCertificate(issuer.certificate),
      nonce: null,
    };
    expect(said(judgeOcspResponse(bytes, { ...question, now: null }))).toBe('good');
    expect(said(judgeOcspResponse(bytes, { ...question, now: fixedNow }))).toBe('STALE');
  });

  it('that is cut off anywhere, or has any octet changed, is never good and never throws', () => {
    const bytes = ocspByHand({
      certificate: pki.p256,
      issuer,
      signer: issuer,
      thisUpdate: minutes(-1),
      along: [],
    });
    const question = {
      certificate: parseCertificate(pki.p256.certificate),
      issuer: parseCertificate(issuer.certificate),
      nonce: null,
      now: fixedNow,
    };
    for (let at = 0; at < bytes.length; at++) {
      expect(judgeOcspResponse(bytes.subarray(0, at), question).status).toBe('unusable');
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 0x04;
      const verdict = judgeOcspResponse(other, question);
      // the revoked state may not appear either
      expect(['unusable', 'good']).toContain(verdict.status);
    }
  });

  it('may come from a responder that needs no check', () => {
    expect(needsNoRevocationCheck(parseCertificate(responder.certificate))).toBe(false);
    const extra = [extension('1.3.6.1.5.5.7.48.1.5', false, nullValue())];
    const free = issue({ name: 'x', issuer, purposes: [ocspSigning], extra });
    expect(needsNoRevocationCheck(parseCertificate(free.certificate))).toBe(true);
  });

  it('is asked for with issuer, serial and nonce', () => {
    const request = buildOcspRequest(
      parseCertificate(pki.p256.certificate),
      parseCertificate(issuer.certificate),
      asked,
    );
    const { serialDer } = parseCertificate(pki.p256.certificate);
    expect(request.includes(Buffer.from(serialDer))).toBe(true);
    expect(request.includes(asked)).toBe(true);
  });
});

describe('a list', () => {
  const judge = (wish: Partial<ListWish>, about: TestCertificate = pki.p256): RevocationVerdict =>
    judgeCertificateList(listByHand({ issuer, thisUpdate: minutes(-1), ...wish }), {
      certificate: parseCertificate(about.certificate),
      issuer: parseCertificate(issuer.certificate),
      now: fixedNow,
    });
  const at = minutes(-600);
  const point = (url: string): Buffer =>
    scopeExtension(explicit(0, explicit(0, implicit(6, ia5String(url)))));
  const noSigner = issue({ name: 'CA tanpa daftar', issuer: pki.root, ca: true, usages: ['keyCertSign'] });

  it.each<[string, Partial<ListWish>, string]>([
    ['that is empty', {}, 'good'],
    ['with others', { revoked: [{ certificate: pki.p384, at }] }, 'good'],
    [
      'with this one',
      { revoked: [pki.p384, pki.p256].map((certificate) => ({ certificate, at })) },
      'revoked',
    ],
    ['of another issuer', { issuer: pki.root }, 'SIGNER'],
    ['signed by another key', { signer: pki.root }, 'SIGNATURE'],
    ['with a spoilt signature', { spoilSignature: true }, 'SIGNATURE'],
    [
      'with a spoilt signature and this one',
      { spoilSignature: true, revoked: [{ certificate: pki.p256, at }] },
      'SIGNATURE',
    ],
    ['with SHA-1', { hash: 'sha1' }, 'WEAK'],
    ['that is over', { thisUpdate: minutes(-3 * 24 * 60) }, 'STALE'],
    ['from the future', { thisUpdate: minutes(30) }, 'FUTURE'],
    ['without end, of yesterday', { thisUpdate: minutes(-25 * 60), nextUpdate: null }, 'STALE'],
    ['for its own address', { extensions: [point(crlUrl)] }, 'good'],
    ['for another address', { extensions: [point('http://lain.invalid/x.crl')] }, 'SCOPE'],
    ['for people', { extensions: [scopeExtension(flag(1))] }, 'good'],
    ['for issuers only', { extensions: [scopeExtension(flag(2))] }, 'SCOPE'],
    ['that is indirect', { extensions: [scopeExtension(flag(4))] }, 'SCOPE'],
    ['of attributes', { extensions: [scopeExtension(flag(5))] }, 'SCOPE'],
    ['of some reasons', { extensions: [scopeExtension(Buffer.from('83020780', 'hex'))] }, 'SCOPE'],
    ['of differences', { extensions: [extension('2.5.29.27', true, Buffer.of(2, 1, 1))] }, 'SCOPE'],
    ['with an unknown rule', { extensions: [extension('1.2.3', true, nullValue())] }, 'SCOPE'],
    ['with an unknown remark', { extensions: [extension('1.2.3', false, nullValue())] }, 'good'],
  ])('%s', (_, wish, expected) => expect(said(judge(wish))).toBe(expected));

  it('of an issuer that may not sign lists is not one', () => {
    const person = issue({ name: 'x', issuer: noSigner });
    const verdict = judgeCertificateList(listByHand({ issuer: noSigner, thisUpdate: minutes(-1) }), {
      certificate: parseCertificate(person.certificate),
      issuer: parseCertificate(noSigner.certificate),
      now: fixedNow,
    });
    expect(said(verdict)).toBe('SIGNER');
  });

  it('of half a million is searched in no time', () => {
    const many = Buffer.concat(
      Array.from({ length: 400_000 }, (_, index) => {
        const entry = Buffer.from('3015020400000000170d3236313130313030303030305a', 'hex');
        entry.writeUInt32BE(0x10000000 + index, 4);
        return entry;
      }),
    );
    const bytes = listByHand({
      issuer,
      thisUpdate: minutes(-1),
      revoked: [{ certificate: pki.p256, at }],
      entriesBefore: many,
    });
    const started = performance.now();
    for (const [who, status] of [
      [pki.p256, 'revoked'],
      [pki.p384, 'good'],
    ] as const) {
      const question = {
        certificate: parseCertificate(who.certificate),
        issuer: parseCertificate(issuer.certificate),
        now: fixedNow,
      };
      expect(said(judgeCertificateList(bytes, question))).toBe(status);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('with a damaged entry says nothing that is not there', () => {
    for (const [hex, expected] of [
      // without a date, without a number: not this one
      ['3003020101', 'good'],
      ['300402820000', 'good'],
      ['30800201', 'UNREADABLE'],
      ['3085ffffffffff', 'UNREADABLE'],
      ['04020000', 'UNREADABLE'],
      ['3002', 'UNREADABLE'],
    ] as const) {
      const wish = { issuer, thisUpdate: minutes(-1), revoked: [{ certificate: pki.p384, at }] };
      const bytes = listByHand({ ...wish, entriesBefore: Buffer.from(hex, 'hex') });
      const question = {
        certificate: parseCertificate(pki.p256.certificate),
        issuer: parseCertificate(issuer.certificate),
        now: fixedNow,
      };
      expect(said(judgeCertificateList(bytes, question)), hex).toBe(expected);
    }
  });

  it('says when', () => {
    expect(judge({ revoked: [{ certificate: pki.p256, at }] })).toMatchObject({
      revokedAt: at,
      thisUpdate: minutes(-1),
    });
  });

  it('that is no list, or any part of one, counts as none', () => {
    const bytes = listByHand({ issuer, thisUpdate: minutes(-1) });
    const question = {
      certificate: parseCertificate(pki.p256.certificate),
      issuer: parseCertificate(issuer.certificate),
      now: fixedNow,
    };
    for (let end = 0; end < bytes.length; end++) {
      expect(judgeCertificateList(bytes.subarray(0, end), question).status).toBe('unusable');
    }
    expect(said(judgeCertificateList(Buffer.from('<html>'), question))).toBe('UNREADABLE');
  });
});
