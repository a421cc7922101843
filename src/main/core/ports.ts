import type { LetterContent, TypesetLetter } from './contract/letters.ts';
import type { Language } from './contract/people.ts';
import type { VerificationReport } from './contract/verification.ts';

/** What core asks of the outside. Adapters: desktop/ on Electron, cli/ and tests on Node. */

export interface Clock {
  now(): Date;
}

/** The letter keys that the person at work can open; what is sealed to others stays closed. */
export interface Keyring {
  readonly accountId: string;
  /** 32 bytes, or null when this person is not entitled. Not to be wiped by the caller. */
  letterKey(letterId: string): Uint8Array | null;
  /** What lists show of a sealed letter; null when it is sealed to others. */
  summary(letterId: string, sealed: Uint8Array): LetterSummary | null;
  /** @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
  content(letterId: string, sealed: Uint8Array): LetterContent;
  /** @throws AppError LETTER_SEALED, OBJECT_DAMAGED. */
  frozen(letterId: string, sealed: Uint8Array): TypesetLetter;
}

export interface LetterSummary {
  readonly subject: string;
  readonly recipientNames: readonly string[];
}

/** Names and codes only: never personal data, never a secret, never a letter's content. */
export interface Logger {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, facts: Readonly<Record<string, string | number | boolean>>, cause?: unknown): void;
}

/** Work that chews hostile or heavy bytes, done in a process that holds no key and can be killed. */
export interface Pool {
  run<N extends keyof PoolTasks>(
    task: N,
    input: PoolTasks[N]['input'],
    timeoutMs?: number,
  ): Promise<PoolTasks[N]['output']>;
}

export interface PoolTasks {
  typeset: {
    input: { letter: TypesetLetter; profile: string | null; createdAt: string };
    output: { pdf: Uint8Array; pages: number };
  };
  verify: {
    input: {
      file: string;
      bytes: Uint8Array;
      trust: readonly TrustedCertificate[];
      at: string;
      language: Language;
      password: string | null;
    };
    output: VerificationReport;
  };
  /** Bytes that a viewer may draw: what our parser judged, re-serialised, without actions. */
  display: { input: { bytes: Uint8Array }; output: { pdf: Uint8Array } };
}

/** A trust anchor as the verifier takes it. */
export interface TrustedCertificate {
  readonly der: Uint8Array;
  readonly psre: boolean;
}
