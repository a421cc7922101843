import { AppError } from '../contract/errors.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/**
 * The number book. A number is reserved before the page is typeset (it is printed on it) and issued when the
 * signed page is kept. Every sequence number up to the last is therefore reserved, issued, or batal with a reason;
 * none is used twice (primary key) and none is skipped (next = last + 1, under the write lock).
 */
export interface Reservation {
  readonly register: string;
  readonly unit: string;
  readonly year: number;
  readonly sequence: number;
  readonly number: string;
}

export interface NumberRequest {
  readonly letterId: string;
  readonly register: string;
  readonly unit: string;
  readonly year: number;
  /** Profile template with {classification} {sequence} {unit} {year}. */
  readonly template: string;
  readonly classification: string;
}

export function formatNumber(template: string, parts: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parts[name];
    if (value === undefined) throw new AppError('PROFILE_INVALID', { field: `numberTemplate ${whole}` });
    return String(value);
  });
}

/** Takes the next number of its register, unit and year for a letter; call inside the transaction that freezes it. */
export function reserveNumber(db: WriteDb, request: NumberRequest, at: Date): Reservation {
  const { register, unit, year } = request;
  const last = db.get<{ sequence: number | null }>(
    sql`SELECT max(sequence) AS sequence FROM number_book WHERE register = ${register} AND unit = ${unit} AND year = ${year}`,
  );
  const sequence = (last?.sequence ?? 0) + 1;
  const number = formatNumber(request.template, {
    classification: request.classification,
    sequence,
    unit,
    year,
  });
  db.run(sql`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_id, reserved_at)
    VALUES (${register}, ${unit}, ${year}, ${sequence}, ${number}, 'reserved', ${request.letterId}, ${at.toISOString()})`);
  return { register, unit, year, sequence, number };
}

/** The open reservation of a letter, if its signing was begun and not finished. */
export function openReservation(db: ReadDb, letterId: string): Reservation | null {
  const row = db.get<Reservation>(sql`SELECT register, unit, year, sequence, number FROM number_book
    WHERE letter_id = ${letterId} AND state = 'reserved'`);
  return row ?? null;
}

export function issueNumber(db: WriteDb, reservation: Reservation, at: Date): void {
  settle(db, reservation, 'issued', null, at);
}

/**
 * Ends a reservation that will not be signed: the number goes back when it is still the last of its register,
 * else it stays in the book as batal and is never used again.
 * @param fate `batal` where somebody has seen the number on a signed page: then it stays in the book in any case.
 */
export function releaseNumber(
  db: WriteDb,
  reservation: Reservation,
  reason: string,
  at: Date,
  fate: 'returned-if-last' | 'batal' = 'returned-if-last',
): 'returned' | 'batal' {
  const { register, unit, year, sequence } = reservation;
  const later = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM number_book
    WHERE register = ${register} AND unit = ${unit} AND year = ${year} AND sequence > ${sequence}`);
  if (later?.n === 0 && fate === 'returned-if-last') {
    const removed =
      db.run(sql`DELETE FROM number_book WHERE register = ${register} AND unit = ${unit} AND year = ${year}
      AND sequence = ${sequence} AND state = 'reserved'`);
    if (removed !== 1) throw new AppError('NOT_FOUND');
    return 'returned';
  }
  settle(db, reservation, 'batal', reason, at);
  return 'batal';
}

function settle(
  db: WriteDb,
  reservation: Reservation,
  state: 'issued' | 'batal',
  reason: string | null,
  at: Date,
): void {
  const { register, unit, year, sequence } = reservation;
  const changed =
    db.run(sql`UPDATE number_book SET state = ${state}, reason = ${reason}, settled_at = ${at.toISOString()}
    WHERE register = ${register} AND unit = ${unit} AND year = ${year} AND sequence = ${sequence} AND state = 'reserved'`);
  if (changed !== 1) throw new AppError('NOT_FOUND');
}
