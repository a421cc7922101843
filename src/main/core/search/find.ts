import { squeeze } from '../contract/folding.ts';
import type { LetterRow } from '../contract/letters.ts';
import { classRules } from '../contract/permissions.ts';
import type { SearchRequest } from '../contract/search.ts';
import { byRole, lettersAt, visible, type Asker } from '../queries/index.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { deskMatches, refreshDesk, type Desk } from './desk.ts';
import { filterTokens, filterWhere, hasFilters } from './filters.ts';
import { readNotes, readsNote } from './notes.ts';
import { expressionOf, haystackOf, matches, parseQuery, type QueryTerm } from './query.ts';
import { letterText, readBases, readScans, type LetterText } from './text.ts';
import { anyLetter, classificationPath, documentOf, heir, ofUnit, own, personToken } from './tokens.ts';

/** Reading the index. It only proposes; `visible` (queries/scope.ts) decides of every letter whether it is there. */

export interface Found {
  /** Newest first. */
  readonly positions: readonly number[];
  /** The position to go on from, or null. */
  readonly more: number | null;
  readonly short: readonly string[];
  readonly sealedLeftOut: boolean;
  readonly terms: readonly QueryTerm[];
}

/**
 * @param after position of the last letter of the page before, or null.
 * @throws AppError SEARCH_NO_WORDS, SEARCH_TOO_LONG.
 */
export function findPositions(
  db: ReadDb,
  asker: Asker,
  desk: Desk,
  request: SearchRequest,
  after: number | null,
  limit: number,
): Found {
  const terms = parseQuery(request.query);
  const people = parseQuery(request.filters.person ?? '');
  if (terms.length === 0 && !hasFilters(request.filters))
    return { positions: [], more: null, short: [], sealedLeftOut: false, terms };
  refreshDesk(db, asker, desk);
  const where = filterWhere(asker, request.filters);
  const matched = deskMatches(desk, terms, people, request.filters.classification ?? null);
  const ofDesk = stillVisible(
    db,
    asker,
    where,
    after === null ? matched : matched.filter((one) => one < after),
    limit + 1,
  );
  const question = matchOf(db, asker, terms, people, request);
  const indexed = question.matches.flatMap(({ match, own: ownNotes }) =>
    fromIndex(
      db,
      asker,
      terms,
      match,
      ownNotes ? where : sql`${where} AND search.rowid % 2 = 0`,
      after,
      limit + 1,
    ),
  );
  const all = [...new Set([...indexed, ...ofDesk])].toSorted((a, b) => b - a);
  const positions = all.slice(0, limit);
  return {
    positions,
    more: all.length > limit ? (positions.at(-1) ?? null) : null,
    short: question.short,
    sealedLeftOut: desk.leftOut,
    terms,
  };
}

const deskSlice = 60;

/** Those that may be seen now and pass the filters, as far as they are needed. */
function stillVisible(
  db: ReadDb,
  asker: Asker,
  where: Sql,
  positions: readonly number[],
  wanted: number,
): number[] {
  const found: number[] = [];
  for (let from = 0; from < positions.length && found.length < wanted; from += deskSlice) {
    const some = JSON.stringify(positions.slice(from, from + deskSlice));
    const rows = db.all<{ position: number }>(sql`SELECT letter.position FROM json_each(${some}) AS wanted
      CROSS JOIN letter ON letter.position = wanted.value WHERE ${where} AND ${visible(asker)}
      ORDER BY letter.position DESC`);
    found.push(...rows.map((row) => row.position));
  }
  return found;
}

/** Letters that fit, newest first, with what lists show of each. */
export function findLetters(
  db: ReadDb,
  asker: Asker,
  desk: Desk,
  request: SearchRequest,
  after: number | null,
  limit: number,
): Found & { readonly rows: readonly LetterRow[] } {
  const found = findPositions(db, asker, desk, request, after, limit);
  return { ...found, rows: lettersAt(db, asker, found.positions) };
}

