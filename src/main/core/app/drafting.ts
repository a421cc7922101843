import { currentIdentityId, keptPublicKey, readIdentity, titledName } from '../accounts/index.ts';
import type { Input, Output, Preview } from '../contract/api.ts';
import { AppError, type ErrorShape } from '../contract/errors.ts';
import type { Kind } from '../contract/kinds.ts';
import type { LetterContent, LetterDetail, TypesetLetter } from '../contract/letters.ts';
import {
  createLetter,
  fallAfter,
  isSealed,
  plannedSteps,
  profileVersionOf,
  readLetter,
  readinessProblems,
  saveContent,
  setState,
  type Reader,
  type StoredLetter,
} from '../letters/index.ts';
import { mayCall } from '../contract/permissions.ts';
import { parseCertificate } from '../pki/index.ts';
import { kindOf, rulesOf, startOf, type KindRules } from '../typesetting/index.ts';
import type { WriteDb } from '../vault/index.ts';
import { attachmentsMoved, typesetWhole, withAttachments } from './attachments.ts';
import { plainDate, type Context } from './context.ts';
import { detailOf } from './letter-life.ts';
import { printedSigners, turnAt, type Turn } from './participants.ts';
import { keepBefore, keepNow } from './keeping.ts';
import type { OfficeProfile } from './office-profile.ts';
import { revokedByOffice } from './office-revocations.ts';
import { isCertified } from './trust.ts';
import { variableProblems, withVariables } from './variables.ts';

/** 1 MB of JSON is some 200 pages of text; more than that is a paste by accident. */
export const maximumContent = 1_000_000;

export const kinds = (context: Context): Kind[] => {
  const { profile } = context;
  return Object.entries(profile.kinds).map(([id, rules]) => kindOf(id, rules, profile.hidden.includes(id)));
};

/** What a letter's page is set with: since its number was reserved, the profile of that moment. */
export const profileOf = (context: Context, letterId: string): OfficeProfile => {
  const { read } = context.session().vault;
  return context.profiles.ofVersion(read, profileVersionOf(read, letterId));
};

/** @throws AppError KIND_UNKNOWN, also for one that is not offered any more. */
export function create(context: Context, input: Input<'letters.create'>): LetterDetail {
  const { vault, accountId } = context.session();
  if (context.profile.hidden.includes(input.kind)) throw new AppError('KIND_UNKNOWN', { kind: input.kind });
  const rules = rulesOf(context.profile, input.kind);
  const content: LetterContent = {
    kind: input.kind,
    classification: '',
    urgency: 'biasa',
    security: 'biasa',
    postId: null,
    attachments: '',
    subject: '',
    recipients: [],
    copies: [],
    body: startOf(rules),
    event: rules.event ? { date: '', time: '', place: '', agenda: '' } : null,
    ...(rules.fields.length > 0 ? { details: {} } : {}),
  };
  const now = context.ports.clock.now();
  const { post, unit } = context.me();
  const id = vault.write((db) => createLetter(db, content, { accountId, post, unit }, now));
  return detailOf(context, id);
}

/** A letter of mine. @throws AppError NOT_FOUND. */
export function myLetter(context: Context, id: string): StoredLetter {
  const { vault, accountId, ring } = context.session();
  const letter = readLetter(vault.read, ring, id);
  if (letter.authorId !== accountId) throw new AppError('NOT_FOUND');
  return letter;
}

/**
 * The person at work, to seal a letter to. Until a reset account key is restored nothing new is sealed: it would be
 * sealed to a key that goes away.
 * @throws AppError LETTER_SEALED; READER_NOT_READY until the signing passphrase has been used once.
 */
export function sealingAuthor(context: Context): Reader {
  const { vault, accountId, accountKey } = context.session();
  const kept = keptPublicKey(vault.read, accountId);
  // Without a second copy of the key a reset passphrase would cost what is sealed now.
  if (!kept) throw new AppError('READER_NOT_READY', { name: titledName(context.me()) });
  if (!kept.equals(accountKey.publicKey)) throw new AppError('LETTER_SEALED');
  return { accountId, publicKey: accountKey.publicKey, how: 'author' };
}

