import { beforeAll, describe, expect, test } from 'vitest';
import {
  appendUpdate,
  array,
  dict,
  isArray,
  isDict,
  isStream,
  name,
  nameOf,
  nextObjectNumber,
  parsePdf,
  ref,
  signatureFields,
  stream,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfDict, PdfFile, PdfValue, UpdateObject } from '../../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import type { SignatureReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow } from '../../fixtures/pki.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import { makePdf } from '../pdf/make-pdf.ts';

/** The first number that a signed letter does not use. */
const fresh = 34;

/** What may and what may not follow a signature, rule by rule. */

let signer: Signer;
let anchor: Uint8Array;

beforeAll(async () => {
  const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };
  const made = await createTestIdentity(request, fixedNow);
  signer = signerFromPkcs8(made.privateKey, made.certificate, made.chain);
  anchor = made.chain[0] ?? made.certificate;
});

/** A form with text fields, a button and a waiting signature field, a comment, outlines and a structure tree. */
const letter = (): Uint8Array =>
  makePdf({
    trailer: '/Root 1 0 R /Info 30 0 R',
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /Outlines 20 0 R /Metadata 21 0 R /StructTreeRoot 24 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800]>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 6 0 R /Annots 7 0 R>>',
      4: '<</Length 9>>\nstream\n0 0 m 9 w\nendstream',
      5: '<</Fields [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R] /DR <</Font <</F1 22 0 R>>>>>>',
      6: '<</Font <</F1 22 0 R>> /XObject <</X1 23 0 R>>>>',
      7: '[8 0 R 9 0 R 10 0 R 11 0 R 12 0 R 13 0 R]',
      8: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Nama) /Rect [10 10 90 30] /P 3 0 R /F 4>>',
      9: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Nama1) /V (a) /AP <</N 14 0 R>> /Rect [10 40 90 60] /F 4>>',
      10: '<</Type /Annot /Subtype /Widget /FT /Btn /T (Setuju) /AS /Off /AP <</N <</Ya 15 0 R /Off 16 0 R>>>> /Rect [10 70 20 80] /F 4>>',
      11: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Kepala) /Rect [100 10 200 60] /AP <</N 17 0 R>> /P 3 0 R /F 4>>',
      12: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Tersembunyi) /V (x) /Rect [0 0 600 800] /F 2>>',
      13: '<</Type /Annot /Subtype /Text /Rect [300 300 320 320] /Contents (catatan)>>',
      14: '<</Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 1>>\nstream\nn\nendstream',
      15: '<</Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 1>>\nstream\nn\nendstream',
      16: '<</Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 1>>\nstream\nn\nendstream',
      17: '<</Type /XObject /Subtype /Form /BBox [0 0 100 50] /Length 1>>\nstream\nn\nendstream',
      20: '<</Type /Outlines /Count 0>>',
      21: '<</Type /Metadata /Subtype /XML /Length 4>>\nstream\n<x/>\nendstream',
      22: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
      23: '<</Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 1>>\nstream\nn\nendstream',
      24: '<</Type /StructTreeRoot /K [25 0 R] /ParentTree 26 0 R>>',
      25: '<</Type /StructElem /S /Document /P 24 0 R /K []>>',
      26: '<</Nums []>>',
      30: '<</Title (Surat)>>',
    },
  });

type Level = 'none' | 'no-changes' | 'form-filling' | 'annotations';

const signed = (level: Level = 'none'): Promise<Uint8Array> =>
  signPdf(letter(), { signer, time: fixedNow, ...(level === 'none' ? {} : { certify: level }) });

async function judge(bytes: Uint8Array): Promise<SignatureReport> {
  const report = await verifyPdf({
    file: 'surat.pdf',
    bytes,
    trust: [{ der: anchor, psre: false }],
    at: fixedNow.toISOString(),
    language: 'en',
    password: null,
  });
  const first = report.signatures.find(({ integrity }) => integrity === true);
  if (!first) throw new Error('no sound signature');
  return first;
}

const verdicts = (one: SignatureReport): readonly string[] =>
  one.changes.map(({ rule, verdict }) => `${rule ?? ''} ${verdict}`);

