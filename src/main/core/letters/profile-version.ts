import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Which version of the office's profile a letter was frozen with; 0 is the profile as it was shipped. */
export function keepProfileVersion(db: WriteDb, letterId: string, version: number): void {
  db.run(sql`DELETE FROM letter_profile WHERE letter_id = ${letterId}`);
  if (version === 0) return;
  db.run(sql`INSERT INTO letter_profile (letter_id, version) VALUES (${letterId}, ${version})`);
}

export function profileVersionOf(db: ReadDb, letterId: string): number {
  const row = db.get<{ version: number }>(
    sql`SELECT version FROM letter_profile WHERE letter_id = ${letterId}`,
  );
  return row?.version ?? 0;
}

/** Kinds that letters of this vault have, in whatever state. */
export function kindsInUse(db: ReadDb): string[] {
  return db
    .all<{ kind: string }>(sql`SELECT DISTINCT kind FROM letter ORDER BY kind`)
    .map(({ kind }) => kind);
}