/** Saves are not audited one by one: the revision counts them, and signing is what makes them final. */
export function saveDraft(context: Context, input: Input<'letters.saveDraft'>): Output<'letters.saveDraft'> {
  if (JSON.stringify(input.content).length > maximumContent)
    throw new AppError('LETTER_TOO_LARGE', { max: '1 MB' });
  const { vault, ring } = context.session();
  const now = context.ports.clock.now();
  const { letter, correcting } = editable(context, input);
  rulesOf(context.profile, input.content.kind);
  if (correcting) return correct(context, correcting, input);
  const work = (db: WriteDb): number => {
    keepBefore(context, db, letter, now);
    return saveContent(db, ring, letter, () => sealingAuthor(context), input.revision, input.content, now);
  };
  if (letter.security !== input.content.security) {
    const facts = { from: letter.security, to: input.content.security };
    const moved =
      isSealed(letter.security) === isSealed(input.content.security)
        ? (): void => undefined
        : attachmentsMoved(context, letter.id, input.content.security);
    context.act({ action: 'letter.class-changed', entity: 'letter', entityId: letter.id, facts }, (db) => {
      work(db);
      moved(db, now);
    });
    return { revision: input.revision + 1, savedAt: now.toISOString() };
  }
  const revision = vault.write(work);
  return { revision, savedAt: now.toISOString() };
}

/** What the person at work may write on: an own draft, or a letter that they review. */
function editable(
  context: Context,
  input: Pick<Input<'letters.saveDraft'>, 'id'>,
): { letter: StoredLetter; correcting: Turn | null } {
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, input.id);
  if (letter.authorId === accountId && letter.state !== 'review') return { letter, correcting: null };
  const turn = turnAt(context, input.id, 'review');
  return { letter: turn.letter, correcting: turn };
}

/**
 * A reviewer mends words. Who signs and who reviews, the kind and the class stay the author's to choose.
 * @throws AppError LETTER_NOT_EDITABLE when one of those would change.
 */
function correct(
  context: Context,
  turn: Turn,
  input: Input<'letters.saveDraft'>,
): Output<'letters.saveDraft'> {
  const { ring } = context.session();
  const fixed = ({ kind, security, postId, signers, review }: LetterContent): string =>
    JSON.stringify([kind, security, postId, signers ?? [], review ?? null]);
  const { letter } = turn;
  if (fixed(letter.content) !== fixed(input.content)) throw new AppError('LETTER_NOT_EDITABLE');
  const audit = { action: 'letter.corrected', entity: 'letter', entityId: letter.id };
  const onBehalfOf = turn.principalId === null ? {} : { onBehalfOf: turn.principalId };
  let savedAt = '';
  const revision = context.act({ ...audit, ...onBehalfOf, facts: { from: input.revision } }, (db, now) => {
    savedAt = now.toISOString();
    // What its author wrote stays to be seen.
    keepNow(context, db, letter, 'automatic', now);
    const saved = saveContent(
      db,
      ring,
      letter,
      () => sealingAuthor(context),
      input.revision,
      input.content,
      now,
      'correct',
    );
    fallAfter(db, letter.id, turn.step, now);
    return saved;
  });
  return { revision, savedAt };
}

export function discard(context: Context, input: Input<'letters.discard'>): null {
  const letter = myLetter(context, input.id);
  context.act({ action: 'letter.discarded', entity: 'letter', entityId: letter.id }, (db, now) =>
    setState(db, letter, 'discard', now),
  );
  return null;
}

export function restore(context: Context, input: Input<'letters.restore'>): null {
  const letter = myLetter(context, input.id);
  context.act({ action: 'letter.restored', entity: 'letter', entityId: letter.id }, (db, now) =>
    setState(db, letter, 'restore', now),
  );
  return null;
}

