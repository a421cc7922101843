import { describe, expect, test } from 'vitest';
import { messages } from '../../../src/main/core/contract/messages/index.ts';
import { changeRules } from '../../../src/main/core/verification/diff/index.ts';
import { readPdfDate } from '../../../src/main/core/verification/pdf-date.ts';
import { fileProblems, signatureProblems } from '../../../src/main/core/verification/problems.ts';

const { id, en } = messages;
const holes = (text: string | undefined): readonly string[] => (text?.match(/\{\w+\}/g) ?? []).sort();

describe('texts of the report', () => {
  test('both languages hold the same keys, with the same blanks', () => {
    expect(Object.keys(id.report).sort()).toEqual(Object.keys(en.report).sort());
    for (const [code, text] of Object.entries(id.report))
      expect([code, holes(text)]).toEqual([code, holes(en.report[code])]);
  });

  test('every problem has a text, and every text a use', () => {
    const used = [...signatureProblems, ...fileProblems];
    const places = [
      ...changeRules.map((rule) => `CHANGE_${rule}`),
      'CHANGE_FOREIGN_BYTES',
      'CHANGE_SIGNATURE_REMOVED',
      'CHANGE_TRAILING_BYTES',
      'WHERE_REVISION',
      'WHERE_BYTE',
      'WHERE_PAGE',
      'WHERE_FIELD',
      'WHERE_OBJECT',
    ];
    expect(Object.keys(id.report).sort()).toEqual([...used, ...places].sort());
  });

  test('a revocation that could not be checked is never called revoked', () => {
    expect(en.report['REVOCATION_NOT_CHECKED']).toContain('could not be checked');
    expect(en.report['REVOCATION_NOT_CHECKED']).toContain('does not mean that it was');
  });
});

test.each([
  ["D:20261122100000+07'00'", '2026-11-22T03:00:00Z'],
  ["D:20261122100000+07'00", '2026-11-22T03:00:00Z'],
  ['D:20261122100000-0330', '2026-11-22T13:30:00Z'],
  ['D:20261122100000Z', '2026-11-22T10:00:00Z'],
  ["D:20261122100000Z00'00'", '2026-11-22T10:00:00Z'],
  ['D:20261122', '2026-11-22T00:00:00Z'],
  ['D:2026', '2026-01-01T00:00:00Z'],
  ['D:20261322', null],
  ['D:20260431', null],
  ['D:2026112225', null],
  ['20261122', null],
  ['D:20261122100000+07:00', null],
  ['', null],
  [null, null],
])('the date %j is %j', (text, expected) => {
  expect(readPdfDate(text)).toBe(expected);
});
