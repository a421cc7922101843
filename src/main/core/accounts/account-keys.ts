import {
  accountKeyFrom,
  seal,
  sql,
  unseal,
  type AccountKey,
  type ReadDb,
  type WriteDb,
} from '../vault/index.ts';

/**
 * The account's private key once more, sealed under the signing secret. The vault's slot holds it under the account
 * passphrase; when an administrator resets that passphrase, the signing passphrase brings the key back, and with it
 * every letter sealed to its owner.
 */
const purpose = (accountId: string): string => `eletter-account-key|${accountId}`;

export function keepAccountKey(
  db: WriteDb,
  accountId: string,
  key: AccountKey,
  signingSecret: Uint8Array,
  at: Date,
): void {
  const sealed = seal(signingSecret, key.privateKey, purpose(accountId));
  db.run(sql`INSERT INTO account_key (account_id, public_key, sealed_private_key, kept_at)
    VALUES (${accountId}, ${key.publicKey}, ${sealed}, ${at.toISOString()})
    ON CONFLICT (account_id) DO UPDATE SET public_key = excluded.public_key,
      sealed_private_key = excluded.sealed_private_key, kept_at = excluded.kept_at`);
}

/** The public key to which this account's letters are sealed; null before activation. */
export function keptPublicKey(db: ReadDb, accountId: string): Buffer | null {
  const row = db.get<{ public_key: Uint8Array }>(
    sql`SELECT public_key FROM account_key WHERE account_id = ${accountId}`,
  );
  return row ? Buffer.from(row.public_key) : null;
}

/** @throws Error when the secret is not the one it was kept under; null when none was kept. */
export function restoreKeptKey(db: ReadDb, accountId: string, signingSecret: Uint8Array): AccountKey | null {
  const row = db.get<{ sealed_private_key: Uint8Array }>(
    sql`SELECT sealed_private_key FROM account_key WHERE account_id = ${accountId}`,
  );
  return row ? accountKeyFrom(unseal(signingSecret, row.sealed_private_key, purpose(accountId))) : null;
}
