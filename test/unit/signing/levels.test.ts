import { describe, expect, it } from 'vitest';
import {
  dict,
  arrayOf,
  ref,
  stream,
  appendUpdate,
  joined,
  nextObjectNumber,
  parsePdf,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { PdfValue } from '../../../src/main/core/pdf/index.ts';
import { parseCertificate, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { existingSignatures } from '../../../src/main/core/signing/existing.ts';
import { renewPdf, signAtLevel } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { readSecurityStore, securityStoreRevision } from '../../../src/main/core/signing/security-store.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';
import { inputPdf, pdfWithEmptyField } from '../../fixtures/signing-input.ts';
import { ballast, fakeNetwork, newTsa } from './fake-network.ts';
import type { FakeNetwork } from './fake-network.ts';

/** Levels and renewal over decades, on a network with a clock of its own; test/interop/levels has the real peers. */

const pdf = await inputPdf('table');

const optionsOf = (network: FakeNetwork, who: TestCertificate): SignOptions => ({
  signer: signerFromPkcs8(who.privateKey, who.certificate, who.chain.slice(0, 1)),
  time: network.now,
});

const refusal = (code: string, reason?: string): unknown =>
  expect.objectContaining(reason ? { code, params: { reason } } : { code });

const kinds = (bytes: Uint8Array): string[] => existingSignatures(parsePdf(bytes)).map(({ kind }) => kind);

const appendSecurityStore = (
  pdf: Uint8Array,
  data: Parameters<typeof securityStoreRevision>[1],
  signature: Uint8Array | null,
): Uint8Array => joined([pdf, securityStoreRevision(parsePdf(pdf), data, signature)]);

describe('signing at a level', () => {
  const network = fakeNetwork('2026-11-22T03:00:00Z');
  const siti = network.issue({ name: 'Siti' });

  it('asks about revocation before the key is used', async () => {
    const gone = network.issue({ name: 'Dicabut' });
    network.revoked.push({ certificate: gone, at: new Date('2026-01-01T00:00:00Z') });
    let used = 0;
    const options = optionsOf(network, gone);
    const signer = {
      ...options.signer,
      sign: (data: Uint8Array) => {
        used += 1;
        return options.signer.sign(data);
      },
    };
    await expect(signAtLevel(pdf, { ...options, signer }, 'lt', network.services)).rejects.toEqual(
      refusal('CERTIFICATE_REVOKED'),
    );
    expect(used).toBe(0);
  });

  it('asks nobody anything for level b', async () => {
    network.asked.length = 0;
    await signAtLevel(pdf, optionsOf(network, siti), 'b', network.services);
    expect(network.asked).toEqual([]);
  });

  it('refuses a timestamp from outside the life of the signing certificate', async () => {
    const almost = network.issue({ name: 'Hampir habis', notAfter: '2026-11-22T03:10:00Z' });
    const options = optionsOf(network, almost);
    const later = fakeNetwork('2026-11-22T03:20:00Z');
    await expect(signAtLevel(pdf, options, 't', later.services)).rejects.toEqual(
      refusal('TIMESTAMP_REFUSED', 'TIME'),
    );
  });

  it('asks for more room where a document timestamp is large, and gives up where a signature timestamp is', async () => {
    const heavy = fakeNetwork('2026-11-22T03:00:00Z');
    const who = heavy.issue({ name: 'Siti' });
    const signed = await signAtLevel(pdf, optionsOf(heavy, who), 'lt', heavy.services);
    heavy.ballast = [ballast(20_000)];
    const renewed = await renewPdf(signed.pdf, 0, heavy.services);
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    expect(kinds(renewed.pdf)).toEqual(['signature', 'timestamp']);
    expect(parsePdf(renewed.pdf).needsRepair).toBe(false);
    expect(await signAtLevel(pdf, optionsOf(heavy, who), 'lta', heavy.services)).toMatchObject({
      level: 'b',
      lowering: { code: 'TSA_ANSWER_TOO_LARGE' },
    });
    heavy.ballast = [ballast(200_000)];
    expect(await renewPdf(signed.pdf, 0, heavy.services)).toMatchObject({
      outcome: 'later',
      lowering: { code: 'TSA_ANSWER_TOO_LARGE' },
    });
  });

  it('works where page and form share one list of fields', async () => {
    const input = await pdfWithEmptyField('Kosong', {}, true);
    const signed = await signAtLevel(input, optionsOf(network, siti), 'lta', network.services);
    expect(signed.lowering).toBeNull();
    expect(kinds(signed.pdf)).toEqual(['signature', 'timestamp']);
    expect(parsePdf(signed.pdf).needsRepair).toBe(false);
  });
});

describe('an archive over the years', () => {
  const network = fakeNetwork('2026-11-22T03:00:00Z');
  const siti = network.issue({ name: 'Siti', notAfter: '2027-06-01T00:00:00Z' });
  let latest: Uint8Array;

  it('begins as B-LTA', async () => {
    const signed = await signAtLevel(pdf, optionsOf(network, siti), 'lta', network.services);
    expect(signed.level).toBe('lta');
    latest = signed.pdf;
    expect(await renewPdf(latest, 180, network.services)).toEqual({
      outcome: 'not-due',
      goodUntil: '2030-01-01T00:00:00.000Z',
    });
  });

  it('is renewed after the signer is gone: expired, revoked later, and nobody answers for it any more', async () => {
    network.now = new Date('2029-10-01T00:00:00Z');
    network.revoked.push({ certificate: siti, at: new Date('2027-01-01T00:00:00Z') });
    network.tsa = newTsa(network, '2034-01-01T00:00:00Z');
    network.asked.length = 0;
    const renewed = await renewPdf(latest, 180, network.services);
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    expect(renewed.goodUntil).toBe('2034-01-01T00:00:00.000Z');
    // the old authority, the new one and their issuer; not the signer, whose data is in the file and proven
    expect(network.asked.toSorted()).toEqual(['crl', 'crl', 'ocsp', 'ocsp', 'tsa']);
    latest = renewed.pdf;
  });

  it('and again, with each authority’s data before the next timestamp', async () => {
    network.now = new Date('2033-10-01T00:00:00Z');
    network.tsa = newTsa(network, '2040-01-01T00:00:00Z');
    const before = readSecurityStore(parsePdf(latest)).ocsps.length;
    const renewed = await renewPdf(latest, 180, network.services);
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    expect(readSecurityStore(parsePdf(renewed.pdf)).ocsps.length).toBe(before + 2);
    expect(kinds(renewed.pdf)).toEqual(['signature', 'timestamp', 'timestamp', 'timestamp']);
    latest = renewed.pdf;
  });

  it('cannot be carried on once its timestamp has lapsed', async () => {
    network.now = new Date('2041-01-01T00:00:00Z');
    network.tsa = newTsa(network, '2045-01-01T00:00:00Z');
    await expect(renewPdf(latest, 180, network.services)).rejects.toEqual(
      refusal('RENEWAL_REFUSED', 'LAPSED'),
    );
  });

  it('is refused where the authority was revoked before its timestamp was proven', async () => {
    const other = fakeNetwork('2026-11-22T03:00:00Z');
    const who = other.issue({ name: 'Budi' });
    const { pdf: signed } = await signAtLevel(pdf, optionsOf(other, who), 'lta', other.services);
    other.now = new Date('2027-01-01T00:00:00Z');
    other.revoked.push({ certificate: other.tsa, at: new Date('2026-12-01T00:00:00Z') });
    other.tsa = newTsa(other, '2034-01-01T00:00:00Z');
    await expect(renewPdf(signed, 9_999, other.services)).rejects.toEqual(
      refusal('TIMESTAMP_REFUSED', 'REVOKED'),
    );
  });

  it('is refused where the new authority is revoked', async () => {
    const other = fakeNetwork('2026-11-22T03:00:00Z');
    const who = other.issue({ name: 'Budi' });
    const { pdf: signed } = await signAtLevel(pdf, optionsOf(other, who), 'lta', other.services);
    other.tsa = newTsa(other, '2034-01-01T00:00:00Z');
    other.revoked.push({ certificate: other.tsa, at: new Date('2026-11-01T00:00:00Z') });
    await expect(renewPdf(signed, 9_999, other.services)).rejects.toEqual(
      refusal('TIMESTAMP_REFUSED', 'REVOKED'),
    );
  });

  it('waits where nobody answers', async () => {
    const other = fakeNetwork('2026-11-22T03:00:00Z');
    const who = other.issue({ name: 'Budi' });
    const { pdf: signed } = await signAtLevel(pdf, optionsOf(other, who), 'lta', other.services);
    for (const [service, code] of [
      ['tsa', 'TSA_UNREACHABLE'],
      ['crl', 'REVOCATION_UNREACHABLE'],
    ] as const) {
      other.down.clear();
      other.down.add(service);
      expect(await renewPdf(signed, 9_999, other.services)).toMatchObject({
        outcome: 'later',
        lowering: { code },
      });
    }
  });

  it('completes a newer signature that has no proof yet, though the older timestamp is not due', async () => {
    const other = fakeNetwork('2026-11-22T03:00:00Z');
    const who = other.issue({ name: 'Budi' });
    const options = optionsOf(other, who);
    const first = await signAtLevel(pdf, options, 'lta', other.services);
    const second = await signAtLevel(first.pdf, options, 'b', other.services);
    expect(await renewPdf(second.pdf, 180, other.services)).toMatchObject({ outcome: 'renewed' });
  });

  it('refuses what it cannot read as signatures', async () => {
    const other = fakeNetwork('2026-11-22T03:00:00Z');
    const signed = Buffer.from(
      (await signAtLevel(pdf, optionsOf(other, other.issue({ name: 'x' })), 'b', other.services)).pdf,
    );
    const at = signed.indexOf('/Contents <') + '/Contents <'.length;
    signed.write('DEAD', at, 'latin1');
    await expect(renewPdf(signed, 180, other.services)).rejects.toEqual(
      refusal('RENEWAL_REFUSED', 'UNREADABLE'),
    );
  });
});

describe('the security store', () => {
  const network = fakeNetwork('2026-11-22T03:00:00Z');
  const data = {
    certificates: [network.root.certificate],
    ocsps: [],
    crls: [Buffer.from('30030201ff', 'hex')],
  };

  /** A store as others write it: in the catalog itself, compressed or broken entries, keys we do not know. */
  function withStore(entries: Readonly<Record<string, PdfValue>>, streams: readonly PdfValue[]): Uint8Array {
    const file = parsePdf(pdf);
    const catalog = file.catalog();
    if (!catalog?.ref) throw new Error('no catalog');
    const first = nextObjectNumber(file);
    return appendUpdate(file, {
      objects: [
        ...streams.map((value, index) => ({ num: first + index, value })),
        { num: catalog.ref.num, value: withEntries(catalog.dict, { DSS: dict(entries) }) },
      ],
    }).bytes;
  }

  it('takes over what others wrote, whatever it is, and writes nothing twice', () => {
    const next = nextObjectNumber(parsePdf(pdf));
    const there = withStore(
      {
        Certs: arrayOf([ref(next), ref(next + 1), ref(9_999), 17]),
        VRI: dict({ ABC: dict({}) }),
        Xtra: 1,
      },
      [
        stream({}, network.root.certificate),
        stream({ Filter: { kind: 'name', value: 'FlateDecode' } }, Buffer.from('x')),
      ],
    );
    const grown = appendSecurityStore(there, data, Buffer.from('contents'));
    const file = parsePdf(grown);
    expect(file.needsRepair).toBe(false);
    const store = file.get(file.catalog()?.dict, 'DSS');
    expect(file.get(store, 'Certs')).toMatchObject({ items: { length: 4 } });
    expect(file.get(store, 'Xtra')).toBe(1);
    expect(file.get(file.get(store, 'VRI'), 'ABC')).toMatchObject({ kind: 'dict' });
    expect(readSecurityStore(file)).toMatchObject({ certificates: { length: 1 }, crls: { length: 1 } });

    const again = parsePdf(appendSecurityStore(grown, data, Buffer.from('others')));
    expect(readSecurityStore(again)).toEqual(readSecurityStore(file));
    const vri = again.get(again.get(again.catalog()?.dict, 'DSS'), 'VRI');
    expect(vri).toMatchObject({ entries: { size: 3 } });
    expect(nextObjectNumber(again)).toBe(nextObjectNumber(file));
  });

  it('keeps its data byte for byte', () => {
    const stored = readSecurityStore(parsePdf(appendSecurityStore(pdf, data, null)));
    expect(stored.certificates.map((der) => parseCertificate(der).commonName)).toEqual(['Akar']);
    expect(Buffer.from(stored.crls[0] ?? []).toString('hex')).toBe('30030201ff');
  });
});
