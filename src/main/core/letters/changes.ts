import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/**
 * The sequence that pages re-read from. A row is written in the transaction of the act, so nothing is announced
 * that did not happen, and nothing that happened goes unannounced.
 */
export type ChangedEntity =
  | 'letter'
  | 'module'
  | 'notice'
  | 'person'
  | 'identity'
  | 'office'
  | 'unit'
  | 'deputy'
  | 'security'
  | 'reminders'
  | 'authority'
  | 'address'
  | 'archive';

export function recordChange(db: WriteDb, entity: ChangedEntity, entityId: string, at: Date): void {
  db.run(
    sql`INSERT INTO change (entity, entity_id, at) VALUES (${entity}, ${entityId}, ${at.toISOString()})`,
  );
  // The search index follows in the background, or before the next search: see core/search. Of a letter that is still
  // written, or on its way, it holds nothing.
  if (entity === 'letter')
    db.run(sql`INSERT OR IGNORE INTO search_due SELECT position FROM letter WHERE id = ${entityId}
      AND (state IN ('signed', 'withdrawn', 'revoked', 'replaced', 'registered', 'voided')
        OR position IN (SELECT position FROM search_letter))`);
}

export function latestChange(db: ReadDb): number {
  return db.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM change`)?.seq ?? 0;
}

export function changedSince(db: ReadDb, seq: number): { seq: number; entities: string[] } {
  const rows = db.all<{ seq: number; entity: string; entity_id: string }>(
    sql`SELECT seq, entity, entity_id FROM change WHERE seq > ${seq} ORDER BY seq LIMIT 1000`,
  );
  return {
    seq: rows.at(-1)?.seq ?? seq,
    entities: [...new Set(rows.map((row) => `${row.entity}:${row.entity_id}`))],
  };
}
