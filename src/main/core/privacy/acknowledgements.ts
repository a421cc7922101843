import type { Language } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Having read the policy: version, person, time. It is not consent (letters rest on public duty, UU 27/2022). */
export function recordAcknowledgement(
  db: WriteDb,
  accountId: string,
  version: string,
  language: Language,
  at: Date,
): void {
  db.run(sql`INSERT INTO policy_acknowledgement (account_id, version, language, acknowledged_at)
    VALUES (${accountId}, ${version}, ${language}, ${at.toISOString()}) ON CONFLICT DO NOTHING`);
}

export function hasAcknowledged(db: ReadDb, accountId: string, version: string): boolean {
  return (
    db.get(
      sql`SELECT 1 FROM policy_acknowledgement WHERE account_id = ${accountId} AND version = ${version}`,
    ) !== undefined
  );
}
