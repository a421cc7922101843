import {
  fewValues,
  parseNumberTemplate,
  type NumberPart,
  type NumberStyle,
} from '../contract/number-format.ts';
import type { BookName } from '../contract/numbering.ts';

/**
 * All numbers that a book can ever give, as a small automaton over characters. Two books collide when there is a text
 * that both automata accept; the shortest one is the example.
 */
interface Step {
  /** The characters that lead on; empty: none is needed. */
  readonly characters: string;
  readonly to: number;
}

export interface NumberLanguage {
  readonly steps: readonly (readonly Step[])[];
  readonly end: number;
  /** What every number ends with, for a quick no. */
  readonly tail: string;
}

const digits = '1234567890';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Classification codes of Permendagri 83/2022 are groups of digits with dots between. */
const codeCharacters = `${digits}.`;

/** @throws nothing: a template that cannot be read accepts nothing. */
export function languageOf(style: NumberStyle, { unit, year }: BookName): NumberLanguage {
  const steps: Step[][] = [[]];
  let at = 0;
  const state = (): number => steps.push([]) - 1;
  const lead = (from: number, characters: string, to: number): void =>
    void steps[from]?.push({ characters, to });
  const text = (from: number, literal: string, to: number): void => {
    let here = from;
    for (const [index, character] of [...literal].entries()) {
      const next = index === literal.length - 1 ? to : state();
      lead(here, character, next);
      here = next;
    }
    if (literal === '') lead(from, '', to);
  };
  const anyOf = (values: readonly string[]): void => {
    const end = state();
    for (const value of values) text(at, value, end);
    at = end;
  };
  const sequence = (width: number): void => {
    // As many digits as are filled up to, or more without a zero in front.
    const end = state();
    let short = at;
    for (let n = 1; n <= width; n += 1) {
      const next = n === width ? end : state();
      lead(short, digits, next);
      short = next;
    }
    let long = at;
    for (let n = 0; n <= width; n += 1) {
      const next = state();
      lead(long, n === 0 ? digits.slice(0, 9) : digits, next);
      long = next;
    }
    lead(long, digits, long);
    lead(long, '', end);
    at = end;
    const behind = state();
    lead(at, '', behind);
    if (style.insertion === 'letter') {
      const letter = state();
      lead(at, capitals, letter);
      lead(letter, capitals, letter);
      lead(letter, '', behind);
    } else {
      const [dot, tens, ones] = [state(), state(), state()];
      lead(at, '.', dot);
      lead(dot, digits, tens);
      lead(tens, digits, ones);
      lead(ones, digits, ones);
      lead(ones, '', behind);
    }
    at = behind;
  };
  const parts = parseNumberTemplate(style.template);
  if (typeof parts === 'string') return { steps: [[], []], end: 1, tail: '' };
  for (const part of parts) add(part);
  function add(part: NumberPart): void {
    if ('literal' in part) return anyOf([part.literal]);
    switch (part.name) {
      case 'classification': {
        const code = state();
        lead(at, digits, code);
        lead(code, codeCharacters, code);
        at = code;
        return;
      }
      case 'sequence':
        return sequence(part.width ?? style.padding);
      case 'unit':
        return anyOf([unit]);
      case 'year':
        return anyOf([String(year)]);
      case 'year2':
        return anyOf([String(year).slice(-2)]);
      default:
        return anyOf(fewValues[part.name]);
    }
  }
  return { steps, end: at, tail: tailOf(parts, unit, year) };
}

/** The fixed text at the end of every number. */
function tailOf(parts: readonly NumberPart[], unit: string, year: number): string {
  let tail = '';
  for (const part of parts.toReversed()) {
    if ('literal' in part) tail = part.literal + tail;
    else if (part.name === 'unit') tail = unit + tail;
    else if (part.name === 'year') tail = String(year) + tail;
    else if (part.name === 'year2') tail = String(year).slice(-2) + tail;
    else return tail;
  }
  return tail;
}

/** A shortest number that both can give, or null. */
export function commonNumber(one: NumberLanguage, other: NumberLanguage): string | null {
  if (!one.tail.endsWith(other.tail) && !other.tail.endsWith(one.tail)) return null;
  const width = other.steps.length;
  const from = new Map<number, { readonly before: number; readonly character: string }>();
  const goal = one.end * width + other.end;
  const queue = [0];
  const seen = new Set(queue);
  // Grows while it is read: breadth first, so that the first way found is a shortest one.
  for (const place of queue) {
    if (place === goal) return wayTo(place, from);
    const [mine, theirs] = [Math.floor(place / width), place % width];
    for (const { next, character } of onward(one, other, mine, theirs, width)) {
      if (seen.has(next)) continue;
      seen.add(next);
      from.set(next, { before: place, character });
      queue.push(next);
    }
  }
  return null;
}

function* onward(
  one: NumberLanguage,
  other: NumberLanguage,
  mine: number,
  theirs: number,
  width: number,
): Generator<{ readonly next: number; readonly character: string }> {
  const [ours, others] = [one.steps[mine] ?? [], other.steps[theirs] ?? []];
  for (const step of ours)
    if (step.characters === '') yield { next: step.to * width + theirs, character: '' };
  for (const step of others)
    if (step.characters === '') yield { next: mine * width + step.to, character: '' };
  for (const left of ours) {
    for (const right of others) {
      const shared = [...left.characters].find((character) => right.characters.includes(character));
      if (shared !== undefined) yield { next: left.to * width + right.to, character: shared };
    }
  }
}

function wayTo(
  goal: number,
  from: ReadonlyMap<number, { readonly before: number; readonly character: string }>,
): string {
  let text = '';
  for (let place = goal; place !== 0;) {
    const step = from.get(place);
    if (!step) break;
    text = step.character + text;
    place = step.before;
  }
  return text;
}

/**
 * Reads numbers of a book back: the sequence, and whether it is an inserted one; null where the book cannot have given
 * it. Used on numbers that were given before a format changed.
 */
export function numberReader(
  style: NumberStyle,
  { unit, year }: BookName,
): (number: string) => { readonly sequence: number; readonly inserted: boolean } | null {
  const parts = parseNumberTemplate(style.template);
  if (typeof parts === 'string') return () => null;
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const inserted = style.insertion === 'letter' ? '[A-Z]+' : '\\.[0-9]{2,}';
  const source = parts.map((part) => {
    if ('literal' in part) return literal(part.literal);
    switch (part.name) {
      case 'classification':
        return '[0-9][0-9.]*';
      case 'sequence':
        return `(?<sequence>[0-9]{${part.width ?? style.padding},})(?<inserted>${inserted})?`;
      case 'unit':
        return literal(unit);
      case 'year':
        return String(year);
      case 'year2':
        return String(year).slice(-2);
      default:
        return `(?:${fewValues[part.name].join('|')})`;
    }
  });
  const pattern = new RegExp(`^${source.join('')}$`);
  const tail = tailOf(parts, unit, year);
  return (number) => {
    if (number.length > 300 || !number.endsWith(tail)) return null;
    const groups = pattern.exec(number)?.groups;
    return groups
      ? { sequence: Number(groups['sequence']), inserted: groups['inserted'] !== undefined }
      : null;
  };
}
