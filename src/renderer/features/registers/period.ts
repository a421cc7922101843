/** Which days of a book are shown: a year, a month of it, or days that the person names. */
import type { RegisterPeriod } from '../../../main/core/contract/index.ts';

export interface PeriodChoice {
  readonly year: number;
  /** 1 to 12, `all` of the year, or `days`. */
  readonly month: string;
  /** Of `days`. */
  readonly from: string;
  readonly until: string;
}

/** Null while the days make no period. */
export function periodOf({ year, month, from, until }: PeriodChoice): RegisterPeriod | null {
  if (month === 'days') {
    const days = /^\d{4}-\d{2}-\d{2}$/;
    return days.test(from) && days.test(until) && from <= until ? { from, until } : null;
  }
  if (month === 'all') return { from: `${year}-01-01`, until: `${year}-12-31` };
  const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
  const start = `${year}-${month.padStart(2, '0')}`;
  return { from: `${start}-01`, until: `${start}-${String(last).padStart(2, '0')}` };
}

/** The names of the months, in order. */
export const monthNames = (language: string): readonly string[] => {
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2026, month, 1))));
};

/** As far back as anybody looks things up here; older years are reached by naming the days. */
export const yearsBack = 10;
