import { randomUUID } from 'node:crypto';
import type { AttachedPage, AttachmentType, LeftOut, PagePicture } from '../contract/attachments.ts';
import { AppError } from '../contract/errors.ts';
import type { Keyring } from '../ports.ts';
import {
  recordObject,
  seal,
  sql,
  unseal,
  type ReadDb,
  type StoredObject,
  type WriteDb,
} from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';
import { forgetParafs } from './steps.ts';
import { isSealed, requireKey } from './sealed.ts';
import type { StoredLetter } from './store.ts';

/**
 * Attachments of a letter that is not signed yet. Their pictures are sealed objects of the vault; of a letter of class
 * biasa the objects' keys lie in the database, else they are sealed under the letter's own key, as are title, file
 * name and the words of the pages. With the signature they are part of the PDF, and what is kept here goes.
 */
export interface AttachmentWords {
  readonly title: string;
  readonly fileName: string;
  readonly type: AttachmentType;
  readonly leftOut: readonly LeftOut[];
  /** One after the other in the object, behind `bundleHead` octets. */
  readonly pages: readonly KeptPage[];
}

export interface KeptPage {
  readonly page: AttachedPage;
  readonly encoding: PagePicture['encoding'];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Octets. */
  readonly length: number;
}

export interface StoredAttachment {
  readonly id: string;
  readonly place: number;
  readonly words: AttachmentWords;
  readonly size: number;
  readonly object: { readonly id: string; readonly key: Uint8Array | undefined };
}

interface Row {
  readonly id: string;
  readonly place: number;
  readonly words: string | null;
  readonly sealed_words: Uint8Array | null;
  readonly size: number;
  readonly object_id: string;
  readonly sealed_key: Uint8Array | null;
}

type Part = 'words' | 'key';
const purposeOf = (letterId: string, id: string, part: Part): string =>
  `eletter-letter|${letterId}|attachment|${id}|${part}`;

function opened(key: Uint8Array, letterId: string, id: string, part: Part, sealed: Uint8Array): Buffer {
  try {
    return unseal(key, sealed, purposeOf(letterId, id, part));
  } catch (error) {
    throw new AppError('OBJECT_DAMAGED', undefined, error);
  }
}

/** In their order. @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
export function attachmentsOf(db: ReadDb, ring: Keyring, letterId: string): StoredAttachment[] {
  return db
    .all<Row>(
      sql`SELECT id, place, words, sealed_words, size, object_id, sealed_key FROM letter_attachment
      WHERE letter_id = ${letterId} ORDER BY place, id`,
    )
    .map((row) => {
      const key = row.sealed_words ? requireKey(ring, letterId) : null;
      const words =
        key && row.sealed_words
          ? opened(key, letterId, row.id, 'words', row.sealed_words).toString('utf8')
          : (row.words ?? '');
      return {
        id: row.id,
        place: row.place,
        words: JSON.parse(words) as AttachmentWords,
        size: row.size,
        object: {
          id: row.object_id,
          key: key && row.sealed_key ? opened(key, letterId, row.id, 'key', row.sealed_key) : undefined,
        },
      };
    });
}

/** What is sealed of an attachment and what is not. */
function columns(
  ring: Keyring,
  letter: Pick<StoredLetter, 'id' | 'security'>,
  id: string,
  words: AttachmentWords,
  objectKey: Uint8Array,
): { words: string | null; sealedWords: Buffer | null; sealedKey: Buffer | null } {
  const text = JSON.stringify(words);
  if (!isSealed(letter.security)) return { words: text, sealedWords: null, sealedKey: null };
  const key = requireKey(ring, letter.id);
  return {
    words: null,
    sealedWords: seal(key, Buffer.from(text), purposeOf(letter.id, id, 'words')),
    sealedKey: seal(key, objectKey, purposeOf(letter.id, id, 'key')),
  };
}

/** Of a sealed letter the object's key lies under the letter's key, and nowhere else. */
const keptBy = (letter: Pick<StoredLetter, 'security'>, object: StoredObject): StoredObject =>
  isSealed(letter.security) ? { ...object, key: Buffer.alloc(0) } : object;

