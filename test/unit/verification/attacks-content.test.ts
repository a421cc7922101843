import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  array,
  byteString,
  dateString,
  dict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  stream,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import {
  signatureTimestampAttribute,
  withUnsignedAttributes,
} from '../../../src/main/core/pki/timestamp/unsigned.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { looksGreen, looksHarmless } from '../../conformance/corpus.ts';
import { at, letterKinds, letterObjects, letterOf, words } from '../../fixtures/letter-kinds.ts';
import type { LetterKind } from '../../fixtures/letter-kinds.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import { tokenByHand } from '../pki/answers-by-hand.ts';
import {
  annotate,
  dictAt,
  drawing,
  edit,
  itemsAt,
  judge,
  later,
  put,
  signatureOf,
  summary,
  together,
} from './forging.ts';
import type { Later } from './forging.ts';
import { cmsBy, signByHand } from './sign-by-hand.ts';

/**
 * Attacks by well-formed revisions (SIGNATURES §D): shadow, evil annotation, sneaky signature, spoofed entries,
 * pages, copied timestamps. Each in every kind of file and under every permission that a signer can give.
 */

const pki = testPki();
type Level = NonNullable<SignOptions['certify']> | 'none';
const levels: readonly Level[] = ['none', 'no-changes', 'form-filling', 'annotations'];
const signed = new Map<string, Uint8Array>();
const letter = (kind: LetterKind, level: Level): Uint8Array =>
  signed.get(`${kind} ${level}`) ?? new Uint8Array(0);

beforeAll(async () => {
  const { privateKey, certificate, chain } = pki.p256;
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  for (const kind of letterKinds) {
    for (const level of levels) {
      const certify = level === 'none' ? {} : { certify: level };
      const options = { signer, time: fixedNow, acceptRisks: true, ...certify };
      signed.set(`${kind} ${level}`, await signPdf(letterOf(kind), options));
    }
  }
}, 60_000);

const evil = stream({}, Buffer.from(words(72, 700, 30)));
const empty = drawing('n');
const withFont = (value: string): Later => edit(at.font, { BaseFont: name(value) });

