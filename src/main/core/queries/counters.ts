import type { Counters } from '../contract/people.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** The home counters of one person; each equals the length of the list it opens. */
export function countersOf(db: ReadDb, asker: string): Counters {
  const count = (n: { n: number } | undefined): number => n?.n ?? 0;
  // Who is addressed and copied at once has one letter to read, not two.
  const unread = (copies: boolean): number =>
    count(
      db.get(sql`SELECT count(*) AS n FROM (
        SELECT letter_id, max(role = 'to') AS addressed FROM letter_party
        WHERE account_id = ${asker} AND delivered_at IS NOT NULL AND read_at IS NULL GROUP BY letter_id)
        WHERE addressed = ${copies ? 0 : 1}`),
    );
  return {
    toSign: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'draft'`),
    ),
    interrupted: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'reserved'`),
    ),
    incomingUnread: unread(false),
    copiesUnread: unread(true),
    sentUnread: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'signed' AND EXISTS (
        SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND party.delivered_at IS NOT NULL
          AND party.read_at IS NULL AND party.account_id <> letter.author_id)`),
    ),
  };
}