/** @throws AppError LETTER_NOT_EDITABLE unless it is a draft. */
export function addAttachment(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  words: AttachmentWords,
  object: StoredObject,
  at: Date,
): string {
  after('save', letter.state);
  const id = randomUUID();
  const kept = columns(ring, letter, id, words, object.key);
  recordObject(db, keptBy(letter, object), at.toISOString());
  db.run(sql`INSERT INTO letter_attachment (id, letter_id, place, words, sealed_words, pages, size, object_id, sealed_key, added_at)
    SELECT ${id}, ${letter.id}, coalesce(max(place) + 1, 0), ${kept.words}, ${kept.sealedWords}, ${words.pages.length},
      ${object.size}, ${object.id}, ${kept.sealedKey}, ${at.toISOString()}
    FROM letter_attachment WHERE letter_id = ${letter.id}`);
  touched(db, letter, at);
  return id;
}

export function renameAttachment(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  one: StoredAttachment,
  title: string,
  at: Date,
): void {
  after('save', letter.state);
  const { words, sealedWords } = columns(
    ring,
    letter,
    one.id,
    { ...one.words, title },
    one.object.key ?? Buffer.alloc(0),
  );
  db.run(
    sql`UPDATE letter_attachment SET words = ${words}, sealed_words = ${sealedWords} WHERE id = ${one.id}`,
  );
  touched(db, letter, at);
}

/** @param ids all attachments of the letter, in their new order. */
export function orderAttachments(db: WriteDb, letter: StoredLetter, ids: readonly string[], at: Date): void {
  after('save', letter.state);
  for (const [place, id] of ids.entries())
    db.run(sql`UPDATE letter_attachment SET place = ${place} WHERE id = ${id} AND letter_id = ${letter.id}`);
  touched(db, letter, at);
}

/** The object's file goes with the next backup's tidying up. */
export function removeAttachment(db: WriteDb, letter: StoredLetter, id: string, at: Date): void {
  after('save', letter.state);
  db.run(sql`DELETE FROM letter_attachment WHERE id = ${id} AND letter_id = ${letter.id}`);
  touched(db, letter, at);
}

/** Signed: they are part of the PDF now. */
export function dropAttachments(db: WriteDb, letterId: string): void {
  db.run(sql`DELETE FROM letter_attachment WHERE letter_id = ${letterId}`);
}

/**
 * The letter's class changed from open to sealed or back: `copies` are the same attachments under new objects, since
 * who had the old key could open the old ones. Called after the letter has its new class (and key).
 */
export function moveAttachments(
  db: WriteDb,
  ring: Keyring,
  letter: Pick<StoredLetter, 'id' | 'security'>,
  copies: readonly { readonly from: StoredAttachment; readonly object: StoredObject }[],
  at: Date,
): void {
  for (const { from, object } of copies) {
    const kept = columns(ring, letter, from.id, from.words, object.key);
    recordObject(db, keptBy(letter, object), at.toISOString());
    db.run(sql`UPDATE letter_attachment SET words = ${kept.words}, sealed_words = ${kept.sealedWords},
      object_id = ${object.id}, sealed_key = ${kept.sealedKey} WHERE id = ${from.id}`);
  }
}

/** The letter's key is renewed: what lay under the old one lies under the new one. */
export function resealAttachments(
  db: WriteDb,
  letterId: string,
  oldKey: Uint8Array,
  newKey: Uint8Array,
): void {
  const rows = db.all<Pick<Row, 'id' | 'sealed_words' | 'sealed_key'>>(
    sql`SELECT id, sealed_words, sealed_key FROM letter_attachment WHERE letter_id = ${letterId}`,
  );
  for (const { id, sealed_words: words, sealed_key: key } of rows) {
    if (!words || !key) continue;
    const again = (part: Part, sealed: Uint8Array): Buffer =>
      seal(newKey, opened(oldKey, letterId, id, part, sealed), purposeOf(letterId, id, part));
    db.run(sql`UPDATE letter_attachment SET sealed_words = ${again('words', words)}, sealed_key = ${again('key', key)}
      WHERE id = ${id}`);
  }
}

function touched(db: WriteDb, letter: StoredLetter, at: Date): void {
  db.run(sql`UPDATE letter SET updated_at = ${at.toISOString()}, attachments_changed = 1
    WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
  // Whoever vouched for the letter vouched for other attachments.
  forgetParafs(db, letter.id, at);
}
