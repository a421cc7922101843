import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Deputy, NewDeputy } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { within } from './dates.ts';

/** Deputies: who stands in for whom, from one plain date to another. */
interface Row {
  readonly id: string;
  readonly principal_id: string;
  readonly deputy_id: string;
  readonly from_date: string;
  readonly until_date: string;
  readonly ended_at: string | null;
  readonly principal: string;
  readonly deputy: string;
}

/** Newest first; those ended early are left out. */
export function listDeputies(db: ReadDb, day: string): Deputy[] {
  return db
    .all<Row>(
      sql`SELECT deputy.*, principal.name AS principal, stand_in.name AS deputy FROM deputy
        JOIN account AS principal ON principal.id = deputy.principal_id
        JOIN account AS stand_in ON stand_in.id = deputy.deputy_id
        WHERE deputy.ended_at IS NULL ORDER BY deputy.from_date DESC, deputy.id`,
    )
    .map((row) => ({
      id: row.id,
      principalId: row.principal_id,
      deputyId: row.deputy_id,
      from: row.from_date,
      until: row.until_date,
      principalName: row.principal,
      deputyName: row.deputy,
      valid: within({ from: row.from_date, until: row.until_date }, day),
    }));
}

/** Accounts for whom this one stands in on a day. */
export function principalsOf(db: ReadDb, accountId: string, day: string): { id: string; name: string }[] {
  return db.all<{ id: string; name: string }>(
    sql`SELECT DISTINCT account.id, account.name FROM deputy JOIN account ON account.id = deputy.principal_id
      WHERE deputy.deputy_id = ${accountId} AND deputy.ended_at IS NULL AND deputy.from_date <= ${day}
        AND deputy.until_date >= ${day} ORDER BY account.name, account.id`,
  );
}

/** Accounts that stand in for this one on a day. */
export function deputiesOf(db: ReadDb, accountId: string, day: string): string[] {
  return db
    .all<{ deputy_id: string }>(
      sql`SELECT DISTINCT deputy_id FROM deputy WHERE principal_id = ${accountId} AND ended_at IS NULL
        AND from_date <= ${day} AND until_date >= ${day}`,
    )
    .map((row) => row.deputy_id);
}

/** @throws AppError DEPUTY_INVALID: the same person, somebody who cannot sign in, or a period that ends first. */
export function addDeputy(db: WriteDb, deputy: NewDeputy): string {
  const able = db.get(
    sql`SELECT 1 FROM account WHERE id = ${deputy.deputyId} AND activated_at IS NOT NULL AND revoked_at IS NULL`,
  );
  const known = db.get(sql`SELECT 1 FROM account WHERE id = ${deputy.principalId}`);
  if (!able || !known || deputy.deputyId === deputy.principalId || deputy.until < deputy.from)
    throw new AppError('DEPUTY_INVALID');
  const id = randomUUID();
  db.run(sql`INSERT INTO deputy (id, principal_id, deputy_id, from_date, until_date)
    VALUES (${id}, ${deputy.principalId}, ${deputy.deputyId}, ${deputy.from}, ${deputy.until})`);
  return id;
}

/** Ends it now, before its last day. @throws AppError NOT_FOUND. */
export function endDeputy(db: WriteDb, id: string, at: Date): void {
  const ended = db.run(
    sql`UPDATE deputy SET ended_at = ${at.toISOString()} WHERE id = ${id} AND ended_at IS NULL`,
  );
  if (ended === 0) throw new AppError('NOT_FOUND');
}
