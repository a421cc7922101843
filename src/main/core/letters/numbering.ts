import { AppError } from '../contract/errors.ts';
import type { SecurityClass } from '../contract/letters.ts';
import { printNumber, type NumberStyle } from '../contract/number-format.ts';
import type { BookName } from '../contract/numbering.ts';
import { sql, type ReadDb, type Sql, type WriteDb } from '../vault/index.ts';

/**
 * The number book. A number is reserved before the page is typeset (it is printed on it) and issued when the
 * signed page is kept. Every main sequence number up to the last is therefore reserved, held, issued, or batal with a
 * reason; none is used twice (primary key, and an index on the printed number) and none is skipped (next = last + 1,
 * under the write lock). A letter dated before the last number is inserted behind the last one of its day (sisipan).
 */
export interface Reservation extends BookName {
  readonly sequence: number;
  readonly insertion: number;
  readonly number: string;
}

/** What a number is taken for. */
export interface NumberRequest extends BookName {
  readonly style: NumberStyle;
  /** The first sequence of a year. */
  readonly start: number;
  readonly classification: string;
  readonly security: SecurityClass;
  /** On the letter: YYYY-MM-DD, in `year`. */
  readonly date: string;
  /** Whether a date before the last number's may be inserted; else it is refused. */
  readonly mayInsert: boolean;
}

interface Place {
  readonly sequence: number;
  readonly insertion: number;
}

const of = ({ register, unit, year }: BookName): Sql =>
  sql`register = ${register} AND unit = ${unit} AND year = ${year}`;
const at = (one: Reservation): Sql =>
  sql`${of(one)} AND sequence = ${one.sequence} AND insertion = ${one.insertion}`;

/** The last main number by the primary key's end; exported for the test that asks SQLite how it would answer. */
export const lastQuery = (book: BookName): Sql => sql`SELECT sequence, letter_date FROM number_book
  WHERE ${of(book)} AND insertion = 0 ORDER BY sequence DESC LIMIT 1`;

interface LastNumber {
  readonly sequence: number;
  readonly letter_date: string;
}
export const lastNumber = (db: ReadDb, book: BookName): LastNumber | undefined =>
  db.get<LastNumber>(lastQuery(book));

/** The last main number of that day or before; exported for the same test. */
export const anchorQuery = (book: BookName, date: string): Sql => sql`SELECT sequence FROM number_book
  WHERE ${of(book)} AND insertion = 0 AND letter_date <= ${date} ORDER BY letter_date DESC, sequence DESC LIMIT 1`;

/** @throws AppError NUMBER_DATE_PASSED when it would have to be inserted and must not be. */
function nextPlace(db: ReadDb, request: NumberRequest): Place {
  const last = lastNumber(db, request);
  if (!last) return { sequence: request.start, insertion: 0 };
  if (request.date >= last.letter_date) return { sequence: last.sequence + 1, insertion: 0 };
  if (!request.mayInsert) throw new AppError('NUMBER_DATE_PASSED', { date: last.letter_date });
  const anchor = db.get<{ sequence: number }>(anchorQuery(request, request.date));
  // Before the first number of the year: behind the one that the year would have begun after.
  const sequence = anchor?.sequence ?? request.start - 1;
  const before = db.get<{ insertion: number }>(sql`SELECT insertion FROM number_book
    WHERE ${of(request)} AND sequence = ${sequence} ORDER BY insertion DESC LIMIT 1`);
  return { sequence, insertion: (before?.insertion ?? 0) + 1 };
}

