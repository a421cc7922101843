import { deputiesOf, keptPublicKey, listPeople, readPerson, titledName } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import type { TaskAction, TaskTransition } from '../contract/disposition-life.ts';
import { maximumReceivers, type DispositionTree } from '../contract/dispositions.ts';
import { AppError } from '../contract/errors.ts';
import type { NoticeKind } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import { isSealed, readLetter, recordChange, requireKey, sealTo, type Reader } from '../letters/index.ts';
import {
  addEntry,
  addSubtask as storeSubtask,
  closeToCancelled,
  dispositionsOf,
  handOver,
  inForce,
  insertDisposition,
  percentBeforeReport,
  readTask,
  removeSubtask as dropSubtask,
  setPercent,
  settleByGiving,
  takeStep,
  taskOfSubtask,
  tickSubtask as storeTick,
  transition,
  unmet,
  unsettleWhereNobodyIsLeft,
  type StoredTask,
} from '../letters/dispositions/index.ts';
import { addNotice, addPersonNotice, markLetterNoticesRead, settleNotice } from '../notifications/index.ts';
import type { Asker } from '../queries/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import {
  actorsIn,
  excluded,
  ownPart,
  requireReceivers,
  seenLetter,
  tree,
  type LetterBasics,
} from './disposition-tree.ts';

/** Passing a letter on, and the steps of those to whom it was passed. */

const ofLetter = (entityId: string): { entity: string; entityId: string } => ({ entity: 'letter', entityId });

/** Whose step it is when a deputy takes it: the audit names both. */
const inPlaceOf = (context: Context, accountId: string): string | null =>
  accountId === context.session().accountId ? null : accountId;
const behalf = (principalId: string | null): { onBehalfOf?: string } =>
  principalId === null ? {} : { onBehalfOf: principalId };

/** Somebody, and who stands in for them today where the class lets deputies read. */
const withDeputies = (context: Context, db: ReadDb, accountId: string, letter: LetterBasics): string[] => [
  accountId,
  ...(classRules[letter.security].deputies ? deputiesOf(db, accountId, context.today) : []),
];

function tell(
  context: Context,
  db: WriteDb,
  accountId: string,
  kind: NoticeKind,
  letter: LetterBasics,
  aboutId: string,
  at: Date,
): void {
  for (const told of withDeputies(context, db, accountId, letter))
    if (told !== context.session().accountId) addNotice(db, told, kind, letter.id, at, { aboutId });
  recordChange(db, 'notice', letter.id, at);
}

/** @throws AppError NOT_FOUND, LETTER_DESTROYED. */
function liveLetter(db: ReadDb, asker: Asker, letterId: string): LetterBasics {
  const letter = seenLetter(db, asker, letterId);
  if (letter.destroyed) throw new AppError('LETTER_DESTROYED');
  return letter;
}

/**
 * @throws AppError NOT_FOUND, LETTER_DESTROYED, NOT_YOUR_TURN, LETTER_NOT_IN_FORCE, DISPOSITION_EMPTY, DISPOSITION_RECEIVER_INVALID,
 * DISPOSITION_DEADLINE_PAST, DISPOSITION_MOVED_ON, READER_NOT_READY, LETTER_SEALED.
 */
