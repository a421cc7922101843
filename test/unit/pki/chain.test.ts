import { describe, expect, it } from 'vitest';
import { nullValue } from '../../../src/main/core/pki/der/write.ts';
import { buildChain, parseCertificate } from '../../../src/main/core/pki/index.ts';
import type { Certificate, ChainResult } from '../../../src/main/core/pki/index.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

const pki = testPki();
const read = (who: TestCertificate): Certificate => parseCertificate(who.certificate);
const chain = (
  leaf: TestCertificate,
  between: readonly TestCertificate[],
  anchors = [pki.root],
): ChainResult => buildChain(read(leaf), between.map(read), anchors.map(read), fixedNow);

describe('a path is found', () => {
  it('from leaf to root, whatever the order of candidates and with strangers among them', () => {
    const result = chain(pki.rsa, [pki.p521, pki.root, pki.expired, pki.intermediate]);
    expect(result).toMatchObject({ ok: true });
    expect(result.path.map((c) => c.commonName)).toEqual([
      'Siti Żółw Rahayu',
      'CA Antara Uji',
      'CA Akar Uji',
    ]);
  });

  it('to an intermediate that is itself the anchor, and to the leaf itself', () => {
    expect(chain(pki.rsa, [], [pki.intermediate])).toMatchObject({ ok: true });
    expect(chain(pki.rsa, [], [pki.rsa]).path).toHaveLength(1);
  });

  it('around a wrong candidate of the same name', () => {
    const impostor = issue({ name: 'CA Antara Uji', ca: true });
    expect(chain(pki.rsa, [impostor, pki.intermediate])).toMatchObject({ ok: true });
  });

  it('through a cross-certificate when the other way has expired', () => {
    const old = issue({
      name: 'CA Antara Uji',
      issuer: pki.root,
      ca: true,
      keys: pki.intermediate.keys,
      notAfter: '2026-02-01T00:00:00Z',
    });
    expect(chain(pki.rsa, [old, pki.intermediate])).toMatchObject({ ok: true });
    expect(chain(pki.rsa, [old])).toMatchObject({ ok: false, reason: 'EXPIRED' });
  });
});

describe('a path is refused', () => {
  const caUnder = (name: string, issuer: TestCertificate, more = {}): TestCertificate =>
    issue({ name, issuer, ca: true, ...more });

  it("no anchor at all, or a stranger's", () => {
    expect(chain(pki.rsa, [pki.intermediate], [])).toMatchObject({ ok: false, reason: 'NO_PATH' });
    expect(chain(pki.rsa, [pki.intermediate], [issue({ name: 'Lain', ca: true })])).toMatchObject({
      reason: 'NO_PATH',
    });
    expect(chain(pki.rsa, [])).toMatchObject({ reason: 'NO_PATH' });
  });

  it('an anchor of the right name but another key', () => {
    const impostor = issue({ name: 'CA Akar Uji', kind: 'rsa-2048', ca: true });
    expect(chain(pki.rsa, [pki.intermediate], [impostor])).toMatchObject({
      ok: false,
      reason: 'BAD_SIGNATURE',
    });
  });

  it('expired and not yet valid', () => {
    expect(chain(pki.expired, [pki.intermediate])).toMatchObject({ reason: 'EXPIRED' });
    expect(chain(pki.future, [pki.intermediate])).toMatchObject({ reason: 'NOT_YET_VALID' });
  });

  it('an issuer that is no CA', () => {
    const leaf = issue({ name: 'Anak', issuer: pki.rsa });
    expect(chain(leaf, [pki.rsa, pki.intermediate])).toMatchObject({ ok: false, reason: 'NOT_CA' });
    expect(chain(leaf, [], [pki.rsa])).toMatchObject({ ok: false, reason: 'NOT_CA' });
  });

  it('an anchor that is not marked as a CA, for anybody but itself', () => {
    const signer = issue({ name: 'Rekan' });
    const leaf = read(issue({ name: 'Bupati', issuer: signer }));
    // trusted as a signer: version 3 without basicConstraints at all, as `openssl req -x509` makes them
    const anchor = { ...read(signer), basicConstraints: null, keyUsage: null };
    expect(anchor.version).toBe(3);
    expect(buildChain(leaf, [], [anchor], fixedNow)).toMatchObject({ ok: false, reason: 'NOT_CA' });
    expect(buildChain(anchor, [], [anchor], fixedNow)).toMatchObject({ ok: true });
    // before version 3 there was no way to mark one
    expect(buildChain(leaf, [], [{ ...anchor, version: 1 }], fixedNow)).toMatchObject({ ok: true });
  });

  it('an anchor that may not sign certificates', () => {
    const anchor = caUnder('CA Tanpa Hak', pki.root, { usages: ['cRLSign'] });
    const leaf = issue({ name: 'Anak', issuer: anchor });
    expect(chain(leaf, [], [anchor])).toMatchObject({ ok: false, reason: 'KEY_USAGE' });
  });

  it('a CA that may not sign certificates', () => {
    const ca = caUnder('CA Tanpa Hak', pki.root, { usages: ['cRLSign'] });
    expect(chain(issue({ name: 'Anak', issuer: ca }), [ca])).toMatchObject({ reason: 'KEY_USAGE' });
  });

  it('more CAs than the path length allows', () => {
    const below = caUnder('CA Bawah', pki.intermediate);
    const leaf = issue({ name: 'Anak', issuer: below });
    expect(chain(leaf, [below, pki.intermediate])).toMatchObject({ reason: 'PATH_LENGTH' });
  });

  it('name constraints, and critical extensions that are unknown', () => {
    const bound = caUnder('CA Terikat', pki.root, { extra: [extension('2.5.29.30', true, nullValue())] });
    expect(chain(issue({ name: 'Anak', issuer: bound }), [bound])).toMatchObject({
      reason: 'NAME_CONSTRAINTS_UNSUPPORTED',
    });
    const odd = issue({
      name: 'Aneh',
      issuer: pki.intermediate,
      extra: [extension('1.2.3.4.5', true, nullValue())],
    });
    expect(chain(odd, [pki.intermediate])).toMatchObject({ reason: 'UNKNOWN_CRITICAL_EXTENSION' });
    const calm = issue({
      name: 'Biasa',
      issuer: pki.intermediate,
      extra: [extension('1.2.3.4.5', false, nullValue())],
    });
    expect(chain(calm, [pki.intermediate])).toMatchObject({ ok: true });
  });

  it('ends soon where many certificates of one name sign each other', () => {
    const many = Array.from({ length: 30 }, () => issue({ name: 'Kembar', ca: true }));
    const began = performance.now();
    expect(chain(issue({ name: 'Anak', issuer: many[0] ?? pki.root }), many)).toMatchObject({ ok: false });
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
