import { maximumCounted, type Facet, type SearchFacets, type SearchRequest } from '../contract/search.ts';
import type { Asker } from '../queries/index.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { findPositions } from './find.ts';

/** How many of the newest hits there are of each year, kind, unit and class. */
export function countFacets(db: ReadDb, asker: Asker, desk: Desk, request: SearchRequest): SearchFacets {
  const found = findPositions(db, asker, desk, request, null, maximumCounted);
  const count = (value: Sql): Facet[] =>
    db.all<Facet>(sql`SELECT ${value} AS value, count(*) AS count
      FROM json_each(${JSON.stringify(found.positions)}) AS wanted
      CROSS JOIN letter ON letter.position = wanted.value
      WHERE ${value} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12`);
  return {
    counted: found.positions.length,
    partly: found.more !== null,
    years: count(sql`substr(coalesce(letter.letter_date, letter.created_at), 1, 4)`).toSorted((a, b) =>
      b.value.localeCompare(a.value),
    ),
    kinds: count(sql`letter.kind`),
    units: count(sql`letter.sender_unit`),
    classes: count(sql`letter.security`),
  };
}
