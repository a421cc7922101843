import { randomUUID } from 'node:crypto';
import type { NewFile } from '../../contract/archive.ts';
import { fileLife, type FileAction, type FileState } from '../../contract/archive-life.ts';
import { AppError } from '../../contract/errors.ts';
import { keptStates, type LetterState } from '../../contract/lifecycle.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { recordChange } from '../changes.ts';
import { readCode } from './classification.ts';
import { datesOf } from './retention.ts';

/** Files (berkas), the letters in them, and holds. */
export interface StoredFile extends NewFile {
  readonly id: string;
  readonly state: FileState;
  readonly closedOn: string | null;
  readonly dueFrom: string | null;
}

interface Row {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly year: number;
  readonly opened_on: string;
  readonly closed_on: string | null;
  readonly due_from: string | null;
  readonly state: FileState;
}

/** @throws AppError NOT_FOUND. */
export function readFile(db: ReadDb, id: string): StoredFile {
  const row = db.get<Row>(
    sql`SELECT id, code, title, unit, year, opened_on, closed_on, due_from, state FROM archive_file WHERE id = ${id}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    unit: row.unit,
    year: row.year,
    openedOn: row.opened_on,
    state: row.state,
    closedOn: row.closed_on,
    dueFrom: row.due_from,
  };
}

/**
 * @throws AppError FILE_NOT_OPEN {title} or FILE_STATE {title} where the life of a file has no such step; ARCHIVE_HELD
 * {title} where a hold keeps it from being taken.
 */
function afterFile(
  db: ReadDb,
  action: FileAction,
  file: Pick<StoredFile, 'id' | 'state' | 'title'>,
): FileState {
  const step = fileLife.find((one) => one.action === action && one.from === file.state);
  if (!step) {
    const code = ['save', 'file', 'unfile', 'close'].includes(action) ? 'FILE_NOT_OPEN' : 'FILE_STATE';
    throw new AppError(code, { title: file.title });
  }
  if (step.needs.includes('no-hold')) requireUnheld(db, file);
  return step.to;
}

/** @throws AppError ARCHIVE_HELD {title}. */
function requireUnheld(db: ReadDb, file: Pick<StoredFile, 'id' | 'title'>): void {
  if (isHeld(db, file.id)) throw new AppError('ARCHIVE_HELD', { title: file.title });
}

/** A new file with `id` null; else what stands on its cover. Its unit stays: letters lie in it as that unit's copies. */
export function saveFile(db: WriteDb, id: string | null, file: NewFile, by: string, at: Date): string {
  readCode(db, file.code);
  const made = id ?? randomUUID();
  if (id === null) {
    db.run(sql`INSERT INTO archive_file (id, code, title, unit, year, opened_on, state, made_at, made_by)
      VALUES (${made}, ${file.code}, ${file.title}, ${file.unit}, ${file.year}, ${file.openedOn}, 'open',
        ${at.toISOString()}, ${by})`);
  } else {
    const before = readFile(db, id);
    afterFile(db, 'save', before);
    // Another code is another retention.
    if (before.code !== file.code) requireUnheld(db, before);
    db.run(sql`UPDATE archive_file SET code = ${file.code}, title = ${file.title}, year = ${file.year},
      opened_on = ${file.openedOn} WHERE id = ${id}`);
  }
  recordChange(db, 'archive', made, at);
  return made;
}

/** The clock of the retention starts on this day. @throws AppError ARCHIVE_DATE {from, to}. */
export function closeFile(db: WriteDb, id: string, date: string, today: string, at: Date): void {
  const file = readFile(db, id);
  const state = afterFile(db, 'close', file);
  const newest = db.get<{ day: string | null }>(
    sql`SELECT max(letter_date) AS day FROM archive_item JOIN letter ON letter.id = letter_id WHERE file_id = ${id}`,
  )?.day;
  const from = newest && newest > file.openedOn && newest <= today ? newest : file.openedOn;
  if (date < from || date > today) throw new AppError('ARCHIVE_DATE', { from, to: today });
  const { inactiveFrom, dueFrom } = datesOf(date, readCode(db, file.code).retention);
  db.run(sql`UPDATE archive_file SET state = ${state}, closed_on = ${date}, inactive_from = ${inactiveFrom},
    due_from = ${dueFrom} WHERE id = ${id}`);
  recordChange(db, 'archive', id, at);
}

export function reopenFile(db: WriteDb, id: string, at: Date): void {
  const state = afterFile(db, 'reopen', readFile(db, id));
  db.run(sql`UPDATE archive_file SET state = ${state}, closed_on = NULL, inactive_from = NULL, due_from = NULL
    WHERE id = ${id}`);
  recordChange(db, 'archive', id, at);
}

/** Steps that only a proposal takes. */
export function moveFile(
  db: WriteDb,
  id: string,
  action: 'propose' | 'free' | 'destroy' | 'transfer',
  at: Date,
): void {
  const file = readFile(db, id);
  db.run(sql`UPDATE archive_file SET state = ${afterFile(db, action, file)} WHERE id = ${id}`);
  // The schedule may have changed while it was proposed.
  if (action === 'free') {
    const { inactiveFrom, dueFrom } = datesOf(file.closedOn, readCode(db, file.code).retention);
    db.run(
      sql`UPDATE archive_file SET inactive_from = ${inactiveFrom}, due_from = ${dueFrom} WHERE id = ${id}`,
    );
  }
  recordChange(db, 'archive', id, at);
}

/**
 * Into a file; a letter that lies in another file of the same unit moves.
 * @throws AppError LETTER_NOT_FILEABLE for one that is not kept; FILE_NOT_OPEN for either file; ARCHIVE_HELD {title}
 * where it would move out of a file on hold.
 */
export function fileLetter(db: WriteDb, letterId: string, fileId: string, by: string, at: Date): void {
  const file = readFile(db, fileId);
  afterFile(db, 'file', file);
  const letter = db.get<{ state: LetterState; destroyed_at: string | null }>(
    sql`SELECT state, destroyed_at FROM letter WHERE id = ${letterId}`,
  );
  const kept = (keptStates as readonly LetterState[]).includes(letter?.state ?? 'draft');
  if (!letter || !kept || letter.destroyed_at !== null) throw new AppError('LETTER_NOT_FILEABLE');
  const before = db.get<{ file_id: string }>(
    sql`SELECT file_id FROM archive_item WHERE letter_id = ${letterId} AND unit = ${file.unit}`,
  );
  if (before?.file_id === fileId) return;
  if (before) unfileLetter(db, letterId, before.file_id, at);
  db.run(sql`INSERT INTO archive_item (letter_id, unit, file_id, filed_at, filed_by)
    VALUES (${letterId}, ${file.unit}, ${fileId}, ${at.toISOString()}, ${by})`);
  recordChange(db, 'archive', fileId, at);
}

/** @throws AppError FILE_NOT_OPEN {title}, ARCHIVE_HELD {title}, NOT_FOUND. */
export function unfileLetter(db: WriteDb, letterId: string, fileId: string, at: Date): void {
  afterFile(db, 'unfile', readFile(db, fileId));
  const gone = db.run(sql`DELETE FROM archive_item WHERE letter_id = ${letterId} AND file_id = ${fileId}`);
  if (gone === 0) throw new AppError('NOT_FOUND');
  recordChange(db, 'archive', fileId, at);
}

export const isHeld = (db: ReadDb, fileId: string): boolean =>
  db.get(sql`SELECT 1 FROM archive_hold WHERE file_id = ${fileId} AND lifted_at IS NULL`) !== undefined;

/** A legal hold: while it lasts nothing is taken out of the file, and it is neither reopened, proposed nor destroyed. */
export function holdFile(db: WriteDb, fileId: string, reason: string, by: string, at: Date): void {
  const file = readFile(db, fileId);
  afterFile(db, 'hold', file);
  requireUnheld(db, file);
  db.run(sql`INSERT INTO archive_hold (id, file_id, reason, since, held_by)
    VALUES (${randomUUID()}, ${fileId}, ${reason}, ${at.toISOString()}, ${by})`);
  recordChange(db, 'archive', fileId, at);
}

export function liftHold(db: WriteDb, fileId: string, reason: string, by: string, at: Date): void {
  const file = readFile(db, fileId);
  afterFile(db, 'lift', file);
  const lifted = db.run(sql`UPDATE archive_hold SET lifted_at = ${at.toISOString()}, lifted_by = ${by},
    lift_reason = ${reason} WHERE file_id = ${fileId} AND lifted_at IS NULL`);
  if (lifted === 0) throw new AppError('FILE_STATE', { title: file.title });
  recordChange(db, 'archive', fileId, at);
}
