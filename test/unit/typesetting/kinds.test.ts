import { describe, expect, it } from 'vitest';
import type { LetterContent, TypesetLetter } from '../../../src/main/core/contract/index.ts';
import { kindOf, loadProfile, rulesOf, startOf } from '../../../src/main/core/typesetting/index.ts';
import { fieldRows } from '../../../src/main/core/typesetting/field-rows.ts';
import { errorOf, paragraph, resourcesDir, sample, typeset } from './support.ts';

const profile = loadProfile(resourcesDir, null);

/** A letter of a kind with every field of its own filled in. */
function filled(id: string): TypesetLetter {
  const rules = rulesOf(profile, id);
  const values: Record<string, string> = { date: '2026-12-01', list: 'Butir pertama\nButir kedua' };
  const details = Object.fromEntries(
    rules.fields.map(({ name, form }) => [name, values[form] ?? `Isi ${name}`]),
  );
  const event = { date: '2026-12-01', time: '09.00 WIB', place: 'Aula', agenda: 'Rapat' };
  const recipients: LetterContent['recipients'] =
    rules.addressees.need === 'none' ? [] : [{ accountId: null, name: 'Bambang Prasetyo, S.T.', place: '' }];
  const body = [...startOf(rules), paragraph('Isi naskah.')];
  return sample('nota-dinas', { kind: id, details, recipients, body, event: rules.event ? event : null });
}

describe('the kinds of letter in the regulation profile', () => {
  it('are those of Permendagri 1/2023, each with a name and a purpose in both languages', () => {
    const kinds = Object.entries(profile.kinds).map(([id, rules]) => kindOf(id, rules));
    expect(kinds.length).toBeGreaterThanOrEqual(33);
    for (const { id, name, about } of kinds)
      for (const words of [name.id, name.en, about.id, about.en]) expect(words.length, id).toBeGreaterThan(3);
  });

  it.each(Object.keys(profile.kinds))('%s is typeset with all its fields', (id) => {
    const { pages, pdf } = typeset(filled(id));
    expect(pages).toBeLessThanOrEqual(2);
    expect(pdf.length).toBeGreaterThan(5_000);
  });

  it('a decree counts its clauses in words, and an assignment names its people under the word that assigns', () => {
    const decree = filled('keputusan');
    const many = Array.from({ length: 21 }, (_, n) => `Butir ${n + 1}`).join('\n');
    const content = { ...decree.content, details: { ...decree.content.details, diktum: many } };
    const labels = fieldRows({ ...decree, content }, rulesOf(profile, 'keputusan')).before.map(
      (row) => row.label,
    );
    expect(labels.slice(0, 3)).toEqual(['Menimbang', 'Mengingat', 'Memperhatikan']);
    expect(labels).toContain('KEDUA');
    expect(labels).toContain('KESEBELAS');
    expect(labels).toContain('KEDUA PULUH SATU');
    const rows = fieldRows(filled('surat-tugas'), rulesOf(profile, 'surat-tugas')).before;
    expect(rows.map(({ label, heading }) => [label, heading])).toEqual([
      ['Dasar', null],
      ['Kepada', 'MENUGASKAN:'],
      ['Untuk', null],
      ['Waktu', null],
      ['Tempat', null],
    ]);
    expect(rows[2]).toMatchObject({ numbering: '1.', entries: ['Butir pertama', 'Butir kedua'] });
  });

  it('refuses a kind that the profile does not know', () => {
    expect(errorOf(() => typeset(sample('nota-dinas', { kind: 'surat-cinta' })))).toMatchObject({
      code: 'KIND_UNKNOWN',
      params: { kind: 'surat-cinta' },
    });
    expect(errorOf(() => typeset(sample('nota-dinas', { kind: 'constructor' })))).toMatchObject({
      code: 'KIND_UNKNOWN',
    });
  });
});
