import { classRules } from '../../contract/permissions.ts';
import type { Keyring } from '../../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { closeTo } from '../readers.ts';
import type { StoredLetter } from '../store.ts';

/** Who keeps a key to a sealed letter when a disposition of it is cancelled. */

/** Everybody with a right of their own, without those who merely stand in. */
function entitled(
  db: ReadDb,
  letterId: string,
): { readonly all: Set<string>; readonly received: Set<string> } {
  const list = (rows: readonly { readonly id: string | null }[]): string[] =>
    rows.flatMap(({ id }) => id ?? []);
  const received = list(
    db.all(sql`SELECT account_id AS id FROM letter_party WHERE letter_id = ${letterId} AND delivered_at IS NOT NULL
        AND role <> 'grant'
      UNION SELECT account_id FROM disposition_task WHERE letter_id = ${letterId} AND state <> 'cancelled'
      UNION SELECT account_id FROM letter_step WHERE letter_id = ${letterId}`),
  );
  const others = list(
    db.all(sql`SELECT author_id AS id FROM letter WHERE id = ${letterId}
      UNION SELECT done_by FROM letter_step WHERE letter_id = ${letterId}
      UNION SELECT account_id FROM letter_party WHERE letter_id = ${letterId} AND role = 'grant'
      UNION SELECT giver_id FROM disposition_task WHERE letter_id = ${letterId} AND state <> 'cancelled'`),
  );
  return { all: new Set([...received, ...others]), received: new Set(received) };
}

/**
 * The receiver of a cancelled disposition loses the key, and who stands in for that person, unless they have another
 * right to the letter; it gets a new key then.
 * @param deputiesOf accounts that stand in for one today. @param keyOf where the new key goes.
 */
export function closeToCancelled(
  db: WriteDb,
  ring: Keyring,
  letter: StoredLetter,
  accountId: string,
  deputiesOf: (accountId: string) => readonly string[],
  keyOf: (accountId: string) => Uint8Array | null,
  at: Date,
): void {
  const { all, received } = entitled(db, letter.id);
  const deputies = classRules[letter.security].deputies;
  const standIns = new Set(deputies ? [...received].flatMap(deputiesOf) : []);
  const goes = new Set(
    [accountId, ...(deputies ? deputiesOf(accountId) : [])].filter(
      (one) => !all.has(one) && !standIns.has(one),
    ),
  );
  const has = db.all<{ account_id: string }>(
    sql`SELECT account_id FROM letter_key WHERE letter_id = ${letter.id}`,
  );
  if (!has.some((one) => goes.has(one.account_id))) return;
  closeTo(db, ring, letter, (one) => goes.has(one.accountId), keyOf, at);
}
