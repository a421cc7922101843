import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ShownFile } from '../../../src/main/core/contract/verification.ts';
import {
  appendUpdate,
  array,
  dict,
  isArray,
  isDict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  stream,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { PdfFile, PdfValue, UpdateObject } from '../../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import type { Signer } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { showPdf, verifyPdf } from '../../../src/main/core/verification/index.ts';
import { pairPages } from '../../../src/main/core/verification/show.ts';
import { fixedNow } from '../../fixtures/pki.ts';
import { makePdf } from '../pdf/make-pdf.ts';

/** The signed version beside the current one: which pages stand for which, and where they look different. */

const font = readFileSync('resources/fonts/Arimo_400Regular.ttf');
const mark = (page: number, x: number) => ({ page, x, y: 80, w: 200, h: 60, lines: ['Siti Rahayu'], font });

let signer: Signer;
let signed: Uint8Array;

const content = '60 700 200 20 re f 60 600 300 20 re f';
const pages = (): Uint8Array =>
  makePdf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R 5 0 R] /Count 2 /MediaBox [0 0 600 800]>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> /Annots []>>',
      4: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      5: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> /Annots []>>',
    },
  });

beforeAll(async () => {
  const request = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: '' };
  const made = await createTestIdentity(request, fixedNow);
  signer = signerFromPkcs8(made.privateKey, made.certificate, made.chain);
  signed = await signPdf(pages(), {
    signer,
    time: fixedNow,
    visible: mark(1, 60),
  });
});

const show = (
  bytes: Uint8Array,
  revision: number | null,
  password: string | null = null,
): Promise<ShownFile> => showPdf({ bytes, password, revision, pictures: true });

const append = (bytes: Uint8Array, change: (file: PdfFile) => readonly UpdateObject[]): Uint8Array => {
  const file = parsePdf(bytes);
  return appendUpdate(file, { objects: change(file) }).bytes;
};

const with3 = (file: PdfFile, key: string, value: PdfValue): UpdateObject => {
  const page = file.resolve(ref(3));
  if (!isDict(page)) throw new Error('no page');
  return { num: 3, gen: 0, value: withEntries(page, { [key]: value }) };
};

const drawing = (text: string): PdfValue => stream({}, Buffer.from(text));

describe('a file as it is now', () => {
  test('has its pages and the places of its signatures', async () => {
    const { current, signed: before, pairs } = await show(signed, null);
    expect(before).toBeNull();
    expect(pairs).toEqual([]);
    expect(current.pages).toBe(2);
    expect(current.fields).toMatchObject([{ signed: true, page: 1, area: [60, 80, 260, 140] }]);
    expect(Buffer.from(current.pdf).includes('/ByteRange')).toBe(false);
  });

  test('is never the original: actions are gone, the version is parsed anew', async () => {
    const bytes = append(signed, (file) => [with3(file, 'AA', dict({ O: dict({ S: name('JavaScript') }) }))]);
    const { current } = await show(bytes, 2);
    expect(Buffer.from(current.pdf).includes('JavaScript')).toBe(false);
    expect(Buffer.from(current.pdf).equals(Buffer.from(bytes))).toBe(false);
  });

  test('the version that nothing followed is the current one', async () => {
    const { signed: before, current } = await show(signed, 2);
    expect(before).toBeNull();
    expect(current.revision).toBe(2);
  });

  test('a revision that is not there is refused, and so is what is no PDF', async () => {
    await expect(show(signed, 3)).rejects.toThrow('BAD_REQUEST');
    await expect(show(Buffer.from('surat'), null)).rejects.toThrow('PDF_UNREADABLE');
  });
});

