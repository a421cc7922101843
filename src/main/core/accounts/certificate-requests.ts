import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { CertificateRequestState, OwnRequest } from '../contract/authority.ts';
import { sealIdentityKey } from './identities.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/**
 * A person asks the office's own authority for a certificate. The key is made here and is sealed at once under the
 * person's signing secret; only the request leaves the person.
 */
export interface OpenRequest {
  readonly id: string;
  readonly accountId: string;
  /** PKCS #10, DER. */
  readonly request: Uint8Array;
  readonly madeAt: string;
}

/** @returns its id. @throws AppError CSR_OPEN */
export function storeRequest(
  db: WriteDb,
  accountId: string,
  material: { readonly privateKey: Uint8Array; readonly request: Uint8Array },
  signingSecret: Uint8Array,
  at: Date,
): string {
  if (ownRequests(db, accountId).some(({ state }) => state === 'open')) throw new AppError('CSR_OPEN');
  const id = randomUUID();
  const sealed = sealIdentityKey(signingSecret, material.privateKey, accountId, id);
  db.run(sql`INSERT INTO certificate_request (id, account_id, state, request, sealed_private_key, made_at)
    VALUES (${id}, ${accountId}, 'open', ${material.request}, ${sealed}, ${at.toISOString()})`);
  return id;
}

/** Oldest first: who waited longest comes first. */
export function openRequests(db: ReadDb): OpenRequest[] {
  return db
    .all<{ id: string; account_id: string; request: Uint8Array; made_at: string }>(
      sql`SELECT id, account_id, request, made_at FROM certificate_request WHERE state = 'open' ORDER BY made_at, id`,
    )
    .map((row) => ({ id: row.id, accountId: row.account_id, request: row.request, madeAt: row.made_at }));
}

/** @throws AppError NOT_FOUND when it was answered or withdrawn meanwhile. */
export function readOpenRequest(db: ReadDb, id: string): OpenRequest {
  const found = openRequests(db).find((one) => one.id === id);
  if (!found) throw new AppError('NOT_FOUND');
  return found;
}

/** Newest first. */
export function ownRequests(db: ReadDb, accountId: string): OwnRequest[] {
  return db
    .all<{
      id: string;
      state: CertificateRequestState;
      answer: string;
      made_at: string;
      answered_at: string | null;
    }>(
      sql`SELECT id, state, answer, made_at, answered_at FROM certificate_request
        WHERE account_id = ${accountId} ORDER BY made_at DESC, id`,
    )
    .map((row) => ({
      id: row.id,
      state: row.state,
      answer: row.answer,
      madeAt: row.made_at,
      answeredAt: row.answered_at,
    }));
}

/** The certificate becomes an identity of the person, with the key that was waiting for it. */
export function fulfilRequest(
  db: WriteDb,
  asked: OpenRequest,
  chain: readonly Uint8Array[],
  serial: string,
  at: Date,
): void {
  const [certificate, ...issuers] = chain;
  const above = JSON.stringify(issuers.map((der) => Buffer.from(der).toString('base64')));
  // The table's own word for where an identity is from knows only files and tests; that a request has the same id
  // says that it came from the authority.
  db.run(sql`INSERT INTO identity (id, account_id, certificate, chain, sealed_private_key, origin, created_at)
    SELECT id, account_id, ${certificate ?? null}, ${above}, sealed_private_key, 'p12', ${at.toISOString()}
    FROM certificate_request WHERE id = ${asked.id}`);
  db.run(sql`UPDATE certificate_request SET state = 'issued', serial = ${serial}, sealed_private_key = NULL,
    answered_at = ${at.toISOString()} WHERE id = ${asked.id}`);
}

/** The key that waited goes with it. */
export function closeRequest(
  db: WriteDb,
  id: string,
  state: 'refused' | 'withdrawn',
  answer: string,
  at: Date,
): void {
  db.run(sql`UPDATE certificate_request SET state = ${state}, answer = ${answer}, sealed_private_key = NULL,
    answered_at = ${at.toISOString()} WHERE id = ${id} AND state = 'open'`);
}

/** Whose certificate carries this serial number, of those issued to people of the vault. */
export function holders(db: ReadDb): ReadonlyMap<string, string> {
  const rows = db.all<{ serial: string; account_id: string }>(
    sql`SELECT serial, account_id FROM certificate_request WHERE serial IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.serial, row.account_id]));
}
