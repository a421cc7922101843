import type { Counters } from '../contract/people.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { cameBack, inForceOrEnded, interrupted, ownStates, unopened } from './letters.ts';
import { receivedBy, receivingAccounts, visible, type Asker } from './scope.ts';
import { turnOf } from './turns.ts';
import { givenTasks, openTasks, unsent, unsentParties, unsettled } from './waiting.ts';

/** The home counters of one person; each equals the length of the list it opens. */
export function countersOf(db: ReadDb, asker: Asker): Counters {
  const count = (query: Sql): number => db.get<{ n: number }>(query)?.n ?? 0;
  // Who is addressed and copied at once has one letter to read, not two.
  const unread = (copies: boolean): number =>
    count(sql`SELECT count(*) AS n FROM (
      SELECT party.letter_id, max(party.role <> 'copy') AS addressed
      FROM letter_party AS party INDEXED BY letter_party_unread
      WHERE party.account_id IN ${receivingAccounts(asker)} AND party.read_at IS NULL AND ${receivedBy(asker)}
      GROUP BY party.letter_id) WHERE addressed = ${copies ? 0 : 1}`);
  const mine = (states: Sql): number =>
    count(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker.accountId} AND ${states}`);
  const turns = (role: 'review' | 'sign'): number =>
    count(sql`SELECT count(DISTINCT step.letter_id) AS n FROM letter_step AS step INDEXED BY letter_step_open
      JOIN letter ON letter.id = step.letter_id
      WHERE step.account_id IN ${receivingAccounts(asker)} AND ${turnOf(asker, role)} AND ${visible(asker)}`);
  const tasks = (which: Sql): number =>
    count(sql`SELECT count(DISTINCT task.letter_id) AS n FROM disposition_task AS task WHERE ${which}`);
  return {
    toSign: turns('sign'),
    notSent: count(
      sql`SELECT count(DISTINCT party.letter_id) AS n FROM ${unsentParties(asker)} WHERE ${unsent(asker)}`,
    ),
    toReview: turns('review'),
    incomingUnread: unread(false),
    notFollowedUp: count(
      sql`SELECT count(DISTINCT party.letter_id) AS n FROM letter_party AS party WHERE ${unsettled(asker)}`,
    ),
    dispositionsUnread: tasks(sql`${openTasks(asker)} AND task.state = 'unread'`),
    dispositionsOpen: tasks(openTasks(asker)),
    copiesUnread: unread(true),
    drafts: mine(ownStates.drafts),
    inProcess: mine(ownStates.inProcess),
    returned: mine(cameBack),
    interrupted: count(
      // A submitted one waits among those to sign, and counts there.
      sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker.accountId} AND ${interrupted(asker)} AND ${ownStates.drafts}`,
    ),
    given: tasks(givenTasks(asker)),
    sentUnread: count(
      sql`SELECT count(DISTINCT party.letter_id) AS n FROM letter_party AS party
        JOIN letter ON letter.id = party.letter_id WHERE ${unopened(asker)} AND ${inForceOrEnded}`,
    ),
  };
}
