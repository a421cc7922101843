import { afterAll, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';
import type { SignatureLevel } from '../../src/main/core/contract/index.ts';
import {
  appendUpdate,
  nextObjectNumber,
  pages,
  parsePdf,
  stream,
  withEntries,
  ref,
} from '../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8, type Signer } from '../../src/main/core/pki/index.ts';
import { fieldOfTurn, signAtLevel, signPdf, timestampPdf } from '../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import type { TrustedCertificate } from '../../src/main/core/ports.ts';
import type { TestCertificate } from '../fixtures/pki.ts';
import { sample, typeset } from '../unit/typesetting/support.ts';
import { fakeNetwork } from '../unit/signing/fake-network.ts';

/** Three sign one letter in turn, at every level: an RSA key, an ECDSA key, and one that is on a device. */

const folder = mkdtempSync(join(tmpdir(), 'eletter-several-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = fakeNetwork('2026-11-22T03:00:00Z');
const people = [
  network.issue({ name: 'Siti Rahmawati', kind: 'rsa-2048' }),
  network.issue({ name: 'Agus Salim', kind: 'p-256' }),
  network.issue({ name: 'Made Sudarma', kind: 'p-384' }),
];

/** A key that this process never holds: it answers later, and only what is to be signed goes there. */
const onDevice = (signer: Signer): Signer => {
  const { signAside: _here, ...rest } = signer;
  return { ...rest, sign: (data) => new Promise((done) => setTimeout(() => done(signer.sign(data)), 5)) };
};

function signerOf(who: TestCertificate): Signer {
  const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain);
  return who === people[2] ? onDevice(signer) : signer;
}

const letter = sample('surat-dinas');
const posts = ['Bupati Lampung Timur', 'Sekretaris Daerah', 'Kepala Bagian Hukum'];
const page = typeset({
  ...letter,
  signers: posts.map((post) => ({ official: { ...letter.signer, post }, behalf: null })),
}).pdf;

async function signInTurn(pdf: Uint8Array, turn: number, level: SignatureLevel): Promise<Uint8Array> {
  const who = people[turn - 1];
  if (!who) throw new Error('nobody');
  network.now = new Date(network.now.getTime() + 60_000);
  const options = {
    signer: signerOf(who),
    time: network.now,
    field: fieldOfTurn(pdf, turn),
    name: posts[turn - 1] ?? '',
  };
  const made = await signAtLevel(pdf, options, level, network.services);
  expect(made).toMatchObject({ level, lowering: null });
  return made.pdf;
}

const verify = (
  bytes: Uint8Array,
  trust: readonly TrustedCertificate[] = [{ der: network.root.certificate, psre: false }],
): Promise<VerificationReport> =>
  verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust,
    at: new Date(network.now.getTime() + 2_000).toISOString(),
    language: 'id',
    password: null,
  });

const signatures = (report: VerificationReport) =>
  report.signatures.filter((one) => one.kind === 'signature');