export function give(context: Context, input: Input<'dispositions.give'>): DispositionTree {
  const { vault, ring, accountId } = context.session();
  const asker = context.asker();
  const letter = liveLetter(vault.read, asker, input.letterId);
  const all = dispositionsOf(vault.read, letter.id);
  const parent = input.parentTaskId === null ? null : requireTask(context, input.parentTaskId, 'pass');
  if (parent && parent.task.letterId !== letter.id) throw new AppError('NOT_FOUND');
  if (!inForce(letter.state)) throw new AppError('LETTER_NOT_IN_FORCE');
  const part = parent
    ? { accountId: parent.task.accountId, holderId: parent.task.accountId }
    : ownPart(vault.read, asker, letter);
  if (!part) throw new AppError('NOT_YOUR_TURN');
  const { accountId: giverId, holderId } = part;
  requireWhole(context, input);
  const without = new Set([...excluded(giverId, parent?.task ?? null, all), holderId]);
  requireReceivers(context, input.receivers, without);
  const [lead = ''] = input.receivers;
  const facts = {
    lead,
    receivers: input.receivers.length,
    ...(input.deadline === null ? {} : { deadline: input.deadline }),
  };
  const audit = { action: 'disposition.given', ...ofLetter(letter.id), facts };
  context.act({ ...audit, ...behalf(inPlaceOf(context, giverId)) }, (db, now) => {
    sealToReceivers(context, db, letter, input.receivers, now);
    const { receivers, deadline } = input;
    const note = input.note.trim();
    insertDisposition(
      db,
      ring,
      {
        letter,
        parentTask: parent?.task.id ?? null,
        giverId,
        holderId,
        givenBy: accountId,
        receivers,
        instructions: input.instructions,
        note,
        deadline,
      },
      now,
    );
    if (parent) takeStep(db, parent.task, parent.step, accountId, now);
    else settleByGiving(db, letter.id, giverId, accountId, now);
    for (const one of new Set([accountId, giverId])) markLetterNoticesRead(db, one, letter.id, now);
    for (const one of receivers) tell(context, db, one, 'disposition-given', letter, holderId, now);
    recordChange(db, 'letter', letter.id, now);
  });
  updateBadge(context);
  return tree(context, { letterId: letter.id });
}

/** @throws AppError DISPOSITION_EMPTY, DISPOSITION_DEADLINE_PAST, BAD_REQUEST. */
function requireWhole(context: Context, input: Input<'dispositions.give'>): void {
  const known = context.profile.dispositionInstructions;
  if (input.receivers.length > maximumReceivers) throw new AppError('BAD_REQUEST');
  if (input.instructions.some((key) => !Object.hasOwn(known, key))) throw new AppError('BAD_REQUEST');
  if (input.receivers.length === 0 || (input.instructions.length === 0 && input.note.trim() === ''))
    throw new AppError('DISPOSITION_EMPTY');
  if (input.deadline !== null && input.deadline < context.today)
    throw new AppError('DISPOSITION_DEADLINE_PAST', { date: input.deadline });
}

/** @throws AppError READER_NOT_READY, LETTER_SEALED. */
function sealToReceivers(
  context: Context,
  db: WriteDb,
  letter: LetterBasics,
  receivers: readonly string[],
  at: Date,
): void {
  if (!isSealed(letter.security)) return;
  const key = requireKey(context.session().ring, letter.id);
  const readers = new Map<string, Reader>();
  for (const receiver of receivers) {
    const publicKey = keptPublicKey(db, receiver);
    if (!publicKey)
      throw new AppError('READER_NOT_READY', { name: titledName(readPerson(db, receiver, context.today)) });
    readers.set(receiver, { accountId: receiver, publicKey, how: 'disposition' });
  }
  for (const receiver of receivers)
    for (const deputy of withDeputies(context, db, receiver, letter)) {
      const publicKey = keptPublicKey(db, deputy);
      if (publicKey && !readers.has(deputy))
        readers.set(deputy, { accountId: deputy, publicKey, how: 'disposition' });
    }
  sealTo(db, letter.id, key, [...readers.values()], at);
}

interface Found {
  readonly task: StoredTask;
  readonly step: TaskTransition;
  readonly letter: LetterBasics;
  /** For whom a deputy acts; null: for oneself. */
  readonly principalId: string | null;
}

/**
 * A task with the step that the person at work may take in it.
 * @throws AppError NOT_FOUND, LETTER_DESTROYED, NOT_YOUR_TURN, DISPOSITION_MOVED_ON, DISPOSITION_PASSED_ON_OPEN,
 * LETTER_NOT_IN_FORCE.
 */