/** Which of these fit: asked of the letters themselves, not of the index. Who may see them is the caller's question. */
export function fitting(
  db: ReadDb,
  asker: Asker,
  desk: Desk,
  request: SearchRequest,
  positions: readonly number[],
): Set<number> {
  const terms = parseQuery(request.query);
  const people = parseQuery(request.filters.person ?? '');
  const classification = request.filters.classification ?? null;
  refreshDesk(db, asker, desk);
  const opened = new Set(deskMatches(desk, terms, people, classification));
  const open = positions.filter((one) => !desk.letters.has(one));
  return new Set([
    ...positions.filter((one) => opened.has(one)),
    ...rereadLetters(db, asker, open)
      .filter(({ text, told }) => fits(text, told, terms, people, classification))
      .map(({ text }) => text.position),
  ]);
}

function fits(
  text: LetterText,
  told: readonly string[],
  terms: readonly QueryTerm[],
  people: readonly QueryTerm[],
  classification: string | null,
): boolean {
  const named = text.fields.filter(([field]) => field === 'sender' || field === 'recipients');
  return (
    matches(terms, haystackOf([...text.fields.map(([, words]) => words), ...told], text.number)) &&
    matches(
      people,
      haystackOf(
        named.map(([, words]) => words),
        null,
      ),
    ) &&
    (classification === null || classificationPath(text.classification).includes(classification))
  );
}

interface Question {
  /** None: the index has nothing of what is asked for. `own`: in notes too; else in the letters alone. */
  readonly matches: readonly { readonly match: string; readonly own: boolean }[];
  readonly short: readonly string[];
}

function matchOf(
  db: ReadDb,
  asker: Asker,
  terms: readonly QueryTerm[],
  people: readonly QueryTerm[],
  request: SearchRequest,
): Question {
  const filters = filterTokens(request.filters);
  if (filters === null) return { matches: [], short: [] };
  const words = expressionOf(db, terms);
  const persons = expressionOf(db, people, personToken);
  const asked = [words.match, persons.match].filter((part) => part !== '');
  const all = (needed: readonly (readonly string[])[]): string =>
    [...asked, ...needed.map((tokens) => `(${tokens.map((token) => `"${token}"`).join(' OR ')})`)].join(
      ' AND ',
    );
  const scope = scopeOf(asker);
  // Who sees every letter is not narrowed: the list of all letters would be read from end to end for a word that few
  // of them have. Notes are asked for apart, within what is theirs.
  const everything = scope.includes(anyLetter) && (asked.length > 0 || filters.length > 0);
  const matches = everything
    ? [
        { match: all(filters), own: false },
        { match: all([...filters, scope.filter((token) => token !== anyLetter)]), own: true },
      ]
    : [{ match: all([...filters, scope]), own: true }];
  return { matches, short: [...words.short, ...persons.short] };
}

/** What narrows the index to the asker. */
function scopeOf(asker: Asker): readonly string[] {
  const rules = Object.values(classRules).filter((rule) => !rule.sealed);
  const everywhere = rules.some((rule) => rule.everywhere.some((role) => asker.roles.includes(role)));
  const inUnit = rules.some((rule) => rule.inUnit.some((role) => asker.roles.includes(role)));
  return [
    ...(everywhere ? [anyLetter] : []),
    own(asker.accountId),
    heir(asker.accountId),
    ...asker.principals.map((one) => heir(one.id)),
    ...(inUnit && asker.unit !== '' ? [ofUnit(asker.unit)] : []),
  ];
}

interface Candidate {
  readonly document: number;
  readonly position: number;
  readonly number: string | null;
}