const shadow: readonly (readonly [string, Later])[] = [
  ['hide: the cover freed', put(at.cover, null)],
  ['hide: the cover emptied', put(at.cover, empty)],
  ['hide: the cover made a picture of nothing', put(at.cover, drawing('', [0, 0, 1, 1]))],
  ['hide: the cover moved aside', put(at.cover, drawing('1 g 60 90 480 30 re f'))],
  ['hide: the cover another kind of object', put(at.cover, dict({ Type: name('XObject') }))],
  [
    'hide: the name of the cover gone',
    edit(at.page, { Resources: dict({ Font: dict({ F1: ref(at.font) }) }) }),
  ],
  [
    'hide: the name of the cover given to another',
    (file) => {
      const num = nextObjectNumber(file);
      const resources = dict({ Font: dict({ F1: ref(at.font) }), XObject: dict({ Tutup: ref(num) }) });
      return {
        objects: [
          { num, value: empty },
          { num: at.page, value: withEntries(dictAt(file, at.page), { Resources: resources }) },
        ],
      };
    },
  ],
  ['replace: the content written over', put(at.content, evil)],
  ['replace: the content from an object kept ready', edit(at.page, { Contents: ref(at.stale) })],
  ['replace: the content in two parts', edit(at.page, { Contents: array(ref(at.content), ref(at.stale)) })],
  ['replace: the font', withFont('Symbol')],
  [
    'replace: the encoding of the font',
    edit(at.font, { Encoding: dict({ Differences: array(48, name('nine')) }) }),
  ],
  ['replace: the font in the form', edit(at.form, { DR: dict({ Font: dict({ F1: ref(at.content) }) }) })],
  [
    'replace: the words of a field without its value',
    put(at.nameDrawing, drawing('0 0 200 20 re f', [0, 0, 200, 20])),
  ],
  ['replace: what a tick looks like', put(at.tickOn, drawing('0 0 12 12 re f', [0, 0, 12, 12]))],
  ['replace: what no tick looks like', put(at.tickOff, drawing('0 0 12 12 re f', [0, 0, 12, 12]))],
  [
    'replace: the state names of a tick exchanged',
    edit(at.tick, { AP: dict({ N: dict({ Ya: ref(at.tickOff), Off: ref(at.tickOn) }) }) }),
  ],
  [
    'hide and replace: another page tree',
    (file) => {
      const num = nextObjectNumber(file);
      return {
        objects: [
          {
            num,
            value: dict({
              Type: name('Pages'),
              Kids: array(ref(num + 1)),
              Count: 1,
              MediaBox: array(0, 0, 600, 800),
            }),
          },
          {
            num: num + 1,
            value: dict({
              Type: name('Page'),
              Parent: ref(num),
              Contents: ref(at.stale),
              Resources: dict({}),
            }),
          },
          { num: at.catalog, value: withEntries(dictAt(file, at.catalog), { Pages: ref(num) }) },
        ],
      };
    },
  ],
  [
    'hide and replace: another catalog',
    (file) => {
      const num = nextObjectNumber(file);
      return {
        objects: [
          { num, value: withEntries(dictAt(file, at.catalog), { Pages: ref(num + 1) }) },
          { num: num + 1, value: dict({ Type: name('Pages'), Kids: array(ref(at.page2)), Count: 1 }) },
        ],
        trailer: { Root: ref(num) },
      };
    },
  ],
  [
    'hide and replace: layers switched',
    edit(at.catalog, { OCProperties: dict({ OCGs: array(), D: dict({}) }) }),
  ],
  ['hide and replace: the box of the page', edit(at.page, { MediaBox: array(0, 620, 600, 800) })],
  ['hide and replace: the box of all pages', edit(at.tree, { MediaBox: array(0, 620, 600, 800) })],
  ['hide and replace: the crop box', edit(at.page, { CropBox: array(0, 620, 600, 800) })],
  ['hide and replace: the unit', edit(at.page, { UserUnit: 9 })],
  ['hide and replace: the page turned over', edit(at.page, { Rotate: 180 })],
  [
    'hide and replace: the metadata that is the content',
    (file) => ({
      objects: [
        { num: at.catalog, value: withEntries(dictAt(file, at.catalog), { Metadata: ref(at.content) }) },
        { num: at.content, value: evil },
      ],
    }),
  ],
  [
    'hide and replace: evidence that is the content',
    (file) => ({
      objects: [
        {
          num: at.catalog,
          value: withEntries(dictAt(file, at.catalog), { DSS: dict({ Certs: array(ref(at.content)) }) }),
        },
        { num: at.content, value: evil },
      ],
    }),
  ],
  [
    'hide and replace: the information that is the page',
    (file) => ({
      objects: [{ num: at.page, value: withEntries(dictAt(file, at.page), { Contents: ref(at.stale) }) }],
      trailer: { Info: ref(at.page) },
    }),
  ],
  [
    'hide and replace: the appearance of a field that is the cover',
    (file) => ({
      objects: [
        {
          num: at.nameField,
          value: withEntries(dictAt(file, at.nameField), {
            V: textString('x'),
            AP: dict({ N: ref(at.cover) }),
          }),
        },
        { num: at.cover, value: empty },
      ],
    }),
  ],
  [
    'what happens on opening',
    edit(at.catalog, { OpenAction: dict({ S: name('JavaScript'), JS: textString('x') }) }),
  ],
  ['what happens on a page', edit(at.page, { AA: dict({ O: dict({ S: name('JavaScript') }) }) })],
  ['scripts by name', edit(at.catalog, { Names: dict({ JavaScript: dict({}) }) })],
  ['an attached file', edit(at.catalog, { AF: array() })],
  ['a portfolio', edit(at.catalog, { Collection: dict({}) })],
  ['how the page is shown', edit(at.catalog, { ViewerPreferences: dict({ ViewArea: name('CropBox') }) })],
  [
    'numbers of pages',
    edit(at.catalog, { PageLabels: dict({ Nums: array(0, dict({ P: textString('9') })) }) }),
  ],
];

