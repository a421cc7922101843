import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { FollowUp, FollowUpAction, IncomingDetail, Registration, Reply } from '../contract/incoming.ts';
import type { LetterContent, LetterDetail } from '../contract/letters.ts';
import { isSignedState } from '../contract/lifecycle.ts';
import { classRules } from '../contract/permissions.ts';
import {
  addDraft,
  agendaOf,
  claim as claimFor,
  followUpsOf,
  incomingOf,
  link,
  reopen as reopenFor,
  repliesTo,
  settleUnneeded,
  stepsOf,
  unclaim as unclaimFor,
  type StoredFollowUp,
} from '../letters/index.ts';
import { leftAddressees, letterDetail, personName, receives, visible, type Asker } from '../queries/index.ts';
import { rulesOf, startOf } from '../typesetting/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';
import { isGone } from './dispositions.ts';
import { sealingAuthor } from './drafting.ts';
import { detailOf } from './letter-life.ts';

/** What addressees make of what came in: who takes care of it, that nothing is to be done, an answer. */

type Stored = ReturnType<typeof letterDetail>;
type Kept = NonNullable<ReturnType<typeof incomingOf>>;

/** A letter as the asker stands to it. */
interface Standing {
  readonly asker: Asker;
  readonly letter: Stored;
  readonly registration: Kept | null;
  readonly followUps: readonly StoredFollowUp[];
  /** On the receiving side: what receivers make of it is not told to who sent it. */
  readonly inside: boolean;
  /** Addressees whose account is revoked, for whom the asker acts. */
  readonly left: ReadonlySet<string>;
}

function standing(context: Context, id: string): Standing {
  const { vault, ring } = context.session();
  const asker = context.asker();
  const letter = letterDetail(vault.read, asker, id);
  const registration = incomingOf(vault.read, ring, id);
  const followUps = followUpsOf(vault.read, ring, id);
  const base = { asker, letter, registration, followUps };
  const inside =
    (registration !== null && letter.mine) ||
    followUps.some((one) => isRegistrarOf(base, one)) ||
    asker.roles.includes('archivist') ||
    receives(vault.read, asker, id);
  return { ...base, inside, left: leftAddressees(vault.read, asker, id) };
}

const isMine = ({ asker, letter }: Pick<Standing, 'asker' | 'letter'>, accountId: string): boolean =>
  accountId === asker.accountId ||
  (classRules[letter.security].deputies && asker.principals.some((one) => one.id === accountId));

/** Keeps the desk of an addressee's unit, or of the unit in whose book the letter is. */
function isRegistrarOf(
  { asker, letter, registration }: Omit<Standing, 'inside' | 'left'>,
  one: StoredFollowUp,
): boolean {
  if (!asker.roles.includes('registrar')) return false;
  if (registration !== null && letter.mine) return true;
  const units = [one.unit, registration?.unit ?? ''];
  return (
    asker.unit !== '' &&
    units.includes(asker.unit) &&
    classRules[letter.security].inUnit.includes('registrar')
  );
}

/** As the addressee, in whose place somebody may be: one's own, a principal's, or of a revoked account. */
const standsFor = (at: Standing, accountId: string): boolean =>
  isMine(at, accountId) || at.left.has(accountId);

function actionsFor(at: Standing, one: StoredFollowUp): FollowUpAction[] {
  const mine = standsFor(at, one.accountId);
  if (at.letter.destroyed || at.letter.state === 'voided' || (!mine && !isRegistrarOf(at, one))) return [];
  if (one.settledAt !== null)
    return mine && one.settledHow !== 'disposed' ? (['reopen'] as const).slice() : [];
  const hands: FollowUpAction =
    one.claimedBy === null ? 'claim' : one.claimedBy === at.asker.accountId ? 'unclaim' : 'takeOver';
  return mine ? [hands, 'settle'] : [hands];
}

const nameOf = (db: ReadDb, accountId: string | null): string =>
  accountId === null ? '' : personName(db, accountId).name;

function shown(db: ReadDb, at: Standing, one: StoredFollowUp): FollowUp {
  return {
    accountId: one.accountId,
    ...personName(db, one.accountId),
    mine: isMine(at, one.accountId),
    left: at.left.has(one.accountId),
    read: one.readAt !== null,
    claimedBy: nameOf(db, one.claimedBy),
    claimedByMe: one.claimedBy === at.asker.accountId,
    claimedFrom: nameOf(db, one.claimedFrom),
    claimedAt: one.claimedAt,
    settledHow: one.settledHow,
    settledAt: one.settledAt,
    settledBy: nameOf(db, one.settledBy),
    reason: one.reason,
    may: actionsFor(at, one),
  };
}

