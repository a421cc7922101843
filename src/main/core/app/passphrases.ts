import {
  openSigningSecret,
  readPerson,
  replaceSigningSecret,
  resealSigningSecret,
} from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Session } from '../contract/people.ts';
import { unlockVaultByRecovery, type Vault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { lock } from './locking.ts';
import { begin, minimumLength, requireLength } from './start.ts';

/**
 * Changing passphrases and the recovery key, and coming back with the recovery key. None of it touches a private
 * key: those stay sealed under the signing secret, which only the signing passphrase opens.
 */
async function requireAccountPassphrase(context: Context, passphrase: string): Promise<void> {
  const { vault, accountId } = context.session();
  if (!(await vault.opensWith(accountId, passphrase))) throw new AppError('PASSPHRASE_WRONG');
}

async function opensSigning(vault: Vault, accountId: string, passphrase: string): Promise<boolean> {
  try {
    (await openSigningSecret(vault.read, accountId, passphrase)).fill(0);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'SIGNING_PASSPHRASE_WRONG') return false;
    throw error;
  }
}

export async function changeAccount(
  context: Context,
  input: Input<'account.changePassphrase'>,
): Promise<null> {
  await requireAccountPassphrase(context, input.current);
  requireLength(input.next, minimumLength.account);
  const { vault, accountId } = context.session();
  // Neither passphrase is known to us; whether they are equal shows by trying.
  if (await opensSigning(vault, accountId, input.next)) throw new AppError('PASSPHRASES_EQUAL');
  await vault.changeAccountPassphrase(accountId, input.next);
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
  if (await vault.opensWith(accountId, input.next)) throw new AppError('PASSPHRASES_EQUAL');
  const secret = await openSigningSecret(vault.read, accountId, input.current);
  try {
    const sealed = await resealSigningSecret(accountId, secret, input.next, context.ports.kdfCost);
    context.act(
      { action: 'account.signing-passphrase-changed', entity: 'account', entityId: accountId },
      (db, now) => replaceSigningSecret(db, accountId, sealed, now),
    );
  } finally {
    secret.fill(0);
  }
  return null;
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

/** For an administrator who lost the account passphrase. Other people are let in again by the administrator. */
export async function recover(context: Context, input: Input<'vault.recover'>): Promise<Session> {
  requireLength(input.accountPassphrase, minimumLength.account);
  lock(context);
  const vault = await unlockVaultByRecovery(context.vaultOptions, input.recoveryKey);
  try {
    const person = readPerson(vault.read, input.accountId);
    if (person.role !== 'administrator' || !person.activated) throw new AppError('NOT_ALLOWED');
    if (await opensSigning(vault, input.accountId, input.accountPassphrase))
      throw new AppError('PASSPHRASES_EQUAL');
    await vault.changeAccountPassphrase(input.accountId, input.accountPassphrase);
  } catch (error) {
    vault.close();
    throw error;
  }
  return begin(context, vault, input.accountId, 'vault.recovered');
}
