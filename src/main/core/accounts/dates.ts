/** Plain dates (YYYY-MM-DD) compare as text. Both ends belong to the period; an open end is null. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

export const within = (period: Period, day: string): boolean =>
  period.from <= day && (period.until === null || day <= period.until);
