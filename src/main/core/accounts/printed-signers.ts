import type { Behalf, PrintedSigner } from '../contract/letters.ts';
import type { Person } from '../contract/people.ts';
import { toOfficial } from './people.ts';

/**
 * One signer as the page names them: in one of their posts of the day, or the main one.
 * @param behalf without a principal there is nobody to act for.
 * @throws AppError POST_MISSING when no post, or not that one, is valid.
 */
export function printedSigner(person: Person, postId: string | null, behalf: Behalf | null): PrintedSigner {
  const principal = behalf?.principal.trim() ?? '';
  return {
    official: toOfficial(person, postId),
    behalf: principal === '' ? null : { principal, through: behalf?.through.trim() ?? '' },
  };
}
