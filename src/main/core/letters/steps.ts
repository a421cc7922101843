import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import type { StepRole } from '../contract/review.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { recordChange } from './changes.ts';
import { after } from './lifecycle.ts';
import type { StoredLetter } from './store.ts';

/** Parafs and signatures in turn: who is asked, whose turn it is, and what a change of the words takes back. */
export interface StoredStep {
  readonly role: StepRole;
  readonly place: number;
  readonly accountId: string;
  readonly doneAt: string | null;
  /** Who did it: the account itself, or somebody standing in. */
  readonly doneBy: string | null;
  readonly revision: number | null;
}

export function stepsOf(db: ReadDb, letterId: string): StoredStep[] {
  return db
    .all<{
      role: StepRole;
      place: number;
      account_id: string;
      done_at: string | null;
      done_by: string | null;
      revision: number | null;
    }>(
      sql`SELECT role, place, account_id, done_at, done_by, revision FROM letter_step WHERE letter_id = ${letterId}
        ORDER BY role = 'sign', role = 'coordination', place`,
    )
    .map((row) => ({
      role: row.role,
      place: row.place,
      accountId: row.account_id,
      doneAt: row.done_at,
      doneBy: row.done_by,
      revision: row.revision,
    }));
}

const open = (step: StoredStep): boolean => step.doneAt === null;

/** The steps whose turn it is in a letter's state: the next in line, and every coordination at once. */
export function turnsIn(letter: Pick<StoredLetter, 'state'>, steps: readonly StoredStep[]): StoredStep[] {
  const next = (role: StepRole): StoredStep[] =>
    steps.filter((one) => one.role === role && open(one)).slice(0, 1);
  if (letter.state === 'review')
    return [...next('paraf'), ...steps.filter((one) => one.role === 'coordination' && open(one))];
  if (letter.state === 'ready' || letter.state === 'reserved' || letter.state === 'cosigning')
    return next('sign');
  return [];
}

/** Everybody whom the content asks, in order; the author signs where nobody else is named. */
export function plannedSteps(
  content: Pick<LetterContent, 'signers' | 'review'>,
  authorId: string,
): Pick<StoredStep, 'role' | 'place' | 'accountId'>[] {
  const as =
    (role: StepRole) =>
    (accountId: string, place: number): Pick<StoredStep, 'role' | 'place' | 'accountId'> => ({
      role,
      place,
      accountId,
    });
  const signers = content.signers?.map((one) => one.accountId) ?? [];
  return [
    ...(content.review?.hierarchy ?? []).map(as('paraf')),
    ...(content.review?.coordination ?? []).map(as('coordination')),
    ...(signers.length > 0 ? signers : [authorId]).map(as('sign')),
  ];
}

/** Does the content ask anybody but its author? Then it has to be submitted before it can be signed. */
export const asksOthers = (content: Pick<LetterContent, 'signers' | 'review'>, authorId: string): boolean =>
  plannedSteps(content, authorId).some((one) => one.role !== 'sign' || one.accountId !== authorId);

/** Signed straight from the draft: what was asked of others before it was taken back counts no more. */
export function clearSteps(db: WriteDb, letterId: string): void {
  db.run(sql`DELETE FROM letter_step WHERE letter_id = ${letterId}`);
}

/**
 * Submits: the steps are laid out anew. A paraf given to these very words stays given, any other is asked for again.
 * @returns the state that follows: review while a paraf is missing, else ready.
 */
export function submit(db: WriteDb, draft: StoredLetter, at: Date): 'review' | 'ready' {
  // Other attachments are another letter, also to a batch that waits with the revision of before.
  const other = db.run(sql`UPDATE letter SET revision = revision + 1, attachments_changed = 0
    WHERE id = ${draft.id} AND attachments_changed = 1`);
  const letter = { ...draft, revision: draft.revision + other };
  const before = stepsOf(db, letter.id);
  db.run(sql`DELETE FROM letter_step WHERE letter_id = ${letter.id}`);
  let missing = false;
  for (const step of plannedSteps(letter.content, letter.authorId)) {
    const kept = before.find(
      (one) =>
        one.role === step.role &&
        one.role !== 'sign' &&
        one.accountId === step.accountId &&
        !open(one) &&
        one.revision === letter.revision,
    );
    if (!kept && step.role !== 'sign') missing = true;
    db.run(sql`INSERT INTO letter_step (letter_id, role, place, account_id, done_at, done_by, revision, position, asked_at)
      SELECT id, ${step.role}, ${step.place}, ${step.accountId}, ${kept?.doneAt ?? null}, ${kept?.doneBy ?? null},
        ${kept?.revision ?? null}, position, ${at.toISOString()} FROM letter WHERE id = ${letter.id}`);
  }
  const to = missing ? 'review' : 'ready';
  move(db, letter, after('submit', letter.state, to), at);
  return to;
}

