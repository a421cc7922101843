import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/index.ts';
import { answerOn } from '../../../src/main/core/contract/answered.ts';
import { judgeReport, judgeSignature } from '../../../src/main/core/contract/judgement.ts';

const signature: SignatureReport = {
  field: 'S1',
  kind: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  level: 'B-B',
  indication: 'TOTAL-PASSED',
  subIndication: null,
  integrity: true,
  coversWholeFile: true,
  revision: 1,
  changesAfter: 'none',
  changes: [],
  digestAlgorithm: 'SHA-256',
  signatureAlgorithm: 'RSA',
  signer: { subject: 'CN=A', issuer: 'CN=B', serial: '01', notBefore: '', notAfter: '' },
  claimedTime: '2026-11-22T08:00:00Z',
  bestTime: null,
  trustAnchor: 'CN=B',
  docMdp: null,
  psre: false,
  problems: [],
};
const report = (
  conclusion: VerificationReport['conclusion'],
  ...signatures: SignatureReport[]
): VerificationReport => ({ file: 'a.pdf', sha256: '', conclusion, revisions: 1, signatures, problems: [] });

const anySignature = fc.record({
  integrity: fc.constantFrom(true, false, null),
  changesAfter: fc.constantFrom('none', 'permitted', 'forbidden', 'not-judged'),
  coversWholeFile: fc.boolean(),
  trustAnchor: fc.constantFrom('CN=B', null),
  indication: fc.constantFrom('TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'),
  level: fc.constantFrom('B-B', 'B-T', 'B-LT', 'CMS', 'none'),
  bestTime: fc.constantFrom('2026-11-22T08:00:00Z', null),
  signer: fc.constantFrom(signature.signer, null),
}) as fc.Arbitrary<Partial<SignatureReport>>;

describe('what a report means to a reader', () => {
  it('names the clock that proves the time, and who only claims one', () => {
    const proven = { ...signature, bestTime: '2026-11-22T08:00:00Z', bestTimeBy: 'CN=TSA Uji,O=BSrE' };
    const said = (one: SignatureReport) => answerOn(report('TOTAL-PASSED', one), one, 'en').when;
    expect(said(proven)).toContain('by the clock of TSA Uji (timestamp authority)');
    expect(said({ ...signature, bestTime: '2026-11-22T08:00:00Z' })).toContain('of a timestamp authority');
    expect(said(signature)).toContain("the signer's computer");
  });

  it('is never green unless the conclusion is TOTAL-PASSED', () => {
    fc.assert(
      fc.property(
        anySignature,
        fc.constantFrom('INDETERMINATE', 'TOTAL-FAILED', 'NO-SIGNATURE', 'UNREADABLE'),
        (part, conclusion) => {
          const one = { ...signature, ...part };
          const whole = report(conclusion as VerificationReport['conclusion'], one);
          const judged = judgeSignature(whole, one);
          expect([
            judgeReport(whole).tone,
            judged.unchanged.tone,
            judged.who.tone,
            judged.when.tone,
          ]).not.toContain('good');
        },
      ),
    );
  });

  it('is never green for a signature that did not pass, nor for changes that were not judged', () => {
    fc.assert(
      fc.property(anySignature, (part) => {
        const one = { ...signature, ...part };
        const { unchanged } = judgeSignature(report('TOTAL-PASSED', one), one);
        if (
          one.indication !== 'TOTAL-PASSED' ||
          one.integrity !== true ||
          one.changesAfter === 'not-judged' ||
          one.changesAfter === 'forbidden'
        )
          expect(unchanged.tone).not.toBe('good');
      }),
    );
  });

  it('says "unchanged, but not in your trust list" only when nothing but trust is missing', () => {
    const untrusted = {
      ...signature,
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      trustAnchor: null,
    } as const;
    expect(judgeReport(report('INDETERMINATE', untrusted)).key).toBe('untrusted');
    expect(judgeReport(report('INDETERMINATE', { ...untrusted, changesAfter: 'not-judged' })).key).toBe(
      'indeterminate',
    );
    expect(judgeReport(report('INDETERMINATE', { ...untrusted, integrity: null })).key).toBe('indeterminate');
  });

  it('tells a changed file from another failure', () => {
    expect(judgeReport(report('TOTAL-FAILED', { ...signature, integrity: false })).key).toBe('changed');
    expect(judgeReport(report('TOTAL-FAILED', { ...signature, changesAfter: 'forbidden' })).key).toBe(
      'changed',
    );
    expect(judgeReport(report('TOTAL-FAILED', { ...signature, subIndication: 'EXPIRED' })).key).toBe(
      'failed',
    );
  });

  it('takes the signer’s own clock for a claim and a timestamp for proof', () => {
    const passed = (part: Partial<SignatureReport>) => {
      const one = { ...signature, ...part };
      return judgeSignature(report('TOTAL-PASSED', one), one).when;
    };
    expect(passed({})).toEqual({ key: 'claimed', tone: 'plain' });
    expect(passed({ level: 'B-T', bestTime: '2026-11-22T08:00:00Z' })).toEqual({
      key: 'timestamp',
      tone: 'good',
    });
    expect(passed({ claimedTime: null })).toEqual({ key: 'unknown', tone: 'unsure' });
  });

  it('names no issuer for a certificate that its owner made, and no doubt where nothing is signed', () => {
    const own = { ...signature, trustAnchor: null, signer: { ...signature.signer!, issuer: 'CN=A' } };
    expect(judgeSignature(report('INDETERMINATE', own), own).who).toEqual({
      key: 'selfSigned',
      tone: 'unsure',
    });
    expect(judgeReport(report('NO-SIGNATURE'))).toEqual({ key: 'unsigned', tone: 'plain' });
  });

  it('calls a signature certified only when every signature is', () => {
    const psre = { ...signature, psre: true };
    expect(judgeReport(report('TOTAL-PASSED', psre, psre)).key).toBe('passedCertified');
    expect(judgeReport(report('TOTAL-PASSED', psre, signature)).key).toBe('passed');
  });
});