type Later = (file: PdfFile) => {
  readonly objects: readonly UpdateObject[];
  readonly trailer?: Entries;
  readonly free?: readonly number[];
};

async function after(later: Later, level: Level = 'none'): Promise<SignatureReport> {
  const file = parsePdf(await signed(level));
  const { objects, trailer = {} } = later(file);
  return judge(appendUpdate(file, { objects, trailer }).bytes);
}

const dictAt = (file: PdfFile, num: number): PdfDict => {
  const value = file.resolve(ref(num));
  if (!isDict(value)) throw new Error(`object ${num} is no dictionary`);
  return value;
};

const change =
  (num: number, entries: Record<string, PdfValue | undefined>): Later =>
  (file) => ({
    objects: [{ num, value: withEntries(dictAt(file, num), entries) }],
  });

const both =
  (...all: readonly Later[]): Later =>
  (file) => ({ objects: all.flatMap((one) => one(file).objects) });

const form = (content = 'n', more: Entries = {}): PdfValue =>
  stream(
    { Type: name('XObject'), Subtype: name('Form'), BBox: array(0, 0, 80, 20), ...more },
    Buffer.from(content),
  );

const put =
  (num: number, value: PdfValue): Later =>
  () => ({ objects: [{ num, value }] });

/** One more annotation on the page. */
const annotate =
  (entries: Entries, appearance: PdfValue | null = null): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const list = file.resolve(ref(7));
    const items = isArray(list) ? list.items : [];
    const value = dict({
      Type: name('Annot'),
      Rect: array(10, 700, 60, 720),
      ...entries,
      ...(appearance ? { AP: dict({ N: ref(num + 1) }) } : {}),
    });
    return {
      objects: [
        { num: 7, value: array(...items, ref(num)) },
        { num, value },
        ...(appearance ? [{ num: num + 1, value: appearance }] : []),
      ],
    };
  };

/** A field of any type, with its widget on the page. */
const addField =
  (entries: Entries): Later =>
  (file) => {
    const { objects } = annotate({ Subtype: name('Widget'), T: textString('Baru'), ...entries })(file);
    const num = nextObjectNumber(file);
    const fields = file.get(ref(5), 'Fields');
    const items = isArray(fields) ? fields.items : [];
    return {
      objects: [
        ...objects,
        { num: 5, value: withEntries(dictAt(file, 5), { Fields: array(...items, ref(num)) }) },
      ],
    };
  };

const store =
  (entries: Entries = {}): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const root = file.catalog();
    const catalog = root?.dict ?? dict({});
    return {
      objects: [
        { num, value: stream({}, Buffer.from('certificate')) },
        { num: num + 1, value: dict({ Type: name('DSS'), Certs: array(ref(num)), ...entries }) },
        { num: root?.ref?.num ?? 0, value: withEntries(catalog, { DSS: ref(num + 1) }) },
      ],
    };
  };

const element =
  (entries: Entries, behind = 0): Later =>
  (file) => {
    const num = nextObjectNumber(file) + behind;
    return {
      objects: [
        { num: 25, value: withEntries(dictAt(file, 25), { K: array(ref(num)) }) },
        { num, value: dict({ Type: name('StructElem'), S: name('Form'), P: ref(25), ...entries }) },
      ],
    };
  };

const catalogChange = (entries: Record<string, PdfValue | undefined>): Later => change(1, entries);

