import type { VerificationReport } from '../contract/verification.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';

/** What was found when a letter's PDF was last verified: codes only, since a sealed letter's names lie nowhere else. */

interface Row {
  readonly conclusion: VerificationReport['conclusion'];
  readonly reasons: string;
  readonly basis: string;
  readonly checked_at: string;
  readonly previous: VerificationReport['conclusion'] | null;
  readonly changed_at: string | null;
}

const rowOf = (db: ReadDb, letterId: string): Row | undefined =>
  db.get<Row>(sql`SELECT conclusion, reasons, basis, checked_at, previous, changed_at FROM verification
    WHERE letter_id = ${letterId}`);

/** What a verification found, in which file, and what it rested on: the trust list and the revocation data at hand. */
export interface FoundVerification {
  readonly report: VerificationReport;
  readonly basis: string;
  readonly objectId: string;
}

const objectOf = (db: ReadDb, letterId: string): string | null =>
  db.get<{ object_id: string | null }>(sql`SELECT object_id FROM letter WHERE id = ${letterId}`)?.object_id ??
  null;

/** As it is kept: the same letter can have another file later. */
const keptBasis = (basis: string, objectId: string): string => `${basis} ${objectId}`;

/** Was the file that the letter has now verified on this basis? */
export function isVerifiedOn(db: ReadDb, letterId: string, basis: string): boolean {
  const objectId = objectOf(db, letterId);
  return objectId !== null && rowOf(db, letterId)?.basis === keptBasis(basis, objectId);
}

/** Letters that were verified on another basis than this or in another file, a page at a time. */
export const verifiedOtherwise = (db: ReadDb, basis: string, after: string): readonly string[] =>
  db
    .all<{ letter_id: string }>(
      sql`SELECT letter_id FROM verification JOIN letter ON letter.id = letter_id
        WHERE basis <> ${basis} || ' ' || object_id AND letter_id > ${after} ORDER BY letter_id LIMIT 200`,
    )
    .map((row) => row.letter_id);

const maximumReasons = 40;

/**
 * Keeps what a verification found, unless the letter has another file by now: that one is verified for itself.
 * @returns the conclusion of before where it is another one now, else null.
 */
export function recordVerification(
  db: WriteDb,
  letterId: string,
  found: FoundVerification,
  at: Date,
): VerificationReport['conclusion'] | null {
  const { report, objectId } = found;
  if (objectOf(db, letterId) !== objectId) return null;
  const basis = keptBasis(found.basis, objectId);
  const before = rowOf(db, letterId);
  const moment = at.toISOString();
  const codes = [...report.problems, ...report.signatures.flatMap(({ problems }) => problems)];
  const reasons = JSON.stringify([...new Set(codes.map(({ code }) => code))].slice(0, maximumReasons));
  const changed = before !== undefined && before.conclusion !== report.conclusion;
  const previous = changed ? before.conclusion : (before?.previous ?? null);
  const changedAt = changed ? moment : (before?.changed_at ?? null);
  db.run(sql`INSERT INTO verification (letter_id, conclusion, reasons, basis, checked_at, previous, changed_at)
    VALUES (${letterId}, ${report.conclusion}, ${reasons}, ${basis}, ${moment}, ${previous}, ${changedAt})
    ON CONFLICT (letter_id) DO UPDATE SET conclusion = excluded.conclusion, reasons = excluded.reasons,
      basis = excluded.basis, checked_at = excluded.checked_at, previous = excluded.previous,
      changed_at = excluded.changed_at`);
  if (!before || changed || before.reasons !== reasons) recordChange(db, 'letter', letterId, at);
  return changed ? before.conclusion : null;
}
