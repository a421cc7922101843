import type { Counters } from '../contract/people.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** The home counters of one person; each equals the length of the list it opens. */
export function countersOf(db: ReadDb, asker: string): Counters {
  const count = (n: { n: number } | undefined): number => n?.n ?? 0;
  const unread = (role: 'to' | 'copy'): number =>
    count(
      db.get(sql`SELECT count(DISTINCT letter_id) AS n FROM letter_party
        WHERE account_id = ${asker} AND role = ${role} AND delivered_at IS NOT NULL AND read_at IS NULL`),
    );
  return {
    toSign: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'draft'`),
    ),
    interrupted: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'reserved'`),
    ),
    incomingUnread: unread('to'),
    copiesUnread: unread('copy'),
    sentUnread: count(
      db.get(sql`SELECT count(*) AS n FROM letter WHERE author_id = ${asker} AND state = 'signed' AND EXISTS (
        SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND party.delivered_at IS NOT NULL
          AND party.read_at IS NULL AND party.account_id <> letter.author_id)`),
    ),
  };
}
