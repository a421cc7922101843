import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { DeletionRequest, RequestState } from '../contract/people.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Requests to have one's data deleted (UU 27/2022 Ps. 8): made by anybody, answered by an administrator. */
interface Row {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly reason: string;
  readonly state: RequestState;
  readonly made_at: string;
  readonly answered_at: string | null;
  readonly answer: string;
  readonly legal_basis: string;
}

const toRequest = (row: Row): DeletionRequest => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  reason: row.reason,
  state: row.state,
  madeAt: row.made_at,
  answeredAt: row.answered_at,
  answer: row.answer,
  legalBasis: row.legal_basis,
});

/** Open ones first, then newest first. @param accountId only this person's, or null for everybody's. */
export function listRequests(db: ReadDb, accountId: string | null): DeletionRequest[] {
  const of = accountId === null ? sql`1` : sql`data_request.account_id = ${accountId}`;
  return db
    .all<Row>(
      sql`SELECT data_request.*, account.name FROM data_request JOIN account ON account.id = data_request.account_id
        WHERE ${of} ORDER BY data_request.state = 'open' DESC, data_request.made_at DESC, data_request.id`,
    )
    .map(toRequest);
}

/** @throws AppError REQUEST_OPEN while an earlier one waits for its answer. */
export function makeRequest(db: WriteDb, accountId: string, reason: string, at: Date): string {
  if (db.get(sql`SELECT 1 FROM data_request WHERE account_id = ${accountId} AND state = 'open'`))
    throw new AppError('REQUEST_OPEN');
  const id = randomUUID();
  db.run(sql`INSERT INTO data_request (id, account_id, reason, state, made_at, answer, legal_basis)
    VALUES (${id}, ${accountId}, ${reason}, 'open', ${at.toISOString()}, '', '')`);
  return id;
}

/** @throws AppError NOT_FOUND, also when it is somebody else's; REQUEST_CLOSED. */
export function withdrawRequest(db: WriteDb, accountId: string, id: string, at: Date): void {
  if (openRequest(db, id).accountId !== accountId) throw new AppError('NOT_FOUND');
  db.run(
    sql`UPDATE data_request SET state = 'withdrawn', answered_at = ${at.toISOString()} WHERE id = ${id}`,
  );
}

export interface Answer {
  readonly decision: 'granted' | 'refused';
  readonly answer: string;
  readonly legalBasis: string;
}

/**
 * @returns whose request it was.
 * @throws AppError ANSWER_INCOMPLETE when a refusal names no reason or no legal basis; NOT_FOUND, REQUEST_CLOSED.
 */
export function answerRequest(db: WriteDb, id: string, given: Answer, by: string, at: Date): string {
  const answer = given.answer.trim();
  const legalBasis = given.legalBasis.trim();
  const { accountId } = openRequest(db, id);
  if (given.decision === 'refused' && (answer === '' || legalBasis === ''))
    throw new AppError('ANSWER_INCOMPLETE');
  db.run(sql`UPDATE data_request SET state = ${given.decision}, answer = ${answer}, legal_basis = ${legalBasis},
    answered_at = ${at.toISOString()}, answered_by = ${by} WHERE id = ${id}`);
  return accountId;
}

function openRequest(db: ReadDb, id: string): { readonly accountId: string } {
  const row = db.get<{ account_id: string; state: RequestState }>(
    sql`SELECT account_id, state FROM data_request WHERE id = ${id}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  if (row.state !== 'open') throw new AppError('REQUEST_CLOSED');
  return { accountId: row.account_id };
}
