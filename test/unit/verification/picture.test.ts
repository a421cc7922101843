import { beforeAll, describe, expect, test } from 'vitest';
import {
  appendUpdate,
  array,
  dict,
  isDict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  reserialise,
  stream,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import {
  differentPixels,
  looksDifferent,
  wordsInside,
} from '../../../src/main/core/verification/picture/compare.ts';
import { openDrawable } from '../../../src/main/core/verification/picture/render.ts';
import type { Drawing } from '../../../src/main/core/verification/picture/render.ts';
import type { SignatureReport } from '../../../src/main/core/contract/verification.ts';
import { fixedNow } from '../../fixtures/pki.ts';
import { makePdf } from '../pdf/make-pdf.ts';

/** The signed version and the current one side by side. */

/** Forty small dark squares, as much ink as some lines of text, on the lower half of the page. */
const words = Array.from({ length: 40 }, (_, index) => {
  const [x, y] = [60 + (index % 10) * 30, 100 + Math.floor(index / 10) * 20];
  return `${x} ${y} 12 8 re f`;
}).join('\n');

const page = (content: string, turn = 0): Uint8Array =>
  makePdf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800]>>',
      3: `<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> /Annots [] /Rotate ${turn}>>`,
      4: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    },
  });

async function draw(bytes: Uint8Array): Promise<Drawing> {
  const open = await openDrawable(reserialise(parsePdf(bytes)));
  const drawing = await open.draw(1, true);
  await open.close();
  return drawing;
}

describe('two drawings', () => {
  test('of the same are the same, and one more square is seen unless it is masked', async () => {
    const [one, same, other] = [
      await draw(page(words)),
      await draw(page(words)),
      await draw(page(`${words}\n400 600 12 8 re f`)),
    ];
    expect(looksDifferent(differentPixels(one, same, []))).toBe(false);
    expect(looksDifferent(differentPixels(one, other, []))).toBe(true);
    expect(looksDifferent(differentPixels(one, other, [[400, 600, 412, 608]]))).toBe(false);
    expect(looksDifferent(differentPixels(one, other, [[300, 600, 312, 608]]))).toBe(true);
  }, 20_000);

  test('of pages of another size differ', async () => {
    const [one, turned] = [await draw(page(words)), await draw(page(words, 90))];
    expect(looksDifferent(differentPixels(one, turned, []))).toBe(true);
  }, 20_000);

  test.each([0, 90, 180, 270])(
    'the mask lies where the page is turned by %i',
    async (turn) => {
      const [one, other] = [
        await draw(page(words, turn)),
        await draw(page(`${words}\n400 600 12 8 re f`, turn)),
      ];
      expect(looksDifferent(differentPixels(one, other, [[400, 600, 412, 608]]))).toBe(false);
      expect(looksDifferent(differentPixels(one, other, [[200, 600, 212, 608]]))).toBe(true);
    },
    20_000,
  );

  test('words that are covered or uncovered are seen, whatever the paper; lines and frames are not words', async () => {
    const plain = await draw(page(words));
    const covered = await draw(page(`${words}\n1 g 0 80 600 300 re f`));
    const all = [[0, 80, 600, 380]] as const;
    const seen = (before: Drawing, after: Drawing, content = plain): ReturnType<typeof wordsInside> =>
      wordsInside({ content, before, after }, all);
    expect(seen(plain, covered)).toEqual({ covered: true, revealed: false });
    expect(seen(covered, plain)).toEqual({ covered: false, revealed: true });
    expect(seen(plain, plain)).toEqual({ covered: false, revealed: false });
    expect(wordsInside({ content: plain, before: plain, after: covered }, [[0, 500, 600, 700]]).covered).toBe(
      false,
    );
    const dark = `0 g 0 60 600 400 re f 1 g\n${words}`;
    const hidden = await draw(page(`${dark}\n0 g 0 60 600 400 re f`));
    expect(seen(await draw(page(dark)), hidden, await draw(page(dark))).covered).toBe(true);
    const lines = await draw(
      page('60 100 300 1 re f 60 100 1 90 re f 100 120 200 60 re S [1 3] 0 d 60 90 m 400 90 l S'),
    );
    expect(seen(lines, await draw(page('')), lines).covered).toBe(false);
    const digit = await draw(page('60 100 2 9 re f 60 100 5 2 re f'));
    expect(seen(digit, await draw(page('')), digit).covered).toBe(true);
  }, 20_000);
});

