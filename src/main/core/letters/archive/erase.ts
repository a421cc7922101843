import type { LetterContent, LetterKind, SecurityClass, Urgency } from '../../contract/letters.ts';
import { sql, type ReadDb, type Sql, type WriteDb } from '../../vault/index.ts';
import { recordChange } from '../changes.ts';

/**
 * Taking a letter's words away and leaving its record: number, date, sender, classification, subject (of an open
 * letter), file, when it was destroyed and by which berita acara, SHA-256 of the PDF.
 *
 * Every table that has a `letter_id`, or points to `letter`, is named here with what happens to it, and a test walks
 * the schema: a new table that may hold a letter's words cannot be forgotten. `null`: it holds none (codes, places,
 * times, people), or it is a book of the office in its own right (numbers, agenda, expedition).
 */
export const ofDestroyed: Readonly<Record<string, ((letterId: string, now: string) => Sql) | null>> = {
  letter_version: (id) => sql`DELETE FROM letter_version WHERE letter_id = ${id}`,
  letter_attachment: (id) => sql`DELETE FROM letter_attachment WHERE letter_id = ${id}`,
  letter_remark: (id) => sql`DELETE FROM letter_remark WHERE letter_id = ${id}`,
  verification: (id) => sql`DELETE FROM verification WHERE letter_id = ${id}`,
  // Who was entitled stays; what opened it goes.
  letter_key: (id) => sql`UPDATE letter_key SET sealed_key = x'' WHERE letter_id = ${id}`,
  // Nothing waits for a letter that is gone. Nobody settled, read or sent it then: `settled_by` stays empty, and the time
  // is that of `destroyed_at`.
  letter_party: (id, now) =>
    sql`UPDATE letter_party SET name = '', town = '', sent_at = coalesce(sent_at, ${now}),
      read_at = CASE WHEN delivered_at IS NULL THEN read_at ELSE coalesce(read_at, ${now}) END,
      settled_at = coalesce(settled_at, ${now}), settled_how = coalesce(settled_how, 'not-needed'),
      settled_words = NULL, sealed_settled = NULL
      WHERE letter_id = ${id}`,
  // How it came in and when is the agenda's; what was in it goes.
  incoming: (id) =>
    sql`UPDATE incoming SET details = ${JSON.stringify({ senderPlace: '', note: '', fileNames: [] })},
      sealed_details = NULL, words = NULL, sealed_words = NULL WHERE letter_id = ${id}`,
  disposition: (id) =>
    sql`UPDATE disposition SET instructions = '[]', note = NULL, sealed_note = NULL WHERE letter_id = ${id}`,
  disposition_entry: (id) =>
    sql`UPDATE disposition_entry SET words = NULL, sealed_words = NULL WHERE letter_id = ${id}`,
  disposition_subtask: (id) => sql`DELETE FROM disposition_subtask WHERE letter_id = ${id}`,
  disposition_task: (id, now) =>
    sql`UPDATE disposition_task SET state = 'done', settled_at = ${now} WHERE letter_id = ${id}
      AND state IN ('unread', 'read', 'working', 'passed')`,
  // Nothing of it is news any more.
  notice: (id, now) =>
    sql`UPDATE notice SET announced_at = coalesce(announced_at, ${now}), read_at = coalesce(read_at, ${now})
      WHERE letter_id = ${id}`,
  letter_step: null,
  letter_link: null,
  letter_merge: null,
  letter_merge_item: null,
  letter_profile: null,
  batch_item: null,
  number_book: null,
  agenda: null,
  dispatch: null,
  archive_item: null,
  reminder: null,
};

interface Row {
  readonly kind: LetterKind;
  readonly urgency: Urgency;
  readonly security: SecurityClass;
  readonly subject: string;
}

/**
 * In the caller's transaction. The PDF is an object without a row that points to it afterwards: `vault.collect`
 * removes its key and its file.
 * @param file the one in which it is destroyed. @param code of that file.
 */
export function eraseLetter(db: WriteDb, letterId: string, file: string, code: string, at: Date): void {
  const row = db.get<Row>(sql`SELECT kind, urgency, security, subject FROM letter WHERE id = ${letterId}`);
  if (!row) return;
  const record: LetterContent = {
    kind: row.kind,
    classification: code,
    urgency: row.urgency,
    security: row.security,
    postId: null,
    attachments: '',
    subject: row.subject,
    recipients: [],
    copies: [],
    body: [],
    event: null,
  };
  const now = at.toISOString();
  db.run(sql`UPDATE letter SET content = ${JSON.stringify(record)}, frozen = NULL, sealed_summary = NULL,
    sealed_content = NULL, sealed_frozen = NULL, sealed_object_key = NULL, lowering = NULL,
    destroyed_sha256 = substr(object_id, 1, 64), object_id = NULL, destroyed_at = ${now}, destroyed_in = ${file},
    updated_at = ${now} WHERE id = ${letterId}`);
  for (const statement of Object.values(ofDestroyed)) if (statement) db.run(statement(letterId, now));
  recordChange(db, 'letter', letterId, at);
}

export interface ErasedLetter {
  readonly letterId: string;
  /** The first of the proposal's files in which it lies. */
  readonly fileId: string;
}

/** Letters that are still there and that no file outside of the proposal keeps, in any unit; each once. */
export function lettersToErase(db: ReadDb, proposalId: string): ErasedLetter[] {
  const rows = db.all<ErasedLetter>(
    sql`SELECT item.letter_id AS letterId, item.file_id AS fileId FROM archive_proposal_file AS link
      JOIN archive_file AS file ON file.id = link.file_id
      JOIN archive_item AS item ON item.file_id = file.id JOIN letter ON letter.id = item.letter_id
      WHERE link.proposal_id = ${proposalId} AND letter.destroyed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM archive_item AS other JOIN archive_file AS keeper ON keeper.id = other.file_id
        WHERE other.letter_id = item.letter_id AND keeper.state <> 'destroyed' AND NOT EXISTS (
          SELECT 1 FROM archive_proposal_file AS own
          WHERE own.proposal_id = ${proposalId} AND own.file_id = keeper.id))
      ORDER BY file.code, file.position, letter.position`,
  );
  const first = new Map<string, ErasedLetter>();
  for (const row of rows) if (!first.has(row.letterId)) first.set(row.letterId, row);
  return [...first.values()];
}
