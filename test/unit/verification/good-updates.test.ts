import { beforeAll, describe, expect, test } from 'vitest';
import {
  array,
  dict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  stream,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfFile, PdfValue } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import type { SignOptions } from '../../../src/main/core/signing/index.ts';
import { looksGreen } from '../../conformance/corpus.ts';
import { at, letterKinds, letterObjects, letterOf, objectText, words } from '../../fixtures/letter-kinds.ts';
import type { LetterKind } from '../../fixtures/letter-kinds.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import {
  annotate,
  dictAt,
  drawing,
  edit,
  itemsAt,
  judge,
  later,
  latin1,
  put,
  startOfSection,
  summary,
  ten,
  toBytes,
  together,
  trailerWords,
} from './forging.ts';
import type { Later } from './forging.ts';
import { cmsBy, signByHand } from './sign-by-hand.ts';

/** What other programs rightly do before and after a signature. A verifier that cries wolf is not believed either. */

const pki = testPki();
type Level = NonNullable<SignOptions['certify']> | 'none';
const sign = (
  pdf: Uint8Array,
  level: Level = 'none',
  more: Partial<SignOptions> = {},
): Promise<Uint8Array> => {
  const { privateKey, certificate, chain } = pki.p256;
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  const certify = level === 'none' ? {} : { certify: level };
  return signPdf(pdf, { signer, time: fixedNow, acceptRisks: true, ...certify, ...more });
};

const letters = new Map<string, Uint8Array>();
beforeAll(async () => {
  for (const kind of letterKinds) {
    for (const level of ['none', 'no-changes', 'form-filling', 'annotations'] as const)
      letters.set(`${kind} ${level}`, await sign(letterOf(kind), level));
  }
}, 60_000);
const letter = (kind: LetterKind, level: Level): Uint8Array =>
  letters.get(`${kind} ${level}`) ?? new Uint8Array(0);

const filling =
  (value: string): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    return together(
      edit(at.nameField, { V: textString(value), AP: dict({ N: ref(num) }), M: textString('D:20261122') }),
      put(num, drawing('0 g 4 4 60 8 re f', [0, 0, 200, 20])),
    )(file);
  };

/** Certificates and answers, with or without /VRI, as they are added, rebuilt and dropped. */
const store =
  (vri: Entries | null, more: Entries = {}): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const records = vri ? { VRI: dict(vri) } : {};
    return {
      objects: [
        { num, value: stream({}, Buffer.from('certificate')) },
        {
          num: num + 1,
          value: stream({ Filter: name('FlateDecode') }, Buffer.from('789c030000000001', 'hex')),
        },
        {
          num: at.catalog,
          value: withEntries(dictAt(file, at.catalog), {
            DSS: dict({
              Type: name('DSS'),
              Certs: array(ref(num)),
              OCSPs: array(ref(num + 1)),
              ...records,
              ...more,
            }),
          }),
        },
      ],
    };
  };

