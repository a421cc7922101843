import { randomUUID } from 'node:crypto';
import type { SecurityClass, Urgency } from '../contract/letters.ts';
import type { Notice, NoticeKind, Suspicion } from '../contract/people.ts';
import type { WaitingEvent } from '../contract/waiting-event.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type Sql, type WriteDb } from '../vault/index.ts';

/** What deserves a notice, and for whom. Rows are written in the transaction of the act; delivery is a port. */
export function addNotice(
  db: WriteDb,
  accountId: string,
  kind: NoticeKind,
  letterId: string,
  at: Date,
  {
    aboutId = null,
    event = null,
  }: {
    /** Who did it, where that is not the letter's sender. */
    readonly aboutId?: string | null;
    /** Of a reminder: what waits. */
    readonly event?: WaitingEvent | null;
  } = {},
): void {
  db.run(sql`INSERT INTO notice (id, account_id, kind, letter_id, about_id, event, created_at)
    VALUES (${randomUUID()}, ${accountId}, ${kind}, ${letterId}, ${aboutId}, ${event}, ${at.toISOString()})
    ON CONFLICT (account_id, kind, letter_id) DO UPDATE SET about_id = excluded.about_id, created_at = excluded.created_at,
      event = excluded.event, announced_at = NULL, read_at = NULL`);
}

/** Was the person ever told this of the letter, read or not? */
export const hasNotice = (db: ReadDb, accountId: string, kind: NoticeKind, letterId: string): boolean =>
  db.get(
    sql`SELECT 1 FROM notice WHERE account_id = ${accountId} AND kind = ${kind} AND letter_id = ${letterId}`,
  ) !== undefined;

/** About a person instead of a letter: a request, an answer, something to look at. */
export function addPersonNotice(
  db: WriteDb,
  accountId: string,
  kind: NoticeKind,
  aboutId: string,
  at: Date,
  extra?: { readonly suspicion: Suspicion; readonly count: number },
): void {
  db.run(sql`INSERT INTO notice (id, account_id, kind, about_id, suspicion, count, created_at)
    VALUES (${randomUUID()}, ${accountId}, ${kind}, ${aboutId}, ${extra?.suspicion ?? null}, ${extra?.count ?? 0},
            ${at.toISOString()})`);
}

interface Row {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly letter_id: string | null;
  readonly subject: string | null;
  readonly sealed_summary: Uint8Array | null;
  readonly sender: string | null;
  readonly number: string | null;
  readonly urgency: Urgency | null;
  readonly security: SecurityClass | null;
  readonly suspicion: Suspicion | null;
  readonly count: number;
  readonly event: WaitingEvent | null;
  readonly created_at: string;
  readonly read_at: string | null;
}

/** A sealed letter's subject is there for its readers only. */
const subjectOf = (row: Row, ring: Keyring): string =>
  row.sealed_summary && row.letter_id !== null
    ? (ring.summary(row.letter_id, row.sealed_summary)?.subject ?? '')
    : (row.subject ?? '');

const toNotice = (row: Row, ring: Keyring): Notice => ({
  id: row.id,
  kind: row.kind,
  letterId: row.letter_id,
  subject: subjectOf(row, ring),
  senderName: row.sender ?? '',
  number: row.number,
  security: row.security ?? 'biasa',
  suspicion: row.suspicion,
  count: row.count,
  event: row.event,
  urgent: row.urgency === 'amat-segera',
  createdAt: row.created_at,
  readAt: row.read_at,
});

/**
 * Newest first, at most 200. Of a letter that the person may no longer read no notice stays.
 * @param maySee condition on `letter`: what the person may read now.
 */
export function listNotices(db: ReadDb, ring: Keyring, maySee: Sql): Notice[] {
  const { accountId } = ring;
  return db
    .all<Row>(
      sql`SELECT notice.id, notice.kind, notice.letter_id, letter.subject, letter.sealed_summary, letter.number,
        letter.urgency, letter.security, coalesce(about.name, letter.sender_post) AS sender, notice.suspicion,
        notice.count, notice.event, notice.created_at, notice.read_at
      FROM notice LEFT JOIN letter ON letter.id = notice.letter_id LEFT JOIN account AS about ON about.id = notice.about_id
      WHERE notice.account_id = ${accountId} AND (notice.letter_id IS NULL OR (${maySee}))
      ORDER BY notice.created_at DESC, notice.id LIMIT 200`,
    )
    .map((row) => toNotice(row, ring));
}

/**
 * Notices of this account that were never announced, marked as announced in the same transaction: each is shown
 * at most once, in its addressee's session; what a crash swallows is still in the list and in the counters.
 */
export function takeUnannounced(db: WriteDb, ring: Keyring, maySee: Sql, at: Date): Notice[] {
  const { accountId } = ring;
  const fresh = new Set(
    db
      .all<{ id: string }>(
        sql`SELECT id FROM notice WHERE account_id = ${accountId} AND announced_at IS NULL AND read_at IS NULL`,
      )
      .map((row) => row.id),
  );
  const notices = listNotices(db, ring, maySee).filter((notice) => fresh.has(notice.id));
  db.run(
    sql`UPDATE notice SET announced_at = ${at.toISOString()} WHERE account_id = ${accountId} AND announced_at IS NULL`,
  );
  return notices;
}

export function markNoticeRead(db: WriteDb, accountId: string, noticeId: string, at: Date): number {
  return db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE id = ${noticeId} AND account_id = ${accountId} AND read_at IS NULL`);
}

/** What one kind of notice asked for is done, or is no more. */
export function settleNotice(
  db: WriteDb,
  accountId: string,
  kind: NoticeKind,
  letterId: string,
  at: Date,
): void {
  db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE letter_id = ${letterId} AND account_id = ${accountId} AND kind = ${kind} AND read_at IS NULL`);
}

/** Reading the letter settles its notices too. */
export function markLetterNoticesRead(db: WriteDb, accountId: string, letterId: string, at: Date): number {
  return db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE letter_id = ${letterId} AND account_id = ${accountId} AND read_at IS NULL`);
}

export function markAllNoticesRead(db: WriteDb, accountId: string, at: Date): number {
  return db.run(sql`UPDATE notice SET read_at = ${at.toISOString()}
    WHERE account_id = ${accountId} AND read_at IS NULL`);
}