test('a drawing that is not done in time is given up', async () => {
  const many = Array.from({ length: 15_000 }, (_, index) => `${index % 600} ${index % 800} 1 1 re f`).join(
    '\n',
  );
  const open = await openDrawable(reserialise(parsePdf(page(many))));
  await expect(open.draw(1, true, performance.now() - 1)).rejects.toThrow('no time left');
  await expect(open.draw(1, true, performance.now() + 5)).rejects.toThrow();
  expect((await open.draw(1, true, performance.now() + 60_000)).width).toBeGreaterThan(0);
  await open.close();
}, 60_000);

describe('a signature that is added later', () => {
  let signer: Signer;
  let anchor: Uint8Array;
  beforeAll(async () => {
    const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };
    const made = await createTestIdentity(request, fixedNow);
    signer = signerFromPkcs8(made.privateKey, made.certificate, made.chain);
    anchor = made.chain[0] ?? made.certificate;
  });

  /** A field for a signature whose appearance is a white sheet with something else on it. */
  async function withField(area: readonly number[]): Promise<SignatureReport> {
    const file = parsePdf(await signPdf(page(words), { signer, time: fixedNow, certify: 'form-filling' }));
    const root = file.catalog();
    const form = file.get(root?.dict, 'AcroForm');
    const fields = file.get(form, 'Fields');
    const drawn = file.resolve(ref(3));
    if (!root?.ref || !isDict(form) || !isDict(drawn)) throw new Error('not signed');
    const list = (value: typeof fields): readonly (typeof fields)[] =>
      typeof value === 'object' && value?.kind === 'array' ? value.items : [];
    const num = nextObjectNumber(file);
    const widget = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString('Penutup'),
      Rect: array(...area),
      F: 4,
      AP: dict({ N: ref(num + 1) }),
    });
    const cover = stream(
      { Type: name('XObject'), Subtype: name('Form'), BBox: array(0, 0, 100, 100) },
      Buffer.from('1 g 0 0 100 100 re f 0 g 10 10 30 5 re f'),
    );
    const formNum = file.catalog()?.dict.entries.get('AcroForm');
    const newForm = withEntries(form, { Fields: array(...list(fields), ref(num)) });
    const { bytes } = appendUpdate(file, {
      objects: [
        {
          num: 3,
          value: withEntries(drawn, { Annots: array(...list(file.get(drawn, 'Annots')), ref(num)) }),
        },
        typeof formNum === 'object' && formNum?.kind === 'ref'
          ? { num: formNum.num, value: newForm }
          : { num: root.ref.num, value: withEntries(root.dict, { AcroForm: newForm }) },
        { num, value: widget },
        { num: num + 1, value: cover },
      ],
    });
    const report = await verifyPdf({
      file: 'surat.pdf',
      bytes,
      trust: [{ der: anchor, psre: false }],
      at: fixedNow.toISOString(),
      language: 'en',
      password: null,
    });
    const [one] = report.signatures;
    if (!one) throw new Error('no signature');
    return one;
  }

  test('beside the text is permitted', async () => {
    const one = await withField([60, 400, 400, 500]);
    expect(one).toMatchObject({ changesAfter: 'permitted', indication: 'TOTAL-PASSED' });
    expect(one.problems.map(({ code }) => code)).not.toContain('PICTURE_NOT_COMPARED');
  }, 20_000);

  test('over the text is not (sneaky signature)', async () => {
    const one = await withField([50, 90, 400, 190]);
    expect(one).toMatchObject({ changesAfter: 'forbidden', indication: 'TOTAL-FAILED' });
    expect(one.changes.filter(({ verdict }) => verdict === 'forbidden')).toMatchObject([
      { rule: 'CONTENT_COVERED', where: 'version 3, page 1' },
    ]);
  }, 20_000);
});
