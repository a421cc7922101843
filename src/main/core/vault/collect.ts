import type Database from 'better-sqlite3';
import { quoted } from './compare.ts';

/** Columns of other tables that point to `object(id)`, as the schema itself says. */
function references(db: Database.Database): { table: string; column: string }[] {
  return db
    .prepare(
      `SELECT owner.name AS "table", link."from" AS "column"
       FROM sqlite_schema AS owner, pragma_foreign_key_list(owner.name) AS link
       WHERE owner.type = 'table' AND link."table" = 'object'`,
    )
    .all() as { table: string; column: string }[];
}

/**
 * Takes away the rows of sealed objects that nothing points to any more, in one transaction.
 * @returns their ids: only now may their files go. Files without a row are not looked at, see objects.ts.
 */
export function dropUnused(db: Database.Database): string[] {
  const used = references(db).map(
    ({ table, column }) =>
      `id NOT IN (SELECT ${quoted(column)} FROM ${quoted(table)} WHERE ${quoted(column)} IS NOT NULL)`,
  );
  // A schema in which nothing points to objects is not one that we know: nothing is unused then.
  if (used.length === 0) return [];
  return db
    .transaction(() => {
      const ids = db
        .prepare(`SELECT id FROM object WHERE ${used.join(' AND ')}`)
        .pluck()
        .all() as string[];
      const drop = db.prepare('DELETE FROM object WHERE id = ?');
      for (const id of ids) drop.run(id);
      return ids;
    })
    .immediate();
}
