import { sql, type WriteDb } from '../sql.ts';

/** What the last verification of a letter's PDF concluded, and on what basis, so that a change can be told. */
export const version = 50;

export function up(db: WriteDb): void {
  db.run(sql`CREATE TABLE verification (
    letter_id TEXT PRIMARY KEY REFERENCES letter(id) ON DELETE CASCADE,
    conclusion TEXT NOT NULL
      CHECK (conclusion IN ('TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED', 'NO-SIGNATURE', 'UNREADABLE')),
    reasons TEXT NOT NULL,
    basis TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    previous TEXT,
    changed_at TEXT
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`CREATE INDEX verification_basis ON verification(basis)`);
}
