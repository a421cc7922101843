import { randomUUID } from 'node:crypto';
import type { LetterContent } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { isSealed, type Reader } from './sealed.ts';
import { createLetter, readLetter, saveContent, type Sender } from './store.ts';

/** Which letters were made from one letter and a table, and how far each has come. */
export interface StoredMerge {
  readonly id: string;
  readonly sourceId: string;
  readonly madeAt: string;
  readonly letters: number;
  readonly drafts: number;
  readonly discarded: number;
  readonly delivered: number;
  readonly read: number;
}

export interface StoredMergeLetter {
  readonly letterId: string;
  readonly state: LetterState;
  readonly number: string | null;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
}

/**
 * One draft for each content. Within the caller's transaction: all of them or none. Sealed ones get a key each.
 * @param author asked for only where something is sealed.
 */
export function addMerge(
  db: WriteDb,
  ring: Keyring,
  sourceId: string,
  contents: Iterable<LetterContent>,
  sender: Sender,
  author: () => Reader,
  at: Date,
): string {
  const id = randomUUID();
  db.run(sql`INSERT INTO letter_merge (id, source_id, account_id, made_at)
    VALUES (${id}, ${sourceId}, ${sender.accountId}, ${at.toISOString()})`);
  let place = 0;
  for (const content of contents) {
    const letterId = addDraft(db, ring, content, sender, author, at);
    db.run(
      sql`INSERT INTO letter_merge_item (merge_id, place, letter_id) VALUES (${id}, ${place}, ${letterId})`,
    );
    place += 1;
  }
  return id;
}

/** A draft with words of its own from the first moment; a sealed one gets its key at once. */
export function addDraft(
  db: WriteDb,
  ring: Keyring,
  content: LetterContent,
  sender: Sender,
  author: () => Reader,
  at: Date,
): string {
  if (!isSealed(content.security)) return createLetter(db, content, sender, at);
  // Begun empty: the words of a sealed letter are never in the clear, not even until the next statement.
  const { details: _details, ...rest } = content;
  const empty = { ...rest, subject: '', recipients: [], copies: [], body: [], event: null } as const;
  const letterId = createLetter(db, { ...empty, security: 'biasa' }, sender, at);
  saveContent(db, ring, readLetter(db, ring, letterId), author, 1, content, at);
  return letterId;
}

interface Row {
  readonly id: string;
  readonly source_id: string;
  readonly made_at: string;
  readonly letters: number;
  readonly drafts: number;
  readonly discarded: number;
  readonly delivered: number;
  readonly read: number;
}

/** Newest first. */
export function listMerges(db: ReadDb, accountId: string): StoredMerge[] {
  return db
    .all<Row>(
      sql`SELECT letter_merge.id, letter_merge.source_id, letter_merge.made_at, count(*) AS letters,
          sum(letter.state = 'draft') AS drafts, sum(letter.state = 'discarded') AS discarded,
          sum(party.delivered_at IS NOT NULL) AS delivered, sum(party.read_at IS NOT NULL) AS read
        FROM letter_merge JOIN letter_merge_item AS item ON item.merge_id = letter_merge.id
        JOIN letter ON letter.id = item.letter_id
        LEFT JOIN letter_party AS party ON party.letter_id = letter.id AND party.role = 'to' AND party.place = 0
        WHERE letter_merge.account_id = ${accountId}
        GROUP BY letter_merge.id ORDER BY letter_merge.made_at DESC, letter_merge.id LIMIT 1000`,
    )
    .map(({ id, source_id, made_at, letters, drafts, discarded, delivered, read }) => ({
      id,
      sourceId: source_id,
      madeAt: made_at,
      letters,
      drafts,
      discarded,
      delivered,
      read,
    }));
}

/** In the order of the table. */
export function mergeLetters(db: ReadDb, mergeId: string): StoredMergeLetter[] {
  return db
    .all<{
      id: string;
      state: LetterState;
      number: string | null;
      delivered_at: string | null;
      read_at: string | null;
    }>(
      sql`SELECT letter.id, letter.state, letter.number, party.delivered_at, party.read_at
        FROM letter_merge_item AS item JOIN letter ON letter.id = item.letter_id
        LEFT JOIN letter_party AS party ON party.letter_id = letter.id AND party.role = 'to' AND party.place = 0
        WHERE item.merge_id = ${mergeId} ORDER BY item.place`,
    )
    .map((row) => ({
      letterId: row.id,
      state: row.state,
      number: row.number,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
    }));
}

export function markMergeDiscarded(db: WriteDb, mergeId: string, at: Date): void {
  db.run(sql`UPDATE letter_merge SET discarded_at = ${at.toISOString()} WHERE id = ${mergeId}`);
}
