import { randomBytes } from 'node:crypto';
import { readPerson, titledName } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Input, Output, SignedLetter } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { NumberChoice } from '../contract/numbering.ts';
import {
  addRemark,
  clearSteps,
  dropAttachments,
  freeze,
  isSealed,
  issueNumber,
  keepProfileVersion,
  latestChange,
  markCosigning,
  markSigned,
  openReservation,
  pdfOf,
  plannedSteps,
  readLetter,
  recordChange,
  recordLevel,
  releaseNumber,
  requireLinksOpen,
  settleLinks,
  stepSigned,
  stepsOf,
  thaw,
  type StoredLetter,
  type StoredStep,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import { recordObject, sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import { typesetWhole, withAttachments } from './attachments.ts';
import type { Context } from './context.ts';
import { openKey, type SigningKey } from './desk-keys.ts';
import { signPage } from './desk-levels.ts';
import { recheckLater } from './rechecking.ts';
import { pageOf, profileOf } from './drafting.ts';
import { askNext, printedSigners, requireParticipants } from './participants.ts';
import { requireCurrentIdentity } from './identities.ts';
import { keepNow } from './keeping.ts';
import { officeKey } from './known-offices.ts';
import { takeNumber } from './numbers.ts';
import { delivery, requireReady, signable } from './signable.ts';
import { withStatement } from './statement-keys.ts';
import { takeIn } from './taking-in.ts';

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

/** A letter with its number, whose page is being set. */
export interface BegunLetter {
  readonly id: string;
  /** Asked for and perhaps not there yet; of a letter that others have signed, the file so far. */
  readonly page: Promise<Uint8Array>;
  readonly cosigning: boolean;
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
  const { letter, principalId } = signable(context, input);
  if (letter.state === 'cosigning') {
    const { vault, ring } = context.session();
    // Before the key is used: what it takes the place of may have gone meanwhile.
    requireLinksOpen(vault.read, letter.id);
    const kept = pdfOf(vault.read, ring, letter.id);
    const sofar = Promise.resolve(vault.getObject(kept.id, kept.key));
    return { id: letter.id, page: sofar, cosigning: true, resumed: true };
  }
  if (letter.state !== 'reserved')
    reserve(context, letter.id, input.revision, { identityId, principalId, choice: input.numbering });
  // Its page names the issuer already.
  else if (letter.identityId !== identityId) throw new AppError('BATCH_CERTIFICATE_OTHER');
  const page = typeset(context, letter.id);
  // Whoever finishes the letter is told; until then nobody listens.
  page.catch(() => undefined);
  return { id: letter.id, page, cosigning: false, resumed: letter.state === 'reserved' };
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
export function giveUpLetter(
  context: Context,
  { id, cosigning, resumed }: BegunLetter,
  cause: unknown,
): void {
  // What others have signed stays as it is, and waits.
  if (cosigning) return;
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

/**
 * The page names those who were asked, and nobody else.
 * @throws AppError LETTER_CHANGED_ELSEWHERE
 */
function requireAsPlanned(db: WriteDb, letter: StoredLetter): void {
  const asked = stepsOf(db, letter.id).map(({ role, place, accountId }) => [role, place, accountId].join());
  const named = plannedSteps(letter.content, letter.authorId).map(({ role, place, accountId }) =>
    [role, place, accountId].join(),
  );
  if (asked.toSorted().join(';') !== named.toSorted().join(';'))
    throw new AppError('LETTER_CHANGED_ELSEWHERE');
}

/** What a number is taken with. */
interface Taking {
  readonly identityId: string;
  readonly principalId: string | null;
  readonly choice: NumberChoice | undefined;
}

/** T1. */
function reserve(
  context: Context,
  letterId: string,
  revision: number,
  { identityId, principalId, choice }: Taking,
): void {
  const { ring, accountId } = context.session();
  const statementKey = officeKey(context);
  // Words about a sealed letter stand neither in the log nor in the book.
  const sealed = isSealed(readLetter(context.session().vault.read, ring, letterId).security);
  const facts = (number: string): Readonly<Record<string, string>> => ({
    number,
    ...(choice && 'date' in choice ? { date: choice.date } : {}),
    ...(choice && 'date' in choice && !sealed ? { reason: choice.reason } : {}),
  });
  const audit = { action: 'letter.reserved', entity: 'letter', entityId: letterId, facts };
  context.act({ ...audit, ...(principalId === null ? {} : { onBehalfOf: principalId }) }, (db, now) => {
    const letter = readLetter(db, ring, letterId);
    // Asked again inside: a save may have come in while the passphrase was being tried.
    if (letter.revision !== revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
    requireReady(context, letter);
    requireLinksOpen(db, letterId);
    requireParticipants(context, letter, 'signers');
    if (letter.state === 'draft') clearSteps(db, letterId);
    else requireAsPlanned(db, letter);
    const deputyId = principalId === null ? null : accountId;
    const { content } = letter;
    const { unit } = printedSigners(context, content, letter.authorId, deputyId).signer;
    const { number, date } = takeNumber(context, db, { id: letterId, content, unit }, choice, now);
    const page = withAttachments(
      context,
      letterId,
      pageOf(context, letter, number, date, identityId, deputyId),
    );
    keepNow(context, db, letter, 'signing', now);
    freeze(db, ring, letter, withStatement(page, statementKey), { identityId, accountId }, now);
    keepProfileVersion(db, letterId, context.inForce.version);
    return number;
  });
}

/** The page of a letter as it was frozen. */
async function typeset(context: Context, letterId: string): Promise<Uint8Array> {
  const { vault, ring } = context.session();
  const letter = readLetter(vault.read, ring, letterId);
  if (!letter.frozen || letter.reservedAt === null) throw new AppError('LETTER_NOT_EDITABLE');
  const set = profileOf(context, letterId).page;
  const page = await typesetWhole(context, letterId, letter.frozen, letter.reservedAt, set);
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
  const signed = await signPage(context, signer, pdf, letter.frozen, order + 1);
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
      recordLevel(db, letterId, signed, cosigning);
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
    recordLevel(db, letterId, signed, cosigning);
    dropAttachments(db, letterId);
    const arrivedAt = [
      ...received,
      ...readers.filter((one) => one.how === 'deputy').map((one) => one.accountId),
    ];
    for (const receiver of arrivedAt) addNotice(db, receiver, 'letter-arrived', letterId, now);
    if (letter.authorId !== accountId) addNotice(db, letter.authorId, 'letter-signed', letterId, now);
    const superseded = settleLinks(db, letterId, now);
    for (const { targetId } of superseded) tellSuperseded(db, targetId, now);
    takeIn(db, letter, receivers, superseded, accountId, now);
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

const openSignature = (db: ReadDb, letter: StoredLetter): StoredStep | undefined =>
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

/** A draft again; the number goes back, or stays in the book as batal with its reason. */
function release(
  context: Context,
  letterId: string,
  reason: string,
  seen: boolean,
): { number: string; fate: 'returned' | 'batal' } {
  const { security } = readLetter(context.session().vault.read, context.session().ring, letterId);
  // What a person wrote about a sealed letter is kept with it, sealed; the book and the log say that there is a reason.
  const told = seen && isSealed(security) ? 'SEALED_REASON' : reason;
  const result = context.act(
    {
      action: 'letter.reservation-ended',
      entity: 'letter',
      entityId: letterId,
      facts: (ended: { number: string; fate: 'returned' | 'batal' }) => ({ ...ended, reason: told }),
    },
    (db, now) => {
      const { ring, accountId } = context.session();
      const letter = readLetter(db, ring, letterId);
      if (told !== reason) {
        const remark = { kind: 'cancel', text: reason, mark: null, accountId, onBehalfOf: null } as const;
        addRemark(db, ring, letter, remark, now);
      }
      const reservation = openReservation(db, letterId);
      if (!reservation) throw new AppError('NOT_FOUND');
      const by = context.session().accountId;
      const fate = releaseNumber(db, reservation, { reason: told, by, seen }, now);
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
  // Whoever took the number may be gone: the author, and whose signature it is, may cancel too.
  const own = letter.holderId === accountId || letter.authorId === accountId;
  if (!own && openSignature(vault.read, letter)?.accountId !== accountId) throw new AppError('NOT_FOUND');
  if (letter.state !== 'reserved') throw new AppError('LETTER_NOT_EDITABLE');
  // Whoever cancels has read the number on the screen, and may have written it down.
  return release(context, letter.id, input.reason, true);
}
