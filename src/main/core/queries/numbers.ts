import type {
  BookName,
  NumberBook,
  NumberEntry,
  NumberPage,
  NumberPlace,
  NumberState,
} from '../contract/numbering.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { visible, type Asker } from './scope.ts';

/**
 * The number book as it is read. Whose books somebody sees is the caller's to say; what a number's letter is about is
 * told only where the letter itself is the asker's to read.
 */
const pageSize = 200;

interface Row {
  readonly id: string;
  readonly sequence: number;
  readonly insertion: number;
  readonly number: string;
  readonly state: NumberState;
  readonly date: string;
  readonly letter_id: string | null;
  readonly held_subject: string;
  readonly letter_subject: string | null;
  readonly sealed_summary: Uint8Array | null;
  readonly reason: string | null;
  readonly remark: string;
  readonly holder: string | null;
  readonly by: string | null;
  readonly reserved_at: string;
  readonly settled_at: string | null;
}

const rows = (
  asker: Asker,
): Sql => sql`SELECT book.id, book.sequence, book.insertion, book.number, book.state,
    book.letter_date AS date, letter.id AS letter_id, book.subject AS held_subject, letter.subject AS letter_subject,
    letter.sealed_summary, book.reason, book.remark, holder.name AS holder, coalesce(settler.name, taker.name) AS by,
    book.reserved_at, book.settled_at
  FROM number_book AS book LEFT JOIN letter ON letter.id = book.letter_id AND ${visible(asker)}
    LEFT JOIN account AS holder ON holder.id = book.holder_id
    LEFT JOIN account AS taker ON taker.id = book.held_by
    LEFT JOIN account AS settler ON settler.id = book.settled_by`;

function toEntry(row: Row, asker: Asker): NumberEntry {
  const words =
    row.letter_id !== null && row.sealed_summary
      ? (asker.ring.summary(row.letter_id, row.sealed_summary)?.subject ?? null)
      : row.letter_subject;
  return {
    id: row.id,
    sequence: row.sequence,
    insertion: row.insertion,
    number: row.number,
    state: row.state,
    date: row.date,
    letterId: row.letter_id,
    subject: words ?? (row.held_subject === '' ? null : row.held_subject),
    reason: row.reason ?? row.remark,
    holder: row.holder ?? '',
    by: row.by ?? '',
    takenAt: row.reserved_at,
    settledAt: row.settled_at,
  };
}

export function numberEntry(db: ReadDb, asker: Asker, id: string): NumberEntry | null {
  const row = db.get<Row>(sql`${rows(asker)} WHERE book.id = ${id}`);
  return row ? toEntry(row, asker) : null;
}

/** Newest first, at most 200. */
export function numberEntries(
  db: ReadDb,
  asker: Asker,
  book: BookName,
  filter: {
    readonly state: NumberState | 'inserted' | null;
    readonly text: string;
    readonly before: NumberPlace | null;
  },
): NumberPage {
  const { state, text, before } = filter;
  const states =
    state === null ? sql`1` : state === 'inserted' ? sql`book.insertion > 0` : sql`book.state = ${state}`;
  const found =
    db.all<Row>(sql`${rows(asker)} WHERE book.register = ${book.register} AND book.unit = ${book.unit}
    AND book.year = ${book.year} AND ${states}
    AND ${text === '' ? sql`1` : sql`instr(upper(book.number), upper(${text})) > 0`}
    AND ${before === null ? sql`1` : sql`(book.sequence, book.insertion) < (${before.sequence}, ${before.insertion})`}
    ORDER BY book.sequence DESC, book.insertion DESC LIMIT ${pageSize + 1}`);
  const entries = found.slice(0, pageSize).map((row) => toEntry(row, asker));
  const last = entries.at(-1);
  return {
    entries,
    before: found.length > pageSize && last ? { sequence: last.sequence, insertion: last.insertion } : null,
  };
}

/** Every book that has been begun or closed, the newest year first. */
export function numberBooks(db: ReadDb): Omit<NumberBook, 'editable'>[] {
  return db
    .all<Omit<NumberBook, 'editable' | 'closed'> & { readonly closed: number }>(
      sql`SELECT book.register, book.unit, book.year, max(CASE WHEN insertion = 0 THEN sequence END) AS last,
        coalesce(max(CASE WHEN insertion = 0 THEN letter_date END), '') AS lastDate, count(*) AS entries, count(CASE WHEN state = 'held' THEN 1 END) AS held,
        count(CASE WHEN state = 'batal' THEN 1 END) AS batal, max(closing.year IS NOT NULL) AS closed
      FROM number_book AS book LEFT JOIN number_closing AS closing ON closing.register = book.register
        AND closing.unit = book.unit AND closing.year = book.year
      GROUP BY book.register, book.unit, book.year ORDER BY book.year DESC, book.unit, book.register`,
    )
    .map((row) => ({ ...row, closed: row.closed === 1 }));
}
