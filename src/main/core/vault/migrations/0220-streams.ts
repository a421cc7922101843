import { sql, type WriteDb } from '../sql.ts';

/** What a unit received, and what somebody signed for others, newest first from an index alone; reports by letter. */
export const version = 220;

export function up(db: WriteDb): void {
  db.run(sql`DROP INDEX letter_party_unit`);
  db.run(sql`CREATE INDEX letter_party_of_unit ON letter_party(unit, security, position)
    WHERE unit <> '' AND delivered_at IS NOT NULL`);
  db.run(sql`ALTER TABLE agenda ADD COLUMN position INTEGER NOT NULL DEFAULT 0`);
  db.run(
    sql`UPDATE agenda SET position = (SELECT letter.position FROM letter WHERE letter.id = agenda.letter_id)`,
  );
  db.run(sql`CREATE INDEX agenda_of_unit ON agenda(unit, position) WHERE state = 'open'`);
  // Of its letter, as with receivers.
  db.run(sql`ALTER TABLE letter_step ADD COLUMN position INTEGER NOT NULL DEFAULT 0`);
  db.run(sql`UPDATE letter_step SET position =
    (SELECT letter.position FROM letter WHERE letter.id = letter_step.letter_id)`);
  db.run(sql`DROP INDEX letter_step_done`);
  db.run(
    sql`CREATE INDEX letter_step_signed ON letter_step(done_by, role, position) WHERE done_by IS NOT NULL`,
  );
  // What is said under a disposition, by the letter that it is about: the search reads it so.
  db.run(sql`CREATE INDEX disposition_entry_letter ON disposition_entry(letter_id)`);
  db.run(sql`CREATE INDEX disposition_subtask_letter ON disposition_subtask(letter_id)`);
}
