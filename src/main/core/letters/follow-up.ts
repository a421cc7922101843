import { AppError } from '../contract/errors.ts';
import type { Settlement } from '../contract/disposition-life.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { isSealed, openWords, requireKey, sealWords } from './sealed.ts';
import type { StoredLetter } from './store.ts';

/** What addressees make of a letter that came in: who takes care of it, and how each has settled it. */
export interface StoredFollowUp {
  readonly accountId: string;
  readonly unit: string;
  readonly readAt: string | null;
  readonly claimedBy: string | null;
  readonly claimedFrom: string | null;
  readonly claimedAt: string | null;
  readonly settledHow: Settlement | null;
  readonly settledAt: string | null;
  readonly settledBy: string | null;
  readonly reason: string;
}

/** In the order of the addressees; only those of this vault. @throws AppError LETTER_SEALED */
export function followUpsOf(db: ReadDb, ring: Keyring, letterId: string): StoredFollowUp[] {
  return db
    .all<{
      account_id: string;
      unit: string;
      read_at: string | null;
      claimed_by: string | null;
      claimed_from: string | null;
      claimed_at: string | null;
      settled_how: Settlement | null;
      settled_at: string | null;
      settled_by: string | null;
      settled_words: string | null;
      sealed_settled: Uint8Array | null;
    }>(
      sql`SELECT account_id, unit, read_at, claimed_by, claimed_from, claimed_at, settled_how, settled_at, settled_by,
        settled_words, sealed_settled FROM letter_party
        WHERE letter_id = ${letterId} AND role = 'to' AND account_id IS NOT NULL AND delivered_at IS NOT NULL
        ORDER BY place`,
    )
    .map((row) => ({
      accountId: row.account_id,
      unit: row.unit,
      readAt: row.read_at,
      claimedBy: row.claimed_by,
      claimedFrom: row.claimed_from,
      claimedAt: row.claimed_at,
      settledHow: row.settled_how,
      settledAt: row.settled_at,
      settledBy: row.settled_by,
      reason: row.sealed_settled
        ? openWords(requireKey(ring, letterId), letterId, row.sealed_settled)
        : (row.settled_words ?? ''),
    }));
}

/** Letters to this account that nobody has followed up. */
export function unsettledOf(db: ReadDb, accountId: string): number {
  const row = db.get<{ n: number }>(sql`SELECT count(DISTINCT letter_id) AS n FROM letter_party
    WHERE account_id = ${accountId} AND role = 'to' AND delivered_at IS NOT NULL AND settled_at IS NULL`);
  return row?.n ?? 0;
}

const of = (letterId: string, accountId: string) =>
  sql`letter_id = ${letterId} AND account_id = ${accountId} AND role = 'to' AND delivered_at IS NOT NULL`;

/** @param from whose hands it is taken over from; null: nobody's. */
export function claim(
  db: WriteDb,
  letterId: string,
  accountId: string,
  by: string,
  from: string | null,
  at: Date,
): void {
  const changed = db.run(sql`UPDATE letter_party SET claimed_by = ${by}, claimed_at = ${at.toISOString()},
    claimed_from = ${from} WHERE ${of(letterId, accountId)} AND settled_at IS NULL`);
  if (changed === 0) throw new AppError('LETTER_NOT_EDITABLE');
  recordChange(db, 'letter', letterId, at);
}

export function unclaim(db: WriteDb, letterId: string, accountId: string, at: Date): void {
  db.run(sql`UPDATE letter_party SET claimed_by = NULL, claimed_at = NULL, claimed_from = NULL
    WHERE ${of(letterId, accountId)}`);
  recordChange(db, 'letter', letterId, at);
}

/** Nothing is to be done: who says so has read it. @throws AppError LETTER_NOT_EDITABLE when it is settled already. */
export function settleUnneeded(
  db: WriteDb,
  ring: Keyring,
  letter: Pick<StoredLetter, 'id' | 'security'>,
  accountId: string,
  { by, reason }: { readonly by: string; readonly reason: string },
  at: Date,
): void {
  const sealed = isSealed(letter.security) ? sealWords(requireKey(ring, letter.id), letter.id, reason) : null;
  const changed =
    db.run(sql`UPDATE letter_party SET settled_how = 'not-needed', settled_at = ${at.toISOString()},
    read_at = coalesce(read_at, ${at.toISOString()}), settled_by = ${by}, settled_words = ${sealed ? null : reason}, sealed_settled = ${sealed}
    WHERE ${of(letter.id, accountId)} AND settled_at IS NULL`);
  if (changed === 0) throw new AppError('LETTER_NOT_EDITABLE');
  recordChange(db, 'letter', letter.id, at);
}

const unsettled = sql`settled_how = NULL, settled_at = NULL, settled_by = NULL, settled_words = NULL,
  sealed_settled = NULL, reply_id = NULL`;

