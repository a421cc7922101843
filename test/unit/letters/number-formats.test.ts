import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseNumberTemplate,
  printNumber,
  type NumberFacts,
  type NumberStyle,
} from '../../../src/main/core/contract/number-format.ts';
import { commonNumber, languageOf, numberReader } from '../../../src/main/core/letters/number-language.ts';
import { resourcesDir } from '../../fixtures/engine.ts';

const facts: NumberFacts = {
  classification: '000.8.3',
  sequence: 7,
  insertion: 0,
  unit: 'ORG',
  date: '2026-11-05',
  security: 'sangat-rahasia',
};
const style = (template: string, rest: Partial<NumberStyle> = {}): NumberStyle => ({
  template,
  padding: 1,
  insertion: 'decimal',
  ...rest,
});
const book = (unit: string, register = 'surat-keluar') => ({ register, unit, year: 2026 });
const common = (one: NumberStyle, other: NumberStyle, units: readonly [string, string] = ['ORG', 'ORG']) =>
  commonNumber(languageOf(one, book(units[0])), languageOf(other, book(units[1])));

describe('a number format', () => {
  it('prints every placeholder', () => {
    expect(printNumber(style('{classification}/{sequence}/{unit}/{year}'), facts)).toBe('000.8.3/7/ORG/2026');
    expect(
      printNumber(style('{security}-{sequence:3}/{classification}/{unit}/{romanMonth}/{year2}'), facts),
    ).toBe('SR-007/000.8.3/ORG/XI/26');
    expect(printNumber(style('{sequence}/{day}-{month}-{year}', { padding: 4 }), facts)).toBe(
      '0007/05-11-2026',
    );
  });

  it('prints an inserted number behind its main one', () => {
    const inserted = { ...facts, sequence: 5, insertion: 1 };
    expect(printNumber(style('{sequence:3}/{unit}'), inserted)).toBe('005.01/ORG');
    expect(printNumber(style('{sequence:3}/{unit}', { insertion: 'letter' }), inserted)).toBe('005A/ORG');
    expect(printNumber(style('{sequence}', { insertion: 'letter' }), { ...facts, insertion: 27 })).toBe(
      '7AA',
    );
  });

  it.each([
    ['{unit}/{year}', 'sequence'],
    ['{sequence}/{sequence}', 'sequence'],
    ['{sequence}/{x}', 'placeholder'],
    ['{sequence}/{unit:3}', 'placeholder'],
    ['{sequence}/{', 'placeholder'],
    ['{sequence}}', 'placeholder'],
    ['{sequence:9}', 'placeholder'],
    ['{sequence}{month}', 'separator'],
    ['{sequence}.{unit}', 'separator'],
    ['No1{sequence}', 'separator'],
    ['{classification}{unit}/{sequence}', 'separator'],
    ['{sequence}/é', 'character'],
    ['', 'length'],
    [`{sequence}/${'x'.repeat(120)}`, 'length'],
  ])('is refused for a reason: %s (%s)', (template, problem) => {
    expect(parseNumberTemplate(template)).toBe(problem);
  });
});

describe('two formats', () => {
  it('collide where both can give the same number, with an example that both give', () => {
    expect(common(style('{sequence}/{year}'), style('{sequence}/{year}'), ['ORG', 'UMUM'])).toBe('1/2026');
    expect(common(style('{sequence:3}/{unit}'), style('{sequence}/{unit}'))).toMatch(/^\d{3}\/ORG$/);
    expect(common(style('{month}/{sequence}/{unit}'), style('{sequence:2}/{day}/{unit}'))).toMatch(
      /^\d\d\/\d\d\/ORG$/,
    );
    expect(common(style('{sequence}/X'), style('{sequence}/X', { insertion: 'letter' }))).toBe('1/X');
  });

  it('do not where something tells them apart', () => {
    expect(common(style('{sequence}/{unit}'), style('{sequence}/{unit}'), ['ORG', 'UMUM'])).toBeNull();
    expect(common(style('{sequence}/ND/{unit}'), style('{sequence}/{unit}'))).toBeNull();
    expect(common(style('ND-{sequence}/{unit}'), style('{classification}/{sequence}/{unit}'))).toBeNull();
    expect(common(style('{security}-{sequence}/{unit}'), style('X-{sequence}/{unit}'))).toBeNull();
  });

  it('never give the same number when none was found, and the example is one that each can give', () => {
    const piece = fc.constantFrom(
      'ND',
      'KEP',
      '{unit}',
      '{year}',
      '{year2}',
      '{month}',
      '{romanMonth}',
      '{day}',
      '{classification}',
      '{security}',
      '0',
      '1',
    );
    const template = fc
      .tuple(fc.array(piece, { maxLength: 3 }), fc.array(piece, { maxLength: 3 }), fc.constantFrom('/', '-'))
      .map(([before, after, sign]) => [...before, '{sequence}', ...after].join(sign))
      .filter((text) => typeof parseNumberTemplate(text) !== 'string');
    const anyStyle = fc.record({
      template,
      padding: fc.integer({ min: 1, max: 3 }),
      insertion: fc.constantFrom('decimal' as const, 'letter' as const),
    });
    const anyFacts = fc.record({
      classification: fc.constantFrom('1', '000.8.3', '26', '2026', '05'),
      sequence: fc.integer({ min: 1, max: 120 }),
      insertion: fc.integer({ min: 0, max: 2 }),
      date: fc.constantFrom('2026-01-01', '2026-05-26', '2026-12-20'),
      security: fc.constantFrom('biasa' as const, 'rahasia' as const),
    });
    fc.assert(
      fc.property(
        anyStyle,
        anyStyle,
        fc.array(anyFacts, { minLength: 1, maxLength: 12 }),
        (one, other, given) => {
          const example = common(one, other, ['ORG', 'A-1']);
          const [first, second] = [numberReader(one, book('ORG')), numberReader(other, book('A-1'))];
          if (example !== null) expect([first(example), second(example)]).not.toContain(null);
          for (const each of given) {
            const number = printNumber(one, { ...each, unit: 'ORG' });
            const read = first(number);
            expect(read).toEqual({ sequence: each.sequence, inserted: each.insertion > 0 });
            if (example === null) expect(second(number)).toBeNull();
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the shipped profile', () => {
  it('has no two books that could give the same number', () => {
    const profile = JSON.parse(
      readFileSync(join(resourcesDir, 'profiles/permendagri-1-2023.json'), 'utf8'),
    ) as {
      kinds: Record<string, { register: string; numberTemplate: string }>;
    };
    const templates = new Map(
      Object.values(profile.kinds).map((kind) => [kind.register, kind.numberTemplate]),
    );
    expect(templates.size).toBeGreaterThan(30);
    const books = [...templates].flatMap(([register, template]) =>
      ['ORG', 'SETDA', 'A.ORG'].map((unit) => ({
        name: `${register} ${unit}`,
        language: languageOf(style(template), book(unit, register)),
      })),
    );
    for (const [index, one] of books.entries())
      for (const other of books.slice(index + 1))
        expect([one.name, other.name, commonNumber(one.language, other.language)]).toEqual([
          one.name,
          other.name,
          null,
        ]);
  });
});