const permitted: readonly (readonly [string, Level, string, Later])[] = [
  ['validation data', 'no-changes', 'DSS', store()],
  [
    'validation data by signature',
    'no-changes',
    'DSS',
    store({ VRI: dict({ AB: dict({ TU: textString('x') }) }) }),
  ],
  [
    'other statements about the document',
    'no-changes',
    'METADATA',
    change(30, { Title: textString('Lain') }),
  ],
  ['an object that nothing refers to', 'no-changes', 'NOTHING_SHOWN', put(fresh, dict({ A: 1 }))],
  ['the same object once more', 'no-changes', 'NOTHING_SHOWN', change(3, {})],
  ['a value in a text field', 'none', 'FIELD_FILLED', change(8, { V: textString('Budi') })],
  [
    'a value with its appearance',
    'form-filling',
    'FIELD_FILLED',
    both(change(8, { V: textString('Budi'), AP: dict({ N: ref(fresh) }) }), put(fresh, form())),
  ],
  [
    'an appearance written over the old one, with a value',
    'form-filling',
    'FIELD_FILLED',
    both(change(9, { V: textString('b') }), put(14, form('n n'))),
  ],
  ['a ticked box', 'form-filling', 'FIELD_FILLED', change(10, { V: name('Ya'), AS: name('Ya') })],
  ['a new field for a signature', 'form-filling', 'SIGNATURE_FIELD_ADDED', addField({ FT: name('Sig') })],
  [
    'a comment',
    'annotations',
    'ANNOTATION_ADDED',
    annotate({ Subtype: name('Text'), Contents: textString('ya') }),
  ],
  [
    'a marked line',
    'annotations',
    'ANNOTATION_ADDED',
    annotate(
      { Subtype: name('Highlight'), QuadPoints: array(0, 0, 1, 0, 0, 1, 1, 1) },
      form('0 0 50 10 re f'),
    ),
  ],
  ['a changed comment', 'annotations', 'ANNOTATION_CHANGED', change(13, { Contents: textString('lain') })],
  [
    'a removed comment',
    'annotations',
    'ANNOTATION_REMOVED',
    (file) => {
      const list = file.resolve(ref(7));
      return {
        objects: [
          { num: 7, value: array(...(isArray(list) ? list.items : []).filter((one) => !isRefTo(one, 13))) },
        ],
      };
    },
  ],
];

const isRefTo = (value: PdfValue, num: number): boolean =>
  typeof value === 'object' && value?.kind === 'ref' && value.num === num;

describe('permitted', () => {
  test.each(permitted)('%s (%s)', async (_, level, rule, later) => {
    const one = await after(later, level);
    expect(verdicts(one)).toEqual([`${rule} permitted`]);
    expect(one).toMatchObject({
      changesAfter: 'permitted',
      indication: 'TOTAL-PASSED',
      coversWholeFile: false,
    });
  });

  test('a signature in the field that waits for it, and one in a new field', async () => {
    const again = await signPdf(await signed('form-filling'), { signer, time: fixedNow });
    expect(verdicts(await judge(again))).toEqual(['SIGNATURE_ADDED permitted']);
  });

  test('an element for the new signature field in the structure tree', async () => {
    const both2: Later = (file) => {
      const num = nextObjectNumber(file);
      return both(
        addField({ FT: name('Sig') }),
        element({ K: dict({ Type: name('OBJR'), Obj: ref(num) }) }, 1),
      )(file);
    };
    expect(verdicts(await after(both2))).toEqual(['SIGNATURE_FIELD_ADDED permitted']);
  });
});

const beyond: readonly (readonly [string, Level, string, Later])[] = [
  ['filling in', 'no-changes', 'FIELD_FILLED', change(8, { V: textString('Budi') })],
  ['a field for a signature', 'no-changes', 'SIGNATURE_FIELD_ADDED', addField({ FT: name('Sig') })],
  ['a comment under form filling', 'form-filling', 'ANNOTATION_ADDED', annotate({ Subtype: name('Text') })],
  ['a comment where nothing was certified', 'none', 'ANNOTATION_ADDED', annotate({ Subtype: name('Text') })],
];

test.each(beyond)('beyond the level: %s (%s)', async (_, level, rule, later) => {
  const one = await after(later, level);
  expect(verdicts(one)).toContain(`${rule} forbidden`);
  expect(one.problems.map(({ code }) => code)).toContain('CHANGES_BEYOND_LEVEL');
  expect(one).toMatchObject({ changesAfter: 'forbidden', indication: 'TOTAL-FAILED' });
});

