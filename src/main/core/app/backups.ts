import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineCalls } from '../contract/api.ts';
import { firstBrokenLink } from '../audit/index.ts';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type { BackupStatus } from '../contract/people.ts';
import { checkSet, listSets, readHeader, restoreSet, sql, storageFault } from '../vault/index.ts';
import type { Context } from './context.ts';
import { lock } from './locking.ts';

/** Backups: daily by themselves, at once when asked, and back again. */
const folderKey = 'backup-folder';
const failureKey = 'backup-failure';
/** A day, less what a morning's start may come earlier than yesterday's. */
const dailyAfter = 20 * 3_600_000;

function setting(context: Context, key: string): string | null {
  const { vault } = context.session();
  return vault.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value ?? null;
}

function keepSetting(context: Context, key: string, value: string | null): void {
  context.session().vault.write((db) => {
    if (value === null) db.run(sql`DELETE FROM meta WHERE key = ${key}`);
    else
      db.run(
        sql`INSERT INTO meta (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      );
  });
}

/** Beside the vault until an administrator chooses a drive of its own: better than none, and the screen says so. */
const folderOf = (context: Context): string =>
  setting(context, folderKey) ?? join(context.ports.dataDir, 'backups');

export function status(context: Context): BackupStatus {
  const folder = folderOf(context);
  return {
    folder,
    sets: listSets(folder)
      .filter((set) => set.manifest.vaultId === context.session().vault.id)
      .map((set) => set.manifest.madeAt)
      .toReversed(),
    failure: setting(context, failureKey) as ErrorCode | null,
  };
}

function write(context: Context): void {
  const { vault, accountId } = context.session();
  try {
    const chosen = setting(context, folderKey);
    // A drive that is not there must not become a folder of that name on this disk.
    if (chosen !== null && !existsSync(chosen)) throw new AppError('FOLDER_NOT_WRITABLE');
    vault.backup(folderOf(context), context.ports.clock.now());
    keepSetting(context, failureKey, null);
  } catch (thrown) {
    const error = storageFault(thrown, 'backup');
    keepSetting(context, failureKey, error instanceof AppError ? error.code : 'INTERNAL');
    throw error;
  }
  context.act({ action: 'backup.written', entity: 'account', entityId: accountId }, () => undefined);
}

export async function run(context: Context): Promise<BackupStatus> {
  write(context);
  return status(context);
}

/** When the newest set is a day old. A failure is kept for the screen and never stands in the way. */
function backUpDaily(context: Context): void {
  // Locked again meanwhile: the next unlock will do it.
  if (!context.openSession) return;
  try {
    const [newest] = status(context).sets;
    const now = context.ports.clock.now().getTime();
    if (newest !== undefined && now - Date.parse(newest) < dailyAfter) return;
    write(context);
  } catch (error) {
    context.ports.logger.error('backup failed', {}, error);
  }
}

/** The daily backup, once the unlock that asked for it has been answered. */
export function backUpLater(context: Context): void {
  void context.exclusive(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    backUpDaily(context);
  });
}

export function setFolder(context: Context, input: EngineCalls['backup.setFolder']['input']): BackupStatus {
  keepSetting(context, folderKey, input.path);
  context.act(
    { action: 'backup.folder-changed', entity: 'vault', entityId: context.session().vault.id },
    () => undefined,
  );
  return status(context);
}

/** One set elsewhere, leaving the settings as they are: for the command line. */
export function writeTo(
  context: Context,
  input: EngineCalls['backup.writeTo']['input'],
): EngineCalls['backup.writeTo']['output'] {
  const { vault, accountId } = context.session();
  const { path, manifest } = vault.backup(input.path, context.ports.clock.now());
  context.act({ action: 'backup.written', entity: 'account', entityId: accountId }, () => undefined);
  return { path, madeAt: manifest.madeAt, objects: Object.keys(manifest.objects).length };
}

/** Is a backup set whole? Needs no passphrase. @throws AppError BACKUP_TORN, BACKUP_FROM_FUTURE. */
export function check(
  _context: Context,
  input: EngineCalls['tool.checkBackup']['input'],
): EngineCalls['tool.checkBackup']['output'] {
  const manifest = checkSet(input.path);
  return { madeAt: manifest.madeAt, objects: Object.keys(manifest.objects).length };
}

/** Reads everything there is: the database's own check, every sealed object, the whole audit chain. */
export function checkVault(context: Context): EngineCalls['vault.check']['output'] {
  const { vault } = context.session();
  const database =
    vault.read.get<{ integrity_check: string }>(sql`PRAGMA integrity_check`)?.integrity_check ?? '';
  const damaged: string[] = [];
  const objects = vault.read.all<{ id: string }>(sql`SELECT id FROM object ORDER BY id`);
  for (const { id } of objects) {
    try {
      vault.getObject(id);
    } catch {
      damaged.push(id);
    }
  }
  const brokenLink = firstBrokenLink(vault.read);
  return {
    whole: database === 'ok' && damaged.length === 0 && brokenLink === null,
    database: database === 'ok',
    objects: objects.length,
    damaged,
    brokenLink,
  };
}

/** A header that nobody can read lets nobody in: there is nothing left to protect from a restore. */
function hasReadableHeader(context: Context): boolean {
  try {
    return readHeader(context.vaultOptions.folder) !== null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_DAMAGED') return false;
    throw error;
  }
}

export async function restore(
  context: Context,
  input: EngineCalls['vault.restore']['input'],
): Promise<EngineCalls['vault.restore']['output']> {
  if (!context.metDamage && hasReadableHeader(context)) {
    context.session();
    if (context.describeSession().role !== 'administrator') throw new AppError('NOT_ALLOWED');
  }
  // Looked at before anybody is signed out for it.
  checkSet(input.path);
  lock(context);
  const aside = restoreSet(input.path, context.vaultOptions.folder, context.ports.clock.now());
  context.metDamage = false;
  return { keptAside: aside !== null };
}
