import { randomUUID } from 'node:crypto';
import type { Block } from '../contract/letters.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Naskah baku: pieces of body that are kept for letters to come, one's own or the office's. */
export interface StoredModule {
  readonly id: string;
  /** Null: the office's. */
  readonly ownerId: string | null;
  readonly unit: string;
  readonly title: string;
  readonly body: readonly Block[];
  readonly changedBy: string;
  readonly changedAt: string;
}

interface Row {
  readonly id: string;
  readonly owner_id: string | null;
  readonly unit: string;
  readonly title: string;
  readonly body: string;
  readonly changed_by: string;
  readonly changed_at: string;
}

const toModule = (row: Row): StoredModule => ({
  id: row.id,
  ownerId: row.owner_id,
  unit: row.unit,
  title: row.title,
  body: JSON.parse(row.body) as readonly Block[],
  changedBy: row.changed_by,
  changedAt: row.changed_at,
});

/** The person's own and the office's, by title. */
export const listModules = (db: ReadDb, accountId: string): StoredModule[] =>
  db
    .all<Row>(
      sql`SELECT * FROM text_module WHERE owner_id IS NULL OR owner_id = ${accountId}
        ORDER BY title COLLATE NOCASE, id`,
    )
    .map(toModule);

/** Null also where it is somebody else's. */
export function readModule(db: ReadDb, accountId: string, id: string): StoredModule | null {
  const row = db.get<Row>(
    sql`SELECT * FROM text_module WHERE id = ${id} AND (owner_id IS NULL OR owner_id = ${accountId})`,
  );
  return row ? toModule(row) : null;
}

/** @returns how many there are of one's own (`ownerId`) or of the office (null). */
export const countModules = (db: ReadDb, ownerId: string | null): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM text_module WHERE owner_id IS ${ownerId}`)?.n ?? 0;

export function addModule(db: WriteDb, module: Omit<StoredModule, 'id' | 'changedAt'>, at: Date): string {
  const id = randomUUID();
  db.run(sql`INSERT INTO text_module (id, owner_id, unit, title, body, changed_by, changed_at)
    VALUES (${id}, ${module.ownerId}, ${module.unit}, ${module.title}, ${JSON.stringify(module.body)},
      ${module.changedBy}, ${at.toISOString()})`);
  return id;
}

export function changeModule(db: WriteDb, module: StoredModule, at: Date): void {
  db.run(sql`UPDATE text_module SET owner_id = ${module.ownerId}, title = ${module.title},
    body = ${JSON.stringify(module.body)}, changed_by = ${module.changedBy}, changed_at = ${at.toISOString()}
    WHERE id = ${module.id}`);
}

export const removeModule = (db: WriteDb, id: string): number =>
  db.run(sql`DELETE FROM text_module WHERE id = ${id}`);