/** Without what was typed for another kind and is not printed: no letter carries what its reader cannot see. */
function asPrinted(content: LetterContent, rules: KindRules): LetterContent {
  const { details, ...rest } = content;
  const names = rules.fields.map(({ name }) => name);
  const kept = Object.entries(details ?? {}).filter(([name]) => names.includes(name));
  return {
    ...rest,
    event: rules.event ? content.event : null,
    recipients: rules.addressees.need === 'none' ? [] : content.recipients,
    ...(names.length > 0 ? { details: Object.fromEntries(kept) } : {}),
  };
}

/**
 * The page as it would be signed now; `number` is empty until one is reserved.
 * @param deputyId who signs in place of the first signer.
 */
export function pageOf(
  context: Context,
  { content, authorId }: Pick<StoredLetter, 'content' | 'authorId'>,
  number: string,
  date: string,
  identityId: string | null,
  deputyId: string | null = null,
): TypesetLetter {
  const { vault, accountId } = context.session();
  const identity = identityId ? readIdentity(vault.read, accountId, identityId) : null;
  const rules = rulesOf(context.profile, content.kind);
  return withVariables(context, {
    content: asPrinted(content, rules),
    letterhead: context.letterhead(),
    ...printedSigners(context, content, authorId, deputyId),
    number,
    date,
    issuer: identity ? parseCertificate(identity.certificate).issuerCommonName : '',
    certified: identity ? isCertified(context, identity) : false,
  });
}

/** @throws AppError NOT_FOUND for somebody who neither wrote the letter nor takes part in it. */
function previewable(context: Context, id: string): StoredLetter {
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, id);
  if (letter.authorId === accountId) return letter;
  if (detailOf(context, id).steps.length === 0) throw new AppError('NOT_FOUND');
  return letter;
}

/** The real PDF of a draft, and what keeps it from being signed; also for those who are asked to paraf or to sign. */
export function preview(context: Context, input: Input<'letters.preview'>): Promise<Preview> {
  return previewOf(context, previewable(context, input.id), input.id);
}

const mayBeSigner = (context: Context): boolean => mayCall('letters.sign', context.me().roles);

/** Who may not sign is not named where the signer stands: the page says that one is to be chosen. */
function withoutSigner(page: TypesetLetter): TypesetLetter {
  const nobody = { frontTitle: '', backTitle: '', nip: '', rank: '', post: '…' };
  const signer = { ...page.signer, ...nobody, name: '(penanda tangan belum dipilih)' };
  return { ...page, signer, signers: [{ official: signer, behalf: null }] };
}

/**
 * The same of words that are not saved yet.
 * @param id of the letter whose attachments and profile belong to the page; null: of none.
 */
export async function previewOf(
  context: Context,
  letter: Pick<StoredLetter, 'content' | 'authorId' | 'frozen'>,
  id: string | null,
): Promise<Preview> {
  const { vault, accountId } = context.session();
  const { content, authorId, frozen } = letter;
  const now = context.ports.clock.now();
  // Only who signs has the certificate that the page will name.
  const signs = plannedSteps(content, authorId).find((one) => one.role === 'sign');
  const identity =
    signs?.accountId === accountId
      ? currentIdentityId(vault.read, accountId, now, revokedByOffice(vault.read))
      : null;
  const problems: ErrorShape[] = readinessProblems(content, rulesOf(context.profile, content.kind));
  const unchosen = frozen === null && id !== null && signs?.accountId === accountId && !mayBeSigner(context);
  if (unchosen) problems.push({ code: 'LETTER_INCOMPLETE', params: { field: 'signers' } });
  try {
    const drawn = frozen ?? pageOf(context, letter, '', plainDate(now), identity);
    const bare = unchosen ? withoutSigner(drawn) : drawn;
    const page = frozen || id === null ? bare : withAttachments(context, id, bare);
    problems.push(...variableProblems(page));
    const set = frozen && id !== null ? profileOf(context, id) : context.inForce;
    const made = await typesetWhole(context, id, page, now.toISOString(), set.page, true);
    return { pdf: made.pdf, pages: made.pages, problems };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { pdf: null, pages: 0, problems: [...problems, error.toShape()] };
  }
}
