import type { LetterDetail, SecurityClass } from '../contract/letters.ts';
import { actionsIn, type LetterAction, type LetterActor, type LetterState } from '../contract/lifecycle.ts';
import { classRules } from '../contract/permissions.ts';
import type { LetterLink, LetterRemark, LetterStep } from '../contract/review.ts';
import { asksOthers, linksOf, remarksOf, stepsOf, turnsIn, type StoredStep } from '../letters/index.ts';
import { letterDetail, personName, visible, type Asker } from '../queries/index.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/** One letter for the person at work: with its steps, remarks and links, and what that person may do with it now. */
export function detailOf(context: Context, id: string): LetterDetail {
  const db = context.session().vault.read;
  const asker = context.asker();
  const { authorId, holderId, ...letter } = letterDetail(db, asker, id);
  const steps = stepsOf(db, id);
  const deputies = classRules[letter.security].deputies;
  const alone = letter.mine && !asksOthers(letter.content, authorId);
  const registrar = letter.mine || keepsBook(db, asker, id, letter.security);
  const part = { state: letter.state, holderId, mine: letter.mine, alone, registrar };
  const nameOf = (accountId: string): Known => personName(db, accountId);
  const takesPart = letter.mine || steps.some((one) => actsAs(asker, one.accountId, letter.security));
  return {
    ...letter,
    // Who was asked on the way is the office's own affair, not the receivers'.
    steps: takesPart ? shownSteps(letter.state, steps, nameOf) : [],
    remarks: takesPart ? shownRemarks(db, asker, id, nameOf) : [],
    links: shownLinks(db, asker, id),
    may: letter.destroyed ? [] : allowedActions(asker, part, steps, deputies),
  };
}

/** In one's own name, or in the place of somebody for whom one stands in where the class lets deputies act. */
export const actsAs = (asker: Asker, accountId: string, security: SecurityClass): boolean =>
  accountId === asker.accountId ||
  (classRules[security].deputies && asker.principals.some(({ id }) => id === accountId));

/** A letter from outside in the book of the unit whose registrar the asker is. */
const keepsBook = (db: ReadDb, asker: Asker, letterId: string, security: SecurityClass): boolean =>
  asker.unit !== '' &&
  classRules[security].inUnit.some((role) => asker.roles.includes(role)) &&
  db.get(sql`SELECT 1 FROM incoming WHERE letter_id = ${letterId} AND unit = ${asker.unit}`) !== undefined;

interface Part {
  readonly state: LetterState;
  readonly holderId: string | null;
  readonly mine: boolean;
  /** Written by the asker, who signs alone and asks nobody. */
  readonly alone: boolean;
  /** Entered by the asker, or in the book of the asker's unit. */
  readonly registrar: boolean;
}

/**
 * The turn of the asker in one letter, own before somebody else's; null: none. Nobody vouches for their own words in
 * somebody else's place.
 */
export function ownTurn(
  asker: Asker,
  { state, mine }: Pick<Part, 'state' | 'mine'>,
  steps: readonly StoredStep[],
  deputies: boolean,
): StoredStep | null {
  const turns = turnsIn({ state }, steps);
  const own = turns.find((one) => one.accountId === asker.accountId);
  if (own || !deputies || state === 'cosigning' || (mine && state === 'review')) return own ?? null;
  return turns.find((one) => asker.principals.some(({ id }) => id === one.accountId)) ?? null;
}

/** What the asker is in this letter. */
function actorsOf(asker: Asker, part: Part, steps: readonly StoredStep[], deputies: boolean): LetterActor[] {
  const turn = ownTurn(asker, part, steps, deputies);
  const signed = steps.some(
    (one) =>
      one.role === 'sign' && one.doneAt !== null && [one.accountId, one.doneBy].includes(asker.accountId),
  );
  const signs =
    part.state === 'reserved'
      ? part.holderId === asker.accountId
      : part.state === 'draft'
        ? part.alone
        : turn?.role === 'sign';
  return [
    ...(part.mine ? (['author'] as const) : []),
    ...(turn !== null && turn.role !== 'sign' ? (['reviewer'] as const) : []),
    ...(signs ? (['signer'] as const) : []),
    ...(part.mine || signed ? (['sender'] as const) : []),
    ...(part.registrar ? (['registrar'] as const) : []),
    ...(part.mine || part.holderId === asker.accountId || (part.state === 'reserved' && turn !== null)
      ? (['owner'] as const)
      : []),
  ];
}

/** Roles of the account that the use cases behind an action ask for; without them it is not offered. */
const rolesFor: Readonly<Partial<Record<LetterAction, readonly string[]>>> = {
  void: ['registrar'],
  approve: ['reviewer', 'signer'],
  return: ['reviewer', 'signer'],
  correct: ['reviewer', 'signer'],
  reject: ['signer'],
  reserve: ['signer'],
  sign: ['signer'],
  release: ['drafter', 'signer'],
  abandon: ['drafter', 'signer'],
  withdraw: ['drafter', 'signer'],
  replace: ['drafter', 'signer'],
  revoke: ['drafter', 'signer'],
};

function allowedActions(
  asker: Asker,
  part: Part,
  steps: readonly StoredStep[],
  deputies: boolean,
): LetterAction[] {
  return actionsIn(part.state, actorsOf(asker, part, steps, deputies)).filter((action) =>
    (rolesFor[action] ?? ['drafter', 'signer']).some((role) =>
      (asker.roles as readonly string[]).includes(role),
    ),
  );
}

interface Known {
  readonly name: string;
  readonly post: string;
}

/** Steps as people read them. @param nameOf by account. */
function shownSteps(
  state: LetterState,
  steps: readonly StoredStep[],
  nameOf: (accountId: string) => Known,
): LetterStep[] {
  const turns = turnsIn({ state }, steps);
  return steps.map((step) => ({
    role: step.role,
    place: step.place,
    accountId: step.accountId,
    ...nameOf(step.accountId),
    turn: turns.includes(step),
    doneAt: step.doneAt,
    deputyName: step.doneBy !== null && step.doneBy !== step.accountId ? nameOf(step.doneBy).name : '',
    revision: step.revision,
  }));
}

function shownRemarks(
  db: ReadDb,
  asker: Asker,
  letterId: string,
  nameOf: (accountId: string) => Known,
): LetterRemark[] {
  return remarksOf(db, asker.ring, letterId).map((one) => ({
    id: one.id,
    kind: one.kind,
    name: nameOf(one.onBehalfOf ?? one.accountId).name,
    deputyName: one.onBehalfOf === null ? '' : nameOf(one.accountId).name,
    text: one.text,
    mark: one.mark,
    revision: one.revision,
    at: one.at,
  }));
}

/** Of an earlier letter only what is settled shows; a draft that is to take its place is its author's alone. */
function shownLinks(db: ReadDb, asker: Asker, letterId: string): LetterLink[] {
  return linksOf(db, letterId).flatMap((one): LetterLink[] => {
    const later = one.letterId === letterId;
    const otherId = later ? one.targetId : one.letterId;
    const seen =
      db.get(sql`SELECT 1 FROM letter WHERE letter.id = ${otherId} AND ${visible(asker)}`) !== undefined;
    if (!later && !one.settled && !seen) return [];
    const other = db.get<{ number: string | null; letter_date: string | null }>(
      sql`SELECT number, letter_date FROM letter WHERE id = ${otherId}`,
    );
    return [
      {
        kind: one.kind,
        later,
        letterId: seen ? otherId : null,
        number: other?.number ?? null,
        date: other?.letter_date ?? null,
      },
    ];
  });
}
