import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { columnsOf, orderOf, quoted, type ColumnInfo } from './compare.ts';
import { openBare } from './database.ts';
import { codeOf } from './faults.ts';
import { migrate, migrations, schemaVersion } from './migrate.ts';

/** What could be read of one table. */
export interface SalvagedTable {
  readonly saved: number;
  /** Every row was read; false: some of the table's pages do not open. */
  readonly whole: boolean;
}

export type SalvagedRows = Readonly<Record<string, SalvagedTable>>;

/** A table whose middle is damaged is asked for in ever smaller parts; this many questions are enough. */
const maximumQuestions = 20_000;

/**
 * Reads what opens of a damaged database, table by table, into a new one of the same schema version and under the
 * same key. Full-text indexes are left out: they are made again from what they index.
 * @throws AppError VAULT_DAMAGED when not even the first page opens; VAULT_FROM_FUTURE.
 */
export function salvageRows(damaged: string, target: string, key: Uint8Array): SalvagedRows {
  const from = openBare(damaged, key);
  try {
    const version = versionOf(from);
    const to = openBare(target, key, true);
    try {
      to.pragma('synchronous = FULL');
      migrate(
        to,
        () => undefined,
        migrations.filter((step) => step.version <= version),
      );
      to.pragma('foreign_keys = OFF');
      return Object.fromEntries(tables(to).map((table) => [table, salvageTable(from, to, table)]));
    } finally {
      to.close();
    }
  } finally {
    from.close();
  }
}

function versionOf(db: Database.Database): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > schemaVersion)
    throw new AppError('VAULT_FROM_FUTURE', { found: version, known: schemaVersion });
  if (!migrations.some((step) => step.version === version))
    throw new AppError('VAULT_DAMAGED', { part: 'letters.db' });
  return version;
}

function tables(db: Database.Database): string[] {
  const rows = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    .all();
  return (rows as { name: string }[]).map((row) => row.name).filter((name) => !name.startsWith('sqlite_'));
}

function salvageTable(from: Database.Database, to: Database.Database, table: string): SalvagedTable {
  const columns = columnsOf(to, table);
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${quoted(table)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  let saved = 0;
  let whole = true;
  let questions = 0;
  /** Saves the rows of one question until a page fails. @returns the last row and whether the end was reached. */
  const save = (where: string, values: readonly unknown[], order: string): Answer => {
    questions += 1;
    let last: unknown[] | null = null;
    try {
      const select = from.prepare(`SELECT ${names} FROM ${quoted(table)} ${where} ORDER BY ${order}`);
      for (const row of select
        .raw()
        .safeIntegers()
        .iterate(...values) as Iterable<unknown[]>) {
        saved += insert.run(...row).changes;
        last = row;
      }
      return { last, complete: true };
    } catch (error) {
      if (!isDamage(error)) throw error;
      whole = false;
      return { last, complete: false };
    }
  };
  const enough = (): boolean => questions >= maximumQuestions;
  to.transaction(() => {
    const key = columns.filter((column) => column.pk > 0);
    const [only] = key;
    if (key.length === 1 && only?.type === 'INTEGER') byNumber(save, columns, only, enough);
    else byOrder(save, columns, key);
  })();
  return { saved, whole };
}

interface Answer {
  readonly last: unknown[] | null;
  readonly complete: boolean;
}
type Save = (where: string, values: readonly unknown[], order: string) => Answer;

/** Keys are numbers: past a hole, halves of what is left are asked for on their own. */
function byNumber(save: Save, columns: readonly ColumnInfo[], key: ColumnInfo, enough: () => boolean): void {
  const name = quoted(key.name);
  const place = columns.indexOf(key);
  const ends = save('', [], `${name} DESC`);
  if (ends.complete) return;
  const first = save('', [], name);
  const low = (first.last?.[place] as bigint | undefined) ?? 0n;
  const high = (ends.last?.[place] as bigint | undefined) ?? low + 2n ** 24n;
  const open: [bigint, bigint][] = [[low + 1n, high - 1n]];
  for (let range = open.pop(); range && !enough(); range = open.pop()) {
    const [from, to] = range;
    if (from > to) continue;
    const answer = save(`WHERE ${name} BETWEEN ? AND ?`, [from, to], name);
    if (answer.complete) continue;
    const next = ((answer.last?.[place] as bigint | undefined) ?? from - 1n) + 1n;
    const middle = (next + to) / 2n;
    // A single key that does not open stays lost.
    if (next < to) open.push([next, middle], [middle + 1n, to]);
  }
}

const hexadecimal = [...'0123456789abcdef'];

/** Keys are texts, mostly random identifiers: from both ends, then by their first two digits. */
function byOrder(save: Save, columns: readonly ColumnInfo[], key: readonly ColumnInfo[]): void {
  const order = orderOf(columns);
  const backwards = order
    .split(', ')
    .map((name) => `${name} DESC`)
    .join(', ');
  if (save('', [], order).complete) return;
  save('', [], backwards);
  const first = key.find((column) => column.pk === 1);
  if (first?.type !== 'TEXT') return;
  const where = `WHERE ${quoted(first.name)} BETWEEN ? AND ?`;
  for (const one of hexadecimal) {
    for (const two of hexadecimal) {
      const range = [one + two, `${one}${two}\u{10ffff}`];
      if (!save(where, range, order).complete) save(where, range, backwards);
    }
  }
}

function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_NOTADB';
}
