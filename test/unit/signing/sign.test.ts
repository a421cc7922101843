import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  isArray,
  isString,
  pages,
  parsePdf,
  signatureFields,
  textOf,
} from '../../../src/main/core/pdf/index.ts';
import type { PdfFile, PdfValue, SignatureField } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';
import { inputPdf, pdfWithEmptyField, taggedPdf } from '../../fixtures/signing-input.ts';

const pki = testPki();
const signerOf = (who: TestCertificate): Signer =>
  signerFromPkcs8(who.privateKey, who.certificate, who.chain);
const sign = (pdf: Uint8Array, more: Partial<SignOptions> = {}): Promise<Uint8Array> =>
  signPdf(pdf, { signer: signerOf(pki.p256), time: fixedNow, ...more });
const refusal = (code: string, reason?: string): unknown =>
  expect.objectContaining(reason ? { code, params: { reason } } : { code });
const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');

function signed(file: PdfFile, name: string): { field: SignatureField; get: (key: string) => PdfValue } {
  const field = signatureFields(file).find((f) => f.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return { field, get: (key) => file.get(field.value, key) };
}

const itemsOf = (value: PdfValue | undefined): readonly PdfValue[] => (isArray(value) ? value.items : []);
const bytesOf = (value: PdfValue | undefined): Buffer =>
  isString(value) ? Buffer.from(value.bytes) : Buffer.alloc(0);

describe('an invisible signature', () => {
  it('adds one field and says who, why and when', async () => {
    const input = await inputPdf('table');
    const texts = { name: 'Siti Żółw', reason: 'Persetujuan', location: 'Sukadana', contactInfo: '0725' };
    const output = await sign(input, texts);
    expect(Buffer.compare(output.subarray(0, input.length), input)).toBe(0);
    const file = parsePdf(output);
    expect(file.needsRepair).toBe(false);
    expect(file.revisions).toHaveLength(2);
    const { field, get } = signed(file, 'Signature1');
    expect(textOf(get('M'))).toBe("D:20261122100000+07'00'");
    expect(['Name', 'Reason', 'Location', 'ContactInfo'].map((key) => textOf(get(key)))).toEqual(
      Object.values(texts),
    );
    expect(get('Cert')).toBeNull();
    expect(file.get(field.dict, 'F')).toBe(132);
    expect(file.get(field.dict, 'Rect')).toMatchObject({ items: [0, 0, 0, 0] });
    expect(file.get(file.get(field.dict, 'AP'), 'N')).toMatchObject({ kind: 'stream' });
    expect(file.get(file.get(file.catalog()?.dict, 'AcroForm'), 'SigFlags')).toBe(3);
  });

  it('writes /M in the zone asked for', async () => {
    for (const [offsetMinutes, text] of [
      [0, "D:20261122030000+00'00'"],
      [-210, "D:20261121233000-03'30'"],
    ] as const) {
      const file = parsePdf(await sign(await inputPdf('table'), { offsetMinutes }));
      expect(textOf(signed(file, 'Signature1').get('M'))).toBe(text);
    }
  });

  it('gives the same bytes for the same input where the signature scheme does', async () => {
    const input = await inputPdf('table');
    const [one, other] = [0, 1].map(() => sign(input, { signer: signerOf(pki.rsa) }));
    expect(Buffer.compare((await one) ?? input, (await other) ?? Buffer.alloc(0))).toBe(0);
  });

  it('leaves little more room than the CMS needs', async () => {
    const output = Buffer.from(await sign(await inputPdf('table'))).toString('latin1');
    const contents = /\/Contents\s*<([0-9A-F]+)>/.exec(output)?.[1] ?? '';
    expect(contents.length).toBeGreaterThan(2000);
    expect(/(?:00)*$/.exec(contents)?.[0].length).toBeLessThan(20);
  });

  it('gives each further signature a name of its own', async () => {
    const file = parsePdf(await sign(await sign(await inputPdf('stream'))));
    expect(signatureFields(file).map((field) => field.name)).toEqual(['Signature1', 'Signature2']);
  });

  it('changes the second half of /ID only', async () => {
    const identified = Buffer.from(await inputPdf('table')).toString('latin1');
    const input = Buffer.from(
      identified.replace(/trailer\s*<</, (found) => `${found}/ID [<aa><aa>] `),
      'latin1',
    );
    const [first, second] = itemsOf(parsePdf(await sign(input)).trailer.entries.get('ID'));
    expect(bytesOf(first)).toEqual(Buffer.of(0xaa));
    expect(bytesOf(second)).toHaveLength(16);
  });
});

describe('an existing field', () => {
  it('is used by name, keeps its place, and its page and form lists stay as they are', async () => {
    const input = await pdfWithEmptyField('TTD');
    const file = parsePdf(await sign(input, { field: 'TTD' }));
    const { field } = signed(file, 'TTD');
    expect(signatureFields(file)).toHaveLength(1);
    expect(field.value).toMatchObject({ kind: 'dict' });
    expect(file.get(field.dict, 'Rect')).toMatchObject({ items: [72, 100, 272, 160] });
  });

  it('a name that is not there makes a new field, beside it', async () => {
    const file = parsePdf(await sign(await pdfWithEmptyField('TTD'), { field: 'Kepala Dinas' }));
    expect(signatureFields(file).map((f) => [f.name, f.value !== null])).toEqual([
      ['TTD', false],
      ['Kepala Dinas', true],
    ]);
  });

  it('a list that page and form share is lengthened once', async () => {
    const file = parsePdf(await sign(await pdfWithEmptyField('TTD', {}, true)));
    expect(file.needsRepair).toBe(false);
    const page = pages(file)[0];
    expect(itemsOf(file.get(page?.dict, 'Annots'))).toHaveLength(2);
    expect(signatureFields(file).map((f) => f.name)).toEqual(['TTD', 'Signature1']);
  });

  it('a field that an earlier signer locked is not touched', async () => {
    const lock = (action: string) => ({ Lock: { Type: 'SigFieldLock', Action: action } });
    const all = await sign(await pdfWithEmptyField('TTD', lock('All')), { field: 'TTD' });
    await expect(sign(all)).rejects.toEqual(refusal('SIGN_FAILED', 'FIELD_LOCKED'));
    const none = await sign(await pdfWithEmptyField('TTD', lock('Include')), { field: 'TTD' });
    expect(signatureFields(parsePdf(await sign(none)))).toHaveLength(2);
    const allBut = await sign(await pdfWithEmptyField('TTD', lock('Exclude')), { field: 'TTD' });
    await expect(sign(allBut)).rejects.toEqual(refusal('SIGN_FAILED', 'FIELD_LOCKED'));
  });

  it('refuses a field that is signed, and names that no field can have', async () => {
    const once = await sign(await pdfWithEmptyField('TTD'), { field: 'TTD' });
    await expect(sign(once, { field: 'TTD' })).rejects.toEqual(refusal('SIGN_FAILED', 'FIELD_SIGNED'));
    await expect(sign(once, { field: 'a.b' })).rejects.toEqual(refusal('SIGN_FAILED', 'FIELD_NAME'));
    await expect(sign(once, { field: '' })).rejects.toEqual(refusal('SIGN_FAILED', 'FIELD_NAME'));
  });

  it('its lock becomes a FieldMDP transform', async () => {
    const input = await pdfWithEmptyField('TTD', { Lock: { Type: 'SigFieldLock', Action: 'All' } });
    const file = parsePdf(await sign(input, { field: 'TTD' }));
    const [reference] = itemsOf(signed(file, 'TTD').get('Reference'));
    expect(file.get(reference, 'TransformMethod')).toMatchObject({ value: 'FieldMDP' });
    expect(file.get(file.get(reference, 'TransformParams'), 'Action')).toMatchObject({
      value: 'All',
    });
  });
});

describe('certification', () => {
  it.each([
    ['no-changes', 1],
    ['form-filling', 2],
    ['annotations', 3],
  ] as const)('%s is P %i', async (certify, level) => {
    const file = parsePdf(await sign(await inputPdf('table'), { certify }));
    const perms = file.get(file.get(file.catalog()?.dict, 'Perms'), 'DocMDP');
    const [reference] = itemsOf(file.get(perms, 'Reference'));
    expect(file.get(reference, 'TransformMethod')).toMatchObject({ value: 'DocMDP' });
    expect(file.get(file.get(reference, 'TransformParams'), 'P')).toBe(level);
  });

  it('no-changes forbids a second signature; the others do not', async () => {
    const closed = await sign(await inputPdf('table'), { certify: 'no-changes' });
    await expect(sign(closed)).rejects.toEqual(refusal('PDF_ALREADY_CERTIFIED'));
    const open = await sign(await inputPdf('table'), { certify: 'annotations' });
    expect(signatureFields(parsePdf(await sign(open)))).toHaveLength(2);
    await expect(sign(open, { certify: 'annotations' })).rejects.toEqual(refusal('PDF_ALREADY_CERTIFIED'));
  });

  it('cannot follow an approval', async () => {
    const approved = await sign(await inputPdf('table'));
    await expect(sign(approved, { certify: 'form-filling' })).rejects.toEqual(
      refusal('SIGN_FAILED', 'CERTIFY_NOT_FIRST'),
    );
  });
});

describe('a visible mark', () => {
  const mark = { page: 1, x: 50, y: 60, w: 200, h: 50, lines: ['Siti Żółw', 'Kepala Dinas'], font };

  it('stands where it was asked for, with an embedded subset of the font', async () => {
    const input = await inputPdf('table');
    const output = await sign(input, { visible: mark });
    const file = parsePdf(output);
    const { field } = signed(file, 'Signature1');
    expect(file.get(field.dict, 'Rect')).toMatchObject({ items: [50, 60, 250, 110] });
    const drawn = file.get(file.get(field.dict, 'AP'), 'N') as { dict: PdfValue };
    const fonts = file.get(file.get(drawn.dict, 'Resources'), 'Font');
    expect(file.get(file.get(fonts, 'F1'), 'BaseFont')).toMatchObject({
      value: expect.stringMatching(/^[A-Z]{6}\+Arimo-Regular$/),
    });
    expect(output.length - input.length).toBeLessThan(40_000);
    expect(Buffer.compare(output, await sign(input, { visible: mark, signer: signerOf(pki.p256) }))).not.toBe(
      undefined,
    );
  });

  it.each(['Nums', 'Kids'] as const)('joins the structure tree of a tagged document (%s)', async (tree) => {
    const file = parsePdf(await sign(await taggedPdf(tree), { visible: mark }));
    expect(file.needsRepair).toBe(false);
    const { field } = signed(file, 'Signature1');
    expect(file.get(field.dict, 'StructParent')).toBe(1);
    const root = file.get(file.catalog()?.dict, 'StructTreeRoot');
    expect(file.get(root, 'ParentTreeNextKey')).toBe(2);
    const parents = file.get(root, 'ParentTree');
    const holder = tree === 'Nums' ? parents : (itemsOf(file.get(parents, 'Kids')).at(-1) ?? null);
    const [key, element] = itemsOf(file.get(holder, 'Nums')).slice(-2);
    expect(key).toBe(1);
    expect(file.get(element, 'S')).toMatchObject({ value: 'Form' });
    expect(textOf(file.get(element, 'Alt'))).toBe('Siti Żółw, Kepala Dinas');
    expect(file.get(file.get(element, 'K'), 'Obj')).toMatchObject({ kind: 'dict' });
    expect(itemsOf(file.get(file.get(root, 'K'), 'K')).at(-1)).toEqual(element);
  });

  it('leaves the structure tree alone once somebody has signed', async () => {
    const once = await sign(await taggedPdf('Nums'));
    const file = parsePdf(await sign(once, { visible: mark }));
    expect(file.get(signed(file, 'Signature2').field.dict, 'StructParent')).toBeNull();
    expect(file.get(file.get(file.catalog()?.dict, 'StructTreeRoot'), 'ParentTreeNextKey')).toBe(1);
  });

  it('names the characters that the font lacks', async () => {
    const lines = ['Siti 🔑', 'ꦱꦶ'];
    await expect(sign(await inputPdf('table'), { visible: { ...mark, lines } })).rejects.toEqual(
      expect.objectContaining({ code: 'GLYPH_MISSING', params: { characters: '🔑 ꦱ ꦶ' } }),
    );
  });

  it('refuses a page that is not there, an empty rectangle and a broken font', async () => {
    const input = await inputPdf('table');
    const refused = (more: object, reason: string): Promise<void> =>
      expect(sign(input, { visible: { ...mark, ...more } })).rejects.toEqual(refusal('SIGN_FAILED', reason));
    await refused({ page: 2 }, 'PAGE_MISSING');
    await refused({ page: 0 }, 'PAGE_MISSING');
    await refused({ w: 0 }, 'RECTANGLE');
    await refused({ x: Number.NaN }, 'RECTANGLE');
    await refused({ font: font.subarray(0, 5000) }, 'FONT');
    await refused({ font: Buffer.from('bukan fon') }, 'FONT');
  });
});

describe('refusals come before the key is used', () => {
  const watched = (who: TestCertificate): { signer: Signer; used: ReturnType<typeof vi.fn> } => {
    const signer = signerOf(who);
    const used = vi.fn(signer.sign);
    return { signer: { ...signer, sign: used }, used };
  };

  it.each([
    ['expired', pki.expired, 'CERTIFICATE_EXPIRED'],
    ['not yet valid', pki.future, 'CERTIFICATE_NOT_YET_VALID'],
    ['wrong usage', pki.wrongUsage, 'CERTIFICATE_WRONG_USAGE'],
  ])('%s', async (_, who, code) => {
    const { signer, used } = watched(who);
    await expect(sign(await inputPdf('table'), { signer })).rejects.toEqual(refusal(code));
    expect(used).not.toHaveBeenCalled();
  });

  it('what is no sound PDF', async () => {
    const { signer, used } = watched(pki.p256);
    const input = await inputPdf('table');
    for (const bytes of [
      Buffer.from('bukan pdf'),
      input.subarray(0, input.length - 30),
      Buffer.concat([input, Buffer.from('junk')]),
    ]) {
      await expect(sign(bytes, { signer })).rejects.toEqual(refusal('PDF_UNREADABLE'));
    }
    expect(used).not.toHaveBeenCalled();
  });
});

describe('a signer that fails', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('token gone')), 'SIGNER'],
    ['gives a wrong value', () => Promise.resolve(Buffer.alloc(70, 1)), 'SELF_CHECK'],
    ['gives too long a value', () => Promise.resolve(Buffer.alloc(500, 1)), 'SELF_CHECK'],
  ] as const)('%s: no file', async (_, broken, reason) => {
    const signer = { ...signerOf(pki.p256), sign: broken };
    await expect(sign(await inputPdf('table'), { signer })).rejects.toEqual(refusal('SIGN_FAILED', reason));
  });
});
