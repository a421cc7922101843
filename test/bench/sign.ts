import { createHash, createPrivateKey, sign as rsaSign } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import type { Signer as PeersSigner } from '@libpdf/core';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import type { Signer } from '../../src/main/core/pki/index.ts';
import { signPdf, signPdfFile } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { writeLargePdf } from '../fixtures/large-pdf.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { batchFigures } from './batch.ts';
import { figure, inTurns, processorClock, type Figure } from './measure.ts';
import { readyFigures } from './ready.ts';

/**
 * Signing a one-page letter (PAdES B-B), against what it cannot do without and against the fastest peer. What runs in
 * this process alone is measured in processor time (measure.ts says why); the wall clock's word is printed beside.
 */
export async function signSuite(): Promise<Figure[]> {
  const now = new Date();
  const identity = await createTestIdentity(
    { commonName: 'Bench', organisation: 'Bench', unit: 'Bench' },
    now,
  );
  const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
  const key = createPrivateKey({ key: Buffer.from(identity.privateKey), format: 'der', type: 'pkcs8' });
  const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  const { pdf } = typesetter.typeset({
    letter: sampleLetter(1),
    profile: null,
    createdAt: '2026-11-22T00:00:00Z',
  });
  const bareSign = (data: Uint8Array): Buffer => rsaSign('sha256', data, key);
  // the peer gets the same key operation: what is compared is all the rest
  const peersSigner: PeersSigner = {
    certificate: identity.certificate,
    certificateChain: [...identity.chain],
    keyType: 'RSA',
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
    sign: async (data) => new Uint8Array(bareSign(data)),
  };
  const peer = async (): Promise<unknown> => (await PDF.load(pdf)).sign({ signer: peersSigner });
  const attributes = Buffer.alloc(300, 1);
  const sign = (): Promise<Uint8Array> => signPdf(pdf, { signer, time: now });
  const both = [sign, () => bareSign(attributes)];
  const [ours, bare] = await inTurns(both, 400, 400, null, processorClock);
  const [oursOnTheWall, bareOnTheWall] = await inTurns(both, 400, 0);
  // apart, since the peer's litter is swept up in our time as well
  const [besidePeer, theirs] = await inTurns([sign, peer], 80, 40, null, processorClock);
  if (!ours || !bare || !oursOnTheWall || !bareOnTheWall || !besidePeer || !theirs) return [];
  const title = `1-page letter, ${(pdf.length / 1024).toFixed(0)} KB, B-B`;
  return [
    figure('sign', title, ours, { peer: 'node:crypto RSA-2048', sample: bare, bar: 5 }),
    figure('sign', `${title}, on the wall clock`, oursOnTheWall, {
      peer: 'node:crypto RSA-2048',
      sample: bareOnTheWall,
      bar: null,
    }),
    figure('sign', title, besidePeer, { peer: '@libpdf/core', sample: theirs, bar: 1 / 3 }),
    figure('sign', 'node:crypto RSA-2048 sign', bare),
    figure('sign', '@libpdf/core, same letter and key', theirs),
    ...(await batchFigures(signer)),
    ...(await readyFigures(pdf, signer)),
    ...(await manySignatures(pdf, signer, now)),
    ...(await largeFile(signer, now)),
  ];
}

/** In one sitting what was signed is known; read anew from the disk, every revision is judged again. */
async function manySignatures(pdf: Uint8Array, signer: Signer, time: Date): Promise<Figure[]> {
  let signed = pdf;
  for (let count = 0; count < 49; count++) signed = await signPdf(signed, { signer, time });
  const again = (bytes: Uint8Array) => (): Promise<Uint8Array> => signPdf(bytes, { signer, time });
  const both = [again(pdf), again(signed)];
  const [first, fiftieth] = await inTurns(both, 200, 150, null, processorClock);
  const anewWork = [() => again(Uint8Array.from(signed))()];
  const [anew] = await inTurns(anewWork, 50, 20, null, processorClock);
  if (!first || !fiftieth || !anew) return [];
  return [
    figure('sign', 'the 50th signature, in one sitting', fiftieth, {
      peer: 'the 1st',
      sample: first,
      bar: 1.3,
    }),
    figure('sign', 'the 50th signature, the file read anew', anew, {
      peer: 'the 1st',
      sample: first,
      bar: null,
    }),
  ];
}

const mebibyte = 1024 * 1024;

async function largeFile(signer: Signer, time: Date): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-bench-'));
  const [input, signed, copy] = ['input', 'signed', 'copy'].map((name) => join(folder, `${name}.pdf`));
  if (!input || !signed || !copy) return [];
  try {
    const size = writeLargePdf(input, 100, 2_000_000);
    const [ours, bare] = await inTurns(
      [() => signPdfFile(input, signed, { signer, time }), () => hashAndCopy(input, copy)],
      9,
      1,
      () => [signed, copy].forEach((path) => rmSync(path, { force: true })),
    );
    if (!ours || !bare) return [];
    return [
      figure('sign', `a file of ${(size / 1e6).toFixed(0)} MB`, ours, {
        peer: 'SHA-256 + copy + fsync',
        sample: bare,
        bar: 1.5,
      }),
      figure('sign', 'SHA-256 + copy + fsync of the same', bare),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hashAndCopy(from: string, to: string): void {
  const source = openSync(from, 'r');
  const target = openSync(to, 'wx');
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(mebibyte);
  for (let count = readSync(source, buffer); count > 0; count = readSync(source, buffer)) {
    hash.update(buffer.subarray(0, count));
    writeSync(target, buffer, 0, count);
  }
  hash.digest();
  fsyncSync(target);
  closeSync(target);
  closeSync(source);
}
