import {
  foldWords,
  sameAddress,
  type AddressKind,
  type AddressEntry,
  type ImportProblem,
  type NewAddress,
} from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';
import { looksLikeFormula, writeCsv, type CsvTable } from './csv.ts';

/** The book as a table: one row for each entry, under headings that people here use. */
const headings = {
  kind: ['Jenis', 'kind', 'type'],
  name: ['Nama', 'name', 'instansi', 'nama instansi'],
  post: ['Jabatan', 'post', 'position'],
  office: ['Kantor', 'office', 'organisasi'],
  place: ['Tempat', 'place', 'kota'],
  email: ['Surel', 'email', 'e-mail'],
  address: ['Alamat', 'address'],
  note: ['Catatan', 'note', 'keterangan'],
} as const satisfies Readonly<Record<keyof NewAddress, readonly [string, ...string[]]>>;
type Column = keyof typeof headings;
const columns = Object.keys(headings) as readonly Column[];

const kindWords: Readonly<Record<AddressKind, string>> = { office: 'instansi', person: 'orang' };
const kindOf = (word: string): AddressKind | null => {
  const folded = foldWords(word);
  if (folded === '' || folded === kindWords.office || folded === 'office') return 'office';
  return folded === kindWords.person || folded === 'person' ? 'person' : null;
};

/** As many characters as the screen takes, too. */
const longest: Readonly<Record<Column, number>> = {
  kind: 20,
  name: 300,
  post: 200,
  office: 200,
  place: 200,
  email: 200,
  address: 500,
  note: 1000,
};

export function asTable(entries: readonly AddressEntry[]): Uint8Array {
  const cell = (entry: AddressEntry, column: Column): string =>
    column === 'kind' ? kindWords[entry.kind] : entry[column];
  return writeCsv([
    columns.map((column) => headings[column][0]),
    ...entries.map((entry) => columns.map((column) => cell(entry, column))),
  ]);
}

/**
 * Addresses of a table, each name and place once, with what is wrong with the other rows.
 * @throws AppError CSV_COLUMN_MISSING {column} without a column of names.
 */
export function fromTable(table: CsvTable): {
  readonly addresses: readonly NewAddress[];
  readonly problems: readonly ImportProblem[];
} {
  const folded = table.header.map(foldWords);
  const places = new Map<Column, number>();
  for (const column of columns) {
    const at = folded.findIndex((head) => headings[column].some((word) => foldWords(word) === head));
    if (at >= 0) places.set(column, at);
  }
  if (!places.has('name')) throw new AppError('CSV_COLUMN_MISSING', { column: headings.name[0] });
  const problems: ImportProblem[] = [];
  const addresses = new Map<string, NewAddress>();
  for (const { row, cells } of table.rows) {
    const told = (code: ImportProblem['code'], column = ''): void =>
      void problems.push({ row, code, column });
    // Spreadsheets leave empty cells at the end away.
    if (cells.length > table.header.length) {
      told('CELLS');
      continue;
    }
    const value = (column: Column): string => tidy(cells[places.get(column) ?? -1] ?? '');
    const heading = (column: Column): string => table.header[places.get(column) ?? -1] ?? '';
    const long = columns.find((column) => value(column).length > longest[column]);
    const kind = kindOf(value('kind'));
    const { name, post, office, place, email, address, note } = Object.fromEntries(
      columns.map((column) => [column, value(column)]),
    ) as Record<Column, string>;
    const one = kind && { kind, name, post, office, place, email, address, note };
    if (name === '') told('NAME_EMPTY', heading('name'));
    else if (long) told('TOO_LONG', heading(long));
    else if (!one) told('KIND_UNKNOWN', heading('kind'));
    else if (addresses.has(sameAddress(one))) told('DOUBLE');
    else {
      addresses.set(sameAddress(one), one);
      const formula = columns.find((column) => looksLikeFormula(value(column)));
      if (formula) told('FORMULA', heading(formula));
    }
  }
  return { addresses: [...addresses.values()], problems };
}

/** On one line: breaks and control characters have no place in an address. */
export const tidy = (cell: string): string =>
  cell
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
