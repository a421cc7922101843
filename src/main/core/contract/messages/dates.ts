import type { Language } from '../people.ts';

/** Dates as offices here write them: in words, never as digits that can be read two ways. */
const locales: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

/** "22 November 2026" of a plain date (YYYY-MM-DD); what is no date stays as it is. */
export function longDate(language: Language, plain: string): string {
  const date = new Date(`${plain}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plain) || Number.isNaN(date.getTime())) return plain;
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** "22 November 2026, 15.05 WIB" of an instant (ISO 8601). */
export function longMoment(language: Language, instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(date);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Jakarta',
    hour: '2-digit',
    minute: '2-digit',
  }).format(date);
  return `${longDate(language, day)}, ${time.replace(':', '.')} WIB`;
}
