import { createHash } from 'node:crypto';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Append-only, hash-chained record of acts, written in the same transaction as the act itself. */
export interface AuditEntry {
  readonly at: Date;
  /** Account that acted; null when the application did. */
  readonly actorId: string | null;
  /** Verb in past tense, such as "letter.signed". */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** Codes, counts, numbers; never a letter's content. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor_id: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly facts: string;
  readonly previous: string;
  readonly hash: string;
}

const genesis = '0'.repeat(64);

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const fields = [
    row.seq,
    row.at,
    row.actor_id,
    row.action,
    row.entity,
    row.entity_id,
    row.facts,
    row.previous,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

export function appendAudit(db: WriteDb, entry: AuditEntry): void {
  const last = db.get<{ seq: number; hash: string }>(
    sql`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`,
  );
  const row: Omit<AuditRow, 'hash'> = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at.toISOString(),
    actor_id: entry.actorId,
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    facts: JSON.stringify(entry.facts ?? {}),
    previous: last?.hash ?? genesis,
  };
  db.run(sql`INSERT INTO audit (seq, at, actor_id, action, entity, entity_id, facts, previous, hash)
    VALUES (${row.seq}, ${row.at}, ${row.actor_id}, ${row.action}, ${row.entity}, ${row.entity_id}, ${row.facts},
            ${row.previous}, ${hashOf(row)})`);
}

/** Walks the chain. @returns null when whole, else the sequence number of the first broken link. */
export function firstBrokenLink(db: ReadDb): number | null {
  let previous = genesis;
  let expected = 1;
  for (const row of db.all<AuditRow>(sql`SELECT * FROM audit ORDER BY seq`)) {
    if (row.seq !== expected || row.previous !== previous || row.hash !== hashOf(row)) return expected;
    previous = row.hash;
    expected += 1;
  }
  return null;
}
