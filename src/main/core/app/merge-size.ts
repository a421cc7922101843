import type { Addressee, LetterContent } from '../contract/letters.ts';
import type { MergeColumns } from '../contract/merge.ts';
import { countVariables, countVariablesIn } from '../contract/variables.ts';

/**
 * How large the letters of a merge will be, by arithmetic: a variable that stands thousands of times in a letter makes
 * gigabytes of a small table, so this is known before anything is built. Lengths are in UTF-16 code units.
 */
interface Measure {
  readonly fixed: number;
  /** How often the cell of each column is put in. */
  readonly times: ReadonlyMap<number, number>;
}

export interface MergeSize {
  /** Of the JSON of a row's content: never less than it will be, more only where a text becomes empty. */
  readonly content: (addressee: Addressee, cell: (column: number) => string) => number;
  /** Whether one of the letter's short fields takes less than a row would put there. */
  readonly fieldTooLong: (cell: (column: number) => string) => boolean;
}

/** As much as can be saved in a field by hand; the subject less, since it is one line of a list. */
const longest = { subject: 500, time: 100, place: 300, agenda: 1000, detail: 20_000 } as const;

const written = (value: unknown): number => JSON.stringify(value).length;
/** Without the two quotes. */
const escaped = (text: string): number => written(text) - 2;

function measure(length: number, counts: ReadonlyMap<string, number>, columns: MergeColumns): Measure {
  const times = new Map<number, number>();
  let fixed = length;
  for (const [variable, count] of counts) {
    const column = columnOf(columns, variable);
    if (typeof column !== 'number') continue;
    fixed -= count * `\${${variable}}`.length;
    times.set(column, (times.get(column) ?? 0) + count);
  }
  return { fixed, times };
}

function filled({ fixed, times }: Measure, lengthOf: (column: number) => number): number {
  let length = fixed;
  for (const [column, count] of times) length += count * lengthOf(column);
  return length;
}

/** Undefined where nothing was chosen; the names come from the letter, so only own properties count. */
export const columnOf = (columns: MergeColumns, variable: string): number | 'keep' | undefined =>
  Object.hasOwn(columns.variables, variable) ? columns.variables[variable] : undefined;

export function sizeOfMerge(content: LetterContent, columns: MergeColumns): MergeSize {
  const whole = measure(written({ ...content, recipients: [] }), countVariablesIn(content), columns);
  const { subject, event, details } = content;
  const short: readonly (readonly [text: string, most: number])[] = [
    [subject, longest.subject],
    [event?.time ?? '', longest.time],
    [event?.place ?? '', longest.place],
    [event?.agenda ?? '', longest.agenda],
    ...Object.values(details ?? {}).map((text) => [text, longest.detail] as const),
  ];
  const fields = short.map(([text, most]) => ({
    most,
    size: measure(text.length, countVariables(text), columns),
  }));
  return {
    content: (addressee, cell) => written(addressee) + filled(whole, (column) => escaped(cell(column))),
    fieldTooLong: (cell) =>
      fields.some(({ size, most }) => filled(size, (column) => cell(column).length) > most),
  };
}