/** The letter's state, and nothing else of it. */
function move(db: WriteDb, letter: Pick<StoredLetter, 'id'>, to: StoredLetter['state'], at: Date): void {
  db.run(sql`UPDATE letter SET state = ${to}, updated_at = ${at.toISOString()} WHERE id = ${letter.id}`);
  recordChange(db, 'letter', letter.id, at);
}

function finish(db: WriteDb, letter: StoredLetter, step: StoredStep, by: string, at: Date): void {
  const changed = db.run(sql`UPDATE letter_step SET done_at = ${at.toISOString()}, done_by = ${by},
    revision = ${letter.revision} WHERE letter_id = ${letter.id} AND role = ${step.role} AND place = ${step.place}
    AND done_at IS NULL`);
  if (changed !== 1) throw new AppError('NOT_YOUR_TURN');
}

/** One paraf. @returns the state that follows. */
export function approve(
  db: WriteDb,
  letter: StoredLetter,
  step: StoredStep,
  by: string,
  at: Date,
): 'review' | 'ready' {
  finish(db, letter, step, by, at);
  const to = stepsOf(db, letter.id).some((one) => one.role !== 'sign' && open(one)) ? 'review' : 'ready';
  move(db, letter, after('approve', letter.state, to), at);
  return to;
}

/** One signature's step; the state is the signing desk's to set. @returns whether others sign after it. */
export function stepSigned(db: WriteDb, letter: StoredLetter, by: string, at: Date): boolean {
  const [step, ...later] = stepsOf(db, letter.id).filter((one) => one.role === 'sign' && open(one));
  if (step) finish(db, letter, step, by, at);
  return later.length > 0;
}

/**
 * A reviewer mended the words: parafs of those further up, and of other units, were given for others and fall; those
 * below stay, because somebody above them made the change. Another unit is above nobody: after its change all fall.
 * Whose paraf fell is asked again, from now on.
 * @returns whose paraf fell.
 */
export function fallAfter(db: WriteDb, letterId: string, changedBy: StoredStep, at: Date): string[] {
  const fallen = stepsOf(db, letterId).filter(
    (one) =>
      !open(one) &&
      (one.role === 'coordination' ||
        (one.role === 'paraf' && (changedBy.role === 'coordination' || one.place > changedBy.place))),
  );
  for (const one of fallen)
    db.run(sql`UPDATE letter_step SET done_at = NULL, done_by = NULL, revision = NULL, asked_at = ${at.toISOString()}
      WHERE letter_id = ${letterId} AND role = ${one.role} AND place = ${one.place}`);
  return fallen.map((one) => one.accountId);
}

/** Letters on their way to which this account has still to give something, be it later in line. */
export function awaitedFrom(db: ReadDb, accountId: string): number {
  const row = db.get<{ n: number }>(sql`SELECT count(DISTINCT step.letter_id) AS n FROM letter_step AS step
    JOIN letter ON letter.id = step.letter_id WHERE step.account_id = ${accountId} AND step.done_at IS NULL
      AND letter.state IN ('review', 'ready', 'reserved', 'cosigning')`);
  return row?.n ?? 0;
}

/** What belongs to the letter besides its words has changed: whoever gave a paraf is asked again, from now on. */
export function forgetParafs(db: WriteDb, letterId: string, at: Date): void {
  db.run(sql`UPDATE letter_step SET done_at = NULL, done_by = NULL, revision = NULL, asked_at = ${at.toISOString()}
    WHERE letter_id = ${letterId} AND role <> 'sign' AND done_at IS NOT NULL`);
}

/** Nobody has signed: after a rejected letter is opened again its signatures are of a page that is no more. */
export function forgetSignatures(db: WriteDb, letterId: string): void {
  db.run(sql`UPDATE letter_step SET done_at = NULL, done_by = NULL, revision = NULL
    WHERE letter_id = ${letterId} AND role = 'sign'`);
}
