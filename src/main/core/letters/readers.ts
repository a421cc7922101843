import { AppError } from '../contract/errors.ts';
import type { LetterContent, TypesetLetter } from '../contract/letters.ts';
import { isSignedState } from '../contract/lifecycle.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { resealAttachments } from './attachments.ts';
import { recordChange } from './changes.ts';
import { resealDispositions } from './dispositions/words.ts';
import { resealIncoming } from './incoming.ts';
import { resealRemarks } from './remarks.ts';
import {
  isSealed,
  newLetterKey,
  openObjectKey,
  requireKey,
  sealObjectKey,
  sealTo,
  wordColumns,
  type Reader,
  type ReaderKind,
} from './sealed.ts';
import { ofLetter, readLetter, type StoredLetter } from './store.ts';

/** Who may read one letter, letting somebody in, and taking that back. */
export interface LetterAccess {
  readonly accountId: string;
  readonly how: ReaderKind;
  readonly since: string;
}

export function accessOf(db: ReadDb, letter: StoredLetter): LetterAccess[] {
  if (isSealed(letter.security)) {
    return db
      .all<{ account_id: string; how: ReaderKind; granted_at: string }>(
        sql`SELECT account_id, how, granted_at FROM letter_key WHERE letter_id = ${letter.id} ORDER BY granted_at, account_id`,
      )
      .map((row) => ({ accountId: row.account_id, how: row.how, since: row.granted_at }));
  }
  const row = db.get<{ created_at: string }>(sql`SELECT created_at FROM letter WHERE id = ${letter.id}`);
  const author: LetterAccess = { accountId: letter.authorId, how: 'author', since: row?.created_at ?? '' };
  const parties = db.all<{ account_id: string; role: string; delivered_at: string }>(
    sql`SELECT account_id, min(role) AS role, min(delivered_at) AS delivered_at FROM letter_party
      WHERE letter_id = ${letter.id} AND account_id IS NOT NULL AND delivered_at IS NOT NULL
        AND account_id <> ${letter.authorId} GROUP BY account_id ORDER BY delivered_at, account_id`,
  );
  return [
    author,
    ...parties.map((party): LetterAccess => ({
      accountId: party.account_id,
      how: party.role === 'grant' ? 'grant' : 'receiver',
      since: party.delivered_at,
    })),
  ];
}