const key = 'A'.repeat(40);
const evidence: readonly (readonly [string, Later])[] = [
  ['a store', store(null)],
  ['a store by signature', store({ [key]: dict({ Cert: array(), TU: textString('D:20261122') }) })],
  ['a store with its type in each record', store({ [key]: dict({ Type: name('VRI'), OCSP: array() }) })],
  [
    'extensions of the developer',
    edit(at.catalog, { Extensions: dict({ ADBE: dict({ BaseVersion: name('1.7'), ExtensionLevel: 8 }) }) }),
  ],
  [
    'extensions as a list',
    edit(at.catalog, {
      Extensions: dict({ ISO_: array(dict({ BaseVersion: name('2.0'), ExtensionLevel: 32_002 })) }),
    }),
  ],
  ['a newer version', edit(at.catalog, { Version: name('2.0') })],
  [
    'a changed title',
    edit(at.information, { Title: textString('Surat 2'), ModDate: textString('D:20261122') }),
  ],
  [
    'another information dictionary',
    (file) => {
      const num = nextObjectNumber(file);
      return {
        objects: [{ num, value: dict({ Producer: textString('lain') }) }],
        trailer: { Info: ref(num) },
      };
    },
  ],
  [
    'metadata written over',
    put(at.metadata, stream({ Type: name('Metadata'), Subtype: name('XML') }, Buffer.from('<x/>'))),
  ],
  [
    'metadata under another number',
    (file) => {
      const num = nextObjectNumber(file);
      const xmp = stream({ Type: name('Metadata'), Subtype: name('XML') }, Buffer.from('<x/>'));
      return together(edit(at.catalog, { Metadata: ref(num) }), put(num, xmp))(file);
    },
  ],
  [
    'objects written again as they were',
    (file) => ({
      objects: [at.page, at.content, at.font, at.form].map((num) => ({ num, value: file.resolve(ref(num)) })),
    }),
  ],
  [
    'the content packed another way',
    (file) => {
      const value = file.resolve(ref(at.content));
      return typeof value === 'object' && value?.kind === 'stream'
        ? {
            objects: [
              {
                num: at.content,
                value: stream(
                  { Filter: name('ASCIIHexDecode') },
                  Buffer.from(`${Buffer.from(value.raw).toString('hex')}>`),
                ),
              },
            ],
          }
        : { objects: [] };
    },
  ],
  ['an object that nothing uses freed', put(at.stale, null)],
  [
    'objects that nothing uses',
    (file) => ({ objects: [{ num: nextObjectNumber(file), value: dict({ A: 1 }) }] }),
  ],
  [
    'when the page was changed last, and its order of tabs',
    edit(at.page, { LastModified: textString('D:20261122'), Tabs: name('S') }),
  ],
  ['flags of the form', edit(at.form, { SigFlags: 3 })],
];