function requireTask(context: Context, taskId: string, action: TaskAction): Found {
  const db = context.session().vault.read;
  const asker = context.asker();
  const task = readTask(db, taskId);
  if (!task) throw new AppError('NOT_FOUND');
  const letter = liveLetter(db, asker, task.letterId);
  const actors = actorsIn(asker, task);
  const step = transition(action, task);
  if (!actors.includes(step.who)) throw new AppError('NOT_YOUR_TURN');
  const refused = unmet(step, task, dispositionsOf(db, letter.id), letter.state, (accountId) =>
    isGone(db, accountId),
  );
  if (refused) throw new AppError(refused);
  const whose = step.who === 'receiver' ? task.accountId : task.giverId;
  return { task, step, letter, principalId: inPlaceOf(context, whose) };
}

/** Is the account revoked? */
export const isGone = (db: ReadDb, accountId: string): boolean =>
  db.get(sql`SELECT 1 FROM account WHERE id = ${accountId} AND revoked_at IS NULL`) === undefined;

/** One step, audited under its own name; `more` is what goes with it. */
function act(
  context: Context,
  taskId: string,
  action: TaskAction,
  audit: string,
  more: (db: WriteDb, found: Found, now: Date) => void = () => undefined,
): null {
  const found = requireTask(context, taskId, action);
  const { task, step, letter, principalId } = found;
  const { accountId } = context.session();
  const facts = { receiver: task.accountId };
  context.act({ action: audit, ...ofLetter(letter.id), ...behalf(principalId), facts }, (db, now) => {
    takeStep(db, task, step, accountId, now);
    more(db, found, now);
    if (step.who === 'receiver') {
      for (const kind of ['disposition-given', 'disposition-returned'] as const)
        for (const one of new Set([accountId, task.accountId])) settleNotice(db, one, kind, letter.id, now);
    }
    recordChange(db, 'letter', letter.id, now);
    recordChange(db, 'notice', letter.id, now);
  });
  updateBadge(context);
  return null;
}

function write(
  context: Context,
  db: WriteDb,
  { task, principalId }: Found,
  kind: 'progress' | 'report' | 'return' | 'cancel',
  text: string,
  percent: number | null,
  at: Date,
): void {
  const { ring, accountId } = context.session();
  addEntry(db, ring, task, { kind, percent, accountId, onBehalfOf: principalId, text: text.trim() }, at);
}

/** Words that somebody else reads. @throws AppError BAD_REQUEST. */
function requireWords(text: string): void {
  if (text.trim() === '') throw new AppError('BAD_REQUEST');
}

export const open = (context: Context, input: Input<'dispositions.open'>): null =>
  act(context, input.taskId, 'open', 'disposition.opened');

export const begin = (context: Context, input: Input<'dispositions.begin'>): null =>
  act(context, input.taskId, 'begin', 'disposition.begun');

export function note(context: Context, input: Input<'dispositions.note'>): null {
  requireWords(input.text);
  return act(context, input.taskId, 'note', 'disposition.noted', (db, found, now) => {
    write(context, db, found, 'progress', input.text, input.percent, now);
    if (input.percent !== null) setPercent(db, found.task.id, input.percent);
  });
}

/** @throws AppError DISPOSITION_PASSED_ON_OPEN while somebody still works at what was passed on. */
export function report(context: Context, input: Input<'dispositions.report'>): null {
  requireWords(input.text);
  return act(context, input.taskId, 'report', 'disposition.reported', (db, found, now) => {
    const { task, letter } = found;
    write(context, db, found, 'report', input.text, 100, now);
    setPercent(db, task.id, 100);
    tell(context, db, task.giverId, 'disposition-reported', letter, task.accountId, now);
  });
}

export function sendBack(context: Context, input: Input<'dispositions.return'>): null {
  requireWords(input.text);
  return act(context, input.taskId, 'return', 'disposition.returned', (db, found, now) => {
    const { task, letter } = found;
    write(context, db, found, 'return', input.text, null, now);
    setPercent(db, task.id, percentBeforeReport(db, task.id));
    settleGiver(db, found, now);
    tell(context, db, task.accountId, 'disposition-returned', letter, task.giverId, now);
  });
}

