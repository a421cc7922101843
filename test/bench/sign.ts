import { createPrivateKey, sign as rsaSign } from 'node:crypto';
import { join } from 'node:path';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { figure, inTurns, type Figure } from './measure.ts';

/** Signing a one-page letter (PAdES B-B) against the bare RSA-2048 operation that it cannot do without. */
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
  const digest = Buffer.alloc(300, 1);
  const [ours, bare] = await inTurns(
    [() => signPdf(pdf, { signer, time: now }), () => rsaSign('sha256', digest, key)],
    200,
    30,
  );
  if (!ours || !bare) return [];
  return [
    figure('sign', `1-page letter, ${(pdf.length / 1024).toFixed(0)} KB, B-B`, ours, {
      peer: 'node:crypto RSA-2048',
      sample: bare,
      bar: 8,
    }),
    figure('sign', 'node:crypto RSA-2048 sign', bare),
  ];
}
