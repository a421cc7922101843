import { randomBytes } from 'node:crypto';
import type { Input } from '../contract/api.ts';
import {
  attachmentLine,
  maximumAttached,
  maximumAttachmentTitle,
  maximumAttachments,
  maximumLetterAttachmentPages,
  type Attachment,
  type AttachmentList,
  type AttachmentReading,
  type PagePicture,
} from '../contract/attachments.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, TypesetLetter } from '../contract/letters.ts';
import {
  addAttachment,
  attachmentsOf,
  isSealed,
  moveAttachments,
  orderAttachments,
  readLetter,
  removeAttachment,
  renameAttachment,
  type AttachmentWords,
  type StoredAttachment,
  type StoredLetter,
} from '../letters/index.ts';
import { letterDetail } from '../queries/index.ts';
import type { StoredObject, WriteDb } from '../vault/index.ts';
import { requireSame, type Context } from './context.ts';
import type { OfficeProfile } from './office-profile.ts';

/**
 * Files that are set behind a letter. A file is drawn once, when it is added, where it can do no harm; what is kept
 * is its pages as pictures (decision 0029). So whatever is set, previewed, frozen and signed is the same pictures.
 */

/** Every page is drawn; a file that takes longer is refused. */
const readingTime = 300_000;
/** Random octets before the pictures: nobody who sees an object's hash can tell whether a known file is attached. */
const bundleHead = 16;

/** A draft of mine, to change. @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE */
function draftOf(context: Context, id: string): StoredLetter {
  const { vault, accountId, ring } = context.session();
  const letter = readLetter(vault.read, ring, id);
  if (letter.authorId !== accountId) throw new AppError('NOT_FOUND');
  if (letter.state !== 'draft' && letter.state !== 'returned') throw new AppError('LETTER_NOT_EDITABLE');
  return letter;
}

const stored = (context: Context, letterId: string): StoredAttachment[] => {
  const { vault, ring } = context.session();
  return attachmentsOf(vault.read, ring, letterId);
};

const shown = ({ id, words, size }: StoredAttachment): Attachment => ({
  id,
  title: words.title,
  fileName: words.fileName,
  type: words.type,
  pages: words.pages.length,
  size,
  leftOut: words.leftOut,
});

const summary = (items: readonly Attachment[]): AttachmentList => ({
  items,
  size: items.reduce((sum, one) => sum + one.size, 0),
  pages: items.reduce((sum, one) => sum + one.pages, 0),
  line: attachmentLine(items),
});

/** Of a letter that the person may read; of a signed one they are in its PDF, and nothing is listed. */
export function list(context: Context, input: Input<'attachments.list'>): AttachmentList {
  letterDetail(context.session().vault.read, context.asker(), input.id);
  return summary(stored(context, input.id).map(shown));
}

/** @throws AppError ATTACHMENT_*, ATTACHMENTS_FULL, TIMED_OUT, LETTER_NOT_EDITABLE, DISK_FULL */
export async function add(context: Context, input: Input<'attachments.add'>): Promise<AttachmentList> {
  const session = context.session();
  draftOf(context, input.id);
  requireRoom(stored(context, input.id), 0, 1);
  const { bytes, signedAnyway } = input;
  const reading = await context.ports.pool.run('attach', { bytes, signedAnyway }, readingTime);
  requireSame(context, session);
  const letter = draftOf(context, input.id);
  const bundle = Buffer.concat([
    randomBytes(bundleHead),
    ...reading.pages.map(({ picture }) => picture.bytes),
  ]);
  requireRoom(stored(context, input.id), bundle.length, reading.pages.length);
  const object = session.vault.putObject(bundle, isSealed(letter.security) ? randomBytes(32) : undefined);
  const words = wordsOf(input.name, reading);
  context.act(
    {
      action: 'letter.attachment-added',
      entity: 'letter',
      entityId: letter.id,
      facts: { sha256: object.id.slice(0, 64), size: object.size, pages: words.pages.length },
    },
    (db, now) => {
      addAttachment(db, session.ring, readLetter(db, session.ring, letter.id), words, object, now);
    },
  );
  return summary(stored(context, letter.id).map(shown));
}

/** @throws AppError ATTACHMENTS_FULL {megabytes, pages, files} */
function requireRoom(held: readonly StoredAttachment[], size: number, pages: number): void {
  const now = summary(held.map(shown));
  if (
    held.length >= maximumAttachments ||
    now.size + size > maximumAttached ||
    now.pages + pages > maximumLetterAttachmentPages
  )
    throw new AppError('ATTACHMENTS_FULL', {
      megabytes: maximumAttached / 1024 ** 2,
      pages: maximumLetterAttachmentPages,
      files: maximumAttachments,
    });
}

function wordsOf(name: string, { type, leftOut, pages }: AttachmentReading): AttachmentWords {
  const fileName = name
    .replace(/[\p{C}\\/]+/gu, ' ')
    .trim()
    .slice(0, 255);
  return {
    title: titleFrom(fileName),
    fileName,
    type,
    leftOut,
    pages: pages.map(({ page, picture: { encoding, width, height, bytes } }) => ({
      page,
      encoding,
      width,
      height,
      length: bytes.length,
    })),
  };
}

