import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  array,
  byteString,
  dict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  textString,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries } from '../../../src/main/core/pdf/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { SignatureReport, VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import { asText, exchange, makePdf, onePage } from '../pdf/make-pdf.ts';
import { cmsBy, signByHand } from './sign-by-hand.ts';
import type { HandMade } from './sign-by-hand.ts';

const pki = testPki();
const trust = [{ der: pki.root.certificate, psre: false }];
const verify = (bytes: Uint8Array): Promise<VerificationReport> =>
  verifyPdf({ file: 'x.pdf', bytes, trust, at: fixedNow.toISOString(), language: 'en', password: null });
const byHand = async (how: HandMade = {}): Promise<Uint8Array> =>
  signByHand(await inputPdf('table'), cmsBy(pki.p256), how);
const codes = (report: SignatureReport | undefined): readonly string[] =>
  report?.problems.map(({ code }) => code) ?? [];

test('the hand-made signature is sound, so that what follows fails for its own reason', async () => {
  const [one] = (await verify(await byHand())).signatures;
  expect(one).toMatchObject({ field: 'S1', integrity: true, level: 'B-B', changesAfter: 'none' });
  expect(codes(one)).toEqual(['REVOCATION_NOT_CHECKED']);
});

describe('/ByteRange', () => {
  const cases: readonly (readonly [string, string, HandMade['byteRange']])[] = [
    ['three numbers', 'BYTE_RANGE_MALFORMED', (r) => r.slice(0, 3)],
    ['five numbers', 'BYTE_RANGE_MALFORMED', (r) => [...r, 0]],
    ['a real number', 'BYTE_RANGE_MALFORMED', ([, b = 0, c = 0, d = 0]) => ['0.0', b, c, d]],
    ['a negative number', 'BYTE_RANGE_MALFORMED', ([, b = 0, c = 0, d = 0]) => [-0.5, b, c, d]],
    ['not from the start', 'BYTE_RANGE_NOT_FROM_START', ([, b = 0, c = 0, d = 0]) => [1, b - 1, c, d]],
    ['a gap one byte too wide', 'BYTE_RANGE_GAP_WRONG', ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 1, c, d]],
    [
      'a gap one byte too narrow',
      'BYTE_RANGE_GAP_WRONG',
      ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c - 1, d + 1],
    ],
    [
      'a gap without the brackets',
      'BYTE_RANGE_GAP_WRONG',
      ([a = 0, b = 0, c = 0, d = 0]) => [a, b + 1, c - 1, d + 1],
    ],
    ['no gap', 'BYTE_RANGE_OUTSIDE_FILE', ([a = 0, b = 0, , d = 0]) => [a, b, b, d]],
    ['past the end', 'BYTE_RANGE_OUTSIDE_FILE', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d + 1]],
    [
      'an end inside the revision',
      'BYTE_RANGE_END_WRONG',
      ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 20],
    ],
    [
      'an end before the dictionary does',
      'SIGNATURE_OUTSIDE_ITS_RANGE',
      ([a = 0, b = 0, c = 0]) => [a, b, c, 0],
    ],
    ['huge numbers', 'BYTE_RANGE_OUTSIDE_FILE', ([a = 0, b = 0, c = 0]) => [a, b, c, '999999999999999']],
  ];
  test.each(cases)('%s: %s', async (_, code, byteRange) => {
    const report = await verify(await byHand(byteRange ? { byteRange } : {}));
    expect(report.conclusion).toBe('TOTAL-FAILED');
    const [one] = report.signatures;
    expect(one).toMatchObject({ integrity: false, subIndication: 'FORMAT_FAILURE', level: 'none' });
    expect(codes(one)).toContain(code);
  });

  const entries: readonly (readonly [string, string, Entries])[] = [
    ['missing', 'BYTE_RANGE_MISSING', { ByteRange: null }],
    ['a string', 'BYTE_RANGE_MALFORMED', { ByteRange: textString('0 1 2 3') }],
    ['/Contents missing', 'CONTENTS_MISSING', { Contents: null }],
    ['/Contents a name', 'CONTENTS_MISSING', { Contents: name('x') }],
    ['/Contents a literal string', 'CONTENTS_MISSING', { Contents: byteString(Uint8Array.of(0x30)) }],
    ['/Contents empty', 'CONTENTS_EMPTY', { Contents: byteString(new Uint8Array(0), true) }],
    ['/Contents only zeros', 'CONTENTS_EMPTY', { Contents: byteString(new Uint8Array(64), true) }],
  ];
  test.each(entries)('%s: %s', async (_, code, changed) => {
    const report = await verify(await byHand({ entries: changed }));
    expect(report.conclusion).toBe('TOTAL-FAILED');
    expect(codes(report.signatures[0])).toContain(code);
  });

  test('/Contents in an object of its own is as good', async () => {
    const num = (await nextNumber()) + 2;
    const bytes = await byHand({ ownContents: num });
    expect(asText(bytes)).toContain(`/Contents ${num} 0 R`);
    expect((await verify(bytes)).signatures[0]).toMatchObject({ integrity: true, changesAfter: 'none' });
  });

  test('a dictionary that says /Contents twice', async () => {
    const bytes = await byHand({ entries: { Z: name('AAAAAAAA'), ByteRang: null } });
    const doubled = exchange(bytes, '/Z /AAAAAAAA', '/Contents <>');
    const report = await verify(doubled);
    expect(report.conclusion).toBe('TOTAL-FAILED');
    expect(codes(report.signatures[0])).toContain('SIGNATURE_DICTIONARY_AMBIGUOUS');
  });
});

