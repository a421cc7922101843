import type { AgendaNumber } from '../contract/incoming.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/**
 * The agenda book: what came in, numbered by receiving unit and year. Next = last + 1 under the write lock, so none is
 * skipped and none is given twice; one that is voided stays as batal.
 */

export interface AgendaEntry {
  readonly unit: string;
  /** Plain date; its year is the book's. */
  readonly receivedOn: string;
  /** Null: the application itself, when a letter of this vault is delivered. */
  readonly enteredBy: string | null;
  readonly remark?: string;
}

/** Enters a letter in one unit's book; call inside the transaction that delivers it. One that is there stays. */
export function enterAgenda(db: WriteDb, letterId: string, entry: AgendaEntry, at: Date): AgendaNumber {
  const { unit, receivedOn } = entry;
  const before = agendaOf(db, letterId).find((one) => one.unit === unit && one.state === 'open');
  if (before) return before;
  const year = Number(receivedOn.slice(0, 4));
  const last = db.get<{ last: number | null }>(
    sql`SELECT max(sequence) AS last FROM agenda WHERE unit = ${unit} AND year = ${year}`,
  );
  const sequence = (last?.last ?? 0) + 1;
  db.run(sql`INSERT INTO agenda (unit, year, sequence, letter_id, received_on, remark, entered_at, entered_by, position)
    SELECT ${unit}, ${year}, ${sequence}, id, ${receivedOn}, ${entry.remark ?? ''}, ${at.toISOString()},
      ${entry.enteredBy}, position FROM letter WHERE id = ${letterId}`);
  return { unit, year, sequence, receivedOn, state: 'open' };
}

/** Oldest first, those that are batal too. */
export const agendaOf = (db: ReadDb, letterId: string): AgendaNumber[] =>
  db.all<AgendaNumber>(sql`SELECT unit, year, sequence, received_on AS receivedOn, state FROM agenda
    WHERE letter_id = ${letterId} ORDER BY entered_at, unit, sequence`);

/** Its letter is taken back, or was entered by mistake. @param reason words, or a code for a sealed letter. */
export function voidAgenda(db: WriteDb, letterId: string, reason: string): void {
  db.run(
    sql`UPDATE agenda SET state = 'batal', reason = ${reason} WHERE letter_id = ${letterId} AND state = 'open'`,
  );
}

/** The day of receipt was mistyped; its year stays, because the number is of that year. */
export function correctAgenda(db: WriteDb, letterId: string, unit: string, receivedOn: string): void {
  db.run(sql`UPDATE agenda SET received_on = ${receivedOn} WHERE letter_id = ${letterId} AND unit = ${unit}
    AND state = 'open'`);
}
