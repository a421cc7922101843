import { randomUUID } from 'node:crypto';
import {
  activatePerson,
  insertPerson,
  keepAccountKey,
  newSigningSecret,
  readPerson,
  storeSigningSecret,
} from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { AppStatus, Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { PolicyDocument, Session } from '../contract/people.ts';
import { recordAcknowledgement } from '../privacy/index.ts';
import {
  abandonCreation,
  commitCreation,
  createVault,
  newAccountKey,
  readHeader,
  sql,
  storageFault,
  unlockVault,
  type AccountKey,
  type Vault,
} from '../vault/index.ts';
import { announceAtUnlock, noteInterrupted } from './announcing.ts';
import * as attempts from './attempts.ts';
import { backUpInBackground, backUpLater, checkLater } from './backups.ts';
import { forgetKeys, openSessionOn, requireSame, type Context } from './context.ts';
import { shadowOffices } from './known-offices.ts';
import { endParking, lockScreen, seal } from './locking.ts';
import { auditRestore } from './restored.ts';
import { remind } from './reminders.ts';
import * as suspicion from './suspicion.ts';
import { startTicking } from './ticking.ts';

/** First run, unlock, lock, and the privacy policy that stands before them. */
export const minimumLength = { account: 12, signing: 10, initial: 10 } as const;

export function requirePassphrases(account: string, signing: string): void {
  requireLength(account, minimumLength.account);
  requireLength(signing, minimumLength.signing);
  if (account.normalize('NFKC') === signing.normalize('NFKC')) throw new AppError('PASSPHRASES_EQUAL');
}

export function requireLength(passphrase: string, min: number): void {
  if ([...passphrase].length < min) throw new AppError('PASSPHRASE_WEAK', { min });
}

export function status(context: Context): AppStatus {
  const header = readHeader(context.vaultOptions.folder);
  const open = context.openSession !== null;
  return {
    vault: open ? 'open' : header ? 'locked' : 'none',
    accounts: (header?.accounts ?? [])
      .map(({ accountId, username }) => ({ accountId, username }))
      .toSorted((a, b) => a.username.localeCompare(b.username)),
    session: open ? context.describeSession() : null,
    policyVersion: context.policies.current,
    language: context.chosenLanguage,
    version: context.ports.version,
  };
}

export function setLanguage(context: Context, input: Input<'app.setLanguage'>): null {
  context.chooseLanguage(input.language, readHeader(context.vaultOptions.folder) !== null);
  return null;
}

export function readPolicy(context: Context, input: Input<'policy.read'>): PolicyDocument {
  return context.policies.read(input.language);
}

export function acknowledgePolicy(context: Context, input: Input<'policy.acknowledge'>): Session {
  requireCurrentPolicy(context, input.version);
  const { accountId } = context.session();
  const facts = { version: input.version, language: input.language };
  context.act({ action: 'policy.acknowledged', entity: 'account', entityId: accountId, facts }, (db, now) =>
    recordAcknowledgement(db, accountId, input.version, input.language, now),
  );
  const session = context.describeSession();
  // Before activation somebody else may know the passphrase.
  if (!session.mustActivate) beginDay(context);
  return session;
}

/** One cannot acknowledge a text that was not the one shown. */
export function requireCurrentPolicy(context: Context, version: string): void {
  if (version !== context.policies.current) throw new AppError('POLICY_NOT_ACKNOWLEDGED');
}

/** Whoever makes the vault runs it, and writes and signs like everybody else. */
const firstRoles = ['administrator', 'drafter', 'signer'] as const;

/** The vault, its administrator, the acknowledgement and both passphrases, all or nothing. */
export async function create(
  context: Context,
  input: Input<'vault.create'>,
): Promise<{ recoveryKey: string; session: Session }> {
  requireCurrentPolicy(context, input.policyVersion);
  requirePassphrases(input.accountPassphrase, input.signingPassphrase);
  if (context.openSession) throw new AppError('VAULT_EXISTS');
  const accountId = randomUUID();
  const options = context.vaultOptions;
  const signing = await newSigningSecret(accountId, input.signingPassphrase, options.cost);
  const { vault, recoveryKey, accountKey } = await createVault(
    options,
    { accountId, username: input.person.username },
    input.accountPassphrase,
  );
  try {
    const now = context.ports.clock.now();
    vault.write((db) => {
      insertPerson(db, accountId, input.person, firstRoles, now, context.today, true);
      storeSigningSecret(db, accountId, signing.sealed, now);
      keepAccountKey(db, accountId, accountKey, signing.secret, now);
      recordAcknowledgement(db, accountId, input.policyVersion, input.language, now);
      db.run(sql`INSERT INTO meta (key, value) VALUES ('letterhead', ${JSON.stringify(input.letterhead)})`);
      appendAudit(db, {
        at: now,
        actorId: accountId,
        action: 'vault.created',
        entity: 'vault',
        entityId: vault.id,
      });
      const facts = { version: input.policyVersion, language: input.language };
      appendAudit(db, {
        at: now,
        actorId: accountId,
        action: 'policy.acknowledged',
        entity: 'account',
        entityId: accountId,
        facts,
      });
    });
    commitCreation(options, vault);
  } catch (error) {
    abandonCreation(options, vault);
    throw error;
  } finally {
    signing.secret.fill(0);
  }
  context.openSession = openSessionOn(vault, accountId, accountKey);
  context.trust.attach(vault);
  shadowOffices(context);
  context.chooseLanguage(input.language, true);
  startTicking(context);
  context.ports.logger.info('vault created');
  return { recoveryKey, session: context.describeSession() };
}

/** Unlocks for one account; whoever was signed in before is signed out first. */
export async function unlock(context: Context, input: Input<'vault.unlock'>): Promise<Session> {
  lock(context);
  context.metDamage = false;
  attempts.requireTurn(context, input.accountId);
  try {
    const { vault, accountKey } = await openFor(context, input.accountId, input.passphrase);
    return begin(context, vault, input.accountId, accountKey, 'session.opened');
  } catch (thrown) {
    // Damage may show only when the session's first rows are read.
    const error = storageFault(thrown, 'letters.db');
    // The passphrase is tried before the database is.
    context.metDamage = error instanceof AppError && error.code === 'VAULT_DAMAGED';
    if (error instanceof AppError && error.code === 'PASSPHRASE_WRONG')
      attempts.failed(context, input.accountId, 'account');
    throw error;
  }
}

/** Behind a locked screen the vault is open already: only the person is missing. */
async function openFor(
  context: Context,
  accountId: string,
  passphrase: string,
): Promise<{ vault: Vault; accountKey: AccountKey }> {
  const { parked } = context;
  if (!parked) return unlockVault(context.vaultOptions, accountId, passphrase);
  const accountKey = await parked.openAccount(accountId, passphrase);
  if (!accountKey) throw new AppError('PASSPHRASE_WRONG');
  return { vault: parked, accountKey };
}

/** Screen lock. */
export function lock(context: Context): null {
  return lockScreen(context, () => backUpInBackground(context));
}

/** The session on an open vault: audited, its waiting notices announced. Closes the vault when it fails. */
export function begin(
  context: Context,
  vault: Vault,
  accountId: string,
  accountKey: AccountKey,
  action: string,
): Session {
  try {
    endParking(context);
    if (readPerson(vault.read, accountId, context.today).revoked) {
      const at = context.ports.clock.now();
      const refused = { action: 'session.refused', entity: 'account', entityId: accountId };
      vault.write((db) => appendAudit(db, { at, actorId: accountId, ...refused }));
      throw new AppError('ACCOUNT_REVOKED');
    }
    context.openSession = openSessionOn(vault, accountId, accountKey);
    context.parked = null;
    context.trust.attach(vault);
    shadowOffices(context);
    auditRestore(context);
    context.act({ action, entity: 'account', entityId: accountId }, () => undefined);
    attempts.succeeded(context, accountId);
    suspicion.opened(context);
    const session = context.describeSession();
    if (!session.mustActivate) {
      noteInterrupted(context);
      if (!session.mustAcknowledge) beginDay(context);
    }
    startTicking(context);
    checkLater(context);
    backUpLater(context);
    return session;
  } catch (error) {
    if (context.openSession) forgetKeys(context.openSession);
    context.openSession = null;
    context.parked = vault;
    seal(context);
    throw error;
  }
}

/** What is due by now, and what waits, to whoever begins to work. */
function beginDay(context: Context): void {
  remind(context, context.session().vault, context.asker());
  announceAtUnlock(context);
}

/** A person whom an administrator added: own acknowledgement, own passphrases. */
export async function activate(context: Context, input: Input<'people.activate'>): Promise<Session> {
  const before = context.session();
  const { vault, accountId } = before;
  if (context.me().activated) throw new AppError('NOT_ALLOWED');
  requireCurrentPolicy(context, input.policyVersion);
  requirePassphrases(input.accountPassphrase, input.signingPassphrase);
  const signing = await newSigningSecret(accountId, input.signingPassphrase, context.ports.kdfCost);
  // The administrator knew what opened the key pair of before, and a copy of the header may still hold it.
  const accountKey = newAccountKey();
  try {
    // The slot first: after a crash in between, the new passphrase opens and activation is simply asked again.
    await vault.restoreAccountKey(accountId, accountKey, input.accountPassphrase);
    requireSame(context, before);
    context.openSession = openSessionOn(vault, accountId, accountKey);
    forgetKeys(before);
    const facts = { version: input.policyVersion, language: input.language };
    context.act({ action: 'account.activated', entity: 'account', entityId: accountId, facts }, (db, now) => {
      storeSigningSecret(db, accountId, signing.sealed, now);
      keepAccountKey(db, accountId, accountKey, signing.secret, now);
      recordAcknowledgement(db, accountId, input.policyVersion, input.language, now);
      activatePerson(db, accountId, now);
    });
  } finally {
    signing.secret.fill(0);
  }
  beginDay(context);
  return context.describeSession();
}
