import { readIdentity, type StoredIdentity } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { TrustAnchor } from '../contract/verification.ts';
import { buildChain, parseCertificate } from '../pki/index.ts';
import type { Context } from './context.ts';

export function list(context: Context): TrustAnchor[] {
  return context.trust.list();
}

export function add(context: Context, input: Input<'trust.add'>): TrustAnchor[] {
  const facts = { psre: input.psre };
  context.trust.add(input.bytes, input.psre, context.ports.clock.now());
  context.act({ action: 'trust.added', entity: 'trust', entityId: 'anchors', facts }, () => undefined);
  return context.trust.list();
}

/** Trusts the root of one of my own identities, such as the one-off CA of a test identity. */
export function addOwn(context: Context, input: Input<'trust.addOwn'>): TrustAnchor[] {
  const { vault, accountId } = context.session();
  const root = readIdentity(vault.read, accountId, input.identityId).chain.at(-1);
  if (!root) throw new AppError('ANCHOR_UNREADABLE');
  return add(context, { bytes: root, psre: false });
}

export function remove(context: Context, input: Input<'trust.remove'>): TrustAnchor[] {
  context.trust.remove(input.fingerprint);
  const facts = { fingerprint: input.fingerprint };
  context.act({ action: 'trust.removed', entity: 'trust', entityId: 'anchors', facts }, () => undefined);
  return context.trust.list();
}

/** Does this identity's chain end at a PSrE's root? Only then is a signature "tersertifikasi" (PP 71/2019). */
export function isCertified(context: Context, identity: StoredIdentity): boolean {
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
