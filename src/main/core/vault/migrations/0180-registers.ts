import { sql, type WriteDb } from '../sql.ts';

/** The book of outgoing letters by day, of all registers of a unit. */
export const version = 180;

export function up(db: WriteDb): void {
  // The words of the day are those of queries/registers.ts: SQLite takes an index on an expression only for the same one.
  db.run(sql`CREATE INDEX number_book_day ON number_book(unit,
    (CASE WHEN letter_date = '' THEN substr(reserved_at, 1, 10) ELSE letter_date END), register, year, sequence, insertion)`);
}
