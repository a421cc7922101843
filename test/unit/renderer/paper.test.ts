import { describe, expect, it } from 'vitest';
import type { StatementFacts } from '../../../src/main/core/contract/index.ts';
import {
  comparedOf,
  judgePaper,
  shownText,
  type Findings,
} from '../../../src/renderer/features/paper/compare.ts';

/** Only a person who has looked at code and paper makes a printed letter green. */
const facts: StatementFacts = {
  number: '1',
  date: '2026-11-22',
  sender: 'Setda',
  signer: 'Siti',
  subject: 'Undangan',
  digest: '',
};
const toneOf = (findings: Findings, of = facts): string => judgePaper(of, findings).tone;

describe('a genuine code', () => {
  it('is not green before number, date and subject were compared', () => {
    expect(toneOf({})).toBe('unsure');
    expect(toneOf({ number: 'same', date: 'same' })).toBe('unsure');
    expect(toneOf({ number: 'same', date: 'same', signer: 'same' })).toBe('unsure');
    expect(toneOf({ number: 'same', date: 'same', subject: 'same' })).toBe('good');
  });

  it('is bad as soon as one differs, whatever the others', () => {
    expect(toneOf({ date: 'different' })).toBe('bad');
    expect(toneOf({ number: 'same', date: 'same', subject: 'different' })).toBe('bad');
  });

  it('of a sealed letter is compared by its signer instead of a subject', () => {
    const sealed = { ...facts, subject: null };
    expect(comparedOf(sealed)).toEqual(['number', 'date', 'signer']);
    expect(toneOf({ number: 'same', date: 'same', subject: 'same' }, sealed)).toBe('unsure');
    expect(toneOf({ number: 'same', date: 'same', signer: 'same' }, sealed)).toBe('good');
  });
});

it('shows nothing of a foreign code that hides or turns text around', () => {
  expect(shownText('a\u202eb\u0000c\u200bd\u2028e\nf')).toBe('a�b�c�d�e�f');
});