function shownRegistration(db: ReadDb, { letter, registration }: Standing): Registration | null {
  if (!registration) return null;
  const { registeredBy, ...kept } = registration;
  const { content } = letter;
  return {
    ...kept,
    registeredBy: nameOf(db, registeredBy),
    sender: letter.senderName,
    number: letter.number ?? '',
    date: letter.date ?? '',
    subject: content.subject,
    kind: content.kind,
    classification: content.classification,
    urgency: content.urgency,
    attachments: content.attachments,
  };
}

function shownReplies(db: ReadDb, { asker, letter }: Standing): Reply[] {
  return repliesTo(db, letter.id).map(({ letterId, authorId, state, number }) => {
    const seen = db.get(sql`SELECT 1 FROM letter WHERE letter.id = ${letterId} AND ${visible(asker)}`);
    return {
      letterId: seen ? letterId : null,
      name: nameOf(db, authorId),
      mine: authorId === asker.accountId,
      state,
      number,
    };
  });
}

const answerable = ({ inside, letter }: Standing): boolean =>
  inside &&
  letter.destroyed === null &&
  (letter.state === 'signed' || letter.state === 'registered' || isSignedState(letter.state));

/** @throws AppError NOT_FOUND */
export function read(context: Context, { id }: Input<'incoming.read'>): IncomingDetail {
  const db = context.session().vault.read;
  const at = standing(context, id);
  const { asker, letter, registration, followUps, inside } = at;
  const units = new Set([
    asker.unit,
    registration?.unit ?? '',
    ...followUps.filter((one) => isMine(at, one.accountId)).map((one) => one.unit),
  ]);
  const everywhere = asker.roles.includes('archivist');
  const keeps =
    asker.roles.includes('registrar') &&
    registration !== null &&
    (letter.mine || registration.unit === asker.unit);
  const open =
    letter.state === 'registered' && !letter.destroyed && followUps.every((one) => one.settledAt === null);
  return {
    agenda: inside ? agendaOf(db, id).filter((one) => everywhere || units.has(one.unit)) : [],
    registration: shownRegistration(db, at),
    followUps: followUps
      .filter((one) => inside || at.left.has(one.accountId))
      .map((one) => shown(db, at, one)),
    replies: inside ? shownReplies(db, at) : [],
    mayReply:
      answerable(at) && ['drafter', 'signer'].some((role) => (asker.roles as string[]).includes(role)),
    mayCorrect: keeps && open,
    mayVoid: keeps && detailOf(context, id).may.includes('void'),
  };
}

interface Acting {
  readonly at: Standing;
  readonly one: StoredFollowUp;
  readonly onBehalfOf: { readonly onBehalfOf?: string };
}

/** @throws AppError NOT_FOUND where the asker may do none of these for that addressee; LETTER_DESTROYED. */
function acting(
  context: Context,
  input: { readonly id: string; readonly accountId: string },
  wanted: readonly FollowUpAction[],
): Acting {
  const at = standing(context, input.id);
  const one = at.followUps.find((each) => each.accountId === input.accountId);
  if (!one) throw new AppError('NOT_FOUND');
  const may = actionsFor(at, one);
  if (!standsFor(at, one.accountId) && !isRegistrarOf(at, one)) throw new AppError('NOT_FOUND');
  if (at.letter.destroyed) throw new AppError('LETTER_DESTROYED');
  if (!wanted.some((action) => may.includes(action))) throw new AppError('LETTER_NOT_EDITABLE');
  const own = one.accountId === at.asker.accountId;
  return { at, one, onBehalfOf: own ? {} : { onBehalfOf: one.accountId } };
}

const audit = (action: string, entityId: string): { action: string; entity: string; entityId: string } => ({
  action,
  entity: 'letter',
  entityId,
});

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, INCOMING_CLAIMED {name} */
export function claim(context: Context, input: Input<'incoming.claim'>): IncomingDetail {
  const { accountId, vault } = context.session();
  const { one, onBehalfOf } = acting(context, input, ['claim', 'takeOver', 'unclaim']);
  const from = one.claimedBy === accountId ? null : one.claimedBy;
  if (from !== null && !input.takeOver)
    throw new AppError('INCOMING_CLAIMED', { name: nameOf(vault.read, from) });
  const facts = from === null ? {} : { from };
  context.act({ ...audit('letter.claimed', input.id), ...onBehalfOf, facts }, (db, now) =>
    claimFor(db, input.id, one.accountId, accountId, from, now),
  );
  return read(context, input);
}

