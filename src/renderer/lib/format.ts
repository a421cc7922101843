/**
 * Dates and numbers as they are written in Indonesian offices. Instants (ISO 8601, UTC) are shown in
 * Asia/Jakarta with the zone named; plain dates (YYYY-MM-DD) have no zone and never pass through `Date`.
 */
import type { Language } from '../../main/core/contract/index.ts';

export { commonName } from '../../main/core/contract/judgement.ts';

const zone = 'Asia/Jakarta';
const zoneName = 'WIB';

const months: Readonly<Record<Language, readonly string[]>> = {
  id: [
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
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

interface Parts {
  readonly day: string;
  readonly time: string;
}

function partsOf(instant: string): Parts | null {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return null;
  const part = new Map(clock.formatToParts(date).map((p) => [p.type, p.value]));
  return {
    day: `${part.get('year')}-${part.get('month')}-${part.get('day')}`,
    time: `${part.get('hour')}.${part.get('minute')}`,
  };
}

/** "2026-11-22" → "22 November 2026"; anything else comes back as it is. */
export function plainDate(date: string, language: Language): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  const month = found && months[language][Number(found[2]) - 1];
  return found && month ? `${Number(found[3])} ${month} ${found[1]}` : date;
}

/** "2026-11-22" → "22 Nov 2026", for narrow columns. */
export function shortDate(date: string, language: Language): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  const month = found && months[language][Number(found[2]) - 1];
  return found && month ? `${Number(found[3])} ${month.slice(0, 3)} ${found[1]}` : date;
}

/** Time of day of an instant: "15.05 WIB". */
export function timeOf(instant: string): string {
  const parts = partsOf(instant);
  return parts ? `${parts.time} ${zoneName}` : instant;
}

/** "22 November 2026, 15.05 WIB". */
export function dateTime(instant: string, language: Language): string {
  const parts = partsOf(instant);
  return parts ? `${plainDate(parts.day, language)}, ${parts.time} ${zoneName}` : instant;
}

/** Day of an instant in Jakarta, as a plain date in words. */
export function dayOf(instant: string, language: Language): string {
  const parts = partsOf(instant);
  return parts ? plainDate(parts.day, language) : instant;
}

/** For list rows: today's rows show the time, older ones the day. */
export function listMoment(instant: string, language: Language, now: Date = new Date()): string {
  const parts = partsOf(instant);
  const today = partsOf(now.toISOString());
  if (!parts) return instant;
  return parts.day === today?.day ? `${parts.time} ${zoneName}` : shortDate(parts.day, language);
}

/** Today in Jakarta, YYYY-MM-DD. */
export function today(now: Date = new Date()): string {
  return partsOf(now.toISOString())?.day ?? '';
}

/** Hour of the day in Jakarta, 0–23, for the greeting. */
export function hourNow(now: Date = new Date()): number {
  return Number(partsOf(now.toISOString())?.time.slice(0, 2) ?? 0);
}

/** Count with the language's separators: 1.234 or 1,234. */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB').format(value);
}

/** "ab12cd34…" → "AB 12 CD 34 …": how fingerprints are read aloud. */
export function fingerprintGroups(hex: string): string {
  return (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}
