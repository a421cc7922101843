import { describe, expect, it } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/index.ts';
import { schemas } from '../../../src/main/ipc/schemas.ts';

/** What the page may send back of a report with places and clocks, and what it may ask to look at. */
const signature: SignatureReport = {
  field: 'S1',
  kind: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  level: 'B-T',
  indication: 'TOTAL-PASSED',
  subIndication: null,
  integrity: true,
  coversWholeFile: false,
  revision: 2,
  changesAfter: 'permitted',
  changes: [
    { what: 'a', where: 'b', verdict: 'permitted', rule: 'DSS' },
    {
      what: 'a',
      where: 'b',
      verdict: 'permitted',
      rule: 'SIGNATURE_ADDED',
      at: { page: 1, area: [0, -1.5, 2, 3] },
    },
    { what: 'a', where: 'b', verdict: 'forbidden', rule: 'PAGE_CHANGED', at: { page: 2, area: null } },
  ],
  moreChanges: 3,
  digestAlgorithm: null,
  signatureAlgorithm: null,
  signer: null,
  claimedTime: null,
  bestTime: '2026-11-22T08:00:00Z',
  bestTimeBy: 'CN=TSA',
  trustAnchor: null,
  docMdp: null,
  psre: false,
  problems: [],
};
const exported = (one: object): boolean => {
  const report = {
    file: 'a.pdf',
    sha256: 'ab',
    conclusion: 'TOTAL-PASSED',
    revisions: 3,
    signatures: [one],
    problems: [],
  } as unknown as VerificationReport;
  return schemas['desktop.exportReports'].safeParse({ format: 'json', language: 'id', reports: [report] })
    .success;
};

describe('what the page may send', () => {
  it('a report as the core gives it, with or without places and clocks', () => {
    const { moreChanges, bestTimeBy, ...older } = signature;
    expect([exported(signature), exported(older), moreChanges, bestTimeBy]).toEqual([
      true,
      true,
      3,
      'CN=TSA',
    ]);
  });

  it('nothing else in their stead', () => {
    const [first] = signature.changes;
    expect(exported({ ...signature, changes: [{ ...first, at: { page: 0, area: null } }] })).toBe(false);
    expect(exported({ ...signature, changes: [{ ...first, at: { page: 1, area: [1, 2, 3] } }] })).toBe(false);
    expect(exported({ ...signature, moreChanges: -1 })).toBe(false);
    expect(exported({ ...signature, bestTimeBy: 'x'.repeat(20_001) })).toBe(false);
  });

  it('a revision that a file can have, and a number for a file, never a path', () => {
    const file = { name: 'a.pdf', bytes: new Uint8Array(1), password: null };
    const show = (revision: unknown): boolean =>
      schemas['verify.show'].safeParse({ ...file, revision }).success;
    expect([null, 1, 0, 1.5, '1', 1e9].map(show)).toEqual([true, true, false, false, false, false]);
    const read = (id: unknown): boolean => schemas['desktop.readGiven'].safeParse({ id }).success;
    expect(['/etc/passwd', '../a.pdf', crypto.randomUUID()].map(read)).toEqual([false, false, true]);
  });
});