const formFilling: readonly (readonly [string, Later])[] = [
  ['a field filled in with a new appearance', filling('Budi')],
  [
    'the same with the old appearance written over',
    together(
      edit(at.nameField, { V: textString('Budi') }),
      put(at.nameDrawing, drawing('0 g 4 4 60 8 re f', [0, 0, 200, 20])),
    ),
  ],
  [
    'a field whose appearance is left to the viewer',
    edit(at.nameField, { V: textString('Budi'), AP: undefined }),
  ],
  [
    'a field filled in and closed',
    (file) => ({
      objects: filling('Budi')(file).objects.map((one) =>
        one.num === at.nameField
          ? { num: one.num, value: withEntries(one.value as ReturnType<typeof dictAt>, { Ff: 1 }) }
          : one,
      ),
    }),
  ],
  ['a rich value', edit(at.nameField, { V: textString('Budi'), RV: textString('<p>Budi</p>'), Q: 1 })],
  ['a tick', edit(at.tick, { V: name('Ya'), AS: name('Ya') })],
  [
    'a font for the form',
    (file) => {
      const num = nextObjectNumber(file);
      const fonts = dict({ F1: ref(at.font), Helv: ref(num) });
      return together(
        edit(at.form, { DR: dict({ Font: fonts }) }),
        put(num, dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Helvetica') })),
        edit(at.nameField, { V: textString('Budi') }),
      )(file);
    },
  ],
];

const comments: readonly (readonly [string, Later])[] = [
  [
    'a comment',
    annotate({ Subtype: name('Text'), Rect: array(520, 740, 540, 760), Contents: textString('ya') }),
  ],
  [
    'a highlight',
    annotate({
      Subtype: name('Highlight'),
      C: array(1, 1, 0),
      Rect: array(72, 636, 200, 652),
      QuadPoints: array(72, 652, 200, 652, 72, 636, 200, 636),
    }),
  ],
  [
    'a highlight that is transparent',
    (file) => {
      const num = nextObjectNumber(file);
      const look = stream(
        {
          Type: name('XObject'),
          Subtype: name('Form'),
          BBox: array(0, 0, 128, 16),
          Resources: dict({ ExtGState: dict({ G: dict({ BM: name('Multiply') }) }) }),
        },
        Buffer.from('/G gs 1 1 0 rg 0 0 128 16 re f'),
      );
      const mark = dict({
        Type: name('Annot'),
        Subtype: name('Highlight'),
        F: 4,
        Rect: array(72, 636, 200, 652),
        QuadPoints: array(72, 652, 200, 652, 72, 636, 200, 636),
        AP: dict({ N: ref(num + 1) }),
      });
      return {
        objects: [
          { num: at.annotations, value: array(...itemsAt(file, at.annotations), ref(num)) },
          { num, value: mark },
          { num: num + 1, value: look },
        ],
      };
    },
  ],
  [
    'a comment taken away',
    (file) => ({
      objects: [
        {
          num: at.annotations,
          value: array(...itemsAt(file, at.annotations).filter((one) => !isRefTo(one, at.comment))),
        },
      ],
    }),
  ],
  ['a changed comment', edit(at.comment, { Contents: textString('lain'), M: textString('D:20261122') })],
];
const isRefTo = (value: PdfValue, num: number): boolean =>
  typeof value === 'object' && value?.kind === 'ref' && value.num === num;

const groups = [
  ['evidence and what nobody sees, under "no changes"', 'no-changes', evidence],
  ['evidence and what nobody sees, without certification', 'none', evidence],
  ['filling in a form', 'form-filling', formFilling],
  ['filling in a form without certification', 'none', formFilling],
  ['comments', 'annotations', comments],
] as const;

describe.each(groups)('%s', (_, level, list) => {
  test.each(list)(
    '%s',
    async (_name, change) => {
      for (const kind of letterKinds) {
        const report = await judge(later(letter(kind, level), change));
        expect(looksGreen(report), `${kind}: ${summary(report)}`).toBe(true);
      }
    },
    30_000,
  );
});

describe('saves upon saves', () => {
  test.each(letterKinds)(
    'the store added, rebuilt and dropped, twice signed, filled in (%s)',
    async (kind) => {
      let bytes = letter(kind, 'form-filling');
      for (const change of [
        store({ [key]: dict({}) }),
        store({ ['B'.repeat(40)]: dict({}) }),
        edit(at.catalog, { DSS: undefined }),
        filling('Budi'),
        filling('Budi S.'),
      ])
        bytes = later(bytes, change);
      bytes = await sign(bytes);
      bytes = later(bytes, store(null));
      const report = await judge(bytes);
      expect(looksGreen(report), summary(report)).toBe(true);
      expect(report.signatures).toHaveLength(2);
    },
  );
});

/** A revision of a table as other programs lay it out: ends of line, white space, subsections. */
const tables: readonly (readonly [string, (offset: number, start: number, bytes: Uint8Array) => string])[] = [
  [
    'CR LF',
    (o, s, b) =>
      `xref\r\n0 1\r\n0000000000 65535 f\r\n${at.information} 1\r\n${ten(o)} 00000 n\r\ntrailer\r\n<<${trailerWords(b)} /Prev ${startOfSection(b)}>>\r\nstartxref\r\n${s}\r\n%%EOF\r\n`,
  ],
  [
    'blank and LF',
    (o, s, b) =>
      `xref\n${at.information} 1\n${ten(o)} 00000 n \ntrailer\n<<${trailerWords(b)} /Prev ${startOfSection(b)}>>\nstartxref\n${s}\n%%EOF`,
  ],
  [
    'blank and CR',
    (o, s, b) =>
      `xref\r${at.information} 1\r${ten(o)} 00000 n \rtrailer\r<<${trailerWords(b)} /Prev ${startOfSection(b)}>>\rstartxref\r${s}\r%%EOF\r`,
  ],
  [
    'blanks behind the words',
    (o, s, b) =>
      `xref \n${at.information} 1 \n${ten(o)} 00000 n\r\ntrailer \n<<${trailerWords(b)} /Prev ${startOfSection(b)}>> \nstartxref \n${s} \n%%EOF\n`,
  ],
  [
    'startxref before the line',
    (o, s, b) =>
      `\nxref\n${at.information} 1\n${ten(o)} 00000 n\r\ntrailer<<${trailerWords(b)} /Prev ${startOfSection(b)}>>startxref\n${s}\n\n%%EOF\n`,
  ],
  [
    'a comment on the way',
    (o, s, b) =>
      `% saved\nxref\n${at.information} 1\n${ten(o)} 00000 n\r\ntrailer\n<<${trailerWords(b)} /Prev ${startOfSection(b)}>>\n% end\nstartxref\n${s + 8}\n%%EOF\n`,
  ],
  [
    'an identifier and a checksum of LibreOffice',
    (o, s, b) =>
      `xref\n${at.information} 1\n${ten(o)} 00000 n\r\ntrailer\n<<${trailerWords(b)} /Prev ${startOfSection(b)} /DocChecksum /00FF>>\nstartxref\n${s}\n%%EOF\n`,
  ],
];
test.each(tables)('a save with %s', async (_, rest) => {
  const bytes = letter('table', 'no-changes');
  const body = objectText(at.information, dict({ Title: textString('Surat 2') }));
  const start = bytes.length + body.length;
  const report = await judge(toBytes(latin1(bytes) + body + rest(bytes.length, start, bytes)));
  expect(looksGreen(report), summary(report)).toBe(true);
});

/** The file before it is signed, as other programs leave it. */
const before: readonly (readonly [string, (pdf: Uint8Array) => Uint8Array])[] = [
  ['white space at the end', (pdf) => toBytes(`${latin1(pdf)}\n\n  \r\n`)],
  ['zeros to the end of a block', (pdf) => toBytes(latin1(pdf) + '\0'.repeat(700))],
  ['no end of line', (pdf) => toBytes(latin1(pdf).trimEnd())],
  ['CR LF at the end', (pdf) => toBytes(`${latin1(pdf).trimEnd()}\r\n`)],
  [
    'a key said twice alike',
    (pdf) => toBytes(latin1(pdf).replace('/Type /Font /Subtype /Type1', '/Type /Font /Type /Font    ')),
  ],
];
test.each(before)('a file with %s, then signed', async (_, change) => {
  const report = await judge(await sign(change(letterOf('table'))));
  expect(looksGreen(report), summary(report)).toBe(true);
});

test('padding behind %%EOF that the signature covers', async () => {
  for (const more of ['\n', '\r\n\r\n', '\0'.repeat(2_000)]) {
    const bytes = await signByHand(letterOf('table'), cmsBy(pki.p256), { behind: more });
    const report = await judge(bytes);
    expect(looksGreen(report), summary(report)).toBe(true);
  }
});

test('visible signatures side by side, and one on a line to sign on', async () => {
  const dots = '[1 3] 0 d 60 140 m 260 140 l S 0.5 w [] 0 d 60 100 200 60 re S';
  const content = `${words(72, 640, 30)}\n${dots}`;
  const objects = {
    ...letterObjects,
    [at.content]: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  };
  let bytes = await sign(letterOf('table', objects), 'form-filling');
  for (const [index, area] of [
    [62, 104, 250, 156],
    [300, 104, 500, 156],
  ].entries()) {
    bytes = later(bytes, (file: PdfFile) => {
      const num = nextObjectNumber(file);
      const form = dictAt(file, at.form);
      const fields = form.entries.get('Fields');
      const old = typeof fields === 'object' && fields?.kind === 'array' ? fields.items : [];
      const widget = dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: textString(`P${index}`),
        Rect: array(...area),
        F: 132,
        P: ref(at.page),
        AP: dict({ N: ref(num + 1) }),
      });
      return {
        objects: [
          { num: at.form, value: withEntries(form, { Fields: array(...old, ref(num)) }) },
          { num: at.annotations, value: array(...itemsAt(file, at.annotations), ref(num)) },
          { num, value: widget },
          { num: num + 1, value: drawing('1 1 0.9 rg 0 0 190 50 re f 0 g 10 10 90 9 re f', [0, 0, 190, 50]) },
        ],
      };
    });
  }
  const report = await judge(bytes);
  expect(looksGreen(report), summary(report)).toBe(true);
  expect(parsePdf(bytes).revisions).toHaveLength(4);
}, 20_000);
