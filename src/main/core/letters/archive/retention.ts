import type { FilePhase, Retention } from '../../contract/archive.ts';
import type { FileState } from '../../contract/archive-life.ts';

/** Retention in plain dates: no clock, no zone, no instant. */

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/**
 * The same day so many years later; where that year has no 29 February, 1 March: a period is never cut short.
 * @param date plain date. @param years whole, from 0 on.
 */
export function addYears(date: string, years: number): string {
  const year = Number(date.slice(0, 4)) + years;
  const rest = date.slice(5);
  return `${String(year).padStart(4, '0')}-${rest === '02-29' && !isLeap(year) ? '03-01' : rest}`;
}

/** The first day without need in daily work, and the first day on which the final act may be proposed. */
export function datesOf(
  closedOn: string | null,
  retention: Retention | null,
): { readonly inactiveFrom: string | null; readonly dueFrom: string | null } {
  if (closedOn === null || retention === null) return { inactiveFrom: null, dueFrom: null };
  return {
    inactiveFrom: addYears(closedOn, retention.active),
    // From the closing date itself: two steps would carry a 1 March on.
    dueFrom: addYears(closedOn, retention.active + retention.inactive),
  };
}

export function phaseOf(
  file: {
    readonly state: FileState;
    readonly inactiveFrom: string | null;
    readonly dueFrom: string | null;
  },
  today: string,
): FilePhase {
  if (file.state === 'open') return 'running';
  if (file.state !== 'closed') return file.state;
  if (file.inactiveFrom === null || file.dueFrom === null) return 'no-retention';
  if (file.dueFrom <= today) return 'due';
  return file.inactiveFrom <= today ? 'inactive' : 'active';
}
