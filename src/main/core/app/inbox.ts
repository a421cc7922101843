import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { fileNameOf } from '../contract/letter-name.ts';
import type { IncomingType } from '../contract/incoming.ts';
import type { LetterDetail, LetterRow } from '../contract/letters.ts';
import type { Counters, Notice } from '../contract/people.ts';
import type { VerificationReport } from '../contract/verification.ts';
import { classRules } from '../contract/permissions.ts';
import {
  changedSince,
  fileTypeOf,
  markRead as markLetterRead,
  pdfOf,
  recordChange,
} from '../letters/index.ts';
import { listNotices, markLetterNoticesRead, markNoticeRead } from '../notifications/index.ts';
import { countersOf, listLetters, visible } from '../queries/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { openOnReading } from './dispositions.ts';
import { detailOf } from './letter-life.ts';
import { pagesToShow } from './incoming-file.ts';
import { basisNow, keepVerification, recheckLater } from './rechecking.ts';
import { verifyBytes } from './verifying.ts';

/** Reading: lists, one letter, its document, counters and notices of the person at work. */
export function list(context: Context, input: Input<'letters.list'>): LetterRow[] {
  const { vault } = context.session();
  return listLetters(vault.read, context.asker(), input.folder, { only: input.only, today: context.today });
}

export function get(context: Context, input: Input<'letters.get'>): LetterDetail {
  const letter = detailOf(context, input.id);
  if (letter.sha256 !== null && !letter.destroyed) recheckLater(context, input.id);
  return letter;
}

/**
 * A letter's file as it leaves the PC: the signed PDF as it is kept, or one that came in; pictures as pages.
 * @throws AppError NOT_FOUND, OBJECT_DAMAGED, INCOMING_*
 */
export async function signedPdf(
  context: Context,
  id: string,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { bytes, type, fileName } = keptFile(context, id);
  return { pdf: type === 'application/pdf' ? bytes : await pagesToShow(context, bytes, type), fileName };
}

interface KeptLetterFile {
  readonly bytes: Uint8Array;
  readonly type: IncomingType;
  /** It asks for a password. */
  readonly locked: boolean;
  readonly fileName: string;
  readonly objectId: string;
}

/** The letter's file as it is kept. @throws AppError NOT_FOUND, LETTER_DESTROYED, OBJECT_DAMAGED, LETTER_SEALED. */
export function keptFile(context: Context, id: string): KeptLetterFile {
  const letter = detailOf(context, id);
  if (letter.destroyed) throw new AppError('LETTER_DESTROYED');
  if (letter.sha256 === null) throw new AppError('NOT_FOUND');
  const { vault, ring } = context.session();
  const kept = pdfOf(vault.read, ring, id);
  const { type, locked } = fileTypeOf(vault.read, id);
  const bytes = vault.getObject(kept.id, kept.key);
  return { bytes, type: type ?? 'application/pdf', locked, fileName: fileNameOf(letter), objectId: kept.id };
}

/** What a viewer may draw of it. @throws AppError INCOMING_LOCKED for a file that came in and asks for a password. */
export async function document(
  context: Context,
  input: Input<'letters.document'>,
): Promise<Output<'letters.document'>> {
  const { bytes, type, locked, fileName } = keptFile(context, input.id);
  if (locked) throw new AppError('INCOMING_LOCKED');
  if (type !== 'application/pdf') return { pdf: await pagesToShow(context, bytes, type), fileName };
  const shown = await context.ports.pool.run('display', { bytes });
  return { pdf: shown.pdf, fileName };
}

export async function verify(context: Context, input: Input<'letters.verify'>): Promise<VerificationReport> {
  const { bytes, type, fileName, objectId } = keptFile(context, input.id);
  // A picture has nothing to verify.
  if (type !== 'application/pdf') throw new AppError('NOT_FOUND');
  const [session, basis] = [context.session(), basisNow(context)];
  const report = await verifyBytes(context, fileName, bytes);
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
  openOnReading(context, input.id);
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
