import type { NewDispatch } from '../contract/dispatch.ts';
import { AppError } from '../contract/errors.ts';
import { sql, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';

/** The expedition book: its numbers follow one another by unit and year, and none is ever taken away. */
interface Handover extends NewDispatch {
  readonly letterId: string;
  readonly unit: string;
  readonly year: number;
  readonly by: string;
}

/** @returns its number in the book. @throws AppError NOT_FOUND where the letter has no such addressee outside. */
export function recordDispatch(db: WriteDb, one: Handover, at: Date): number {
  const party = db.get<{
    name: string;
  }>(sql`SELECT name FROM letter_party WHERE letter_id = ${one.letterId} AND role = ${one.role}
    AND place = ${one.place} AND account_id IS NULL`);
  if (!party) throw new AppError('NOT_FOUND');
  const last = db.get<{ n: number | null }>(
    sql`SELECT max(sequence) AS n FROM dispatch WHERE unit = ${one.unit} AND year = ${one.year}`,
  );
  const sequence = (last?.n ?? 0) + 1;
  db.run(sql`INSERT INTO dispatch (unit, year, sequence, letter_id, role, place, destination, copies, carrier, receiver,
      handed_at, entered_at, entered_by)
    VALUES (${one.unit}, ${one.year}, ${sequence}, ${one.letterId}, ${one.role}, ${one.place}, ${one.destination || party.name},
      ${one.copies}, ${one.carrier}, ${one.receiver}, ${one.handedAt}, ${at.toISOString()}, ${one.by})`);
  settle(db, one.letterId, one.role, one.place, at);
  return sequence;
}

/** @throws AppError NOT_FOUND, also of one that is batal already. */
export function voidDispatch(
  db: WriteDb,
  one: { readonly letterId: string; readonly unit: string; readonly year: number; readonly sequence: number },
  reason: string,
  at: Date,
): void {
  const row = db.get<{ role: 'to' | 'copy'; place: number }>(sql`SELECT role, place FROM dispatch
    WHERE unit = ${one.unit} AND year = ${one.year} AND sequence = ${one.sequence} AND letter_id = ${one.letterId}
      AND state = 'open'`);
  if (!row) throw new AppError('NOT_FOUND');
  db.run(sql`UPDATE dispatch SET state = 'batal', reason = ${reason}
    WHERE unit = ${one.unit} AND year = ${one.year} AND sequence = ${one.sequence}`);
  settle(db, one.letterId, row.role, row.place, at);
}

/** The addressee's row says the latest handover that counts, or that there is none. */
function settle(db: WriteDb, letterId: string, role: 'to' | 'copy', place: number, at: Date): void {
  db.run(sql`UPDATE letter_party SET sent_at = (SELECT max(handed_at) FROM dispatch WHERE letter_id = ${letterId}
      AND role = ${role} AND place = ${place} AND state = 'open')
    WHERE letter_id = ${letterId} AND role = ${role} AND place = ${place}`);
  recordChange(db, 'letter', letterId, at);
}
