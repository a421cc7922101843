/** Shapes of the way to the signature: parafs, signatures, remarks, and letters that take another's place. */

export const stepRoles = ['paraf', 'coordination', 'sign'] as const;
export type StepRole = (typeof stepRoles)[number];

/** One person's part in a letter that was submitted. */
export interface LetterStep {
  readonly role: StepRole;
  /** From 0, in the order in which they come; those of `coordination` are asked all at once. */
  readonly place: number;
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  /** It is this person's turn now. */
  readonly turn: boolean;
  /** Instant, ISO 8601 UTC; null: not done yet. */
  readonly doneAt: string | null;
  /** Who did it, where it was somebody standing in; empty otherwise. */
  readonly deputyName: string;
  /** The revision of the letter that it was given for. */
  readonly revision: number | null;
}

/** The place that a remark is about: a field, or a block of the body with the words that were marked. */
export interface RemarkMark {
  readonly field: 'subject' | 'recipients' | 'body' | 'attachments' | 'details';
  /** Index in the body; null for other fields. */
  readonly block: number | null;
  readonly quote: string;
}

export interface LetterRemark {
  readonly id: string;
  readonly kind: 'return' | 'reject' | 'withdraw' | 'cancel';
  readonly name: string;
  readonly deputyName: string;
  readonly text: string;
  readonly mark: RemarkMark | null;
  readonly revision: number;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
}

/** `replaces` and `revokes` take another's place; `replies` answers one that came in. */
export const successions = ['replaces', 'revokes'] as const;
export type Succession = (typeof successions)[number];
export type LinkKind = Succession | 'replies';

/** A letter that takes another's place, or answers it. `later`: the one at hand is the later one. */
export interface LetterLink {
  readonly kind: LinkKind;
  readonly later: boolean;
  /** Null where the asker may not see it. */
  readonly letterId: string | null;
  /** Null until it is signed. */
  readonly number: string | null;
  readonly date: string | null;
}
