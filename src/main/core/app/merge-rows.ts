import { looksLikeFormula, tidy, type CsvTable } from '../addresses/index.ts';
import { foldWords, sameAddress } from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';
import type { Addressee, LetterContent } from '../contract/letters.ts';
import { mergeErrors, type MergeColumns, type MergeProblem } from '../contract/merge.ts';
import type { Person } from '../contract/people.ts';
import { fillVariables, variablesIn } from '../contract/variables.ts';
import { maximumContent } from './drafting.ts';
import { columnOf, sizeOfMerge } from './merge-size.ts';

/** A letter and a table → what to put into each row's letter, and what is wrong with the rows. Builds no letter. */
export interface ReadyRow {
  readonly row: number;
  readonly addressee: Addressee;
  /** By name of the variable. */
  readonly values: Readonly<Record<string, string>>;
}

interface MergeRows {
  readonly ready: readonly ReadyRow[];
  readonly problems: readonly MergeProblem[];
}

/** As much as the editor takes; what is longer could not be saved by hand either. */
const longest = { name: 200, place: 200, value: 4000 } as const;
/** Of all letters together, in characters: a long letter to thousands would fill the disk before anybody noticed. */
const maximumTogether = 300_000_000;

export const isError = (problem: MergeProblem): boolean =>
  (mergeErrors as readonly string[]).includes(problem.code);

const nameWords = ['nama', 'name', 'penerima', 'yth', 'kepada', 'instansi', 'addressee', 'jabatan'];
const placeWords = ['tempat', 'place', 'kota', 'di', 'alamat'];

/** What the headings suggest; null where none looks like the addressee's name. Nothing is guessed for a variable but its own name. */
export function suggestColumns(header: readonly string[], variables: readonly string[]): MergeColumns | null {
  const folded = header.map(foldWords);
  const find = (words: readonly string[]): number =>
    words.map((word) => folded.indexOf(word)).find((at) => at >= 0) ?? -1;
  const orNull = (at: number): number | null => (at < 0 ? null : at);
  const name = find(nameWords);
  if (name < 0) return null;
  const own = variables.map((variable): [string, number] => [
    variable,
    folded.findIndex((head) => head.replaceAll(' ', '_') === variable),
  ]);
  return {
    name,
    place: orNull(find(placeWords)),
    nip: orNull(find(['nip'])),
    variables: Object.fromEntries(own.filter(([, at]) => at >= 0)),
  };
}

/** @throws AppError MERGE_COLUMNS_WRONG for columns that the table does not have. */
function requireColumns(header: readonly string[], columns: MergeColumns): void {
  const all = [columns.name, columns.place, columns.nip, ...Object.values(columns.variables)];
  if (all.some((at) => typeof at === 'number' && (at < 0 || at >= header.length)))
    throw new AppError('MERGE_COLUMNS_WRONG');
}

/** The letter of one row. At most `maximumContent` characters of JSON, so it is built when it is needed and not before. */
export const contentOf = (content: LetterContent, { addressee, values }: ReadyRow): LetterContent =>
  fillVariables({ ...content, recipients: [addressee] }, values);

/** One after the other: no two of them need to be held at once. */
export function* contentsOf(content: LetterContent, rows: Iterable<ReadyRow>): Generator<LetterContent> {
  for (const row of rows) yield contentOf(content, row);
}

