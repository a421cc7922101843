import { readIdentity, type StoredIdentity } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { TrustAnchor } from '../contract/verification.ts';
import { buildChain, isInHouse, parseCertificate, readCertificates } from '../pki/index.ts';
import type { NextList } from '../trust/index.ts';
import type { Context } from './context.ts';
import { recheckAll } from './rechecking.ts';

export function list(context: Context): TrustAnchor[] {
  return context.trust.list();
}

function keep(context: Context, action: string, next: NextList, facts: { psre?: boolean }): TrustAnchor[] {
  const named = { ...facts, fingerprints: next.fingerprints.join(' ') };
  context.act({ action, entity: 'trust', entityId: 'anchors', facts: named }, (db) =>
    context.trust.record(db, next),
  );
  context.trust.shadow();
  recheckAll(context);
  return context.trust.list();
}

/** @throws AppError ANCHOR_NOT_PSRE {subject}: an in-house CA says in its own name that it is none (PP 71/2019). */
export function add(context: Context, input: Input<'trust.add'>): TrustAnchor[] {
  const inHouse = input.psre
    ? readCertificates(input.bytes)
        .map((der) => parseCertificate(der))
        .find(isInHouse)
    : undefined;
  if (inHouse) throw new AppError('ANCHOR_NOT_PSRE', { subject: inHouse.commonName });
  const next = context.trust.with(input.bytes, input.psre, context.ports.clock.now());
  return keep(context, 'trust.added', next, { psre: input.psre });
}

/** Trusts the root of one of my own identities, such as the one-off CA of a test identity. */
export function addOwn(context: Context, input: Input<'trust.addOwn'>): TrustAnchor[] {
  const { vault, accountId } = context.session();
  const root = readIdentity(vault.read, accountId, input.identityId).chain.at(-1);
  if (!root) throw new AppError('ANCHOR_UNREADABLE');
  return add(context, { bytes: root, psre: false });
}

export function remove(context: Context, input: Input<'trust.remove'>): TrustAnchor[] {
  return keep(context, 'trust.removed', context.trust.without(input.fingerprint), {});
}

/** Does this identity's chain end at a PSrE's root? Only then is a signature "tersertifikasi" (PP 71/2019). */
export function isCertified(
  context: Context,
  identity: Pick<StoredIdentity, 'certificate' | 'chain'>,
): boolean {
  const anchors = context.trust.trusted().filter((one) => one.psre);
  if (anchors.length === 0) return false;
  const path = buildChain(
    parseCertificate(identity.certificate),
    identity.chain.map((der) => parseCertificate(der)),
    anchors.map((one) => parseCertificate(one.der)),
    context.ports.clock.now(),
  );
  return path.ok;
}