describe('the signed version beside the current one', () => {
  test('another drawing is found where it is', async () => {
    const bytes = append(signed, (file) => {
      const num = nextObjectNumber(file);
      return [
        with3(file, 'Contents', array(ref(4), ref(num))),
        { num, value: drawing('q 400 300 100 40 re f Q') },
      ];
    });
    const { differences, pairs, notCompared, signed: before, current } = await show(bytes, 2);
    expect(pairs).toEqual([
      { signed: 1, current: 1, same: true },
      { signed: 2, current: 2, same: true },
    ]);
    expect(notCompared).toBe(0);
    expect(differences).toHaveLength(1);
    const area = differences[0]?.area;
    expect(differences[0]?.pair).toBe(0);
    [400, 300, 500, 340].forEach((side, index) =>
      expect(Math.abs((area?.[index] ?? 0) - side)).toBeLessThan(3),
    );
    expect(before?.revision).toBe(2);
    expect(current.revision).toBe(3);
  }, 20_000);

  test('without pictures the pages are still paired, and those in doubt are counted', async () => {
    const bytes = append(signed, (file) => [with3(file, 'Rotate', 90)]);
    const { differences, notCompared, pairs } = await showPdf({
      bytes,
      password: null,
      revision: 2,
      pictures: false,
    });
    expect([differences, notCompared, pairs.length]).toEqual([[], 1, 2]);
  });

  test('the report names the same page, so that its list leads there', async () => {
    const bytes = append(signed, (file) => [with3(file, 'Rotate', 90)]);
    const report = await verifyPdf({
      file: 'a.pdf',
      bytes,
      trust: [],
      at: fixedNow.toISOString(),
      language: 'en',
      password: null,
    });
    expect(report.signatures[0]?.changes[0]?.at).toEqual({ page: 1, area: null });
    const { differences } = await show(bytes, 2);
    expect(differences).toEqual([{ pair: 0, area: null }]);
  }, 20_000);

  test('what a report has no room for is counted', async () => {
    const bytes = append(signed, (file) => {
      const num = nextObjectNumber(file);
      const notes = Array.from({ length: 60 }, (_, index) => ({
        num: num + index,
        value: dict({ Type: name('Annot'), Subtype: name('Text'), Rect: array(10, 10, 20, 20) }),
      }));
      const page = file.resolve(ref(3));
      const before = file.get(page, 'Annots');
      const list = [...(isArray(before) ? before.items : []), ...notes.map((note) => ref(note.num))];
      return [with3(file, 'Annots', array(...list)), ...notes];
    });
    const report = await verifyPdf({
      file: 'a.pdf',
      bytes,
      trust: [],
      at: fixedNow.toISOString(),
      language: 'en',
      password: null,
    });
    expect(report.signatures[0]?.changes).toHaveLength(50);
    expect(report.signatures[0]?.moreChanges).toBe(10);
  }, 20_000);

  test('a second signature leaves the first page alone but for its own place', async () => {
    const bytes = await signPdf(signed, {
      signer,
      time: fixedNow,
      visible: mark(2, 300),
    });
    const { differences, signed: before, current } = await show(bytes, 2);
    expect(before?.fields).toHaveLength(1);
    expect(current.fields).toHaveLength(2);
    expect(differences.map(({ pair }) => pair)).toEqual(differences.map(() => 1));
    for (const { area } of differences) {
      expect(area?.[0]).toBeGreaterThan(297);
      expect(area?.[2]).toBeLessThan(503);
      expect(area?.[1]).toBeGreaterThan(77);
      expect(area?.[3]).toBeLessThan(143);
    }
    expect(differences.length).toBeGreaterThan(0);
  }, 20_000);

  test('a page that was put in and one that was taken out are told as such', async () => {
    const kids = (file: PdfFile, change: (items: readonly PdfValue[]) => PdfValue[]): UpdateObject => {
      const tree = file.resolve(ref(2));
      const list = file.get(tree, 'Kids');
      if (!isDict(tree) || !isArray(list)) throw new Error('no page tree');
      const next = change(list.items);
      return { num: 2, gen: 0, value: withEntries(tree, { Kids: array(...next), Count: next.length }) };
    };
    const added = append(signed, (file) => {
      const num = nextObjectNumber(file);
      const value = dict({ Type: name('Page'), Parent: ref(2), Contents: ref(4), Resources: dict({}) });
      return [kids(file, ([first, ...rest]) => [first ?? null, ref(num), ...rest]), { num, value }];
    });
    expect((await show(added, 2)).pairs).toEqual([
      { signed: 1, current: 1, same: true },
      { signed: null, current: 2, same: false },
      { signed: 2, current: 3, same: true },
    ]);
    const removed = append(signed, (file) => [kids(file, (items) => items.slice(1))]);
    expect((await show(removed, 2)).pairs).toEqual([
      { signed: 1, current: null, same: false },
      { signed: 2, current: 1, same: true },
    ]);
  }, 20_000);

  test('what a changed page tree hands down is compared on every page', async () => {
    const bytes = append(signed, (file) => {
      const tree = file.resolve(ref(2));
      if (!isDict(tree)) throw new Error('no page tree');
      const value = withEntries(tree, { MediaBox: array(0, 0, 600, 500) });
      return [{ num: 2, gen: 0, value }];
    });
    const { differences } = await show(bytes, 2);
    expect(differences.map(({ pair }) => pair)).toEqual([0, 1]);
  }, 20_000);
});

describe('pairing pages', () => {
  const seen = (one: readonly number[], other: readonly number[]): string =>
    pairPages(one, other)
      .map(({ signed: a, current: b, same }) => `${a ?? '-'}${same ? '=' : '/'}${b ?? '-'}`)
      .join(' ');

  test('replaced pages stand beside each other', () => {
    expect(seen([1, 2, 3], [1, 9, 3])).toBe('1=1 2/2 3=3');
    expect(seen([1, 2, 3], [1, 8, 9, 3])).toBe('1=1 2/2 -/3 3=4');
    expect(seen([1, 2], [8, 9])).toBe('1/1 2/2');
  });

  test('moved pages are shown at both places, and no page is lost', () => {
    expect(seen([1, 2, 3], [3, 1, 2])).toBe('-/1 1=2 2=3 3/-');
    expect(seen([1, 2, 3], [2, 3, 1])).toBe('-/1 -/2 1=3 2/- 3/-');
    expect(seen([], [1])).toBe('-/1');
    expect(seen([1], [])).toBe('1/-');
  });
});
