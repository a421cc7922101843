import { currentIdentityId, keptPublicKey, readIdentity, titledName, toOfficial } from '../accounts/index.ts';
import type { Input, Output, Preview } from '../contract/api.ts';
import { AppError, type ErrorShape } from '../contract/errors.ts';
import type { Kind } from '../contract/kinds.ts';
import type { LetterContent, LetterDetail, TypesetLetter } from '../contract/letters.ts';
import {
  createLetter,
  isSealed,
  readLetter,
  readinessProblems,
  saveContent,
  setState,
  type Reader,
  type StoredLetter,
} from '../letters/index.ts';
import { parseCertificate } from '../pki/index.ts';
import { letterDetail } from '../queries/index.ts';
import { kindOf, rulesOf, startOf, type KindRules } from '../typesetting/index.ts';
import { plainDate, type Context } from './context.ts';
import { revokedByOffice } from './office-revocations.ts';
import { isCertified } from './trust.ts';

/** 1 MB of JSON is some 200 pages of text; more than that is a paste by accident. */
const maximumContent = 1_000_000;

export const kinds = (context: Context): Kind[] =>
  Object.entries(context.profile.kinds).map(([id, rules]) => kindOf(id, rules));

/** @throws AppError KIND_UNKNOWN. */
export function create(context: Context, input: Input<'letters.create'>): LetterDetail {
  const { vault, accountId } = context.session();
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
  return letterDetail(vault.read, context.asker(), id);
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
export function author(context: Context): Reader {
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
  const letter = myLetter(context, input.id);
  rulesOf(context.profile, input.content.kind);
  if (isSealed(letter.security) !== isSealed(input.content.security)) {
    const facts = { from: letter.security, to: input.content.security };
    context.act({ action: 'letter.class-changed', entity: 'letter', entityId: letter.id, facts }, (db) =>
      saveContent(db, ring, letter, () => author(context), input.revision, input.content, now),
    );
    return { revision: input.revision + 1, savedAt: now.toISOString() };
  }
  const revision = vault.write((db) =>
    saveContent(db, ring, letter, () => author(context), input.revision, input.content, now),
  );
  return { revision, savedAt: now.toISOString() };
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

/** The page as it would be signed now; `number` is empty until one is reserved. */
export function pageOf(
  context: Context,
  content: LetterContent,
  number: string,
  date: string,
  identityId: string | null,
): TypesetLetter {
  const { vault, accountId } = context.session();
  const identity = identityId ? readIdentity(vault.read, accountId, identityId) : null;
  const rules = rulesOf(context.profile, content.kind);
  return {
    content: asPrinted(content, rules),
    letterhead: context.letterhead(),
    signer: toOfficial(context.me(), content.postId),
    number,
    date,
    issuer: identity ? parseCertificate(identity.certificate).issuerCommonName : '',
    certified: identity ? isCertified(context, identity) : false,
  };
}

/** The real PDF of a draft, and what keeps it from being signed. */
export function preview(context: Context, input: Input<'letters.preview'>): Promise<Preview> {
  const { content, frozen } = myLetter(context, input.id);
  return previewOf(context, content, frozen);
}

/** The same of words that are not saved yet. */
export async function previewOf(
  context: Context,
  content: LetterContent,
  frozen: TypesetLetter | null = null,
): Promise<Preview> {
  const { vault, accountId } = context.session();
  const now = context.ports.clock.now();
  const identity = currentIdentityId(vault.read, accountId, now, revokedByOffice(vault.read));
  const problems: ErrorShape[] = readinessProblems(content, rulesOf(context.profile, content.kind));
  try {
    const page = frozen ?? pageOf(context, content, '', plainDate(now), identity);
    const made = await context.ports.pool.run('typeset', {
      letter: page,
      profile: null,
      createdAt: now.toISOString(),
    });
    const shown = await context.ports.pool.run('display', { bytes: made.pdf });
    return { pdf: shown.pdf, pages: made.pages, problems };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { pdf: null, pages: 0, problems: [...problems, error.toShape()] };
  }
}
