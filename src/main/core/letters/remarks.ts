import { randomUUID } from 'node:crypto';
import type { SecurityClass } from '../contract/letters.ts';
import type { RemarkMark } from '../contract/review.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { isSealed, openWords, requireKey, sealWords } from './sealed.ts';

/** Why a letter came back, was refused or withdrawn: words about its words, so of a sealed letter they are sealed. */
export interface RemarkWords {
  readonly text: string;
  readonly mark: RemarkMark | null;
}

export interface StoredRemark extends RemarkWords {
  readonly id: string;
  readonly kind: 'return' | 'reject' | 'withdraw' | 'cancel';
  readonly accountId: string;
  readonly onBehalfOf: string | null;
  readonly revision: number;
  readonly at: string;
}

export function addRemark(
  db: WriteDb,
  ring: Keyring,
  letter: { readonly id: string; readonly security: SecurityClass; readonly revision: number },
  remark: RemarkWords & Pick<StoredRemark, 'kind' | 'accountId' | 'onBehalfOf'>,
  at: Date,
): void {
  const words = JSON.stringify({ text: remark.text, mark: remark.mark });
  const sealed = isSealed(letter.security) ? sealWords(requireKey(ring, letter.id), letter.id, words) : null;
  db.run(sql`INSERT INTO letter_remark (id, letter_id, kind, account_id, on_behalf_of, revision, words, sealed_words, at)
    VALUES (${randomUUID()}, ${letter.id}, ${remark.kind}, ${remark.accountId}, ${remark.onBehalfOf},
      ${letter.revision}, ${sealed ? null : words}, ${sealed}, ${at.toISOString()})`);
}

/** Newest first. */
export function remarksOf(db: ReadDb, ring: Keyring, letterId: string): StoredRemark[] {
  return db
    .all<{
      id: string;
      kind: StoredRemark['kind'];
      account_id: string;
      on_behalf_of: string | null;
      revision: number;
      words: string | null;
      sealed_words: Uint8Array | null;
      at: string;
    }>(sql`SELECT * FROM letter_remark WHERE letter_id = ${letterId} ORDER BY at DESC, id`)
    .map((row) => {
      const words = row.sealed_words
        ? openWords(requireKey(ring, letterId), letterId, row.sealed_words)
        : (row.words ?? '');
      return {
        id: row.id,
        kind: row.kind,
        accountId: row.account_id,
        onBehalfOf: row.on_behalf_of,
        revision: row.revision,
        at: row.at,
        ...(JSON.parse(words) as RemarkWords),
      };
    });
}

/** Every remark under another key, or under none: the letter's class or key has changed. */
export function resealRemarks(
  db: WriteDb,
  letterId: string,
  from: Uint8Array | null,
  to: Uint8Array | null,
): void {
  const rows = db.all<{ id: string; words: string | null; sealed_words: Uint8Array | null }>(
    sql`SELECT id, words, sealed_words FROM letter_remark WHERE letter_id = ${letterId}`,
  );
  for (const row of rows) {
    const words = row.sealed_words && from ? openWords(from, letterId, row.sealed_words) : (row.words ?? '');
    const sealed = to && sealWords(to, letterId, words);
    db.run(
      sql`UPDATE letter_remark SET words = ${to ? null : words}, sealed_words = ${sealed} WHERE id = ${row.id}`,
    );
  }
}
