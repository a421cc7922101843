import {
  currentIdentityId,
  keepAccountKey,
  keptPublicKey,
  listIdentities,
  openSigningSecret,
  storeIdentity,
  titledName,
  type StoredIdentity,
} from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Identity } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { checkSigningCertificate, createTestIdentity, openPkcs12, parseCertificate } from '../pki/index.ts';
import * as attempts from './attempts.ts';
import { requireSame, type Context } from './context.ts';
import { requireUnrevoked, revokedByOffice } from './office-revocations.ts';
import { isCertified } from './trust.ts';

export function list(context: Context): Identity[] {
  const { vault, accountId } = context.session();
  const certified = (one: StoredIdentity): boolean => isCertified(context, one);
  const now = context.ports.clock.now();
  return listIdentities(vault.read, accountId, now, certified, revokedByOffice(vault.read));
}

/** @throws AppError P12_*, KEY_MISMATCH, CERTIFICATE_*, SIGNING_PASSPHRASE_WRONG; then nothing is kept. */
export async function importP12(context: Context, input: Input<'identity.importP12'>): Promise<Identity> {
  const material = openPkcs12(input.bytes, input.p12Passphrase);
  try {
    const certificate = parseCertificate(material.certificate);
    checkSigningCertificate(certificate, context.ports.clock.now());
    requireUnrevoked(context.session().vault.read, certificate);
    return await keep(context, material, input.signingPassphrase, 'p12');
  } finally {
    material.privateKey.fill(0);
  }
}

/** A certificate for trying out: issued by a one-off test CA whose key is thrown away. Never "tersertifikasi". */
export async function createTest(context: Context, input: Input<'identity.createTest'>): Promise<Identity> {
  const me = context.me();
  const office = context.letterhead();
  const material = await createTestIdentity(
    { commonName: titledName(me), organisation: office.government, unit: office.office },
    context.ports.clock.now(),
  );
  try {
    return await keep(context, material, input.signingPassphrase, 'test');
  } finally {
    material.privateKey.fill(0);
  }
}

async function keep(
  context: Context,
  material: Parameters<typeof storeIdentity>[2],
  signingPassphrase: string,
  origin: 'p12' | 'test',
): Promise<Identity> {
  const { accountId } = context.session();
  return withSigningSecret(context, signingPassphrase, async (secret) => {
    const { fingerprint } = parseCertificate(material.certificate);
    const kept = list(context).find((one) => one.fingerprint === fingerprint);
    if (kept) return kept;
    const facts = { origin };
    const id = context.act(
      { action: 'identity.added', entity: 'account', entityId: accountId, facts },
      (db, now) => {
        const made = storeIdentity(db, accountId, material, secret, origin, now);
        recordChange(db, 'identity', made, now);
        return made;
      },
    );
    const identity = list(context).find((one) => one.id === id);
    if (!identity) throw new AppError('NOT_FOUND');
    return identity;
  });
}

/**
 * Work that needs the signing passphrase: wrong ones slow down and are recorded, and the secret is wiped afterwards.
 * @throws AppError SIGNING_PASSPHRASE_WRONG, TOO_MANY_ATTEMPTS.
 */
export async function withSigningSecret<T>(
  context: Context,
  passphrase: string,
  work: (secret: Buffer) => Promise<T>,
): Promise<T> {
  const session = context.session();
  const { vault, accountId, accountKey } = session;
  attempts.requireTurn(context, accountId, 'signing');
  const secret = await openSigningSecret(vault.read, accountId, passphrase).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'SIGNING_PASSPHRASE_WRONG')
      attempts.failed(context, accountId, 'signing');
    throw error;
  });
  try {
    requireSame(context, session);
    attempts.succeeded(context, accountId, 'signing');
    // Accounts from before sealed letters get their second copy of the account key on the first occasion.
    if (!keptPublicKey(vault.read, accountId))
      vault.write((db) => keepAccountKey(db, accountId, accountKey, secret, context.ports.clock.now()));
    return await work(secret);
  } finally {
    secret.fill(0);
  }
}

/** @param here only one whose key is kept here. @throws AppError IDENTITY_MISSING. */
export function requireCurrentIdentity(context: Context, here = false): string {
  const { vault, accountId } = context.session();
  const id = currentIdentityId(
    vault.read,
    accountId,
    context.ports.clock.now(),
    revokedByOffice(vault.read),
    here,
  );
  if (!id) throw new AppError('IDENTITY_MISSING');
  return id;
}
