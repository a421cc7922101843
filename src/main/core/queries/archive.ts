import {
  maximumShownLetters,
  type ArchiveFileRow,
  type Fate,
  type FileFilter,
  type FileHold,
  type FiledLetter,
  type FilePhase,
  type LetterFiling,
  type Retention,
} from '../contract/archive.ts';
import type { FileState } from '../contract/archive-life.ts';
import type { SecurityClass } from '../contract/letters.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';
import { visible, type Asker } from './scope.ts';

/**
 * The archive as it is read. A file's page shows number, date and sender of each letter in it. The subject is told where
 * the letter is the asker's to read, and to those whom a proposal names: they have to know what they judge. Of sealed
 * classes it is told to nobody here.
 */
interface FileRow {
  readonly id: string;
  readonly code: string;
  readonly code_name: string;
  readonly title: string;
  readonly unit: string;
  readonly year: number;
  readonly opened_on: string;
  readonly closed_on: string | null;
  readonly state: FileState;
  readonly inactive_from: string | null;
  readonly due_from: string | null;
  readonly active_years: number | null;
  readonly inactive_years: number | null;
  readonly fate: Fate | null;
  readonly letters: number;
  readonly held: number;
}

/** Units whose files somebody sees; null: all. */
export type ArchiveScope = readonly string[] | null;

const inScope = (scope: ArchiveScope): Sql =>
  scope === null ? sql`1` : sql`file.unit IN (SELECT value FROM json_each(${JSON.stringify(scope)}))`;

const held = sql`EXISTS (SELECT 1 FROM archive_hold WHERE archive_hold.file_id = file.id AND lifted_at IS NULL)`;

const select = sql`SELECT file.*, code.name AS code_name, code.active_years, code.inactive_years, code.fate,
    (SELECT count(*) FROM archive_item WHERE archive_item.file_id = file.id) AS letters, ${held} AS held
  FROM archive_file AS file JOIN classification AS code ON code.code = file.code`;

type PhaseOf = (file: Pick<ArchiveFileRow, 'state' | 'inactiveFrom' | 'dueFrom'>, today: string) => FilePhase;

/** How the archive's own module names phase and retention, handed in by the application. */
export interface ArchiveRules {
  readonly today: string;
  readonly phaseOf: PhaseOf;
  readonly retentionOf: (row: Pick<FileRow, 'active_years' | 'inactive_years' | 'fate'>) => Retention | null;
}

function toFile(row: FileRow, rules: ArchiveRules): ArchiveFileRow {
  const dates = { state: row.state, inactiveFrom: row.inactive_from, dueFrom: row.due_from };
  return {
    id: row.id,
    code: row.code,
    codeName: row.code_name,
    title: row.title,
    unit: row.unit,
    year: row.year,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    ...dates,
    phase: rules.phaseOf(dates, rules.today),
    retention: rules.retentionOf(row),
    letters: row.letters,
    held: row.held === 1,
  };
}

const filterOf = (filter: FileFilter, today: string): Sql => {
  switch (filter) {
    case 'all':
      return sql`1`;
    case 'running':
      return sql`file.state = 'open'`;
    case 'active':
      return sql`file.state = 'closed' AND file.inactive_from > ${today}`;
    case 'inactive':
      return sql`file.state = 'closed' AND file.inactive_from <= ${today} AND file.due_from > ${today}`;
    case 'due':
      return sql`file.state = 'closed' AND file.due_from <= ${today}`;
    case 'no-retention':
      return sql`file.state = 'closed' AND file.due_from IS NULL`;
    case 'held':
      return held;
    default:
      return sql`file.state = ${filter}`;
  }
};

