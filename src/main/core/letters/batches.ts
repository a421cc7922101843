import { randomUUID } from 'node:crypto';
import type { BatchMode } from '../contract/batch.ts';
import type { ErrorShape } from '../contract/errors.ts';
import type { Lowering } from '../contract/levels.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** The rows of a batch. Which letter has which result is here; the letters themselves know nothing of batches. */
export interface StoredBatch {
  readonly id: string;
  readonly identityId: string;
  readonly mode: BatchMode;
  readonly stoppedBy: ErrorShape | null;
}

export interface StoredItem {
  readonly place: number;
  readonly letterId: string;
  readonly revision: number;
  readonly state: 'waiting' | 'signed' | 'failed' | 'skipped';
  readonly error: ErrorShape | null;
  readonly number: string | null;
  readonly lowering: Lowering | null;
}

type Settled = Exclude<StoredItem['state'], 'waiting'>;

interface ItemRow extends Omit<StoredItem, 'letterId' | 'error' | 'lowering'> {
  readonly lowering: string | null;
  readonly letter_id: string;
  readonly error: string | null;
}

const shapeOf = (text: string | null): ErrorShape | null =>
  text === null ? null : (JSON.parse(text) as ErrorShape);

/** The caller has made sure that none is open. @returns its id. */
export function addBatch(
  db: WriteDb,
  batch: { readonly accountId: string; readonly identityId: string; readonly mode: BatchMode },
  letters: readonly { readonly id: string; readonly revision: number }[],
  at: Date,
): string {
  const id = randomUUID();
  db.run(sql`INSERT INTO batch (id, account_id, identity_id, mode, made_at)
    VALUES (${id}, ${batch.accountId}, ${batch.identityId}, ${batch.mode}, ${at.toISOString()})`);
  for (const [place, letter] of letters.entries())
    db.run(sql`INSERT INTO batch_item (batch_id, place, letter_id, revision, state)
      VALUES (${id}, ${place}, ${letter.id}, ${letter.revision}, 'waiting')`);
  return id;
}

/** The batch that a person has not put away yet. */
export function openBatch(db: ReadDb, accountId: string): StoredBatch | null {
  const row = db.get<{ id: string; identity_id: string; mode: BatchMode; stopped_by: string | null }>(
    sql`SELECT id, identity_id, mode, stopped_by FROM batch WHERE account_id = ${accountId} AND ended_at IS NULL`,
  );
  if (!row) return null;
  return { id: row.id, identityId: row.identity_id, mode: row.mode, stoppedBy: shapeOf(row.stopped_by) };
}

export function itemsOf(db: ReadDb, batchId: string): StoredItem[] {
  return db
    .all<ItemRow>(
      sql`SELECT batch_item.place, batch_item.letter_id, batch_item.revision, batch_item.state, batch_item.error,
        CASE batch_item.state WHEN 'signed' THEN letter.number END AS number,
        CASE batch_item.state WHEN 'signed' THEN letter.lowering END AS lowering
        FROM batch_item JOIN letter ON letter.id = batch_item.letter_id
        WHERE batch_item.batch_id = ${batchId} ORDER BY batch_item.place`,
    )
    .map(({ letter_id, error, lowering, ...rest }) => ({
      ...rest,
      letterId: letter_id,
      error: shapeOf(error),
      lowering: lowering === null ? null : (JSON.parse(lowering) as Lowering),
    }));
}

export function countItems(db: ReadDb, batchId: string): Record<StoredItem['state'], number> {
  const counted = { waiting: 0, signed: 0, failed: 0, skipped: 0 };
  for (const { state, n } of db.all<{ state: StoredItem['state']; n: number }>(
    sql`SELECT state, count(*) AS n FROM batch_item WHERE batch_id = ${batchId} GROUP BY state`,
  ))
    counted[state] = n;
  return counted;
}

/** The first that waits. */
export function nextItem(
  db: ReadDb,
  batchId: string,
  after = -1,
): { readonly place: number; readonly letterId: string; readonly revision: number } | null {
  const row = db.get<{ place: number; letter_id: string; revision: number }>(
    sql`SELECT place, letter_id, revision FROM batch_item
      WHERE batch_id = ${batchId} AND state = 'waiting' AND place > ${after} ORDER BY place LIMIT 1`,
  );
  return row ? { place: row.place, letterId: row.letter_id, revision: row.revision } : null;
}

/** A result is final: what has one keeps it. */
export function settleItem(
  db: WriteDb,
  batchId: string,
  place: number,
  result: { readonly state: Settled; readonly error?: ErrorShape },
  at: Date,
): void {
  const error = result.error ? JSON.stringify(result.error) : null;
  db.run(sql`UPDATE batch_item SET state = ${result.state}, error = ${error}, settled_at = ${at.toISOString()}
    WHERE batch_id = ${batchId} AND place = ${place} AND state = 'waiting'`);
}

/** Why it stands still, or null when it goes on. */
export function stopBatch(db: WriteDb, batchId: string, error: ErrorShape | null): void {
  const text = error ? JSON.stringify(error) : null;
  db.run(sql`UPDATE batch SET stopped_by = ${text} WHERE id = ${batchId}`);
}

export function endBatch(db: WriteDb, batchId: string, at: Date): void {
  db.run(sql`UPDATE batch SET ended_at = ${at.toISOString()} WHERE id = ${batchId} AND ended_at IS NULL`);
}
