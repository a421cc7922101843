/** Plain dates (YYYY-MM-DD) in the words of an Indonesian letter. No time zone is involved anywhere. */

const months = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const;

const weekdays = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'] as const;

interface PlainDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/** Null where the text is not a date that exists, such as 2026-02-30. */
function parsePlainDate(text: string): PlainDate | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const instant = new Date(Date.UTC(year, month - 1, day));
  if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day) return null;
  return { year, month, day, weekday: instant.getUTCDay() };
}

export function isPlainDate(text: string): boolean {
  return parsePlainDate(text) !== null;
}

/** "22 November 2026"; the text itself where it is no date, so that a preview still shows what was typed. */
export function longDate(text: string): string {
  const date = parsePlainDate(text);
  return date ? `${date.day} ${months[date.month - 1]} ${date.year}` : text;
}

/** "Minggu, 22 November 2026". */
export function longDateWithWeekday(text: string): string {
  const date = parsePlainDate(text);
  return date ? `${weekdays[date.weekday]}, ${longDate(text)}` : text;
}
