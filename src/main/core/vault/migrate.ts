import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import * as initial from './migrations/0010-initial.ts';
import * as people from './migrations/0020-people-and-classes.ts';
import * as inbox from './migrations/0030-inbox.ts';
import * as batches from './migrations/0040-batches.ts';
import * as verification from './migrations/0050-verification.ts';
import * as authority from './migrations/0060-authority.ts';
import * as services from './migrations/0070-signing-services.ts';
import * as versions from './migrations/0080-versions-and-modules.ts';
import * as attachments from './migrations/0090-attachments.ts';
import * as officeProfile from './migrations/0100-office-profile.ts';
import * as addressBook from './migrations/0110-address-book.ts';
import * as numberBook from './migrations/0130-number-book.ts';
import * as life from './migrations/0140-letter-life.ts';
import * as incoming from './migrations/0150-incoming.ts';
import * as incomingLetters from './migrations/0160-incoming-letters.ts';
import * as registers from './migrations/0180-registers.ts';
import * as archive from './migrations/0190-archive.ts';
import * as search from './migrations/0200-search.ts';
import * as reminders from './migrations/0210-reminders.ts';
import * as streams from './migrations/0220-streams.ts';
import * as erased from './migrations/0230-erased-letters.ts';
import { Connection, type WriteDb } from './sql.ts';

export interface Migration {
  readonly version: number;
  readonly up: (db: WriteDb) => void;
}

/** In order. Numbered in tens so that a fix for an older release can be put in between. */
export const migrations: readonly Migration[] = [
  initial,
  people,
  inbox,
  batches,
  verification,
  authority,
  services,
  versions,
  attachments,
  officeProfile,
  addressBook,
  numberBook,
  life,
  incoming,
  incomingLetters,
  registers,
  archive,
  search,
  reminders,
  streams,
  erased,
];

export const schemaVersion = migrations[migrations.length - 1]?.version ?? 0;

/**
 * Brings the schema up to date, one transaction per step. Foreign keys are not enforced meanwhile, so that a step may
 * rebuild a table (SQLite's own procedure, lang_altertable §7); they are checked as a whole before each commit.
 * Turning them on afterwards is the caller's.
 * @param beforeStep told the version that a database with rows is about to become.
 * @returns whether anything was done.
 * @throws AppError VAULT_FROM_FUTURE before anything is touched, when the file knows more than we do; VAULT_DAMAGED
 * when rows point nowhere after a step, which then has not happened.
 */
export function migrate(
  db: Database.Database,
  beforeStep: (db: Database.Database, version: number) => void,
  steps: readonly Migration[] = migrations,
): boolean {
  const known = steps[steps.length - 1]?.version ?? 0;
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > known) throw new AppError('VAULT_FROM_FUTURE', { found, known });
  const due = steps.filter((step) => step.version > found);
  if (due.length === 0) return false;
  db.pragma('foreign_keys = OFF');
  for (const step of due) {
    if (Number(db.pragma('user_version', { simple: true })) > 0) beforeStep(db, step.version);
    new Connection(db).write((write) => {
      // A salvaged database may have rows that point nowhere; a step must not add to them.
      const before = danglingRows(db);
      step.up(write);
      if (danglingRows(db) > before)
        throw new AppError('VAULT_DAMAGED', { part: `user_version ${step.version}` });
      db.pragma(`user_version = ${step.version}`);
    });
  }
  return true;
}

const danglingRows = (db: Database.Database): number => (db.pragma('foreign_key_check') as unknown[]).length;
