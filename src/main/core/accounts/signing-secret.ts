import { randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import {
  openSealedKey,
  sealWithPassphrase,
  sql,
  type KdfCost,
  type ReadDb,
  type SealedKey,
  type WriteDb,
} from '../vault/index.ts';

/**
 * Sole control (PP 71/2019 Ps. 59(3)): a person's private keys are sealed under a random key that only their own
 * signing passphrase opens. Neither the vault's data key nor the recovery key nor an administrator derives it.
 */
const purpose = (accountId: string): string => `eletter-signing|${accountId}`;

/** A new secret, and how it is kept; wipe the secret after use. */
export async function newSigningSecret(
  accountId: string,
  passphrase: string,
  cost: KdfCost,
): Promise<{ secret: Buffer; sealed: SealedKey }> {
  const secret = randomBytes(32);
  return { secret, sealed: await sealWithPassphrase(passphrase, secret, purpose(accountId), cost) };
}

export function storeSigningSecret(db: WriteDb, accountId: string, sealed: SealedKey, at: Date): void {
  db.run(sql`INSERT INTO signing_secret (account_id, sealed_key, changed_at)
    VALUES (${accountId}, ${JSON.stringify(sealed)}, ${at.toISOString()})`);
}

/** The key that seals this person's private keys; wipe it after use. @throws AppError SIGNING_PASSPHRASE_WRONG. */
export async function openSigningSecret(db: ReadDb, accountId: string, passphrase: string): Promise<Buffer> {
  const row = db.get<{ sealed_key: string }>(
    sql`SELECT sealed_key FROM signing_secret WHERE account_id = ${accountId}`,
  );
  if (!row) throw new AppError('ACTIVATION_NEEDED');
  const key = await openSealedKey(passphrase, JSON.parse(row.sealed_key) as SealedKey, purpose(accountId));
  if (!key) throw new AppError('SIGNING_PASSPHRASE_WRONG');
  return key;
}

/** The same secret under a new passphrase: the private keys sealed under it stay as they are. */
export async function resealSigningSecret(
  accountId: string,
  secret: Uint8Array,
  passphrase: string,
  cost: KdfCost,
): Promise<SealedKey> {
  return sealWithPassphrase(passphrase, secret, purpose(accountId), cost);
}

export function replaceSigningSecret(db: WriteDb, accountId: string, sealed: SealedKey, at: Date): void {
  db.run(sql`UPDATE signing_secret SET sealed_key = ${JSON.stringify(sealed)}, changed_at = ${at.toISOString()}
    WHERE account_id = ${accountId}`);
}
