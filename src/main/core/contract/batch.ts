import type { ErrorShape } from './errors.ts';
import type { Lowering } from './levels.ts';

type Nothing = Record<string, never>;

/** `each`: one by one, each shown first; `all`: at once. */
export const batchModes = ['each', 'all'] as const;
export type BatchMode = (typeof batchModes)[number];

/** As many letters as one batch takes. */
export const maximumBatch = 10_000;

export interface BatchStatus {
  readonly id: string;
  readonly mode: BatchMode;
  /**
   * `running`: the key is at hand. `paused`: letters wait and the signing passphrase is asked again. `done`: every
   * letter has its result.
   */
  readonly state: 'running' | 'paused' | 'done';
  /** With which it was begun. */
  readonly identityId: string;
  readonly total: number;
  readonly waiting: number;
  readonly signed: number;
  readonly failed: number;
  readonly skipped: number;
  /** By the pace since the batch was last begun; null before its first letter and one by one. */
  readonly remainingSeconds: number | null;
  /** What made it pause by itself, such as a full disk. */
  readonly stoppedBy: ErrorShape | null;
  /** The letter whose turn it is. */
  readonly nextId: string | null;
}

export interface BatchItem {
  readonly letterId: string;
  readonly subject: string;
  readonly state: 'waiting' | 'signed' | 'failed' | 'skipped';
  readonly number: string | null;
  readonly error: ErrorShape | null;
  /** Of a signed one: why it is below what the office wants. */
  readonly lowering: Lowering | null;
}

/** A letter before it is put in a batch. */
export interface BatchCandidate {
  readonly id: string;
  readonly revision: number;
  readonly subject: string;
  readonly recipientNames: readonly string[];
  /** Why it cannot be signed as it is. */
  readonly problems: readonly ErrorShape[];
}

/**
 * Signing many letters with one passphrase. One batch at a time for each person; it is kept in the vault with its
 * results. The signer is held by the core process alone, while the batch runs: pausing, locking, closing and the end
 * drop it. What is signed stays signed, the rest waits.
 */
export interface BatchCalls {
  'batch.check': { input: { ids: readonly string[] }; output: readonly BatchCandidate[] };
  'batch.start': {
    input: {
      letters: readonly { readonly id: string; readonly revision: number }[];
      mode: BatchMode;
      /** As for `letters.sign`; one for all of them. */
      signingPassphrase: string;
      identityId?: string | undefined;
    };
    output: BatchStatus;
  };
  'batch.status': { input: Nothing; output: BatchStatus | null };
  'batch.items': { input: Nothing; output: readonly BatchItem[] };
  /** Answers when the letter under way is done. */
  'batch.pause': { input: Nothing; output: BatchStatus };
  'batch.resume': { input: { signingPassphrase: string }; output: BatchStatus };
  /** One by one: signs the letter that was shown. Named, so that no other is signed by a second press. */
  'batch.next': { input: { letterId: string }; output: BatchStatus };
  'batch.skip': { input: { letterId: string }; output: BatchStatus };
  /** Puts the batch away; letters that wait stay drafts. */
  'batch.dismiss': { input: Nothing; output: null };
}