/** @throws AppError NUMBER_YEAR_CLOSED, NUMBER_DATE_PASSED, NUMBER_FORMAT_COLLIDES. */
function nextNumber(db: ReadDb, request: NumberRequest): Reservation {
  const { register, unit, year } = request;
  if (isClosed(db, request)) throw new AppError('NUMBER_YEAR_CLOSED', { year, unit });
  const place = nextPlace(db, request);
  const number = printNumber(request.style, { ...request, ...place });
  // The index refuses it too; asked first, it can say which book gave it.
  const taken = db.get<BookName>(
    sql`SELECT register, unit, year FROM number_book WHERE year = ${year} AND number = ${number} AND doubled = 0`,
  );
  if (taken) throw new AppError('NUMBER_FORMAT_COLLIDES', { ...taken, example: number });
  return { register, unit, year, ...place, number };
}

export const isClosed = (db: ReadDb, book: BookName): boolean =>
  db.get(sql`SELECT 1 FROM number_closing WHERE ${of(book)}`) !== undefined;

/** Takes the next number of its register, unit and year for a letter; call inside the transaction that freezes it. */
export function reserveNumber(
  db: WriteDb,
  request: NumberRequest & { readonly letterId: string; readonly remark?: string },
  now: Date,
): Reservation {
  const taken = nextNumber(db, request);
  db.run(sql`INSERT INTO number_book (register, unit, year, sequence, insertion, number, state, letter_id, letter_date,
      classification, security, remark, reserved_at)
    VALUES (${taken.register}, ${taken.unit}, ${taken.year}, ${taken.sequence}, ${taken.insertion}, ${taken.number},
      'reserved', ${request.letterId}, ${request.date}, ${request.classification}, ${request.security},
      ${request.remark ?? ''}, ${now.toISOString()})`);
  return taken;
}

export interface HoldFacts {
  readonly by: string;
  readonly holderId: string | null;
  readonly subject: string;
  readonly remark: string;
}

/** Keeps a number by hand, for a paper letter or for later. @returns its id. */
export function holdNumber(db: WriteDb, request: NumberRequest, hold: HoldFacts, now: Date): string {
  const taken = nextNumber(db, request);
  db.run(sql`INSERT INTO number_book (register, unit, year, sequence, insertion, number, state, letter_date,
      classification, security, subject, remark, holder_id, held_by, reserved_at)
    VALUES (${taken.register}, ${taken.unit}, ${taken.year}, ${taken.sequence}, ${taken.insertion}, ${taken.number},
      'held', ${request.date}, ${request.classification}, ${request.security}, ${hold.subject}, ${hold.remark},
      ${hold.holderId}, ${hold.by}, ${now.toISOString()})`);
  const row = db.get<{ id: string }>(sql`SELECT id FROM number_book WHERE ${at(taken)}`);
  return row?.id ?? '';
}

export interface HeldNumber extends Reservation {
  readonly date: string;
  readonly classification: string;
  readonly security: SecurityClass;
  readonly holderId: string | null;
  readonly subject: string;
}

const held = sql`SELECT id, register, unit, year, sequence, insertion, number, letter_date AS date, classification,
  security, holder_id AS holderId, subject FROM number_book`;

