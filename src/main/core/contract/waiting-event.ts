/**
 * Why a letter waits: addressed and not opened; opened and not followed up; at one's turn to paraf or to sign; a
 * disposition to act on, and one whose last day is over.
 */
export const waitingEvents = [
  'unread',
  'not-followed-up',
  'to-review',
  'to-sign',
  'disposition',
  'disposition-overdue',
] as const;
export type WaitingEvent = (typeof waitingEvents)[number];