/** It waits again. What was passed on is taken back by whoever gave the disposition, not here. */
export function reopen(db: WriteDb, letterId: string, accountId: string, at: Date): void {
  const changed = db.run(sql`UPDATE letter_party SET ${unsettled} WHERE ${of(letterId, accountId)}
    AND settled_how IN ('not-needed', 'replied', 'earlier')`);
  if (changed === 0) throw new AppError('LETTER_NOT_EDITABLE');
  recordChange(db, 'letter', letterId, at);
}

/**
 * An answer was signed: what it answers is settled for those who wrote or signed it, else for those for whom they
 * stand in, else for those whose account is revoked and whose letter they took care of.
 * @param by who signed last.
 * @returns the letters that it answers.
 */
export function settleReplied(
  db: WriteDb,
  replyId: string,
  accounts: { readonly own: readonly string[]; readonly principals: readonly string[] },
  by: string,
  at: Date,
): string[] {
  const targets = db.all<{ target_id: string }>(sql`SELECT target_id FROM letter_link
    WHERE letter_id = ${replyId} AND kind = 'replies' AND settled_at IS NULL`);
  const now = at.toISOString();
  for (const { target_id: target } of targets) {
    db.run(
      sql`UPDATE letter_link SET settled_at = ${now} WHERE letter_id = ${replyId} AND target_id = ${target}`,
    );
    recordChange(db, 'letter', target, at);
    // What this one replaces had answered it: nobody else is settled on top of that.
    if (answeredBy(db, replyId, target)) continue;
    const settle = (list: readonly string[]): number =>
      [...new Set(list)].reduce(
        (sum, account) =>
          sum +
          db.run(sql`UPDATE letter_party SET settled_how = 'replied', settled_at = ${now}, settled_by = ${by},
            read_at = coalesce(read_at, ${now}), reply_id = ${replyId} WHERE ${of(target, account)} AND settled_at IS NULL`),
        0,
      );
    // Who is addressed answers for themselves; else for whom they stand in, or whose letter was left to them.
    if (settle(accounts.own) === 0 && settle(accounts.principals) === 0)
      settle(leftInCareOf(db, target, accounts.own));
  }
  return targets.map((one) => one.target_id);
}

/** Addressees whose account is revoked and whose letter is taken care of by one of these. */
const leftInCareOf = (db: ReadDb, letterId: string, accounts: readonly string[]): string[] =>
  db
    .all<{ id: string }>(
      sql`SELECT account.id FROM letter_party AS party JOIN account ON account.id = party.account_id
        WHERE party.letter_id = ${letterId} AND party.role = 'to' AND account.revoked_at IS NOT NULL
          AND party.claimed_by IN (SELECT value FROM json_each(${JSON.stringify(accounts)}))`,
    )
    .map((row) => row.id);

const answeredBy = (db: ReadDb, replyId: string, target: string): boolean =>
  db.get(sql`SELECT 1 FROM letter_party WHERE letter_id = ${target} AND reply_id = ${replyId}`) !== undefined;

/** A draft that is to replace an answer answers the same letters. */
export function replyLikewise(db: WriteDb, replyId: string, replacedId: string, at: Date): void {
  db.run(sql`INSERT INTO letter_link (letter_id, target_id, kind, made_at)
    SELECT ${replyId}, target_id, 'replies', ${at.toISOString()} FROM letter_link
    WHERE letter_id = ${replacedId} AND kind = 'replies'`);
}

/** An answer was replaced: what it had settled is settled by the later one, and waits again once that is revoked. */
export function moveReplies(db: WriteDb, replacedId: string, replyId: string): void {
  db.run(sql`UPDATE letter_party SET reply_id = ${replyId} WHERE reply_id = ${replacedId}`);
}

/** An answer that was taken back, or revoked, answers nothing; a letter that was destroyed waits for none all the same. */
export function unsettleReplied(db: WriteDb, replyId: string, at: Date): void {
  const targets = db.all<{ letter_id: string }>(
    sql`SELECT DISTINCT letter_id FROM letter_party JOIN letter ON letter.id = letter_id
      WHERE reply_id = ${replyId} AND letter.destroyed_at IS NULL`,
  );
  for (const { letter_id: target } of targets)
    db.run(sql`UPDATE letter_party SET ${unsettled} WHERE letter_id = ${target} AND reply_id = ${replyId}`);
  db.run(sql`UPDATE letter_link SET settled_at = NULL WHERE letter_id = ${replyId} AND kind = 'replies'`);
  for (const { letter_id: target } of targets) recordChange(db, 'letter', target, at);
}

export interface StoredReply {
  readonly letterId: string;
  readonly authorId: string;
  readonly state: LetterState;
  readonly number: string | null;
}

/** Answers that somebody prepares or has sent, oldest first; what was given up is none. */
export const repliesTo = (db: ReadDb, letterId: string): StoredReply[] =>
  db.all<StoredReply>(sql`SELECT letter.id AS letterId, letter.author_id AS authorId, letter.state, letter.number
    FROM letter_link AS link JOIN letter ON letter.id = link.letter_id
    WHERE link.target_id = ${letterId} AND link.kind = 'replies'
      AND letter.state NOT IN ('discarded', 'rejected', 'withdrawn', 'revoked') ORDER BY link.made_at`);
