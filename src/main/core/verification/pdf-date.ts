/**
 * A date string of ISO 32000-2 §7.9.4 as an ISO instant, or null where it is not well-formed. Parts after the
 * year may be missing; without a zone the time is taken as UTC, since nothing better is known.
 */
export function readPdfDate(text: string | null): string | null {
  const parts =
    /^D:(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?(?:Z(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(?:(\d\d)'?)?)?$/.exec(
      text ?? '',
    );
  if (!parts) return null;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    offHour,
    offMinute,
  ] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const local = Date.parse(iso);
  // Date.parse refuses month 13 but rolls 31 April over; the round trip catches that.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== iso.slice(0, 10)) return null;
  const offset = (Number(offHour ?? 0) * 60 + Number(offMinute ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(local - offset).toISOString().replace('.000Z', 'Z');
}