const pagesTable: readonly (readonly [string, Later])[] = [
  [
    'one more',
    (file) => {
      const num = nextObjectNumber(file);
      const page = dict({
        Type: name('Page'),
        Parent: ref(at.tree),
        Contents: ref(at.stale),
        Resources: dict({}),
      });
      return together(
        edit(at.tree, { Kids: array(ref(at.page), ref(num), ref(at.page2)), Count: 3 }),
        put(num, page),
      )(file);
    },
  ],
  ['one fewer', edit(at.tree, { Kids: array(ref(at.page2)), Count: 1 })],
  ['one fewer, the count as before', edit(at.tree, { Kids: array(ref(at.page)) })],
  ['in another order', edit(at.tree, { Kids: array(ref(at.page2), ref(at.page)) })],
  ['the same twice', edit(at.tree, { Kids: array(ref(at.page), ref(at.page)) })],
  ['one freed', put(at.page2, null)],
  [
    'one exchanged',
    put(at.page2, dict({ Type: name('Page'), Parent: ref(at.tree), Contents: ref(at.stale) })),
  ],
  [
    'a level between',
    (file) => {
      const num = nextObjectNumber(file);
      const node = dict({
        Type: name('Pages'),
        Parent: ref(at.tree),
        Kids: array(ref(at.page2)),
        Count: 1,
        Rotate: 90,
      });
      return together(edit(at.tree, { Kids: array(ref(at.page), ref(num)) }), put(num, node))(file);
    },
  ],
  [
    'another tree for the tree',
    put(
      at.tree,
      dict({ Type: name('Pages'), Kids: array(ref(at.page2)), Count: 1, MediaBox: array(0, 0, 600, 800) }),
    ),
  ],
];

const note = (entries: Entries, appearance = drawing(words(72, 640, 30))): Later =>
  annotate(entries, appearance);
const marks: readonly (readonly [string, Later])[] = [
  ...[
    'FreeText',
    'Stamp',
    'Redact',
    'Line',
    'Square',
    'Circle',
    'Polygon',
    'PolyLine',
    'Ink',
    'Link',
    'FileAttachment',
    'Screen',
    'Watermark',
    '3D',
    'Movie',
    'Sound',
    'TrapNet',
    'PrinterMark',
    'RichMedia',
    'Widget',
    'Baru',
  ].map((kind): readonly [string, Later] => [kind, note({ Subtype: name(kind) })]),
  [
    'FreeText without an appearance',
    annotate({ Subtype: name('FreeText'), Contents: textString('Lunas'), DA: textString('/F1 12 Tf') }),
  ],
  ['no subtype', note({})],
  ['a highlight that covers words', note({ Subtype: name('Highlight') }, drawing('1 g 0 0 600 800 re f'))],
  ['a line under that covers words', note({ Subtype: name('Underline') }, drawing('1 g 0 0 600 800 re f'))],
  [
    'a highlight that says what it covers',
    note(
      { Subtype: name('Highlight'), QuadPoints: array(60, 660, 540, 660, 60, 630, 540, 630) },
      drawing('1 g 0 0 600 800 re f'),
    ),
  ],
  ['a comment in a layer', note({ Subtype: name('Text'), OC: dict({}) })],
  [
    'a comment as large as the page',
    note({ Subtype: name('Text'), Rect: array(0, 0, 600, 800) }, drawing('1 g 0 0 600 800 re f')),
  ],
  ['a highlight that writes', note({ Subtype: name('Highlight') }, drawing('BT /F1 20 Tf (Lunas) Tj ET'))],
  [
    'a highlight with a picture',
    note({ Subtype: name('Highlight') }, drawing('BI /W 1 /H 1 /CS /G /BPC 8 ID x EI')),
  ],
  ['a comment with an action', note({ Subtype: name('Text'), A: dict({ S: name('URI') }) })],
  ['a comment made a free text', edit(at.comment, { Subtype: name('FreeText') })],
  ['the highlight moved over words', edit(at.highlight, { Rect: array(60, 636, 500, 652) })],
  [
    'the comment before the fields',
    (file) => ({
      objects: [{ num: at.annotations, value: array(...itemsAt(file, at.annotations).toReversed()) }],
    }),
  ],
  [
    'an annotation of the other page',
    (file) => {
      const num = nextObjectNumber(file);
      return together(
        edit(at.page2, { Annots: array(ref(num)) }),
        put(num, dict({ Type: name('Annot'), Subtype: name('Stamp'), Rect: array(0, 0, 600, 800) })),
      )(file);
    },
  ],
];

