import { randomBytes } from 'node:crypto';
import { storeIdentityElsewhere, type KeyPlace } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError, type ErrorShape } from '../contract/errors.ts';
import type { Identity } from '../contract/people.ts';
import type { OfferedToken } from '../contract/signing-services.ts';
import type { TokenSummary } from '../contract/tokens.ts';
import { recordChange } from '../letters/index.ts';
import {
  checkSigningCertificate,
  issuersAbove,
  parseCertificate,
  readAllCertificates,
  type Certificate,
} from '../pki/index.ts';
import { requireSame, type Context } from './context.ts';
import { requireUnrevoked } from './office-revocations.ts';
import { askToSign, openToken, placeOfGateway } from './desk-keys.ts';
import { list } from './identities.ts';
import { driverPath, driversOf, gatewayOf } from './signing-services.ts';
import { trialPage } from './trial-page.ts';

/** Identities whose key is on a token or behind the office's gateway. */
export async function tokens(context: Context): Promise<OfferedToken[]> {
  const offered: OfferedToken[] = [];
  for (const driver of driversOf(context)) {
    // oxlint-disable-next-line no-await-in-loop -- two drivers of one maker may not share a reader
    for (const token of await plugged(context, driver.path))
      offered.push(describe(context, driver.id, token));
  }
  return offered;
}

/** A driver that went away hides no other. */
async function plugged(context: Context, path: string): Promise<readonly TokenSummary[]> {
  try {
    return await context.ports.tokens.list(path);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.ports.logger.info('driver not listed', { code: error.code });
    return [];
  }
}

function describe(context: Context, driver: string, token: TokenSummary): OfferedToken {
  return {
    driver,
    serial: token.serial,
    label: token.label,
    pinLocked: token.pinLocked,
    certificates: readAllCertificates(token.certificates).map((certificate) => ({
      fingerprint: certificate.fingerprint,
      subject: certificate.subject,
      issuer: certificate.issuer,
      notAfter: certificate.notAfter.toISOString(),
      problem: problemOf(certificate, context.ports.clock.now()),
    })),
  };
}

function problemOf(certificate: Certificate, now: Date): ErrorShape | null {
  try {
    checkSigningCertificate(certificate, now);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.toShape();
    throw error;
  }
}

function requireSignable(context: Context, certificate: Certificate): void {
  checkSigningCertificate(certificate, context.ports.clock.now());
  requireUnrevoked(context.session().vault.read, certificate);
}

/** @throws AppError TOKEN_*, CERTIFICATE_*, KEY_UNSUPPORTED; then nothing is kept. */
export async function addToken(context: Context, input: Input<'identity.addToken'>): Promise<Identity> {
  const session = context.session();
  const driver = driverPath(context, input.driver);
  const token = (await context.ports.tokens.list(driver)).find((one) => one.serial === input.token);
  if (!token) throw new AppError('TOKEN_ABSENT');
  const certificate = readAllCertificates(token.certificates).find(
    (one) => one.fingerprint === input.fingerprint,
  );
  if (!certificate) throw new AppError('TOKEN_KEY_MISSING');
  requireSignable(context, certificate);
  const beside = readAllCertificates([...token.certificates, ...token.others]);
  const chain = issuersAbove(certificate, beside).map((one) => one.der);
  const material = { certificate: certificate.der, chain };
  const key = await openToken(context, { driver, serial: token.serial, ...material }, input.pin);
  try {
    // the signer holds each value against the certificate: this is the key that belongs to it
    await key.signer.sign(randomBytes(32));
  } finally {
    key.close();
  }
  requireSame(context, session);
  const { serial, label } = token;
  return keep(context, material, { at: 'token', driver: input.driver, serial, label }, null);
}

/** @throws AppError NETWORK_NOT_CONFIGURED, NETWORK_FAILED, GATEWAY_*, CERTIFICATE_*; then nothing is kept. */
export async function addGateway(context: Context, input: Input<'identity.addGateway'>): Promise<Identity> {
  const session = context.session();
  const settings = gatewayOf(context);
  const { place } = context.letterhead();
  const signer = input.signer.replaceAll(/\s/g, '');
  const { passphrase } = input;
  const made = await askToSign(context, { pdf: trialPage(), signer, passphrase, location: place, settings });
  const certificate = made.signedBy;
  requireSignable(context, certificate);
  const chain = issuersAbove(certificate, made.chain).map((one) => one.der);
  requireSame(context, session);
  return keep(context, { certificate: certificate.der, chain }, placeOfGateway(settings), signer);
}

function keep(
  context: Context,
  material: { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[] },
  place: Exclude<KeyPlace, { at: 'vault' }>,
  signer: string | null,
): Identity {
  const { accountId, accountKey } = context.session();
  const { fingerprint } = parseCertificate(material.certificate);
  const same = list(context).find((one) => one.fingerprint === fingerprint && one.origin === place.at);
  const named = signer === null ? null : { name: signer, publicKey: accountKey.publicKey };
  const facts = { origin: place.at };
  const id = context.act(
    { action: 'identity.added', entity: 'account', entityId: accountId, facts },
    (db, now) => {
      const made = storeIdentityElsewhere(db, accountId, material, place, named, same?.id ?? null, now);
      recordChange(db, 'identity', made, now);
      return made;
    },
  );
  const identity = list(context).find((one) => one.id === id);
  if (!identity) throw new AppError('NOT_FOUND');
  return identity;
}
