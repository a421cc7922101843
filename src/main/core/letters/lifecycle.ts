import { AppError } from '../contract/errors.ts';
import type { LetterState } from '../contract/letters.ts';

/** The life of an outgoing letter as data: what may happen in which state, and what it leads to. */
export type LetterAction = 'save' | 'discard' | 'restore' | 'reserve' | 'release' | 'sign';

const steps: Readonly<Record<LetterAction, { readonly from: LetterState; readonly to: LetterState }>> = {
  save: { from: 'draft', to: 'draft' },
  discard: { from: 'draft', to: 'discarded' },
  restore: { from: 'discarded', to: 'draft' },
  reserve: { from: 'draft', to: 'reserved' },
  release: { from: 'reserved', to: 'draft' },
  sign: { from: 'reserved', to: 'signed' },
};

/** The state after `action`. @throws AppError LETTER_NOT_EDITABLE when the letter's state does not allow it. */
export function after(action: LetterAction, state: LetterState): LetterState {
  const step = steps[action];
  if (step.from !== state) throw new AppError('LETTER_NOT_EDITABLE');
  return step.to;
}
