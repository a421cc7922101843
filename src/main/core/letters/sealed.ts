import { randomBytes } from 'node:crypto';
import { classRules } from '../contract/permissions.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, SecurityClass, TypesetLetter } from '../contract/letters.ts';
import type { Keyring, LetterSummary } from '../ports.ts';
import {
  openSealedFor,
  seal,
  sealFor,
  sql,
  unseal,
  type AccountKey,
  type ReadDb,
  type WriteDb,
} from '../vault/index.ts';

/**
 * Letters of class T, R and SR (DESIGN §2): their words and the key of their PDF are sealed under a key of the letter's
 * own, and that key once to each person entitled. Whoever holds the vault's data key and no such account key, the
 * administrator included, has the number, the dates and who wrote to whom, and nothing of what is said.
 */
type Part = 'summary' | 'content' | 'frozen' | 'object' | 'remark';
const partPurpose = (letterId: string, part: Part): string => `eletter-letter|${letterId}|${part}`;
const keyPurpose = (letterId: string, accountId: string): string =>
  `eletter-letter|${letterId}|key|${accountId}`;

export const isSealed = (security: SecurityClass): boolean => classRules[security].sealed;

export type ReaderKind = 'author' | 'receiver' | 'deputy' | 'grant' | 'reviewer' | 'signer' | 'disposition';

/** Somebody to seal a letter to. */
export interface Reader {
  readonly accountId: string;
  readonly publicKey: Uint8Array;
  readonly how: ReaderKind;
}

const summaryOf = (content: LetterContent): LetterSummary => ({
  subject: content.subject,
  recipientNames: content.recipients.map((one) => one.name),
});

export const newLetterKey = (): Buffer => randomBytes(32);

/** Opens the letter keys of one person, each once; `forget` wipes what was opened. */
export function openKeyring(
  db: ReadDb,
  accountId: string,
  accountKey: AccountKey,
): Keyring & { forget(): void } {
  const opened = new Map<string, { sealed: string; key: Buffer }>();
  const ring: Keyring = {
    accountId,
    letterKey(letterId) {
      const row = db.get<{ sealed_key: Uint8Array }>(
        sql`SELECT sealed_key FROM letter_key WHERE letter_id = ${letterId} AND account_id = ${accountId}`,
      );
      if (!row) return null;
      // A withdrawn grant renews the letter's key: what was opened before counts only for the same sealing.
      const sealed = Buffer.from(row.sealed_key).toString('base64');
      const known = opened.get(letterId);
      if (known?.sealed === sealed) return known.key;
      try {
        const key = openSealedFor(accountKey, row.sealed_key, keyPurpose(letterId, accountId));
        opened.set(letterId, { sealed, key });
        return key;
      } catch {
        // Sealed to a key of before a reset passphrase: closed until the signing passphrase brings that key back.
        return null;
      }
    },
    summary(letterId, sealed) {
      const key = ring.letterKey(letterId);
      return key && (openPart(key, letterId, 'summary', sealed) as LetterSummary);
    },
    content: (letterId, sealed) =>
      openPart(requireKey(ring, letterId), letterId, 'content', sealed) as LetterContent,
    words: (letterId, sealed) => openWords(requireKey(ring, letterId), letterId, sealed),
    frozen: (letterId, sealed) =>
      openPart(requireKey(ring, letterId), letterId, 'frozen', sealed) as TypesetLetter,
  };
  return {
    ...ring,
    forget() {
      for (const { key } of opened.values()) key.fill(0);
      opened.clear();
    },
  };
}

/** @throws AppError LETTER_SEALED when the person has no key to it. */
export function requireKey(ring: Keyring, letterId: string): Uint8Array {
  const key = ring.letterKey(letterId);
  if (!key) throw new AppError('LETTER_SEALED');
  return key;
}

export function sealTo(
  db: WriteDb,
  letterId: string,
  key: Uint8Array,
  readers: readonly Reader[],
  at: Date,
): void {
  for (const reader of readers) {
    const sealed = sealFor(reader.publicKey, key, keyPurpose(letterId, reader.accountId));
    db.run(sql`INSERT INTO letter_key (letter_id, account_id, sealed_key, how, granted_at)
      VALUES (${letterId}, ${reader.accountId}, ${sealed}, ${reader.how}, ${at.toISOString()})
      ON CONFLICT (letter_id, account_id) DO UPDATE SET sealed_key = excluded.sealed_key`);
  }
}

const sealPart = (key: Uint8Array, letterId: string, part: Part, value: unknown): Buffer =>
  seal(key, Buffer.from(JSON.stringify(value)), partPurpose(letterId, part));

function openPart(key: Uint8Array, letterId: string, part: Part, sealed: Uint8Array): unknown {
  try {
    return JSON.parse(unseal(key, sealed, partPurpose(letterId, part)).toString('utf8')) as unknown;
  } catch (error) {
    throw new AppError('OBJECT_DAMAGED', undefined, error);
  }
}

/** The columns that hold a letter's words: in the clear without a key, sealed with one. */
export interface WordColumns {
  readonly subject: string;
  readonly content: string;
  readonly frozen: string | null;
  readonly sealedSummary: Buffer | null;
  readonly sealedContent: Buffer | null;
  readonly sealedFrozen: Buffer | null;
}

export function wordColumns(
  letterId: string,
  key: Uint8Array | null,
  content: LetterContent,
  frozen: TypesetLetter | null,
): WordColumns {
  if (!key) {
    return {
      subject: content.subject,
      content: JSON.stringify(content),
      frozen: frozen && JSON.stringify(frozen),
      sealedSummary: null,
      sealedContent: null,
      sealedFrozen: null,
    };
  }
  return {
    subject: '',
    content: '',
    frozen: null,
    sealedSummary: sealPart(key, letterId, 'summary', summaryOf(frozen?.content ?? content)),
    sealedContent: sealPart(key, letterId, 'content', content),
    sealedFrozen: frozen && sealPart(key, letterId, 'frozen', frozen),
  };
}

/** Words beside the letter, such as a remark. */
export const sealWords = (key: Uint8Array, letterId: string, words: string): Buffer =>
  sealPart(key, letterId, 'remark', words);

/** @throws AppError OBJECT_DAMAGED. */
export const openWords = (key: Uint8Array, letterId: string, sealed: Uint8Array): string =>
  openPart(key, letterId, 'remark', sealed) as string;

export const sealObjectKey = (key: Uint8Array, letterId: string, objectKey: Uint8Array): Buffer =>
  seal(key, objectKey, partPurpose(letterId, 'object'));

/** The key of a sealed letter's PDF. @throws AppError OBJECT_DAMAGED. */
export function openObjectKey(key: Uint8Array, letterId: string, sealed: Uint8Array): Buffer {
  try {
    return unseal(key, sealed, partPurpose(letterId, 'object'));
  } catch (error) {
    throw new AppError('OBJECT_DAMAGED', undefined, error);
  }
}
