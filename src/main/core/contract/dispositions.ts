import type { TaskAction, TaskState } from './disposition-life.ts';

/** Dispositions of a letter: to whom it was passed on, what they are asked to do by when, and how far they are. */

/** One of the profile's preset instructions; what a disposition keeps is its key. */
export interface Instruction {
  readonly key: string;
  readonly id: string;
  readonly en: string;
}

/** Somebody to whom the letter may be passed on. */
export interface DispositionPerson {
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  /** Code and name of the unit of their post. */
  readonly unit: string;
  readonly unitName: string;
}

export interface DispositionEntry {
  readonly id: string;
  readonly kind: 'progress' | 'report' | 'return' | 'cancel';
  readonly name: string;
  /** Who wrote it, where that was somebody standing in; empty otherwise. */
  readonly deputyName: string;
  /** May be empty where something was cancelled. */
  readonly text: string;
  readonly percent: number | null;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
}

export interface DispositionSubtask {
  readonly id: string;
  readonly text: string;
  /** Instant, ISO 8601 UTC; null: still to be done. */
  readonly doneAt: string | null;
}

/** One receiver's part. */
export interface DispositionTask {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  /** The account was revoked: nobody reports on this any more. */
  readonly gone: boolean;
  readonly lead: boolean;
  readonly state: TaskState;
  readonly percent: number;
  readonly overdue: boolean;
  /** Instants, ISO 8601 UTC. */
  readonly readAt: string | null;
  readonly settledAt: string | null;
  /** It is the asker's, or the asker stands in for its receiver today. */
  readonly mine: boolean;
  /** Oldest first. */
  readonly entries: readonly DispositionEntry[];
  readonly subtasks: readonly DispositionSubtask[];
  /** What the asker may do with it now. */
  readonly may: readonly TaskAction[];
}

export interface Disposition {
  readonly id: string;
  /** The task that it was passed on from; null: by an addressee of the letter. */
  readonly parentTaskId: string | null;
  /** Who gave it. */
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  readonly deputyName: string;
  /** To whom its receivers report now, where the giver's account was revoked; empty otherwise. */
  readonly reportsTo: string;
  /** Keys of preset instructions. */
  readonly instructions: readonly string[];
  readonly note: string;
  /** Plain date in the regency's zone, or null. */
  readonly deadline: string | null;
  readonly givenAt: string;
  /** In the order in which they were named; a cancelled one stays where it was. */
  readonly tasks: readonly DispositionTask[];
}

export interface DispositionTree {
  /** Oldest first; whoever takes part in one of an addressee's trees sees all of that tree. */
  readonly dispositions: readonly Disposition[];
  /** The asker may pass the letter on as its addressee. */
  readonly mayGive: boolean;
  /** In whose place that would be; empty: in one's own name. */
  readonly inPlaceOf: string;
  /** The disposition sheet is something for the asker: filled in, or empty to be filled in by hand. */
  readonly maySheet: boolean;
}

export interface NewDisposition {
  readonly letterId: string;
  readonly parentTaskId: string | null;
  /** Accounts; the first leads. */
  readonly receivers: readonly string[];
  readonly instructions: readonly string[];
  readonly note: string;
  readonly deadline: string | null;
}

export const maximumReceivers = 40;

type OfTask = { readonly taskId: string };

export interface DispositionCalls {
  'dispositions.give': { input: NewDisposition; output: DispositionTree };
  'dispositions.tree': { input: { readonly letterId: string }; output: DispositionTree };
  /** Whom the asker may choose; heads of units first. */
  'dispositions.people': {
    input: { readonly letterId: string; readonly parentTaskId: string | null };
    output: readonly DispositionPerson[];
  };
  'dispositions.instructions': { input: Record<string, never>; output: readonly Instruction[] };
  'dispositions.open': { input: OfTask; output: null };
  'dispositions.begin': { input: OfTask; output: null };
  /** `percent` null leaves it as it is. */
  'dispositions.note': {
    input: OfTask & { readonly text: string; readonly percent: number | null };
    output: null;
  };
  'dispositions.report': { input: OfTask & { readonly text: string }; output: null };
  /** The report is not enough. */
  'dispositions.return': { input: OfTask & { readonly text: string }; output: null };
  /** While unread; the text may be empty. */
  'dispositions.cancel': { input: OfTask & { readonly text: string }; output: null };
  /** Of a receiver whose account was revoked. */
  'dispositions.take': { input: OfTask & { readonly text: string }; output: null };
  'dispositions.addSubtask': { input: OfTask & { readonly text: string }; output: null };
  'dispositions.tickSubtask': {
    input: { readonly subtaskId: string; readonly done: boolean };
    output: null;
  };
  'dispositions.removeSubtask': { input: { readonly subtaskId: string }; output: null };
}
