import { createHash } from 'node:crypto';
import {
  gatewaySigner,
  readIdentity,
  unsealPrivateKey,
  type KeyPlace,
  type StoredIdentity,
} from '../accounts/index.ts';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type { GatewaySettings } from '../contract/gateway.ts';
import { parsePdf } from '../pdf/index.ts';
import {
  checkSigningCertificate,
  findSigner,
  parseCertificate,
  parseSignedData,
  readAllCertificates,
  signerFromPkcs8,
  tokenSigner,
  type Certificate,
  type Signer,
} from '../pki/index.ts';
import { existingSignatures } from '../signing/index.ts';
import * as attempts from './attempts.ts';
import { requireSame, type Context } from './context.ts';
import { signByGateway, type GatewayResult } from './gateway.ts';
import { withSigningSecret } from './identities.ts';
import { requireUnrevoked } from './office-revocations.ts';
import { driverPath, gatewayOf } from './signing-services.ts';

type GatewayPlace = Extract<KeyPlace, { at: 'gateway' }>;

/** A gateway signs the whole file; everybody else a value. */
export interface GatewayPen {
  /** @throws AppError GATEWAY_*, NETWORK_FAILED; then nothing is kept. */
  signFile(pdf: Uint8Array, location: string): Promise<GatewayResult>;
}

/** A key at hand, and the identity it was opened from. */
export interface SigningKey {
  readonly identityId: string;
  readonly signer: Signer | GatewayPen;
  /** Logs out of a token; what was typed is forgotten. */
  close(): void;
}

const wrongPin: readonly ErrorCode[] = ['TOKEN_PIN_WRONG', 'TOKEN_PIN_LAST_TRY'];

/**
 * @param secret what opens this identity's key: the signing passphrase, the token's PIN, the gateway's passphrase.
 * @throws AppError NOT_FOUND, CERTIFICATE_*, SIGNING_PASSPHRASE_WRONG, TOKEN_*, NETWORK_NOT_CONFIGURED,
 *   GATEWAY_MOVED, KEY_NOT_RESTORED, TOO_MANY_ATTEMPTS
 */
export async function openKey(context: Context, identityId: string, secret: string): Promise<SigningKey> {
  const { vault, accountId } = context.session();
  const identity = readIdentity(vault.read, accountId, identityId);
  requireUsable(context, identity);
  switch (identity.key.at) {
    case 'vault':
      return {
        identityId,
        signer: await openSigner(context, identityId, secret),
        close: () => undefined,
      };
    case 'token': {
      const { driver, serial } = identity.key;
      const token = await openToken(
        context,
        { ...identity, driver: driverPath(context, driver), serial },
        secret,
      );
      return { identityId, ...token };
    }
    case 'gateway':
      return gatewayKey(context, identity, identity.key, secret);
  }
}

/** @throws AppError CERTIFICATE_*, CERTIFICATE_REVOKED by the office's own authority. */
export function requireUsable(context: Context, identity: StoredIdentity): void {
  const certificate = parseCertificate(identity.certificate);
  requireUnrevoked(context.session().vault.read, certificate);
  checkSigningCertificate(certificate, context.ports.clock.now());
}

/** A key kept here. */
export async function openSigner(
  context: Context,
  identityId: string,
  signingPassphrase: string,
): Promise<Signer> {
  const { vault, accountId } = context.session();
  const identity = readIdentity(vault.read, accountId, identityId);
  requireUsable(context, identity);
  return withSigningSecret(context, signingPassphrase, async (secret) => {
    const privateKey = unsealPrivateKey(vault.read, accountId, identityId, secret);
    try {
      return signerFromPkcs8(privateKey, identity.certificate, identity.chain);
    } finally {
      privateKey.fill(0);
    }
  });
}

/**
 * Wrong secrets slow down whoever types them here, whatever the token or the gateway makes of them.
 * @param which the key that is tried: its success takes back its own failures only.
 */
export async function counted<T>(
  context: Context,
  which: string,
  wrong: readonly ErrorCode[],
  work: () => Promise<T>,
): Promise<T> {
  const { accountId } = context.session();
  attempts.requireTurn(context, accountId, 'signing');
  try {
    const value = await work();
    if (context.openSession) attempts.succeededElsewhere(context, accountId, which);
    return value;
  } catch (error) {
    if (context.openSession && error instanceof AppError && wrong.includes(error.code))
      attempts.failed(context, accountId, 'signing', true, which);
    throw error;
  }
}

