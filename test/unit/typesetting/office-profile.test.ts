import { describe, expect, it } from 'vitest';
import type { OfficeChanges } from '../../../src/main/core/contract/index.ts';
import { formatsCollide } from '../../../src/main/core/typesetting/formats-collide.ts';
import { checkChanges, loadProfile, shippedProfile } from '../../../src/main/core/typesetting/index.ts';
import { changedKind, ownKind } from '../../fixtures/templates.ts';
import { resourcesDir, sample, typeset } from './support.ts';

const shipped = loadProfile(resourcesDir, null);
const problemsOf = (changes: unknown) => checkChanges(resourcesDir, changes).problems;
const profileOf = (changes: OfficeChanges) => {
  const checked = checkChanges(resourcesDir, changes);
  if (checked.changes === null) throw new Error(JSON.stringify(checked.problems));
  return checked;
};

describe('number formats', () => {
  it.each([
    ['{classification}/{sequence}/{unit}/{year}', '{classification}/{sequence}/{unit}/{year}', true],
    ['{classification}/{sequence}/{unit}/{year}', '{classification}/{sequence}/ST/{year}', true],
    ['{classification}/{sequence}/{unit}/{year}', '{classification}/{sequence}/ST/{unit}/{year}', false],
    ['{sequence}/ND/{unit}/{year}', '{sequence}/ST/{unit}/{year}', false],
    ['{sequence}', '1{sequence}', true],
    ['{sequence}{year}', '{year}{sequence}', true],
    ['{sequence}.A/{year}', '{sequence}.B/{year}', false],
    ['{sequence}/{year}', '{sequence}/{unit}', true],
    ['0{sequence}', '{sequence}', false],
    ['{sequence} 😀', '{sequence} 😀', true],
  ])('%s and %s meet: %s', (one, other, meet) => {
    expect(formatsCollide(one, other)).toBe(meet);
    expect(formatsCollide(other, one)).toBe(meet);
  });

  it('are compared quickly, however long', () => {
    const long = '{unit}{classification}{unit}{sequence}'.repeat(3);
    const begun = performance.now();
    formatsCollide(`${long}x`, `${long}y`);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('an office’s changes', () => {
  it('none leave the shipped profile as it is', () => {
    const { profile, json } = profileOf({});
    expect(profile).toEqual(shipped);
    const letter = sample('surat-dinas');
    expect(Buffer.from(typeset(letter, json).pdf).equals(Buffer.from(typeset(letter).pdf))).toBe(true);
  });

  it('are laid over it: page, kinds, what is hidden, the title of the head', () => {
    const { profile } = profileOf({
      page: { margins: { left: 25 }, sizes: { body: 11 }, font: 'Noto Sans' },
      kinds: { 'surat-khas': ownKind() },
      hidden: ['radiogram'],
      bupatiTitle: 'BUPATI CONTOH',
    });
    expect(profile.margins).toEqual({ ...shipped.margins, left: 25 });
    expect(profile.sizes.body).toBe(11);
    expect(profile.fonts.body).toBe('Noto Sans');
    expect(profile.kinds['surat-khas']?.label).toBe('Surat Khas');
    expect(Object.keys(profile.kinds).slice(0, -1)).toEqual(Object.keys(shipped.kinds));
    expect(profile.hidden).toEqual(['radiogram']);
    expect(profile.kop.bupatiTitle).toBe('BUPATI CONTOH');
  });

  it('of one kind’s page touch that kind alone', () => {
    const kinds = { 'nota-dinas': changedKind('nota-dinas', { page: { sizes: { body: 20 } } }) };
    const { json } = profileOf({ kinds });
    const [other, plain] = [typeset(sample('surat-dinas'), json), typeset(sample('surat-dinas'))];
    expect(Buffer.from(other.pdf).equals(Buffer.from(plain.pdf))).toBe(true);
    const [large, small] = [typeset(sample('nota-dinas'), json), typeset(sample('nota-dinas'))];
    expect(Buffer.from(large.pdf).equals(Buffer.from(small.pdf))).toBe(false);
  });

  const kind = (changes: object) => ({ kinds: { 'surat-khas': { ...ownKind(), ...changes } } });
  const [field] = changedKind('surat-tugas', {}).fields;
  it.each([
    ['a list', [], '', 'wrong-type'],
    ['a stranger’s key', { paper: {} }, 'paper', 'unknown'],
    ['a number that is a word', { page: { margins: { left: '20' } } }, 'page.margins.left', 'wrong-type'],
    ['a margin off the sheet', { page: { margins: { left: 2 } } }, 'page.margins.left', 'too-small'],
    ['margins without room', { page: { margins: { left: 60, right: 60 } } }, 'page.margins', 'page-full'],
    ['an unknown font', { page: { font: 'Comic Sans MS' } }, 'page.font', 'font-unknown'],
    ['a script as a font', { page: { font: 'Noto Sans Thai' } }, 'page.font', 'font-unknown'],
    ['a kind without a printed name', kind({ label: '' }), 'kinds.surat-khas.label', 'empty'],
    [
      'a name in one language',
      kind({ name: { id: 'Surat Khas', en: '' } }),
      'kinds.surat-khas.name.en',
      'empty',
    ],
    ['a name that lacks one', kind({ name: { id: 'Surat Khas' } }), 'kinds.surat-khas.name.en', 'missing'],
    ['an unknown shape', kind({ shape: 'poster' }), 'kinds.surat-khas.shape', 'not-one-of'],
    [
      'no sequence',
      kind({ numberTemplate: '{unit}/{year}' }),
      'kinds.surat-khas.numberTemplate',
      'number-sequence',
    ],
    [
      'a field in capitals',
      kind({ fields: [{ ...field, name: 'Dasar Hukum' }] }),
      'kinds.surat-khas.fields.0.name',
      'name-form',
    ],
    ['a field twice', kind({ fields: [field, field] }), 'kinds.surat-khas.fields', 'names-repeat'],
    ['a kind’s id', { kinds: { 'Surat Khas': ownKind() } }, 'kinds.Surat Khas', 'kind-form'],
    ['an unknown kind hidden', { hidden: ['tidak-ada'] }, 'hidden.0', 'kind-unknown'],
    [
      'arms without words',
      { arms: { office: { image: '0'.repeat(64), alt: ' ' } } },
      'arms.office.alt',
      'empty',
    ],
    [
      'arms that are a path',
      { arms: { office: { image: '/etc/x', alt: 'x' } } },
      'arms.office.image',
      'name-form',
    ],
    ['too much', { kinds: { x: { ...ownKind(), about: 'x'.repeat(300_000) } } }, '', 'size'],
  ])('are refused with place and reason: %s', (_, changes, path, reason) => {
    expect(problemsOf(changes)).toContainEqual(expect.objectContaining({ path, reason }));
  });

  it('name the placeholder that nothing is put in for', () => {
    for (const [format, named] of [
      ['{sequence}/{bulan}', '{bulan}'],
      ['{sequence}/{unit', '{unit'],
      ['{sequence}}', '}'],
    ])
      expect(problemsOf(kind({ numberTemplate: format }))).toEqual([
        { path: 'kinds.surat-khas.numberTemplate', reason: 'number-placeholder', named },
      ]);
  });

  it('may use what the regulation uses, and nothing else that another register could give', () => {
    const format = shipped.kinds['surat-tugas']?.numberTemplate ?? '';
    const with_ = (register: string, numberTemplate: string) =>
      problemsOf(kind({ register, numberTemplate })).map(({ reason, named }) => [reason, named]);
    expect(with_('surat-tugas', format)).toEqual([]);
    expect(with_('surat-khas', format)).toEqual([['number-collides', 'Surat Tugas']]);
    expect(with_('surat-khas', '{classification}/{sequence}/KH/{unit}/{year}')).toEqual([]);
    expect(with_('surat-tugas', '{classification}/{sequence}/ORG/{year}')[0]?.[0]).toBe('number-collides');
  });

  it('survive what is no JSON at all', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    for (const value of [null, undefined, 3, 'x', ring]) expect(problemsOf(value).length).toBeGreaterThan(0);
    expect(
      problemsOf(JSON.parse('{"__proto__": {"x": 1}, "kinds": {"__proto__": {}}}')).length,
    ).toBeGreaterThan(0);
  });

  it('can be set in the fonts that are offered', () => {
    for (const font of shippedProfile(resourcesDir).fonts) {
      const { json } = profileOf({ page: { font } });
      expect(typeset(sample('surat-dinas'), json).pages).toBeGreaterThan(0);
    }
  });
});