/** @throws AppError NOT_FOUND when it is not held any more. */
export function readHeld(db: ReadDb, id: string): HeldNumber {
  const row = db.get<HeldNumber>(sql`${held} WHERE id = ${id} AND state = 'held'`);
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

/** Held numbers of one register and unit that this person may use, oldest first. */
export const heldFor = (
  db: ReadDb,
  register: string,
  unit: string,
  accountId: string,
): (HeldNumber & { readonly id: string })[] =>
  db.all(sql`${held} WHERE state = 'held' AND register = ${register} AND unit = ${unit}
    AND (holder_id IS NULL OR holder_id = ${accountId}) ORDER BY year, sequence, insertion`);

/** A letter takes a number that was held for it. */
export function useHeld(db: WriteDb, taken: Reservation, letterId: string): void {
  const changed = db.run(sql`UPDATE number_book SET state = 'reserved', letter_id = ${letterId}
    WHERE ${at(taken)} AND state = 'held'`);
  if (changed !== 1) throw new AppError('NOT_FOUND');
}

/** A held number that will not be used stays in the book with its reason. @throws AppError NOT_FOUND. */
export function cancelHeld(db: WriteDb, id: string, reason: string, by: string, now: Date): void {
  const changed = db.run(sql`UPDATE number_book SET state = 'batal', reason = ${reason}, settled_by = ${by},
    settled_at = ${now.toISOString()} WHERE id = ${id} AND state = 'held'`);
  if (changed !== 1) throw new AppError('NOT_FOUND');
}

/** The open reservation of a letter, if its signing was begun and not finished. */
export function openReservation(db: ReadDb, letterId: string): Reservation | null {
  const row =
    db.get<Reservation>(sql`SELECT register, unit, year, sequence, insertion, number FROM number_book
    WHERE letter_id = ${letterId} AND state = 'reserved'`);
  return row ?? null;
}

export function issueNumber(db: WriteDb, reservation: Reservation, now: Date): void {
  settle(db, reservation, 'issued', null, null, now);
}

/**
 * Ends a reservation that will not be signed. A number that was held is held again. Else it goes back when nobody has
 * seen it and it is still the last of its book; else it stays as batal and is never used again.
 * @param ending seen: somebody was shown the number, or may have copied it; signed: a page that bears it was signed.
 */
export function releaseNumber(
  db: WriteDb,
  reservation: Reservation,
  ending: {
    readonly reason: string;
    readonly by: string;
    readonly seen: boolean;
    readonly signed?: boolean;
  },
  now: Date,
): 'returned' | 'batal' {
  const back =
    ending.signed === true
      ? 0
      : db.run(sql`UPDATE number_book SET state = 'held', letter_id = NULL
    WHERE ${at(reservation)} AND state = 'reserved' AND held_by IS NOT NULL`);
  if (back === 1) return 'returned';
  const { sequence, insertion } = reservation;
  const after =
    insertion === 0
      ? sql`(sequence, insertion) > (${sequence}, ${insertion})`
      : sql`sequence = ${sequence} AND insertion > ${insertion}`;
  const later = db.get(sql`SELECT 1 FROM number_book WHERE ${of(reservation)} AND ${after} LIMIT 1`);
  if (later === undefined && !ending.seen) {
    const removed = db.run(sql`DELETE FROM number_book WHERE ${at(reservation)} AND state = 'reserved'`);
    if (removed !== 1) throw new AppError('NOT_FOUND');
    return 'returned';
  }
  settle(db, reservation, 'batal', ending.reason, ending.by, now);
  return 'batal';
}

function settle(
  db: WriteDb,
  reservation: Reservation,
  state: 'issued' | 'batal',
  reason: string | null,
  by: string | null,
  now: Date,
): void {
  const changed = db.run(sql`UPDATE number_book SET state = ${state}, reason = ${reason}, settled_by = ${by},
    settled_at = ${now.toISOString()} WHERE ${at(reservation)} AND state = 'reserved'`);
  if (changed !== 1) throw new AppError('NOT_FOUND');
}

/** A year that is over takes no more numbers; nothing of it may be open then. @throws AppError NUMBER_BOOK_OPEN. */
export function closeBook(db: WriteDb, book: BookName, by: string, now: Date): void {
  const open = db.get<{ number: string }>(
    sql`SELECT number FROM number_book WHERE ${of(book)} AND state IN ('reserved', 'held') LIMIT 1`,
  );
  if (open) throw new AppError('NUMBER_BOOK_OPEN', { number: open.number });
  db.run(sql`INSERT INTO number_closing (register, unit, year, closed_at, closed_by)
    VALUES (${book.register}, ${book.unit}, ${book.year}, ${now.toISOString()}, ${by}) ON CONFLICT DO NOTHING`);
}

export function openBook(db: WriteDb, book: BookName): void {
  db.run(sql`DELETE FROM number_closing WHERE ${of(book)}`);
}