/** Exported for the test that asks SQLite how it would answer. */
export function indexQuery(asker: Asker, match: string, where: Sql, below: number, limit: number): Sql {
  const role = byRole(asker);
  const may = role ? sql`((${role}) OR ${visible(asker)})` : visible(asker);
  return sql`SELECT search.rowid AS document, letter.position, letter.number
    FROM search CROSS JOIN letter ON letter.position = search.rowid >> 1
    WHERE search MATCH ${match} AND search.rowid < ${below} AND ${where} AND ${may}
    ORDER BY search.rowid DESC LIMIT ${limit}`;
}

const isNotes = (row: Candidate): boolean => row.document % 2 === 1;

const beyondAll = Number.MAX_SAFE_INTEGER;
const largestPage = 1000;

/** Streams from the newest on until there is enough: what it costs does not grow with the archive. */
function fromIndex(
  db: ReadDb,
  asker: Asker,
  terms: readonly QueryTerm[],
  match: string,
  where: Sql,
  after: number | null,
  wanted: number,
): number[] {
  const found = new Set<number>();
  let below = after === null ? beyondAll : documentOf(after, false);
  for (let page = wanted; found.size < wanted; page = Math.min(page * 2, largestPage)) {
    const rows = db.all<Candidate>(indexQuery(asker, match, where, below, page));
    for (const position of confirmed(db, asker, terms, rows)) found.add(position);
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    below = last.document;
  }
  return [...found].slice(0, wanted);
}

/** Parts of numbers and words of notes are looked at once more: the index knows them only roughly. */
function confirmed(
  db: ReadDb,
  asker: Asker,
  terms: readonly QueryTerm[],
  rows: readonly Candidate[],
): number[] {
  const pieces = terms.flatMap((term) =>
    term.fragment === null ? [] : [{ fragment: term.fragment, words: asWords(db, term) }],
  );
  const isSure = (row: Candidate): boolean => {
    if (isNotes(row)) return false;
    if (pieces.length === 0) return true;
    const number = squeeze(row.number ?? '');
    return pieces.every(({ fragment, words }) => number.includes(fragment) || words(row.document));
  };
  const sure = new Set(rows.filter(isSure).map((row) => row.position));
  const unsure = rows.filter((row) => isNotes(row) && !sure.has(row.position));
  const right = unsure.length === 0 ? null : rereadThose(db, asker, terms, unsure);
  return rows
    .filter((row) => sure.has(row.position) || right?.has(row.document) === true)
    .map((row) => row.position);
}

/** Does a document have the term as words? Asked of the index, and only where a number does not have it. */
function asWords(db: ReadDb, term: QueryTerm): (document: number) => boolean {
  let match: string | null = null;
  return (document) => {
    match ??= expressionOf(db, [{ ...term, fragment: null }]).match;
    return (
      db.get(sql`SELECT 1 FROM search WHERE search MATCH ${match} AND rowid = ${document}`) !== undefined
    );
  };
}

function rereadThose(
  db: ReadDb,
  asker: Asker,
  terms: readonly QueryTerm[],
  rows: readonly Candidate[],
): Set<number> {
  const letters = new Map(
    rereadLetters(db, asker, [...new Set(rows.map((row) => row.position))]).map((one) => [
      one.text.position,
      one,
    ]),
  );
  const right = rows.filter((row) => {
    const letter = letters.get(row.position);
    return letter !== undefined && fits(letter.text, isNotes(row) ? letter.told : [], terms, [], null);
  });
  return new Set(right.map((row) => row.document));
}

interface Reread {
  readonly text: LetterText;
  /** The notes that the asker reads. */
  readonly told: readonly string[];
}

function rereadLetters(db: ReadDb, asker: Asker, positions: readonly number[]): Reread[] {
  const scans = readScans(db, positions);
  const notes = Map.groupBy(
    readNotes(db, positions).filter((note) => readsNote(note, asker.accountId, asker.principals)),
    (note) => note.position,
  );
  return readBases(db, positions).map((base) => ({
    text: letterText(base, scans.get(base.position) ?? ''),
    told: (notes.get(base.position) ?? []).map((note) => note.words),
  }));
}
