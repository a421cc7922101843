import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { fileNameOf } from '../contract/letter-name.ts';
import type { LetterDetail, LetterRow } from '../contract/letters.ts';
import type { Counters, Notice } from '../contract/people.ts';
import type { VerificationReport } from '../contract/verification.ts';
import { classRules } from '../contract/permissions.ts';
import { changedSince, markRead as markLetterRead, pdfOf, recordChange } from '../letters/index.ts';
import { listNotices, markLetterNoticesRead, markNoticeRead } from '../notifications/index.ts';
import { countersOf, listLetters, visible } from '../queries/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { detailOf } from './letter-life.ts';
import { basisNow, keepVerification, recheckLater } from './rechecking.ts';
import { verifyBytes } from './verifying.ts';

/** Reading: lists, one letter, its document, counters and notices of the person at work. */
export function list(context: Context, input: Input<'letters.list'>): LetterRow[] {
  return listLetters(context.session().vault.read, context.asker(), input.folder, input.only);
}

export function get(context: Context, input: Input<'letters.get'>): LetterDetail {
  const letter = detailOf(context, input.id);
  if (letter.sha256 !== null) recheckLater(context, input.id);
  return letter;
}

/** The signed PDF as it is kept. @throws AppError NOT_FOUND, OBJECT_DAMAGED. */
export function signedPdf(context: Context, id: string): { pdf: Uint8Array; fileName: string } {
  const { pdf, fileName } = keptPdf(context, id);
  return { pdf, fileName };
}

function keptPdf(
  context: Context,
  id: string,
): { readonly pdf: Uint8Array; readonly fileName: string; readonly objectId: string } {
  const letter = detailOf(context, id);
  if (letter.sha256 === null) throw new AppError('NOT_FOUND');
  const { vault, ring } = context.session();
  const kept = pdfOf(vault.read, ring, id);
  const pdf = vault.getObject(kept.id, kept.key);
  return { pdf, fileName: fileNameOf(letter), objectId: kept.id };
}

/** What a viewer may draw of it. */
export async function document(
  context: Context,
  input: Input<'letters.document'>,
): Promise<Output<'letters.document'>> {
  const { pdf, fileName } = signedPdf(context, input.id);
  const shown = await context.ports.pool.run('display', { bytes: pdf });
  return { pdf: shown.pdf, fileName };
}

export async function verify(context: Context, input: Input<'letters.verify'>): Promise<VerificationReport> {
  const { pdf, fileName, objectId } = keptPdf(context, input.id);
  const [session, basis] = [context.session(), basisNow(context)];
  const report = await verifyBytes(context, fileName, pdf);
  keepVerification(context, session, input.id, { report, basis, objectId });
  return report;
}

export function markRead(context: Context, input: Input<'letters.markRead'>): null {
  const { accountId } = context.session();
  const asker = context.asker();
  const letter = get(context, input);
  if (letter.unread) {
    // Of a class that no deputy reads nothing was read in anybody's place.
    const principals = classRules[letter.security].deputies ? asker.principals.map((one) => one.id) : [];
    const forWhom =
      letter.onBehalfOf === null ? null : asker.principals.find((one) => one.name === letter.onBehalfOf);
    const audit = { action: 'letter.read', entity: 'letter', entityId: letter.id };
    context.act({ ...audit, ...(forWhom ? { onBehalfOf: forWhom.id } : {}) }, (db, now) => {
      markLetterRead(db, letter.id, [accountId, ...principals], now);
      markLetterNoticesRead(db, accountId, letter.id, now);
      recordChange(db, 'notice', letter.id, now);
    });
    updateBadge(context);
  }
  return null;
}

export function counters(context: Context): Counters {
  return countersOf(context.session().vault.read, context.asker());
}

export function notices(context: Context): Notice[] {
  const { vault, ring } = context.session();
  return listNotices(vault.read, ring, visible(context.asker()));
}

export function markNotice(context: Context, input: Input<'notices.markRead'>): null {
  const { vault, accountId } = context.session();
  const now = context.ports.clock.now();
  vault.write((db) => {
    if (markNoticeRead(db, accountId, input.id, now) > 0) recordChange(db, 'notice', input.id, now);
  });
  return null;
}

export function changes(context: Context, input: Input<'changes.since'>): Output<'changes.since'> {
  const { seq, entities } = changedSince(context.session().vault.read, input.seq);
  // That something changed is for everybody's page to re-read; what it was is not.
  return { seq, entities: [...new Set(entities.map((entity) => entity.split(':', 1)[0] ?? ''))] };
}
