import { AppError } from '../contract/errors.ts';
import type { OfficeChanges, TemplateDraft, TemplateVersion } from '../contract/templates.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/** Versions of the office's changes to the regulation profile. Version 0 is none: the profile as it was shipped. */
export const shippedVersion = 0;

export function newestVersion(db: ReadDb): number {
  return (
    db.get<{ version: number | null }>(sql`SELECT max(version) AS version FROM office_profile`)?.version ?? 0
  );
}

/** @throws AppError NOT_FOUND. */
export function changesOf(db: ReadDb, version: number): OfficeChanges {
  if (version === shippedVersion) return {};
  const row = db.get<{ changes: string }>(sql`SELECT changes FROM office_profile WHERE version = ${version}`);
  if (!row) throw new AppError('NOT_FOUND');
  return JSON.parse(row.changes) as OfficeChanges;
}

/** What is in force. */
export const currentChanges = (db: ReadDb): OfficeChanges => changesOf(db, newestVersion(db));

export function listVersions(db: ReadDb): TemplateVersion[] {
  return db.all<TemplateVersion>(sql`SELECT version, made_at AS madeAt, account.name AS madeBy, note, origin, restored
    FROM office_profile JOIN account ON account.id = made_by ORDER BY version DESC LIMIT 200`);
}

/** @returns its number. */
export function addVersion(
  db: WriteDb,
  made: Pick<TemplateVersion, 'note' | 'origin' | 'restored'> & {
    readonly by: string;
    readonly changes: OfficeChanges;
  },
  at: Date,
): number {
  const version = newestVersion(db) + 1;
  db.run(sql`INSERT INTO office_profile (version, made_at, made_by, changes, note, origin, restored)
    VALUES (${version}, ${at.toISOString()}, ${made.by}, ${JSON.stringify(made.changes)}, ${made.note},
      ${made.origin}, ${made.restored})`);
  return version;
}

export function readDraft(db: ReadDb, accountId: string): TemplateDraft | null {
  const row = db.get<{ draft: string }>(
    sql`SELECT draft FROM office_profile_draft WHERE account_id = ${accountId}`,
  );
  return row ? (JSON.parse(row.draft) as TemplateDraft) : null;
}

export function keepDraft(db: WriteDb, accountId: string, draft: TemplateDraft | null, at: Date): void {
  if (draft === null) {
    db.run(sql`DELETE FROM office_profile_draft WHERE account_id = ${accountId}`);
    return;
  }
  db.run(sql`INSERT INTO office_profile_draft (account_id, draft, saved_at)
    VALUES (${accountId}, ${JSON.stringify(draft)}, ${at.toISOString()})
    ON CONFLICT (account_id) DO UPDATE SET draft = excluded.draft, saved_at = excluded.saved_at`);
}
