import type { AuditLine, AuditPage } from '../contract/people.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import type { AuditRow } from './chain.ts';

/** The log as it is read by people: newest first, with names. */
const pageSize = 100;

type NamedRow = AuditRow & { readonly actor: string | null; readonly behalf: string | null };

/** Facts as they were written; an entry that somebody edited may hold anything. */
export function factsOf(text: string): AuditLine['facts'] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const plain = Object.entries(value).filter(
        (fact): fact is [string, string | number | boolean] =>
          typeof fact[1] === 'string' || typeof fact[1] === 'number' || typeof fact[1] === 'boolean',
      );
      return Object.fromEntries(plain);
    }
  } catch {
    // Shown as an entry without facts; the check names it.
  }
  return {};
}

function toLine(row: NamedRow): AuditLine {
  return {
    seq: row.seq,
    at: row.at,
    // An account that is not there any more is still named by its id.
    actor: row.actor ?? row.actor_id ?? '',
    onBehalfOf: row.behalf ?? row.on_behalf_of ?? '',
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    facts: factsOf(row.facts),
  };
}

/** @param before sequence number to go on from, exclusive; null begins at the newest. */
export function listAudit(db: ReadDb, before: number | null): AuditPage {
  const rows = db.all<NamedRow>(
    sql`SELECT audit.*, actor.name AS actor, behalf.name AS behalf FROM audit
      LEFT JOIN account AS actor ON actor.id = audit.actor_id
      LEFT JOIN account AS behalf ON behalf.id = audit.on_behalf_of
      WHERE audit.seq < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY audit.seq DESC LIMIT ${pageSize + 1}`,
  );
  const shown = rows.slice(0, pageSize);
  return {
    lines: shown.map(toLine),
    before: rows.length > pageSize ? (shown.at(-1)?.seq ?? null) : null,
    // Numbered without gaps; to count the rows would read the whole table.
    total: db.get<{ n: number }>(sql`SELECT coalesce(max(seq), 0) AS n FROM audit`)?.n ?? 0,
  };
}

/** Acts of this person, acts on their account, and acts in their name: how many. */
export function countTrail(db: ReadDb, accountId: string): number {
  return (
    db.get<{ n: number }>(
      sql`SELECT count(*) AS n FROM audit
        WHERE actor_id = ${accountId} OR on_behalf_of = ${accountId} OR (entity = 'account' AND entity_id = ${accountId})`,
    )?.n ?? 0
  );
}

/** The same, oldest first. */
export function trailOf(db: ReadDb, accountId: string): AuditLine[] {
  return db
    .all<NamedRow>(
      sql`SELECT audit.*, actor.name AS actor, behalf.name AS behalf FROM audit
        LEFT JOIN account AS actor ON actor.id = audit.actor_id
        LEFT JOIN account AS behalf ON behalf.id = audit.on_behalf_of
        WHERE actor_id = ${accountId} OR on_behalf_of = ${accountId} OR (entity = 'account' AND entity_id = ${accountId})
        ORDER BY audit.seq`,
    )
    .map(toLine);
}

/** How many entries at the end of the log a look back takes in. */
const lookBack = 5000;

/**
 * Entities that this person did something to lately, each once.
 * @param since instant, ISO 8601 UTC. Looks at the last 5,000 entries at most: it is asked on the way of an act.
 */
export function recentEntities(db: ReadDb, actorId: string, action: string, since: string): string[] {
  return db
    .all<{ entity_id: string }>(
      sql`SELECT DISTINCT entity_id FROM audit
        WHERE seq > (SELECT coalesce(max(seq), 0) FROM audit) - ${lookBack}
          AND action = ${action} AND actor_id = ${actorId} AND at >= ${since}`,
    )
    .map((row) => row.entity_id);
}
