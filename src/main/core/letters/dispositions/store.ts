import { randomUUID } from 'node:crypto';
import type { DispositionEntry, DispositionSubtask } from '../../contract/dispositions.ts';
import type { TaskState } from '../../contract/disposition-life.ts';
import type { SecurityClass } from '../../contract/letters.ts';
import type { Keyring } from '../../ports.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { wordsFrom, wordsInto } from './words.ts';

/** Rows of dispositions, of the tasks in them, and of what was written to a task. */
export interface StoredDisposition {
  readonly id: string;
  readonly letterId: string;
  /** The task it was passed on from; null: by an addressee. */
  readonly parentTask: string | null;
  readonly giverId: string;
  /** Who acted: the giver, or somebody standing in. */
  readonly givenBy: string;
  readonly instructions: readonly string[];
  readonly deadline: string | null;
  readonly givenAt: string;
}

export interface StoredTask {
  readonly id: string;
  readonly dispositionId: string;
  readonly letterId: string;
  readonly security: SecurityClass;
  /** To whom it is reported now: the giver, or who came into the place of one whose account was revoked. */
  readonly giverId: string;
  readonly accountId: string;
  readonly place: number;
  readonly lead: boolean;
  readonly state: TaskState;
  readonly deadline: string | null;
  readonly percent: number;
  readonly readAt: string | null;
  readonly settledAt: string | null;
}

interface TaskRow {
  readonly id: string;
  readonly disposition_id: string;
  readonly letter_id: string;
  readonly security: SecurityClass;
  readonly giver_id: string;
  readonly account_id: string;
  readonly place: number;
  readonly lead: number;
  readonly state: TaskState;
  readonly deadline: string | null;
  readonly percent: number;
  readonly read_at: string | null;
  readonly settled_at: string | null;
}

const toTask = (row: TaskRow): StoredTask => ({
  id: row.id,
  dispositionId: row.disposition_id,
  letterId: row.letter_id,
  security: row.security,
  giverId: row.giver_id,
  accountId: row.account_id,
  place: row.place,
  lead: row.lead === 1,
  state: row.state,
  deadline: row.deadline,
  percent: row.percent,
  readAt: row.read_at,
  settledAt: row.settled_at,
});

/** All that was passed on of one letter, oldest first. */
export interface LetterDispositions {
  readonly dispositions: readonly StoredDisposition[];
  readonly tasks: readonly StoredTask[];
}

export function dispositionsOf(db: ReadDb, letterId: string): LetterDispositions {
  const dispositions = db
    .all<{
      id: string;
      parent_task: string | null;
      giver_id: string;
      given_by: string;
      instructions: string;
      deadline: string | null;
      given_at: string;
    }>(
      sql`SELECT id, parent_task, giver_id, given_by, instructions, deadline, given_at FROM disposition
        WHERE letter_id = ${letterId} ORDER BY given_at, id`,
    )
    .map((row) => ({
      id: row.id,
      letterId,
      parentTask: row.parent_task,
      giverId: row.giver_id,
      givenBy: row.given_by,
      instructions: JSON.parse(row.instructions) as string[],
      deadline: row.deadline,
      givenAt: row.given_at,
    }));
  const tasks = db
    .all<TaskRow>(
      sql`SELECT * FROM disposition_task WHERE letter_id = ${letterId} ORDER BY disposition_id, place`,
    )
    .map(toTask);
  return { dispositions, tasks };
}

export function readTask(db: ReadDb, taskId: string): StoredTask | null {
  const row = db.get<TaskRow>(sql`SELECT * FROM disposition_task WHERE id = ${taskId}`);
  return row ? toTask(row) : null;
}

export const noteOf = (db: ReadDb, ring: Keyring, { id, letterId }: StoredDisposition): string => {
  const row = db.get<{ note: string | null; sealed_note: Uint8Array | null }>(
    sql`SELECT note, sealed_note FROM disposition WHERE id = ${id}`,
  );
  return wordsFrom(ring, letterId, { clear: row?.note ?? null, sealed: row?.sealed_note ?? null });
};

export interface NewStored {
  readonly letter: { readonly id: string; readonly security: SecurityClass };
  readonly parentTask: string | null;
  readonly giverId: string;
  /** To whom its receivers report: the giver, or who is there in the giver's place. */
  readonly holderId: string;
  readonly givenBy: string;
  /** The first leads. */
  readonly receivers: readonly string[];
  readonly instructions: readonly string[];
  readonly note: string;
  readonly deadline: string | null;
}

