import { describe, expect, it } from 'vitest';
import { errorCodes, languages, messages } from '../../../src/main/core/contract/index.ts';
import { fill } from '../../../src/main/core/contract/messages/index.ts';
import {
  commonName,
  dateTime,
  listMoment,
  plainDate,
  timeOf,
  today,
} from '../../../src/renderer/lib/format.ts';
import { en } from '../../../src/renderer/lib/i18n/en.ts';
import { id } from '../../../src/renderer/lib/i18n/id.ts';
import { errorText } from '../../../src/renderer/lib/i18n/index.ts';
import { problemText, valuesIn } from '../../../src/renderer/lib/problems.ts';

/** Every text of a catalogue with its path; texts with parameters are asked with numbers and words. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('1', '2'))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe('dates and times', () => {
  it('writes plain dates and instants as Indonesian offices do, with the zone', () => {
    expect(plainDate('2026-11-22', 'id')).toBe('22 November 2026');
    expect(plainDate('2026-08-02', 'en')).toBe('2 August 2026');
    expect(timeOf('2026-11-22T08:05:00Z')).toBe('15.05 WIB');
    expect(dateTime('2026-11-22T20:30:00Z', 'id')).toBe('23 November 2026, 03.30 WIB');
  });

  it('shows the time for rows of the same day in Jakarta, else the day', () => {
    const now = new Date('2026-11-22T18:00:00Z');
    expect(today(now)).toBe('2026-11-23');
    expect(listMoment('2026-11-22T17:30:00Z', 'id', now)).toBe('00.30 WIB');
    expect(listMoment('2026-11-22T16:30:00Z', 'id', now)).toBe('22 Nov 2026');
  });

  it('leaves what is no date as it is', () => {
    expect(plainDate('segera', 'id')).toBe('segera');
    expect(dateTime('', 'id')).toBe('');
  });
});

describe('names of certificates', () => {
  it('finds the common name, escaped commas included', () => {
    expect(commonName('CN=Siti Rahmawati,O=Kabupaten,C=ID')).toBe('Siti Rahmawati');
    expect(commonName('C=ID\nO=Kabupaten\nCN=Budi')).toBe('Budi');
    expect(commonName('O=X, CN=Dinas A\\, B')).toBe('Dinas A, B');
    expect(commonName('Akar Uji')).toBe('Akar Uji');
  });
});

describe('the catalogues', () => {
  it('hold the same texts in both languages, none empty', () => {
    const indonesian = texts(id);
    const english = texts(en);
    expect(english.map(([path]) => path)).toEqual(indonesian.map(([path]) => path));
    for (const [path, text] of [...indonesian, ...english]) expect(text.trim(), path).not.toBe('');
  });

  it('never leave a parameter unused', () => {
    for (const [path, text] of [...texts(id), ...texts(en)])
      expect(text, path).not.toMatch(/undefined|\{\w+\}/);
  });

  it('have a text for every error code, with fields and dates in the reader’s words', () => {
    for (const code of errorCodes) expect(errorText({ code }, 'id')).not.toBe('');
    expect(errorText({ code: 'LETTER_INCOMPLETE', params: { field: 'subject' } }, 'id')).toContain('hal');
    expect(errorText({ code: 'CERTIFICATE_EXPIRED', params: { date: '2026-01-31' } }, 'id')).toContain(
      '31 Januari 2026',
    );
  });
});

describe('findings of a report', () => {
  it('finds the values in a finished sentence again, and refuses one that does not fit', () => {
    expect(valuesIn('Penerbit "{issuer}" tidak ada.', 'Penerbit "CN=A" tidak ada.')).toEqual({
      issuer: 'CN=A',
    });
    expect(valuesIn('{a} dan {b}', 'satu dan dua')).toEqual({ a: 'satu', b: 'dua' });
    expect(valuesIn('tanpa nilai', 'tanpa nilai')).toEqual({});
    expect(valuesIn('a {x} b', 'a b')).toBeNull();
    expect(valuesIn('a {x} b', 'c 1 b')).toBeNull();
    expect(valuesIn('a {x} b', 'a 1 b!')).toBeNull();
  });

  it('says every finding in either language with the same values, whichever language the report was made in', () => {
    for (const code of Object.keys(messages.id.report)) {
      const names = [...(messages.id.report[code] ?? '').matchAll(/\{(\w+)\}/g)].map(
        (found) => found[1] ?? '',
      );
      const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const said = {
        id: fill(messages.id.report[code] ?? '', values),
        en: fill(messages.en.report[code] ?? '', values),
      };
      for (const made of languages)
        for (const shown of languages)
          expect(problemText({ code, message: said[made] }, shown), code).toBe(said[shown]);
    }
  });

  it('keeps the words of a finding that has no text of its own', () => {
    expect(problemText({ code: 'NEW_CODE', message: 'As it was said.' }, 'id')).toBe('As it was said.');
  });
});
