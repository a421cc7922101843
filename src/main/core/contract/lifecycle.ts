/**
 * The life of an outgoing letter as data: states, what may be done in each, who may, and what it needs. The letters'
 * store takes every step from here, the page shows what is allowed from here, docs/letter-life.md is drawn from here,
 * and a test lives random lives against it.
 */
export const letterStates = [
  'draft',
  'review',
  'returned',
  'ready',
  'reserved',
  'cosigning',
  'signed',
  'withdrawn',
  'revoked',
  'replaced',
  'rejected',
  'discarded',
  'registered',
  'voided',
] as const;
export type LetterState = (typeof letterStates)[number];

export const letterActions = [
  'save',
  'discard',
  'restore',
  'submit',
  'recall',
  'correct',
  'approve',
  'return',
  'reject',
  'reopen',
  'abandon',
  'reserve',
  'release',
  'sign',
  'withdraw',
  'replace',
  'revoke',
  'void',
] as const;
export type LetterAction = (typeof letterActions)[number];

/**
 * Whose step it is. `reviewer` and `signer` are those whose turn it is, or who stands in for them today; `sender` is
 * the author or one who signed. `owner`: the author, who took the number, or whose signature it was taken for.
 * `registrar`: who entered a letter from outside, or another registrar of the unit.
 */
export type LetterActor = 'author' | 'reviewer' | 'signer' | 'sender' | 'owner' | 'registrar';

/** What must be true besides the state. */
export type LetterNeed =
  /** Nobody saved in the meantime. */
  | 'revision'
  /** All that the kind asks for is there, and everybody named can do their part. */
  | 'complete'
  | 'remark'
  | 'reason'
  /** A certificate and what opens its key. */
  | 'certificate'
  /** No receiver has opened it. */
  | 'unread'
  /** The letter that takes its place is signed in the same step. */
  | 'later-letter';

export interface Transition {
  readonly action: LetterAction;
  readonly from: LetterState;
  readonly to: LetterState;
  readonly who: LetterActor;
  readonly needs: readonly LetterNeed[];
}

type Row = readonly [LetterAction, LetterState, LetterState, LetterActor, ...LetterNeed[]];

const rows: readonly Row[] = [
  ['save', 'draft', 'draft', 'author', 'revision'],
  ['save', 'returned', 'returned', 'author', 'revision'],
  ['discard', 'draft', 'discarded', 'author'],
  ['discard', 'returned', 'discarded', 'author'],
  ['discard', 'rejected', 'discarded', 'author'],
  ['restore', 'discarded', 'draft', 'author'],
  // To the first reviewer, or to the signer where nobody is asked first.
  ['submit', 'draft', 'review', 'author', 'revision', 'complete'],
  ['submit', 'draft', 'ready', 'author', 'revision', 'complete'],
  ['submit', 'returned', 'review', 'author', 'revision', 'complete'],
  ['submit', 'returned', 'ready', 'author', 'revision', 'complete'],
  ['recall', 'review', 'draft', 'author'],
  ['recall', 'ready', 'draft', 'author'],
  ['correct', 'review', 'review', 'reviewer', 'revision'],
  // The last paraf hands the letter to the signer.
  ['approve', 'review', 'review', 'reviewer', 'revision'],
  ['approve', 'review', 'ready', 'reviewer', 'revision'],
  ['return', 'review', 'returned', 'reviewer', 'remark'],
  ['return', 'ready', 'returned', 'signer', 'remark'],
  ['reject', 'ready', 'rejected', 'signer', 'reason'],
  // Its number stays in the book as batal: others have signed a page that bears it.
  ['reject', 'cosigning', 'rejected', 'signer', 'reason'],
  // The next signer may never come: the author gives it up, with the same end.
  ['abandon', 'cosigning', 'rejected', 'author', 'reason'],
  ['reopen', 'rejected', 'draft', 'author'],
  // Who writes, signs alone and asks nobody goes straight from the draft.
  ['reserve', 'draft', 'reserved', 'signer', 'revision', 'complete', 'certificate'],
  ['reserve', 'ready', 'reserved', 'signer', 'revision', 'complete', 'certificate'],
  // Also by others than who took it: that person may be gone.
  ['release', 'reserved', 'draft', 'owner', 'reason'],
  ['release', 'reserved', 'ready', 'owner', 'reason'],
  // Of several signers all but the last leave it to the next one.
  ['sign', 'reserved', 'cosigning', 'signer', 'certificate'],
  ['sign', 'reserved', 'signed', 'signer', 'certificate'],
  ['sign', 'cosigning', 'cosigning', 'signer', 'certificate'],
  ['sign', 'cosigning', 'signed', 'signer', 'certificate'],
  ['withdraw', 'signed', 'withdrawn', 'sender', 'reason', 'unread'],
  ['replace', 'signed', 'replaced', 'sender', 'later-letter'],
  ['replace', 'withdrawn', 'replaced', 'sender', 'later-letter'],
  ['revoke', 'signed', 'revoked', 'sender', 'later-letter'],
  // A letter from outside, entered by mistake: its agenda number stays in the book as batal.
  ['void', 'registered', 'voided', 'registrar', 'reason', 'unread'],
];

export const lifecycle: readonly Transition[] = rows.map(([action, from, to, who, ...needs]) => ({
  action,
  from,
  to,
  who,
  needs,
}));

/** Signed by everybody who had to: there is a PDF, and the number is issued. */
export const signedStates = [
  'signed',
  'withdrawn',
  'revoked',
  'replaced',
] as const satisfies readonly LetterState[];

/** Letters that are kept for good: signed here, or registered as they came in from outside. */
export const keptStates = [...signedStates, 'registered'] as const satisfies readonly LetterState[];

export const isSignedState = (state: LetterState): boolean =>
  (signedStates as readonly LetterState[]).includes(state);

/** What may be done in a state by somebody who is these. */
export function actionsIn(state: LetterState, actors: readonly LetterActor[]): LetterAction[] {
  const found = lifecycle.filter((one) => one.from === state && actors.includes(one.who));
  return [...new Set(found.map((one) => one.action))];
}