/** Position and class are those of the letter, for the lists' indexes. */
export function insertDisposition(db: WriteDb, ring: Keyring, given: NewStored, at: Date): string {
  const id = randomUUID();
  const now = at.toISOString();
  const { letter, deadline, giverId, holderId } = given;
  const note = wordsInto(ring, letter, given.note);
  db.run(sql`INSERT INTO disposition (id, letter_id, parent_task, giver_id, given_by, instructions, note, sealed_note,
      deadline, given_at)
    VALUES (${id}, ${letter.id}, ${given.parentTask}, ${giverId}, ${given.givenBy},
      ${JSON.stringify(given.instructions)}, ${note.clear}, ${note.sealed}, ${deadline}, ${now})`);
  for (const [place, accountId] of given.receivers.entries())
    db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id,
        place, lead, state, deadline, given_at)
      SELECT ${randomUUID()}, ${id}, ${letter.id}, position, security, ${holderId}, ${accountId}, ${place},
        ${place === 0 ? 1 : 0}, 'unread', ${deadline}, ${now} FROM letter WHERE id = ${letter.id}`);
  return id;
}

/** An entry with the account and, where a deputy wrote it, in whose place. */
export type StoredEntry = Omit<DispositionEntry, 'name' | 'deputyName'> & {
  readonly accountId: string;
  readonly onBehalfOf: string | null;
};

/** Oldest first. */
export function entriesOf(db: ReadDb, ring: Keyring, task: StoredTask): StoredEntry[] {
  return db
    .all<{
      id: string;
      kind: StoredEntry['kind'];
      percent: number | null;
      account_id: string;
      on_behalf_of: string | null;
      words: string | null;
      sealed_words: Uint8Array | null;
      at: string;
    }>(sql`SELECT * FROM disposition_entry WHERE task_id = ${task.id} ORDER BY at, id`)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      percent: row.percent,
      accountId: row.account_id,
      onBehalfOf: row.on_behalf_of,
      text: wordsFrom(ring, task.letterId, { clear: row.words, sealed: row.sealed_words }),
      at: row.at,
    }));
}

export function addEntry(
  db: WriteDb,
  ring: Keyring,
  task: StoredTask,
  entry: Omit<StoredEntry, 'id' | 'at'>,
  at: Date,
): void {
  const { clear, sealed } = wordsInto(ring, { id: task.letterId, security: task.security }, entry.text);
  db.run(sql`INSERT INTO disposition_entry (id, task_id, letter_id, kind, percent, account_id, on_behalf_of, words,
      sealed_words, at)
    VALUES (${randomUUID()}, ${task.id}, ${task.letterId}, ${entry.kind}, ${entry.percent}, ${entry.accountId},
      ${entry.onBehalfOf}, ${clear}, ${sealed}, ${at.toISOString()})`);
}

export function subtasksOf(db: ReadDb, ring: Keyring, task: StoredTask): DispositionSubtask[] {
  return db
    .all<{ id: string; words: string | null; sealed_words: Uint8Array | null; done_at: string | null }>(
      sql`SELECT id, words, sealed_words, done_at FROM disposition_subtask WHERE task_id = ${task.id} ORDER BY place`,
    )
    .map((row) => ({
      id: row.id,
      text: wordsFrom(ring, task.letterId, { clear: row.words, sealed: row.sealed_words }),
      doneAt: row.done_at,
    }));
}

export function taskOfSubtask(db: ReadDb, subtaskId: string): string | null {
  const row = db.get<{ task_id: string }>(
    sql`SELECT task_id FROM disposition_subtask WHERE id = ${subtaskId}`,
  );
  return row?.task_id ?? null;
}

export function addSubtask(db: WriteDb, ring: Keyring, task: StoredTask, text: string): void {
  const { clear, sealed } = wordsInto(ring, { id: task.letterId, security: task.security }, text);
  db.run(sql`INSERT INTO disposition_subtask (id, task_id, letter_id, place, words, sealed_words)
    SELECT ${randomUUID()}, ${task.id}, ${task.letterId},
      coalesce((SELECT max(place) + 1 FROM disposition_subtask WHERE task_id = ${task.id}), 0), ${clear}, ${sealed}`);
}

/** @param by who has done it; null: it is still to be done. */
export function tickSubtask(db: WriteDb, subtaskId: string, by: string | null, at: Date): void {
  db.run(sql`UPDATE disposition_subtask SET done_at = ${by === null ? null : at.toISOString()}, done_by = ${by}
    WHERE id = ${subtaskId}`);
}

export function removeSubtask(db: WriteDb, subtaskId: string): void {
  db.run(sql`DELETE FROM disposition_subtask WHERE id = ${subtaskId}`);
}