/** A file's name makes a title: without its ending, with spaces. */
const titleFrom = (fileName: string): string =>
  fileName
    .replace(/\.[A-Za-z]{3,4}$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, maximumAttachmentTitle) || 'Lampiran';

const find = (held: readonly StoredAttachment[], id: string): StoredAttachment => {
  const one = held.find((each) => each.id === id);
  if (!one) throw new AppError('NOT_FOUND');
  return one;
};

/** One change of a draft's attachments that leaves no trace in the log: the letter as signed has its own. */
function change(
  context: Context,
  letterId: string,
  work: (db: WriteDb, letter: StoredLetter, held: readonly StoredAttachment[], now: Date) => void,
): AttachmentList {
  const { vault, ring } = context.session();
  draftOf(context, letterId);
  const now = context.ports.clock.now();
  vault.write((db) => work(db, readLetter(db, ring, letterId), attachmentsOf(db, ring, letterId), now));
  return summary(stored(context, letterId).map(shown));
}

export function rename(context: Context, input: Input<'attachments.rename'>): AttachmentList {
  const title = input.title.replace(/\s+/g, ' ').trim();
  if (title === '') throw new AppError('BAD_REQUEST', { field: 'title' });
  const { ring } = context.session();
  return change(context, input.id, (db, letter, held, now) =>
    renameAttachment(db, ring, letter, find(held, input.attachmentId), title, now),
  );
}

export function move(context: Context, input: Input<'attachments.move'>): AttachmentList {
  return change(context, input.id, (db, letter, held, now) => {
    const { id } = find(held, input.attachmentId);
    const others = held.map((one) => one.id).filter((one) => one !== id);
    orderAttachments(db, letter, others.toSpliced(input.place, 0, id), now);
  });
}

export function remove(context: Context, input: Input<'attachments.remove'>): AttachmentList {
  const { ring } = context.session();
  const letter = draftOf(context, input.id);
  const one = find(stored(context, letter.id), input.attachmentId);
  const facts = { sha256: one.object.id.slice(0, 64), size: one.size, pages: one.words.pages.length };
  context.act(
    { action: 'letter.attachment-removed', entity: 'letter', entityId: letter.id, facts },
    (db, now) => removeAttachment(db, readLetter(db, ring, letter.id), one.id, now),
  );
  return summary(stored(context, letter.id).map(shown));
}

/** The page with the letter's attachments as they are now, by title and hash: what is frozen with it. */
export function withAttachments(context: Context, letterId: string, page: TypesetLetter): TypesetLetter {
  const held = stored(context, letterId);
  if (held.length === 0) return page;
  const attached = held.map(({ words, object }) => ({
    title: words.title,
    sha256: object.id.slice(0, 64),
    pages: words.pages.map((one) => one.page),
  }));
  return { ...page, attached };
}

/**
 * Typesets a letter with the pictures of the attachments that it names. Whatever was frozen is set with the same
 * pictures again, or not at all.
 * @param shown as a viewer may draw it (see the pool's task `display`), which is not what is signed.
 * @throws AppError OBJECT_DAMAGED when one of them is missing, and what typesetting refuses.
 */
export function typesetWhole(
  context: Context,
  letterId: string | null,
  letter: TypesetLetter,
  createdAt: string,
  set: OfficeProfile['page'],
  shown = false,
): Promise<{ readonly pdf: Uint8Array; readonly pages: number }> {
  const pictures = letter.attached && letterId !== null ? picturesOf(context, letterId, letter.attached) : [];
  return context.ports.pool.run('typeset', { letter, ...set, createdAt, pictures, shown });
}

function picturesOf(
  context: Context,
  letterId: string,
  attached: NonNullable<TypesetLetter['attached']>,
): PagePicture[] {
  const { vault } = context.session();
  const held = new Map(stored(context, letterId).map((one) => [one.object.id.slice(0, 64), one]));
  return attached.flatMap(({ sha256 }) => {
    const one = held.get(sha256);
    if (!one) throw new AppError('OBJECT_DAMAGED');
    const bundle = vault.getObject(one.object.id, one.object.key);
    let at = bundleHead;
    return one.words.pages.map(({ encoding, width, height, length }): PagePicture => {
      const bytes = new Uint8Array(bundle.subarray(at, at + length));
      at += length;
      return { encoding, width, height, bytes };
    });
  });
}

/**
 * Before a draft's class changes from open to sealed or back: its attachments sealed anew, each under a key of its own
 * kind. @returns what makes them the letter's own, in the transaction that changes the class.
 */
export function attachmentsMoved(
  context: Context,
  letterId: string,
  security: LetterContent['security'],
): (db: WriteDb, at: Date) => void {
  const { vault, ring } = context.session();
  const copies = stored(context, letterId).map((from): { from: StoredAttachment; object: StoredObject } => {
    const content = vault.getObject(from.object.id, from.object.key);
    return { from, object: vault.putObject(content, isSealed(security) ? randomBytes(32) : undefined) };
  });
  return (db, at) => moveAttachments(db, ring, { id: letterId, security }, copies, at);
}
