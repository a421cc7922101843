import { listPeople } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { EngineCalls, Input } from '../contract/api.ts';
import type { Proposal, ProposalRow } from '../contract/archive.ts';
import { AppError } from '../contract/errors.ts';
import {
  approve as approveProposal,
  endProposal,
  eraseLetter,
  execute as executeProposal,
  lettersToErase,
  needsAnri,
  propose as makeProposal,
  readFile,
  readProposal,
  recordMinutes,
  requireStep,
  vote as answer,
  type ErasedLetter,
} from '../letters/archive/index.ts';
import type { PoolTasks } from '../ports.ts';
import { lettersIn, listProposals, proposalDetail, proposedFiles } from '../queries/index.ts';
import { recordObject, sql, type WriteDb } from '../vault/index.ts';
import { rulesNow } from './archive.ts';
import { requireSame, type Context } from './context.ts';
import { forgetRemoved, leaveIndex } from './searching.ts';
import { requireAccountPassphrase } from './passphrases.ts';

/** Destroying files and handing them over: list, panel, approval, berita acara, and only then the act. */
export function proposals(context: Context): ProposalRow[] {
  return listProposals(context.session().vault.read, context.asker());
}

/** @throws AppError NOT_FOUND, also for who has nothing to do with it. */
export function proposal(context: Context, input: Input<'archive.proposal'>): Proposal {
  const { read } = context.session().vault;
  const asker = context.asker();
  const found = proposalDetail(read, asker, input.id);
  if (!found) throw new AppError('NOT_FOUND');
  const named = [found.approver, ...found.panel].some((one) => one.accountId === asker.accountId);
  return {
    ...found,
    needsAnri: found.kind === 'destruction' && needsAnri(read, input.id),
    list: proposedFiles(read, input.id, rulesNow(context)).map((file) => ({
      ...file,
      items: lettersIn(read, asker, file.id, input.id, named),
    })),
  };
}

/**
 * Four eyes and more: nobody is two of proposer, panel and approver.
 * @throws AppError PANEL_INVALID, APPROVER_INVALID.
 */
function requirePeople(context: Context, input: Input<'archive.propose'>): void {
  const { accountId, vault } = context.session();
  const active = listPeople(vault.read, context.today).filter((one) => one.activated && !one.revoked);
  const { panel, approverId } = input;
  const approver = active.find((one) => one.accountId === approverId);
  const mayApprove = approver?.roles.some((role) => role === 'administrator' || role === 'signer');
  if (!mayApprove || approverId === accountId || panel.includes(approverId))
    throw new AppError('APPROVER_INVALID');
  const known = panel.every((id) => id !== accountId && active.some((one) => one.accountId === id));
  const wanted = input.kind === 'destruction' ? panel.length > 0 : panel.length === 0;
  if (!known || !wanted || new Set(panel).size < panel.length) throw new AppError('PANEL_INVALID');
}

type ProposalAudit =
  | 'archive.proposed'
  | 'archive.agreed'
  | 'archive.disagreed'
  | 'archive.approved'
  | 'archive.refused'
  | 'archive.withdrawn'
  | 'archive.recorded'
  | 'archive.destroyed'
  | 'archive.transferred';

/** @param work gives the proposal's id. */
function act(
  context: Context,
  audit: ProposalAudit,
  id: string,
  facts: Readonly<Record<string, string | number>>,
  work: (db: WriteDb, now: Date) => string,
): Proposal {
  const made = context.act({ action: audit, entity: 'archive', entityId: id, facts }, work);
  return proposal(context, { id: made });
}

export function propose(context: Context, input: Input<'archive.propose'>): Proposal {
  const { accountId } = context.session();
  requirePeople(context, input);
  const facts = { kind: input.kind, files: input.fileIds.length };
  return act(context, 'archive.proposed', '', facts, (db, now) =>
    makeProposal(db, input, accountId, context.today, now),
  );
}

