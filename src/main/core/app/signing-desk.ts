import { listPeople, openSigningSecret, readIdentity, unsealPrivateKey } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Input, Output, SignedLetter } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import {
  freeze,
  issueNumber,
  latestChange,
  markSigned,
  openReservation,
  readLetter,
  readinessProblems,
  recordChange,
  releaseNumber,
  reserveNumber,
  thaw,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import { checkSigningCertificate, parseCertificate, signerFromPkcs8, type Signer } from '../pki/index.ts';
import { signPdf } from '../signing/index.ts';
import { loadProfile } from '../typesetting/index.ts';
import { recordObject, type ReadDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import { plainDate, type Context } from './context.ts';
import { myLetter, pageOf } from './drafting.ts';
import { requireCurrentIdentity } from './identities.ts';

/**
 * Signing, as DESIGN §1 "The way of the data": everything that can be refused is refused first; then T1 reserves
 * the number and freezes the content; the page is typeset and signed outside any transaction; T2 issues number,
 * PDF, delivery, notices and audit, all or nothing. A letter found 'reserved' is resumed with its own number.
 */
export async function sign(context: Context, input: Input<'letters.sign'>): Promise<SignedLetter> {
  const letter = myLetter(context, input.id);
  const resuming = letter.state === 'reserved';
  if (!resuming) {
    if (letter.state !== 'draft') throw new AppError('LETTER_NOT_EDITABLE');
    if (letter.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(context.session().vault.read, letter.content);
  }
  const identityId = letter.identityId ?? requireCurrentIdentity(context);
  const signer = await openSigner(context, identityId, input.signingPassphrase);
  if (!resuming) reserve(context, letter.id, input.revision, identityId);
  let signed: SignedLetter;
  try {
    signed = await complete(context, letter.id, signer);
  } catch (error) {
    giveUp(context, letter.id, error);
    throw error;
  }
  tellPage(context);
  return signed;
}

/** Ends the reservation of a signing that failed; what failed first is what the person is told. */
function giveUp(context: Context, letterId: string, cause: unknown): void {
  try {
    release(context, letterId, cause instanceof AppError ? cause.code : 'INTERNAL');
  } catch (error) {
    context.ports.logger.error('reservation not released', {}, error);
  }
}

function tellPage(context: Context): void {
  context.ports.emit({ type: 'changed', seq: latestChange(context.session().vault.read) });
  updateBadge(context);
}

/** @throws AppError LETTER_INCOMPLETE, also for an addressee whose account does not exist. */
function requireReady(db: ReadDb, content: LetterContent): void {
  const [problem] = readinessProblems(content);
  if (problem) throw new AppError(problem.code, problem.params);
  const people = new Set(listPeople(db).map((person) => person.accountId));
  const unknown = (list: LetterContent['recipients']): boolean =>
    list.some((one) => one.accountId !== null && !people.has(one.accountId));
  if (unknown(content.recipients)) throw new AppError('LETTER_INCOMPLETE', { field: 'recipients' });
  if (unknown(content.copies)) throw new AppError('LETTER_INCOMPLETE', { field: 'copies' });
}

async function openSigner(context: Context, identityId: string, signingPassphrase: string): Promise<Signer> {
  const { vault, accountId } = context.session();
  const identity = readIdentity(vault.read, accountId, identityId);
  checkSigningCertificate(parseCertificate(identity.certificate), context.ports.clock.now());
  const secret = await openSigningSecret(vault.read, accountId, signingPassphrase);
  const privateKey = unsealPrivateKey(vault.read, accountId, identityId, secret);
  try {
    return signerFromPkcs8(privateKey, identity.certificate, identity.chain);
  } finally {
    secret.fill(0);
    privateKey.fill(0);
  }
}

/** T1. */
function reserve(context: Context, letterId: string, revision: number, identityId: string): void {
  const { unit } = context.me();
  const profile = loadProfile(context.ports.resourcesDir, null);
  const facts = (number: string): { number: string } => ({ number });
  context.act({ action: 'letter.reserved', entity: 'letter', entityId: letterId, facts }, (db, now) => {
    const letter = readLetter(db, letterId);
    // Asked again inside: a save may have come in while the passphrase was being tried.
    if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(db, letter.content);
    const kind = profile.kinds[letter.kind];
    if (!kind) throw new AppError('PROFILE_INVALID', { field: `kinds.${letter.kind}` });
    const date = plainDate(now);
    const { number } = reserveNumber(
      db,
      {
        letterId,
        register: kind.register,
        unit,
        year: Number(date.slice(0, 4)),
        template: kind.numberTemplate,
        classification: letter.content.classification,
      },
      now,
    );
    freeze(db, letter, pageOf(context, letter.content, number, date, identityId), identityId, now);
    return number;
  });
}

/** Typeset, sign, seal; then T2. */
async function complete(context: Context, letterId: string, signer: Signer): Promise<SignedLetter> {
  const { vault, accountId } = context.session();
  const letter = readLetter(vault.read, letterId);
  if (!letter.frozen || letter.reservedAt === null) throw new AppError('LETTER_NOT_EDITABLE');
  const page = await context.ports.pool.run('typeset', {
    letter: letter.frozen,
    profile: null,
    createdAt: letter.reservedAt,
  });
  const signed = await signPdf(page.pdf, {
    signer,
    time: context.ports.clock.now(),
    name: letter.frozen.signer.name,
    location: letter.frozen.letterhead.place,
  });
  const object = vault.putObject(signed);
  const now = context.ports.clock.now();
  const result = vault.write((db): SignedLetter => {
    const reservation = openReservation(db, letterId);
    if (!reservation) throw new AppError('NOT_FOUND');
    issueNumber(db, reservation, now);
    recordObject(db, object, now.toISOString());
    markLetterNoticesRead(db, accountId, letterId, now);
    const receivers = markSigned(db, letter, object.id, now);
    for (const receiver of receivers) addNotice(db, receiver, 'letter-arrived', letterId, now);
    recordChange(db, 'notice', letterId, now);
    const facts = { number: reservation.number, sha256: object.id, delivered: receivers.length };
    appendAudit(db, {
      at: now,
      actorId: accountId,
      action: 'letter.signed',
      entity: 'letter',
      entityId: letterId,
      facts,
    });
    return {
      number: reservation.number,
      date: letter.date ?? '',
      sha256: object.id,
      delivered: receivers.length,
    };
  });
  return result;
}

/** A draft again; the number goes back, or stays in the book as batal with its reason. */
function release(
  context: Context,
  letterId: string,
  reason: string,
): { number: string; fate: 'returned' | 'batal' } {
  const result = context.act(
    {
      action: 'letter.reservation-ended',
      entity: 'letter',
      entityId: letterId,
      facts: (ended: { number: string; fate: 'returned' | 'batal' }) => ({ ...ended, reason }),
    },
    (db, now) => {
      const letter = readLetter(db, letterId);
      const reservation = openReservation(db, letterId);
      if (!reservation) throw new AppError('NOT_FOUND');
      const fate = releaseNumber(db, reservation, reason, now);
      thaw(db, letter, now);
      markLetterNoticesRead(db, letter.authorId, letterId, now);
      return { number: reservation.number, fate };
    },
  );
  updateBadge(context);
  return result;
}

export function cancelReservation(
  context: Context,
  input: Input<'letters.cancelReservation'>,
): Output<'letters.cancelReservation'> {
  const letter = myLetter(context, input.id);
  if (letter.state !== 'reserved') throw new AppError('LETTER_NOT_EDITABLE');
  return release(context, letter.id, input.reason);
}
