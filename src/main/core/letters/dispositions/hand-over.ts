import { classRules } from '../../contract/permissions.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { recordChange } from '../changes.ts';
import { parentOf } from './steps.ts';
import { dispositionsOf, type LetterDispositions, type StoredTask } from './store.ts';

/**
 * Somebody's account is revoked: to whom those report now to whom they gave dispositions. Whoever stands above comes
 * into their place; above an addressee that is a registrar of the unit that received the letter (class biasa), else
 * who wrote or registered it, else another addressee.
 */
export function handOver(
  db: WriteDb,
  accountId: string,
  /** Accounts of people who can sign in; registrars of a unit, by its code. */
  people: {
    readonly isHere: (accountId: string) => boolean;
    readonly registrarsOf: (unit: string) => readonly string[];
  },
  at: Date,
): void {
  const letters = db.all<{ letter_id: string }>(
    sql`SELECT DISTINCT letter_id FROM disposition_task WHERE giver_id = ${accountId} AND state <> 'cancelled'`,
  );
  for (const { letter_id: letterId } of letters) {
    const all = dispositionsOf(db, letterId);
    for (const task of all.tasks.filter((one) => one.giverId === accountId && one.state !== 'cancelled')) {
      const to = [...above(db, task, all, people.registrarsOf)].find(
        (one) => one !== task.accountId && people.isHere(one),
      );
      if (to === undefined) continue;
      db.run(sql`UPDATE disposition_task SET giver_id = ${to} WHERE id = ${task.id}`);
    }
    recordChange(db, 'letter', letterId, at);
  }
}

/** Who may come into the giver's place, the nearest first. */
function* above(
  db: ReadDb,
  task: StoredTask,
  all: LetterDispositions,
  registrarsOf: (unit: string) => readonly string[],
): Generator<string> {
  let top = task;
  for (let parent = parentOf(task, all); parent; parent = parentOf(parent, all)) {
    yield parent.giverId;
    top = parent;
  }
  const addressee = all.dispositions.find((one) => one.id === top.dispositionId)?.giverId ?? '';
  const { letterId } = task;
  if (classRules[task.security].inUnit.includes('registrar')) {
    const units = db.all<{ unit: string }>(sql`SELECT DISTINCT unit FROM letter_party
      WHERE letter_id = ${letterId} AND account_id = ${addressee} AND delivered_at IS NOT NULL AND unit <> ''`);
    for (const { unit } of units) yield* registrarsOf(unit);
  }
  const readers = db.all<{ id: string }>(
    sql`SELECT author_id AS id FROM letter WHERE id = ${letterId}
      UNION ALL SELECT id FROM (SELECT account_id AS id FROM letter_party WHERE letter_id = ${letterId} AND role = 'to'
        AND delivered_at IS NOT NULL ORDER BY place)`,
  );
  for (const { id } of readers) {
    const sealed = classRules[task.security].sealed;
    const reads =
      !sealed ||
      db.get(sql`SELECT 1 FROM letter_key WHERE letter_id = ${letterId} AND account_id = ${id}`) !==
        undefined;
    if (reads) yield id;
  }
}