export function vote(context: Context, input: Input<'archive.vote'>): Proposal {
  const { accountId } = context.session();
  // Who has nothing to do with it learns nothing of it.
  proposal(context, input);
  const facts = input.reason === '' ? {} : { reason: input.reason };
  return act(context, input.agrees ? 'archive.agreed' : 'archive.disagreed', input.id, facts, (db, now) => {
    answer(db, input.id, accountId, input, now);
    return input.id;
  });
}

/** @throws AppError NOT_FOUND for others, PROPOSAL_STATE for an archivist who is not named. */
function requireApprover(context: Context, id: string): void {
  proposal(context, { id });
  const { approverId } = readProposal(context.session().vault.read, id);
  if (approverId !== context.session().accountId) throw new AppError('PROPOSAL_STATE');
}

export function approve(context: Context, input: Input<'archive.approve'>): Proposal {
  requireApprover(context, input.id);
  if (input.anri && input.anri.date > context.today)
    throw new AppError('ARCHIVE_DATE', { from: '1945-01-01', to: context.today });
  const facts = input.anri ? { anri: input.anri.number } : {};
  return act(context, 'archive.approved', input.id, facts, (db, now) => {
    approveProposal(db, input.id, input.anri, now);
    return input.id;
  });
}

export function refuse(context: Context, input: Input<'archive.refuse'>): Proposal {
  requireApprover(context, input.id);
  const { accountId } = context.session();
  return act(context, 'archive.refused', input.id, { reason: input.reason }, (db, now) => {
    endProposal(db, input.id, 'refuse', input.reason, accountId, now);
    return input.id;
  });
}

export function withdraw(context: Context, input: Input<'archive.withdraw'>): Proposal {
  const { accountId } = context.session();
  return act(context, 'archive.withdrawn', input.id, { reason: input.reason }, (db, now) => {
    endProposal(db, input.id, 'withdraw', input.reason, accountId, now);
    return input.id;
  });
}

/** Milliseconds: a list of ten thousand letters is some hundred pages. */
const listPatience = 300_000;

/** The berita acara as data. What is sealed to others is named by number and date alone. */
function minutesInput(context: Context, input: Input<'archive.record'>): PoolTasks['minutes']['input'] {
  const { read } = context.session().vault;
  const shown = proposal(context, { id: input.id });
  const { government, office, place } = context.letterhead();
  const people = listPeople(read, context.today);
  const nameOf = (accountId: string): { name: string; post: string } => {
    const person = people.find((one) => one.accountId === accountId);
    return { name: person?.name ?? '', post: person?.post ?? '' };
  };
  return {
    kind: shown.kind,
    government,
    office,
    place,
    ...input.minutes,
    anri: shown.anri,
    proposer: nameOf(readProposal(read, input.id).madeBy),
    approver: nameOf(shown.approver.accountId),
    approvedAt: shown.approvedAt ?? '',
    panel: shown.panel.map((one) => ({ name: one.name, post: one.post, at: one.at ?? '' })),
    files: shown.list.map((file) => ({
      code: file.code,
      codeName: file.codeName,
      title: file.title,
      unit: file.unit,
      year: file.year,
      closedOn: file.closedOn ?? '',
      retention: file.retention,
      letters: lettersIn(read, context.asker(), file.id, input.id, false, Number.MAX_SAFE_INTEGER).map(
        (one) => ({
          number: one.number ?? '',
          date: one.date ?? '',
          sender: one.sender,
          subject: one.subject,
          stays: shown.kind === 'destruction' && one.alsoIn.length > 0,
        }),
      ),
    })),
    at: context.ports.clock.now().toISOString(),
  };
}