/** The giver has looked at what was reported. */
function settleGiver(db: WriteDb, { task, letter }: Found, at: Date): void {
  settleNotice(db, task.giverId, 'disposition-reported', letter.id, at);
}

export function cancel(context: Context, input: Input<'dispositions.cancel'>): null {
  return act(context, input.taskId, 'cancel', 'disposition.cancelled', (db, found, now) => {
    end(context, db, found, input.text, now);
    const { task, letter } = found;
    for (const one of withDeputies(context, db, task.accountId, letter))
      settleNotice(db, one, 'disposition-given', letter.id, now);
    // It is about no letter any more that this person could open.
    addPersonNotice(db, task.accountId, 'disposition-cancelled', task.giverId, now);
  });
}

export const take = (context: Context, input: Input<'dispositions.take'>): null =>
  act(context, input.taskId, 'take', 'disposition.taken', (db, found, now) =>
    end(context, db, found, input.text, now),
  );

function end(context: Context, db: WriteDb, found: Found, text: string, now: Date): void {
  const { ring } = context.session();
  const { task, letter } = found;
  write(context, db, found, 'cancel', text, null, now);
  unsettleWhereNobodyIsLeft(db, task);
  if (isSealed(letter.security))
    closeToCancelled(
      db,
      ring,
      readLetter(db, ring, letter.id),
      task.accountId,
      (accountId) => deputiesOf(db, accountId, context.today),
      (accountId) => keptPublicKey(db, accountId),
      now,
    );
}

export function addSubtask(context: Context, input: Input<'dispositions.addSubtask'>): null {
  requireWords(input.text);
  const { ring } = context.session();
  return act(context, input.taskId, 'note', 'disposition.subtask-added', (db, { task }) =>
    storeSubtask(db, ring, task, input.text.trim()),
  );
}

/** @throws AppError NOT_FOUND. */
function taskWith(context: Context, subtaskId: string): string {
  const taskId = taskOfSubtask(context.session().vault.read, subtaskId);
  if (taskId === null) throw new AppError('NOT_FOUND');
  return taskId;
}

export function tickSubtask(context: Context, input: Input<'dispositions.tickSubtask'>): null {
  const { accountId } = context.session();
  const audit = input.done ? 'disposition.subtask-done' : 'disposition.subtask-undone';
  return act(context, taskWith(context, input.subtaskId), 'note', audit, (db, _found, now) =>
    storeTick(db, input.subtaskId, input.done ? accountId : null, now),
  );
}

export const removeSubtask = (context: Context, input: Input<'dispositions.removeSubtask'>): null =>
  act(context, taskWith(context, input.subtaskId), 'note', 'disposition.subtask-removed', (db) =>
    dropSubtask(db, input.subtaskId),
  );

/** Reading the letter opens what is unread of the person's own, and of those for whom they stand in. */
export function openOnReading(context: Context, letterId: string): void {
  const { read } = context.session().vault;
  const asker = context.asker();
  const unread = dispositionsOf(read, letterId).tasks.filter(
    (one) => one.state === 'unread' && actorsIn(asker, one).includes('receiver'),
  );
  for (const { id } of unread) open(context, { taskId: id });
}

/** Somebody's account is revoked: those to whom they gave dispositions report to somebody else now. */
export function afterRevoking(context: Context, db: WriteDb, accountId: string, at: Date): void {
  const people = listPeople(db, context.today).filter((one) => !one.revoked && one.activated);
  const here = new Set(people.map((one) => one.accountId));
  handOver(
    db,
    accountId,
    {
      isHere: (one) => here.has(one),
      registrarsOf: (unit) =>
        people
          .filter((one) => one.roles.includes('registrar') && one.unit === unit)
          .map((one) => one.accountId),
    },
    at,
  );
}
