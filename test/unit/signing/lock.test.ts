import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import {
  appendUpdate,
  byteString,
  isArray,
  isDict,
  isRef,
  parsePdf,
  textOf,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { inputPdf, pdfWithEmptyField } from '../../fixtures/signing-input.ts';

/** A lock that a new signature field brings along (ISO 32000-2 Table 236), and what it forbids afterwards. */

const pki = testPki();
const { privateKey, certificate, chain } = pki.p256;
const signer = signerFromPkcs8(privateKey, certificate, chain);
const sign = (pdf: Uint8Array, more: Partial<SignOptions> = {}): Promise<Uint8Array> =>
  signPdf(pdf, { signer, time: fixedNow, ...more });
const refusal = (reason: string): object =>
  expect.objectContaining({ code: 'SIGN_FAILED', params: { reason } }) as object;

async function twoTexts(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([500, 400]);
  for (const [index, name] of ['nama', 'alamat'].entries())
    document
      .getForm()
      .createTextField(name)
      .addToPage(page, { x: 50, y: 300 - 40 * index });
  return document.save({ useObjectStreams: false });
}

/** Somebody fills in a field, appearance untouched. */
function filled(pdf: Uint8Array, name: string): Uint8Array {
  const file = parsePdf(pdf);
  const fields = file.get(file.get(file.catalog()?.dict, 'AcroForm'), 'Fields');
  for (const item of isArray(fields) ? fields.items : []) {
    const field = file.resolve(item);
    if (!isRef(item) || !isDict(field) || textOf(file.get(field, 'T')) !== name) continue;
    const value = withEntries(field, { V: byteString(Buffer.from('Budi')) });
    return appendUpdate(file, { objects: [{ num: item.num, value }] }).bytes;
  }
  throw new Error(`no field ${name}`);
}

async function judged(pdf: Uint8Array): Promise<string | undefined> {
  const { signatures } = await verifyPdf({
    file: 'x.pdf',
    bytes: pdf,
    trust: [],
    at: fixedNow.toISOString(),
    language: 'id',
    password: null,
  });
  return signatures[0]?.changesAfter;
}

describe('a lock on other fields', () => {
  it('forbids what it names and nothing else', async () => {
    const signed = await sign(await twoTexts(), { lock: { action: 'include', fields: ['nama'] } });
    expect(await judged(filled(signed, 'nama'))).toBe('forbidden');
    expect(await judged(filled(signed, 'alamat'))).toBe('permitted');
  });

  it('or everything but what it names', async () => {
    const signed = await sign(await twoTexts(), { lock: { action: 'exclude', fields: ['nama'] } });
    expect(await judged(filled(signed, 'nama'))).toBe('permitted');
    expect(await judged(filled(signed, 'alamat'))).toBe('forbidden');
  });

  it('binds who signs next', async () => {
    const signed = await sign(await inputPdf('stream'), { lock: { action: 'include', fields: ['Kedua'] } });
    await expect(sign(signed, { field: 'Kedua' })).rejects.toEqual(refusal('FIELD_LOCKED'));
    expect(await judged(await sign(signed, { field: 'Ketiga' }))).toBe('permitted');
  });

  it('may close the whole file', async () => {
    const signed = await sign(await inputPdf('table'), { lock: { action: 'all', permit: 'no-changes' } });
    await expect(sign(signed)).rejects.toMatchObject({ code: 'PDF_ALREADY_CERTIFIED' });
  });

  it('is refused where it says nothing, widens what is permitted, or stands in somebody else’s field', async () => {
    const plain = await inputPdf('table');
    await expect(sign(plain, { lock: { action: 'include', fields: [] } })).rejects.toEqual(
      refusal('LOCK_EMPTY'),
    );
    const certified = await sign(plain, { certify: 'form-filling' });
    const wide = { action: 'exclude', fields: ['x'], permit: 'annotations' } as const;
    await expect(sign(certified, { lock: wide })).rejects.toEqual(refusal('LOCK_TOO_WIDE'));
    const empty = await pdfWithEmptyField('TTD');
    await expect(sign(empty, { field: 'TTD', lock: { action: 'all' } })).rejects.toEqual(
      refusal('LOCK_NOT_NEW'),
    );
  });
});
