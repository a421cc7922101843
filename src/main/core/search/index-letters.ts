import { createHash } from 'node:crypto';
import { foldedWords, hasDigit, squeeze } from '../contract/folding.ts';
import { sql, type WriteDb } from '../vault/index.ts';
import { readNotes, type Note } from './notes.ts';
import { letterText, readBases, readScans, type LetterBase, type LetterText } from './text.ts';
import {
  anyLetter,
  classificationPath,
  documentOf,
  filterToken,
  fragments,
  heir,
  isIndexed,
  ofUnit,
  own,
  personToken,
} from './tokens.ts';

/** Writing the index: what stands in it of a letter follows from the letter's rows alone, however often it is done. */

const slice = 500;

/**
 * Brings the index up to date with these letters: new, changed, sealed meanwhile, gone. In the caller's transaction;
 * for many letters one transaction of some 20,000 is quickest.
 * @param positions of `letter`.
 */
export function indexLetters(db: WriteDb, positions: readonly number[]): void {
  for (let from = 0; from < positions.length; from += slice)
    indexSlice(db, positions.slice(from, from + slice));
}

/** Tokens between spaces, each once. */
interface Document {
  readonly tokens: string;
  readonly count: number;
}

const documentFrom = (tokens: ReadonlySet<string>): Document => ({
  tokens: [...tokens].join(' '),
  count: tokens.size,
});

interface Entry {
  readonly position: number;
  readonly words: Document;
  /** Null where there are no notes. */
  readonly notes: Document | null;
  readonly vocabulary: ReadonlySet<string>;
}

function indexSlice(db: WriteDb, positions: readonly number[]): void {
  const known = new Map(
    db
      .all<{ position: number; digest: number; words: number; notes: number }>(
        sql`SELECT search_letter.* FROM json_each(${JSON.stringify(positions)}) AS wanted
          CROSS JOIN search_letter ON search_letter.position = wanted.value`,
      )
      .map((row) => [row.position, row]),
  );
  const counted = new Map<string, number>();
  const fresh = new Map(entriesOf(db, positions).map((entry) => [entry.position, entry]));
  let lost = false;
  for (const position of new Set(positions)) {
    const before = known.get(position);
    const entry = fresh.get(position);
    if (!entry) {
      if (before) {
        removeDocuments(db, position);
        db.run(sql`DELETE FROM search_letter WHERE position = ${position}`);
        lost = true;
      }
      continue;
    }
    const digest = digestOf(entry);
    if (before?.digest === digest) continue;
    if (before) removeDocuments(db, position);
    const { count } = entry.words;
    const notes = entry.notes?.count ?? 0;
    // Fewer than before: something was taken out, and must not stay in the older parts of the index.
    if (before && (count < before.words || notes < before.notes)) lost = true;
    db.run(
      sql`INSERT INTO search (rowid, words) VALUES (${documentOf(position, false)}, ${entry.words.tokens})`,
    );
    if (entry.notes)
      db.run(
        sql`INSERT INTO search (rowid, words) VALUES (${documentOf(position, true)}, ${entry.notes.tokens})`,
      );
    db.run(sql`INSERT INTO search_letter (position, digest, words, notes)
      VALUES (${position}, ${digest}, ${count}, ${notes}) ON CONFLICT (position)
      DO UPDATE SET digest = excluded.digest, words = excluded.words, notes = excluded.notes`);
    for (const word of entry.vocabulary) counted.set(word, (counted.get(word) ?? 0) + (before ? 0 : 1));
  }
  for (const [word, count] of counted)
    db.run(sql`INSERT INTO search_word (word, n) VALUES (${word}, ${Math.max(count, 1)})
      ON CONFLICT (word) DO UPDATE SET n = n + ${count}`);
  if (lost) askForPurge(db);
}

function removeDocuments(db: WriteDb, position: number): void {
  db.run(sql`DELETE FROM search WHERE rowid = ${documentOf(position, false)}`);
  db.run(sql`DELETE FROM search WHERE rowid = ${documentOf(position, true)}`);
}

/**
 * Words are taken out that the count of a letter's words does not tell of, such as by a correction. Begins again where
 * a cleaning is under way: it may have passed the place.
 */
export function askForPurge(db: WriteDb): void {
  db.run(sql`DELETE FROM search_purge`);
  db.run(sql`INSERT INTO search_purge (step, word) VALUES ('merge', '')`);
}

/** 48 bits: a number that JavaScript keeps whole. */
function digestOf(entry: Entry): number {
  const hash = createHash('sha256').update(entry.words.tokens);
  if (entry.notes) hash.update('\n').update(entry.notes.tokens);
  return hash.digest().readUIntBE(0, 6);
}

