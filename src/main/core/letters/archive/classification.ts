import type { ClassificationCode, Fate } from '../../contract/archive.ts';
import { AppError } from '../../contract/errors.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { recordChange } from '../changes.ts';
import { datesOf } from './retention.ts';

/** The tree of codes. Until an office imports its own, the one that came with the application is in force. */
interface Row {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly active_years: number | null;
  readonly inactive_years: number | null;
  readonly fate: Fate | null;
}

export function retentionOf(
  row: Pick<Row, 'active_years' | 'inactive_years' | 'fate'>,
): ClassificationCode['retention'] {
  const { active_years: active, inactive_years: inactive, fate } = row;
  return active === null || inactive === null || fate === null ? null : { active, inactive, fate };
}

/** In the order of the numbers between the dots: 000.2 before 000.10. */
export function byCode(one: { readonly code: string }, other: { readonly code: string }): number {
  return one.code.localeCompare(other.code, 'en', { numeric: true });
}

export function readTree(
  db: ReadDb,
  shipped: readonly ClassificationCode[],
): { readonly codes: readonly ClassificationCode[]; readonly shipped: boolean } {
  const rows = db.all<Row>(
    sql`SELECT code, name, parent, active_years, inactive_years, fate FROM classification`,
  );
  if (rows.length === 0) return { codes: shipped, shipped: true };
  const codes = rows
    .map((row) => ({ code: row.code, name: row.name, parent: row.parent, retention: retentionOf(row) }))
    .toSorted(byCode);
  return { codes, shipped: isShipped(codes, shipped) };
}

/** Written down unchanged, because a file needed a code of it. */
const isShipped = (codes: readonly ClassificationCode[], shipped: readonly ClassificationCode[]): boolean =>
  codes.length === shipped.length && JSON.stringify(codes) === JSON.stringify([...shipped].toSorted(byCode));

/** The codes that files point to have to be rows. */
export function ensureTree(db: WriteDb, shipped: readonly ClassificationCode[]): void {
  if (db.get(sql`SELECT 1 FROM classification LIMIT 1`) !== undefined) return;
  for (const one of shipped) putCode(db, one);
}

function putCode(db: WriteDb, one: ClassificationCode): void {
  const { active = null, inactive = null, fate = null } = one.retention ?? {};
  db.run(sql`INSERT INTO classification (code, name, parent, active_years, inactive_years, fate)
    VALUES (${one.code}, ${one.name}, ${one.parent}, ${active}, ${inactive}, ${fate})
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent,
      active_years = excluded.active_years, inactive_years = excluded.inactive_years, fate = excluded.fate`);
}

/** Codes that files lie under: they are never dropped. */
export const codesInUse = (db: ReadDb): ReadonlySet<string> =>
  new Set(db.all<{ code: string }>(sql`SELECT DISTINCT code FROM archive_file`).map((row) => row.code));

/** What an import decided, in the caller's transaction. The periods of closed files follow their codes. */
export function writeTree(
  db: WriteDb,
  codes: readonly ClassificationCode[],
  dropped: readonly string[],
  at: Date,
): void {
  for (const code of dropped) db.run(sql`DELETE FROM classification WHERE code = ${code}`);
  for (const one of codes) putCode(db, one);
  const files = db.all<{ id: string; code: string; closed_on: string }>(
    sql`SELECT id, code, closed_on FROM archive_file WHERE state = 'closed'`,
  );
  const retention = new Map(codes.map((one) => [one.code, one.retention]));
  for (const file of files) {
    const { inactiveFrom, dueFrom } = datesOf(file.closed_on, retention.get(file.code) ?? null);
    db.run(
      sql`UPDATE archive_file SET inactive_from = ${inactiveFrom}, due_from = ${dueFrom} WHERE id = ${file.id}`,
    );
  }
  recordChange(db, 'archive', 'tree', at);
}

/** @throws AppError CLASSIFICATION_UNKNOWN {code}. */
export function readCode(db: ReadDb, code: string): ClassificationCode {
  const row = db.get<Row>(
    sql`SELECT code, name, parent, active_years, inactive_years, fate FROM classification WHERE code = ${code}`,
  );
  if (!row) throw new AppError('CLASSIFICATION_UNKNOWN', { code });
  return { code: row.code, name: row.name, parent: row.parent, retention: retentionOf(row) };
}
