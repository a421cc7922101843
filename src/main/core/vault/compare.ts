import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

/** Is one database the other? Table by table and value by value, for copies that are about to be trusted. */

/** Every table with rows of its own. A virtual table (full-text search) is compared by its shadow tables. */
export function tablesOf(db: Database.Database): string[] {
  const rows = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .all();
  return (rows as { name: string }[]).map((row) => row.name);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  /** Place in the primary key from 1, 0 when not in it. */
  readonly pk: number;
}

export const columnsOf = (db: Database.Database, table: string): ColumnInfo[] =>
  db.prepare('SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid').all(table) as ColumnInfo[];

/** Columns of the primary key in its order, or all of them where there is none. */
export function orderOf(columns: readonly ColumnInfo[]): string {
  const key = columns.filter((one) => one.pk > 0).toSorted((a, b) => a.pk - b.pk);
  return (key.length > 0 ? key : columns).map((one) => quoted(one.name)).join(', ');
}

function text(value: unknown): string {
  if (value instanceof Uint8Array) return `b${value.length}:${Buffer.from(value).toString('latin1')}`;
  if (typeof value === 'string') return `s${value.length}:${value}`;
  return value === null ? 'n' : `${typeof value}${String(value)};`;
}

/** Rows of a table and a digest over all their values, in the order of the primary key. */
export function digestOf(db: Database.Database, table: string): { rows: number; digest: string } {
  const hash = createHash('sha256');
  const statement = db
    .prepare(`SELECT * FROM ${quoted(table)} ORDER BY ${orderOf(columnsOf(db, table))}`)
    .raw()
    .safeIntegers();
  let rows = 0;
  let batch = '';
  for (const row of statement.iterate() as Iterable<unknown[]>) {
    rows += 1;
    for (const value of row) batch += text(value);
    if (batch.length < 262_144) continue;
    hash.update(batch);
    batch = '';
  }
  return { rows, digest: hash.update(batch).digest('hex') };
}

/** What a schema consists of: every table, index, trigger and view as it was written. */
function schemaOf(db: Database.Database): string {
  return JSON.stringify([
    db.pragma('user_version', { simple: true }),
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').raw().all(),
  ]);
}

/**
 * Reads both from end to end.
 * @returns rows per table, or the name of the first table (or "schema", "integrity") in which they differ.
 */
export function compareDatabases(
  original: Database.Database,
  copy: Database.Database,
): { readonly rows: Readonly<Record<string, number>> } | { readonly differs: string } {
  if (copy.pragma('integrity_check', { simple: true }) !== 'ok') return { differs: 'integrity' };
  if (schemaOf(copy) !== schemaOf(original)) return { differs: 'schema' };
  const rows: Record<string, number> = {};
  for (const table of tablesOf(original)) {
    const ours = digestOf(original, table);
    if (digestOf(copy, table).digest !== ours.digest) return { differs: table };
    rows[table] = ours.rows;
  }
  return { rows };
}
