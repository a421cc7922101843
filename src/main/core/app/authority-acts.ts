import type { IssuedRow } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import { encodeCrl, issueLeaf, parseCertificate, renewLeaf } from '../pki/index.ts';
import type { Certificate } from '../pki/index.ts';
import type { OpenAuthority, Register, RegisterEntry, Revocation } from './authority-file.ts';
import type { RevocationReason } from '../contract/authority.ts';

/** What an opened in-house CA does: its register as it was in, its register as it has to be kept out. */
const day = 86_400_000;
const lifeDays = { issuing: 7, root: 365 } as const;
const mostDays = 3653;

export type WhichList = 'issuing' | 'root';

export interface Issued {
  readonly register: Register;
  readonly entry: RegisterEntry;
}

export const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

export const certificateOf = (base64: string): Certificate => parseCertificate(Buffer.from(base64, 'base64'));

/** DER: the certificate, then its issuers up to the root. */
export const chainOf = (register: Register, entry: RegisterEntry): Uint8Array[] =>
  [entry.certificate, register.issuing, register.root].map((one) => Buffer.from(one, 'base64'));

/** @throws AppError BAD_REQUEST {field} */
export function requireDays(days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= mostDays))
    throw new AppError('BAD_REQUEST', { field: 'days' });
}

/** Two that both number their lists and registers would contradict each other. @throws AppError CA_IS_COPY */
function requireOriginal(register: Register): void {
  if (register.copy) throw new AppError('CA_IS_COPY');
}

export function rowOf(entry: RegisterEntry): IssuedRow {
  const certificate = certificateOf(entry.certificate);
  return {
    serial: entry.serial,
    kind: entry.kind,
    subject: certificate.subject,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    revokedAt: entry.revoked?.at ?? null,
    reason: entry.revoked?.reason ?? null,
  };
}

function issuingOf(authority: OpenAuthority): Parameters<typeof issueLeaf>[1] {
  const { register } = authority;
  requireOriginal(register);
  const revoked = register.issuingRevoked;
  if (revoked) throw new AppError('CERTIFICATE_REVOKED', { date: revoked.at.slice(0, 10) });
  return { certificate: certificateOf(register.issuing), key: authority.key('issuing') };
}

function entered(register: Register, kind: RegisterEntry['kind'], made: Certificate): Issued {
  const certificate = Buffer.from(made.der).toString('base64');
  const entry: RegisterEntry = { kind, certificate, serial: made.serial, revoked: null };
  return { entry, register: { ...register, issued: [...register.issued, entry] } };
}

const urlsOf = ({ crlUrl, ocspUrl }: Register): { crl: string | null; ocsp: string | null } => ({
  crl: crlUrl,
  ocsp: ocspUrl,
});

/** @throws AppError CA_IS_COPY, CSR_*, KEY_UNSUPPORTED, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED, BAD_REQUEST {field} */
export function issue(
  authority: OpenAuthority,
  order: {
    readonly request: Uint8Array;
    readonly kind: RegisterEntry['kind'];
    readonly name: string | null;
    readonly days: number | null;
  },
  now: Date,
): Issued {
  const { request, kind, days } = order;
  requireDays(days);
  const { register } = authority;
  const leaf = { request, kind, commonName: order.name, days, urls: urlsOf(register) };
  return entered(register, kind, issueLeaf(leaf, issuingOf(authority), now));
}

/** @throws AppError CA_IS_COPY, CA_SERIAL_UNKNOWN {serial} */
function find(register: Register, serial: string): RegisterEntry {
  const found = register.issued.find((one) => one.serial === serial);
  if (!found) throw new AppError('CA_SERIAL_UNKNOWN', { serial });
  return found;
}

function refuseTwice(serial: string, earlier: Revocation | null): void {
  if (earlier) throw new AppError('CA_ALREADY_REVOKED', { serial, date: earlier.at.slice(0, 10) });
}

/**
 * Another certificate for the same name and key; the former one stays valid to its end.
 * @throws AppError CA_IS_COPY, CA_SERIAL_UNKNOWN {serial}, CA_ALREADY_REVOKED {serial, date}, CERTIFICATE_*
 */
export function renew(authority: OpenAuthority, serial: string, days: number | null, now: Date): Issued {
  requireDays(days);
  const { register } = authority;
  const former = find(register, serial);
  refuseTwice(serial, former.revoked);
  const { kind, certificate } = former;
  const terms = { kind, days, urls: urlsOf(register) };
  return entered(register, kind, renewLeaf(certificateOf(certificate), terms, issuingOf(authority), now));
}

/**
 * A person's, an office's or the issuing CA's certificate, from now on and for good.
 * @param typed as people copy it: spaces, colons and lower case are passed over.
 * @throws AppError CA_IS_COPY, CA_SERIAL_UNKNOWN {serial}, CA_ALREADY_REVOKED {serial, date}
 */
export function revoke(
  { register }: OpenAuthority,
  typed: string,
  reason: RevocationReason,
  now: Date,
): { readonly register: Register; readonly serial: string; readonly at: string } {
  requireOriginal(register);
  const serial = typed.replaceAll(/[\s:]/g, '').toUpperCase();
  const at = wholeSeconds(now).toISOString();
  const revoked: Revocation = { at, reason };
  if (serial === certificateOf(register.issuing).serial) {
    refuseTwice(serial, register.issuingRevoked);
    return { serial, at, register: { ...register, issuingRevoked: revoked } };
  }
  const found = find(register, serial);
  refuseTwice(serial, found.revoked);
  const issued = register.issued.map((one) => (one === found ? { ...one, revoked } : one));
  return { serial, at, register: { ...register, issued } };
}

interface Listed {
  readonly serial: string;
  readonly at: Date;
  readonly reason: RevocationReason;
}

const listed = (serial: string, { at, reason }: Revocation): Listed => ({ serial, at: new Date(at), reason });

function revokedUnder(which: WhichList, register: Register): Listed[] {
  if (which === 'issuing')
    return register.issued.flatMap((one) => (one.revoked ? [listed(one.serial, one.revoked)] : []));
  const { issuingRevoked } = register;
  return issuingRevoked ? [listed(certificateOf(register.issuing).serial, issuingRevoked)] : [];
}

export interface MadeList {
  readonly register: Register;
  readonly crl: Buffer;
  readonly nextUpdate: Date;
  readonly revoked: number;
}

/** @throws AppError CA_IS_COPY, BAD_REQUEST {field} */
export function makeList(authority: OpenAuthority, of: WhichList, days: number | null, now: Date): MadeList {
  requireDays(days);
  const { register } = authority;
  requireOriginal(register);
  const name = `${of}Crl` as const;
  const number = register[name] + 1;
  const thisUpdate = wholeSeconds(now);
  const nextUpdate = new Date(thisUpdate.getTime() + (days ?? lifeDays[of]) * day);
  const revoked = revokedUnder(of, register);
  const issuer = certificateOf(register[of]).subjectDer;
  const issuerKey = authority.key(of);
  return {
    register: {
      ...register,
      [name]: number,
      ...(of === 'issuing' ? { issuingListed: revoked.length } : {}),
    },
    crl: encodeCrl({ issuer, issuerKey, number, thisUpdate, nextUpdate, revoked }),
    nextUpdate,
    revoked: revoked.length,
  };
}
