import type { LetterContent, TypesetLetter } from '../contract/letters.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import { receivingAccounts, type Asker } from '../queries/index.ts';
import { readNotes, readsNote } from './notes.ts';
import { haystackOf, matches, type Haystack, type QueryTerm } from './query.ts';
import { letterText, readBases, readScans, readSealedScans, type LetterText } from './text.ts';
import { classificationPath } from './tokens.ts';

/**
 * Letters that the index must not hold: sealed ones, whose words nobody but their readers may open, and those that are
 * still written or on their way. They are few for one person, are opened in memory for that person's searches, and go
 * with the session.
 */
export interface Desk {
  /** Of when the list was made; the same: nothing has happened since. */
  made: string;
  letters: Map<number, DeskLetter>;
  leftOut: boolean;
}

interface DeskLetter {
  readonly stamp: string;
  readonly all: Haystack;
  readonly people: Haystack;
  readonly classifications: readonly string[];
  readonly text: LetterText;
}

export const newDesk = (): Desk => ({ made: '', letters: new Map(), leftOut: false });

/** More than these are not opened for one person: the newest are. */
export const maximumDeskLetters = 2000;

interface Candidate {
  readonly position: number;
  readonly stamp: string;
}

const onTheWay = sql`('review', 'ready', 'reserved', 'cosigning', 'rejected')`;
const ownUnfinished = sql`('draft', 'returned', 'review', 'ready', 'reserved', 'cosigning', 'rejected', 'discarded')`;

function candidates(db: ReadDb, asker: Asker): Candidate[] {
  const found = sql`
    SELECT letter.position FROM letter_key AS mine CROSS JOIN letter ON letter.id = mine.letter_id
      WHERE mine.account_id = ${asker.accountId}
    UNION SELECT position FROM letter WHERE author_id = ${asker.accountId} AND state IN ${ownUnfinished}
    UNION SELECT letter.position FROM letter WHERE security IN ('biasa', 'terbatas', 'rahasia', 'sangat-rahasia')
      AND state IN ${onTheWay} AND EXISTS (SELECT 1 FROM letter_step AS step WHERE step.letter_id = letter.id
        AND (step.account_id IN ${receivingAccounts(asker)} OR step.done_by = ${asker.accountId}))`;
  return db.all<Candidate>(sql`SELECT letter.position,
      letter.updated_at || '|' || letter.revision || '|' || letter.state || '|' || letter.security AS stamp
    FROM (${found}) AS page CROSS JOIN letter ON letter.position = page.position
    ORDER BY letter.position DESC LIMIT ${maximumDeskLetters + 1}`);
}

/** Opens what is new or changed since the last time, and forgets what is no longer the asker's. */
export function refreshDesk(db: ReadDb, asker: Asker, desk: Desk): void {
  const seq = db.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM change`)?.seq ?? 0;
  const principals = asker.principals.map((one) => one.id).join(',');
  const made = `${seq}|${asker.accountId}|${principals}`;
  if (desk.made === made) return;
  const wanted = candidates(db, asker);
  desk.leftOut = wanted.length > maximumDeskLetters;
  const kept = new Map<number, DeskLetter>();
  const stale: Candidate[] = [];
  for (const one of wanted.slice(0, maximumDeskLetters)) {
    const stamp = `${one.stamp}|${principals}`;
    const known = desk.letters.get(one.position);
    if (known?.stamp === stamp) kept.set(one.position, known);
    else stale.push({ position: one.position, stamp });
  }
  for (const [position, letter] of openLetters(db, asker, stale)) kept.set(position, letter);
  desk.letters = kept;
  desk.made = made;
}

interface SealedRow {
  readonly position: number;
  readonly id: string;
  readonly sealed_content: Uint8Array | null;
  readonly sealed_frozen: Uint8Array | null;
}

type Opened = { readonly content: LetterContent; readonly frozen: TypesetLetter | null };

/** Null: not the asker's to open, or it does not open any more; then it is not found by its words. */
function openSealed(asker: Asker, row: SealedRow): Opened | null {
  if (row.sealed_content === null || asker.ring.letterKey(row.id) === null) return null;
  try {
    return {
      content: asker.ring.content(row.id, row.sealed_content),
      frozen: row.sealed_frozen && asker.ring.frozen(row.id, row.sealed_frozen),
    };
  } catch {
    return null;
  }
}

function openLetters(db: ReadDb, asker: Asker, stale: readonly Candidate[]): Map<number, DeskLetter> {
  const found = new Map<number, DeskLetter>();
  if (stale.length === 0) return found;
  const positions = stale.map((one) => one.position);
  const sealed = new Map(
    db
      .all<SealedRow>(
        sql`SELECT letter.position, letter.id, letter.sealed_content, letter.sealed_frozen
          FROM json_each(${JSON.stringify(positions)}) AS wanted CROSS JOIN letter ON letter.position = wanted.value
          WHERE letter.sealed_content IS NOT NULL`,
      )
      .map((row) => [row.position, row]),
  );
  const scans = new Map([...readScans(db, positions), ...readSealedScans(db, asker.ring, positions)]);
  const notes = Map.groupBy(
    readNotes(db, positions).filter((note) => readsNote(note, asker.accountId, asker.principals)),
    (note) => note.position,
  );
  const stamps = new Map(stale.map((one) => [one.position, one.stamp]));
  for (const base of readBases(db, positions)) {
    const row = sealed.get(base.position);
    const opened = row && openSealed(asker, row);
    if (row && !opened) continue;
    const text = letterText(base, scans.get(base.position) ?? '', opened ?? undefined);
    const told = (notes.get(base.position) ?? []).map((note): ['note', string] => ['note', note.words]);
    const fields = [...text.fields, ...told];
    found.set(base.position, {
      stamp: stamps.get(base.position) ?? '',
      all: haystackOf(
        fields.map(([, words]) => words),
        text.number,
      ),
      people: haystackOf(
        fields.filter(([field]) => field === 'sender' || field === 'recipients').map(([, words]) => words),
        null,
      ),
      classifications: classificationPath(text.classification),
      text: { ...text, fields },
    });
  }
  return found;
}

/** Positions whose words fit, newest first; who may see them now is asked by the caller. */
export function deskMatches(
  desk: Desk,
  terms: readonly QueryTerm[],
  people: readonly QueryTerm[],
  classification: string | null,
): number[] {
  return [...desk.letters]
    .filter(
      ([, letter]) =>
        matches(terms, letter.all) &&
        matches(people, letter.people) &&
        (classification === null || letter.classifications.includes(classification)),
    )
    .map(([position]) => position)
    .toSorted((a, b) => b - a);
}
