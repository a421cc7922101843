import { expect, test } from 'vitest';
import {
  byteRangeDicts,
  countByteRanges,
  isDict,
  parsePdf,
  signatureFields,
} from '../../../src/main/core/pdf/index.ts';
import { append, makePdf, onePage } from './make-pdf.ts';

const form = (fields: string, objects: Record<number, string>): Uint8Array =>
  makePdf({
    objects: { ...onePage, 1: `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields ${fields}>>>>`, ...objects },
  });

test('fields with inherited type, nested names, and widgets that are no fields', () => {
  const file = parsePdf(
    form('[5 0 R 9 0 R 10 0 R]', {
      5: '<</T (Kepala) /FT /Sig /Kids [6 0 R 7 0 R]>>',
      6: '<</T (Dinas) /V 8 0 R>>',
      7: '<</T (\xfe\xff\x01\x7b) /Kids [<</Subtype /Widget>>]>>',
      8: '<</Type /Sig /ByteRange [0 1 2 3]>>',
      9: '<</T (Teks) /FT /Tx /V (x)>>',
      10: '<</T (Langsung) /FT /Sig /V <</Type /Sig>>>>',
    }),
  );
  const found = signatureFields(file).map(({ name, valueRef, value }) => [
    name,
    valueRef?.num ?? null,
    isDict(value),
  ]);
  expect(found).toEqual([
    ['Kepala.Dinas', 8, true],
    ['Kepala.\u017b', null, false],
    ['Langsung', null, true],
  ]);
});

test('loops among kids end', () => {
  const file = parsePdf(
    form('[5 0 R]', { 5: '<</T (a) /FT /Sig /Kids [6 0 R 5 0 R]>>', 6: '<</T (b) /V 4 0 R /Kids [5 0 R]>>' }),
  );
  expect(signatureFields(file).map(({ name }) => name)).toEqual(['a.b']);
});

test('every /ByteRange is counted: in text, packed, and however it is spelt', () => {
  const packed = '7 0 <</ByteRange [0 1 2 3]>>';
  const file = parsePdf(
    append(
      form('[]', {
        5: '<</Byte#52ange [0 1 2 3]>>',
        6: `<</Type /ObjStm /N 1 /First 4 /Length ${packed.length}>>\nstream\n${packed}\nendstream`,
      }),
      '%/ByteRange\n',
    ),
  );
  const { offsets, packed: inside } = countByteRanges(file);
  expect([offsets.length, inside]).toEqual([2, 1]);
  expect(byteRangeDicts(file)).toHaveLength(1);
});