export function unclaim(context: Context, input: Input<'incoming.unclaim'>): IncomingDetail {
  const { one, onBehalfOf } = acting(context, input, ['unclaim']);
  context.act({ ...audit('letter.unclaimed', input.id), ...onBehalfOf }, (db, now) =>
    unclaimFor(db, input.id, one.accountId, now),
  );
  return read(context, input);
}

export function settle(context: Context, input: Input<'incoming.settle'>): IncomingDetail {
  const { accountId, ring } = context.session();
  const { at, one, onBehalfOf } = acting(context, input, ['settle']);
  const facts = { how: input.how };
  context.act({ ...audit('letter.settled', input.id), ...onBehalfOf, facts }, (db, now) =>
    settleUnneeded(db, ring, at.letter, one.accountId, { by: accountId, reason: input.reason }, now),
  );
  return read(context, input);
}

export function reopen(context: Context, input: Input<'incoming.reopen'>): IncomingDetail {
  const { one, onBehalfOf } = acting(context, input, ['reopen']);
  const facts = { how: one.settledHow ?? '' };
  context.act({ ...audit('letter.unsettled', input.id), ...onBehalfOf, facts }, (db, now) =>
    reopenFor(db, input.id, one.accountId, now),
  );
  return read(context, input);
}

/** Answered in words and paper as this kind of letter is. */
const replyKind = 'surat-dinas';
const longestSubject = 1000;

/**
 * A draft to whom it came from. Whoever begins it takes care of the letter, unless somebody does already.
 * @throws AppError NOT_FOUND, LETTER_DESTROYED, KIND_UNKNOWN, INCOMING_REPLY_BEGUN {name}
 */
export function reply(context: Context, input: Input<'incoming.reply'>): LetterDetail {
  const { vault, ring, accountId } = context.session();
  const at = standing(context, input.id);
  if (at.inside && at.letter.destroyed) throw new AppError('LETTER_DESTROYED');
  if (!answerable(at)) throw new AppError('NOT_FOUND');
  const begun = repliesTo(vault.read, input.id).find((one) => !isSignedState(one.state));
  if (begun && !input.evenThough)
    throw new AppError('INCOMING_REPLY_BEGUN', { name: nameOf(vault.read, begun.authorId) });
  const rules = rulesOf(context.profile, replyKind);
  const { content } = at.letter;
  const draft: LetterContent = {
    kind: replyKind,
    classification: content.classification,
    urgency: content.urgency,
    security: at.letter.security,
    postId: null,
    attachments: '',
    subject: `Tanggapan: ${content.subject}`.slice(0, longestSubject),
    recipients: [senderOf(vault.read, at)],
    copies: [],
    body: startOf(rules),
    event: null,
  };
  const { post, unit } = context.me();
  const id = context.act(audit('letter.reply-begun', input.id), (db, now) => {
    const made = addDraft(db, ring, draft, { accountId, post, unit }, () => sealingAuthor(context), now);
    link(db, { letterId: made, targetId: input.id, kind: 'replies' }, now);
    claimForReply(db, at, now);
    return made;
  });
  return detailOf(context, id);
}

function claimForReply(db: WriteDb, at: Standing, now: Date): void {
  const { left } = at;
  const handled = ({ claimedBy }: StoredFollowUp): boolean => claimedBy !== null && !isGone(db, claimedBy);
  const free = (one: StoredFollowUp): boolean => !handled(one) && one.settledAt === null;
  const own = at.followUps.find((one) => one.accountId === at.asker.accountId);
  const one =
    own ??
    at.followUps.find((each) => isMine(at, each.accountId)) ??
    at.followUps.find((each) => left.has(each.accountId) && free(each));
  if (one && free(one)) claimFor(db, at.letter.id, one.accountId, at.asker.accountId, one.claimedBy, now);
}

/** Whom an answer goes to: the sender as written, or who signed it first in this vault. */
function senderOf(db: ReadDb, { letter, registration }: Standing): LetterContent['recipients'][number] {
  if (registration) return { accountId: null, name: letter.senderName, place: registration.senderPlace };
  const signer = stepsOf(db, letter.id).find((one) => one.role === 'sign');
  return { accountId: signer?.accountId ?? letter.authorId, name: letter.senderName, place: '' };
}
