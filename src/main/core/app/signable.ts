import { deputiesOf, keptPublicKey, listPeople, titledName } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Person } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import { variablesIn } from '../contract/variables.ts';
import {
  asksOthers,
  isSealed,
  readLetter,
  readinessProblems,
  stepsOf,
  type Reader,
  type Receiver,
  type StoredLetter,
} from '../letters/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import type { Context } from './context.ts';
import { pageOf } from './drafting.ts';
import { turnAt } from './participants.ts';
import { variableProblems } from './variables.ts';

/** What may be signed now: whose letter it is, what is missing in it, and who gets it when it is signed. */

/** What is to be signed now, and in whose place. */
interface Signable {
  readonly letter: StoredLetter;
  /** For whom a deputy signs; null: for oneself. */
  readonly principalId: string | null;
}

/** As asked: unchanged since it was read. Or begun by me already, then as it was frozen. */
export function signable(context: Context, input: Pick<Input<'letters.sign'>, 'id' | 'revision'>): Signable {
  const { vault, ring } = context.session();
  const letter = readLetter(vault.read, ring, input.id);
  const principalId = requireSignable(context, letter);
  if ((letter.state === 'draft' || letter.state === 'ready') && letter.revision !== input.revision)
    throw new AppError('LETTER_CHANGED_ELSEWHERE');
  return { letter, principalId };
}

/** A letter of mine, or one that I am asked to sign. @throws AppError NOT_FOUND. */
export function letterToSign(context: Context, id: string): StoredLetter {
  const { vault, ring, accountId } = context.session();
  const letter = readLetter(vault.read, ring, id);
  if (letter.authorId !== accountId && letter.holderId !== accountId) turnAt(context, id, 'sign');
  return letter;
}

/**
 * A draft of mine that asks nobody else, or a letter at my turn, with everything in it.
 * @returns for whom a deputy signs; null: for oneself.
 * @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, LETTER_NOT_SUBMITTED, NOT_YOUR_TURN, DEPUTY_NOT_NOW, LETTER_INCOMPLETE.
 */
export function requireSignable(context: Context, letter: StoredLetter): string | null {
  const { accountId } = context.session();
  if (letter.state === 'reserved' && letter.holderId === accountId) {
    const { read } = context.session().vault;
    // Who began it in somebody's place may have come to the end of those days.
    return stepsOf(read, letter.id).length === 0 ? null : turnAt(context, letter.id, 'sign').principalId;
  }
  if (letter.authorId === accountId && letter.state === 'draft') {
    requireReady(context, letter);
    if (asksOthers(letter.content, accountId)) throw new AppError('LETTER_NOT_SUBMITTED');
    return null;
  }
  if (letter.authorId === accountId && !signing.has(letter.state)) throw new AppError('LETTER_NOT_EDITABLE');
  const { principalId } = turnAt(context, letter.id, 'sign');
  if (letter.state === 'ready') requireReady(context, letter);
  return principalId;
}

const signing: ReadonlySet<LetterState> = new Set<LetterState>(['ready', 'reserved', 'cosigning']);

/** @throws AppError LETTER_INCOMPLETE, also for an addressee whose account does not exist; VARIABLE_UNKNOWN. */
export function requireReady(context: Context, letter: Pick<StoredLetter, 'content' | 'authorId'>): void {
  const { content, authorId } = letter;
  const [problem] = readinessProblems(content, rulesOf(context.profile, content.kind));
  if (problem) throw new AppError(problem.code, problem.params);
  const page = variablesIn(content).length > 0 && pageOf(context, letter, '', context.today, null);
  const [variable] = page ? variableProblems(page) : [];
  if (variable) throw new AppError(variable.code, variable.params);
  const people = peopleById(context);
  const unknown = (list: LetterContent['recipients']): boolean =>
    list.some((one) => one.accountId !== null && !people.has(one.accountId));
  if (unknown(content.recipients)) throw new AppError('LETTER_INCOMPLETE', { field: 'recipients' });
  if (unknown(content.copies)) throw new AppError('LETTER_INCOMPLETE', { field: 'copies' });
  readersOf(context, content, people, authorId);
}

const peopleById = (context: Context): Map<string, Person> =>
  new Map(
    listPeople(context.session().vault.read, context.today)
      .filter((person) => !person.revoked)
      .map((person) => [person.accountId, person]),
  );

/**
 * To whom a letter of a sealed class is sealed when it is signed, besides its author: its receivers of this vault and,
 * where the class lets them, who stands in for those today.
 * @throws AppError READER_NOT_READY when a receiver has no key yet.
 */
function readersOf(
  context: Context,
  content: Pick<LetterContent, 'security' | 'recipients' | 'copies'>,
  people: ReadonlyMap<string, Person>,
  authorId: string,
): Reader[] {
  if (!isSealed(content.security)) return [];
  const { vault } = context.session();
  const readers = new Map<string, Reader>();
  const deputies = new Map<string, Reader>();
  for (const { accountId: receiver } of [...content.recipients, ...content.copies]) {
    if (receiver === null || receiver === authorId) continue;
    const publicKey = keptPublicKey(vault.read, receiver);
    if (!publicKey) {
      const person = people.get(receiver);
      throw new AppError('READER_NOT_READY', { name: person ? titledName(person) : '' });
    }
    readers.set(receiver, { accountId: receiver, publicKey, how: 'receiver' });
    for (const deputy of deputiesOf(vault.read, receiver, context.today)) {
      const deputyKey = keptPublicKey(vault.read, deputy);
      if (deputyKey && deputy !== authorId)
        deputies.set(deputy, { accountId: deputy, publicKey: deputyKey, how: 'deputy' });
    }
  }
  if (!classRules[content.security].deputies) return [...readers.values()];
  return [...new Map([...deputies, ...readers]).values()];
}

/** The same of a letter that comes from outside. @throws AppError READER_NOT_READY */
export const receiversOf = (
  context: Context,
  content: Pick<LetterContent, 'security' | 'recipients' | 'copies'>,
  authorId: string,
): Reader[] => readersOf(context, content, peopleById(context), authorId);

/** Who gets the letter in this vault, and to whom it is sealed. */
export function delivery(
  context: Context,
  letter: StoredLetter,
): { receivers: Map<string, Receiver>; readers: Reader[] } {
  const people = peopleById(context);
  const receivers = new Map([...people].map(([accountId, { unit }]) => [accountId, { accountId, unit }]));
  return {
    receivers,
    readers: readersOf(context, letter.frozen?.content ?? letter.content, people, letter.authorId),
  };
}
