import type { AuthorityCalls } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import {
  answerOcsp,
  createAuthority,
  isInHouse,
  organisationOf,
  parseCertificate,
  readCertificates,
} from '../pki/index.ts';
import type { Certificate, OcspStatus } from '../pki/index.ts';
import * as acts from './authority-acts.ts';
import { certificateOf, rowOf, wholeSeconds } from './authority-acts.ts';
import { openAuthority, sealAuthority } from './authority-file.ts';
import type { OpenAuthority, Register, Revocation } from './authority-file.ts';
import type { Context } from './context.ts';
import { minimumLength, requireLength } from './start.ts';

/** The in-house CA's use cases (`eletter ca`). Nothing is kept here: the caller keeps the file before it goes on. */
type In<N extends keyof AuthorityCalls> = AuthorityCalls[N]['input'];
type Out<N extends keyof AuthorityCalls> = AuthorityCalls[N]['output'];

const ocspHours = 12;

/** A new authority, sealed, and what everybody may have of it. */
export interface Founded {
  readonly sealed: Buffer;
  readonly register: Register;
}

/** @throws AppError PASSPHRASE_WEAK, BAD_REQUEST {field} */
export async function found(context: Context, input: In<'tool.caInit'>): Promise<Founded> {
  requireLength(input.passphrase, minimumLength.account);
  if (input.organisation.trim() === '') throw new AppError('BAD_REQUEST', { field: 'organisation' });
  for (const field of ['crlUrl', 'ocspUrl'] as const) requireUrl(field, input[field]);
  const { clock, kdfCost } = context.ports;
  const made = await createAuthority(input.organisation, clock.now());
  const register: Register = {
    root: made.rootCertificate.toString('base64'),
    issuing: made.issuingCertificate.toString('base64'),
    issuingRevoked: null,
    crlUrl: input.crlUrl,
    ocspUrl: input.ocspUrl,
    rootCrl: 0,
    issuingCrl: 0,
    issued: [],
  };
  const keys = { root: made.rootKey, issuing: made.issuingKey };
  return { register, sealed: await sealAuthority(input.passphrase, keys, register, kdfCost) };
}

/** One page for recipients, about the anchor alone. PDF/A-2a. */
export async function leaflet(context: Context, root: Certificate): Promise<Uint8Array> {
  const { pdf } = await context.ports.pool.run('leaflet', {
    organisation: organisationOf(root),
    subject: root.subject,
    fingerprint: root.fingerprint,
    notBefore: root.notBefore.toISOString(),
    notAfter: root.notAfter.toISOString(),
  });
  return pdf;
}

export async function init(context: Context, input: In<'tool.caInit'>): Promise<Out<'tool.caInit'>> {
  const { sealed, register } = await found(context, input);
  const root = certificateOf(register.root);
  return {
    authority: sealed,
    root: root.der,
    issuing: Buffer.from(register.issuing, 'base64'),
    fingerprint: root.fingerprint,
    leaflet: await leaflet(context, root),
  };
}

/** The leaflet anew, from the anchor that everybody may have. @throws AppError CA_ANCHOR_UNREADABLE */
export async function leafletOf(
  context: Context,
  input: In<'tool.caLeaflet'>,
): Promise<Out<'tool.caLeaflet'>> {
  const root = readCertificates(input.root)
    .map((der) => parseCertificate(der))
    .find((one) => one.selfIssued && isInHouse(one));
  if (!root) throw new AppError('CA_ANCHOR_UNREADABLE');
  return { leaflet: await leaflet(context, root), fingerprint: root.fingerprint };
}

/** Only what a certificate may carry as an IA5String, and what a client may follow. */
function requireUrl(field: string, url: string | null): void {
  if (url !== null && !/^https?:\/\/[\x21-\x7e]{1,500}$/.test(url))
    throw new AppError('BAD_REQUEST', { field });
}

export async function withAuthority<T>(
  input: { readonly authority: Uint8Array; readonly passphrase: string },
  work: (authority: OpenAuthority) => T,
): Promise<T> {
  const authority = await openAuthority(input.authority, input.passphrase);
  try {
    return work(authority);
  } finally {
    authority.close();
  }
}

/** @throws AppError CA_*, CSR_*, KEY_UNSUPPORTED, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED, BAD_REQUEST {field} */
export function issue(context: Context, input: In<'tool.caIssue'>): Promise<Out<'tool.caIssue'>> {
  return withAuthority(input, (authority) => {
    const { register, entry } = acts.issue(authority, input, context.ports.clock.now());
    return { authority: authority.with(register), chain: acts.chainOf(register, entry), row: rowOf(entry) };
  });
}

export function list(_: Context, input: In<'tool.caList'>): Promise<Out<'tool.caList'>> {
  return withAuthority(input, ({ register }) => ({ issued: register.issued.map(rowOf) }));
}

/** @throws AppError CA_* */
export function revoke(context: Context, input: In<'tool.caRevoke'>): Promise<Out<'tool.caRevoke'>> {
  return withAuthority(input, (authority) => {
    const done = acts.revoke(authority, input.serial, input.reason, context.ports.clock.now());
    return { authority: authority.with(done.register), revokedAt: done.at };
  });
}

/** @throws AppError CA_*, BAD_REQUEST {field} */
export function crl(context: Context, input: In<'tool.caCrl'>): Promise<Out<'tool.caCrl'>> {
  return withAuthority(input, (authority) => {
    const made = acts.makeList(authority, input.of, input.days, context.ports.clock.now());
    return {
      authority: authority.with(made.register),
      crl: made.crl,
      nextUpdate: made.nextUpdate.toISOString(),
      revoked: made.revoked,
    };
  });
}

/** Whatever the request holds, the answer says; an unreadable request gets OCSP's own refusal. */
export function ocsp(context: Context, input: In<'tool.caOcsp'>): Promise<Out<'tool.caOcsp'>> {
  return withAuthority(input, (authority) => {
    const { register } = authority;
    const now = wholeSeconds(context.ports.clock.now());
    const issuing = certificateOf(register.issuing);
    const status = (known: boolean, revocation: Revocation | null | undefined): OcspStatus => {
      if (!known) return 'unknown';
      return revocation ? { at: new Date(revocation.at), reason: revocation.reason } : 'good';
    };
    const issuers = [
      {
        certificate: issuing,
        key: () => authority.key('issuing'),
        statusOf: (serial: string) => {
          const found = register.issued.find((one) => one.serial === serial);
          return status(found !== undefined, found?.revoked);
        },
      },
      {
        certificate: certificateOf(register.root),
        key: () => authority.key('root'),
        statusOf: (serial: string) => status(serial === issuing.serial, register.issuingRevoked),
      },
    ];
    const nextUpdate = new Date(now.getTime() + ocspHours * 3_600_000);
    return { response: answerOcsp(input.request, issuers, { now, nextUpdate }) };
  });
}