const pageSize = 200;
const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Newest first, 200 at a time. @param asked `before`: how many were shown already. */
export function archiveFiles(
  db: ReadDb,
  scope: ArchiveScope,
  asked: {
    readonly filter: FileFilter;
    readonly text: string;
    readonly code: string;
    readonly before: number;
  },
  rules: ArchiveRules,
): { readonly files: ArchiveFileRow[]; readonly total: number } {
  const text = asked.text.trim();
  const words =
    text === ''
      ? sql`1`
      : sql`(file.title LIKE ${escaped(text)} ESCAPE '\\' OR file.code LIKE ${`${text}%`} OR file.year = ${Number(text) || 0})`;
  const code =
    asked.code === '' ? sql`1` : sql`(file.code = ${asked.code} OR file.code LIKE ${`${asked.code}.%`})`;
  const where = sql`WHERE ${inScope(scope)} AND ${filterOf(asked.filter, rules.today)} AND ${words} AND ${code}`;
  const total = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM archive_file AS file ${where}`)?.n ?? 0;
  const files = db
    .all<FileRow>(
      sql`${select} ${where} ORDER BY file.position DESC LIMIT ${pageSize} OFFSET ${asked.before}`,
    )
    .map((row) => toFile(row, rules));
  return { files, total };
}

/** Null where there is none in this scope. */
export function archiveFile(
  db: ReadDb,
  scope: ArchiveScope,
  id: string,
  rules: ArchiveRules,
): ArchiveFileRow | null {
  const row = db.get<FileRow>(sql`${select} WHERE file.id = ${id} AND ${inScope(scope)}`);
  return row ? toFile(row, rules) : null;
}

/** Of a proposal, with the retention as it was proposed. */
export function proposedFiles(db: ReadDb, proposalId: string, rules: ArchiveRules): ArchiveFileRow[] {
  return db
    .all<FileRow>(
      sql`SELECT file.*, code.name AS code_name, link.active_years, link.inactive_years, link.fate,
          (SELECT count(*) FROM archive_item WHERE archive_item.file_id = file.id) AS letters, ${held} AS held
        FROM archive_proposal_file AS link JOIN archive_file AS file ON file.id = link.file_id
        JOIN classification AS code ON code.code = file.code
        WHERE link.proposal_id = ${proposalId} ORDER BY file.code, file.position`,
    )
    .map((row) => toFile(row, rules));
}

interface ItemRow {
  readonly id: string;
  readonly number: string | null;
  readonly letter_date: string | null;
  readonly sender_post: string;
  readonly subject: string;
  readonly security: SecurityClass;
  readonly filed_at: string;
  readonly destroyed_at: string | null;
  readonly opens: number;
}

/**
 * In the order of their dates.
 * @param proposalId files of it do not count as keepers of each other's letters.
 * @param judges the asker is named in that proposal.
 */
export function lettersIn(
  db: ReadDb,
  asker: Asker,
  fileId: string,
  proposalId: string | null,
  judges: boolean,
  limit = maximumShownLetters,
): FiledLetter[] {
  const others = db.all<{ letter_id: string; title: string; unit: string }>(
    sql`SELECT mine.letter_id, file.title, file.unit FROM archive_item AS mine
      JOIN archive_item AS other ON other.letter_id = mine.letter_id AND other.file_id <> mine.file_id
      JOIN archive_file AS file ON file.id = other.file_id
      WHERE mine.file_id = ${fileId} AND file.state <> 'destroyed' AND NOT EXISTS (
        SELECT 1 FROM archive_proposal_file AS link WHERE link.proposal_id = ${proposalId} AND link.file_id = file.id)`,
  );
  return db
    .all<ItemRow>(
      sql`SELECT letter.id, letter.number, letter.letter_date, letter.sender_post, letter.subject, letter.security,
          item.filed_at, letter.destroyed_at, ${visible(asker)} AS opens
        FROM archive_item AS item JOIN letter ON letter.id = item.letter_id WHERE item.file_id = ${fileId}
        ORDER BY letter.letter_date, letter.position LIMIT ${limit}`,
    )
    .map((row) => ({
      id: row.id,
      opens: row.opens === 1,
      number: row.number,
      date: row.letter_date,
      sender: row.sender_post,
      // Of a sealed letter it is empty in the database.
      subject: row.subject === '' || (row.opens === 0 && !judges) ? null : row.subject,
      security: row.security,
      filedAt: row.filed_at,
      destroyedAt: row.destroyed_at,
      alsoIn: others.filter((one) => one.letter_id === row.id).map(({ title, unit }) => ({ title, unit })),
    }));
}

export function holdsOf(db: ReadDb, fileId: string): FileHold[] {
  return db
    .all<{
      id: string;
      reason: string;
      since: string;
      held_by: string;
      lifted_at: string | null;
      lifted_by: string | null;
      lift_reason: string;
    }>(
      sql`SELECT hold.id, hold.reason, hold.since, holder.name AS held_by, hold.lifted_at, lifter.name AS lifted_by,
          hold.lift_reason
        FROM archive_hold AS hold JOIN account AS holder ON holder.id = hold.held_by
        LEFT JOIN account AS lifter ON lifter.id = hold.lifted_by
        WHERE hold.file_id = ${fileId} ORDER BY hold.since DESC`,
    )
    .map((row) => ({
      id: row.id,
      reason: row.reason,
      since: row.since,
      by: row.held_by,
      liftedAt: row.lifted_at,
      liftedBy: row.lifted_by ?? '',
      liftReason: row.lift_reason,
    }));
}

/** How many files and letters lie under each code itself. */
export function filesByCode(
  db: ReadDb,
  scope: ArchiveScope,
): ReadonlyMap<string, { readonly files: number; readonly letters: number }> {
  const rows = db.all<{ code: string; files: number; letters: number }>(
    sql`SELECT file.code, count(*) AS files,
        sum((SELECT count(*) FROM archive_item WHERE archive_item.file_id = file.id)) AS letters
      FROM archive_file AS file WHERE ${inScope(scope)} GROUP BY file.code`,
  );
  return new Map(rows.map(({ code, files, letters }) => [code, { files, letters }]));
}

/** Where a letter lies. @param opens by unit. @param movable by unit, of an open file without a hold. */
export function filedIn(
  db: ReadDb,
  letterId: string,
  opens: (unit: string) => boolean,
  movable: (unit: string) => boolean,
): LetterFiling['filed'] {
  return db
    .all<{ id: string; code: string; title: string; unit: string; state: FileState; held: number }>(
      sql`SELECT file.id, file.code, file.title, file.unit, file.state, ${held} AS held FROM archive_item AS item
        JOIN archive_file AS file ON file.id = item.file_id WHERE item.letter_id = ${letterId} ORDER BY item.filed_at`,
    )
    .map(({ held: isHeld, ...file }) => ({
      ...file,
      opens: opens(file.unit),
      movable: file.state === 'open' && isHeld === 0 && movable(file.unit),
    }));
}

/** Open files of these units, at most 500, newest first. */
export function openFiles(db: ReadDb, scope: ArchiveScope): LetterFiling['choices'] {
  return db.all(
    sql`SELECT file.id, file.code, file.title, file.unit, file.year FROM archive_file AS file
      WHERE ${inScope(scope)} AND file.state = 'open' ORDER BY file.position DESC LIMIT 500`,
  );
}
