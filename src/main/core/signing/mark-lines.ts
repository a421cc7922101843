/** What a visible mark says in words: who, in which post, when, and in which zone that time is. */

const zones: Readonly<Record<number, string>> = { 420: 'WIB', 480: 'WITA', 540: 'WIT' };

/** @param offsetMinutes east of UTC; default 420 (WIB). */
export function markLines(who: {
  readonly name: string;
  readonly post?: string | null;
  readonly time: Date;
  readonly offsetMinutes?: number;
}): string[] {
  const { name, post, time, offsetMinutes = 420 } = who;
  const local = new Date(time.getTime() + offsetMinutes * 60_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split('-');
  const when = `${day}-${month}-${year} ${local.slice(11, 16).replace(':', '.')} ${zoneName(offsetMinutes)}`;
  return [name, ...(post ? [post] : []), when];
}

function zoneName(minutes: number): string {
  const known = zones[minutes];
  if (known) return known;
  const away = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}.${two(away % 60)}`;
}
