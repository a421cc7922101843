import { AppError } from '../contract/errors.ts';
import type { LetterContent, SecurityClass } from '../contract/letters.ts';
import type { VersionReason } from '../contract/versions.ts';
import {
  openSealedFor,
  sealFor,
  sql,
  type AccountKey,
  type ReadDb,
  type Sql,
  type WriteDb,
} from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { isSealed } from './sealed.ts';

/**
 * What a letter said before. A version of a sealed letter is sealed to its author's account key, not under the letter's
 * key: that key goes to the receivers, and what was struck out before sending is not theirs. So nothing has to be done
 * here when the letter's key is renewed.
 */
interface Words {
  readonly note: string;
  readonly content: LetterContent;
}

export interface KeptVersion extends Words {
  readonly number: number;
  readonly revision: number;
  readonly reason: VersionReason;
  readonly accountId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What has to be known of a letter to keep it. */
interface VersionedLetter {
  readonly id: string;
  readonly revision: number;
  readonly security: SecurityClass;
  readonly content: LetterContent;
}

interface Row {
  readonly number: number;
  readonly revision: number;
  readonly reason: VersionReason;
  readonly account_id: string;
  readonly at: string;
  readonly content: string;
  readonly sealed_content: Uint8Array | null;
}

/** Kept by themselves: of more than these the oldest goes. Those that somebody asked for stay. */
const maximumAutomatic = 100;
/** Of writing that lies between two that are kept by themselves. */
const pause = 10 * 60_000;

const purpose = (letterId: string, number: number): string => `eletter-letter|${letterId}|version|${number}`;

const weight = (reason: VersionReason): number =>
  (['automatic', 'restore', 'asked', 'review', 'signing'] satisfies VersionReason[]).indexOf(reason);

/** In the clear, or for a sealed letter sealed to its author. */
function wordColumns(
  letterId: string,
  number: number,
  words: Words,
  author: Uint8Array | null,
): { content: string; sealed: Buffer | null } {
  const text = JSON.stringify(words);
  if (!author) return { content: text, sealed: null };
  return { content: '', sealed: sealFor(author, Buffer.from(text), purpose(letterId, number)) };
}

const newest = (db: ReadDb, letterId: string): Row | undefined =>
  db.get<Row>(sql`SELECT * FROM letter_version WHERE letter_id = ${letterId} ORDER BY number DESC LIMIT 1`);

/** Why a version is kept, by whom, and what they call it. */
export interface Keeping {
  readonly reason: VersionReason;
  readonly accountId: string;
  readonly note: string;
}

/**
 * Keeps the letter as it is in `letter`. Where its newest version is of the same revision nothing is kept twice; it
 * only gets the note, and the weightier reason of the two.
 * @param author public key of the letter's author, asked for only where the letter is sealed.
 * @returns the version's number, from 1 within the letter.
 */
export function keepVersion(
  db: WriteDb,
  letter: VersionedLetter,
  { reason, accountId, note }: Keeping,
  author: () => Uint8Array,
  at: Date,
): number {
  const key = isSealed(letter.security) ? author() : null;
  const last = newest(db, letter.id);
  if (last?.revision === letter.revision) {
    if (note !== '') {
      const words = wordColumns(letter.id, last.number, { note, content: letter.content }, key);
      setWords(db, letter.id, last.number, words);
    }
    if (weight(reason) > weight(last.reason))
      db.run(sql`UPDATE letter_version SET reason = ${reason}
        WHERE letter_id = ${letter.id} AND number = ${last.number}`);
    recordChange(db, 'letter', letter.id, at);
    return last.number;
  }
  const number = (last?.number ?? 0) + 1;
  const words = wordColumns(letter.id, number, { note, content: letter.content }, key);
  db.run(sql`INSERT INTO letter_version (letter_id, number, revision, reason, account_id, at, content, sealed_content)
    VALUES (${letter.id}, ${number}, ${letter.revision}, ${reason}, ${accountId}, ${at.toISOString()},
      ${words.content}, ${words.sealed})`);
  db.run(sql`DELETE FROM letter_version WHERE id IN (SELECT id FROM letter_version
    WHERE letter_id = ${letter.id} AND reason = 'automatic' ORDER BY number DESC LIMIT -1 OFFSET ${maximumAutomatic})`);
  recordChange(db, 'letter', letter.id, at);
  return number;
}

/**
 * Before a save: keeps what is about to be written over, where ten minutes have gone by since the last version. Words
 * lost by a slip are then those of before it.
 */
export function keepBeforeSave(
  db: WriteDb,
  letter: VersionedLetter,
  accountId: string,
  author: () => Uint8Array,
  at: Date,
): void {
  // Nothing has been written yet.
  if (letter.revision === 1) return;
  const last = newest(db, letter.id);
  const since =
    last?.at ??
    db.get<{ created_at: string }>(sql`SELECT created_at FROM letter WHERE id = ${letter.id}`)?.created_at ??
    '';
  if (at.getTime() - Date.parse(since) < pause) return;
  keepVersion(db, letter, { reason: 'automatic', accountId, note: '' }, author, at);
}

const setWords = (
  db: WriteDb,
  letterId: string,
  number: number,
  words: { readonly content: string; readonly sealed: Buffer | null },
): number =>
  db.run(sql`UPDATE letter_version SET content = ${words.content}, sealed_content = ${words.sealed}
    WHERE letter_id = ${letterId} AND number = ${number}`);

/** A letter has become a sealed one: so do its versions. Those of one that was sealed stay so. */
export function sealVersions(db: WriteDb, letterId: string, author: Uint8Array): void {
  const clear = db.all<Row>(
    sql`SELECT * FROM letter_version WHERE letter_id = ${letterId} AND sealed_content IS NULL`,
  );
  for (const { number, content } of clear)
    setWords(db, letterId, number, wordColumns(letterId, number, JSON.parse(content) as Words, author));
}

/** Newest first. @throws AppError LETTER_SEALED where the account key is not the one that they were sealed to. */
export const listVersions = (db: ReadDb, accountKey: AccountKey, letterId: string): KeptVersion[] =>
  rows(db, letterId, sql`1`).map((row) => opened(row, letterId, accountKey));

/** @throws AppError NOT_FOUND, LETTER_SEALED. */
export function readVersion(
  db: ReadDb,
  accountKey: AccountKey,
  letterId: string,
  number: number,
): KeptVersion {
  const [row] = rows(db, letterId, sql`number = ${number}`);
  if (!row) throw new AppError('NOT_FOUND');
  return opened(row, letterId, accountKey);
}

const rows = (db: ReadDb, letterId: string, which: Sql): Row[] =>
  db.all<Row>(
    sql`SELECT * FROM letter_version WHERE letter_id = ${letterId} AND ${which} ORDER BY number DESC LIMIT 1000`,
  );

function opened(row: Row, letterId: string, accountKey: AccountKey): KeptVersion {
  const { note, content } = JSON.parse(textOf(row, letterId, accountKey)) as Words;
  const { number, revision, reason, account_id: accountId, at } = row;
  return { number, revision, reason, accountId, at, note, content };
}

function textOf(row: Row, letterId: string, accountKey: AccountKey): string {
  if (!row.sealed_content) return row.content;
  try {
    return openSealedFor(accountKey, row.sealed_content, purpose(letterId, row.number)).toString('utf8');
  } catch (error) {
    throw new AppError('LETTER_SEALED', undefined, error);
  }
}
