import { holders, listPeople, openRequests, readPerson, titledName } from '../accounts/index.ts';
import { insertAuthority, readAuthority, replaceAuthority, type KeptAuthority } from '../authority/index.ts';
import type { Input } from '../contract/api.ts';
import type { AuthorityStatus, IssuedRow, RequestSummary } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import type { Person } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { organisationOf, readCertificateRequest } from '../pki/index.ts';
import type { WriteDb } from '../vault/index.ts';
import * as attempts from './attempts.ts';
import { found } from './authority.ts';
import * as acts from './authority-acts.ts';
import { certificateOf, rowOf } from './authority-acts.ts';
import { openAuthority, type OpenAuthority, type Register } from './authority-file.ts';
import { requireSame, type Context } from './context.ts';
import * as trust from './trust.ts';
import { unitName } from './people.ts';

/**
 * The office's own certificate authority on the screen. Its file lies in the vault, sealed under its own passphrase,
 * which is asked for at every act and kept nowhere. The register, the audit and what an act gives change in one
 * transaction: no certificate exists that nobody can revoke.
 */
export interface Kept extends Omit<KeptAuthority, 'register'> {
  readonly register: Register;
}

/** @throws AppError CA_MISSING */
export function keptAuthority(context: Context): Kept {
  const kept = readAuthority(context.session().vault.read);
  if (!kept) throw new AppError('CA_MISSING');
  // our own words: written below, within the encrypted database
  return { ...kept, register: JSON.parse(kept.register) as Register };
}

/**
 * Opens the authority for one act. Wrong passphrases slow down and are recorded.
 * @param work what it does before anything is written.
 * @throws AppError CA_MISSING, CA_PASSPHRASE_WRONG, TOO_MANY_ATTEMPTS
 */
export async function withKept<T>(
  context: Context,
  passphrase: string,
  work: (authority: OpenAuthority, now: Date) => T,
  file: Uint8Array = keptAuthority(context).file,
): Promise<T> {
  const session = context.session();
  const { accountId } = session;
  attempts.requireTurn(context, accountId, 'authority');
  const authority = await openAuthority(file, passphrase).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'CA_PASSPHRASE_WRONG')
      attempts.failed(context, accountId, 'authority');
    throw error;
  });
  try {
    requireSame(context, session);
    attempts.succeeded(context, accountId, 'authority');
    return work(authority, context.ports.clock.now());
  } finally {
    authority.close();
  }
}

/** Writes the file and the register that the screens read. */
export function keep(db: WriteDb, authority: OpenAuthority, register: Register, now: Date): void {
  replaceAuthority(db, authority.with(register), JSON.stringify(register));
  recordChange(db, 'authority', 'authority', now);
}

export function status(context: Context): AuthorityStatus | null {
  return readAuthority(context.session().vault.read) ? describe(context) : null;
}

/** @throws AppError CA_MISSING */
export function describe(context: Context): AuthorityStatus {
  const { vault } = context.session();
  const { register, listUntil } = keptAuthority(context);
  const root = certificateOf(register.root);
  const issuing = certificateOf(register.issuing);
  const people = new Map(listPeople(vault.read, context.today).map((one) => [one.accountId, one]));
  const holderOf = holders(vault.read);
  const holder = (serial: string): AuthorityStatus['issued'][number]['holder'] => {
    const person = people.get(holderOf.get(serial) ?? '');
    return person ? { accountId: person.accountId, name: titledName(person), revoked: person.revoked } : null;
  };
  return {
    organisation: organisationOf(root),
    subject: root.subject,
    fingerprint: root.fingerprint,
    notAfter: root.notAfter.toISOString(),
    issuing: {
      serial: issuing.serial,
      notAfter: issuing.notAfter.toISOString(),
      revokedAt: register.issuingRevoked?.at ?? null,
    },
    crlUrl: register.crlUrl,
    ocspUrl: register.ocspUrl,
    listUntil,
    unlisted: register.issued.filter(({ revoked }) => revoked).length - (register.issuingListed ?? 0),
    trusted: context.trust.list().some((one) => one.fingerprint === root.fingerprint),
    issued: register.issued
      .map(rowOf)
      .map((row) => ({ ...row, holder: holder(row.serial) }))
      .toReversed(),
    waiting: openRequests(vault.read).flatMap((asked) => {
      const person = people.get(asked.accountId);
      return person && !person.revoked ? [waiting(context, asked, person)] : [];
    }),
  };
}

