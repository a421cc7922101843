import { expect, test } from 'vitest';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow } from '../../fixtures/pki.ts';
import { contentsOf } from '../../fixtures/signed-bytes.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';

const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };

async function signedFile(kind: 'table' | 'stream'): Promise<{
  readonly bytes: Uint8Array;
  readonly verify: (bytes: Uint8Array) => Promise<VerificationReport>;
  /** DER of the root, which the signature value carries but does not sign. */
  readonly issuer: Uint8Array;
}> {
  const { privateKey, certificate, chain } = await createTestIdentity(request, fixedNow);
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  const trust = chain.map((der) => ({ der, psre: false }));
  const at = fixedNow.toISOString();
  const verify = (bytes: Uint8Array): Promise<VerificationReport> =>
    verifyPdf({ file: 'x.pdf', bytes, trust, at, language: 'en', password: null });
  const bytes = await signPdf(await inputPdf(kind), { signer, time: fixedNow });
  return { bytes, verify, issuer: chain[0] ?? new Uint8Array(0) };
}

/** One bit of each byte, a whole other byte, and the letter's other case: each fools another kind of reader. */
const masks = [0x01, 0xff, 0x20];

test.each(['table', 'stream'] as const)(
  'no flipped byte in the covered range of a %s file leaves TOTAL-PASSED or turns into NO-SIGNATURE',
  async (kind) => {
    const { bytes, verify } = await signedFile(kind);
    expect((await verify(bytes)).conclusion).toBe('TOTAL-PASSED');
    const [, gapStart, gapEnd] = contentsOf(Buffer.from(bytes)).byteRange;
    const wrong: string[] = [];
    let tried = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (at >= gapStart && at < gapEnd) continue;
      const mask = masks[at % masks.length] ?? 1;
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ mask;
      const { conclusion } = await verify(flipped);
      tried++;
      const signedStill = Buffer.from(flipped).includes('/ByteRange');
      if (conclusion === 'TOTAL-PASSED' || (conclusion === 'NO-SIGNATURE' && signedStill)) {
        wrong.push(`byte ${at} ^ ${mask}: ${conclusion}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(bytes.length - (gapEnd - gapStart));
  },
);

test('the bytes that say where things are, flipped in every way', async () => {
  const { bytes, verify } = await signedFile('table');
  const text = Buffer.from(bytes).toString('latin1');
  const words = [
    '/ByteRange',
    '/Contents',
    '/AcroForm',
    '/Fields',
    '/Sig',
    'startxref',
    'trailer',
    '/Prev',
    '/Root',
  ];
  const places = words.flatMap((word) => {
    const at = text.lastIndexOf(word);
    return at < 0 ? [] : Array.from({ length: word.length + 4 }, (_, index) => at + index);
  });
  const [, gapStart, gapEnd] = contentsOf(Buffer.from(bytes)).byteRange;
  const wrong: string[] = [];
  for (const at of places.filter((one) => one < gapStart || one >= gapEnd)) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      const { conclusion } = await verify(flipped);
      const signedStill = Buffer.from(flipped).includes('/ByteRange');
      if (conclusion === 'TOTAL-PASSED' || (conclusion === 'NO-SIGNATURE' && signedStill))
        wrong.push(`${at}.${bit}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(places.length).toBeGreaterThan(60);
});

test("nor does a flipped byte in the signature value, the issuer's certificate that it brings along aside", async () => {
  const { bytes, verify, issuer } = await signedFile('table');
  const { byteRange, contents } = contentsOf(Buffer.from(bytes));
  const first = byteRange[1] + 1;
  const unsigned = contents.indexOf(issuer);
  expect(unsigned).toBeGreaterThan(0);
  const passed: number[] = [];
  // The list of digests before the content (RFC 5652 §5.1) is a hint that nobody signs.
  const afterHints = contents.indexOf(Buffer.from('06092a864886f70d010701', 'hex'));
  for (let octet = afterHints; octet < contents.length; octet += 3) {
    if (octet >= unsigned && octet < unsigned + issuer.length) continue;
    const at = first + octet * 2 + 1;
    const flipped = Uint8Array.from(bytes);
    // another hexadecimal digit, not the same one in the other case
    flipped[at] = flipped[at] === 0x37 ? 0x38 : 0x37;
    if ((await verify(flipped)).conclusion === 'TOTAL-PASSED') passed.push(octet);
  }
  expect(passed).toEqual([]);
});
