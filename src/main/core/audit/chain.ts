import { createHash } from 'node:crypto';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Append-only, hash-chained record of acts, written in the same transaction as the act itself. */
export interface AuditEntry {
  readonly at: Date;
  /** Account that acted; null when the application did. */
  readonly actorId: string | null;
  /** Account that a deputy acted for. */
  readonly onBehalfOf?: string | null;
  /** Verb in past tense, such as "letter.signed". */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** Codes, counts, numbers; never a letter's content. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor_id: string | null;
  readonly on_behalf_of: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly facts: string;
  readonly previous: string;
  readonly hash: string;
}

/** The end of the chain; `seq` 0 while it is empty. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

const genesis = '0'.repeat(64);

/** On whose behalf enters the hash only where there is somebody: older entries keep the hashes that they have. */
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
    ...(row.on_behalf_of === null ? [] : [row.on_behalf_of]),
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

export function chainHead(db: ReadDb): ChainHead {
  const last = db.get<ChainHead>(sql`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`);
  return last ?? { seq: 0, hash: genesis };
}

export function appendAudit(db: WriteDb, entry: AuditEntry): void {
  const last = chainHead(db);
  const row: Omit<AuditRow, 'hash'> = {
    seq: last.seq + 1,
    at: entry.at.toISOString(),
    actor_id: entry.actorId,
    on_behalf_of: entry.onBehalfOf ?? null,
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    facts: JSON.stringify(entry.facts ?? {}),
    previous: last.hash,
  };
  db.run(sql`INSERT INTO audit (seq, at, actor_id, on_behalf_of, action, entity, entity_id, facts, previous, hash)
    VALUES (${row.seq}, ${row.at}, ${row.actor_id}, ${row.on_behalf_of}, ${row.action}, ${row.entity},
            ${row.entity_id}, ${row.facts}, ${row.previous}, ${hashOf(row)})`);
}

const stepSize = 1000;

/** Rows in order, a thousand at a time: a log of years never stands in memory as a whole. */
export function* auditRows(db: ReadDb, last = Number.MAX_SAFE_INTEGER): Generator<AuditRow[], void> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = db.all<AuditRow>(
      sql`SELECT * FROM audit WHERE seq > ${after} AND seq <= ${last} ORDER BY seq LIMIT ${stepSize}`,
    );
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows;
    after = end.seq;
  }
}

/** What a walk along the chain found. */
export interface ChainWalk {
  /** Sequence number of the first entry that does not fit, or null. */
  readonly brokenLink: number | null;
  readonly entries: number;
  /** Latest instant of any entry, '' when there is none. */
  readonly latest: string;
  /** Entries that say that a backup took the vault's place, oldest first. */
  readonly restores: readonly AuditRow[];
}

/** Walks the chain, giving way after every step, so that a long log does not hold up whoever waits beside. */
export function* walkChain(db: ReadDb): Generator<void, ChainWalk> {
  let previous = genesis;
  let expected = 1;
  let brokenLink: number | null = null;
  let entries = 0;
  let latest = '';
  const restores: AuditRow[] = [];
  for (const rows of auditRows(db)) {
    for (const row of rows) {
      entries += 1;
      if (row.at > latest) latest = row.at;
      if (row.action === 'vault.restored') restores.push(row);
      if (brokenLink !== null) continue;
      if (row.seq !== expected || row.previous !== previous || row.hash !== hashOf(row))
        brokenLink = expected;
      previous = row.hash;
      expected += 1;
    }
    yield;
  }
  return { brokenLink, entries, latest, restores };
}

/** @returns null when the chain is whole, else the sequence number of the first entry that does not fit. */
export function firstBrokenLink(db: ReadDb): number | null {
  const walk = walkChain(db);
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value.brokenLink;
  }
}