const forbidden: readonly (readonly [string, string, Later])[] = [
  ['page content', 'PAGE_CHANGED', put(4, stream({}, Buffer.from('1 0 0 rg 0 0 99 99 re f')))],
  [
    'page content under another number',
    'PAGE_CHANGED',
    both(change(3, { Contents: ref(fresh) }), put(fresh, form())),
  ],
  ['a resource of the page', 'PAGE_CHANGED', put(23, form('0 0 80 20 re f'))],
  ['a font', 'DOCUMENT_CHANGED', change(22, { BaseFont: name('Symbol') })],
  ['the size of the page', 'PAGE_CHANGED', change(3, { CropBox: array(0, 0, 10, 10) })],
  ['the page turned', 'PAGE_CHANGED', change(3, { Rotate: 180 })],
  [
    'a page added',
    'PAGE_TREE',
    both(
      change(2, { Kids: array(ref(3), ref(fresh)), Count: 2 }),
      put(fresh, dict({ Type: name('Page'), Parent: ref(2) })),
    ),
  ],
  ['all pages gone', 'PAGE_TREE', change(2, { Kids: array(), Count: 0 })],
  [
    'another page tree',
    'CATALOG_CHANGED',
    both(
      catalogChange({ Pages: ref(fresh) }),
      put(fresh, dict({ Type: name('Pages'), Kids: array(ref(3)), Count: 1 })),
    ),
  ],
  ['a page tree node freed', 'PAGE_TREE', put(2, null)],
  ['outlines', 'DOCUMENT_CHANGED', change(20, { Count: 1 })],
  ['an action on opening', 'CATALOG_CHANGED', catalogChange({ OpenAction: dict({ S: name('URI') }) })],
  ['layers', 'CATALOG_CHANGED', catalogChange({ OCProperties: dict({}) })],
  ['attachments', 'CATALOG_CHANGED', catalogChange({ Names: dict({}) })],
  ['an unknown entry of the trailer', 'TRAILER_CHANGED', () => ({ objects: [], trailer: { Foo: 1 } })],
  [
    'another catalog',
    'TRAILER_CHANGED',
    (file) => ({ objects: [{ num: fresh, value: dictAt(file, 1) }], trailer: { Root: ref(fresh) } }),
  ],
  ['a text field added', 'FIELD_ADDED', addField({ FT: name('Tx') })],
  ['a field removed', 'FIELD_REMOVED', change(5, { Fields: array(ref(9), ref(10), ref(11), ref(12)) })],
  ['the form removed', 'FORM_CHANGED', catalogChange({ AcroForm: undefined })],
  ['appearances left to the viewer', 'FORM_CHANGED', change(5, { NeedAppearances: true })],
  [
    'another font under the name of one in the form',
    'FORM_CHANGED',
    both(
      change(5, { DR: dict({ Font: dict({ F1: ref(fresh) }) }) }),
      put(fresh, dict({ Type: name('Font') })),
    ),
  ],
  ['a form for another technology', 'FORM_CHANGED', change(5, { XFA: textString('<x/>') })],
  ['a field moved', 'FIELD_STRUCTURE', change(8, { Rect: array(0, 0, 600, 800), V: textString('x') })],
  ['a hidden field shown', 'FIELD_STRUCTURE', change(12, { F: 4, V: textString('evil') })],
  ['a field of another type', 'FIELD_STRUCTURE', change(8, { FT: name('Btn') })],
  ['a field renamed', 'FIELD_STRUCTURE', change(8, { T: textString('Lain') })],
  ['an action in a field', 'FIELD_STRUCTURE', change(8, { AA: dict({}) })],
  [
    'another picture for the same value',
    'FIELD_APPEARANCE',
    both(change(9, { AP: dict({ N: ref(fresh) }) }), put(fresh, form())),
  ],
  ['the picture of a value written over', 'FIELD_APPEARANCE', put(14, form('0 0 80 20 re f'))],
  ['another picture of a tick', 'FIELD_APPEARANCE', put(15, form('0 0 80 20 re f'))],
  ['a free text', 'ANNOTATION_KIND', annotate({ Subtype: name('FreeText') }, form())],
  ['a stamp', 'ANNOTATION_KIND', annotate({ Subtype: name('Stamp') }, form())],
  ['a redaction', 'ANNOTATION_KIND', annotate({ Subtype: name('Redact') })],
  ['a link', 'ANNOTATION_KIND', annotate({ Subtype: name('Link') })],
  [
    'a comment that acts',
    'ANNOTATION_KIND',
    annotate({ Subtype: name('Text'), A: dict({ S: name('URI') }) }),
  ],
  [
    'a highlight that writes',
    'ANNOTATION_KIND',
    annotate({ Subtype: name('Highlight') }, form('BT (lunas) Tj ET')),
  ],
  [
    'a highlight with a picture',
    'ANNOTATION_KIND',
    annotate({ Subtype: name('Highlight') }, form('BI /W 1 ID x EI')),
  ],
  ['a widget without a field', 'WIDGET_FOREIGN', annotate({ Subtype: name('Widget') })],
  ['a store that holds a page', 'CATALOG_CHANGED', store({ Extra: ref(3) })],
  [
    'a structure element that speaks for the text',
    'DOCUMENT_CHANGED',
    element({ ActualText: textString('lain') }),
  ],
  ['a structure element without a field', 'DOCUMENT_CHANGED', element({ K: array() })],
];

