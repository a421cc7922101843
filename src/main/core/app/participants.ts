import {
  deputiesOf,
  keptPublicKey,
  listDeputies,
  listPeople,
  printedSigner,
  readPerson,
  titledName,
} from '../accounts/index.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, Official, PrintedSigner, SignerChoice } from '../contract/letters.ts';
import type { Person, Role } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import {
  isSealed,
  plannedSteps,
  readLetter,
  requireKey,
  sealTo,
  stepsOf,
  turnsIn,
  type Reader,
  type StoredLetter,
  type StoredStep,
} from '../letters/index.ts';
import { addNotice } from '../notifications/index.ts';
import { visible } from '../queries/index.ts';
import { sql, type WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';
import { ownTurn } from './letter-life.ts';

/** Who takes part in a letter besides its author: whose turn it is, how signers are printed, who is told. */

/** A letter where it is the turn of the person at work, or of somebody for whom that person stands in. */
export interface Turn {
  readonly letter: StoredLetter;
  readonly step: StoredStep;
  /** For whom a deputy acts; null: for oneself. */
  readonly principalId: string | null;
}

/** @throws AppError NOT_FOUND, NOT_YOUR_TURN, DEPUTY_NOT_NOW. */
export function turnAt(context: Context, id: string, role: 'review' | 'sign'): Turn {
  const { vault, ring, accountId } = context.session();
  const asker = context.asker();
  const seen = vault.read.get(sql`SELECT 1 FROM letter WHERE letter.id = ${id} AND ${visible(asker)}`);
  const steps = stepsOf(vault.read, id);
  if (!seen) {
    requireDeputyNow(context, steps);
    throw new AppError('NOT_FOUND');
  }
  const letter = readLetter(vault.read, ring, id);
  const mine = letter.authorId === accountId;
  const step = ownTurn(asker, { state: letter.state, mine }, steps, classRules[letter.security].deputies);
  if (!step || (step.role === 'sign') !== (role === 'sign')) {
    requireDeputyNow(context, turnsIn(letter, steps));
    throw new AppError('NOT_YOUR_TURN');
  }
  return { letter, step, principalId: step.accountId === accountId ? null : step.accountId };
}

/** A deputy whose period has not begun, or is over, is told so. @throws AppError DEPUTY_NOT_NOW { name, from, until }. */
function requireDeputyNow(context: Context, steps: readonly StoredStep[]): void {
  const { vault, accountId } = context.session();
  const asked = new Set(steps.map((one) => one.accountId));
  const outside = listDeputies(vault.read, context.today).find(
    (one) => one.deputyId === accountId && asked.has(one.principalId) && !one.valid,
  );
  if (!outside || asked.has(accountId)) return;
  const { principalName: name, from, until } = outside;
  throw new AppError('DEPUTY_NOT_NOW', { name, from, until });
}

/** Signers as chosen; the author alone where none is. */
const choices = (content: LetterContent, authorId: string): readonly SignerChoice[] =>
  content.signers && content.signers.length > 0
    ? content.signers
    : [{ accountId: authorId, postId: content.postId, behalf: null }];

/**
 * How the page names its signers.
 * @param deputyId who signs first in place of the first signer.
 * @throws AppError POST_MISSING, NOT_FOUND.
 */
export function printedSigners(
  context: Context,
  content: LetterContent,
  authorId: string,
  deputyId: string | null = null,
): { signer: Official; signers: readonly PrintedSigner[] } {
  const { read } = context.session().vault;
  const printed = choices(content, authorId).map(({ accountId, postId, behalf }, index): PrintedSigner => {
    const person = readPerson(read, accountId, context.today);
    const own = printedSigner(person, postId, behalf);
    if (index > 0 || deputyId === null) return own;
    const deputy = readPerson(read, deputyId, context.today);
    return { ...own, official: inPlaceOf(deputy, person, own.official) };
  });
  const [first] = printed;
  if (!first) throw new AppError('POST_MISSING');
  return { signer: first.official, signers: printed };
}

/** A deputy signs as Plh. of the post: own name, the other's post and unit. */
function inPlaceOf(deputy: Person, principal: Person, as: Official): Official {
  const post = principal.posts.find((one) => one.printed === as.post);
  const { name, frontTitle, backTitle, nip, rank } = deputy;
  return { name, frontTitle, backTitle, nip, rank, post: `Plh. ${post?.title ?? as.post}`, unit: as.unit };
}

/**
 * @param of who gave a paraf may have gone since: when it is signed only the signers are asked for.
 * @throws AppError REVIEWER_INVALID, SIGNER_INVALID { name }: somebody named can not do their part.
 */
export function requireParticipants(
  context: Context,
  letter: StoredLetter,
  of: 'all' | 'signers' = 'all',
): void {
  const { read } = context.session().vault;
  const people = new Map(listPeople(read, context.today).map((one) => [one.accountId, one]));
  const able = (person: Person | undefined, roles: readonly Role[]): boolean =>
    person !== undefined &&
    !person.revoked &&
    person.activated &&
    roles.some((role) => person.roles.includes(role));
  const seen = new Set<string>();
  for (const step of plannedSteps(letter.content, letter.authorId)) {
    const person = people.get(step.accountId);
    const name = person ? titledName(person) : '';
    const signs = step.role === 'sign';
    if (!signs && of === 'signers') continue;
    const twice = seen.has(`${signs}${step.accountId}`);
    seen.add(`${signs}${step.accountId}`);
    if (signs && (twice || !able(person, ['signer']))) throw new AppError('SIGNER_INVALID', { name });
    // Nobody vouches for their own words to themselves.
    if (!signs && (twice || step.accountId === letter.authorId || !able(person, ['reviewer', 'signer'])))
      throw new AppError('REVIEWER_INVALID', { name });
  }
  printedSigners(context, letter.content, letter.authorId);
}

/**
 * Reviewers, signers and who stands in for them today get a key to a sealed letter; who was asked before and is not any
 * more loses it.
 * @throws AppError READER_NOT_READY, LETTER_SEALED.
 */
export function sealToParticipants(context: Context, db: WriteDb, letter: StoredLetter, at: Date): void {
  if (!isSealed(letter.security)) return;
  const { ring } = context.session();
  const key = requireKey(ring, letter.id);
  const readers = new Map<string, Reader>();
  const add = (accountId: string, how: Reader['how'], needed: boolean): void => {
    if (accountId === letter.authorId || readers.has(accountId)) return;
    const publicKey = keptPublicKey(db, accountId);
    if (publicKey) readers.set(accountId, { accountId, publicKey, how });
    else if (needed)
      throw new AppError('READER_NOT_READY', { name: titledName(readPerson(db, accountId, context.today)) });
  };
  const steps = plannedSteps(letter.content, letter.authorId);
  for (const { accountId, role } of steps) add(accountId, role === 'sign' ? 'signer' : 'reviewer', true);
  if (classRules[letter.security].deputies)
    for (const { accountId } of steps)
      for (const deputy of deputiesOf(db, accountId, context.today)) add(deputy, 'deputy', false);
  db.run(
    sql`DELETE FROM letter_key WHERE letter_id = ${letter.id} AND how IN ('reviewer', 'signer', 'deputy')`,
  );
  sealTo(db, letter.id, key, [...readers.values()], at);
}

/** Tells those whose turn has come since `before`, and who stands in for them. */
export function askNext(
  context: Context,
  db: WriteDb,
  letter: Pick<StoredLetter, 'id' | 'security' | 'authorId'>,
  before: readonly StoredStep[],
  at: Date,
): void {
  const state = db.get<{ state: StoredLetter['state'] }>(
    sql`SELECT state FROM letter WHERE id = ${letter.id}`,
  )?.state;
  if (!state) return;
  const asked = new Set(before.map((one) => `${one.role}${one.place}`));
  for (const step of turnsIn({ state }, stepsOf(db, letter.id))) {
    if (asked.has(`${step.role}${step.place}`)) continue;
    const kind = step.role === 'sign' ? 'signature-asked' : 'review-asked';
    const deputies = classRules[letter.security].deputies
      ? deputiesOf(db, step.accountId, context.today)
      : [];
    const told = [step.accountId, ...deputies].filter(
      (account) => step.role === 'sign' || account !== letter.authorId,
    );
    for (const account of told) addNotice(db, account, kind, letter.id, at);
  }
}
