import { beforeAll, describe, expect, test } from 'vitest';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import {
  appendUpdate,
  array,
  dict,
  name,
  pages,
  parsePdf,
  ref,
  signatureFields,
  stream,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfDict, PdfValue } from '../../../src/main/core/pdf/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { TrustedCertificate } from '../../../src/main/core/ports.ts';
import type { VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import { cmsBy, signByHand } from './sign-by-hand.ts';

/** A later revision takes a signature out of its field, and somebody who is also trusted signs anew. */

let signer: Signer;
let anchor: TrustedCertificate;

beforeAll(async () => {
  const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };
  const made = await createTestIdentity(request, fixedNow);
  signer = signerFromPkcs8(made.privateKey, made.certificate, made.chain);
  anchor = { der: made.chain[0] ?? made.certificate, psre: false };
});

const verify = (bytes: Uint8Array): Promise<VerificationReport> =>
  verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust: [anchor],
    at: fixedNow.toISOString(),
    language: 'en',
    password: null,
  });

const certified = async (): Promise<Uint8Array> =>
  signPdf(await inputPdf('table'), { signer, time: fixedNow, certify: 'form-filling' });

type Hide = (value: PdfValue) => {
  readonly catalog?: Entries;
  readonly trailer?: Entries;
};

/** A form without the field, another page content, and the old signature wherever `hide` puts it. */
function takeOut(bytes: Uint8Array, hide: Hide): Uint8Array {
  const file = parsePdf(bytes);
  const catalog = file.catalog();
  const [field] = signatureFields(file);
  const [page] = pages(file);
  const contents = page?.dict.entries.get('Contents');
  const list = file.resolve(contents);
  const drawn = typeof list === 'object' && list?.kind === 'array' ? list.items[0] : contents;
  if (!catalog?.ref || !field?.valueRef) throw new Error('not signed');
  if (typeof drawn !== 'object' || drawn?.kind !== 'ref') throw new Error('no content');
  const { catalog: more = {}, trailer = {} } = hide(field.valueRef);
  const bare: PdfDict = withEntries(catalog.dict, { AcroForm: undefined, Perms: undefined, ...more });
  return appendUpdate(file, {
    objects: [
      { num: catalog.ref.num, value: bare },
      { num: drawn.num, value: stream({}, Buffer.from('0 0 m 9 9 l S')) },
    ],
    trailer,
  }).bytes;
}

const places: readonly (readonly [string, Hide])[] = [
  ['nowhere', () => ({})],
  ['in /Perms /UR3', (value) => ({ catalog: { Perms: dict({ UR3: value }) } })],
  ['in /Perms /UR', (value) => ({ catalog: { Perms: dict({ UR: value }) } })],
  ['in the trailer as /AuthCode', (value) => ({ trailer: { AuthCode: value } })],
  ['in a field that is none', (value) => ({ catalog: { AcroForm: dict({ Fields: array(value) }) } })],
  [
    'as the value of a text field',
    (value) => ({ catalog: { AcroForm: dict({ Fields: array(dict({ FT: name('Tx'), V: value })) }) } }),
  ],
];

describe.each(places)('a certification that is now %s', (_, hide) => {
  test('is listed as forbidden, and a good signature after it does not make the file pass', async () => {
    const changed = takeOut(await certified(), hide);
    const alone = await verify(changed);
    expect(alone.conclusion).toBe('TOTAL-FAILED');
    expect(alone.signatures).toMatchObject([
      { field: 'Signature1', integrity: true, changesAfter: 'forbidden', docMdp: 2, revision: 2 },
    ]);

    const again = await verify(await signByHand(changed, cmsBy(testPki().p256), { fieldName: 'S2' }));
    expect(again.conclusion).toBe('TOTAL-FAILED');
    expect(again.signatures.map((one) => [one.field, one.changesAfter])).toEqual([
      ['Signature1', 'forbidden'],
      ['S2', 'none'],
    ]);
    expect(again.signatures[0]?.problems.map(({ code }) => code)).toContain('SIGNATURE_REMOVED');
    expect(again.signatures[0]?.changes).toContainEqual(
      expect.objectContaining({ where: 'version 3', verdict: 'forbidden', rule: 'SIGNATURE_REMOVED' }),
    );
  });

  test('keeps this program from signing over it', async () => {
    const changed = takeOut(await certified(), hide);
    await expect(signPdf(changed, { signer, time: fixedNow })).rejects.toMatchObject({
      code: 'SIGN_FAILED',
      params: { reason: 'SIGNATURE_REMOVED' },
    });
  });
});

test('a certification that allows nothing binds also where a later save hides it', async () => {
  const locked = await signPdf(await inputPdf('table'), { signer, time: fixedNow, certify: 'no-changes' });
  const changed = takeOut(locked, () => ({}));
  await expect(signPdf(changed, { signer, time: fixedNow })).rejects.toMatchObject({
    code: 'PDF_ALREADY_CERTIFIED',
  });
});

test('a signature value that was overwritten is still listed', async () => {
  const file = parsePdf(await certified());
  const [field] = signatureFields(file);
  const num = field?.valueRef?.num ?? 0;
  const report = await verify(appendUpdate(file, { objects: [{ num, value: null }] }).bytes);
  expect(report.conclusion).toBe('TOTAL-FAILED');
  expect(report.signatures.map((one) => [one.integrity, one.changesAfter])).toEqual([
    [true, 'forbidden'],
    [false, 'not-judged'],
  ]);
});

test('fields that stay are not called removed, however often the form is saved', async () => {
  const twice = await signPdf(await signPdf(await inputPdf('stream'), { signer, time: fixedNow }), {
    signer,
    time: fixedNow,
  });
  const file = parsePdf(twice);
  const root = file.catalog();
  const num = root?.ref?.num ?? 0;
  const value = withEntries(root?.dict ?? dict({}), { Lang: name('id') });
  const report = await verify(appendUpdate(file, { objects: [{ num, value }] }).bytes);
  expect(report.signatures.map(({ changesAfter }) => changesAfter)).toEqual(['forbidden', 'forbidden']);
  expect(report.signatures[0]?.changes).toContainEqual(
    expect.objectContaining({ rule: 'CATALOG_CHANGED', where: 'version 4' }),
  );
  expect(report.signatures[0]?.problems.map(({ code }) => code)).not.toContain('SIGNATURE_REMOVED');
  expect(report.problems).toEqual([]);
});

test('a stream that takes its data from another file', async () => {
  const pdf = parsePdf(await inputPdf('table'));
  const num = Math.max(...pdf.numbers()) + 1;
  const outside = appendUpdate(pdf, {
    objects: [{ num, value: stream({ F: ref(num) }, new Uint8Array(0)) }],
  }).bytes;
  const report = await verify(await signPdf(outside, { signer, time: fixedNow }));
  expect(report.conclusion).toBe('INDETERMINATE');
  expect(report.signatures[0]?.problems.map(({ code }) => code)).toContain('EXTERNAL_CONTENT');
});

test.each(['constructor', '__proto__', 'toString', 'valueOf'])('/SubFilter /%s is unknown', async (kind) => {
  const bytes = await signByHand(await inputPdf('table'), cmsBy(testPki().p256), { subFilter: kind });
  const [one] = (await verify(bytes)).signatures;
  expect(one).toMatchObject({ level: 'none', indication: 'INDETERMINATE' });
  expect(one?.problems.map(({ code }) => code)).toContain('SUBFILTER_UNSUPPORTED');
});
