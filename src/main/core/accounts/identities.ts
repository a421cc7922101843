import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Identity, IdentityOrigin } from '../contract/people.ts';
import { parseCertificate, type Certificate } from '../pki/index.ts';
import {
  openSealedFor,
  seal,
  sealFor,
  sql,
  unseal,
  type AccountKey,
  type ReadDb,
  type WriteDb,
} from '../vault/index.ts';

/** A certificate, and where its private key is. A key kept here is sealed under its owner's signing secret. */
export interface StoredIdentity {
  readonly id: string;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly key: KeyPlace;
}

export type KeyPlace =
  | { readonly at: 'vault' }
  | { readonly at: 'token'; readonly driver: string; readonly serial: string; readonly label: string }
  | {
      readonly at: 'gateway';
      readonly host: string;
      /** SHA-256 (hex) of the server's authorities as set when it was added, or `system`; older ones have none. */
      readonly authorities?: string;
    };

type KeyElsewhere = Exclude<KeyPlace, { at: 'vault' }>;

/** Since when a certificate has been called back, or null. */
type RevokedSince = (certificate: Certificate) => string | null;

interface Row {
  readonly id: string;
  readonly certificate: Uint8Array;
  readonly chain: string;
  readonly origin: IdentityOrigin;
  readonly place: string | null;
}

/** Of somebody whom the office's own authority certified there is a request with the same id. */
const columns = sql`identity.id, identity.certificate, identity.chain, identity.place,
  CASE WHEN asked.id IS NULL THEN identity.origin ELSE 'office' END AS origin
  FROM identity LEFT JOIN certificate_request AS asked ON asked.id = identity.id`;

const placeOf = ({ origin, place }: Pick<Row, 'origin' | 'place'>): KeyPlace =>
  place === null ? { at: 'vault' } : ({ ...(JSON.parse(place) as object), at: origin } as KeyElsewhere);

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
  const chain = chainText(material.chain);
  db.run(sql`INSERT INTO identity (id, account_id, certificate, chain, sealed_private_key, origin, created_at)
    VALUES (${id}, ${accountId}, ${material.certificate}, ${chain}, ${sealed}, ${origin}, ${at.toISOString()})`);
  return id;
}

const chainText = (chain: readonly Uint8Array[]): string =>
  JSON.stringify(chain.map((der) => Buffer.from(der).toString('base64')));

const signerPurpose = (accountId: string, identityId: string): string =>
  `eletter-gateway-signer|${accountId}|${identityId}`;

/**
 * An identity whose key lies elsewhere: only its certificate is kept.
 * @param known the same certificate as it was kept before; it stays, with its place renewed.
 */
export function storeIdentityElsewhere(
  db: WriteDb,
  accountId: string,
  material: { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[] },
  key: KeyElsewhere,
  /** For a gateway: by which name it knows the person (NIK), and to whose account key that is sealed. */
  signer: { readonly name: string; readonly publicKey: Uint8Array } | null,
  known: string | null,
  at: Date,
): string {
  const id = known ?? randomUUID();
  const { at: origin, ...place } = key;
  const sealed = signer && sealFor(signer.publicKey, Buffer.from(signer.name), signerPurpose(accountId, id));
  db.run(sql`INSERT INTO identity (id, account_id, certificate, chain, origin, created_at, place, sealed_signer)
    VALUES (${id}, ${accountId}, ${material.certificate}, ${chainText(material.chain)}, ${origin}, ${at.toISOString()},
      ${JSON.stringify(place)}, ${sealed})
    ON CONFLICT (id) DO UPDATE SET place = excluded.place, sealed_signer = excluded.sealed_signer`);
  return id;
}

/**
 * By which name the gateway knows the person.
 * @throws AppError NOT_FOUND; KEY_NOT_RESTORED when it is sealed to the key of before a reset passphrase.
 */