describe('the signature dictionary', () => {
  test.each([
    ['no dictionary', '5 0 R', '(text)'],
    ['nothing at all', '5 0 R', 'null'],
    ['an unreadable object', '5 0 R', '<</A>>'],
    ['a value in the field itself', '7', ''],
  ])('%s', async (_, v, body) => {
    const objects = {
      ...onePage,
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
      5: body === '' ? '0' : body,
      6: `<</FT /Sig /T (S) /V ${v}>>`,
    };
    const report = await verify(makePdf({ objects }));
    expect(report.conclusion).toBe('TOTAL-FAILED');
    expect(codes(report.signatures[0])).toContain('SIGNATURE_VALUE_UNREADABLE');
  });

  test('an unknown kind of signature is left open', async () => {
    const report = await verify(await byHand({ subFilter: 'adbe.unknown' }));
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(report.signatures[0]).toMatchObject({ integrity: null, level: 'none' });
    expect(codes(report.signatures[0])).toContain('SUBFILTER_UNSUPPORTED');
  });

  test('adbe.pkcs7.detached is level CMS', async () => {
    const report = await verify(await byHand({ subFilter: 'adbe.pkcs7.detached' }));
    expect(report.signatures[0]).toMatchObject({ integrity: true, level: 'CMS' });
  });

  test.each([
    ['BASELINE_DATE_MISSING', { M: null }],
    ['BASELINE_DATE_MISSING', { M: textString('yesterday') }],
    ['BASELINE_CERT_ENTRY', { Cert: byteString(Uint8Array.of(1)) }],
    ['BASELINE_DICTIONARY', { Type: name('Other') }],
  ])('what costs level B-B: %s', async (code, entries) => {
    const [one] = (await verify(await byHand({ entries }))).signatures;
    expect(one).toMatchObject({ integrity: true, level: 'CMS' });
    expect(codes(one)).toContain(code);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [9, 2],
  ])('certification level %i is reported as %i', async (given, told) => {
    const reference = dict({ TransformMethod: name('DocMDP'), TransformParams: dict({ P: given }) });
    const [one] = (await verify(await byHand({ entries: { Reference: array(reference) } }))).signatures;
    expect(one?.docMdp).toBe(told);
  });
});