function waiting(
  context: Context,
  asked: ReturnType<typeof openRequests>[number],
  person: Person,
): AuthorityStatus['waiting'][number] {
  const { id, accountId, madeAt } = asked;
  const algorithm = readCertificateRequest(asked.request).key.title;
  const unit = unitName(context, person.unit);
  return { id, accountId, name: titledName(person), unit, post: person.post, algorithm, madeAt };
}

/** The person as an administrator is shown them, and as the certificate names them. */
export const personOf = (context: Context, accountId: string): Person =>
  readPerson(context.session().vault.read, accountId, context.today);

/** @throws AppError CA_EXISTS, PASSPHRASE_WEAK, BAD_REQUEST {field} */
export async function create(context: Context, input: Input<'authority.create'>): Promise<AuthorityStatus> {
  const session = context.session();
  if (readAuthority(session.vault.read)) throw new AppError('CA_EXISTS');
  const { sealed, register } = await found(context, input);
  requireSame(context, session);
  return take(context, 'authority.created', sealed, register);
}

/** @throws AppError CA_EXISTS, CA_UNREADABLE, CA_PASSPHRASE_WRONG */
export async function adopt(context: Context, input: Input<'authority.adopt'>): Promise<AuthorityStatus> {
  if (readAuthority(context.session().vault.read)) throw new AppError('CA_EXISTS');
  const taken = await withKept(
    context,
    input.passphrase,
    (authority) => {
      const { copy: _copy, ...register } = authority.register;
      return { register, sealed: authority.with(register) };
    },
    input.authority,
  );
  return take(context, 'authority.adopted', taken.sealed, taken.register);
}

/** Its own anchor is trusted here from the beginning, as what it is: no PSrE. */
function take(context: Context, action: string, sealed: Uint8Array, register: Register): AuthorityStatus {
  const root = certificateOf(register.root);
  const facts = { fingerprint: root.fingerprint, count: register.issued.length };
  context.act({ action, entity: 'authority', entityId: 'authority', facts }, (db, now) => {
    insertAuthority(db, sealed, JSON.stringify(register), now);
    recordChange(db, 'authority', 'authority', now);
  });
  if (!context.trust.list().some((one) => one.fingerprint === root.fingerprint))
    trust.add(context, { bytes: root.der, psre: false });
  return describe(context);
}

/** @throws AppError CSR_UNREADABLE, CSR_SIGNATURE_BAD, KEY_UNSUPPORTED {algorithm} */
export function readRequest(_: Context, input: Input<'authority.readRequest'>): RequestSummary {
  const { commonName, unit, key } = readCertificateRequest(input.request);
  return { commonName, unit, algorithm: key.title };
}

/** @throws AppError CA_*, CSR_*, KEY_UNSUPPORTED {algorithm}, CERTIFICATE_*, BAD_REQUEST {field} */
export function issue(context: Context, input: Input<'authority.issue'>): Promise<IssuedRow> {
  return withKept(context, input.passphrase, (authority, now) =>
    enter(context, 'authority.issued', authority, acts.issue(authority, input, now)),
  );
}

/** @throws AppError CA_*, CERTIFICATE_*, BAD_REQUEST {field} */
export async function renew(context: Context, input: Input<'authority.renew'>): Promise<IssuedRow> {
  const { serial, days, passphrase } = input;
  if (holders(context.session().vault.read).has(serial)) throw new AppError('CA_HOLDER_ASKS');
  return withKept(context, passphrase, (authority, now) =>
    enter(context, 'authority.renewed', authority, acts.renew(authority, serial, days, now)),
  );
}

function enter(context: Context, action: string, authority: OpenAuthority, made: acts.Issued): IssuedRow {
  const row = rowOf(made.entry);
  const facts = { name: certificateOf(made.entry.certificate).commonName, until: row.notAfter.slice(0, 10) };
  context.act({ action, entity: 'authority', entityId: row.serial, facts }, (db, now) =>
    keep(db, authority, made.register, now),
  );
  return row;
}

/** @throws AppError CA_* */
export async function revoke(context: Context, input: Input<'authority.revoke'>): Promise<AuthorityStatus> {
  const { serial, reason, passphrase } = input;
  await withKept(context, passphrase, (authority, now) => {
    const done = acts.revoke(authority, serial, reason, now);
    const facts = { reason, name: nameOf(done.register, done.serial) };
    const entityId = done.serial;
    context.act({ action: 'authority.revoked', entity: 'authority', entityId, facts }, (db) => {
      keep(db, authority, done.register, now);
      recordChange(db, 'identity', done.serial, now);
    });
  });
  return describe(context);
}

function nameOf(register: Register, serial: string): string {
  const entry = register.issued.find((one) => one.serial === serial);
  return certificateOf(entry?.certificate ?? register.issuing).commonName;
}
