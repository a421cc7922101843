import type { Input } from '../contract/api.ts';
import type { SecuritySettings } from '../contract/people.ts';
import { recordChange } from '../letters/index.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/** When the locks come down, and which hours are office hours. */
const settingsKey = 'security';
const standard: SecuritySettings = { idleMinutes: 10, sealAfterHours: 8, workFrom: 6, workUntil: 21 };

export function securityOf(db: ReadDb): SecuritySettings {
  const row = db.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${settingsKey}`);
  return row ? { ...standard, ...(JSON.parse(row.value) as Partial<SecuritySettings>) } : standard;
}

export function readSecurity(context: Context): SecuritySettings {
  return securityOf(context.session().vault.read);
}

export function saveSecurity(context: Context, input: Input<'security.save'>): SecuritySettings {
  const facts = { ...input };
  context.act({ action: 'security.changed', entity: 'vault', entityId: settingsKey, facts }, (db, now) => {
    db.run(sql`INSERT INTO meta (key, value) VALUES (${settingsKey}, ${JSON.stringify(input)})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
    recordChange(db, 'security', settingsKey, now);
  });
  return readSecurity(context);
}
