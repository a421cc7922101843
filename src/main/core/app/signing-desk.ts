import { randomBytes } from 'node:crypto';
import { deputiesOf, keptPublicKey, listPeople, titledName, toOfficial } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Input, Output, SignedLetter } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import type { NumberChoice } from '../contract/numbering.ts';
import type { Person } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import {
  freeze,
  isSealed,
  issueNumber,
  latestChange,
  markSigned,
  openReservation,
  readLetter,
  readinessProblems,
  recordChange,
  recordLevel,
  releaseNumber,
  thaw,
  type Reader,
  type Receiver,
  type StoredLetter,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import { recordObject, type WriteDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { openKey, type SigningKey } from './desk-keys.ts';
import { signPage } from './desk-levels.ts';
import { recheckLater } from './rechecking.ts';
import { myLetter, pageOf } from './drafting.ts';
import { requireCurrentIdentity } from './identities.ts';
import { officeKey } from './known-offices.ts';
import { takeNumber } from './numbers.ts';
import { withStatement } from './statement-keys.ts';

/**
 * Signing, as DESIGN §1 "The way of the data": everything that can be refused is refused first; then T1 reserves
 * the number and freezes the content; the page is typeset and signed outside any transaction; T2 issues number,
 * PDF, delivery, notices and audit, all or nothing. A letter found 'reserved' is resumed with its own number.
 */
export async function sign(context: Context, input: Input<'letters.sign'>): Promise<SignedLetter> {
  const letter = signable(context, input);
  const identityId = letter.identityId ?? input.identityId ?? requireCurrentIdentity(context);
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

/** Of mine, unchanged and with everything in it; or begun already, then as it was frozen. */
function signable(context: Context, input: Pick<Input<'letters.sign'>, 'id' | 'revision'>): StoredLetter {
  const letter = myLetter(context, input.id);
  if (letter.state === 'reserved') return letter;
  if (letter.state !== 'draft') throw new AppError('LETTER_NOT_EDITABLE');
  if (letter.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  requireReady(context, letter.content);
  return letter;
}

/** A letter with its number, whose page is being set. */
export interface BegunLetter {
  readonly id: string;
  /** Asked for and perhaps not there yet. */
  readonly page: Promise<Uint8Array>;
  /** Its number was reserved before, and told to its author since. */
  readonly resumed: boolean;
}

/**
 * Signs with a signer at hand. `alongside` writes in the transaction that issues the letter (T2).
 * @throws AppError BATCH_CERTIFICATE_OTHER when the letter was reserved for another identity.
 */
export async function signWith(
  context: Context,
  input: Pick<Input<'letters.sign'>, 'id' | 'revision' | 'numbering'>,
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
  input: Pick<Input<'letters.sign'>, 'id' | 'revision' | 'numbering'>,
  { identityId }: SigningKey,
): BegunLetter {
  const letter = signable(context, input);
  if (letter.state !== 'reserved') reserve(context, letter.id, input.revision, identityId, input.numbering);
  // Its page names the issuer already.
  else if (letter.identityId !== identityId) throw new AppError('BATCH_CERTIFICATE_OTHER');
  const page = typeset(context, letter.id);
  // Whoever finishes the letter is told; until then nobody listens.
  page.catch(() => undefined);
  return { id: letter.id, page, resumed: letter.state === 'reserved' };
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
export function giveUpLetter(context: Context, { id, resumed }: BegunLetter, cause: unknown): void {
  try {
    release(context, id, cause instanceof AppError ? cause.code : 'INTERNAL', resumed);
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
  readersOf(context, content, people);
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
function readersOf(context: Context, content: LetterContent, people: ReadonlyMap<string, Person>): Reader[] {
  if (!isSealed(content.security)) return [];
  const { vault, accountId } = context.session();
  const readers = new Map<string, Reader>();
  const deputies = new Map<string, Reader>();
  for (const { accountId: receiver } of [...content.recipients, ...content.copies]) {
    if (receiver === null || receiver === accountId) continue;
    const publicKey = keptPublicKey(vault.read, receiver);
    if (!publicKey) {
      const person = people.get(receiver);
      throw new AppError('READER_NOT_READY', { name: person ? titledName(person) : '' });
    }
    readers.set(receiver, { accountId: receiver, publicKey, how: 'receiver' });
    for (const deputy of deputiesOf(vault.read, receiver, context.today)) {
      const deputyKey = keptPublicKey(vault.read, deputy);
      if (deputyKey && deputy !== accountId)
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
  choice: NumberChoice | undefined,
): void {
  const { ring } = context.session();
  const statementKey = officeKey(context);
  const facts = (number: string): Readonly<Record<string, string>> => ({
    number,
    ...(choice && 'date' in choice ? { date: choice.date, reason: choice.reason } : {}),
  });
  context.act({ action: 'letter.reserved', entity: 'letter', entityId: letterId, facts }, (db, now) => {
    const letter = readLetter(db, ring, letterId);
    // Asked again inside: a save may have come in while the passphrase was being tried.
    if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(context, letter.content);
    const { unit } = toOfficial(context.me(), letter.content.postId);
    const { content } = letter;
    const { number, date } = takeNumber(context, db, { id: letterId, content, unit }, choice, now);
    const page = pageOf(context, letter.content, number, date, identityId);
    freeze(db, ring, letter, withStatement(page, statementKey), identityId, now);
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
  { id: letterId, page }: BegunLetter,
  signer: SigningKey['signer'],
  alongside?: (db: WriteDb, now: Date) => void,
): Promise<SignedLetter> {
  const pdf = await page;
  const { vault, accountId, ring } = context.session();
  const letter = readLetter(vault.read, ring, letterId);
  if (!letter.frozen) throw new AppError('LETTER_NOT_EDITABLE');
  const signed = await signPage(context, signer, pdf, letter.frozen);
  const { receivers, readers } = delivery(context, letter);
  const sealed = isSealed(letter.security);
  const object = vault.putObject(signed.pdf, sealed ? randomBytes(32) : undefined);
  // The key of a sealed letter's PDF lies under the letter's own key, and nowhere else.
  const kept = sealed ? { ...object, key: Buffer.alloc(0) } : object;
  const now = context.ports.clock.now();
  const result = vault.write((db): SignedLetter => {
    const reservation = openReservation(db, letterId);
    if (!reservation) throw new AppError('NOT_FOUND');
    issueNumber(db, reservation, now);
    alongside?.(db, now);
    recordObject(db, kept, now.toISOString());
    markLetterNoticesRead(db, accountId, letterId, now);
    const received = markSigned(db, ring, letter, object, receivers, readers, now);
    recordLevel(db, letterId, signed);
    const told = [...received, ...readers.filter((one) => one.how === 'deputy').map((one) => one.accountId)];
    for (const receiver of told) addNotice(db, receiver, 'letter-arrived', letterId, now);
    recordChange(db, 'notice', letterId, now);
    const sha256 = object.id.slice(0, 64);
    const facts = {
      number: reservation.number,
      sha256,
      delivered: received.length,
      level: signed.level,
      ...(signed.lowering ? { lowered: signed.lowering.code } : {}),
    };
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
      sha256,
      delivered: received.length,
      level: signed.level,
      lowering: signed.lowering,
    };
  });
  recheckLater(context, letterId);
  return result;
}

/** Who gets the letter in this vault, and to whom it is sealed. */
function delivery(
  context: Context,
  letter: StoredLetter,
): { receivers: Map<string, Receiver>; readers: Reader[] } {
  const people = peopleById(context);
  const receivers = new Map([...people].map(([accountId, { unit }]) => [accountId, { accountId, unit }]));
  return { receivers, readers: readersOf(context, letter.frozen?.content ?? letter.content, people) };
}

/** A draft again; the number goes back, or stays in the book as batal with its reason. */
function release(
  context: Context,
  letterId: string,
  reason: string,
  seen: boolean,
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
      const by = context.session().accountId;
      const fate = releaseNumber(db, reservation, { reason, by, seen }, now);
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
  // Whoever cancels has read the number on the screen, and may have written it down.
  return release(context, letter.id, input.reason, true);
}
