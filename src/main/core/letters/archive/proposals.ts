import { randomUUID } from 'node:crypto';
import { yearsForAnri, type Minutes, type Retention } from '../../contract/archive.ts';
import {
  isProposalOver,
  proposalLife,
  proposalStart,
  type ProposalAction,
  type ProposalKind,
  type ProposalState,
} from '../../contract/archive-life.ts';
import { AppError } from '../../contract/errors.ts';
import { sql, type ReadDb, type WriteDb } from '../../vault/index.ts';
import { recordChange } from '../changes.ts';
import { readCode } from './classification.ts';
import { lettersToErase, type ErasedLetter } from './erase.ts';
import { isHeld, moveFile, readFile } from './files.ts';
import { datesOf } from './retention.ts';

/** Proposals to destroy files or to hand them over: every step by a person, from the table of contract/archive-life.ts. */
export interface StoredProposal {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly madeBy: string;
  readonly approverId: string;
  readonly minutesObject: string | null;
  /** Letters that the berita acara lists as destroyed; null while there is none, and for a handing over. */
  readonly erases: readonly string[] | null;
}

/** @throws AppError NOT_FOUND. */
export function readProposal(db: ReadDb, id: string): StoredProposal {
  const row = db.get<{
    kind: ProposalKind;
    state: ProposalState;
    made_by: string;
    approver_id: string;
    minutes_object: string | null;
    erases: string | null;
  }>(
    sql`SELECT kind, state, made_by, approver_id, minutes_object, erases FROM archive_proposal WHERE id = ${id}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  return {
    id,
    kind: row.kind,
    state: row.state,
    madeBy: row.made_by,
    approverId: row.approver_id,
    minutesObject: row.minutes_object,
    erases: row.erases === null ? null : (JSON.parse(row.erases) as string[]),
  };
}

export const filesOf = (db: ReadDb, proposalId: string): string[] =>
  db
    .all<{ file_id: string }>(
      sql`SELECT link.file_id FROM archive_proposal_file AS link JOIN archive_file AS file ON file.id = link.file_id
        WHERE proposal_id = ${proposalId} ORDER BY file.code, file.position`,
    )
    .map((row) => row.file_id);

/** Retention of ten years or more is among its files. */
export const needsAnri = (db: ReadDb, proposalId: string): boolean =>
  db.get(
    sql`SELECT 1 FROM archive_proposal_file WHERE proposal_id = ${proposalId}
      AND active_years + inactive_years >= ${yearsForAnri}`,
  ) !== undefined;

interface NewProposal {
  readonly kind: ProposalKind;
  readonly fileIds: readonly string[];
  readonly panel: readonly string[];
  readonly approverId: string;
  readonly note: string;
}

/**
 * A list of due files. The retention is kept as it is today.
 * @throws AppError ARCHIVE_NOT_DUE {title}, ARCHIVE_HELD {title}, FILE_STATE {title}.
 */
export function propose(db: WriteDb, proposal: NewProposal, by: string, today: string, at: Date): string {
  const id = randomUUID();
  const { kind } = proposal;
  db.run(sql`INSERT INTO archive_proposal (id, kind, state, note, made_at, made_by, approver_id)
    VALUES (${id}, ${kind}, ${proposalStart[kind]}, ${proposal.note}, ${at.toISOString()}, ${by},
      ${proposal.approverId})`);
  for (const fileId of new Set(proposal.fileIds)) {
    moveFile(db, fileId, 'propose', at);
    const retention = requireDue(db, fileId, kind, today);
    db.run(sql`INSERT INTO archive_proposal_file (proposal_id, file_id, active_years, inactive_years, fate)
      VALUES (${id}, ${fileId}, ${retention.active}, ${retention.inactive}, ${retention.fate})`);
  }
  for (const [place, accountId] of proposal.panel.entries())
    db.run(
      sql`INSERT INTO archive_panel (proposal_id, place, account_id) VALUES (${id}, ${place}, ${accountId})`,
    );
  recordChange(db, 'archive', id, at);
  return id;
}

/** By the retention of today, whatever it was when the file was closed. @throws AppError ARCHIVE_NOT_DUE {title}. */
function requireDue(db: ReadDb, fileId: string, kind: ProposalKind, today: string): Retention {
  const file = readFile(db, fileId);
  const { retention } = readCode(db, file.code);
  const { dueFrom } = datesOf(file.closedOn, retention);
  const otherFate = kind === 'destruction' ? 'permanen' : 'musnah';
  if (retention === null || retention.fate === otherFate || dueFrom === null || dueFrom > today)
    throw new AppError('ARCHIVE_NOT_DUE', { title: file.title });
  return retention;
}

/** @throws AppError PROPOSAL_STATE; ARCHIVE_HELD {title} where the step needs files without a hold. */
function stepFrom(
  db: ReadDb,
  proposal: StoredProposal,
  action: ProposalAction,
  wanted?: ProposalState,
): ProposalState {
  const step = proposalLife.find(
    (one) =>
      one.action === action &&
      one.kind === proposal.kind &&
      one.from === proposal.state &&
      (wanted === undefined || one.to === wanted),
  );
  if (!step) throw new AppError('PROPOSAL_STATE');
  if (step.needs.includes('no-hold'))
    for (const fileId of filesOf(db, proposal.id))
      if (isHeld(db, fileId)) throw new AppError('ARCHIVE_HELD', { title: readFile(db, fileId).title });
  return step.to;
}

function setState(db: WriteDb, proposal: StoredProposal, to: ProposalState, at: Date): void {
  db.run(sql`UPDATE archive_proposal SET state = ${to} WHERE id = ${proposal.id}`);
  recordChange(db, 'archive', proposal.id, at);
}

/** Over without its act: the files are free again. */
function end(
  db: WriteDb,
  proposal: StoredProposal,
  to: ProposalState,
  reason: string,
  by: string,
  at: Date,
): void {
  setState(db, proposal, to, at);
  db.run(sql`UPDATE archive_proposal SET ended_at = ${at.toISOString()}, ended_by = ${by}, ended_reason = ${reason}
    WHERE id = ${proposal.id}`);
  if (!isProposalOver(to)) throw new AppError('PROPOSAL_STATE');
  for (const fileId of filesOf(db, proposal.id)) moveFile(db, fileId, 'free', at);
}

/** One member's answer, given once. @throws AppError PROPOSAL_STATE, NOT_ALLOWED. */
export function vote(
  db: WriteDb,
  id: string,
  by: string,
  answer: { readonly agrees: boolean; readonly reason: string },
  at: Date,
): void {
  const proposal = readProposal(db, id);
  const open = db.all<{ account_id: string }>(
    sql`SELECT account_id FROM archive_panel WHERE proposal_id = ${id} AND agrees IS NULL`,
  );
  if (!open.some((one) => one.account_id === by)) throw new AppError('PROPOSAL_STATE');
  const next = answer.agrees
    ? stepFrom(db, proposal, 'agree', open.length === 1 ? 'approval' : 'panel')
    : stepFrom(db, proposal, 'disagree');
  db.run(sql`UPDATE archive_panel SET agrees = ${answer.agrees ? 1 : 0}, reason = ${answer.reason},
    at = ${at.toISOString()} WHERE proposal_id = ${id} AND account_id = ${by}`);
  if (answer.agrees) setState(db, proposal, next, at);
  else end(db, proposal, next, answer.reason, by, at);
}

/** @throws AppError ANRI_MISSING, PROPOSAL_STATE, ARCHIVE_HELD. */
export function approve(
  db: WriteDb,
  id: string,
  anri: { readonly number: string; readonly date: string } | null,
  at: Date,
): void {
  const proposal = readProposal(db, id);
  const next = stepFrom(db, proposal, 'approve');
  const needed = proposal.kind === 'destruction' && needsAnri(db, id);
  if (needed && anri === null) throw new AppError('ANRI_MISSING', { years: yearsForAnri });
  setState(db, proposal, next, at);
  db.run(sql`UPDATE archive_proposal SET approved_at = ${at.toISOString()}, anri_number = ${anri?.number ?? null},
    anri_date = ${anri?.date ?? null} WHERE id = ${id}`);
}

export function endProposal(
  db: WriteDb,
  id: string,
  action: 'refuse' | 'withdraw',
  reason: string,
  by: string,
  at: Date,
): void {
  const proposal = readProposal(db, id);
  end(db, proposal, stepFrom(db, proposal, action), reason, by, at);
}

/** @throws AppError PROPOSAL_STATE, ARCHIVE_HELD; to be asked before the berita acara is set. */
export function requireStep(db: ReadDb, id: string, action: 'record' | 'execute'): StoredProposal {
  const proposal = readProposal(db, id);
  stepFrom(db, proposal, action);
  return proposal;
}

/**
 * The berita acara is there.
 * @param objectId of its PDF, recorded in the same transaction.
 * @param erases letters that it lists as destroyed; null for a handing over.
 */
export function recordMinutes(
  db: WriteDb,
  id: string,
  minutes: Minutes,
  objectId: string,
  erases: readonly string[] | null,
  at: Date,
): void {
  const proposal = readProposal(db, id);
  const next = stepFrom(db, proposal, 'record');
  db.run(sql`UPDATE archive_proposal SET minutes_number = ${minutes.number}, minutes_date = ${minutes.date},
    receiver = ${minutes.receiver}, receiver_name = ${minutes.receiverName}, minutes_object = ${objectId},
    erases = ${erases === null ? null : JSON.stringify(erases)}
    WHERE id = ${id}`);
  setState(db, proposal, next, at);
}

/**
 * The act itself, on the files; what is in them is the caller's.
 * @returns letters to erase, in the order of the files.
 * @throws AppError PROPOSAL_STATE, ARCHIVE_HELD {title}, ARCHIVE_NOT_DUE {title}; PROPOSAL_CHANGED where others would go
 * than those that the berita acara lists.
 */
export function execute(db: WriteDb, id: string, today: string, at: Date): ErasedLetter[] {
  const proposal = readProposal(db, id);
  const next = stepFrom(db, proposal, 'execute');
  const files = filesOf(db, id);
  for (const fileId of files) requireDue(db, fileId, proposal.kind, today);
  const erased = proposal.kind === 'destruction' ? lettersToErase(db, id) : [];
  if (proposal.kind === 'destruction') {
    const listed = new Set(proposal.erases);
    const same = proposal.erases !== null && listed.size === erased.length;
    if (!same || !erased.every((one) => listed.has(one.letterId))) throw new AppError('PROPOSAL_CHANGED');
  }
  for (const fileId of files)
    moveFile(db, fileId, proposal.kind === 'destruction' ? 'destroy' : 'transfer', at);
  setState(db, proposal, next, at);
  db.run(sql`UPDATE archive_proposal SET executed_at = ${at.toISOString()} WHERE id = ${id}`);
  return erased;
}
