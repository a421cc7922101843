import { keptStates, signedStates, type LetterState } from '../contract/lifecycle.ts';
import { securityClasses } from '../contract/letters.ts';
import { classRules } from '../contract/permissions.ts';
import { sql, type Sql } from '../vault/index.ts';
import { receivedBy, roleClasses, unlocked, type Asker } from './scope.ts';

/**
 * The newest letters of a folder, read from the end of one index after another and cut off at once, so that a list
 * costs as much on a million letters as on a thousand. Each gives positions; what decides whether the asker may see a
 * letter is asked before the cut, never after it.
 */
const union = (parts: readonly Sql[]): Sql =>
  parts.length === 0
    ? sql`SELECT NULL AS position WHERE 0`
    : parts.reduce((all, one) => sql`${all} UNION ${one}`);

const newest = (query: Sql, limit: number): Sql =>
  sql`SELECT position FROM (${query} ORDER BY position DESC LIMIT ${limit})`;

/** Kept letters that a role lets the asker see (scope.ts `byRole`), of all units or of the asker's own. */
export function ofRole(asker: Asker, limit: number): Sql {
  const { everywhere, inUnit } = roleClasses(asker);
  const parts: Sql[] = [];
  for (const security of securityClasses) {
    if (!everywhere.includes(security) && !inUnit.includes(security)) continue;
    const where = everywhere.includes(security) ? sql`` : sql`sender_unit = ${asker.unit} AND`;
    // Of a class that is not sealed nothing more is to be asked, and the index alone answers.
    const open = classRules[security].sealed ? unlocked(asker) : sql`1`;
    for (const state of keptStates)
      parts.push(
        newest(
          sql`SELECT position FROM letter WHERE ${where} security = ${security} AND state = ${state} AND ${open}`,
          limit,
        ),
      );
    if (!everywhere.includes(security))
      parts.push(
        newest(receivedInUnit(asker, security), limit),
        newest(enteredInUnit(asker, security), limit),
      );
  }
  return union(parts);
}

const receivedInUnit = (asker: Asker, security: string): Sql =>
  sql`SELECT DISTINCT party.position AS position
    FROM letter_party AS party INDEXED BY letter_party_of_unit CROSS JOIN letter ON letter.position = party.position
    WHERE party.unit = ${asker.unit} AND party.unit <> '' AND party.delivered_at IS NOT NULL
      AND party.security = ${security} AND letter.security = ${security}
      AND letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced', 'registered') AND ${unlocked(asker)}`;

/** In the unit's agenda book, also where it went on to somebody elsewhere. */
const enteredInUnit = (asker: Asker, security: string): Sql =>
  sql`SELECT agenda.position AS position
    FROM agenda INDEXED BY agenda_of_unit CROSS JOIN letter ON letter.position = agenda.position
    WHERE agenda.unit = ${asker.unit} AND agenda.state = 'open' AND letter.security = ${security}
      AND letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced', 'registered') AND ${unlocked(asker)}`;

/** What the asker wrote and what the asker signed for others. */
export function sentBy(asker: Asker, limit: number): Sql {
  const own = (state: LetterState): Sql =>
    newest(sql`SELECT position FROM letter WHERE author_id = ${asker.accountId} AND state = ${state}`, limit);
  const forOthers = newest(
    sql`SELECT DISTINCT step.position AS position
      FROM letter_step AS step INDEXED BY letter_step_signed CROSS JOIN letter ON letter.position = step.position
      WHERE step.done_by = ${asker.accountId} AND step.role = 'sign'
        AND letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced')`,
    limit,
  );
  return union([...signedStates.map(own), forOthers]);
}

/** What was delivered to the asker, or to one for whom the asker stands in: position, unread, account. */
export function deliveredTo(asker: Asker, limit: number): Sql {
  const ofOne = (accountId: string): Sql =>
    sql`SELECT * FROM (SELECT party.position AS position, max(party.read_at IS NULL) AS unread, party.account_id AS account_id
      FROM letter_party AS party INDEXED BY letter_party_inbox
      WHERE party.account_id = ${accountId} AND ${receivedBy(asker)}
      GROUP BY party.position ORDER BY party.position DESC LIMIT ${limit})`;
  return asker.principals
    .map((one) => ofOne(one.id))
    .reduce((all, one) => sql`${all} UNION ALL ${one}`, ofOne(asker.accountId));
}
