import type { SecurityClass } from './letters.ts';

/** What a letter number is made of: a template of literal text and placeholders (DOMAIN §3). */
export const numberPlaceholders = [
  'classification',
  'sequence',
  'unit',
  'year',
  'year2',
  'month',
  'romanMonth',
  'day',
  'security',
] as const;
type Placeholder = (typeof numberPlaceholders)[number];

export type NumberPart =
  | { readonly literal: string }
  /** `width` is the least number of digits of a sequence, filled up with zeros; null: what the format says. */
  | { readonly name: Placeholder; readonly width: number | null };

/** How an inserted number (nomor sisipan) shows behind its main one: 005.01, or 005A. */
export const insertionForms = ['decimal', 'letter'] as const;
export type InsertionForm = (typeof insertionForms)[number];

/** A book's format as it is in force. */
export interface NumberStyle {
  readonly template: string;
  /** Least digits of a sequence that names no width of its own, 1 to 6. */
  readonly padding: number;
  readonly insertion: InsertionForm;
}

export const maximumNumberTemplate = 120;
export const maximumPadding = 6;

/** Security classes as numbers carry them (DOMAIN §3). */
const securityCodes: Readonly<Record<SecurityClass, string>> = {
  biasa: 'B',
  terbatas: 'T',
  rahasia: 'R',
  'sangat-rahasia': 'SR',
};
const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const;
const two = (value: number): string => String(value).padStart(2, '0');
const upTo = (last: number): string[] => Array.from({ length: last }, (_, index) => two(index + 1));

/** Every text that a placeholder of few values can become. */
export const fewValues = {
  month: upTo(12),
  romanMonth: romans,
  day: upTo(31),
  security: Object.values(securityCodes),
} as const;

/** Why a template cannot be used: no sequence, a placeholder that there is not, two that run into each other. */
type FormatProblem = 'length' | 'sequence' | 'placeholder' | 'separator' | 'character';

/** @returns the parts, or what is wrong with the template. */
export function parseNumberTemplate(template: string): readonly NumberPart[] | FormatProblem {
  if (template.length === 0 || template.length > maximumNumberTemplate) return 'length';
  const parts: NumberPart[] = [];
  for (const piece of template.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []) {
    if (!piece.startsWith('{') && piece !== '}') {
      if (!/^[\x20-\x7e]+$/.test(piece)) return 'character';
      parts.push({ literal: piece });
      continue;
    }
    const found = /^\{([a-zA-Z0-9]+)(?::([1-6]))?\}$/.exec(piece);
    const name = numberPlaceholders.find((one) => one === found?.[1]);
    if (!found || name === undefined) return 'placeholder';
    if (found[2] !== undefined && name !== 'sequence') return 'placeholder';
    parts.push({ name, width: found[2] === undefined ? null : Number(found[2]) });
  }
  const sequences = parts.filter((part) => 'name' in part && part.name === 'sequence');
  if (sequences.length !== 1) return 'sequence';
  return parts.some((part, index) => runsInto(part, parts[index + 1])) ? 'separator' : parts;
}

/**
 * A reader must be able to tell where the sequence begins and ends, or 1 + 12 and 11 + 2 give the same number: beside
 * it, and between two placeholders, stands a sign that no number has in it.
 */
function runsInto(part: NumberPart, next: NumberPart | undefined): boolean {
  if (next === undefined) return false;
  if ('name' in part && 'name' in next) return true;
  const open = /[0-9A-Za-z.]/;
  if ('literal' in next && 'name' in part && part.name === 'sequence')
    return open.test(next.literal.charAt(0));
  if ('literal' in part && 'name' in next && next.name === 'sequence')
    return open.test(part.literal.slice(-1));
  return false;
}

export interface NumberFacts {
  readonly classification: string;
  readonly sequence: number;
  /** 0 for a main number; the n-th one inserted behind it. */
  readonly insertion: number;
  readonly unit: string;
  /** Of the letter, YYYY-MM-DD. */
  readonly date: string;
  readonly security: SecurityClass;
}

/** A, B … Z, AA, AB … for 1, 2 … */
function letters(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  return text;
}

function insertionOf(value: number, form: InsertionForm): string {
  if (value === 0) return '';
  return form === 'letter' ? letters(value) : `.${two(value)}`;
}

/** The printed number. The template must have been parsed before; a part that is not known stays out. */
export function printNumber(style: NumberStyle, facts: NumberFacts): string {
  const parts = parseNumberTemplate(style.template);
  if (typeof parts === 'string') return '';
  const [year = '', month = '', day = ''] = facts.date.split('-');
  const values: Readonly<Record<Placeholder, string>> = {
    classification: facts.classification.trim(),
    sequence: '',
    unit: facts.unit,
    year,
    year2: year.slice(-2),
    month,
    romanMonth: romans[Number(month) - 1] ?? '',
    day,
    security: securityCodes[facts.security],
  };
  return parts
    .map((part) => {
      if ('literal' in part) return part.literal;
      if (part.name !== 'sequence') return values[part.name];
      const digits = String(facts.sequence).padStart(part.width ?? style.padding, '0');
      return `${digits}${insertionOf(facts.insertion, style.insertion)}`;
    })
    .join('');
}
