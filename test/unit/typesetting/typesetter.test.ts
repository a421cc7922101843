import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTypesetter } from '../../../src/main/core/typesetting/index.ts';
import { createdAt, errorOf, names, paragraph, resourcesDir, sample, table, typeset } from './support.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the typesetter', () => {
  it('gives the same bytes for the same letter, in one compiler and in another', () => {
    const letter = sample('surat-dinas');
    const first = sha256(typeset(letter).pdf);
    typeset(sample('nota-dinas'));
    expect(sha256(typeset(letter).pdf)).toBe(first);
    const other = createTypesetter({ resourcesDir }).typeset({ letter, profile: null, createdAt });
    expect(sha256(other.pdf)).toBe(first);
    const changed = { ...letter, content: { ...letter.content, subject: 'Hal lain' } };
    expect(sha256(typeset(changed).pdf)).not.toBe(first);
  });

  it('takes the creation date from its input, never from the machine clock', () => {
    const text = Buffer.from(typeset(sample('nota-dinas')).pdf).toString('latin1');
    expect(text).toContain('D:20261122030000');
    expect(
      errorOf(() =>
        createTypesetter({ resourcesDir }).typeset({
          letter: sample('nota-dinas'),
          profile: null,
          createdAt: 'kemarin',
        }),
      ).code,
    ).toBe('BAD_REQUEST');
  });

  it('names every character without a glyph, wherever it stands', () => {
    const letter = sample('surat-dinas', {
      subject: 'Rapat 😀',
      recipients: [{ accountId: null, name: 'Sdr. 漢', place: 'Sukadana' }],
      body: [
        { type: 'table', rows: [[{ content: [{ type: 'text', text: 'sel 字 𓀀', marks: ['bold'] }] }]] },
        paragraph('Demikian 😀.'),
      ],
    });
    const signed = { ...letter, signer: { ...letter.signer, name: 'Kim 김' } };
    const error = errorOf(() => typeset(signed));
    expect(error.code).toBe('GLYPH_MISSING');
    const characters = String(error.params?.['characters']).split(', ').sort();
    expect(characters).toEqual(
      ['字 (U+5B57)', '漢 (U+6F22)', '김 (U+AE40)', '𓀀 (U+13000)', '😀 (U+1F600)'].sort(),
    );
  });

  it.each([
    ['a bidirectional override', 'Rp\u202e000.1', 'U+202E'],
    ['a control character', 'a\u0007b', 'U+0007'],
    ['half a surrogate pair', 'a\ud800b', 'U+D800'],
    ['a private-use character', 'a\ue000b', 'U+E000'],
    ['the sign of lost text', 'Rp\ufffd', 'U+FFFD'],
  ])('refuses %s', (_, text, named) => {
    const error = errorOf(() => typeset(sample('nota-dinas', { subject: text })));
    expect(error.code).toBe('GLYPH_MISSING');
    expect(error.params?.['characters']).toContain(named);
  });

  it.each(Object.entries(names))('sets a name in %s, regular and bold', (_, name) => {
    const letter = sample('nota-dinas', { subject: name, body: [paragraph(name)] });
    expect(typeset({ ...letter, signer: { ...letter.signer, name } }).pages).toBe(1);
  });

  it('refuses a letter nested or long beyond reason before any recursion', () => {
    let content: ReturnType<typeof paragraph>[] = [paragraph('x')];
    for (let i = 0; i < 5000; i += 1) content = [{ type: 'list', ordered: true, items: [content] }];
    expect(errorOf(() => typeset(sample('nota-dinas', { body: content }))).code).toBe('LETTER_TOO_LARGE');
    const long = sample('nota-dinas', { body: [paragraph('a '.repeat(1_100_000))] });
    expect(errorOf(() => typeset(long)).code).toBe('LETTER_TOO_LARGE');
  });

  it('sets an empty draft, so that a preview can be shown from the first second', () => {
    const letter = sample('surat-undangan', {
      subject: '',
      recipients: [],
      copies: [],
      body: [],
      event: null,
    });
    expect(typeset({ ...letter, number: '', issuer: '' }).pages).toBe(1);
  });

  it('goes on after an error', () => {
    errorOf(() => typeset(sample('nota-dinas', { subject: '😀' })));
    expect(typeset(sample('nota-dinas', { body: [table(3)] })).pages).toBe(1);
  });
});
