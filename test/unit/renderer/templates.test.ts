import { describe, expect, it } from 'vitest';
import {
  codeOf,
  genericKind,
  kindsOf,
  moved,
  newField,
  typedNumber,
  withHidden,
  withKind,
  withoutKind,
} from '../../../src/renderer/lib/templates.ts';
import { checkChanges, shippedProfile } from '../../../src/main/core/typesetting/index.ts';
import { resourcesDir } from '../../fixtures/engine.ts';
import { ownKind } from '../../fixtures/templates.ts';

const { kinds } = shippedProfile(resourcesDir);
const templates = {
  shipped: { page: shippedProfile(resourcesDir).page, kinds, bupatiTitle: '' },
  used: ['memo'],
};

describe('the kinds on the screen', () => {
  it('are the regulation’s and the office’s, each with what became of it', () => {
    const changes = withHidden(withKind({}, 'surat-khas', ownKind()), 'memo', true);
    const listed = kindsOf(templates, changes);
    expect(listed).toHaveLength(36);
    expect(listed.find(({ id }) => id === 'surat-khas')).toMatchObject({
      own: true,
      changed: true,
      used: false,
    });
    expect(listed.find(({ id }) => id === 'memo')).toMatchObject({ own: false, hidden: true, used: true });
    expect(withoutKind(changes, 'surat-khas', true)).toEqual({ kinds: {}, hidden: ['memo'] });
    expect(withHidden(changes, 'memo', false).hidden).toEqual([]);
  });

  it('get a code from their name that nothing else has', () => {
    expect(codeOf('Surat Cuti Tahunan', [])).toBe('surat-cuti-tahunan');
    expect(codeOf(' 2. Café – Ñandú! ', [])).toBe('cafe-n-andu');
    expect(codeOf('漢字', ['jenis'])).toBe('jenis-2');
    expect(codeOf('x'.repeat(80), []).length).toBeLessThanOrEqual(40);
  });

  it.each(['letter', 'title'] as const)(
    'made from the bare %s shape are right once they are named',
    (shape) => {
      const kind = {
        ...genericKind(shape),
        label: 'Surat Cuti',
        fields: [{ ...newField([]), label: { id: 'Lama', en: 'Days' } }],
      };
      const checked = checkChanges(
        resourcesDir,
        withKind({}, codeOf('Surat Cuti', Object.keys(kinds)), kind),
      );
      expect(checked.problems).toEqual([]);
      expect(checkChanges(resourcesDir, withKind({}, 'x', genericKind(shape))).problems).toEqual([
        { path: 'kinds.x.label', reason: 'empty' },
      ]);
    },
  );

  it('move their fields, and read numbers as they are typed', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(typedNumber(' 12,5 ')).toBe(12.5);
    expect(typedNumber('')).toBeUndefined();
    for (const wrong of ['12,', 'dua', '1e3', '1.2.3']) expect(typedNumber(wrong)).toBeNaN();
  });
});
