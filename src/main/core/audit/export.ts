import type { ReadDb } from '../vault/index.ts';
import { sql } from '../vault/index.ts';
import type { Anchor } from './anchors.ts';
import { auditRows, type AuditRow } from './chain.ts';

/** Who and what an export of the log is about. */
export interface ExportHead {
  readonly vaultId: string;
  readonly office: string;
  readonly exportedAt: Date;
  readonly exportedBy: { readonly accountId: string; readonly name: string };
  /** Signed head of the chain; the export goes as far as it. */
  readonly anchor: Anchor;
}

/** Exactly what was hashed, so that an outsider can recompute the chain; names are added for reading. */
function lineOf(row: AuditRow, names: ReadonlyMap<string, string>): string {
  const nameOf = (id: string): string => names.get(id) ?? '';
  return JSON.stringify({
    seq: row.seq,
    at: row.at,
    actorId: row.actor_id,
    ...(row.actor_id === null ? {} : { actor: nameOf(row.actor_id) }),
    ...(row.on_behalf_of === null
      ? {}
      : { onBehalfOfId: row.on_behalf_of, onBehalfOf: nameOf(row.on_behalf_of) }),
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    facts: row.facts,
    previous: row.previous,
    hash: row.hash,
  });
}

/** JSON lines in UTF-8: a head, then one line an entry, oldest first. `facts` is the JSON text that was hashed. */
export function exportLog(db: ReadDb, head: ExportHead): Buffer {
  const people = db.all<{ id: string; name: string }>(sql`SELECT id, name FROM account`);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const parts: Buffer[] = [];
  let entries = 0;
  for (const rows of auditRows(db, head.anchor.seq)) {
    parts.push(Buffer.from(rows.map((row) => `${lineOf(row, names)}\n`).join('')));
    entries += rows.length;
  }
  const first = {
    format: 'eletter-audit-log',
    version: 1,
    vaultId: head.vaultId,
    office: head.office,
    exportedAt: head.exportedAt.toISOString(),
    exportedBy: head.exportedBy,
    range: { from: 1, to: head.anchor.seq, entries },
    anchor: head.anchor,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(first)}\n`), ...parts]);
}
