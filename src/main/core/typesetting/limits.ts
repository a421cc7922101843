import { AppError } from '../contract/index.ts';

/** More than any letter holds, and little enough to be typeset in seconds. */
const maxDepth = 40;
const maxNodes = 200_000;
const maxCharacters = 2_000_000;

/**
 * Walks untrusted JSON without recursion, so that what comes after may recurse.
 * Errors: LETTER_TOO_LARGE with the limit that was passed.
 */
export function assertLetterSize(value: unknown): void {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let nodes = 0;
  let characters = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    nodes += 1;
    if (typeof next.value === 'string') characters += next.value.length;
    if (next.depth > maxDepth) throw new AppError('LETTER_TOO_LARGE', { max: `${maxDepth} tingkat` });
    if (nodes > maxNodes) throw new AppError('LETTER_TOO_LARGE', { max: `${maxNodes} unsur` });
    if (characters > maxCharacters) {
      throw new AppError('LETTER_TOO_LARGE', { max: `${maxCharacters} karakter` });
    }
    if (typeof next.value === 'object' && next.value !== null) {
      for (const child of Object.values(next.value)) stack.push({ value: child, depth: next.depth + 1 });
    }
  }
}
