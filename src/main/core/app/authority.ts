import type { AuthorityCalls, IssuedRow, RevocationReason } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import { answerOcsp, createAuthority, encodeCrl, issueLeaf, parseCertificate } from '../pki/index.ts';
import type { Certificate, OcspStatus } from '../pki/index.ts';
import { openAuthority, sealAuthority } from './authority-file.ts';
import type { OpenAuthority, Register, RegisterEntry, Revocation } from './authority-file.ts';
import type { Context } from './context.ts';
import { minimumLength, requireLength } from './start.ts';

/** The in-house CA's use cases (`eletter ca`). Nothing is kept here: the caller keeps the file before it goes on. */
type In<N extends keyof AuthorityCalls> = AuthorityCalls[N]['input'];
type Out<N extends keyof AuthorityCalls> = AuthorityCalls[N]['output'];

const day = 86_400_000;
const lifeDays = { issuing: 7, root: 365 } as const;
const ocspHours = 12;
const mostDays = 3653;

/** @throws AppError PASSPHRASE_WEAK, BAD_REQUEST {field} */
export async function init(context: Context, input: In<'tool.caInit'>): Promise<Out<'tool.caInit'>> {
  requireLength(input.passphrase, minimumLength.account);
  if (input.organisation.trim() === '') throw new AppError('BAD_REQUEST', { field: 'organisation' });
  for (const field of ['crlUrl', 'ocspUrl'] as const) requireUrl(field, input[field]);
  const { clock, kdfCost, pool } = context.ports;
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
  const root = parseCertificate(made.rootCertificate);
  const leaflet = await pool.run('leaflet', {
    organisation: input.organisation.trim(),
    subject: root.subject,
    fingerprint: root.fingerprint,
    notBefore: root.notBefore.toISOString(),
    notAfter: root.notAfter.toISOString(),
  });
  return {
    authority: await sealAuthority(input.passphrase, keys, register, kdfCost),
    root: made.rootCertificate,
    issuing: made.issuingCertificate,
    fingerprint: root.fingerprint,
    leaflet: leaflet.pdf,
  };
}

/** Only what a certificate may carry as an IA5String, and what a client may follow. */
function requireUrl(field: string, url: string | null): void {
  if (url !== null && !/^https?:\/\/[\x21-\x7e]{1,500}$/.test(url))
    throw new AppError('BAD_REQUEST', { field });
}

function requireDays(days: number | null): void {
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= mostDays))
    throw new AppError('BAD_REQUEST', { field: 'days' });
}

async function withAuthority<T>(
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

const certificateOf = (base64: string): Certificate => parseCertificate(Buffer.from(base64, 'base64'));

/** @throws AppError CA_*, CSR_*, KEY_UNSUPPORTED, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED, BAD_REQUEST {field} */
export function issue(context: Context, input: In<'tool.caIssue'>): Promise<Out<'tool.caIssue'>> {
  requireDays(input.days);
  return withAuthority(input, (authority) => {
    const { register } = authority;
    const revoked = register.issuingRevoked;
    if (revoked) throw new AppError('CERTIFICATE_REVOKED', { date: revoked.at.slice(0, 10) });
    const certificate = certificateOf(register.issuing);
    const made = issueLeaf(
      {
        request: input.request,
        kind: input.kind,
        commonName: input.name,
        days: input.days,
        urls: { crl: register.crlUrl, ocsp: register.ocspUrl },
      },
      { certificate, key: authority.key('issuing') },
      context.ports.clock.now(),
    );
    const entry: RegisterEntry = {
      kind: input.kind,
      certificate: Buffer.from(made.der).toString('base64'),
      serial: made.serial,
      revoked: null,
    };
    return {
      authority: authority.with({ ...register, issued: [...register.issued, entry] }),
      chain: [made.der, certificate.der, Buffer.from(register.root, 'base64')],
      row: rowOf(entry),
    };
  });
}

function rowOf(entry: RegisterEntry): IssuedRow {
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

export function list(_: Context, input: In<'tool.caList'>): Promise<Out<'tool.caList'>> {
  return withAuthority(input, ({ register }) => ({ issued: register.issued.map(rowOf) }));
}

/**
 * A person's, an office's or the issuing CA's certificate, from now on and for good.
 * @throws AppError CA_*, CA_SERIAL_UNKNOWN {serial}, CA_ALREADY_REVOKED {serial, date}
 */
export function revoke(context: Context, input: In<'tool.caRevoke'>): Promise<Out<'tool.caRevoke'>> {
  const serial = input.serial.replaceAll(/[\s:]/g, '').toUpperCase();
  return withAuthority(input, (authority) => {
    const { register } = authority;
    const at = wholeSeconds(context.ports.clock.now()).toISOString();
    const revocation: Revocation = { at, reason: input.reason };
    const refuseTwice = (earlier: Revocation | null): void => {
      if (earlier) throw new AppError('CA_ALREADY_REVOKED', { serial, date: earlier.at.slice(0, 10) });
    };
    if (serial === certificateOf(register.issuing).serial) {
      refuseTwice(register.issuingRevoked);
      return { authority: authority.with({ ...register, issuingRevoked: revocation }), revokedAt: at };
    }
    const found = register.issued.find((one) => one.serial === serial);
    if (!found) throw new AppError('CA_SERIAL_UNKNOWN', { serial });
    refuseTwice(found.revoked);
    const issued = register.issued.map((one) => (one === found ? { ...one, revoked: revocation } : one));
    return { authority: authority.with({ ...register, issued }), revokedAt: at };
  });
}

interface Listed {
  readonly serial: string;
  readonly at: Date;
  readonly reason: RevocationReason;
}

const listed = (serial: string, { at, reason }: Revocation): Listed => ({ serial, at: new Date(at), reason });

function revokedUnder(which: 'issuing' | 'root', register: Register): Listed[] {
  if (which === 'issuing')
    return register.issued.flatMap((one) => (one.revoked ? [listed(one.serial, one.revoked)] : []));
  const { issuingRevoked } = register;
  return issuingRevoked ? [listed(certificateOf(register.issuing).serial, issuingRevoked)] : [];
}

/** @throws AppError CA_*, BAD_REQUEST {field} */
export function crl(context: Context, input: In<'tool.caCrl'>): Promise<Out<'tool.caCrl'>> {
  requireDays(input.days);
  return withAuthority(input, (authority) => {
    const { register } = authority;
    const name = `${input.of}Crl` as const;
    const number = register[name] + 1;
    const thisUpdate = wholeSeconds(context.ports.clock.now());
    const nextUpdate = new Date(thisUpdate.getTime() + (input.days ?? lifeDays[input.of]) * day);
    const revoked = revokedUnder(input.of, register);
    const issuer = certificateOf(register[input.of]).subjectDer;
    const issuerKey = authority.key(input.of);
    return {
      authority: authority.with({ ...register, [name]: number }),
      crl: encodeCrl({ issuer, issuerKey, number, thisUpdate, nextUpdate, revoked }),
      nextUpdate: nextUpdate.toISOString(),
      revoked: revoked.length,
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

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);
