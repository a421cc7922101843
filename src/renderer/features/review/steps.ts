/** Who is asked for a letter, and in which part somebody acts on it now. Pure. */
import type {
  LetterContent,
  LetterDetail,
  LetterStep,
  Person,
  StepRole,
} from '../../../main/core/contract/index.ts';

interface Asked {
  readonly role: StepRole;
  readonly accountId: string;
}

/** Everybody whom the content asks, in order; the author signs where nobody else is named. */
export function askedBy(
  content: Pick<LetterContent, 'signers' | 'review'>,
  authorId: string,
): readonly Asked[] {
  const of = (role: StepRole, ids: readonly string[]): readonly Asked[] =>
    ids.map((accountId) => ({ role, accountId }));
  const signers = content.signers?.map((one) => one.accountId) ?? [];
  return [
    ...of('paraf', content.review?.hierarchy ?? []),
    ...of('coordination', content.review?.coordination ?? []),
    ...of('sign', signers.length > 0 ? signers : [authorId]),
  ];
}

/** Does it have to be submitted before anybody can sign it? */
export const needsSubmitting = (
  letter: Pick<LetterDetail, 'state'>,
  content: Pick<LetterContent, 'signers' | 'review'>,
  authorId: string,
): boolean =>
  letter.state === 'returned' ||
  askedBy(content, authorId).some((one) => one.role !== 'sign' || one.accountId !== authorId);

/** The step that the person at work does now, own before somebody else's; null: none. */
export function actingStep(
  letter: Pick<LetterDetail, 'steps' | 'may'>,
  me: string | undefined,
): LetterStep | null {
  if (!letter.may.some((action) => action === 'approve' || action === 'reserve' || action === 'sign'))
    return null;
  const turns = letter.steps.filter((one) => one.turn);
  return turns.find((one) => one.accountId === me) ?? turns[0] ?? null;
}

/** Signers whose turn comes after the one at hand. */
export const followers = (letter: Pick<LetterDetail, 'steps'>): readonly LetterStep[] =>
  letter.steps.filter((one) => one.role === 'sign' && one.doneAt === null && !one.turn);

/** As people speak of them: the post, else the name. */
export const called = (person: Pick<Person, 'post' | 'name'>): string => person.post || person.name;