test.each(forbidden)('never permitted: %s', async (_, rule, later) => {
  for (const level of ['none', 'annotations'] as const) {
    const one = await after(later, level);
    expect(verdicts(one)).toContain(`${rule} forbidden`);
    expect(one).toMatchObject({ changesAfter: 'forbidden', indication: 'TOTAL-FAILED' });
  }
});

describe('what is used twice', () => {
  const shared: Later = both(
    change(8, { V: textString('x'), AP: dict({ N: ref(23) }) }),
    put(23, form('0 0 80 20 re f')),
  );

  test('a resource of the page that becomes the appearance of a field', async () => {
    expect(verdicts(await after(shared))).toContain('OBJECT_SHARED forbidden');
  });

  test('page content entered in the store', async () => {
    const later = both(store({ CRLs: array(ref(4)) }), put(4, stream({}, Buffer.from('0 0 99 99 re f'))));
    expect(verdicts(await after(later))).toContain('OBJECT_SHARED forbidden');
  });

  test('the information dictionary that is a page', async () => {
    const later: Later = () => ({
      objects: [{ num: 4, value: stream({}, Buffer.from('0 0 99 99 re f')) }],
      trailer: { Info: ref(4) },
    });
    expect(verdicts(await after(later))).toContain('OBJECT_SHARED forbidden');
  });
});

describe('signatures', () => {
  test('the value of a signed field exchanged', async () => {
    const file = parsePdf(await signed());
    const [field] = signatureFields(file).filter(({ value }) => value !== null);
    if (!field?.valueRef || !field.ref) throw new Error('not signed');
    const copy = withEntries(dictAt(file, field.valueRef.num), { Reason: textString('lain') });
    const { bytes } = appendUpdate(file, {
      objects: [
        { num: fresh, value: copy },
        { num: field.ref.num, value: withEntries(field.dict, { V: ref(fresh) }) },
      ],
    });
    const one = await judge(bytes);
    expect(verdicts(one)).toContain('SIGNATURE_REPLACED forbidden');
  });

  test('a certification after a signature', async () => {
    const file = parsePdf(await signed());
    const later = addField({
      FT: name('Sig'),
      V: dict({
        Type: name('Sig'),
        Reference: array(dict({ TransformMethod: name('DocMDP'), TransformParams: dict({ P: 2 }) })),
      }),
    });
    const { bytes } = appendUpdate(file, { objects: later(file).objects });
    expect(verdicts(await judge(bytes))).toContain('CERTIFICATION_LATE forbidden');
  });
});

