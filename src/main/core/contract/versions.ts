import type { Block, LetterContent, LetterDetail } from './letters.ts';

/** Why a version was kept: somebody asked, time went by, it was handed in, signed, or an older one took its place. */
export const versionReasons = ['asked', 'automatic', 'review', 'signing', 'restore'] as const;
export type VersionReason = (typeof versionReasons)[number];

/** What a letter said at some moment. */
export interface LetterVersion {
  /** Counted from 1 within the letter. */
  readonly number: number;
  readonly reason: VersionReason;
  /** What whoever kept it calls it; may be empty. */
  readonly note: string;
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The letter has not been changed since. */
  readonly current: boolean;
}

export const maximumNote = 120;

/** A piece of body that is written once and used often (naskah baku). */
export interface TextModule {
  readonly id: string;
  readonly title: string;
  /** Everybody sees the office's own; the others are their owner's alone. */
  readonly scope: ModuleScope;
  /** Unit of whoever wrote it. */
  readonly unit: string;
  readonly body: readonly Block[];
  readonly changedBy: string;
  /** ISO 8601 UTC. */
  readonly changedAt: string;
  /** By the person who asks. */
  readonly mayChange: boolean;
}

export const moduleScopes = ['own', 'office'] as const;
export type ModuleScope = (typeof moduleScopes)[number];

export const maximumTitle = 120;

export interface WritingCalls {
  /** Newest first. */
  'versions.list': { input: { id: string }; output: readonly LetterVersion[] };
  'versions.read': { input: { id: string; number: number }; output: LetterContent };
  /** Keeps the letter as it is saved. @returns the version's number. */
  'versions.keep': { input: { id: string; revision: number; note: string }; output: { number: number } };
  /** The words of an older version; class stays as it is, and what was there before is kept as a version. */
  'versions.restore': {
    input: { id: string; revision: number; number: number };
    output: LetterDetail;
  };
  'modules.list': { input: Record<string, never>; output: readonly TextModule[] };
  /** `id` null makes a new one; `body` null leaves it as it is. */
  'modules.save': {
    input: { id: string | null; scope: ModuleScope; title: string; body: readonly Block[] | null };
    output: readonly TextModule[];
  };
  'modules.remove': { input: { id: string }; output: readonly TextModule[] };
}
