import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { byteRangeDicts, pages, parsePdf } from '../../../src/main/core/pdf/index.ts';
import type { PdfFile } from '../../../src/main/core/pdf/index.ts';
import { append, asText, exchange, makePdf, onePage } from './make-pdf.ts';

/** Reading only what was appended must tell the same as reading the whole file. */

const told = (file: PdfFile): unknown => ({
  repair: file.needsRepair,
  anomalies: file.anomalies,
  revisions: file.revisions.map(({ number, start, end, defined, freed }) => [
    number,
    start,
    end,
    defined,
    freed,
  ]),
  objects: file.revisions.map(({ number }) => file.numbers(number).map((num) => file.objectAt(num, number))),
  signatures: [...byteRangeDicts(file).values()],
  mentions: ['ByteRange', 'JS', 'DA'].map((key) => file.mentions(key)),
});

const first = { objects: onePage };
const second = {
  objects: { 4: '<</Length 1>>\nstream\nq\nendstream', 5: '<</ByteRange [0 1 2 3] /Contents <00>>>' },
};
const third = {
  objects: { 1: '<</Type /Catalog /Pages 2 0 R /X 5 0 R>>', 6: '<</ByteRange [0]>>' },
  free: [4],
};
const fourth = { objects: { 7: '<</JS (x)>>' } };

function readTwice(before: Uint8Array, after: Uint8Array): { grown: PdfFile; whole: PdfFile; kept: boolean } {
  const known = parsePdf(before);
  byteRangeDicts(known);
  const untouched = structuredClone(told(known));
  const grown = parsePdf(after, { after: known });
  return { grown, whole: parsePdf(after), kept: isDeepStrictEqual(told(known), untouched) };
}

describe('a file that has grown', () => {
  it.each([
    ['by one save', [first], [first, second]],
    ['by one save that frees and redefines', [first, second], [first, second, third]],
    ['by several saves', [first], [first, second, third, fourth]],
    ['by nothing', [first, second], [first, second]],
  ])('%s', (_, before, after) => {
    const { grown, whole, kept } = readTwice(makePdf(...before), makePdf(...after));
    expect(told(grown)).toEqual(told(whole));
    expect(kept).toBe(true);
  });

  it('by something odd is judged as a whole', () => {
    const before = makePdf(first);
    const after = makePdf(first, second);
    const catalogAt = String(asText(before).indexOf('1 0 obj')).padStart(10, '0');
    const own = String(asText(after).indexOf('5 0 obj')).padStart(10, '0');
    for (const odd of [
      append(after, 'junk'),
      append(after, '9 0 obj\n(x)\nendobj\n'),
      exchange(after, own, catalogAt),
      exchange(after, '/ByteRange [0 1 2 3]', '/ByteRange [0 1 2 (]'),
    ]) {
      const { grown, whole } = readTwice(before, odd);
      expect(told(grown)).toEqual(told(whole));
      expect(grown.needsRepair).toBe(true);
    }
  });

  it('is not taken for another one', () => {
    const other = exchange(makePdf(first, second), '/MediaBox [0 0 600 800]', '/MediaBox [0 0 500 800]');
    const { grown, whole } = readTwice(makePdf(first), other);
    expect(told(grown)).toEqual(told(whole));
    expect(pages(grown)[0]?.mediaBox).toEqual([0, 0, 500, 800]);
  });
});
