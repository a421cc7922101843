import type { Folder, SecurityClass, Urgency } from './letters.ts';
import type { Counters } from './people.ts';
import type { WaitingEvent } from './waiting-event.ts';

/** What waits for a person, in the order of the home screen, and the reminders of it. */

/** The eight of DOMAIN §4, in their order. */
export const eightCounters = [
  'toSign',
  'notSent',
  'toReview',
  'incomingUnread',
  'notFollowedUp',
  'dispositionsUnread',
  'dispositionsOpen',
  'copiesUnread',
] as const satisfies readonly (keyof Counters)[];
export type EightCounter = (typeof eightCounters)[number];

/** What is summed up when somebody unlocks; an open disposition counts there, read or not. */
export const summedUp = [
  'toSign',
  'toReview',
  'incomingUnread',
  'notFollowedUp',
  'dispositionsOpen',
  'copiesUnread',
] as const satisfies readonly EightCounter[];
export type WaitingSummary = Readonly<Record<(typeof summedUp)[number], number>>;

/** The list in which a waiting letter stands. */
export const folderOfEvent: Readonly<Record<WaitingEvent, Folder>> = {
  unread: 'incoming',
  'not-followed-up': 'notFollowedUp',
  'to-review': 'toReview',
  'to-sign': 'toSign',
  disposition: 'dispositions',
  'disposition-overdue': 'dispositions',
};

/** Of a counter: how many are one's own, and how many those of somebody for whom one stands in. */
export interface Share {
  /** Null for one's own. */
  readonly name: string | null;
  readonly count: number;
}

/** A letter that should not wait any longer. */
export interface UrgentLetter {
  readonly id: string;
  readonly subject: string;
  readonly security: SecurityClass;
  readonly urgency: Urgency;
  readonly number: string | null;
  readonly senderName: string;
  /** For whom one stands in, or null. */
  readonly onBehalfOf: string | null;
  readonly event: WaitingEvent;
  /** The list in which it stands. */
  readonly folder: Folder;
  /** Instant since when it waits. */
  readonly since: string;
  /** Plain date of the regency, or null. */
  readonly deadline: string | null;
  /** The deadline is over. */
  readonly overdue: boolean;
  /** It waits longer than its urgency allows. */
  readonly late: boolean;
}

/** What the home screen shows. */
export interface Waiting {
  readonly counters: Counters;
  /** Only while standing in for somebody; of the counters that count others' letters too. */
  readonly shares: Readonly<Partial<Record<EightCounter, readonly Share[]>>>;
  /** The most pressing first, at most five. */
  readonly urgent: readonly UrgentLetter[];
}

/** Hours in which a letter of an urgency should be dealt with (DOMAIN §3; unverified, therefore the office's choice). */
export type TargetHours = Readonly<Record<Urgency, number>>;

export interface ReminderSettings {
  readonly targetHours: TargetHours;
}

export interface ReminderCalls {
  'home.waiting': { input: Record<string, never>; output: Waiting };
  /** Letters that wait for the person, each once: the number on the icon, in the title and in the rail. */
  'home.total': { input: Record<string, never>; output: { readonly count: number } };
  'notices.markAllRead': { input: Record<string, never>; output: null };
  /** What the regulation profile says where the office has not chosen otherwise. */
  'reminders.settings': {
    input: Record<string, never>;
    output: ReminderSettings & { readonly standard: TargetHours };
  };
  'reminders.saveSettings': { input: ReminderSettings; output: null };
}
