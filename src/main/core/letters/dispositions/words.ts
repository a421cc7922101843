import type { SecurityClass } from '../../contract/letters.ts';
import type { Keyring } from '../../ports.ts';
import { sql, type ReadDb, type Sql, type WriteDb } from '../../vault/index.ts';
import { isSealed, openWords, requireKey, sealWords } from '../sealed.ts';

/** What people write in a disposition: words about the letter's words, so of a sealed letter they are sealed. */

/** One of the two columns holds the words; of a sealed letter the second. */
export interface Columns {
  readonly clear: string | null;
  readonly sealed: Uint8Array | null;
}

export function wordsInto(
  ring: Keyring,
  letter: { readonly id: string; readonly security: SecurityClass },
  words: string,
): Columns {
  if (!isSealed(letter.security)) return { clear: words, sealed: null };
  return { clear: null, sealed: sealWords(requireKey(ring, letter.id), letter.id, words) };
}

export const wordsFrom = (ring: Keyring, letterId: string, { clear, sealed }: Columns): string =>
  sealed ? openWords(requireKey(ring, letterId), letterId, sealed) : (clear ?? '');

interface Row {
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** Every word of a sealed letter's dispositions under another key. */
export function resealDispositions(db: WriteDb, letterId: string, from: Uint8Array, to: Uint8Array): void {
  const each = (rows: readonly Row[], update: (id: string, sealed: Uint8Array) => Sql): void => {
    for (const { id, sealed } of rows)
      db.run(update(id, sealWords(to, letterId, openWords(from, letterId, sealed))));
  };
  const read = (query: Sql): Row[] => (db as ReadDb).all<Row>(query);
  each(
    read(sql`SELECT id, sealed_note AS sealed FROM disposition
      WHERE letter_id = ${letterId} AND sealed_note IS NOT NULL`),
    (id, sealed) => sql`UPDATE disposition SET sealed_note = ${sealed} WHERE id = ${id}`,
  );
  each(
    read(sql`SELECT entry.id, entry.sealed_words AS sealed FROM disposition_task AS task
      JOIN disposition_entry AS entry ON entry.task_id = task.id
      WHERE task.letter_id = ${letterId} AND entry.sealed_words IS NOT NULL`),
    (id, sealed) => sql`UPDATE disposition_entry SET sealed_words = ${sealed} WHERE id = ${id}`,
  );
  each(
    read(sql`SELECT subtask.id, subtask.sealed_words AS sealed FROM disposition_task AS task
      JOIN disposition_subtask AS subtask ON subtask.task_id = task.id
      WHERE task.letter_id = ${letterId} AND subtask.sealed_words IS NOT NULL`),
    (id, sealed) => sql`UPDATE disposition_subtask SET sealed_words = ${sealed} WHERE id = ${id}`,
  );
}