/** A field for a signature with an appearance, entered in form and page. */
const signatureField =
  (area: readonly number[], appearance = drawing('1 g 0 0 600 800 re f'), more: Entries = {}): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const widget = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString('Baru'),
      Rect: array(...area),
      F: 4,
      P: ref(at.page),
      AP: dict({ N: ref(num + 1) }),
      ...more,
    });
    const form = dictAt(file, at.form);
    const fields = form.entries.get('Fields');
    const old = typeof fields === 'object' && fields?.kind === 'array' ? fields.items : [];
    return {
      objects: [
        { num: at.form, value: withEntries(form, { Fields: array(...old, ref(num)) }) },
        { num: at.annotations, value: array(...itemsAt(file, at.annotations), ref(num)) },
        { num, value: widget },
        { num: num + 1, value: appearance },
      ],
    };
  };

const sneaky: readonly (readonly [string, Later])[] = [
  ['a field over words', signatureField([60, 630, 540, 660])],
  ['a field over the whole page', signatureField([0, 0, 600, 800])],
  ['a field over a few letters', signatureField([70, 638, 100, 651])],
  [
    'a field that hides the amount and writes another',
    signatureField([60, 716, 300, 734], drawing('1 g 0 0 300 20 re f 0 g 20 4 60 9 re f', [0, 0, 300, 20])),
  ],
  [
    'a field with a widget that is another field',
    (file) => {
      const { field } = signatureOf(file);
      return {
        objects: [
          {
            num: at.form,
            value: withEntries(dictAt(file, at.form), {
              Fields: array(ref(at.nameField), ref(at.tick), ref(field), ref(at.comment)),
            }),
          },
        ],
      };
    },
  ],
  [
    'the appearance of the signature itself',
    (file) => {
      const { field } = signatureOf(file);
      const num = nextObjectNumber(file);
      return {
        objects: [
          {
            num: field,
            value: withEntries(dictAt(file, field), {
              Rect: array(60, 630, 540, 660),
              AP: dict({ N: ref(num) }),
            }),
          },
          { num, value: drawing('1 g 0 0 600 800 re f') },
        ],
      };
    },
  ],
  [
    'the signature moved',
    (file) => {
      const { field } = signatureOf(file);
      return {
        objects: [
          { num: field, value: withEntries(dictAt(file, field), { Rect: array(60, 630, 540, 660) }) },
        ],
      };
    },
  ],
  ['a text field', signatureField([60, 300, 540, 330], drawing('n'), { FT: name('Tx') })],
  ['a button', signatureField([60, 300, 540, 330], drawing('n'), { FT: name('Btn') })],
  [
    'a field that acts',
    signatureField([60, 300, 540, 330], drawing('n'), { A: dict({ S: name('JavaScript') }) }),
  ],
];

const replaceIn =
  (entries: Record<string, Parameters<typeof withEntries>[1][string]>): Later =>
  (file) => {
    const { num, value } = signatureOf(file);
    return { objects: [{ num, value: withEntries(value, entries) }] };
  };
