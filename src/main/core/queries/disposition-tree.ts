import type { TaskState } from '../contract/disposition-life.ts';
import { sql, type ReadDb } from '../vault/index.ts';

/** What was passed on of one letter, oldest first. Words of a sealed letter come sealed. */
export interface DispositionNode {
  readonly id: string;
  /** The disposition that this one passes on; null for an addressee's own. */
  readonly parent: string | null;
  readonly giver: string;
  readonly givenAt: string;
  readonly deadline: string | null;
  /** Keys of the preset instructions. */
  readonly instructions: readonly string[];
  readonly note: Words;
  readonly tasks: readonly {
    readonly receiver: string;
    readonly lead: boolean;
    readonly state: TaskState;
    readonly percent: number;
    readonly settledAt: string | null;
  }[];
  readonly entries: readonly { readonly who: string; readonly at: string; readonly words: Words }[];
}

export interface Words {
  readonly clear: string | null;
  readonly sealed: Uint8Array | null;
}

interface DispositionRow {
  readonly id: string;
  readonly parent_task: string | null;
  readonly giver_id: string;
  readonly giver: string;
  readonly given_at: string;
  readonly deadline: string | null;
  readonly instructions: string;
  readonly note: string | null;
  readonly sealed_note: Uint8Array | null;
}

interface TaskRow {
  readonly id: string;
  readonly disposition_id: string;
  readonly account_id: string;
  readonly receiver: string;
  readonly lead: number;
  readonly state: TaskState;
  readonly percent: number;
  readonly settled_at: string | null;
}

interface EntryRow {
  readonly task_id: string;
  readonly who: string;
  readonly at: string;
  readonly words: string | null;
  readonly sealed_words: Uint8Array | null;
}

/** Name and newest post of somebody, as a sheet has room for. */
const called = (account: 'giver_id' | 'account_id') =>
  account === 'giver_id'
    ? sql`coalesce((SELECT title FROM post WHERE post.account_id = giver_id
        ORDER BY post.until_date IS NULL DESC, post.from_date DESC LIMIT 1), account.name)`
    : sql`coalesce((SELECT title FROM post WHERE post.account_id = one.account_id
        ORDER BY post.until_date IS NULL DESC, post.from_date DESC LIMIT 1), account.name)`;

/** @param shown the dispositions that the asker may see; whose those are is the caller's to say. */
export function dispositionTree(db: ReadDb, letterId: string, shown: ReadonlySet<string>): DispositionNode[] {
  const dispositions = db.all<DispositionRow>(sql`SELECT disposition.*, ${called('giver_id')} AS giver
    FROM disposition JOIN account ON account.id = giver_id
    WHERE disposition.letter_id = ${letterId} ORDER BY disposition.given_at, disposition.id`);
  const tasks = db.all<TaskRow>(sql`SELECT one.*, ${called('account_id')} AS receiver
    FROM disposition_task AS one JOIN account ON account.id = one.account_id
    WHERE one.letter_id = ${letterId} ORDER BY one.lead DESC, one.place`);
  const entries = db.all<EntryRow>(sql`SELECT one.*, ${called('account_id')} AS who
    FROM disposition_entry AS one JOIN account ON account.id = one.account_id
    WHERE one.letter_id = ${letterId} ORDER BY one.at, one.id`);
  const dispositionOf = new Map(tasks.map((task) => [task.id, task.disposition_id]));
  const parentOf = new Map(
    dispositions.map((one) => [one.id, one.parent_task && (dispositionOf.get(one.parent_task) ?? null)]),
  );
  return dispositions
    .filter((one) => shown.has(one.id))
    .map((one) => {
      const own = tasks.filter((task) => task.disposition_id === one.id);
      return {
        id: one.id,
        parent: parentOf.get(one.id) ?? null,
        giver: one.giver,
        givenAt: one.given_at,
        deadline: one.deadline,
        instructions: JSON.parse(one.instructions) as string[],
        note: { clear: one.note, sealed: one.sealed_note },
        tasks: own.map((task) => ({
          receiver: task.receiver,
          lead: task.lead === 1,
          state: task.state,
          percent: task.percent,
          settledAt: task.settled_at,
        })),
        entries: entries
          .filter((entry) => own.some((task) => task.id === entry.task_id))
          .map((entry) => ({
            who: entry.who,
            at: entry.at,
            words: { clear: entry.words, sealed: entry.sealed_words },
          })),
      };
    });
}

/** What the head of a sheet says of the letter beside its words. */
export interface SheetLetter {
  readonly senderPost: string;
  readonly number: string;
  readonly date: string;
  readonly receivedOn: string;
  readonly agendaYear: number | null;
  readonly agendaSequence: number | null;
}

/** @param unit whose agenda is asked first. */
export function sheetLetter(db: ReadDb, letterId: string, unit: string): SheetLetter | null {
  const row =
    db.get<SheetLetter>(sql`SELECT letter.sender_post AS senderPost, coalesce(letter.number, '') AS number,
      coalesce(letter.letter_date, '') AS date, coalesce(book.received_on, '') AS receivedOn,
      book.year AS agendaYear, book.sequence AS agendaSequence
    FROM letter LEFT JOIN agenda AS book ON book.letter_id = letter.id AND book.state = 'open'
    WHERE letter.id = ${letterId} ORDER BY book.unit = ${unit} DESC LIMIT 1`);
  return row ?? null;
}
