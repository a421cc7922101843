import { keptPublicKey } from '../accounts/index.ts';
import { AppError } from '../contract/errors.ts';
import type { VersionReason } from '../contract/versions.ts';
import { keepBeforeSave, keepVersion, type StoredLetter } from '../letters/index.ts';
import type { WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/** The letter as it is, kept as a version within the transaction of what is done to it. */
export function keepNow(
  context: Context,
  db: WriteDb,
  letter: StoredLetter,
  reason: VersionReason,
  at: Date,
  note = '',
): number {
  const { accountId } = context.session();
  return keepVersion(db, letter, { reason, accountId, note }, keyOfAuthor(db, letter), at);
}

/** At most one in ten minutes, before a save writes over it. */
export function keepBefore(context: Context, db: WriteDb, letter: StoredLetter, at: Date): void {
  keepBeforeSave(db, letter, context.session().accountId, keyOfAuthor(db, letter), at);
}

const keyOfAuthor = (db: WriteDb, letter: StoredLetter) => (): Uint8Array => {
  const key = keptPublicKey(db, letter.authorId);
  if (!key) throw new AppError('LETTER_SEALED');
  return key;
};