const spoofed: readonly (readonly [string, Later])[] = [
  ['/Reason', replaceIn({ Reason: textString('Disetujui') })],
  ['/Name', replaceIn({ Name: textString('Bupati') })],
  ['/Location', replaceIn({ Location: textString('Sukadana') })],
  ['/M', replaceIn({ M: dateString(new Date('2020-01-01T00:00:00Z')) })],
  ['/ContactInfo', replaceIn({ ContactInfo: textString('x') })],
  [
    '/Reference',
    replaceIn({
      Reference: array(dict({ TransformMethod: name('DocMDP'), TransformParams: dict({ P: 3 }) })),
    }),
  ],
  ['/Prop_Build', replaceIn({ Prop_Build: dict({}) })],
  ['/Contents', replaceIn({ Contents: byteString(Buffer.from('3000', 'hex'), true) })],
  [
    'the dictionary under another number',
    (file) => {
      const { value, field } = signatureOf(file);
      const num = nextObjectNumber(file);
      return {
        objects: [
          { num, value: withEntries(value, { Name: textString('Bupati') }) },
          { num: field, value: withEntries(dictAt(file, field), { V: ref(num) }) },
        ],
      };
    },
  ],
  [
    'the value in the field itself',
    (file) => {
      const { value, field } = signatureOf(file);
      return {
        objects: [{ num: field, value: withEntries(dictAt(file, field), { V: withEntries(value, {}) }) }],
      };
    },
  ],
  [
    'the name of the field',
    (file) => {
      const { field } = signatureOf(file);
      return {
        objects: [{ num: field, value: withEntries(dictAt(file, field), { T: textString('Bupati') }) }],
      };
    },
  ],
  [
    'the value away',
    (file) => {
      const { field } = signatureOf(file);
      return { objects: [{ num: field, value: withEntries(dictAt(file, field), { V: undefined }) }] };
    },
  ],
  ['the field away', edit(at.form, { Fields: array(ref(at.nameField), ref(at.tick)) })],
  ['the form away', edit(at.catalog, { AcroForm: undefined })],
  ['the dictionary freed', (file) => ({ objects: [{ num: signatureOf(file).num, value: null }] })],
];

const classes = [
  ['shadow', shadow],
  ['pages', pagesTable],
  ['evil annotation', marks],
  ['sneaky signature', sneaky],
  ['spoofed dictionary', spoofed],
] as const;

describe.each(classes)('%s', (_, attacks) => {
  test.each(attacks)(
    '%s',
    async (_, attack) => {
      for (const kind of letterKinds) {
        for (const level of levels) {
          const bytes = letter(kind, level);
          const report = await judge(later(bytes, attack));
          expect(looksHarmless(report), `${kind}, ${level}: ${summary(report)}`).toBe(false);
        }
      }
    },
    60_000,
  );
});

describe('what was kept ready before signing', () => {
  /** The letter with a field or a comment over words, which a later permitted change takes away. */
  const prepared = async (objects: Readonly<Record<number, string>>, certify: Level): Promise<Uint8Array> => {
    const { privateKey, certificate, chain } = pki.p256;
    const signer = signerFromPkcs8(privateKey, certificate, chain);
    const more = certify === 'none' ? {} : { certify };
    return signPdf(letterOf('table', { ...letterObjects, ...objects }), {
      signer,
      time: fixedNow,
      acceptRisks: true,
      ...more,
    });
  };
  const over = (body: string): string => body.replace(/\/Rect \[[^\]]*\]/, '/Rect [60 634 540 654]');
  const white = (box: string): string => {
    const data = `1 g ${box} re f`;
    return `<</Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <<>> /Length ${data.length}>>\nstream\n${data}\nendstream`;
  };
  const cover = {
    [at.nameField]: over(letterObjects[at.nameField] ?? ''),
    [at.nameDrawing]: white('0 0 600 800'),
  };
  const mark = {
    [at.highlight]: over(letterObjects[at.highlight] ?? ''),
    [at.highlightDrawing]: white('0 0 600 800'),
  };

  test.each<[string, Readonly<Record<number, string>>, Level, Later]>([
    [
      'a field over words, filled in so that they show',
      cover,
      'form-filling',
      (file) => {
        const num = nextObjectNumber(file);
        return together(
          edit(at.nameField, { V: textString('x'), AP: dict({ N: ref(num) }) }),
          put(num, drawing('n')),
        )(file);
      },
    ],
    [
      'a comment over words, deleted',
      mark,
      'annotations',
      (file) => ({
        objects: [
          {
            num: at.annotations,
            value: array(...itemsAt(file, at.annotations).slice(0, -2), ref(at.comment)),
          },
        ],
      }),
    ],
    ['a comment over words, changed', mark, 'annotations', put(at.highlightDrawing, drawing('n'))],
    [
      'a tick as large as the page',
      {
        [at.tick]: (letterObjects[at.tick] ?? '').replace(/\/Rect \[[^\]]*\]/, '/Rect [0 0 600 800]'),
        [at.tickOn]: `<</Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <<>> /Length ${words(72, 300, 30).length}>>\nstream\n${words(72, 300, 30)}\nendstream`,
      },
      'form-filling',
      edit(at.tick, { V: name('Ya'), AS: name('Ya') }),
    ],
  ])(
    '%s',
    async (_, objects, level, attack) => {
      const bytes = await prepared(objects, level);
      expect(looksGreen(await judge(bytes))).toBe(true);
      const report = await judge(later(bytes, attack));
      expect(looksHarmless(report), summary(report)).toBe(false);
    },
    20_000,
  );
});

