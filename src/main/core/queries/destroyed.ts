import type { DestroyedLetter } from '../contract/letters.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** What is left of a letter; null where it was not destroyed. */
export function destroyedLetter(db: ReadDb, letterId: string): DestroyedLetter | null {
  const row = db.get<{
    at: string | null;
    minutes_number: string;
    minutes_date: string;
    code: string;
    file: string;
    unit: string;
  }>(
    sql`SELECT letter.destroyed_at AS at, proposal.minutes_number, proposal.minutes_date, file.code,
        file.title AS file, file.unit
      FROM letter JOIN archive_file AS file ON file.id = letter.destroyed_in
      JOIN archive_proposal_file AS link ON link.file_id = file.id
      JOIN archive_proposal AS proposal ON proposal.id = link.proposal_id AND proposal.state = 'executed'
      WHERE letter.id = ${letterId} AND letter.destroyed_at IS NOT NULL
      ORDER BY proposal.executed_at DESC LIMIT 1`,
  );
  if (!row || row.at === null) return null;
  return {
    at: row.at,
    minutesNumber: row.minutes_number,
    minutesDate: row.minutes_date,
    code: row.code,
    file: row.file,
    unit: row.unit,
  };
}
