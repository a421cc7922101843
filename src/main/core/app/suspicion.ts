import { listPeople } from '../accounts/index.ts';
import { recentEntities } from '../audit/index.ts';
import type { SecuritySettings, Suspicion } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { addPersonNotice } from '../notifications/index.ts';
import { sql, type WriteDb } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';
import { readSecurity } from './security.ts';

/** What makes an administrator look. A notice says who, what and how many; nothing of a letter. */
const burst = { letters: 20, minutes: 10 } as const;
/** One night, one notice. */
const nightHours = 12;

/** Those who run the office's vault, and are told when something looks wrong. */
export function administrators(db: WriteDb, now: Date): string[] {
  return listPeople(db, plainDate(now))
    .filter((person) => person.roles.includes('administrator') && person.activated && !person.revoked)
    .map((person) => person.accountId);
}

export function noteSuspicion(
  db: WriteDb,
  aboutId: string,
  suspicion: Suspicion,
  count: number,
  now: Date,
): void {
  for (const accountId of administrators(db, now)) {
    // Being told of one's own night's work helps nobody; of guesses at one's own passphrase it does.
    if (accountId === aboutId && suspicion !== 'failed-unlocks') continue;
    addPersonNotice(db, accountId, 'suspicious-activity', aboutId, now, { suspicion, count });
  }
  recordChange(db, 'notice', aboutId, now);
}

/** When this was last seen of this person, and that it is seen now. @returns whether it is news. */
function isNews(db: WriteDb, what: Suspicion, accountId: string, within: number, now: Date): boolean {
  const key = `suspicion|${what}|${accountId}`;
  const last = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`);
  const value = now.toISOString();
  db.run(
    sql`INSERT INTO meta (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  // A clock that was put back must not silence the watch for good.
  return last === undefined || Math.abs(now.getTime() - Date.parse(last.value)) > within;
}

/** Hour of the day in the regency's zone, WIB. */
const hourOf = (instant: Date): number =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Jakarta', hour: '2-digit', hourCycle: 'h23' }).format(
      instant,
    ),
  );

/** Office hours may span midnight; equal ends mean that every hour is one. */
export function isOddHour(
  { workFrom, workUntil }: Pick<SecuritySettings, 'workFrom' | 'workUntil'>,
  at: Date,
): boolean {
  const hour = hourOf(at);
  if (workFrom === workUntil) return false;
  return workFrom < workUntil ? hour < workFrom || hour >= workUntil : hour < workFrom && hour >= workUntil;
}

/** To be called when a session has begun: outside office hours the administrators hear of it. */
export function opened(context: Context): void {
  const now = context.ports.clock.now();
  if (!isOddHour(readSecurity(context), now)) return;
  const { accountId } = context.session();
  context.act(
    { action: 'session.at-odd-hours', entity: 'account', entityId: accountId, facts: { hour: hourOf(now) } },
    (db) => {
      if (isNews(db, 'odd-hours', accountId, nightHours * 3_600_000, now))
        noteSuspicion(db, accountId, 'odd-hours', 1, now);
    },
  );
}

/** A notice for many letters taken out at once, once for as long as it goes on. */
function watchBurst(db: WriteDb, accountId: string, letters: number, now: Date): void {
  if (letters < burst.letters) return;
  if (isNews(db, 'mass-export', accountId, burst.minutes * 60_000, now))
    noteSuspicion(db, accountId, 'mass-export', letters, now);
}

/** A letter left the vault as a file. @param how a word for the way, such as "saved" or "mailed". */
export function exported(context: Context, letterId: string, how: string): void {
  const { accountId } = context.session();
  context.act(
    { action: 'letter.exported', entity: 'letter', entityId: letterId, facts: { how } },
    (db, now) => {
      const since = new Date(now.getTime() - burst.minutes * 60_000).toISOString();
      const letters = new Set(recentEntities(db, accountId, 'letter.exported', since));
      watchBurst(db, accountId, letters.add(letterId).size, now);
    },
  );
}

/** Many letters in one go, inside the transaction that audits it. */
export function exportedTogether(db: WriteDb, accountId: string, letters: number, now: Date): void {
  watchBurst(db, accountId, letters, now);
}
