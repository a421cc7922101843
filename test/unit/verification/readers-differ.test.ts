import { beforeAll, describe, expect, test } from 'vitest';
import {
  appendUpdate,
  array,
  byteRangePlaceholder,
  contentsPlaceholder,
  dateString,
  dict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  reserved,
  stream,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfValue, UpdateObject } from '../../../src/main/core/pdf/index.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { looksGreen, looksHarmless } from '../../conformance/corpus.ts';
import { at, letterObjects, letterOf, words } from '../../fixtures/letter-kinds.ts';
import { fixedNow, testPki } from '../../fixtures/pki.ts';
import { annotate, dictAt, drawing, edit, itemsAt, judge, later, put, summary, together } from './forging.ts';
import type { Later } from './forging.ts';
import { cmsBy } from './sign-by-hand.ts';

/** What one reader draws and another does not, and what signing a waiting field does beside its own widget. */

const pki = testPki();
const sign = (
  objects: Readonly<Record<number, string>>,
  certify?: 'form-filling' | 'annotations',
): Promise<Uint8Array> => {
  const { privateKey, certificate, chain } = pki.p256;
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  const more = certify ? { certify } : {};
  return signPdf(letterOf('table', objects), { signer, time: fixedNow, acceptRisks: true, ...more });
};
const bare = (entries: string, data: string): string =>
  `<<${entries} /Length ${data.length}>>\nstream\n${data}\nendstream`;
const white = drawing('1 g 0 0 600 800 re f');
const over = [60, 630, 540, 660] as const;

const field =
  (more: Entries, appearance: PdfValue = white): Later =>
  (file) => {
    const num = nextObjectNumber(file);
    const form = dictAt(file, at.form);
    const fields = form.entries.get('Fields');
    const old = typeof fields === 'object' && fields?.kind === 'array' ? fields.items : [];
    const widget = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString('Baru'),
      Rect: array(...over),
      F: 4,
      P: ref(at.page),
      AP: dict({ N: ref(num + 1) }),
      ...more,
    });
    return {
      objects: [
        { num: at.form, value: withEntries(form, { Fields: array(...old, ref(num)) }) },
        { num: at.annotations, value: array(...itemsAt(file, at.annotations), ref(num)) },
        { num, value: widget },
        { num: num + 1, value: appearance },
      ],
    };
  };

let letter = new Uint8Array(0);
beforeAll(async () => {
  const image = bare(
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
    '\xff',
  );
  letter = Uint8Array.from(
    await sign({ ...letterObjects, [at.content]: bare('', words(72, 640, 30)), [at.cover]: image }),
  );
});

describe('a new field for a signature', () => {
  test.each<[string, Later]>([
    ['whose place has five numbers', field({ Rect: array(...over, 0) })],
    ['whose place holds a text', field({ Rect: array(60, 630, 540, textString('660')) })],
    ['that is only printed', field({ F: 36 })],
    ['that only the pointer shows', field({ F: 32 | 256 })],
    ["that draws by a name of the page's", field({}, drawing('600 0 0 800 0 0 cm /Tutup Do'))],
    [
      'the same without resources',
      field(
        {},
        stream(
          { Subtype: name('Form'), BBox: array(0, 0, 600, 800) },
          Buffer.from('600 0 0 800 0 0 cm /Tu#74up Do'),
        ),
      ),
    ],
    [
      'with states and none chosen',
      (file) => field({ AP: dict({ N: dict({ A: ref(nextObjectNumber(file) + 1) }) }) })(file),
    ],
    ['with a background of its own', field({ AP: null, MK: dict({ BG: array(1) }) })],
  ])('%s', async (_, attack) => {
    const report = await judge(later(letter, attack));
    expect(looksHarmless(report), summary(report)).toBe(false);
  });
});

test.each([
  ['1 1 1', '0.69 0.69 0.69'],
  ['0 0.5 0', '1 0 0'],
  ['1 1 1', '1 1 0'],
])('words on %s in %s covered', async (ground, ink) => {
  const content = `${ground} rg 0 500 600 300 re f ${ink} rg ${words(72, 640, 30)}`;
  const bytes = await sign({ ...letterObjects, [at.content]: bare('', content) });
  const report = await judge(later(bytes, field({}, drawing(`${ground} rg 0 0 600 800 re f`))));
  expect(looksHarmless(report), summary(report)).toBe(false);
});

