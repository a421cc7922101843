import {
  keptPublicKey,
  openSigningSecret,
  readPerson,
  replaceSigningSecret,
  resealSigningSecret,
  restoreKeptKey,
} from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Session } from '../contract/people.ts';
import { unlockVaultByRecovery, type AccountKey, type Vault } from '../vault/index.ts';
import * as attempts from './attempts.ts';
import { forgetKeys, openSessionOn, requireSame, type Context } from './context.ts';
import { withSigningSecret } from './identities.ts';
import { seal } from './locking.ts';
import { begin, minimumLength, requireLength } from './start.ts';

/**
 * Changing passphrases and the recovery key, and coming back with the recovery key. None of it touches a private
 * key: those stay sealed under the signing secret, which only the signing passphrase opens.
 */
export async function requireAccountPassphrase(context: Context, passphrase: string): Promise<void> {
  const { vault, accountId } = context.session();
  attempts.requireTurn(context, accountId, 'account');
  if (await opensAccount(vault, accountId, passphrase)) return attempts.succeeded(context, accountId);
  attempts.failed(context, accountId, 'account');
  throw new AppError('PASSPHRASE_WRONG');
}

async function opensAccount(vault: Vault, accountId: string, passphrase: string): Promise<boolean> {
  const key = await vault.openAccount(accountId, passphrase);
  key?.privateKey.fill(0);
  return key !== null;
}

/**
 * Whether a new account passphrase is the signing passphrase. The answer is worth as much as trying to sign, so it
 * slows down and is recorded in the same way.
 */
async function opensSigning(
  context: Context,
  vault: Vault,
  accountId: string,
  passphrase: string,
): Promise<boolean> {
  attempts.requireTurn(context, accountId, 'signing');
  try {
    (await openSigningSecret(vault.read, accountId, passphrase)).fill(0);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SIGNING_PASSPHRASE_WRONG') throw error;
    attempts.failed(context, accountId, 'signing', false);
    return false;
  }
}

export async function changeAccount(
  context: Context,
  input: Input<'account.changePassphrase'>,
): Promise<null> {
  await requireAccountPassphrase(context, input.current);
  requireLength(input.next, minimumLength.account);
  const { vault, accountId, accountKey } = context.session();
  // Neither passphrase is known to us; whether they are equal shows by trying.
  if (await opensSigning(context, vault, accountId, input.next)) throw new AppError('PASSPHRASES_EQUAL');
  await vault.changeAccountPassphrase(accountId, accountKey, input.next);
  context.act(
    { action: 'account.passphrase-changed', entity: 'account', entityId: accountId },
    () => undefined,
  );
  return null;
}

export async function changeSigning(
  context: Context,
  input: Input<'account.changeSigningPassphrase'>,
): Promise<null> {
  const { vault, accountId } = context.session();
  requireLength(input.next, minimumLength.signing);
  return withSigningSecret(context, input.current, async (secret) => {
    if (await opensAccount(vault, accountId, input.next)) throw new AppError('PASSPHRASES_EQUAL');
    const sealed = await resealSigningSecret(accountId, secret, input.next, context.ports.kdfCost);
    context.act(
      { action: 'account.signing-passphrase-changed', entity: 'account', entityId: accountId },
      (db, now) => replaceSigningSecret(db, accountId, sealed, now),
    );
    return null;
  });
}

/**
 * After an administrator reset the account passphrase: the signing passphrase opens the kept copy of the old account
 * key, which goes back into the slot. Sealed letters are then as they were.
 */
export async function restoreKey(context: Context, input: Input<'account.restoreKey'>): Promise<Session> {
  const before = context.session();
  const { vault, accountId, accountKey } = before;
  const kept = keptPublicKey(vault.read, accountId);
  if (!kept || kept.equals(accountKey.publicKey)) throw new AppError('NOTHING_TO_RESTORE');
  requireLength(input.nextPassphrase, minimumLength.account);
  await requireAccountPassphrase(context, input.accountPassphrase);
  const same = (one: string, other: string): boolean => one.normalize('NFKC') === other.normalize('NFKC');
  // Whoever reset the passphrase knows it: the key must not come back under it.
  if (same(input.nextPassphrase, input.accountPassphrase)) throw new AppError('PASSPHRASE_NOT_NEW');
  if (same(input.nextPassphrase, input.signingPassphrase)) throw new AppError('PASSPHRASES_EQUAL');
  const key = await withSigningSecret(context, input.signingPassphrase, async (secret) => {
    try {
      return restoreKeptKey(vault.read, accountId, secret);
    } catch (error) {
      throw new AppError('KEY_NOT_RESTORED', undefined, error);
    }
  });
  if (!key) throw new AppError('NOTHING_TO_RESTORE');
  if (!key.publicKey.equals(kept)) throw new AppError('KEY_NOT_RESTORED');
  await vault.restoreAccountKey(accountId, key, input.nextPassphrase);
  requireSame(context, before);
  context.openSession = openSessionOn(vault, accountId, key);
  forgetKeys(before);
  context.act({ action: 'account.key-restored', entity: 'account', entityId: accountId }, () => undefined);
  return context.describeSession();
}

export async function newRecoveryKey(
  context: Context,
  input: Input<'vault.newRecoveryKey'>,
): Promise<{ recoveryKey: string }> {
  await requireAccountPassphrase(context, input.accountPassphrase);
  const { vault } = context.session();
  const recoveryKey = await vault.changeRecoveryKey();
  try {
    context.act(
      { action: 'vault.recovery-key-changed', entity: 'vault', entityId: vault.id },
      () => undefined,
    );
  } catch (error) {
    // The old key opens nothing any more: the new one must reach its owner whatever else fails.
    context.ports.logger.error('audit not written', { act: 'vault.recovery-key-changed' }, error);
  }
  return { recoveryKey };
}

/**
 * For an administrator who lost the account passphrase. Other people are let in again by the administrator. The slot
 * gets a new key pair: letters sealed to the old one open again with the signing passphrase (`restoreKey`).
 */
export async function recover(context: Context, input: Input<'vault.recover'>): Promise<Session> {
  requireLength(input.accountPassphrase, minimumLength.account);
  seal(context);
  attempts.requireTurn(context, input.accountId, 'recovery');
  const vault = await unlockVaultByRecovery(context.vaultOptions, input.recoveryKey).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'RECOVERY_KEY_WRONG')
        attempts.failed(context, input.accountId, 'recovery');
      throw error;
    },
  );
  let accountKey: AccountKey | null;
  try {
    const person = readPerson(vault.read, input.accountId, context.today);
    if (!person.roles.includes('administrator') || !person.activated || person.revoked)
      throw new AppError('NOT_ALLOWED');
    if (await opensSigning(context, vault, input.accountId, input.accountPassphrase))
      throw new AppError('PASSPHRASES_EQUAL');
    await vault.resetAccount(input.accountId, input.accountPassphrase);
    accountKey = await vault.openAccount(input.accountId, input.accountPassphrase);
    if (!accountKey) throw new AppError('INTERNAL');
  } catch (error) {
    vault.close();
    throw error;
  }
  return begin(context, vault, input.accountId, accountKey, 'vault.recovered');
}

/** A new data key for the whole vault; needs nobody else's passphrase. */
export async function rekey(context: Context, input: Input<'vault.rekey'>): Promise<null> {
  await requireAccountPassphrase(context, input.accountPassphrase);
  const { vault } = context.session();
  await vault.rekey();
  context.act({ action: 'vault.rekeyed', entity: 'vault', entityId: vault.id }, () => undefined);
  return null;
}
