import { describe, expect, test } from 'vitest';
import {
  appendUpdate,
  array,
  byteRangePlaceholder,
  byteString,
  contentsPlaceholder,
  dateString,
  dict,
  isDict,
  isStream,
  isString,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  reserved,
  stream,
  textOf,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { PdfValue } from '../../../src/main/core/pdf/index.ts';
import { inputPdf } from '../../fixtures/signing-input.ts';
import type { InputKind } from '../../fixtures/signing-input.ts';
import { asText, exchange, makePdf, onePage } from './make-pdf.ts';

const kinds: readonly InputKind[] = ['table', 'stream', 'hybrid'];

describe('an appended revision', () => {
  test.each(kinds)(
    'on a file with a %s: prefix kept, read back, same kind of cross-reference',
    async (kind) => {
      const file = parsePdf(await inputPdf(kind));
      const num = nextObjectNumber(file);
      const catalog = file.catalog();
      const old = catalog?.ref;
      if (!catalog || !old) throw new Error('no catalog');
      const { bytes, offsets } = appendUpdate(file, {
        objects: [
          { num: num + 1, value: stream({ Kind: name('odd name#1') }, Uint8Array.of(1, 0x0d, 0x0a, 2)) },
          {
            num,
            value: dict({ Title: textString('Żółw (1)'), Next: ref(num + 1), Real: 12.5, Tiny: 0.000001 }),
          },
          {
            num: old.num,
            gen: old.gen,
            value: withEntries(catalog.dict, { Extra: ref(num), Lang: undefined }),
          },
        ],
      });
      expect(Buffer.from(bytes.subarray(0, file.bytes.length)).equals(file.bytes)).toBe(true);
      const again = parsePdf(bytes);
      expect(again.anomalies).toEqual([]);
      expect(again.revisions).toHaveLength(file.revisions.length + 1);
      const sections = again.revisions.at(-1)?.sections;
      expect(sections?.[0]?.kind).toBe(kind === 'stream' ? 'stream' : 'table');
      expect(sections?.[0]?.trailer.entries.has('XRefStm')).toBe(false);
      expect(again.objectAt(num)?.start).toBe(offsets.get(num));
      const extra = again.get(again.catalog()?.dict, 'Extra');
      expect(textOf(again.get(extra, 'Title'))).toBe('Żółw (1)');
      expect(again.get(extra, 'Real')).toMatchObject({ value: 12.5 });
      expect(again.get(extra, 'Tiny')).toMatchObject({ text: '0.0' });
      const data = again.get(extra, 'Next');
      expect(isStream(data) && [...data.raw]).toEqual([1, 0x0d, 0x0a, 2]);
      expect(again.get(file.catalog()?.dict, 'Extra', 1)).toBeNull();
      expect(nextObjectNumber(again)).toBe(kind === 'stream' ? num + 3 : num + 2);
    },
  );

  test('tells where reserved text stands', () => {
    const file = parsePdf(makePdf({ objects: onePage }));
    const { bytes, spans } = appendUpdate(file, {
      objects: [
        {
          num: 5,
          value: dict({
            ByteRange: reserved('byteRange', byteRangePlaceholder),
            Contents: reserved('contents', contentsPlaceholder(4)),
          }),
        },
      ],
    });
    const at = (label: string): string => {
      const span = spans.get(label);
      return span ? asText(bytes.subarray(span.start, span.end)) : 'missing';
    };
    expect(at('contents')).toBe('<00000000>');
    expect(at('byteRange')).toBe(byteRangePlaceholder);
    const contents = parsePdf(bytes).objectAt(5)?.value ?? null;
    const found = isDict(contents) ? contents.entries.get('Contents') : null;
    const span = spans.get('contents');
    expect(isString(found) && { start: found.start, end: found.end }).toEqual(span);
  });

  test('keeps /ID and /Info, sets trailer entries, and starts on a line of its own', () => {
    const made = makePdf({ objects: onePage, trailer: '/Root 1 0 R /Info 4 0 R /ID [<01> <02>]' });
    const file = parsePdf(made.subarray(0, made.length - 1));
    const { bytes } = appendUpdate(file, { objects: [{ num: 5, value: null }], trailer: { Mark: true } });
    const { trailer } = parsePdf(bytes);
    expect([trailer.entries.get('Info'), trailer.entries.get('Mark')]).toEqual([ref(4), true]);
    expect(trailer.entries.get('ID')).toMatchObject({ items: [{ hex: true }, { hex: true }] });
    expect(asText(bytes)).toContain('%%EOF\n5 0 obj\n');
  });

  test('ten revisions on top of each other', async () => {
    let bytes = await inputPdf('stream');
    for (let round = 0; round < 10; round++) {
      const file = parsePdf(bytes);
      bytes = appendUpdate(file, { objects: [{ num: nextObjectNumber(file), value: round }] }).bytes;
    }
    const file = parsePdf(bytes);
    expect([file.revisions.length, file.anomalies]).toEqual([11, []]);
  });
});

describe('refusals', () => {
  const file = parsePdf(makePdf({ objects: onePage }));
  const one = (num: number, value: PdfValue = null): (() => unknown) => {
    return () => appendUpdate(file, { objects: [{ num, value }] });
  };

  test('numbers that leave a gap, repeat, or are nobody', () => {
    expect(one(7)).toThrow('5 is the next number');
    expect(one(0)).toThrow('leaves a gap');
    const twice = [5, 5].map((num) => ({ num, value: null }));
    expect(() => appendUpdate(file, { objects: twice })).toThrow('stands twice');
  });

  test('values that have no form in a PDF', () => {
    expect(one(5, Number.NaN)).toThrow('finite');
    expect(one(5, name('€'))).toThrow('made of bytes');
    expect(one(5, array(stream({}, Uint8Array.of(1))))).toThrow('object of its own');
  });

  test('a file that needs repair', () => {
    const broken = parsePdf(exchange(file.bytes, '/Length 9', '/Length 2'));
    expect(() => appendUpdate(broken, { objects: [] })).toThrow('PDF_UNREADABLE');
  });
});

test('strings survive the round trip', () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  const file = parsePdf(makePdf({ objects: onePage }));
  const { bytes } = appendUpdate(file, {
    objects: [{ num: 5, value: array(byteString(all), byteString(all, true), dateString(new Date(0))) }],
  });
  const value = parsePdf(bytes).objectAt(5)?.value ?? null;
  const items = typeof value === 'object' && value?.kind === 'array' ? value.items : [];
  const texts = items.map((item) => (isString(item) ? [...item.bytes] : []));
  expect(texts.slice(0, 2)).toEqual([[...all], [...all]]);
  expect(textOf(items[2])).toBe('D:19700101000000Z');
});
