import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPage } from '../../../src/main/core/app/desk-levels.ts';
import type { TypesetLetter } from '../../../src/main/core/contract/letters.ts';
import {
  parsePdf,
  appendUpdate,
  dict,
  nextObjectNumber,
  pages,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8, type Signer } from '../../../src/main/core/pki/index.ts';
import type { Pool, PoolTasks } from '../../../src/main/core/ports.ts';
import { existingSignatures } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import { sampleLetter } from '../../fixtures/letters.ts';
import { sample, typeset } from '../typesetting/support.ts';
import { openDesk, type Desk } from './desk.ts';

/** Several sign one page at the desk, each in turn, on what the one before left. */

let desk: Desk;
let verified = 0;
let signers: Signer[] = [];
const pool = {
  run: (task: string, input: PoolTasks['verify']['input']) => {
    if (task !== 'verify') throw new Error(task);
    verified += 1;
    return verifyPdf(input);
  },
} as Pool;

beforeAll(async () => {
  desk = await openDesk(pool);
  desk.enter('boss');
  const made = await Promise.all(
    ['Siti', 'Agus'].map((commonName) =>
      createTestIdentity({ commonName, organisation: 'Pemkab', unit: '' }, desk.clock.now),
    ),
  );
  signers = made.map((one) => signerFromPkcs8(one.privateKey, one.certificate, one.chain));
});
afterAll(() => desk.close());

const letter = sample('surat-dinas');
const page: TypesetLetter = {
  ...letter,
  signers: ['Siti Rahmawati', 'Agus Salim'].map((name) => ({
    official: { ...letter.signer, name },
    behalf: null,
  })),
};
const blank = typeset(page).pdf;
const sign = async (turn: number, pdf: Uint8Array, what = page): Promise<Uint8Array> => {
  const signer = signers[turn - 1] ?? signers[0];
  if (!signer) throw new Error('nobody');
  return (await signPage(desk.context, signer, pdf, what, turn)).pdf;
};
const fields = (pdf: Uint8Array): readonly string[] =>
  existingSignatures(parsePdf(pdf)).map(({ field }) => field);

describe('the page of two signers', () => {
  it('is signed by the first, then by the second under their own names', async () => {
    const first = await sign(1, blank);
    const second = await sign(2, first);
    expect(fields(second)).toEqual(['Tanda_Tangan_1', 'Tanda_Tangan_2']);
    const text = Buffer.from(second).toString('latin1');
    expect(text).toContain('/Name (Siti Rahmawati)');
    expect(text).toContain('/Name (Agus Salim)');
    expect(Buffer.compare(second.subarray(0, first.length), first)).toBe(0);
  });

  it('is signed by nobody out of turn, and by no third', async () => {
    const turn = expect.objectContaining({ code: 'SIGN_FAILED', params: { reason: 'TURN' } }) as object;
    await expect(sign(2, blank)).rejects.toEqual(turn);
    const first = await sign(1, blank);
    await expect(sign(1, first)).rejects.toEqual(turn);
    await expect(sign(3, await sign(2, first))).rejects.toEqual(turn);
  });

  it('is not signed over a page that was changed in between', async () => {
    const first = await sign(1, blank);
    const file = parsePdf(first);
    const [sheet] = pages(file);
    if (!sheet) throw new Error('no page');
    const num = nextObjectNumber(file);
    const { bytes } = appendUpdate(file, {
      objects: [
        { num, value: dict({}) },
        { num: sheet.ref.num, value: withEntries(sheet.dict, { Rotate: 180 }) },
      ],
    });
    await expect(sign(2, bytes)).rejects.toMatchObject({ code: 'EARLIER_SIGNATURE_BROKEN' });
    const flipped = Uint8Array.from(first);
    flipped[1000] = (flipped[1000] ?? 0) ^ 1;
    await expect(sign(2, flipped)).rejects.toMatchObject({
      code: expect.stringMatching(/EARLIER_SIGNATURE_BROKEN|PDF_UNREADABLE/) as string,
    });
  });
});

describe('the page of one signer', () => {
  it('is signed as ever: the usual field, and nothing is verified first', async () => {
    verified = 0;
    const signed = await sign(1, typeset(sampleLetter(1)).pdf, sampleLetter(1));
    expect(fields(signed)).toEqual(['Signature1']);
    expect(verified).toBe(0);
  });
});
