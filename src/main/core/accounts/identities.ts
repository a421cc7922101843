import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Identity } from '../contract/people.ts';
import { parseCertificate } from '../pki/index.ts';
import { seal, sql, unseal, type ReadDb, type WriteDb } from '../vault/index.ts';

/** A certificate with its private key, as it is kept: the key only sealed under its owner's signing secret. */
export interface StoredIdentity {
  readonly id: string;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** Since when the office's own authority has called it back, or null. */
  readonly revokedAt: string | null;
}

interface Row {
  readonly id: string;
  readonly certificate: Uint8Array;
  readonly chain: string;
  readonly origin: 'p12' | 'test' | 'office';
  readonly revoked_at: string | null;
}

/** Of somebody whom the office's own authority certified there is a request with the same id. */
const columns = sql`identity.id, identity.certificate, identity.chain,
  CASE WHEN asked.id IS NULL THEN identity.origin ELSE 'office' END AS origin, asked.revoked_at
  FROM identity LEFT JOIN certificate_request AS asked ON asked.id = identity.id`;

/** Binds a sealed key to its owner and its certificate, so that rows cannot be exchanged. */
const purpose = (accountId: string, identityId: string): string =>
  `eletter-identity|${accountId}|${identityId}`;

/** How a private key (PKCS #8 DER) is kept, also while it waits for its certificate. */
export const sealIdentityKey = (
  signingSecret: Uint8Array,
  privateKey: Uint8Array,
  accountId: string,
  identityId: string,
): Buffer => seal(signingSecret, privateKey, purpose(accountId, identityId));

export function storeIdentity(
  db: WriteDb,
  accountId: string,
  material: {
    readonly privateKey: Uint8Array;
    readonly certificate: Uint8Array;
    readonly chain: readonly Uint8Array[];
  },
  signingSecret: Uint8Array,
  origin: 'p12' | 'test',
  at: Date,
): string {
  const id = randomUUID();
  const sealed = sealIdentityKey(signingSecret, material.privateKey, accountId, id);
  const chain = JSON.stringify(material.chain.map((der) => Buffer.from(der).toString('base64')));
  db.run(sql`INSERT INTO identity (id, account_id, certificate, chain, sealed_private_key, origin, created_at)
    VALUES (${id}, ${accountId}, ${material.certificate}, ${chain}, ${sealed}, ${origin}, ${at.toISOString()})`);
  return id;
}

function rows(db: ReadDb, accountId: string): (Row & { notBefore: Date; notAfter: Date })[] {
  return db
    .all<Row>(
      sql`SELECT ${columns} WHERE identity.account_id = ${accountId} ORDER BY identity.created_at DESC, identity.id`,
    )
    .map((row) => {
      const { notBefore, notAfter } = parseCertificate(row.certificate);
      return { ...row, notBefore, notAfter };
    });
}

/** The newest certificate that is valid at `at` and not revoked (PRODUCT must-have 16), or null. */
export function currentIdentityId(db: ReadDb, accountId: string, at: Date): string | null {
  const valid = rows(db, accountId).filter(
    (row) => row.notBefore <= at && at <= row.notAfter && row.revoked_at === null,
  );
  valid.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime());
  return valid[0]?.id ?? null;
}

/** Whether they are certified is for whoever knows the trust list. */
export function listIdentities(db: ReadDb, accountId: string, at: Date): Omit<Identity, 'certified'>[] {
  const current = currentIdentityId(db, accountId, at);
  return rows(db, accountId).map((row) => {
    const certificate = parseCertificate(row.certificate);
    return {
      id: row.id,
      subject: certificate.subject,
      issuer: certificate.issuer,
      fingerprint: certificate.fingerprint,
      notBefore: row.notBefore.toISOString(),
      notAfter: row.notAfter.toISOString(),
      algorithm: certificate.key.title,
      origin: row.origin,
      current: row.id === current,
      expired: row.notAfter < at,
      revokedAt: row.revoked_at,
    };
  });
}

/** @throws AppError NOT_FOUND when it is not this account's. */
export function readIdentity(db: ReadDb, accountId: string, id: string): StoredIdentity {
  const row = db.get<Row>(
    sql`SELECT ${columns} WHERE identity.id = ${id} AND identity.account_id = ${accountId}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  const chain = (JSON.parse(row.chain) as string[]).map((one) => Buffer.from(one, 'base64'));
  return { id: row.id, certificate: row.certificate, chain, revokedAt: row.revoked_at };
}

/** PKCS#8 DER of the private key; wipe it after use. @throws AppError NOT_FOUND, SIGNING_PASSPHRASE_WRONG. */
export function unsealPrivateKey(
  db: ReadDb,
  accountId: string,
  id: string,
  signingSecret: Uint8Array,
): Buffer {
  const row = db.get<{ sealed_private_key: Uint8Array }>(
    sql`SELECT sealed_private_key FROM identity WHERE id = ${id} AND account_id = ${accountId}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  try {
    return unseal(signingSecret, row.sealed_private_key, purpose(accountId, id));
  } catch (error) {
    throw new AppError('SIGNING_PASSPHRASE_WRONG', undefined, error);
  }
}