/** Lets one more person read a signed letter; it comes to them like a letter received. Granting twice is no error. */
export function grant(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  reader: Reader,
  unit: string,
  at: Date,
): void {
  if (!isSignedState(letter.state)) throw new AppError('LETTER_NOT_EDITABLE');
  if (isSealed(letter.security)) sealTo(db, letter.id, requireKey(ring, letter.id), [reader], at);
  const has = db.get(
    sql`SELECT 1 FROM letter_party WHERE letter_id = ${letter.id} AND account_id = ${reader.accountId}
      AND delivered_at IS NOT NULL`,
  );
  if (!has) {
    const last = db.get<{ place: number | null }>(
      sql`SELECT max(place) AS place FROM letter_party WHERE letter_id = ${letter.id} AND role = 'grant'`,
    );
    const now = at.toISOString();
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, ${ofLetter})
      SELECT ${letter.id}, 'grant', ${(last?.place ?? -1) + 1}, ${reader.accountId}, '', '', ${unit}, ${now}, ${ofLetter}
      FROM letter WHERE id = ${letter.id}`);
  }
  recordChange(db, 'letter', letter.id, at);
}

/**
 * Takes a person's access back. A grant goes; a sealed letter gets a new key besides, because the old one may have
 * been kept. Who received a letter of class biasa keeps it: it was sent to them.
 * @param keysOf where the new key of a sealed letter goes, for each account that keeps its access.
 * @throws AppError READER_IS_PARTY for the author, and for a receiver of an open letter.
 */
export function withdraw(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  accountId: string,
  keyOf: (accountId: string) => Uint8Array | null,
  at: Date,
): void {
  const access = accessOf(db, letter);
  const mine = access.find((one) => one.accountId === accountId);
  if (!mine) throw new AppError('NOT_FOUND');
  // On its way nobody is locked out who is asked for something.
  if (!isSignedState(letter.state)) throw new AppError('LETTER_NOT_EDITABLE');
  const sealed = isSealed(letter.security);
  const party = mine.how === 'author' || mine.how === 'reviewer' || mine.how === 'signer';
  if (party || (!sealed && mine.how !== 'grant')) throw new AppError('READER_IS_PARTY');
  db.run(
    sql`DELETE FROM letter_party WHERE letter_id = ${letter.id} AND account_id = ${accountId} AND role = 'grant'`,
  );
  if (sealed) {
    closeTo(db, ring, letter, (one) => one.accountId === accountId, keyOf, at);
  }
  recordChange(db, 'letter', letter.id, at);
}

/**
 * A sealed letter gets a new key, and those for whom `goes` holds none.
 * @param keyOf where the new key goes, for each account that keeps its access.
 */
export function closeTo(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  goes: (one: LetterAccess) => boolean,
  keyOf: (accountId: string) => Uint8Array | null,
  at: Date,
): void {
  const access = accessOf(db, letter);
  const readers = access.flatMap((one): Reader[] => {
    const publicKey = keyOf(one.accountId);
    return goes(one) || !publicKey ? [] : [{ accountId: one.accountId, publicKey, how: one.how }];
  });
  renewKey(db, ring, letter.id, readers, at);
  for (const { accountId } of access.filter(goes))
    db.run(sql`DELETE FROM letter_key WHERE letter_id = ${letter.id} AND account_id = ${accountId}`);
}

function renewKey(db: WriteDb, ring: Keyring, letterId: string, readers: readonly Reader[], at: Date): void {
  const old = requireKey(ring, letterId);
  const { content, frozen }: { content: LetterContent; frozen: TypesetLetter | null } = readLetter(
    db,
    ring,
    letterId,
  );
  const row = db.get<{ sealed_object_key: Uint8Array | null }>(
    sql`SELECT sealed_object_key FROM letter WHERE id = ${letterId}`,
  );
  const objectKey = row?.sealed_object_key && openObjectKey(old, letterId, row.sealed_object_key);
  const key = newLetterKey();
  const words = wordColumns(letterId, key, content, frozen);
  db.run(sql`UPDATE letter SET sealed_summary = ${words.sealedSummary}, sealed_content = ${words.sealedContent},
    sealed_frozen = ${words.sealedFrozen},
    sealed_object_key = ${objectKey ? sealObjectKey(key, letterId, objectKey) : null} WHERE id = ${letterId}`);
  resealRemarks(db, letterId, old, key);
  resealAttachments(db, letterId, old, key);
  resealDispositions(db, letterId, old, key);
  resealIncoming(db, letterId, old, key);
  sealTo(db, letterId, key, readers, at);
}

/** Sealed letters that nobody but this account can open. */
export function onlyReaderOf(db: ReadDb, accountId: string): number {
  const row = db.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM letter_key AS mine WHERE mine.account_id = ${accountId} AND mine.sealed_key <> x''
      AND NOT EXISTS (SELECT 1 FROM letter_key AS other JOIN account ON account.id = other.account_id
        WHERE other.letter_id = mine.letter_id AND other.account_id <> mine.account_id AND account.revoked_at IS NULL)`,
  );
  return row?.n ?? 0;
}

/** Where a signed letter's PDF lies, with its key when it is sealed. @throws AppError NOT_FOUND, LETTER_SEALED. */
export function pdfOf(
  db: ReadDb,
  ring: Keyring,
  letterId: string,
): { readonly id: string; readonly key: Uint8Array | undefined } {
  const row = db.get<{ object_id: string | null; sealed_object_key: Uint8Array | null }>(
    sql`SELECT object_id, sealed_object_key FROM letter WHERE id = ${letterId}`,
  );
  if (!row || row.object_id === null) throw new AppError('NOT_FOUND');
  const key = row.sealed_object_key
    ? openObjectKey(requireKey(ring, letterId), letterId, row.sealed_object_key)
    : undefined;
  return { id: row.object_id, key };
}