export function gatewaySigner(db: ReadDb, accountId: string, id: string, accountKey: AccountKey): string {
  const row = db.get<{ sealed_signer: Uint8Array | null }>(
    sql`SELECT sealed_signer FROM identity WHERE id = ${id} AND account_id = ${accountId}`,
  );
  if (!row?.sealed_signer) throw new AppError('NOT_FOUND');
  try {
    return openSealedFor(accountKey, row.sealed_signer, signerPurpose(accountId, id)).toString();
  } catch (error) {
    throw new AppError('KEY_NOT_RESTORED', undefined, error);
  }
}

interface ReadRow extends Row {
  readonly parsed: Certificate;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

function rows(db: ReadDb, accountId: string): ReadRow[] {
  return db
    .all<Row>(
      sql`SELECT ${columns} WHERE identity.account_id = ${accountId} ORDER BY identity.created_at DESC, identity.id`,
    )
    .map((row) => {
      const parsed = parseCertificate(row.certificate);
      return { ...row, parsed, notBefore: parsed.notBefore, notAfter: parsed.notAfter };
    });
}

/**
 * The newest certificate that is valid at `at` and not revoked (PRODUCT must-have 16), or null.
 * @param here only among those whose key is kept here.
 */
export function currentIdentityId(
  db: ReadDb,
  accountId: string,
  at: Date,
  revokedSince: RevokedSince,
  here = false,
): string | null {
  const valid = rows(db, accountId).filter(
    (row) =>
      row.notBefore <= at &&
      at <= row.notAfter &&
      revokedSince(row.parsed) === null &&
      !(here && row.place !== null),
  );
  const isTest = (row: Row): number => (row.origin === 'test' ? 1 : 0);
  // One for trying out comes after whatever is real.
  valid.sort((a, b) => isTest(a) - isTest(b) || b.notBefore.getTime() - a.notBefore.getTime());
  return valid[0]?.id ?? null;
}

/** @param isCertified does its chain end at a PSrE's root? */
export function listIdentities(
  db: ReadDb,
  accountId: string,
  at: Date,
  isCertified: (identity: StoredIdentity) => boolean,
  revokedSince: RevokedSince,
): Identity[] {
  const current = currentIdentityId(db, accountId, at, revokedSince);
  return rows(db, accountId).map((row) => {
    const certificate = row.parsed;
    return {
      id: row.id,
      subject: certificate.subject,
      issuer: certificate.issuer,
      fingerprint: certificate.fingerprint,
      notBefore: row.notBefore.toISOString(),
      notAfter: row.notAfter.toISOString(),
      algorithm: certificate.key.title,
      origin: row.origin,
      place: placeName(placeOf(row)),
      certified: isCertified(stored(row)),
      current: row.id === current,
      expired: row.notAfter < at,
      revokedAt: revokedSince(certificate),
    };
  });
}

const placeName = (key: KeyPlace): string =>
  key.at === 'token' ? key.label || key.serial : key.at === 'gateway' ? key.host : '';

const stored = (row: Row): StoredIdentity => ({
  id: row.id,
  certificate: row.certificate,
  chain: (JSON.parse(row.chain) as string[]).map((one) => Buffer.from(one, 'base64')),
  key: placeOf(row),
});

/** @throws AppError NOT_FOUND when it is not this account's. */
export function readIdentity(db: ReadDb, accountId: string, id: string): StoredIdentity {
  const row = db.get<Row>(
    sql`SELECT ${columns} WHERE identity.id = ${id} AND identity.account_id = ${accountId}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  return stored(row);
}

/** PKCS#8 DER of the private key; wipe it after use. @throws AppError NOT_FOUND, SIGNING_PASSPHRASE_WRONG. */
export function unsealPrivateKey(
  db: ReadDb,
  accountId: string,
  id: string,
  signingSecret: Uint8Array,
): Buffer {
  const row = db.get<{ sealed_private_key: Uint8Array | null }>(
    sql`SELECT sealed_private_key FROM identity WHERE id = ${id} AND account_id = ${accountId}`,
  );
  if (!row?.sealed_private_key) throw new AppError('NOT_FOUND');
  try {
    return unseal(signingSecret, row.sealed_private_key, purpose(accountId, id));
  } catch (error) {
    throw new AppError('SIGNING_PASSPHRASE_WRONG', undefined, error);
  }
}