describe('signatures beside the form', () => {
  const withCatalog = (more: string, objects: Record<number, string>): Uint8Array =>
    makePdf({ objects: { ...onePage, 1: `<</Type /Catalog /Pages 2 0 R ${more}>>`, ...objects } });

  test.each([
    ['loose in the file', withCatalog('', { 5: '<</Type /Sig /ByteRange [0 1 2 3]>>' })],
    ['spelt with an escape', withCatalog('', { 5: '<</Byte#52ange [0 1 2 3]>>' })],
    [
      'in a text field',
      withCatalog('/AcroForm <</Fields [5 0 R]>>', { 5: '<</FT /Tx /T (x) /V <</ByteRange [0 1 2 3]>>>>' }),
    ],
    [
      'inside an object stream',
      withCatalog('', {
        6: '<</Type /ObjStm /N 1 /First 4 /Length 28>>\nstream\n7 0 <</ByteRange [0 1 2 3]>>\nendstream',
      }),
    ],
    ['in a comment', exchange(withCatalog('', {}), '%\xe2', '%/ByteRange %\xe2')],
    ['in the data of a stream', withCatalog('', { 5: '<</Length 11>>\nstream\n/ByteRange \nendstream' })],
  ])('%s: never "no signature"', async (_, bytes) => {
    const report = await verify(bytes);
    expect(report.signatures).toEqual([]);
    expect(['INDETERMINATE', 'UNREADABLE']).toContain(report.conclusion);
  });

  test('a usage-rights mark is no signature of a person, and is said so', async () => {
    const bytes = withCatalog('/Perms <</UR3 5 0 R>>', {
      5: '<</ByteRange [0 1 2 3] /Contents <00> /Reference [<</TransformMethod /UR3>>]>>',
    });
    const report = await verify(bytes);
    expect(report).toMatchObject({ conclusion: 'INDETERMINATE', signatures: [] });
    expect(report.problems.map(({ code }) => code)).toEqual(['USAGE_RIGHTS_SIGNATURE']);
  });

  test.each(['/ByteRange [0 1 2 3]', '/ByteRange [0 1 2 3] /Reference [<</TransformMethod /DocMDP>>]'])(
    'no usage rights: %s',
    async (entries) => {
      const bytes = withCatalog('/Perms <</UR3 5 0 R>>', { 5: `<<${entries}>>` });
      const report = await verify(bytes);
      expect(report.problems.map(({ code }) => code)).toEqual(['STRAY_SIGNATURE']);
    },
  );

  test.each([
    ['/MACLocation /Standalone', []],
    ['/MACLocation /Standalone /Type /Sig', ['STRAY_SIGNATURE']],
    ['/Type /Mac', ['STRAY_SIGNATURE']],
    ['/MACLocation /Standalone /Contents <00>', ['STRAY_SIGNATURE']],
  ])('a MAC of the file is one by what it says: %s', async (entries, problems) => {
    const bytes = makePdf({
      objects: onePage,
      trailer: `/Root 1 0 R /AuthCode <<${entries} /ByteRange [0 1 2 3]>>`,
    });
    const report = await verify(bytes);
    expect(report.conclusion).toBe('INDETERMINATE');
    expect(report.problems.map(({ code }) => code)).toEqual(problems);
  });

  test('an object that no section lists, packed so that its text does not show', async () => {
    const packed = deflateSync(Buffer.from('9 0 <</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>')).toString(
      'latin1',
    );
    const hidden = `9 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\n`;
    const plain = Buffer.from(makePdf({ objects: onePage })).toString('latin1');
    const at = plain.indexOf('xref\n');
    const moved = plain.slice(at).replace(`startxref\n${at}`, `startxref\n${at + hidden.length}`);
    const report = await verify(Uint8Array.from(Buffer.from(plain.slice(0, at) + hidden + moved, 'latin1')));
    expect(report.problems.map(({ code }) => code)).toEqual(['FILE_REPAIR_NEEDED']);
    expect(report.conclusion).toBe('INDETERMINATE');
  });

  test('a good signature beside a stray one does not pass', async () => {
    const pdf = withCatalog('', { 5: '<</Type /Sig /ByteRange [0 1 2 3]>>' });
    const report = await verify(await signByHand(pdf, cmsBy(pki.p256)));
    expect(report.problems.map(({ code }) => code)).toEqual(['STRAY_SIGNATURE']);
    expect([report.conclusion, report.signatures[0]?.integrity]).toEqual(['INDETERMINATE', true]);
  });

  test('two fields with one value are one signature', async () => {
    const num = await nextNumber();
    const twin = { FT: name('Sig'), T: textString('S2'), V: ref(num) };
    const bytes = await byHand({ more: (next) => [{ num: next, value: dict(twin) }], also: [num + 2] });
    const report = await verify(bytes);
    expect(report.signatures).toHaveLength(1);
    expect(codes(report.signatures[0])).toContain('FIELD_VALUE_SHARED');
  });

  test('two signatures that share one place in the file overlap', async () => {
    const num = await nextNumber();
    const shared = {
      ByteRange: ref(num + 4),
      Contents: ref(num + 5),
      SubFilter: name('ETSI.CAdES.detached'),
    };
    const bytes = await byHand({
      ownByteRange: num + 4,
      ownContents: num + 5,
      also: [num + 3],
      more: (next) => [
        { num: next, value: dict(shared) },
        { num: next + 1, value: dict({ FT: name('Sig'), T: textString('S2'), V: ref(next) }) },
      ],
    });
    const report = await verify(bytes);
    expect(report.conclusion).toBe('TOTAL-FAILED');
    expect(
      report.signatures.map((one) => [one.integrity, codes(one).includes('BYTE_RANGE_OVERLAP')]),
    ).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test('more signatures than anybody makes are listed in part, and never pass', async () => {
    const fields = Array.from({ length: 300 }, (_, index) => `<</FT /Sig /T (${index}) /V <</A ${index}>>>>`);
    const report = await verify(withCatalog(`/AcroForm <</Fields [${fields.join(' ')}]>>`, {}));
    expect(report.problems.map(({ code }) => code)).toContain('TOO_MANY_SIGNATURES');
    expect(report.signatures.length).toBeLessThan(300);
  });
});

/** The number of the object that the next signature dictionary would take. */
async function nextNumber(): Promise<number> {
  return nextObjectNumber(parsePdf(await inputPdf('table')));
}
