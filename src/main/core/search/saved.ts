import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { keptStates } from '../contract/lifecycle.ts';
import {
  maximumSavedSearches,
  type SavedSearch,
  type SearchFilters,
  type SearchRequest,
} from '../contract/search.ts';
import { receivedBy, tasksOf, visible, type Asker } from '../queries/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { filterWhere } from './filters.ts';
import { fitting } from './find.ts';
import { parseQuery } from './query.ts';

/** Searches that a person keeps, and the new letters that one of them is to tell of. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly filters: string;
  readonly alert: number;
  readonly seen: number;
  readonly since: string;
}

const requestOf = (row: Row): SearchRequest => ({
  query: row.query,
  filters: JSON.parse(row.filters) as SearchFilters,
});

const rowsOf = (db: ReadDb, accountId: string): Row[] =>
  db.all<Row>(sql`SELECT * FROM search_saved WHERE account_id = ${accountId} ORDER BY made_at, id`);

export const listSaved = (db: ReadDb, accountId: string): SavedSearch[] =>
  rowsOf(db, accountId).map((row) => ({
    ...requestOf(row),
    id: row.id,
    name: row.name,
    alert: row.alert === 1,
  }));

const latest = (db: ReadDb): number =>
  db.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM change`)?.seq ?? 0;

/** @throws AppError SEARCH_TOO_MANY, SEARCH_NO_WORDS, SEARCH_TOO_LONG: what finds nothing now never tells of anything. */
export function saveSearch(
  db: WriteDb,
  accountId: string,
  { query, filters, name, alert }: SearchRequest & { readonly name: string; readonly alert: boolean },
  at: Date,
): void {
  if (rowsOf(db, accountId).length >= maximumSavedSearches)
    throw new AppError('SEARCH_TOO_MANY', { max: maximumSavedSearches });
  if (query.trim() !== '') parseQuery(query);
  if (filters.person) parseQuery(filters.person);
  const now = at.toISOString();
  db.run(sql`INSERT INTO search_saved (id, account_id, name, query, filters, alert, seen, since, made_at)
    VALUES (${randomUUID()}, ${accountId}, ${name}, ${query}, ${JSON.stringify(filters)}, ${alert ? 1 : 0},
      ${latest(db)}, ${now}, ${now})`);
}

/** What came before it was switched on is not told. @throws AppError NOT_FOUND. */
export function renameSaved(
  db: WriteDb,
  accountId: string,
  { id, name, alert }: { readonly id: string; readonly name: string; readonly alert: boolean },
  at: Date,
): void {
  const row = rowsOf(db, accountId).find((one) => one.id === id);
  if (!row) throw new AppError('NOT_FOUND');
  const begins = alert && row.alert === 0;
  db.run(sql`UPDATE search_saved SET name = ${name}, alert = ${alert ? 1 : 0},
    seen = ${begins ? latest(db) : row.seen}, since = ${begins ? at.toISOString() : row.since} WHERE id = ${id}`);
}

/** @throws AppError NOT_FOUND. */
export function removeSaved(db: WriteDb, accountId: string, id: string): void {
  const gone = db.run(sql`DELETE FROM search_saved WHERE id = ${id} AND account_id = ${accountId}`);
  if (gone === 0) throw new AppError('NOT_FOUND');
}

/** Has anything happened that one of the person's alerts has not looked at yet? */
export const alertsWait = (db: ReadDb, accountId: string): boolean =>
  db.get(sql`SELECT 1 FROM search_saved AS saved WHERE saved.account_id = ${accountId} AND saved.alert = 1
    AND EXISTS (SELECT 1 FROM change WHERE change.seq > saved.seen AND change.entity = 'letter')`) !==
  undefined;

const changesAtOnce = 2000;

/**
 * Letters that have come to the person since an alert last looked, and that fit it; the mark moves on in the same
 * transaction, so that each change is looked at once. Own letters, and what is not kept yet, are no news.
 * @returns ids of letters, each once.
 */
export function takeAlerts(db: WriteDb, asker: Asker, desk: Desk): string[] {
  const found = new Set<string>();
  for (const row of rowsOf(db, asker.accountId)) {
    if (row.alert === 0) continue;
    const changed = db.all<{ seq: number; entity_id: string }>(
      sql`SELECT seq, entity_id FROM change WHERE seq > ${row.seen} AND entity = 'letter' ORDER BY seq LIMIT ${changesAtOnce}`,
    );
    const last = changed.at(-1);
    if (!last) continue;
    const ids = [...new Set(changed.map((one) => one.entity_id))];
    const request = requestOf(row);
    const candidates = db.all<{ position: number; id: string }>(sql`SELECT letter.position, letter.id
      FROM json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN letter ON letter.id = wanted.value
      WHERE letter.state IN (SELECT value FROM json_each(${JSON.stringify(keptStates)}))
        AND letter.author_id <> ${asker.accountId} AND ${reachedSince(asker, row.since)}
        AND ${filterWhere(asker, request.filters)} AND ${visible(asker)}`);
    const positions = candidates.map((one) => one.position);
    const fit = fittingOrNone(() => fitting(db, asker, desk, request, positions));
    for (const one of candidates) if (fit.has(one.position)) found.add(one.id);
    const end = changed.length < changesAtOnce ? Math.max(latest(db), last.seq) : last.seq;
    db.run(sql`UPDATE search_saved SET seen = ${end} WHERE id = ${row.id}`);
  }
  return [...found];
}

/** One kept search that cannot be asked (of an older version) must not silence the others. */
function fittingOrNone(ask: () => ReadonlySet<number>): ReadonlySet<number> {
  try {
    return ask();
  } catch (error) {
    if (error instanceof AppError) return new Set();
    throw error;
  }
}

/** Delivered, passed on or made only after; what was there before is no news because it was read or verified. */
const reachedSince = (asker: Asker, since: string) => sql`(
  coalesce(letter.signed_at, letter.created_at) > ${since}
  OR EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)}
    AND party.delivered_at > ${since})
  OR EXISTS (SELECT 1 FROM disposition_task AS task WHERE task.letter_id = letter.id AND ${tasksOf(asker)}
    AND task.given_at > ${since}))`;
