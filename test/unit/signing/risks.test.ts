import { describe, expect, it, vi } from 'vitest';
import { parsePdf } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import type { SigningRisk } from '../../../src/main/core/contract/index.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { makePdf, onePage } from '../pdf/make-pdf.ts';

/** What shadow attacks prepare before somebody signs (SIGNATURES §D). */

const { p256 } = testPki();
const signer = signerFromPkcs8(p256.privateKey, p256.certificate, p256.chain);

async function attempt(
  objects: Readonly<Record<number, string>>,
  acceptRisks = false,
): Promise<{ warned: readonly SigningRisk[]; used: boolean; code: unknown; params: unknown }> {
  let warned: readonly SigningRisk[] = [];
  const use = vi.fn(signer.sign);
  const outcome = await signPdf(makePdf({ objects: { ...onePage, ...objects } }), {
    signer: { ...signer, sign: use },
    time: fixedNow,
    acceptRisks,
    warn: (risks) => void (warned = risks),
  }).then(
    (signed) => ({ code: parsePdf(signed).needsRepair ? 'BROKEN' : 'SIGNED', params: null }),
    (error: { code: unknown; params: unknown }) => error,
  );
  return { warned, used: use.mock.calls.length > 0, code: outcome.code, params: outcome.params };
}

const catalog = (more: string): string => `<</Type /Catalog /Pages 2 0 R ${more}>>`;
const page = (more: string): string =>
  `<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> ${more}>>`;
const codes = (risks: readonly SigningRisk[]): string[] => risks.map(({ code }) => code);

describe('refused before the key is used, unless the signer takes the risk', () => {
  const action = '<</S /JavaScript /JS (app.alert\\(1\\))>>';
  it.each([
    ['a script on opening', 'JAVASCRIPT', { 1: catalog(`/OpenAction ${action}`) }],
    ['a script of a page', 'JAVASCRIPT', { 3: page(`/AA <</O ${action}>>`) }],
    [
      'a script by name',
      'JAVASCRIPT',
      { 1: catalog('/Names <</JavaScript <</Names [(a) 5 0 R]>>>>'), 5: action },
    ],
    [
      'a script nobody refers to, its key spelt otherwise',
      'JAVASCRIPT',
      { 5: '<</S /JavaScript /#4aS (x)>>' },
    ],
    ['a form of another kind', 'XFA', { 1: catalog('/AcroForm <</Fields [] /XFA (x)>>') }],
    [
      'a layer that is off',
      'HIDDEN_LAYER',
      { 1: catalog('/OCProperties <</OCGs [5 0 R] /D <</OFF [5 0 R]>>>>'), 5: '<</Type /OCG /Name (a)>>' },
    ],
    [
      'a layer that is off unless named',
      'HIDDEN_LAYER',
      { 1: catalog('/OCProperties <</OCGs [5 0 R] /D <</BaseState /OFF>>>>'), 5: '<</Type /OCG /Name (a)>>' },
    ],
    [
      'a layer for the screen only',
      'HIDDEN_LAYER',
      {
        1: catalog('/OCProperties <</OCGs [5 0 R] /D <<>>>>'),
        5: '<</Type /OCG /Name (a) /Usage <</Print <</PrintState /OFF>>>>>>',
      },
    ],
  ] as const)('%s', async (_, risk, objects) => {
    const refused = await attempt(objects);
    expect(refused).toMatchObject({ code: 'PDF_RISKY', params: { risk }, used: false });
    const taken = await attempt(objects, true);
    expect(taken.code).toBe('SIGNED');
    expect(codes(taken.warned)).toEqual([risk]);
  });
});

describe('told, and signed', () => {
  const annotation = (subtype: string, more = ''): Readonly<Record<number, string>> => ({
    3: page('/Annots [5 0 R]'),
    5: `<</Type /Annot /Subtype /${subtype} /Rect [0 0 9 9] /F 4 ${more}>>`,
  });
  const field = '<</FT /Tx /T (a) /DA (/Helv 9 Tf) /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /F 4>>';
  const form = (font: string): Readonly<Record<number, string>> => ({
    1: catalog(`/AcroForm <</Fields [5 0 R] /DR <</Font <</Helv ${font}>>>>>>`),
    5: field,
    6: '<</FontFile2 4 0 R>>',
  });

  it.each([
    ['a page outside the tree', { 5: page('') }, ['UNUSED_PAGE']],
    ['text laid over the page', annotation('FreeText'), ['OVERLAY_ANNOTATION']],
    ['a stamp', annotation('Stamp'), ['OVERLAY_ANNOTATION']],
    ['a filled rectangle', annotation('Square', '/IC [1 1 1]'), ['OVERLAY_ANNOTATION']],
    ['a rectangle that is not filled', annotation('Square'), []],
    ['a link', annotation('Link'), []],
    [
      'an annotation that does not show',
      { 3: page('/Annots [5 0 R]'), 5: '<</Subtype /Text /Rect [0 0 9 9] /F 2>>' },
      ['HIDDEN_ANNOTATION'],
    ],
    [
      'a field in a font of the reader’s own',
      form('<</Type /Font /Subtype /Type1>>'),
      ['FIELD_FONT_NOT_EMBEDDED'],
    ],
    ['a field in an embedded font', form('<</Type /Font /Subtype /TrueType /FontDescriptor 6 0 R>>'), []],
    [
      'layers that all show',
      { 1: catalog('/OCProperties <</OCGs [5 0 R] /D <<>>>>'), 5: '<</Type /OCG /Name (a)>>' },
      ['LAYERS'],
    ],
    ['nothing of the kind', {}, []],
  ] as const)('%s', async (_, objects, expected) => {
    const { code, warned } = await attempt(objects);
    expect(code).toBe('SIGNED');
    expect(codes(warned)).toEqual(expected);
  });

  it('many of a kind are told in ten lines', async () => {
    const pages = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [index + 5, page('')]));
    expect((await attempt(pages)).warned).toHaveLength(10);
  });
});

describe('a form that does not parse', () => {
  it.each([
    '/AcroForm [1]',
    '/AcroForm <</Fields 7>>',
    '/AcroForm <</Fields [(a)]>>',
    '/AcroForm <</Fields [3 0 R 2]>>',
  ])('%s', async (form) => {
    const refused = await attempt({ 1: catalog(form) }, true);
    expect(refused).toMatchObject({
      code: 'SIGN_FAILED',
      params: { reason: 'FORM_UNREADABLE' },
      used: false,
    });
  });
});
