import { AppError } from '../contract/errors.ts';
import { parseNumberTemplate, type InsertionForm, type NumberStyle } from '../contract/number-format.ts';
import type { BookName, NumberFormat } from '../contract/numbering.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { commonNumber, languageOf, numberReader, type NumberLanguage } from './number-language.ts';
import { lastNumber } from './numbering.ts';

/** Formats as an office keeps them. A book without one of its own follows the regulation profile. */
export interface BookFormat {
  readonly style: NumberStyle;
  readonly start: number;
}

interface Row {
  readonly register: string;
  readonly unit: string;
  readonly year: number;
  readonly template: string;
  readonly padding: number;
  readonly start: number;
  readonly insertion: InsertionForm;
}

const columns = sql`register, unit, year, template, padding, start, insertion`;

export const listFormats = (db: ReadDb): NumberFormat[] =>
  db.all<Row>(sql`SELECT ${columns} FROM number_format ORDER BY register, unit, year DESC`);

/** The unit's own before that of all units, the newest not after the year. @param shipped the profile's template. */
export function formatOf(db: ReadDb, book: BookName, shipped: string): BookFormat {
  const row = db.get<Row>(sql`SELECT ${columns} FROM number_format
    WHERE register = ${book.register} AND unit IN (${book.unit}, '') AND year <= ${book.year}
    ORDER BY unit = '', year DESC LIMIT 1`);
  if (!row) return { style: { template: shipped, padding: 1, insertion: 'decimal' }, start: 1 };
  const { template, padding, insertion, start } = row;
  return { style: { template, padding, insertion }, start };
}

/** What the office has, beside its formats: templates of the profile by register, and its units. */
export interface Office {
  readonly shipped: Readonly<Record<string, readonly string[]>>;
  readonly units: readonly string[];
}

const same = (one: BookName, other: BookName): boolean =>
  one.register === other.register && one.unit === other.unit && one.year === other.year;

/** Every book that the office has or could begin in a year. */
function booksOf(db: ReadDb, office: Office, year: number): BookName[] {
  const given = db.all<{ register: string; unit: string }>(
    sql`SELECT DISTINCT register, unit FROM number_book WHERE year = ${year}`,
  );
  const books = new Map<string, BookName>();
  for (const register of Object.keys(office.shipped))
    for (const unit of office.units) books.set(`${register} ${unit}`, { register, unit, year });
  for (const { register, unit } of given) books.set(`${register} ${unit}`, { register, unit, year });
  return [...books.values()];
}

/** The formats that a book may print with: one of its own, or those of the kinds that count in its register. */
function stylesOf(db: ReadDb, book: BookName, office: Office): NumberStyle[] {
  const shipped = office.shipped[book.register] ?? [];
  return [...new Set(shipped.length === 0 ? [''] : shipped)]
    .map((template) => formatOf(db, book, template).style)
    .filter((style, index, all) => all.findIndex((one) => one.template === style.template) === index);
}

/**
 * From its year on. Asked inside the transaction that keeps it, so that no number is given meanwhile.
 * @throws AppError NUMBER_FORMAT_INVALID {reason}; NUMBER_FORMAT_COLLIDES {register, unit, year, example} when another
 * book could print the same number, or one that was given already would come again; NUMBER_BOOK_STARTED when the first
 * sequence would change in a book that has begun.
 */
export function saveFormat(db: WriteDb, format: NumberFormat, office: Office, by: string, now: Date): void {
  const problem = parseNumberTemplate(format.template);
  if (typeof problem === 'string') throw new AppError('NUMBER_FORMAT_INVALID', { reason: problem });
  const before = new Map(begunBooks(db, format).map((book) => [book, formatOf(db, book, '').start] as const));
  db.run(sql`INSERT INTO number_format (${columns}, changed_at, changed_by)
    VALUES (${format.register}, ${format.unit}, ${format.year}, ${format.template}, ${format.padding}, ${format.start},
      ${format.insertion}, ${now.toISOString()}, ${by})
    ON CONFLICT (register, unit, year) DO UPDATE SET template = excluded.template, padding = excluded.padding,
      start = excluded.start, insertion = excluded.insertion, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`);
  for (const [book, start] of before)
    if (formatOf(db, book, '').start !== start) throw new AppError('NUMBER_BOOK_STARTED', { ...book });
  const years = db.all<{ year: number }>(
    sql`SELECT DISTINCT year FROM number_book WHERE year > ${format.year}
      UNION SELECT DISTINCT year FROM number_format WHERE year > ${format.year}`,
  );
  for (const year of [format.year, ...years.map((one) => one.year)])
    refuseCollisions(db, format, office, year);
}

/** Books with numbers in them that follow this format from now on, or followed one in its place. */
const begunBooks = (db: ReadDb, format: NumberFormat): BookName[] =>
  db.all<BookName>(sql`SELECT DISTINCT register, unit, year FROM number_book
    WHERE register = ${format.register} AND year >= ${format.year} AND ${format.unit} IN (unit, '')`);

function refuseCollisions(db: ReadDb, format: NumberFormat, office: Office, year: number): void {
  const books = booksOf(db, office, year).map((book) => ({ book, styles: stylesOf(db, book, office) }));
  const follows = ({ book }: { readonly book: BookName }): boolean =>
    book.register === format.register && (format.unit === '' || format.unit === book.unit);
  const languages = new Map<NumberStyle, NumberLanguage>();
  const language = (style: NumberStyle, book: BookName): NumberLanguage => {
    const known = languages.get(style) ?? languageOf(style, book);
    languages.set(style, known);
    return known;
  };
  const given = db.all<GivenNumber>(
    sql`SELECT register, unit, year, sequence, insertion, number FROM number_book WHERE year = ${year}`,
  );
  for (const changed of books.filter(follows)) {
    refuseGiven(lastNumber(db, changed.book)?.sequence ?? 0, changed, given);
    for (const other of books) {
      if (same(changed.book, other.book)) continue;
      for (const one of changed.styles) {
        for (const two of other.styles) {
          const example = commonNumber(language(one, changed.book), language(two, other.book));
          if (example !== null) throw new AppError('NUMBER_FORMAT_COLLIDES', { ...other.book, example });
        }
      }
    }
  }
}

interface GivenNumber extends BookName {
  readonly sequence: number;
  readonly insertion: number;
  readonly number: string;
}

/** No number of the year that was given already may come again. */
function refuseGiven(
  last: number,
  { book, styles }: { readonly book: BookName; readonly styles: readonly NumberStyle[] },
  given: readonly GivenNumber[],
): void {
  for (const read of styles.map((style) => numberReader(style, book))) {
    for (const row of given) {
      const found = read(row.number);
      if (!found) continue;
      // What it was given as, it is not given as once more.
      const own = same(row, book) && found.sequence === row.sequence && found.inserted === row.insertion > 0;
      if (own || (found.sequence <= last && !found.inserted)) continue;
      const { register, unit, year, number } = row;
      throw new AppError('NUMBER_FORMAT_COLLIDES', { register, unit, year, example: number });
    }
  }
}
