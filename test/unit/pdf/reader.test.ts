import { describe, expect, test } from 'vitest';
import { Reader } from '../../../src/main/core/pdf/reader.ts';
import { isArray, isDict, isString } from '../../../src/main/core/pdf/index.ts';
import type { PdfValue } from '../../../src/main/core/pdf/index.ts';

const read = (text: string): PdfValue => new Reader(Buffer.from(text, 'latin1'), 0).value();
const bytesOf = (text: string): string => {
  const value = read(text);
  return isString(value) ? Buffer.from(value.bytes).toString('latin1') : 'no string';
};

describe('values of ISO 32000-2 §7.3', () => {
  test.each([
    ['(a (b) c)', 'a (b) c'],
    ['(\\(\\)\\\\)', '()\\'],
    ['(\\101\\1012\\7)', 'AA2\x07'],
    ['(a\\\nb)', 'ab'],
    ['(a\r\nb\rc)', 'a\nb\nc'],
    ['(\\n\\r\\t\\b\\f\\x)', '\n\r\t\b\fx'],
    ['<48 65 6C6c 6F7>', 'Hellop'],
    ['<>', ''],
  ])('string %s', (text, expected) => {
    expect(bytesOf(text)).toBe(expected);
  });

  test('names decode their escapes', () => {
    expect(read('/Byte#52ange ')).toEqual({ kind: 'name', value: 'ByteRange' });
    expect(read('/A#zz ')).toEqual({ kind: 'name', value: 'A#zz' });
  });

  test('integers, reals, references, keywords', () => {
    expect(read('[1 -2 +3 .5 -1. 4 0 R 5 0 true false null 6]')).toEqual({
      kind: 'array',
      items: [
        1,
        -2,
        3,
        { kind: 'real', value: 0.5, text: '.5' },
        { kind: 'real', value: -1, text: '-1.' },
        { kind: 'ref', num: 4, gen: 0 },
        5,
        0,
        true,
        false,
        null,
        6,
      ],
    });
  });

  test('a dictionary tells where it stands and which keys stood twice', () => {
    const value = read('<</A 1 % comment >>\n/B<</C(x)>>/A 2>>');
    if (!isDict(value)) throw new Error('no dictionary');
    expect([value.start, value.end, value.duplicates]).toEqual([0, 37, ['A']]);
    expect(value.entries.get('A')).toBe(2);
  });

  test('a string tells where it stands', () => {
    const value = read('[<00ff> (a)]');
    const [hex, literal] = isArray(value) ? value.items : [];
    if (!isString(hex) || !isString(literal)) throw new Error('no strings');
    expect([hex.hex, hex.start, hex.end, literal.start, literal.end]).toEqual([true, 1, 7, 8, 11]);
  });

  test.each(['(open', '<0g>', '<<1 2>>', '<</A>>', '[1', '1.2.3', '--1', 'nul', '>>', '', '12ab'])(
    'refuses %j',
    (text) => {
      expect(() => read(text)).toThrow(/at byte/);
    },
  );

  test('nesting is capped', () => {
    expect(() => read('['.repeat(100_000))).toThrow(/nested too deeply/);
    expect(isArray(read(`${'['.repeat(150)}${']'.repeat(150)}`))).toBe(true);
  });
});
