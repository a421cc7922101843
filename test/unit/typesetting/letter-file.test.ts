import { describe, expect, it } from 'vitest';
import { readLetterFile } from '../../../src/main/core/typesetting/index.ts';
import { errorOf, sampleText } from './support.ts';

const edited = (find: string, replacement: string): string => {
  const text = sampleText('surat-undangan');
  expect(text).toContain(find);
  return text.replace(find, replacement);
};

describe('a letter file', () => {
  it.each(['surat-dinas', 'nota-dinas', 'surat-undangan'])('reads the sample %s as it is', (name) => {
    expect(readLetterFile(sampleText(name))).toEqual(JSON.parse(sampleText(name)));
  });

  it('of before security classes is of class biasa', () => {
    const old = sampleText('surat-dinas').replace(/^\s*"(security|postId)".*\n/gm, '');
    expect(old).not.toContain('"security"');
    expect(readLetterFile(old)).toEqual(JSON.parse(sampleText('surat-dinas')));
  });

  it.each([
    ['JSON', () => '{ "content": '],
    ['content.event.date', () => edited('2026-11-30', '2026-02-30')],
    ['date', () => edited('2026-11-22', '22 November 2026')],
    ['content.body.0.content.0.type', () => edited('"type": "text"', '"type": "raw"')],
    ['secret', () => edited('"certified": false', '"certified": false, "secret": 1')],
  ])('is refused with the field %s', (field, make) => {
    const error = errorOf(() => readLetterFile(make()));
    expect(error.code).toBe('LETTER_FILE_INVALID');
    expect(error.params).toEqual({ field });
  });

  it('stops at hostile depth without overflowing the stack', () => {
    const depth = 200_000;
    expect(errorOf(() => readLetterFile('['.repeat(depth) + ']'.repeat(depth))).code).toMatch(
      /LETTER_TOO_LARGE|LETTER_FILE_INVALID/,
    );
  });
});
