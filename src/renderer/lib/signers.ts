/** Who signs a letter, on whose behalf, and who is asked before: what the page asks about these lists. */
import type {
  Behalf,
  LetterContent,
  Person,
  ReviewPlan,
  SignerChoice,
} from '../../main/core/contract/index.ts';

const active = (person: Person): boolean => !person.revoked && person.activated;

export const maySign = (person: Person): boolean => active(person) && person.roles.includes('signer');

export const mayVouch = (person: Person): boolean =>
  active(person) && (person.roles.includes('reviewer') || person.roles.includes('signer'));

/** Those named, or the author alone where they may sign and nobody is named. */
export function signersOf(content: LetterContent, author: Person | null): readonly SignerChoice[] {
  if (content.signers && content.signers.length > 0) return content.signers;
  return author && maySign(author)
    ? [{ accountId: author.accountId, postId: content.postId, behalf: null }]
    : [];
}

/** The author alone, in their own name, is what a letter says without any list. */
export function withSigners(
  content: LetterContent,
  signers: readonly SignerChoice[],
  author: string | null,
): LetterContent {
  const { signers: _before, ...rest } = content;
  const [only] = signers;
  if (!only) return rest;
  const plain = signers.length === 1 && only.accountId === author && only.behalf === null;
  return plain ? { ...rest, postId: only.postId } : { ...rest, signers };
}

/** Nobody acts for nobody. */
export const behalfOf = (principal: string, through: string): Behalf | null =>
  principal === '' ? null : { principal, through };

export const reviewOf = (content: LetterContent): ReviewPlan =>
  content.review ?? { hierarchy: [], coordination: [] };

export function withReview(content: LetterContent, review: ReviewPlan): LetterContent {
  const { review: _before, ...rest } = content;
  return review.hierarchy.length + review.coordination.length === 0 ? rest : { ...rest, review };
}

/** The list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from];
  if (one === undefined) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** Posts of the office, as they may stand after "a.n.": those held today, once each. */
export const postsOfOffice = (people: readonly Person[]): readonly string[] =>
  [
    ...new Set(
      people
        .filter(active)
        .flatMap(({ posts }) => posts.filter(({ valid }) => valid).map(({ title }) => title)),
    ),
  ].toSorted((a, b) => a.localeCompare(b, 'id'));