export function mergeRows(
  content: LetterContent,
  table: CsvTable,
  columns: MergeColumns,
  people: readonly Person[],
): MergeRows {
  requireColumns(table.header, columns);
  const problems: MergeProblem[] = [];
  const variables = variablesIn(content);
  let errors = 0;
  const tell = (
    code: MergeProblem['code'],
    row: number | null,
    column: string,
    first: number | null = null,
  ): void => {
    const problem = { code, row, column, first };
    problems.push(problem);
    if (isError(problem)) errors += 1;
  };
  for (const variable of variables) {
    const at = columnOf(columns, variable);
    if (at === undefined) tell('VARIABLE_COLUMN', null, variable);
    else if (at === 'keep') tell('VARIABLE_KEPT', null, variable);
  }
  const used = variables.flatMap((variable): [string, number][] => {
    const at = columnOf(columns, variable);
    return typeof at === 'number' ? [[variable, at]] : [];
  });
  const size = sizeOfMerge(content, columns);
  let together = 0;
  const lookup = lookupOf(people);
  const seen = new Map<string, number>();
  const ready: ReadyRow[] = [];
  for (const { row, cells } of table.rows) {
    const before = errors;
    // Once for each cell: many variables may share a column.
    const tidied = cells.map(tidy);
    const value = (at: number | null): string => (at === null ? '' : (tidied[at] ?? ''));
    const heading = (at: number | null): string => table.header[at ?? -1] ?? '';
    const name = value(columns.name);
    const place = value(columns.place);
    const nip = value(columns.nip);
    if (cells.length > table.header.length) tell('CELLS', row, '');
    if (name === '') tell('NAME_EMPTY', row, heading(columns.name));
    const accountId = lookup(name, nip);
    if (nip !== '' && accountId === null) tell('NIP_UNKNOWN', row, heading(columns.nip));
    const addressee = { accountId, name, place };
    // One person may hold two posts, and each post gets its letter.
    const key = sameAddress(addressee);
    const first = seen.get(key);
    if (name !== '' && first !== undefined) tell('DOUBLE', row, heading(columns.name), first);
    else seen.set(key, row);
    const values = Object.fromEntries(used.map(([variable, at]) => [variable, value(at)]));
    checkTexts(row, { name, place }, values, columns, table.header, tell);
    if (size.fieldTooLong(value)) tell('CELL_LONG', row, '');
    const length = size.content(addressee, value);
    if (length > maximumContent) tell('LETTER_LONG', row, '');
    if (errors > before) continue;
    together += length;
    ready.push({ row, addressee, values });
  }
  if (together > maximumTogether) tell('TOGETHER_LONG', null, '');
  // Without a column for each of its variables none of the letters would be whole; too large, none is made.
  const whole = !problems.some((one) => one.row === null && isError(one));
  return { ready: whole ? ready : [], problems };
}

type Tell = (code: MergeProblem['code'], row: number | null, column: string) => void;

function checkTexts(
  row: number,
  printed: { readonly name: string; readonly place: string },
  values: Readonly<Record<string, string>>,
  columns: MergeColumns,
  header: readonly string[],
  tell: Tell,
): void {
  const heading = (at: number | 'keep' | null | undefined): string =>
    typeof at === 'number' ? (header[at] ?? '') : '';
  const texts = [
    { text: printed.name, column: heading(columns.name), most: longest.name },
    { text: printed.place, column: heading(columns.place), most: longest.place },
    ...Object.entries(values).map(([variable, text]) => ({
      text,
      column: heading(columns.variables[variable]),
      most: longest.value,
    })),
  ];
  const formulas = new Set(texts.filter(({ text }) => looksLikeFormula(text)).map(({ column }) => column));
  for (const { text, column, most } of texts) if (text.length > most) tell('CELL_LONG', row, column);
  for (const [variable, text] of Object.entries(values))
    if (text === '') tell('VALUE_EMPTY', row, heading(columns.variables[variable]));
  for (const column of formulas) tell('FORMULA', row, column);
}

/** The person of this vault whom a row means: by NIP, else by a post that only one of them holds. */
function lookupOf(people: readonly Person[]): (name: string, nip: string) => string | null {
  const digits = (text: string): string => text.replace(/\D/g, '');
  const byNip = new Map<string, string>();
  const byPost = new Map<string, string | null>();
  for (const person of people) {
    if (person.revoked) continue;
    if (digits(person.nip) !== '') byNip.set(digits(person.nip), person.accountId);
    for (const post of person.posts) {
      if (!post.valid) continue;
      const key = foldWords(post.printed);
      byPost.set(key, byPost.has(key) && byPost.get(key) !== person.accountId ? null : person.accountId);
    }
  }
  return (name, nip) => {
    const held = nip === '' ? undefined : byNip.get(digits(nip));
    return held ?? byPost.get(foldWords(name)) ?? null;
  };
}