function entriesOf(db: WriteDb, positions: readonly number[]): Entry[] {
  const bases = readBases(db, positions).filter((base) => isIndexed(base.security, base.state));
  const wanted = bases.map((base) => base.position);
  const scans = readScans(db, wanted);
  const people = peopleOf(db, wanted);
  const cut = cutter();
  const notes = Map.groupBy(readNotes(db, wanted), (note) => note.position);
  return bases.map((base) => {
    const text = letterText(base, scans.get(base.position) ?? '');
    const [words, vocabulary] = wordsOf(text, cut);
    const ownNotes = notes.get(base.position) ?? [];
    const told = ownNotes.length === 0 ? null : notesOf(ownNotes, words, vocabulary, cut);
    const filters = filtersOf(base, text.classification);
    const scope = new Set(people.get(base.position));
    scope.add(own(base.author_id));
    scope.add(anyLetter);
    if (base.sender_unit !== '') scope.add(ofUnit(base.sender_unit));
    for (const token of [...filters, ...scope]) words.add(token);
    if (told) for (const token of filters) told.add(token);
    return {
      position: base.position,
      words: documentFrom(words),
      notes: told && documentFrom(told),
      vocabulary,
    };
  });
}

interface Word {
  readonly word: string;
  /** A beginning may lead to it: numbers are not completed. */
  readonly completes: boolean;
}

/** Cuts text into words; offices repeat themselves, so what stood between two spaces before is not cut again. */
function cutter(): (text: string, take: (word: Word) => void) => void {
  const known = new Map<string, readonly Word[]>();
  return (text, take) => {
    for (const piece of text.split(/\s+/)) {
      let words = known.get(piece);
      if (!words) {
        words = foldedWords(piece).map((word) => ({ word, completes: !hasDigit(word) }));
        known.set(piece, words);
      }
      for (const word of words) take(word);
    }
  };
}
type Cut = ReturnType<typeof cutter>;

/** Words of a letter with parts of its number and words of its people; and those that a beginning may lead to. */
function wordsOf(text: LetterText, cut: Cut): [Set<string>, Set<string>] {
  const words = new Set<string>();
  const vocabulary = new Set<string>();
  for (const [field, value] of text.fields) {
    const people = field === 'sender' || field === 'recipients';
    cut(value, ({ word, completes }) => {
      words.add(word);
      if (completes) vocabulary.add(word);
      if (people) words.add(personToken(word));
    });
  }
  for (const fragment of fragments(squeeze(text.number ?? ''))) words.add(fragment);
  return [words, vocabulary];
}

/** All that its readers can read, so that one word may stand in the letter and the next in a note. */
function notesOf(
  notes: readonly Note[],
  words: ReadonlySet<string>,
  vocabulary: Set<string>,
  cut: Cut,
): Set<string> {
  const all = new Set(words);
  for (const note of notes) {
    cut(note.words, ({ word, completes }) => {
      all.add(word);
      if (completes) vocabulary.add(word);
    });
    for (const account of note.heirs) all.add(heir(account));
    for (const account of note.own) all.add(own(account));
  }
  return all;
}

/** Who may see it, as `visible` of queries/scope.ts says; that decides, this only narrows. */
function peopleOf(db: WriteDb, positions: readonly number[]): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  const add = (position: number, token: string): void => {
    const tokens = found.get(position);
    if (tokens) tokens.add(token);
    else found.set(position, new Set([token]));
  };
  const wanted = sql`json_each(${JSON.stringify(positions)}) AS wanted
    CROSS JOIN letter ON letter.position = wanted.value`;
  for (const row of db.all<{ position: number; account_id: string; role: string; unit: string }>(
    sql`SELECT letter.position, party.account_id, party.role, party.unit
      FROM ${wanted} JOIN letter_party AS party ON party.letter_id = letter.id
      WHERE party.delivered_at IS NOT NULL AND party.account_id IS NOT NULL`,
  )) {
    add(row.position, row.role === 'grant' ? own(row.account_id) : heir(row.account_id));
    if (row.unit !== '') add(row.position, ofUnit(row.unit));
  }
  for (const row of db.all<{ position: number; account_id: string; done_by: string | null }>(
    sql`SELECT letter.position, step.account_id, step.done_by
      FROM ${wanted} JOIN letter_step AS step ON step.letter_id = letter.id`,
  )) {
    add(row.position, heir(row.account_id));
    if (row.done_by !== null) add(row.position, own(row.done_by));
  }
  for (const row of db.all<{ position: number; account_id: string; giver_id: string }>(
    sql`SELECT letter.position, task.account_id, task.giver_id
      FROM ${wanted} JOIN disposition_task AS task ON task.letter_id = letter.id WHERE task.state <> 'cancelled'`,
  )) {
    add(row.position, heir(row.account_id));
    // Who came into the place of a giver that is gone has no other part in it.
    add(row.position, heir(row.giver_id));
  }
  for (const row of db.all<{ position: number; unit: string }>(
    sql`SELECT letter.position, agenda.unit FROM ${wanted} JOIN agenda ON agenda.letter_id = letter.id
      WHERE agenda.state = 'open'`,
  ))
    add(row.position, ofUnit(row.unit));
  return found;
}

/** What the filters ask of the index; SQL asks the letter once more. */
function filtersOf(base: LetterBase, classification: string): string[] {
  const date = base.letter_date ?? base.created_at.slice(0, 10);
  return [
    filterToken('k', base.kind),
    filterToken('s', base.state),
    filterToken('p', base.urgency),
    filterToken('y', date.slice(0, 4)),
    filterToken('m', date.slice(0, 7)),
    ...(base.sender_unit === '' ? [] : [filterToken('u', base.sender_unit)]),
    ...classificationPath(classification).map((code) => filterToken('c', code)),
    ...(base.object_id === null ? [] : [filterToken('f', '')]),
  ];
}
