import { randomUUID } from 'node:crypto';
import type { Notice, NoticeKind } from '../contract/people.ts';
import type { Urgency } from '../contract/letters.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** What deserves a notice, and for whom. Rows are written in the transaction of the act; delivery is a port. */
export function addNotice(
  db: WriteDb,
  accountId: string,
  kind: NoticeKind,
  letterId: string,
  at: Date,
): void {
  db.run(sql`INSERT INTO notice (id, account_id, kind, letter_id, created_at)
    VALUES (${randomUUID()}, ${accountId}, ${kind}, ${letterId}, ${at.toISOString()})
    ON CONFLICT (account_id, kind, letter_id) DO UPDATE SET created_at = excluded.created_at, announced_at = NULL, read_at = NULL`);
}

interface Row {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly letter_id: string;
  readonly subject: string;
  readonly sender: string;
  readonly number: string | null;
  readonly urgency: Urgency;
  readonly created_at: string;
  readonly read_at: string | null;
}

const toNotice = (row: Row): Notice => ({
  id: row.id,
  kind: row.kind,
  letterId: row.letter_id,
  subject: row.subject,
  senderName: row.sender,
  number: row.number,
  urgent: row.urgency === 'amat-segera',
  createdAt: row.created_at,
  readAt: row.read_at,
});

/** Newest first, at most 200. */
export function listNotices(db: ReadDb, accountId: string): Notice[] {
  return db
    .all<Row>(
      sql`SELECT notice.id, notice.kind, notice.letter_id, letter.subject, account.post AS sender, letter.number,
        letter.urgency, notice.created_at, notice.read_at
      FROM notice JOIN letter ON letter.id = notice.letter_id JOIN account ON account.id = letter.author_id
      WHERE notice.account_id = ${accountId} ORDER BY notice.created_at DESC, notice.id LIMIT 200`,
    )
    .map(toNotice);
}

/**
 * Notices of this account that were never announced, marked as announced in the same transaction: each is shown
 * at most once, in its addressee's session; what a crash swallows is still in the list and in the counters.
 */
export function takeUnannounced(db: WriteDb, accountId: string, at: Date): Notice[] {
  const fresh = new Set(
    db
      .all<{ id: string }>(
        sql`SELECT id FROM notice WHERE account_id = ${accountId} AND announced_at IS NULL AND read_at IS NULL`,
      )
      .map((row) => row.id),
  );
  const notices = listNotices(db, accountId).filter((notice) => fresh.has(notice.id));
  db.run(
    sql`UPDATE notice SET announced_at = ${at.toISOString()} WHERE account_id = ${accountId} AND announced_at IS NULL`,
  );
  return notices;
}

export function markNoticeRead(db: WriteDb, accountId: string, noticeId: string, at: Date): number {
  return db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE id = ${noticeId} AND account_id = ${accountId} AND read_at IS NULL`);
}

/** Reading the letter settles its notices too. */
export function markLetterNoticesRead(db: WriteDb, accountId: string, letterId: string, at: Date): number {
  return db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE letter_id = ${letterId} AND account_id = ${accountId} AND read_at IS NULL`);
}
