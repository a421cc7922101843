import type { StoredVerification } from '../contract/letters.ts';
import type { Conclusion } from '../contract/verification.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** What was found when a letter was last verified; whoever asks has made sure that the letter may be seen. */
export function storedVerification(db: ReadDb, letterId: string): StoredVerification | null {
  const row = db.get<{
    conclusion: Conclusion;
    reasons: string;
    checked_at: string;
    previous: Conclusion | null;
    changed_at: string | null;
  }>(
    sql`SELECT conclusion, reasons, checked_at, previous, changed_at FROM verification WHERE letter_id = ${letterId}`,
  );
  if (!row) return null;
  return {
    conclusion: row.conclusion,
    reasons: JSON.parse(row.reasons) as string[],
    checkedAt: row.checked_at,
    previous: row.previous,
    changedAt: row.changed_at,
  };
}
