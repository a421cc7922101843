import type { Input, Output } from '../contract/api.ts';
import type { TargetHours } from '../contract/reminders.ts';
import { latestChange, recordChange } from '../letters/index.ts';
import { hasReminders, remindOnce, settleReminders } from '../notifications/reminders.ts';
import { dueFor, stillWaiting, type Asker, type Targets } from '../queries/index.ts';
import { sql, type ReadDb, type Vault } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';

/** Reminders of what waits longer than its urgency allows, and how long that is (decision 0041). */
const settingsKey = 'reminders';
const hour = 3_600_000;
/** In one go; what is left comes with the next minute. */
const atOnce = 500;

function chosen(db: ReadDb): TargetHours | null {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${settingsKey}`);
  return row ? (JSON.parse(row.value) as { targetHours: TargetHours }).targetHours : null;
}

export function targetsOn(context: Context, vault: Vault): Targets {
  const hours = chosen(vault.read) ?? context.profile.targetHours;
  const now = context.ports.clock.now();
  const ago = (given: number): string => new Date(now.getTime() - given * hour).toISOString();
  return {
    before: { biasa: ago(hours.biasa), segera: ago(hours.segera), 'amat-segera': ago(hours['amat-segera']) },
    // Clocks of one office differ a little; a day is more than that.
    future: ago(-24),
    today: plainDate(now),
  };
}

export function readSettings(context: Context): Output<'reminders.settings'> {
  const standard = context.profile.targetHours;
  return { targetHours: chosen(context.session().vault.read) ?? standard, standard };
}

export function saveSettings(context: Context, input: Input<'reminders.saveSettings'>): null {
  const facts = { ...input.targetHours };
  context.act({ action: 'reminders.changed', entity: 'vault', entityId: settingsKey, facts }, (db, now) => {
    db.run(sql`INSERT INTO meta (key, value) VALUES (${settingsKey}, ${JSON.stringify(input)})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
    recordChange(db, 'reminders', settingsKey, now);
  });
  return null;
}

/**
 * Writes the reminders that are due, and takes back those whose matter is settled. Asked every minute, at unlock and
 * after every change, as often as one likes: it goes by the instants in the vault alone.
 * @returns whether anything changed.
 */
export function remind(context: Context, vault: Vault, asker: Asker): boolean {
  const due = dueFor(vault.read, asker, targetsOn(context, vault), atOnce);
  const mayBeSettled = hasReminders(vault.read, asker.accountId);
  if (due.length === 0 && !mayBeSettled) return false;
  const now = context.ports.clock.now();
  const changed = vault.write((db) => {
    const made = due.filter((one) => remindOnce(db, asker.accountId, one, now)).length;
    const settled = settleReminders(db, asker.accountId, stillWaiting(asker, sql`notice.letter_id`), now);
    if (made + settled > 0) recordChange(db, 'notice', asker.accountId, now);
    return made + settled > 0;
  });
  if (changed) context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
  return changed;
}
