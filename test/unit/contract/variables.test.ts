import { describe, expect, it } from 'vitest';
import { fillVariables, variablesIn } from '../../../src/main/core/contract/index.ts';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import { letterContent } from '../../fixtures/engine.ts';

const letter: LetterContent = {
  ...letterContent('Undangan ${nama}'),
  body: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Kepada ${nama} di ${tempat}', marks: ['bold'] }] },
    {
      type: 'list',
      ordered: true,
      items: [[{ type: 'paragraph', content: [{ type: 'text', text: '${waktu}' }] }]],
    },
    { type: 'table', rows: [[{ content: [{ type: 'text', text: '${kursi}' }] }]] },
  ],
  details: { untuk: '${nama}' },
};

describe('variables', () => {
  it('are found once each, wherever a text stands', () => {
    expect(variablesIn(letter)).toEqual(['nama', 'tempat', 'waktu', 'kursi']);
  });

  it('are replaced in every text, with its marks; what has no value stays', () => {
    const filled = fillVariables(letter, { nama: 'Siti', waktu: '09.00' });
    expect(filled.subject).toBe('Undangan Siti');
    expect(filled.details).toEqual({ untuk: 'Siti' });
    expect(filled.body[0]).toEqual({
      type: 'paragraph',
      content: [{ type: 'text', text: 'Kepada Siti di ${tempat}', marks: ['bold'] }],
    });
    expect(variablesIn(filled)).toEqual(['tempat', 'kursi']);
  });

  it('a value is text and nothing more, and an empty one leaves no empty text', () => {
    const once = fillVariables(letter, { nama: '${tempat} $& $1', waktu: '' });
    expect(once.subject).toBe('Undangan ${tempat} $& $1');
    expect(JSON.stringify(once.body[1])).not.toContain('"text":""');
    expect(fillVariables(letter, Object.create({ nama: 'x' }) as Record<string, string>).subject).toBe(
      'Undangan ${nama}',
    );
  });
});
