import type { MyData } from '../contract/people.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** What the vault holds on one person, beyond what accounts and audit know themselves. */
const count = (row: { readonly n: number } | undefined): number => row?.n ?? 0;

export function countLetters(db: ReadDb, accountId: string): MyData['letters'] {
  return {
    written: count(
      db.get<{ n: number }>(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${accountId}`),
    ),
    received: count(
      db.get<{ n: number }>(
        sql`SELECT count(DISTINCT letter_id) AS n FROM letter_party
          WHERE account_id = ${accountId} AND delivered_at IS NOT NULL`,
      ),
    ),
  };
}

export function countNotices(db: ReadDb, accountId: string): number {
  return count(db.get<{ n: number }>(sql`SELECT count(*) AS n FROM notice WHERE account_id = ${accountId}`));
}

/** Letters that this person wrote or received, oldest first. */
export function lettersOf(db: ReadDb, accountId: string): string[] {
  return db
    .all<{ id: string }>(
      sql`SELECT id FROM letter WHERE author_id = ${accountId} OR id IN (
        SELECT letter_id FROM letter_party WHERE account_id = ${accountId} AND delivered_at IS NOT NULL)
        ORDER BY position`,
    )
    .map((row) => row.id);
}

/** Versions of the policy that this person has read, oldest first. */
export function acknowledgementsOf(db: ReadDb, accountId: string): MyData['acknowledgements'] {
  return db.all<MyData['acknowledgements'][number]>(
    sql`SELECT version, language, acknowledged_at AS at FROM policy_acknowledgement
      WHERE account_id = ${accountId} ORDER BY acknowledged_at, version`,
  );
}
