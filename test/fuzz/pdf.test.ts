import { beforeAll, expect, test } from 'vitest';
import { appendUpdate, nextObjectNumber, parsePdf, reserialise } from '../../src/main/core/pdf/index.ts';
import { AppError } from '../../src/main/core/contract/errors.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { fixedNow, testPki } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { cmsBy, signByHand } from '../unit/verification/sign-by-hand.ts';

/** Mulberry32: small, and the same sequence on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words = [
  '1 0 obj',
  'endobj',
  'stream',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '/Length 999999999',
  '/Prev 0',
  '/Prev 15',
  '/Size -1',
  '/Kids [3 0 R]',
  '0 R',
  '/ByteRange [0 0 0 0]',
  '/Type /ObjStm',
  '/Type /XRef',
  '/W [9 9 9]',
  '/N 1000000',
  '/Filter /LZWDecode',
  '4294967296',
  '-1',
  '/XRefStm 9',
];

let seeds: readonly Uint8Array[] = [];
const pki = testPki();

beforeAll(async () => {
  const plain = await Promise.all((['table', 'stream', 'hybrid'] as const).map(inputPdf));
  const signed = await Promise.all(plain.map((pdf) => signByHand(pdf, cmsBy(pki.p256), { capacity: 3_000 })));
  const twice = await Promise.all(
    signed.map((pdf) =>
      signByHand(pdf, cmsBy(pki.rsa), { capacity: 3_500, fieldName: 'S2', subFilter: 'adbe.pkcs7.detached' }),
    ),
  );
  seeds = [...plain, ...signed, ...twice];
});

function mutate(source: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  let bytes = Buffer.from(source);
  for (let count = 1 + below(4); count > 0; count--) {
    const at = below(bytes.length);
    switch (below(6)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(200))]);
        break;
      case 2:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(words[below(words.length)] ?? ''),
          bytes.subarray(at),
        ]);
        break;
      case 3:
        Buffer.from(words[below(words.length)] ?? '').copy(bytes, at);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1))]);
        break;
      default:
        bytes = bytes.subarray(0, at + 1);
    }
    if (bytes.length === 0) return new Uint8Array(0);
  }
  return Uint8Array.from(bytes);
}

test('mutated files: a report every time, quickly, and never a pass', async () => {
  const random = randomFrom(20_261_122);
  const conclusions = new Map<string, number>();
  const trust = [{ der: pki.root.certificate, psre: false }];
  const until = performance.now() + 5_000;
  let slowest = 0;
  for (let round = 0; round < 6_000 && performance.now() < until; round++) {
    const bytes = mutate(seeds[round % seeds.length] ?? new Uint8Array(0), random);
    const started = performance.now();
    const report = await verifyPdf({
      file: 'f',
      bytes,
      trust,
      at: fixedNow.toISOString(),
      language: 'en',
      password: null,
    });
    slowest = Math.max(slowest, performance.now() - started);
    conclusions.set(report.conclusion, (conclusions.get(report.conclusion) ?? 0) + 1);
    rewrite(bytes);
  }
  expect(conclusions.get('TOTAL-PASSED')).toBeUndefined();
  // all other outcomes occur, so the mutations neither always destroy the file nor leave it alone
  for (const conclusion of ['UNREADABLE', 'TOTAL-FAILED', 'INDETERMINATE', 'NO-SIGNATURE']) {
    expect(conclusions.get(conclusion) ?? 0, conclusion).toBeGreaterThan(0);
  }
  expect(slowest).toBeLessThan(2_000);
});

/** What the parser accepts, the writers can write, and the parser reads again without fault. */
function rewrite(bytes: Uint8Array): void {
  let file;
  try {
    file = parsePdf(bytes);
  } catch (error) {
    if (error instanceof AppError) return;
    throw error;
  }
  if (file.catalog()) expect(parsePdf(reserialise(file)).needsRepair).toBe(false);
  if (file.needsRepair) return;
  const { bytes: longer } = appendUpdate(file, { objects: [{ num: nextObjectNumber(file), value: null }] });
  expect(parsePdf(longer).needsRepair).toBe(false);
}
