import { classRules } from '../contract/permissions.ts';
import type { SearchFilters } from '../contract/search.ts';
import { receivedBy, tasksOf, type Asker } from '../queries/index.ts';
import { sql, type Sql } from '../vault/index.ts';
import { filterToken, isIndexed } from './tokens.ts';

/** Filters twice: as tokens, so that the index skips what is not wanted, and as the condition that decides. */

const date = sql`coalesce(letter.letter_date, substr(letter.created_at, 1, 10))`;

/** Of `letter`. Person and classification are answered where the words are. */
export function filterWhere(asker: Asker, filters: SearchFilters): Sql {
  const { direction, kind, security, urgency, state, unit, from, to, hasFile } = filters;
  const came = sql`(letter.state IN ('registered', 'voided')
    OR EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)})
    OR EXISTS (SELECT 1 FROM disposition_task AS task WHERE task.letter_id = letter.id AND ${tasksOf(asker)}))`;
  let all = sql`1`;
  const and = (condition: Sql): void => {
    all = sql`${all} AND ${condition}`;
  };
  if (kind) and(sql`letter.kind = ${kind}`);
  if (security) and(sql`letter.security = ${security}`);
  if (urgency) and(sql`letter.urgency = ${urgency}`);
  if (state) and(sql`letter.state = ${state}`);
  if (unit) and(sql`letter.sender_unit = ${unit}`);
  if (from) and(sql`${date} >= ${from}`);
  if (to) and(sql`${date} <= ${to}`);
  if (hasFile === true) and(sql`letter.object_id IS NOT NULL`);
  if (hasFile === false) and(sql`letter.object_id IS NULL`);
  if (direction === 'incoming') and(came);
  if (direction === 'outgoing') and(sql`NOT ${came}`);
  return all;
}

/** Each entry: one of these must be there. Null: the index holds nothing of the kind. */
export function filterTokens(filters: SearchFilters): readonly (readonly string[])[] | null {
  const { kind, security, urgency, state, unit, classification, hasFile } = filters;
  if (security && classRules[security].sealed) return null;
  if (state && !isIndexed('biasa', state)) return null;
  const wanted: string[][] = [];
  if (kind) wanted.push([filterToken('k', kind)]);
  if (urgency) wanted.push([filterToken('p', urgency)]);
  if (state) wanted.push([filterToken('s', state)]);
  if (unit) wanted.push([filterToken('u', unit)]);
  if (classification) wanted.push([filterToken('c', classification)]);
  if (hasFile === true) wanted.push([filterToken('f', '')]);
  const times = timeTokens(filters.from ?? null, filters.to ?? null);
  if (times.length > 0) wanted.push(times);
  return wanted;
}

const monthsAtMost = 24;
/** No letter is dated further off than this from a day that somebody asks for. */
const yearsAtMost = 100;

function timeTokens(from: string | null, to: string | null): string[] {
  if (from === null && to === null) return [];
  const year = (day: string): number => Number(day.slice(0, 4));
  if (from !== null && to !== null) {
    const month = (day: string): number => year(day) * 12 + Number(day.slice(5, 7)) - 1;
    const [first, last] = [month(from), month(to)];
    if (last - first < monthsAtMost)
      return range(first, last).map((one) =>
        filterToken(
          'm',
          `${String(Math.floor(one / 12)).padStart(4, '0')}${String((one % 12) + 1).padStart(2, '0')}`,
        ),
      );
  }
  const first = from === null ? year(to ?? '') - yearsAtMost : year(from);
  const last = to === null ? first + yearsAtMost : year(to);
  if (last - first > 2 * yearsAtMost) return [];
  return range(first, last).map((one) => filterToken('y', String(one).padStart(4, '0')));
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => first + at);

/** Whether anything is asked for beside words. */
export const hasFilters = (filters: SearchFilters): boolean =>
  Object.values(filters).some((value) => value !== null && value !== undefined && value !== '');
