import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src/main/core/contract/index.ts';
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

/** Every text of a catalogue with its path; texts with parameters are asked with numbers and words. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value('1', '2', '3', '4'))]];
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
