import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/index.ts';
import { createTypesetter } from '../../../src/main/core/typesetting/index.ts';

const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../../resources') });

const signature: SignatureReport = {
  field: 'S'.repeat(5000),
  kind: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  level: 'B-T',
  indication: 'INDETERMINATE',
  subIndication: 'TRY_LATER',
  integrity: true,
  coversWholeFile: false,
  revision: 1,
  changesAfter: 'permitted',
  changes: Array.from({ length: 50 }, () => ({
    what: 'x',
    where: 'y',
    verdict: 'permitted' as const,
    rule: 'DSS',
  })),
  digestAlgorithm: 'SHA-256',
  signatureAlgorithm: 'RSA',
  signer: {
    subject: 'CN=签名 😀 \u202e \ud800 \u0000 #panic("x") $a$',
    issuer: 'CN=B',
    serial: '01',
    notBefore: 'kapan',
    notAfter: '',
  },
  claimedTime: '2026-11-22T08:00:00Z',
  bestTime: null,
  trustAnchor: null,
  docMdp: null,
  psre: false,
  problems: [{ code: 'REVOCATION_NOT_CHECKED', message: 'Belum dapat diperiksa.' }],
};
const report = (signatures: readonly SignatureReport[]): VerificationReport => ({
  file: '../../a.pdf',
  sha256: 'ab'.repeat(32),
  conclusion: 'INDETERMINATE',
  revisions: 2,
  signatures,
  problems: [],
});
const print = (signatures: readonly SignatureReport[], language: 'id' | 'en'): string =>
  Buffer.from(
    typesetter.report({
      report: report(signatures),
      language,
      at: '2026-11-22T08:00:00Z',
      version: '1.0.0',
      trust: { anchors: 1, psre: 0, fingerprint: 'cd'.repeat(32) },
    }).pdf,
  ).toString('latin1');

describe('a printed verification report', () => {
  it('is PDF/A-2a in the language asked for', () => {
    const pdf = print([], 'en');
    expect(pdf).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(pdf).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(pdf).toMatch(/\/Lang ?\(en/);
  });

  it('is made whatever names the file holds, and says the same each time', () => {
    const once = print([signature], 'id');
    expect(once.startsWith('%PDF')).toBe(true);
    expect(print([signature], 'id')).toBe(once);
  });

  it('stays a few sheets for hundreds of signatures', () => {
    const pages = print(
      Array.from({ length: 250 }, () => signature),
      'id',
    ).match(/\/Type ?\/Page\b/g);
    expect(pages?.length ?? 0).toBeLessThan(80);
  });
});