describe('copied timestamps and signatures', () => {
  const tsa = issue({
    name: 'TSA',
    issuer: pki.intermediate,
    purposes: ['1.3.6.1.5.5.7.3.8'],
    usages: ['digitalSignature'],
  });
  const stampOf = (data: Uint8Array): Buffer =>
    tokenByHand({
      signer: tsa,
      time: fixedNow,
      nonce: null,
      imprint: createHash('sha256').update(data).digest(),
    });

  test('a signature timestamp of another signature', async () => {
    const base = letterOf('table');
    const foreign = stampOf(Buffer.from('another signature'));
    const own = async (token: (value: Uint8Array) => Buffer): Promise<Uint8Array> =>
      signByHand(base, async (data) =>
        withUnsignedAttributes(await cmsBy(pki.p256)(data), async (value) => [
          signatureTimestampAttribute(token(value)),
        ]),
      );
    const right = (await judge(await own(stampOf))).signatures[0];
    expect(right?.problems.map(({ code }) => code)).not.toContain('TIMESTAMP_INVALID');
    const wrong = await judge(await own(() => foreign));
    expect(wrong.signatures[0]?.problems.map(({ code }) => code)).toContain('TIMESTAMP_INVALID');
    expect(wrong.signatures[0]).toMatchObject({ bestTime: null, level: 'B-B' });
    expect(wrong.conclusion).not.toBe('TOTAL-PASSED');
  });

  test.each(letterKinds)('a document timestamp and a signature of another letter (%s)', async (kind) => {
    const timestamp = {
      subFilter: 'ETSI.RFC3161',
      fieldName: 'Waktu',
      entries: { Type: name('DocTimeStamp') },
    };
    const bare = { ...letterObjects, [at.catalog]: '<</Type /Catalog /Pages 2 0 R>>' };
    const plain = await signByHand(letterOf(kind, bare), cmsBy(pki.p256));
    const right = await judge(await signByHand(plain, stampOf, timestamp));
    expect(looksGreen(right), summary(right)).toBe(true);
    for (const foreign of [stampOf(letterOf('table')), await cmsBy(pki.p256)(letterOf('table'))]) {
      const how = foreign.length === stampOf(new Uint8Array(0)).length ? timestamp : { fieldName: 'S2' };
      const copied = await judge(await signByHand(plain, () => foreign, how));
      expect(looksHarmless(copied), summary(copied)).toBe(false);
    }
  });

  test('a timestamp in the place of a signature, and the other way round', async () => {
    for (const [make, subFilter] of [
      [stampOf, 'ETSI.CAdES.detached'],
      [cmsBy(pki.p256), 'ETSI.RFC3161'],
    ] as const) {
      const report = await judge(await signByHand(letterOf('table'), make, { subFilter }));
      expect(looksHarmless(report), summary(report)).toBe(false);
    }
  });
});

test('every one of these letters is good before it is attacked', async () => {
  for (const kind of letterKinds) {
    for (const level of levels) {
      const report = await judge(letter(kind, level));
      expect(looksGreen(report), `${kind}, ${level}: ${summary(report)}`).toBe(true);
      expect(parsePdf(letter(kind, level)).anomalies).toEqual([]);
    }
  }
});