/** Logs in to a token; the PIN goes to its process and nowhere else. */
export async function openToken(
  context: Context,
  where: {
    /** Path. */
    readonly driver: string;
    readonly serial: string;
    readonly certificate: Uint8Array;
    readonly chain: readonly Uint8Array[];
  },
  pin: string,
): Promise<{ readonly signer: Signer; close(): void }> {
  const session = context.session();
  const { driver, serial, certificate, chain } = where;
  const key = await counted(context, `token|${serial}`, wrongPin, () =>
    context.ports.tokens.open({ driver, serial, certificate, pin }),
  );
  try {
    requireSame(context, session);
    return { signer: tokenSigner(key, certificate, chain), close: () => key.close() };
  } catch (error) {
    key.close();
    throw error;
  }
}

/** Where a gateway is, as an identity behind it is bound to it. */
export const placeOfGateway = ({ url, authorities }: GatewaySettings): GatewayPlace => ({
  at: 'gateway',
  host: new URL(url).host,
  authorities: authorities === null ? 'system' : createHash('sha256').update(authorities).digest('hex'),
});

/**
 * The settings in force, if they are those of the place that the signer gave number and passphrase to. Another place
 * gets neither until its signer adds the identity again.
 * @throws AppError GATEWAY_MOVED {host}, NETWORK_NOT_CONFIGURED
 */
function settingsFor(context: Context, place: GatewayPlace): GatewaySettings {
  const settings = gatewayOf(context);
  const now = placeOfGateway(settings);
  // identities of before know the host only
  const same = place.authorities === undefined || place.authorities === now.authorities;
  if (place.host !== now.host || !same) throw new AppError('GATEWAY_MOVED', { host: now.host });
  return settings;
}

function gatewayKey(
  context: Context,
  identity: StoredIdentity,
  place: GatewayPlace,
  passphrase: string,
): SigningKey {
  const { vault, accountId, accountKey } = context.session();
  settingsFor(context, place);
  const signer = gatewaySigner(vault.read, accountId, identity.id, accountKey);
  let typed: string | null = passphrase;
  return {
    identityId: identity.id,
    signer: {
      async signFile(pdf, location) {
        if (typed === null) throw new AppError('VAULT_LOCKED');
        // asked anew for each letter: the settings may change while a batch is being signed
        const settings = settingsFor(context, place);
        const made = await askToSign(context, { pdf, signer, passphrase: typed, location, settings });
        // whoever runs the gateway holds many people's keys: the letter is signed by the one that it names
        const { fingerprint } = parseCertificate(identity.certificate);
        if (made.signedBy.fingerprint !== fingerprint)
          throw new AppError('GATEWAY_ANSWER_UNUSABLE', { reason: 'OTHER_CERTIFICATE' });
        return made;
      },
    },
    close() {
      typed = null;
    },
  };
}

/** What the gateway made, checked, and by which certificate. */
export async function askToSign(
  context: Context,
  order: {
    readonly pdf: Uint8Array;
    readonly signer: string;
    readonly passphrase: string;
    readonly location: string;
    readonly settings: GatewaySettings;
  },
): Promise<GatewayResult & { readonly signedBy: Certificate; readonly chain: readonly Certificate[] }> {
  const { settings, ...asked } = order;
  const whole = { ...asked, reason: null, visible: null };
  const which = `gateway|${settings.url}|${order.signer}`;
  const made = await counted(context, which, ['GATEWAY_PASSPHRASE_WRONG'], () =>
    signByGateway(context, settings, whole, context.trust.trusted()),
  );
  const last = existingSignatures(parsePdf(made.pdf))
    .filter((one) => one.kind === 'signature')
    .at(-1);
  const cms = last && parseSignedData(last.contents);
  const chain = cms ? readAllCertificates(cms.certificates) : [];
  const [info] = cms?.signerInfos ?? [];
  const signedBy = info && findSigner(info, chain);
  if (!signedBy) throw new AppError('GATEWAY_ANSWER_UNUSABLE', { reason: 'SIGNATURE' });
  return { ...made, signedBy, chain };
}