describe('a signature field whose widget stands below it', () => {
  const twoParts = async (): Promise<PdfFile> => {
    const file = parsePdf(letter());
    const widget = withEntries(dictAt(file, 11), { FT: undefined, T: undefined, Parent: ref(11) });
    const field = dict({ FT: name('Sig'), T: textString('Kepala'), Kids: array(ref(31)) });
    const list = file.resolve(ref(7));
    const items = (isArray(list) ? list.items : []).map((one) => (isRefTo(one, 11) ? ref(31) : one));
    const { bytes } = appendUpdate(file, {
      objects: [
        { num: 11, value: field },
        { num: 31, value: widget },
        { num: 7, value: array(...items) },
      ],
    });
    return parsePdf(await signPdf(bytes, { signer, time: fixedNow }));
  };
  const value = dict({ Type: name('Sig'), ByteRange: array(0, 1, 2, 3), Contents: textString('x') });

  test('is signed, and the widget gets its appearance', async () => {
    const file = await twoParts();
    const num = nextObjectNumber(file);
    const { bytes } = appendUpdate(file, {
      objects: [
        { num: 11, value: withEntries(dictAt(file, 11), { V: ref(num) }) },
        { num: 31, value: withEntries(dictAt(file, 31), { AP: dict({ N: ref(num + 1) }) }) },
        { num, value },
        { num: num + 1, value: form() },
      ],
    });
    expect(verdicts(await judge(bytes))).toEqual(['SIGNATURE_ADDED permitted']);
  });

  test('gets another appearance without being signed, or one more widget', async () => {
    const file = await twoParts();
    const num = nextObjectNumber(file);
    const drawn = appendUpdate(file, {
      objects: [
        { num: 31, value: withEntries(dictAt(file, 31), { AP: dict({ N: ref(num) }) }) },
        { num, value: form() },
      ],
    });
    expect(verdicts(await judge(drawn.bytes))).toContain('FIELD_STRUCTURE forbidden');
    const more = appendUpdate(file, {
      objects: [
        { num: 11, value: withEntries(dictAt(file, 11), { Kids: array(ref(31), ref(num)) }) },
        { num, value: withEntries(dictAt(file, 31), { Rect: array(0, 0, 600, 800) }) },
      ],
    });
    expect(verdicts(await judge(more.bytes))).toContain('FIELD_ADDED forbidden');
  });
});

test('an object stream written anew, which other readers would unpack instead', async () => {
  const file = parsePdf(await signPdf(await inputPdf('stream'), { signer, time: fixedNow }));
  const pack = file.numbers().find((num) => {
    const value = file.objectAt(num)?.value;
    return isStream(value) && nameOf(value.dict.entries.get('Type')) === 'ObjStm';
  });
  const old = file.resolve(ref(pack ?? 0));
  if (!pack || !isStream(old)) throw new Error('no object stream');
  const other = stream(Object.fromEntries(old.dict.entries), Uint8Array.from(old.raw).fill(0, -3));
  const { bytes } = appendUpdate(file, { objects: [{ num: pack, value: other }] });
  expect(verdicts(await judge(bytes))).toContain('OBJECT_STREAM_CHANGED forbidden');
});

describe('locked fields', () => {
  const lock = (action: string, ...fields: readonly string[]): Uint8Array => {
    const file = parsePdf(letter());
    const value = dict({ Action: name(action), Fields: array(...fields.map((one) => textString(one))) });
    return appendUpdate(file, {
      objects: [{ num: 11, value: withEntries(dictAt(file, 11), { Lock: value }) }],
    }).bytes;
  };
  const fill = async (pdf: Uint8Array, num: number): Promise<SignatureReport> => {
    const file = parsePdf(await signPdf(pdf, { signer, time: fixedNow, field: 'Kepala' }));
    return judge(appendUpdate(file, { objects: change(num, { V: textString('Budi') })(file).objects }).bytes);
  };

  test.each([
    ['All', [], 8, 'forbidden'],
    ['Include', ['Nama'], 8, 'forbidden'],
    ['Include', ['Nama'], 9, 'permitted'],
    ['Include', ['Nama1'], 8, 'permitted'],
    ['Exclude', ['Nama'], 8, 'permitted'],
    ['Exclude', ['Nama'], 9, 'forbidden'],
  ] as const)('%s %j, field of object %i: %s', async (action, names, num, expected) => {
    const one = await fill(lock(action, ...names), num);
    expect(one.changesAfter).toBe(expected);
    expect(one.problems.some(({ code }) => code === 'FIELD_LOCKED')).toBe(expected === 'forbidden');
  });
});