/** @throws AppError PROPOSAL_STATE, ARCHIVE_HELD, ARCHIVE_DATE, TYPESET_FAILED. */
export async function record(context: Context, input: Input<'archive.record'>): Promise<Proposal> {
  const session = context.session();
  const { kind } = requireStep(session.vault.read, input.id, 'record');
  const { minutes } = input;
  if (minutes.date > context.today)
    throw new AppError('ARCHIVE_DATE', { from: '1945-01-01', to: context.today });
  if (kind === 'transfer' && (minutes.receiver === '' || minutes.receiverName === ''))
    throw new AppError('BAD_REQUEST', { field: 'receiver' });
  // What it lists and what is kept with it are read together: the page takes its time.
  const words = minutesInput(context, input);
  const erases =
    kind === 'destruction' ? lettersToErase(session.vault.read, input.id).map((one) => one.letterId) : null;
  const { pdf } = await context.ports.pool.run('minutes', words, listPatience);
  requireSame(context, session);
  const object = session.vault.putObject(pdf);
  const facts = { number: minutes.number, date: minutes.date, sha256: object.id.slice(0, 64) };
  return act(context, 'archive.recorded', input.id, facts, (db, now) => {
    recordObject(db, object, now.toISOString());
    recordMinutes(db, input.id, minutes, object.id, erases, now);
    return input.id;
  });
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED for an administrator whom the proposal does not name. */
export function minutesPdf(
  context: Context,
  input: { readonly id: string },
): EngineCalls['archive.minutes']['output'] {
  const { vault } = context.session();
  const { kind, minutes, opensMinutes } = proposal(context, input);
  const { minutesObject } = readProposal(vault.read, input.id);
  if (minutesObject === null || !minutes) throw new AppError('NOT_FOUND');
  if (!opensMinutes) throw new AppError('NOT_ALLOWED');
  const what = kind === 'destruction' ? 'pemusnahan' : 'penyerahan';
  return { pdf: vault.getObject(minutesObject), fileName: `berita-acara-${what}-${minutes.date}.pdf` };
}

/**
 * The act. Of a destruction the words of every letter go that no other file keeps, in one transaction with the record
 * of it; then their objects with the keys, and the log that still held the pages of before.
 * @throws AppError PROPOSAL_STATE, ARCHIVE_HELD, ARCHIVE_NOT_DUE, PROPOSAL_CHANGED, PASSPHRASE_WRONG.
 */
export async function execute(context: Context, input: Input<'archive.execute'>): Promise<Proposal> {
  const session = context.session();
  const { kind, minutes } = proposal(context, input);
  if (kind === 'destruction') requireApprover(context, input.id);
  else if (!context.me().roles.includes('archivist')) throw new AppError('PROPOSAL_STATE');
  requireStep(session.vault.read, input.id, 'execute');
  await requireAccountPassphrase(context, input.accountPassphrase);
  requireSame(context, session);
  const facts = { number: minutes?.number ?? '' };
  const done = act(
    context,
    kind === 'destruction' ? 'archive.destroyed' : 'archive.transferred',
    input.id,
    facts,
    (db, now) => {
      destroyLetters(context, db, executeProposal(db, input.id, context.today, now), facts.number, now);
      return input.id;
    },
  );
  if (kind === 'destruction') {
    await forgetRemoved(session.vault);
    await session.vault.wipe();
  }
  return done;
}

function destroyLetters(
  context: Context,
  db: WriteDb,
  letters: readonly ErasedLetter[],
  minutes: string,
  now: Date,
): void {
  for (const { letterId, fileId } of letters) {
    eraseLetter(db, letterId, fileId, readFile(db, fileId).code, now);
    leaveIndex(db, letterId);
    const digest = db.get<{ sha256: string | null }>(
      sql`SELECT destroyed_sha256 AS sha256 FROM letter WHERE id = ${letterId}`,
    );
    appendAudit(db, {
      at: now,
      actorId: context.session().accountId,
      action: 'letter.destroyed',
      entity: 'letter',
      entityId: letterId,
      facts: { minutes, ...(digest?.sha256 ? { sha256: digest.sha256 } : {}) },
    });
  }
}
