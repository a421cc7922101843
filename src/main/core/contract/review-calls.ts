import type { LetterDetail } from './letters.ts';
import type { RemarkMark, Succession } from './review.ts';

/** The way to the signature, and what may happen to a letter after it. */
type ById = { readonly id: string };

export interface ReviewCalls {
  /** To the first reviewer, or to the signer where nobody is asked first. */
  'letters.submit': { input: ById & { readonly revision: number }; output: LetterDetail };
  /** The author takes it back before it is signed. */
  'letters.recall': { input: ById; output: LetterDetail };
  /** Paraf. `revision`: the one that was read. */
  'letters.approve': { input: ById & { readonly revision: number }; output: null };
  /** Back to its author, by a reviewer or by the signer. */
  'letters.return': {
    input: ById & { readonly remark: string; readonly mark: RemarkMark | null };
    output: null;
  };
  'letters.reject': { input: ById & { readonly reason: string }; output: null };
  /** The author gives up a letter that some have signed: its number stays in the book as batal. */
  'letters.abandon': { input: ById & { readonly reason: string }; output: LetterDetail };
  /** A draft that was to take another letter's place goes on without it. */
  'letters.unlink': { input: ById; output: LetterDetail };
  'letters.reopen': { input: ById; output: LetterDetail };
  /** While nobody has opened it: it disappears from its receivers' desks. */
  'letters.withdrawSent': { input: ById & { readonly reason: string }; output: LetterDetail };
  /** A draft that replaces or revokes a signed letter once it is signed itself. */
  'letters.succeed': { input: ById & { readonly kind: Succession }; output: LetterDetail };
}
