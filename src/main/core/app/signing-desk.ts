import { randomBytes } from 'node:crypto';
import { deputiesOf, keptPublicKey, listPeople, readPerson, titledName } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Input, Output, SignedLetter } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Person } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import {
  asksOthers,
  clearSteps,
  freeze,
  isSealed,
  issueNumber,
  latestChange,
  markCosigning,
  markSigned,
  openReservation,
  pdfOf,
  readLetter,
  readinessProblems,
  recordChange,
  recordLevel,
  releaseNumber,
  requireLinksOpen,
  reserveNumber,
  settleLinks,
  stepSigned,
  stepsOf,
  thaw,
  type Reader,
  type Receiver,
  type StoredLetter,
  type StoredStep,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import { recordObject, sql, type WriteDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import { plainDate, type Context } from './context.ts';
import { openKey, type SigningKey } from './desk-keys.ts';
import { signPage } from './desk-levels.ts';
import { recheckLater } from './rechecking.ts';
import { pageOf } from './drafting.ts';
import { askNext, printedSigners, requireParticipants, turnAt } from './participants.ts';
import { requireCurrentIdentity } from './identities.ts';
import { officeKey } from './known-offices.ts';
import { withStatement } from './statement-keys.ts';

/**
 * Signing, as DESIGN §1 "The way of the data": everything that can be refused is refused first; then T1 reserves
 * the number and freezes the content; the page is typeset and signed outside any transaction; T2 issues number,
 * PDF, delivery, notices and audit, all or nothing. A letter found 'reserved' is resumed with its own number.
 */
export async function sign(context: Context, input: Input<'letters.sign'>): Promise<SignedLetter> {
  const { letter } = signable(context, input);
  // A number taken is finished with the certificate that the page names; a later signer has one of their own.
  const begun = letter.state === 'reserved' ? letter.identityId : null;
  const identityId = begun ?? input.identityId ?? requireCurrentIdentity(context);
  // What was typed for one key is not tried on another.
  if (input.identityId !== undefined && input.identityId !== identityId)
    throw new AppError('BATCH_CERTIFICATE_OTHER');
  const key = await openKey(context, identityId, input.signingPassphrase);
  try {
    return await signWith(context, input, key);
  } finally {
    key.close();
  }
}

/** What is to be signed now, and in whose place. */
interface Signable {
  readonly letter: StoredLetter;
  /** For whom a deputy signs; null: for oneself. */
  readonly principalId: string | null;
}

/** As asked: unchanged since it was read. Or begun by me already, then as it was frozen. */
function signable(context: Context, input: Pick<Input<'letters.sign'>, 'id' | 'revision'>): Signable {
  const { vault, ring } = context.session();
  const letter = readLetter(vault.read, ring, input.id);
  const principalId = requireSignable(context, letter);
  if ((letter.state === 'draft' || letter.state === 'ready') && letter.revision !== input.revision)
    throw new AppError('LETTER_CHANGED_ELSEWHERE');
  return { letter, principalId };
}

/** A letter of mine, or one that I am asked to sign. @throws AppError NOT_FOUND. */
export function letterToSign(context: Context, id: string): StoredLetter {
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, id);
  if (letter.authorId !== accountId && letter.holderId !== accountId) turnAt(context, id, 'sign');
  return letter;
}

/**
 * A draft of mine that asks nobody else, or a letter at my turn, with everything in it.
 * @returns for whom a deputy signs; null: for oneself.
 * @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, LETTER_NOT_SUBMITTED, NOT_YOUR_TURN, DEPUTY_NOT_NOW, LETTER_INCOMPLETE.
 */
export function requireSignable(context: Context, letter: StoredLetter): string | null {
  const { accountId } = context.session();
  if (letter.state === 'reserved' && letter.holderId === accountId) return null;
  if (letter.authorId === accountId && letter.state === 'draft') {
    requireReady(context, letter.content);
    if (asksOthers(letter.content, accountId)) throw new AppError('LETTER_NOT_SUBMITTED');
    return null;
  }
  if (letter.authorId === accountId && !signing.has(letter.state)) throw new AppError('LETTER_NOT_EDITABLE');
  const { principalId } = turnAt(context, letter.id, 'sign');
  if (letter.state === 'ready') requireReady(context, letter.content);
  return principalId;
}

const signing: ReadonlySet<LetterState> = new Set<LetterState>(['ready', 'reserved', 'cosigning']);

/** A letter with its number, whose page is being set. */
export interface BegunLetter {
  readonly id: string;
  /** Asked for and perhaps not there yet; of a letter that others have signed, the file so far. */
  readonly page: Promise<Uint8Array>;
  readonly cosigning: boolean;
}

/**
 * Signs with a signer at hand. `alongside` writes in the transaction that issues the letter (T2).
 * @throws AppError BATCH_CERTIFICATE_OTHER when the letter was reserved for another identity.
 */
export async function signWith(
  context: Context,
  input: Pick<Input<'letters.sign'>, 'id' | 'revision'>,
  key: SigningKey,
  alongside?: (db: WriteDb, now: Date) => void,
): Promise<SignedLetter> {
  const begun = beginLetter(context, input, key);
  try {
    return await finishLetter(context, begun, key.signer, alongside);
  } catch (error) {
    giveUpLetter(context, begun, error);
    throw error;
  }
}

/**
 * T1, and the page is asked for. What is begun is finished, or given up, before anything else may reserve.
 * @throws AppError as `signWith`; nothing is reserved then.
 */
export function beginLetter(
  context: Context,
  input: Pick<Input<'letters.sign'>, 'id' | 'revision'>,
  { identityId }: SigningKey,
): BegunLetter {
  const { letter, principalId } = signable(context, input);
  if (letter.state === 'cosigning') {
    const { vault, ring } = context.session();
    const kept = pdfOf(vault.read, ring, letter.id);
    return { id: letter.id, page: Promise.resolve(vault.getObject(kept.id, kept.key)), cosigning: true };
  }
  if (letter.state !== 'reserved') reserve(context, letter.id, input.revision, identityId, principalId);
  // Its page names the issuer already.
  else if (letter.identityId !== identityId) throw new AppError('BATCH_CERTIFICATE_OTHER');
  const page = typeset(context, letter.id);
  // Whoever finishes the letter is told; until then nobody listens.
  page.catch(() => undefined);
  return { id: letter.id, page, cosigning: false };
}

/** Sign, seal, T2. @throws what typesetting, signing and the vault throw; the letter is still reserved then. */
export async function finishLetter(
  context: Context,
  begun: BegunLetter,
  signer: SigningKey['signer'],
  alongside?: (db: WriteDb, now: Date) => void,
): Promise<SignedLetter> {
  const signed = await complete(context, begun, signer, alongside);
  tellPage(context);
  return signed;
}

/** Ends the reservation of a signing that failed; what failed first is what the person is told. */
export function giveUpLetter(context: Context, { id, cosigning }: BegunLetter, cause: unknown): void {
  // What others have signed stays as it is, and waits.
  if (cosigning) return;
  try {
    release(context, id, cause instanceof AppError ? cause.code : 'INTERNAL');
  } catch (error) {
    context.ports.logger.error('reservation not released', {}, error);
  }
}

function tellPage(context: Context): void {
  context.ports.emit({ type: 'changed', seq: latestChange(context.session().vault.read) });
  updateBadge(context);
}

/** @throws AppError LETTER_INCOMPLETE, also for an addressee whose account does not exist. */
export function requireReady(context: Context, content: LetterContent): void {
  const [problem] = readinessProblems(content, rulesOf(context.profile, content.kind));
  if (problem) throw new AppError(problem.code, problem.params);
  const people = peopleById(context);
  const unknown = (list: LetterContent['recipients']): boolean =>
    list.some((one) => one.accountId !== null && !people.has(one.accountId));
  if (unknown(content.recipients)) throw new AppError('LETTER_INCOMPLETE', { field: 'recipients' });
  if (unknown(content.copies)) throw new AppError('LETTER_INCOMPLETE', { field: 'copies' });
  readersOf(context, content, people, context.session().accountId);
}

const peopleById = (context: Context): Map<string, Person> =>
  new Map(
    listPeople(context.session().vault.read, context.today)
      .filter((person) => !person.revoked)
      .map((person) => [person.accountId, person]),
  );

/**
 * To whom a letter of a sealed class is sealed when it is signed, besides its author: its receivers of this vault and,
 * where the class lets them, who stands in for those today.
 * @throws AppError READER_NOT_READY when a receiver has no key yet.
 */
function readersOf(
  context: Context,
  content: LetterContent,
  people: ReadonlyMap<string, Person>,
  authorId: string,
): Reader[] {
  if (!isSealed(content.security)) return [];
  const { vault } = context.session();
  const readers = new Map<string, Reader>();
  const deputies = new Map<string, Reader>();
  for (const { accountId: receiver } of [...content.recipients, ...content.copies]) {
    if (receiver === null || receiver === authorId) continue;
    const publicKey = keptPublicKey(vault.read, receiver);
    if (!publicKey) {
      const person = people.get(receiver);
      throw new AppError('READER_NOT_READY', { name: person ? titledName(person) : '' });
    }
    readers.set(receiver, { accountId: receiver, publicKey, how: 'receiver' });
    for (const deputy of deputiesOf(vault.read, receiver, context.today)) {
      const deputyKey = keptPublicKey(vault.read, deputy);
      if (deputyKey && deputy !== authorId)
        deputies.set(deputy, { accountId: deputy, publicKey: deputyKey, how: 'deputy' });
    }
  }
  if (!classRules[content.security].deputies) return [...readers.values()];
  return [...new Map([...deputies, ...readers]).values()];
}

/** T1. */
function reserve(
  context: Context,
  letterId: string,
  revision: number,
  identityId: string,
  principalId: string | null,
): void {
  const { ring, accountId } = context.session();
  const statementKey = officeKey(context);
  const facts = (number: string): { number: string } => ({ number });
  const audit = { action: 'letter.reserved', entity: 'letter', entityId: letterId, facts };
  context.act({ ...audit, ...(principalId === null ? {} : { onBehalfOf: principalId }) }, (db, now) => {
    const letter = readLetter(db, ring, letterId);
    // Asked again inside: a save may have come in while the passphrase was being tried.
    if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(context, letter.content);
    const kind = rulesOf(context.profile, letter.kind);
    const date = plainDate(now);
    requireLinksOpen(db, letterId);
    if (letter.state === 'draft') clearSteps(db, letterId);
    else requireParticipants(context, letter);
    const deputyId = principalId === null ? null : accountId;
    const { unit } = printedSigners(context, letter.content, letter.authorId, deputyId).signer;
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
    const page = pageOf(context, letter, number, date, identityId, deputyId);
    freeze(db, ring, letter, withStatement(page, statementKey), { identityId, accountId }, now);
    return number;
  });
}

/** The page of a letter as it was frozen. */
async function typeset(context: Context, letterId: string): Promise<Uint8Array> {
  const { vault, ring } = context.session();
  const letter = readLetter(vault.read, ring, letterId);
  if (!letter.frozen || letter.reservedAt === null) throw new AppError('LETTER_NOT_EDITABLE');
  const page = await context.ports.pool.run('typeset', {
    letter: letter.frozen,
    profile: null,
    createdAt: letter.reservedAt,
  });
  return page.pdf;
}

async function complete(
  context: Context,
  { id: letterId, page, cosigning }: BegunLetter,
  signer: SigningKey['signer'],
  alongside?: (db: WriteDb, now: Date) => void,
): Promise<SignedLetter> {
  const pdf = await page;
  const { vault, accountId, ring } = context.session();
  const letter = readLetter(vault.read, ring, letterId);
  if (!letter.frozen) throw new AppError('LETTER_NOT_EDITABLE');
  const order = cosigning ? signaturesOf(context, letterId) : 0;
  const signed = await signPage(context, signer, pdf, letter.frozen, order);
  const sealed = isSealed(letter.security);
  const object = vault.putObject(signed.pdf, sealed ? randomBytes(32) : undefined);
  // The key of a sealed letter's PDF lies under the letter's own key, and nowhere else.
  const kept = sealed ? { ...object, key: Buffer.alloc(0) } : object;
  const now = context.ports.clock.now();
  const result = vault.write((db): SignedLetter => {
    // Somebody may have refused it while a token or the network was asked.
    const still = readLetter(db, ring, letterId);
    if (still.state !== letter.state || still.objectId !== letter.objectId)
      throw new AppError('LETTER_CHANGED_ELSEWHERE');
    const step = openSignature(db, letter);
    const onBehalfOf = step && step.accountId !== accountId ? step.accountId : null;
    const others = stepSigned(db, letter, accountId, now);
    alongside?.(db, now);
    recordObject(db, kept, now.toISOString());
    for (const account of new Set([accountId, step?.accountId ?? accountId]))
      markLetterNoticesRead(db, account, letterId, now);
    const sha256 = object.id.slice(0, 64);
    const audit = {
      at: now,
      actorId: accountId,
      ...(onBehalfOf === null ? {} : { onBehalfOf }),
      entity: 'letter',
      entityId: letterId,
    };
    const lowered = signed.lowering ? { lowered: signed.lowering.code } : {};
    const told = {
      number: letter.number ?? '',
      date: letter.date ?? '',
      sha256,
      level: signed.level,
      lowering: signed.lowering,
    };
    if (others) {
      markCosigning(db, ring, letter, object, now);
      recordLevel(db, letterId, signed);
      askNext(context, db, letter, [], now);
      recordChange(db, 'notice', letterId, now);
      const facts = { number: told.number, sha256, level: signed.level, ...lowered };
      appendAudit(db, { ...audit, action: 'letter.cosigned', facts });
      return { ...told, delivered: 0, next: nextSigner(context, db, letterId) };
    }
    const { receivers, readers } = delivery(context, letter);
    const reservation = openReservation(db, letterId);
    if (!reservation) throw new AppError('NOT_FOUND');
    issueNumber(db, reservation, now);
    const received = markSigned(db, ring, letter, object, receivers, readers, now);
    recordLevel(db, letterId, signed);
    const arrivedAt = [
      ...received,
      ...readers.filter((one) => one.how === 'deputy').map((one) => one.accountId),
    ];
    for (const receiver of arrivedAt) addNotice(db, receiver, 'letter-arrived', letterId, now);
    if (letter.authorId !== accountId) addNotice(db, letter.authorId, 'letter-signed', letterId, now);
    for (const { targetId } of settleLinks(db, letterId, now)) tellSuperseded(db, targetId, now);
    recordChange(db, 'notice', letterId, now);
    const facts = {
      number: reservation.number,
      sha256,
      delivered: received.length,
      level: signed.level,
      ...lowered,
    };
    appendAudit(db, { ...audit, action: 'letter.signed', facts });
    return { ...told, number: reservation.number, delivered: received.length, next: null };
  });
  recheckLater(context, letterId);
  return result;
}

/** How many have signed a letter already. */
const signaturesOf = (context: Context, letterId: string): number =>
  stepsOf(context.session().vault.read, letterId).filter((one) => one.role === 'sign' && one.doneAt !== null)
    .length;

const openSignature = (db: WriteDb, letter: StoredLetter): StoredStep | undefined =>
  stepsOf(db, letter.id).find((one) => one.role === 'sign' && one.doneAt === null);

function nextSigner(context: Context, db: WriteDb, letterId: string): string | null {
  const next = stepsOf(db, letterId).find((one) => one.role === 'sign' && one.doneAt === null);
  return next ? titledName(readPerson(db, next.accountId, context.today)) : null;
}

/** Whoever had received the earlier letter is told that another has taken its place. */
function tellSuperseded(db: WriteDb, letterId: string, now: Date): void {
  const receivers = db.all<{ account_id: string }>(
    sql`SELECT DISTINCT account_id FROM letter_party WHERE letter_id = ${letterId} AND account_id IS NOT NULL
      AND delivered_at IS NOT NULL`,
  );
  for (const { account_id: account } of receivers) addNotice(db, account, 'letter-superseded', letterId, now);
}

/** Who gets the letter in this vault, and to whom it is sealed. */
function delivery(
  context: Context,
  letter: StoredLetter,
): { receivers: Map<string, Receiver>; readers: Reader[] } {
  const people = peopleById(context);
  const receivers = new Map([...people].map(([accountId, { unit }]) => [accountId, { accountId, unit }]));
  return {
    receivers,
    readers: readersOf(context, letter.frozen?.content ?? letter.content, people, letter.authorId),
  };
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
      const letter = readLetter(db, context.session().ring, letterId);
      const reservation = openReservation(db, letterId);
      if (!reservation) throw new AppError('NOT_FOUND');
      const fate = releaseNumber(db, reservation, reason, now);
      thaw(db, letter, stepsOf(db, letterId).length > 0 ? 'ready' : 'draft', now);
      markLetterNoticesRead(db, letter.holderId ?? letter.authorId, letterId, now);
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
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, input.id);
  if (letter.holderId !== accountId && letter.authorId !== accountId) throw new AppError('NOT_FOUND');
  if (letter.state !== 'reserved' || letter.holderId !== accountId) throw new AppError('LETTER_NOT_EDITABLE');
  return release(context, letter.id, input.reason);
}
