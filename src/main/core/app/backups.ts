import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineCalls } from '../contract/api.ts';
import { appendAudit, firstBrokenLink } from '../audit/index.ts';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import type { BackupStatus } from '../contract/people.ts';
import {
  checkSet,
  listSets,
  readHeader,
  restoreSet,
  salvageVault,
  sql,
  storageFault,
  unlockVault,
  type Vault,
} from '../vault/index.ts';
import { anchorDaily } from './auditing.ts';
import type { Context } from './context.ts';
import { seal } from './locking.ts';
import { noteRestore } from './restored.ts';

/** Backups: daily by themselves, at once when asked, and back again. */
const folderKey = 'backup-folder';
const failureKey = 'backup-failure';
/** A day, less what a morning's start may come earlier than yesterday's. */
const dailyAfter = 20 * 3_600_000;

/** The vault behind a locked screen counts too: backups go on there. */
function requireVault(context: Context): Vault {
  if (!context.vault) throw new AppError('VAULT_LOCKED');
  return context.vault;
}

function setting(context: Context, key: string): string | null {
  const row = requireVault(context).read.get<{ value: string }>(
    sql`SELECT value FROM meta WHERE key = ${key}`,
  );
  return row?.value ?? null;
}

function keepSetting(context: Context, key: string, value: string | null): void {
  requireVault(context).write((db) => {
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
  const vaultId = requireVault(context).id;
  return {
    folder,
    sets: listSets(folder)
      .filter((set) => set.manifest.vaultId === vaultId)
      .map((set) => set.manifest.madeAt)
      .toReversed(),
    failure: setting(context, failureKey) as ErrorCode | null,
  };
}

async function write(context: Context): Promise<void> {
  const vault = requireVault(context);
  // Whoever is at work when it is done need not be the one who asked.
  const actorId = context.openSession?.accountId ?? null;
  try {
    const chosen = setting(context, folderKey);
    // A drive that is not there must not become a folder of that name on this disk.
    if (chosen !== null && !existsSync(chosen)) throw new AppError('FOLDER_NOT_WRITABLE');
    await vault.backup(folderOf(context), context.ports.clock.now());
    keepSetting(context, failureKey, null);
  } catch (thrown) {
    const error = storageFault(thrown, 'backup');
    if (context.vault === vault)
      keepSetting(context, failureKey, error instanceof AppError ? error.code : 'INTERNAL');
    throw error;
  }
  noteWritten(context, actorId);
  anchorDaily(context, folderOf(context));
}

/** Behind a locked screen the application itself acted. */
function noteWritten(context: Context, actorId: string | null): void {
  const vault = requireVault(context);
  const at = context.ports.clock.now();
  vault.write((db) =>
    appendAudit(db, { at, actorId, action: 'backup.written', entity: 'vault', entityId: vault.id }),
  );
}

export async function run(context: Context): Promise<BackupStatus> {
  await write(context);
  return status(context);
}

/** When the newest set is a day old. A failure is kept for the screen and never stands in the way. */
async function backUpDaily(context: Context): Promise<void> {
  // Sealed meanwhile: the next unlock will do it.
  if (!context.vault) return;
  try {
    const [newest] = status(context).sets;
    const now = context.ports.clock.now().getTime();
    if (newest !== undefined && now - Date.parse(newest) < dailyAfter) return;
    context.vault.collect();
    await write(context);
  } catch (error) {
    context.ports.logger.error('backup failed', {}, error);
  }
}

/** The daily backup, once the unlock that asked for it has been answered. Nobody waits for it. */
export function backUpLater(context: Context): void {
  context.behind(new Promise((resolve) => setImmediate(resolve)).then(() => backUpDaily(context)));
}

/** Behind a locked screen. */
export function backUpInBackground(context: Context): void {
  context.behind(backUpDaily(context));
}

/** After a power cut or a crash the database is read through, beside everything else; the person is told what is wrong. */
export function checkLater(context: Context): void {
  const { vault } = context;
  if (!vault?.uncleanExit || context.checked === vault) return;
  context.checked = vault;
  vault.quickCheck().then(
    (whole) => {
      if (whole) return;
      context.metDamage = true;
      context.ports.emit({ type: 'damaged' });
      context.ports.logger.error('quick check failed', {});
    },
    (error: unknown) => context.ports.logger.error('quick check not done', {}, error),
  );
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
export async function writeTo(
  context: Context,
  input: EngineCalls['backup.writeTo']['input'],
): Promise<EngineCalls['backup.writeTo']['output']> {
  const { vault, accountId } = context.session();
  const { path, manifest, objects } = await vault.backup(input.path, context.ports.clock.now());
  noteWritten(context, accountId);
  anchorDaily(context, input.path);
  return { path, madeAt: manifest.madeAt, objects };
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
export async function checkVault(context: Context): Promise<EngineCalls['vault.check']['output']> {
  const { vault } = context.session();
  const found = await vault.check();
  const brokenLink = firstBrokenLink(vault.read);
  return { ...found, whole: found.database && found.damaged.length === 0 && brokenLink === null, brokenLink };
}

/**
 * Puts what can still be read of a damaged database in its place; the damaged one is kept beside it.
 * @throws AppError NOT_ALLOWED unless the vault has just turned out to be damaged; VAULT_DAMAGED when nothing opens.
 */
export async function salvage(
  context: Context,
  input: EngineCalls['vault.salvage']['input'],
): Promise<EngineCalls['vault.salvage']['output']> {
  if (!context.metDamage) throw new AppError('NOT_ALLOWED');
  seal(context);
  const { rows } = await salvageVault(context.vaultOptions, input);
  context.metDamage = false;
  const tables = Object.entries(rows).map(([name, { saved, whole }]) => ({ name, saved, whole }));
  const lost = tables.filter((one) => !one.whole).map((one) => one.name);
  context.ports.logger.info('vault salvaged', { lost: lost.length });
  await noteSalvaged(context, input, lost);
  return { tables };
}

/** The log says that it may lack entries, before anybody relies on it again. */
async function noteSalvaged(
  context: Context,
  { accountId, passphrase }: EngineCalls['vault.salvage']['input'],
  lost: readonly string[],
): Promise<void> {
  const { vault, accountKey } = await unlockVault(context.vaultOptions, accountId, passphrase);
  accountKey.privateKey.fill(0);
  try {
    const at = context.ports.clock.now();
    const act = { action: 'vault.salvaged', entity: 'vault', entityId: vault.id };
    vault.write((db) => appendAudit(db, { at, actorId: accountId, ...act, facts: { lost: lost.join(' ') } }));
  } finally {
    vault.close();
  }
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
    if (!context.me().roles.includes('administrator')) throw new AppError('NOT_ALLOWED');
  }
  // Looked at before anybody is signed out for it.
  const set = checkSet(input.path);
  const by = context.openSession?.accountId ?? null;
  seal(context);
  const aside = restoreSet(input.path, context.vaultOptions.folder, context.ports.clock.now());
  noteRestore(context, set, by);
  context.metDamage = false;
  return { keptAside: aside !== null };
}
