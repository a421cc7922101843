import { describe, expect, it } from 'vitest';
import { toggled } from '../../../src/renderer/features/batch/choice.ts';

const rows = ['a', 'b', 'c', 'd', 'e'];
const sorted = (ids: ReadonlySet<string>): readonly string[] => [...ids].toSorted();

describe('choosing rows of a list', () => {
  it('adds one and takes it away again', () => {
    const one = toggled(rows, new Set(), 'b', null);
    expect(sorted(one)).toEqual(['b']);
    expect(sorted(toggled(rows, one, 'b', null))).toEqual([]);
  });

  it('takes everything up to the last one touched, either way, and gives it the state of the one touched', () => {
    expect(sorted(toggled(rows, new Set(['b']), 'd', 'b'))).toEqual(['b', 'c', 'd']);
    expect(sorted(toggled(rows, new Set(['d']), 'b', 'd'))).toEqual(['b', 'c', 'd']);
    expect(sorted(toggled(rows, new Set(['a', 'b', 'c', 'd']), 'c', 'b'))).toEqual(['a', 'd']);
  });

  it('takes one alone where the last one touched is not in the list any more', () => {
    expect(sorted(toggled(rows, new Set(), 'c', 'gone'))).toEqual(['c']);
  });
});
