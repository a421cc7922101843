import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { indexLetters } from './index-letters.ts';

/** What the index has still to do. Each step is small and whole: a process that dies leaves nothing half done. */

export const pendingLetters = (db: ReadDb): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM search_due`)?.n ?? 0;

/** The newest that wait: what people look for first. @returns how many were done. */
export function indexDue(db: WriteDb, atMost: number): number {
  const positions = db
    .all<{ position: number }>(sql`SELECT position FROM search_due ORDER BY position DESC LIMIT ${atMost}`)
    .map((row) => row.position);
  if (positions.length === 0) return 0;
  indexLetters(db, positions);
  db.run(
    sql`DELETE FROM search_due WHERE position IN (SELECT value FROM json_each(${JSON.stringify(positions)}))`,
  );
  return positions.length;
}

/** It should hold letters, and holds none. */
export const indexIsLost = (db: ReadDb): boolean =>
  !db.get(sql`SELECT 1 FROM search_docsize LIMIT 1`) &&
  db.get(sql`SELECT 1 FROM search_letter LIMIT 1`) !== undefined;

/** An index whose rows are gone (a salvaged vault: it is left out there) is made again from the letters. */
export function rebuildIndex(db: WriteDb): void {
  db.run(sql`DELETE FROM search_letter`);
  db.run(sql`DELETE FROM search_word`);
  db.run(
    sql`INSERT OR IGNORE INTO search_due SELECT position FROM letter WHERE state NOT IN ('draft', 'discarded')`,
  );
}

export const purgeWaits = (db: ReadDb): boolean => db.get(sql`SELECT 1 FROM search_purge`) !== undefined;

const pagesAtOnce = 200;
const wordsAtOnce = 300;

/**
 * A part of the cleaning after words were taken out: the index's parts are merged into one, which leaves behind what
 * was removed, and words that no letter has any more leave the vocabulary.
 * @returns whether there is more to do.
 */
export function purgeSome(db: WriteDb): boolean {
  const row = db.get<{ step: string; word: string }>(sql`SELECT step, word FROM search_purge`);
  if (!row) return false;
  if (row.step === 'merge') {
    // Negative: all parts are to become one. Begun once, then gone on with.
    const begun = row.word === 'begun';
    const before = changes(db);
    db.run(sql`INSERT INTO search (search, rank) VALUES ('merge', ${begun ? pagesAtOnce : -pagesAtOnce})`);
    const done = changes(db) - before < 2;
    if (!begun) db.run(sql`UPDATE search_purge SET word = 'begun'`);
    if (done && begun) db.run(sql`UPDATE search_purge SET step = 'words', word = ''`);
    return true;
  }
  const words = db
    .all<{ word: string }>(
      sql`SELECT word FROM search_word WHERE word > ${row.word} ORDER BY word LIMIT ${wordsAtOnce}`,
    )
    .map((one) => one.word);
  for (const word of words) {
    if (!db.get(sql`SELECT 1 FROM search WHERE search MATCH ${`"${word}"`} LIMIT 1`))
      db.run(sql`DELETE FROM search_word WHERE word = ${word}`);
  }
  const last = words.at(-1);
  if (last === undefined) db.run(sql`DELETE FROM search_purge`);
  else db.run(sql`UPDATE search_purge SET word = ${last}`);
  return true;
}

const changes = (db: ReadDb): number => db.get<{ n: number }>(sql`SELECT total_changes() AS n`)?.n ?? 0;

/** After very many letters at once: all parts of the index become one. */
export function optimiseIndex(db: WriteDb): void {
  db.run(sql`INSERT INTO search (search) VALUES ('optimize')`);
}
