import type { Counters } from '../contract/people.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { receivedBy, receivingAccounts, type Asker } from './scope.ts';

/** The home counters of one person; each equals the length of the list it opens. */
export function countersOf(db: ReadDb, asker: Asker): Counters {
  const count = (query: Sql): number => db.get<{ n: number }>(query)?.n ?? 0;
  // Who is addressed and copied at once has one letter to read, not two.
  const unread = (copies: boolean): number =>
    count(sql`SELECT count(*) AS n FROM (
      SELECT party.letter_id, max(party.role <> 'copy') AS addressed FROM letter_party AS party
      WHERE party.account_id IN ${receivingAccounts(asker)} AND party.read_at IS NULL AND ${receivedBy(asker)}
      GROUP BY party.letter_id) WHERE addressed = ${copies ? 0 : 1}`);
  const mine = (state: string): number =>
    count(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker.accountId} AND state = ${state}`);
  return {
    toSign: mine('draft'),
    interrupted: mine('reserved'),
    incomingUnread: unread(false),
    copiesUnread: unread(true),
    sentUnread: count(
      sql`SELECT count(DISTINCT letter_id) AS n FROM letter_party WHERE author_id = ${asker.accountId}
        AND delivered_at IS NOT NULL AND read_at IS NULL AND role <> 'grant' AND account_id <> ${asker.accountId}`,
    ),
  };
}
