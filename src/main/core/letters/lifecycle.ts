import { AppError } from '../contract/errors.ts';
import { lifecycle, type LetterAction, type LetterState } from '../contract/lifecycle.ts';

/**
 * The state after `action`, as contract/lifecycle.ts has it.
 * @param to which one, where the action may lead to several.
 * @throws AppError LETTER_NOT_EDITABLE when the letter's state does not allow it.
 */
export function after(action: LetterAction, state: LetterState, to?: LetterState): LetterState {
  const step = lifecycle.find(
    (one) => one.action === action && one.from === state && (to === undefined || one.to === to),
  );
  if (!step) throw new AppError('LETTER_NOT_EDITABLE');
  return step.to;
}
