import { sql, type ReadDb } from '../vault/index.ts';

/**
 * Words about an open letter that not everybody who may see it reads: remarks of its way to the signature, what stands
 * on its dispositions. Whoever may not read a note must not find the letter by it either.
 */
export interface Note {
  readonly position: number;
  readonly words: string;
  /** Read it themselves, and whoever stands in for them. */
  readonly heirs: readonly string[];
  /** Read it themselves alone. */
  readonly own: readonly string[];
}

interface Row {
  readonly position: number;
  readonly words: string;
  readonly heirs: string | null;
  readonly own: string | null;
}

const listed = (json: string | null): string[] =>
  json === null ? [] : (JSON.parse(json) as (string | null)[]).filter((one) => one !== null);

/** Of letters that lie open to the office; notes of sealed ones are sealed and stay out. */
export function readNotes(db: ReadDb, positions: readonly number[]): Note[] {
  const wanted = sql`json_each(${JSON.stringify(positions)}) AS wanted
    CROSS JOIN letter ON letter.position = wanted.value`;
  const rows = [
    // As the letter's page shows them: to its author and to those who were asked on the way (app/letter-life.ts).
    ...db.all<Row>(sql`SELECT letter.position, remark.words, json_array(letter.author_id) AS own,
        (SELECT json_group_array(step.account_id) FROM letter_step AS step WHERE step.letter_id = letter.id) AS heirs
      FROM ${wanted} JOIN letter_remark AS remark ON remark.letter_id = letter.id WHERE remark.words IS NOT NULL`),
    ...db.all<Row>(sql`SELECT letter.position, disposition.note AS words, json_array(disposition.given_by) AS own,
        (SELECT json_group_array(task.account_id) FROM disposition_task AS task
          WHERE task.disposition_id = disposition.id AND task.state <> 'cancelled') AS heirs
      FROM ${wanted} JOIN disposition ON disposition.letter_id = letter.id WHERE disposition.note IS NOT NULL`),
    ...db.all<Row>(sql`SELECT letter.position, disposition.note AS words, json_array(disposition.giver_id) AS heirs,
        NULL AS own
      FROM ${wanted} JOIN disposition ON disposition.letter_id = letter.id WHERE disposition.note IS NOT NULL`),
    ...db.all<Row>(sql`SELECT letter.position, entry.words, json_array(entry.account_id) AS own,
        (SELECT json_array(task.giver_id, CASE WHEN task.state <> 'cancelled' THEN task.account_id END)
          FROM disposition_task AS task WHERE task.id = entry.task_id) AS heirs
      FROM ${wanted} JOIN disposition_entry AS entry ON entry.letter_id = letter.id WHERE entry.words IS NOT NULL`),
    ...db.all<Row>(sql`SELECT letter.position, subtask.words, NULL AS own,
        (SELECT json_array(task.giver_id, CASE WHEN task.state <> 'cancelled' THEN task.account_id END)
          FROM disposition_task AS task WHERE task.id = subtask.task_id) AS heirs
      FROM ${wanted} JOIN disposition_subtask AS subtask ON subtask.letter_id = letter.id
      WHERE subtask.words IS NOT NULL`),
  ];
  return rows.map((row) => ({
    position: row.position,
    words: plainRemark(row.words),
    heirs: listed(row.heirs),
    own: listed(row.own),
  }));
}

/** Remarks are kept as JSON with the passage that they are about. */
function plainRemark(words: string): string {
  if (!words.startsWith('{')) return words;
  try {
    const value: unknown = JSON.parse(words);
    const text = typeof value === 'object' && value !== null ? (value as { text?: unknown }).text : null;
    return typeof text === 'string' ? text : words;
  } catch {
    return words;
  }
}

/** Whether somebody with these accounts to stand in for reads it. */
export const readsNote = (
  note: Note,
  accountId: string,
  principals: readonly { readonly id: string }[],
): boolean =>
  note.own.includes(accountId) ||
  note.heirs.includes(accountId) ||
  principals.some((one) => note.heirs.includes(one.id));
