import { sql, type WriteDb } from '../sql.ts';

/** Who was reminded of what, what was summed up at unlock, and since when a step waits. */
export const version = 210;

export function up(db: WriteDb): void {
  // Whatever else happens, a person is reminded of an event once; `ref` says which of several of the same kind.
  db.run(sql`CREATE TABLE reminder (
    account_id TEXT NOT NULL REFERENCES account(id),
    event TEXT NOT NULL,
    letter_id TEXT NOT NULL REFERENCES letter(id),
    ref TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (account_id, event, letter_id, ref)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE TABLE waiting_told (
    account_id TEXT PRIMARY KEY REFERENCES account(id),
    day TEXT NOT NULL,
    counts TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`ALTER TABLE notice ADD COLUMN event TEXT`);
  db.run(sql`ALTER TABLE letter_step ADD COLUMN asked_at TEXT`);
  db.run(sql`UPDATE letter_step SET asked_at =
    (SELECT updated_at FROM letter WHERE letter.id = letter_step.letter_id)`);
}