test('a tick as broad as the page', async () => {
  const bytes = await sign(
    {
      ...letterObjects,
      [at.tick]: (letterObjects[at.tick] ?? '').replace(/\/Rect \[[^\]]*\]/, '/Rect [0 250 600 349]'),
      [at.tickOn]: bare('/Type /XObject /Subtype /Form /BBox [0 0 600 99] /Resources <<>>', words(0, 40, 40)),
    },
    'form-filling',
  );
  const report = await judge(later(bytes, edit(at.tick, { V: name('Ya'), AS: name('Ya') })));
  expect(looksHarmless(report), summary(report)).toBe(false);
});

describe('signing a field that waits over words', () => {
  const waiting = (
    more: Readonly<Record<number, string>>,
    widget: number,
  ): Readonly<Record<number, string>> => ({
    ...letterObjects,
    [at.content]: bare('', words(72, 600, 30)),
    [at.form]: (letterObjects[at.form] ?? '').replace('12 0 R]', '12 0 R 22 0 R]'),
    [at.annotations]: `[6 0 R 12 0 R 9 0 R 15 0 R ${widget} 0 R]`,
    ...more,
  });
  const place = '/Type /Annot /Subtype /Widget /Rect [60 590 540 620] /P 3 0 R /F 4';
  const own = waiting(
    {
      22: `<<${place} /FT /Sig /T (Kedua) /AP <</N 23 0 R>>>>`,
      23: bare('/Type /XObject /Subtype /Form /BBox [0 0 480 30] /Resources <<>>', '1 g 0 0 480 30 re f'),
    },
    22,
  );
  const named = waiting(
    { 22: '<</FT /Sig /T (Kedua) /Kids [23 0 R]>>', 23: `<<${place} /T (x) /Parent 22 0 R>>` },
    23,
  );
  const deep = waiting(
    {
      22: '<</FT /Sig /T (Kedua) /Kids [23 0 R]>>',
      23: '<</Parent 22 0 R /Kids [24 0 R]>>',
      24: `<<${place} /Parent 23 0 R>>`,
    },
    24,
  );

  const second = async (
    pdf: Uint8Array,
    entries: Record<string, PdfValue | undefined>,
    overlay: number | null,
  ): Promise<Uint8Array> => {
    const file = parsePdf(pdf);
    const num = nextObjectNumber(file);
    const value = dict({
      Type: name('Sig'),
      Filter: name('Adobe.PPKLite'),
      SubFilter: name('ETSI.CAdES.detached'),
      M: dateString(fixedNow),
      ByteRange: reserved('byteRange', byteRangePlaceholder),
      Contents: reserved('contents', contentsPlaceholder(6_000)),
    });
    const cover: readonly UpdateObject[] =
      overlay === null
        ? []
        : [
            { num: overlay, value: withEntries(dictAt(file, overlay), { AP: dict({ N: ref(num + 1) }) }) },
            { num: num + 1, value: white },
          ];
    const { bytes, spans } = appendUpdate(file, {
      objects: [
        { num, value },
        { num: 22, value: withEntries(dictAt(file, 22), { V: ref(num), ...entries }) },
        ...cover,
      ],
    });
    const out = Buffer.from(bytes);
    const [range, hex] = [spans.get('byteRange'), spans.get('contents')];
    if (!range || !hex) throw new Error('no place');
    out.write(
      `[0 ${hex.start} ${hex.end} ${out.length - hex.end}]`.padEnd(range.end - range.start),
      range.start,
      'latin1',
    );
    const covered = Buffer.concat([out.subarray(0, hex.start), out.subarray(hex.end)]);
    out.write(Buffer.from(await cmsBy(pki.p256)(covered)).toString('hex'), hex.start + 1, 'latin1');
    return Uint8Array.from(out);
  };

  test.each<[string, Readonly<Record<number, string>>, Record<string, PdfValue | undefined>, number | null]>([
    ['takes its picture away', own, { AP: undefined }, null],
    ['hides it', own, { F: 6 }, null],
    ['lays a named widget over them', named, {}, 23],
    ['lays a widget two levels down over them', deep, {}, 24],
  ])('%s', async (_, objects, entries, overlay) => {
    const bytes = await sign(objects);
    expect(looksGreen(await judge(bytes))).toBe(true);
    const report = await judge(await second(bytes, entries, overlay));
    expect(looksHarmless(report), summary(report)).toBe(false);
  });
});

