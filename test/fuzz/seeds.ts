import { createHash } from 'node:crypto';
import {
  signatureTimestampAttribute,
  withUnsignedAttributes,
} from '../../src/main/core/pki/timestamp/unsigned.ts';
import { letterKinds, letterOf } from '../fixtures/letter-kinds.ts';
import { fixedNow, issue, testPki } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { listByHand, ocspByHand, tokenByHand } from '../unit/pki/answers-by-hand.ts';
import { cmsBy, signByHand } from '../unit/verification/sign-by-hand.ts';
import type { MakeCms } from '../unit/verification/sign-by-hand.ts';

/** What is spoiled: files of every kind, signed once and twice, and everything that is DER. */

const pki = testPki();
export const trust = [{ der: pki.root.certificate, psre: false }];

const tsa = issue({
  name: 'TSA',
  issuer: pki.intermediate,
  purposes: ['1.3.6.1.5.5.7.3.8'],
  usages: ['digitalSignature'],
});
const tokenOf = (data: Uint8Array): Buffer =>
  tokenByHand({
    signer: tsa,
    time: fixedNow,
    nonce: null,
    imprint: createHash('sha256').update(data).digest(),
  });

/** B-B with a signature timestamp beside it, in what is not signed. */
const stamped: MakeCms = async (data) =>
  withUnsignedAttributes(await cmsBy(pki.p256)(data), async (value) => [
    signatureTimestampAttribute(tokenOf(value)),
  ]);

export interface Seeds {
  readonly unsigned: readonly Uint8Array[];
  /** The last signature of each covers the whole file. */
  readonly signed: readonly Uint8Array[];
}

export async function makeSeeds(): Promise<Seeds> {
  const unsigned = await Promise.all((['table', 'stream', 'hybrid'] as const).map(inputPdf));
  const once = await Promise.all(
    [...unsigned, ...letterKinds.map((kind) => letterOf(kind))].map((pdf) =>
      signByHand(pdf, stamped, { capacity: 6_000 }),
    ),
  );
  const second = { capacity: 3_500, fieldName: 'S2', subFilter: 'adbe.pkcs7.detached' };
  const twice = await Promise.all(once.slice(0, 3).map((pdf) => signByHand(pdf, cmsBy(pki.rsa), second)));
  return { unsigned, signed: [...once, ...twice] };
}

/** DER of every kind that a signature brings along. */
export async function derSeeds(): Promise<readonly Uint8Array[]> {
  const data = Buffer.from('surat');
  const answer = { thisUpdate: fixedNow };
  const revoked = [{ certificate: pki.rsa, at: fixedNow }];
  return [
    await cmsBy(pki.p256)(data),
    await cmsBy(pki.rsa)(data),
    await stamped(data),
    tokenOf(data),
    pki.p256.certificate,
    pki.root.certificate,
    ocspByHand({ certificate: pki.p256, issuer: pki.intermediate, signer: pki.intermediate, ...answer }),
    listByHand({ issuer: pki.intermediate, revoked, ...answer }),
  ];
}