function byPdfsig(bytes: Uint8Array): string {
  const file = join(folder, 'surat.pdf');
  writeFileSync(file, bytes);
  return execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** B-B and B-T say nothing about revocation, which these certificates name: nobody can call them good without asking. */
const conclusions: Readonly<Record<SignatureLevel, string>> = {
  b: 'INDETERMINATE',
  t: 'INDETERMINATE',
  lt: 'TOTAL-PASSED',
  lta: 'TOTAL-PASSED',
};

describe.each(['b', 't', 'lt', 'lta'] as const)('three signers at level %s', (level) => {
  it('each leaves the ones before whole, in our eyes and in poppler’s', async () => {
    let pdf: Uint8Array = page;
    for (const turn of [1, 2, 3]) {
      const before = pdf;
      pdf = await signInTurn(pdf, turn, level);
      expect(Buffer.compare(pdf.subarray(0, before.length), before)).toBe(0);
      const report = await verify(pdf);
      expect([turn, report.conclusion, report.problems]).toEqual([turn, conclusions[level], []]);
      const found = signatures(report);
      expect(found.map((one) => one.field)).toEqual(
        Array.from({ length: turn }, (_, index) => `Tanda_Tangan_${index + 1}`),
      );
      for (const one of found) {
        expect(one).toMatchObject({ integrity: true, indication: conclusions[level], docMdp: null });
        expect(['none', 'permitted']).toContain(one.changesAfter);
        expect(one.level).toBe(
          level === 'b' ? 'B-B' : level === 't' ? 'B-T' : level === 'lt' ? 'B-LT' : 'B-LTA',
        );
      }
      const text = byPdfsig(pdf);
      expect(text.match(/Signature is Valid\./g)?.length).toBeGreaterThanOrEqual(turn);
      expect(text).not.toMatch(/Signature is Invalid|Digest Mismatch/);
    }
  });
});

describe('one after the other', () => {
  it('by certificates of the office’s own authority: every prefix is totally passed', async () => {
    const made = await Promise.all(
      ['Siti', 'Agus', 'Made'].map((commonName) =>
        createTestIdentity({ commonName, organisation: 'Pemkab Lampung Timur', unit: '' }, network.now),
      ),
    );
    const trust = made.map(({ chain }) => ({ der: chain[0] ?? new Uint8Array(), psre: false }));
    let pdf: Uint8Array = page;
    for (const [index, one] of made.entries()) {
      const signer = signerFromPkcs8(one.privateKey, one.certificate, one.chain);
      pdf = await signPdf(pdf, { signer, time: network.now, field: fieldOfTurn(pdf, index + 1) });
      const report = await verify(pdf, trust);
      expect([report.conclusion, report.signatures.length]).toEqual(['TOTAL-PASSED', index + 1]);
    }
  });

  it('in mixed levels, with a document timestamp in between and after', async () => {
    let pdf = await signInTurn(page, 1, 'lt');
    const stamped = await timestampPdf(pdf, network.services, null);
    if (stamped.outcome !== 'stamped') throw new Error(stamped.outcome);
    pdf = await signInTurn(stamped.pdf, 2, 'b');
    pdf = await signInTurn(pdf, 3, 'lt');
    const report = await verify(pdf);
    const found = signatures(report);
    expect(found.map((one) => [one.integrity, one.changesAfter])).toEqual([
      [true, 'permitted'],
      [true, 'permitted'],
      [true, 'permitted'],
    ]);
    expect(report.conclusion).not.toBe('TOTAL-FAILED');
  });

  it('nobody out of turn, and nobody twice', async () => {
    const refused = expect.objectContaining({ code: 'SIGN_FAILED', params: { reason: 'TURN' } }) as object;
    expect(() => fieldOfTurn(page, 2)).toThrow(refused);
    const once = await signInTurn(page, 1, 't');
    expect(() => fieldOfTurn(once, 1)).toThrow(refused);
    expect(() => fieldOfTurn(once, 3)).toThrow(refused);
    expect(fieldOfTurn(once, 2)).toBe('Tanda_Tangan_2');
  });

  it('after a field of another name, as a gateway makes it', async () => {
    const [, , who] = people;
    if (!who) throw new Error('nobody');
    const first = await signInTurn(page, 1, 'lt');
    const second = await signPdf(first, { signer: signerOf(who), time: network.now });
    const third = await signAtLevel(
      second,
      { signer: signerOf(who), time: network.now, field: fieldOfTurn(second, 3) },
      'lt',
      network.services,
    );
    expect(signatures(await verify(third.pdf)).map((one) => [one.field, one.integrity])).toEqual([
      ['Tanda_Tangan_1', true],
      ['Signature1', true],
      ['Tanda_Tangan_3', true],
    ]);
  });
});

describe('somebody between the signers', () => {
  /** A line drawn over the first page, as an honest editor would append it. */
  function painted(pdf: Uint8Array): Uint8Array {
    const file = parsePdf(pdf);
    const [first] = pages(file);
    if (!first) throw new Error('no page');
    const num = nextObjectNumber(file);
    const words = Buffer.from('q 0 0 0 rg 100 500 300 20 re f Q');
    return appendUpdate(file, {
      objects: [
        { num, value: stream({}, words) },
        { num: first.ref.num, value: withEntries(first.dict, { Contents: ref(num) }) },
      ],
    }).bytes;
  }

  it.each([1, 2])(
    'who paints over the page after signature %i: the letter is total-failed, whoever signs after',
    async (after) => {
      let pdf: Uint8Array = page;
      for (let turn = 1; turn <= after; turn += 1) pdf = await signInTurn(pdf, turn, 'lt');
      const changed = painted(pdf);
      const next = await signInTurn(changed, after + 1, 'lt');
      for (const bytes of [changed, next]) {
        const report = await verify(bytes);
        expect(report.conclusion).toBe('TOTAL-FAILED');
        const found = signatures(report);
        for (const one of found.slice(0, after)) expect(one.changesAfter).toBe('forbidden');
      }
    },
  );

  it('who changes a byte of what an earlier one signed', async () => {
    const twice = await signInTurn(await signInTurn(page, 1, 'lt'), 2, 'lt');
    const flipped = Uint8Array.from(twice);
    const at = Math.floor(page.length / 2);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    const report = await verify(flipped);
    expect(report.conclusion).toBe('TOTAL-FAILED');
    expect(signatures(report).map((one) => one.integrity)).toEqual([false, false]);
  });
});