test('a comment in a tagged letter brings its element', async () => {
  const bytes = await sign(
    {
      ...letterObjects,
      [at.catalog]:
        '<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /Metadata 17 0 R /MarkInfo <</Marked true>> /StructTreeRoot 22 0 R>>',
      22: '<</Type /StructTreeRoot /K 23 0 R /ParentTree 24 0 R /ParentTreeNextKey 2>>',
      23: '<</Type /StructElem /S /Document /P 22 0 R /K [25 0 R]>>',
      24: '<</Nums [0 [25 0 R]]>>',
      25: '<</Type /StructElem /S /P /P 23 0 R /Pg 3 0 R /K 0>>',
    },
    'annotations',
  );
  const comment: Later = (file) => {
    const num = nextObjectNumber(file);
    const mark = dict({
      Type: name('Annot'),
      Subtype: name('Highlight'),
      C: array(1, 1, 0),
      StructParent: 7,
      Rect: array(72, 636, 200, 652),
      QuadPoints: array(72, 652, 200, 652, 72, 636, 200, 636),
    });
    const element = dict({
      Type: name('StructElem'),
      S: name('Annot'),
      P: ref(23),
      Pg: ref(at.page),
      K: dict({ Type: name('OBJR'), Obj: ref(num), Pg: ref(at.page) }),
    });
    return together(
      put(at.annotations, array(...itemsAt(file, at.annotations), ref(num))),
      put(num, mark),
      put(num + 1, element),
      edit(23, { K: array(ref(25), ref(num + 1)) }),
      put(24, dict({ Nums: array(0, array(ref(25)), 7, ref(num + 1)) })),
      edit(22, { ParentTreeNextKey: 8 }),
    )(file);
  };
  const report = await judge(later(bytes, comment));
  expect(looksGreen(report), summary(report)).toBe(true);
});

describe('a marking under a certification that permits comments', () => {
  const lines = { QuadPoints: array(60, 730, 540, 730, 60, 560, 540, 560), C: array(1, 1, 1) };
  const painted = stream(
    {
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: array(0, 0, 600, 800),
      Resources: dict({ Pattern: dict({ P: ref(at.tickOn) }) }),
    },
    Buffer.from('/Pattern cs /P scn 0 0 600 800 re f'),
  );
  let commented = new Uint8Array(0);
  beforeAll(async () => {
    const objects = {
      ...letterObjects,
      [at.tickOn]: bare('/PatternType 1 /BBox [0 0 600 800] /Resources <<>>', words(60, 640, 30)),
    };
    commented = Uint8Array.from(await sign(objects, 'annotations'));
  });

  test.each<[string, Later]>([
    ['blended as a cover', annotate({ Subtype: name('Highlight'), BM: name('Normal'), ...lines })],
    ['as thick as a cover', annotate({ Subtype: name('StrikeOut'), BS: dict({ W: 80 }), ...lines })],
    ['thick by the older entry', annotate({ Subtype: name('StrikeOut'), Border: array(0, 0, 80), ...lines })],
    ['that writes through a pattern', annotate({ Subtype: name('Highlight'), ...lines }, painted)],
  ])('%s', async (_, attack) => {
    const report = await judge(later(commented, attack));
    expect(looksHarmless(report), summary(report)).toBe(false);
  });

  test('with a thin line is a comment', async () => {
    const thin = annotate({ Subtype: name('StrikeOut'), BS: dict({ W: 1 }), ...lines });
    const report = await judge(later(commented, thin));
    expect(looksGreen(report), summary(report)).toBe(true);
  });
});

test('a field that only paper shows is filled in over words', async () => {
  const nameField = (letterObjects[at.nameField] ?? '')
    .replace(/\/Rect \[[^\]]*\]/, '/Rect [60 630 540 660]')
    .replace('/F 4', '/F 36');
  const bytes = await sign({ ...letterObjects, [at.nameField]: nameField }, 'form-filling');
  const fill: Later = (file) => {
    const num = nextObjectNumber(file);
    const value = withEntries(dictAt(file, at.nameField), { V: textString('x'), AP: dict({ N: ref(num) }) });
    return {
      objects: [
        { num: at.nameField, value },
        { num, value: white },
      ],
    };
  };
  const report = await judge(later(bytes, fill));
  expect(looksHarmless(report), summary(report)).toBe(false);
});

test('what the viewer cannot decode leaves the question open', async () => {
  const image = stream(
    {
      Type: name('XObject'),
      Subtype: name('Image'),
      Width: 1,
      Height: 1,
      BitsPerComponent: 8,
      ColorSpace: array(name('CalGray'), dict({})),
    },
    Buffer.from([255]),
  );
  const attack: Later = (file) => {
    const num = nextObjectNumber(file) + 2;
    const form = stream(
      {
        Type: name('XObject'),
        Subtype: name('Form'),
        BBox: array(0, 0, 600, 800),
        Resources: dict({ XObject: dict({ I: ref(num) }) }),
      },
      Buffer.from('600 0 0 800 0 0 cm /I Do'),
    );
    const { objects } = field({}, form)(file);
    return { objects: [...objects, { num, value: image }] };
  };
  const report = await judge(later(letter, attack));
  expect(looksHarmless(report), summary(report)).toBe(false);
});
