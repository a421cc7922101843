import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { setName, type BackupManifest } from './backup.ts';
import { writeBackup } from './backup-write.ts';
import { guarded, storageFault } from './faults.ts';
import {
  headerPath,
  headerVersion,
  readHeader,
  writeHeader,
  type AccountSlot,
  type VaultHeader,
} from './header.ts';
import { requireLocalFolder, takeLock, type VaultLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { openObjectStore, type ObjectStore } from './objects.ts';
import { newRecoveryKey, readRecoveryKey } from './recovery-key.ts';
import { openSealedKey, sealWithPassphrase, sealWithRecovery, type KdfCost } from './sealing.ts';
import { Connection, sql, type ReadDb, type WriteDb } from './sql.ts';

const databaseName = 'letters.db';
const databaseFiles = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`];

/** An open vault: the database, its sealed objects and the lock that makes us its only owner. */
export interface Vault {
  readonly id: string;
  readonly read: ReadDb;
  /** One transaction, fsynced when it returns. @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE, VAULT_DAMAGED. */
  write<T>(work: (db: WriteDb) => T): T;
  /** Seals content beside the database; the row that points to it is written with `recordObject`. */
  putObject(content: Uint8Array): StoredObject;
  getObject(id: string): Buffer;
  /** A slot for one more account, under a passphrase of its own. */
  addAccountSlot(account: Pick<AccountSlot, 'accountId' | 'username'>, passphrase: string): Promise<void>;
  changeAccountPassphrase(accountId: string, passphrase: string): Promise<void>;
  /** Does this passphrase open that account's slot? */
  opensWith(accountId: string, passphrase: string): Promise<boolean>;
  /** A new recovery key; the old one stops opening this vault. */
  changeRecoveryKey(): Promise<string>;
  /** A verified backup set in `target`, see backup-write.ts. Blocks until it is written. */
  backup(target: string, at: Date): { readonly path: string; readonly manifest: BackupManifest };
  header(): VaultHeader;
  close(): void;
}

export interface StoredObject {
  readonly id: string;
  readonly key: Uint8Array;
  readonly size: number;
}

const slotPurpose = (vaultId: string, slot: string): string => `eletter-vault|${vaultId}|${slot}`;
const subkey = (dataKey: Uint8Array, use: string): Buffer =>
  createHmac('sha256', dataKey).update(use).digest();

/** Opens the database in the one order that SQLCipher's scheme allows (key first), durable and in memory for temps. */
function openDatabase(path: string, dataKey: Uint8Array, create: boolean): Database.Database {
  const db = new Database(path, { fileMustExist: !create });
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    // Through key(), never a pragma string: a pragma's text can end in a log or a trace.
    db.key(Buffer.from(`x'${Buffer.from(subkey(dataKey, 'database')).toString('hex')}'`));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('temp_store = MEMORY');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    // An empty file opens with any key; where a header promises a vault, that is damage and not a new beginning.
    const empty = Number(db.pragma('user_version', { simple: true })) === 0;
    if (empty && !create) throw new AppError('VAULT_DAMAGED', { part: databaseName });
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export interface VaultOptions {
  readonly folder: string;
  readonly cost: KdfCost;
  readonly now: Date;
}

/**
 * Makes a vault with a fresh random 256-bit data key, wrapped for its first account and for a recovery key.
 * Nothing is left behind when it fails.
 * @returns the open vault and the recovery key, which exists nowhere else.
 */
export async function createVault(
  options: VaultOptions,
  account: { readonly accountId: string; readonly username: string },
  passphrase: string,
): Promise<{ vault: Vault; recoveryKey: string }> {
  const { folder } = options;
  requireLocalFolder(folder);
  if (readHeader(folder)) throw new AppError('VAULT_EXISTS');
  const lock = takeLock(folder);
  try {
    // Asked again under the lock: another process may have finished its own creation meanwhile.
    if (readHeader(folder)) throw new AppError('VAULT_EXISTS');
    const id = randomUUID();
    const dataKey = randomBytes(32);
    const recoveryKey = newRecoveryKey();
    const header: VaultHeader = {
      format: 'eletter-vault',
      version: headerVersion,
      id,
      createdAt: options.now.toISOString(),
      accounts: [
        {
          ...account,
          key: await sealWithPassphrase(
            passphrase,
            dataKey,
            slotPurpose(id, account.accountId),
            options.cost,
          ),
        },
      ],
      recovery: await sealWithRecovery(recoveryKey, dataKey, slotPurpose(id, 'recovery')),
    };
    setOrphanAside(folder, options.now);
    const db = guarded(databaseName, () => openDatabase(join(folder, databaseName), dataKey, true));
    const vault = build(options, header, dataKey, db, lock);
    return { vault, recoveryKey };
  } catch (error) {
    if (!existsSync(headerPath(folder))) removeUnfinished(folder);
    lock.release();
    throw storageFault(error, databaseName);
  }
}

/** Writes the header of a vault just made: from here on it exists. */
export function commitCreation(options: VaultOptions, vault: Vault): void {
  writeHeader(options.folder, vault.header());
}

/** Takes back a creation that could not be finished: the header first, so that no vault is promised. */
export function abandonCreation(options: VaultOptions, vault: Vault): void {
  rmSync(headerPath(options.folder), { force: true });
  vault.close();
  removeUnfinished(options.folder);
}

/** Removes the database that this very creation has made. */
function removeUnfinished(folder: string): void {
  for (const name of databaseFiles) rmSync(join(folder, name), { force: true });
}

/** A database without a header may be the rest of a creation that died, or a vault whose header got lost: kept. */
function setOrphanAside(folder: string, at: Date): void {
  for (const name of databaseFiles) {
    const path = join(folder, name);
    if (existsSync(path)) renameSync(path, `${path}.orphan-${setName(at)}`);
  }
}

/** @throws AppError PASSPHRASE_WRONG, VAULT_MISSING, VAULT_IN_USE, VAULT_DAMAGED, VAULT_FROM_FUTURE. */
export async function unlockVault(
  options: VaultOptions,
  accountId: string,
  passphrase: string,
): Promise<Vault> {
  const header = requireHeader(options.folder);
  const slot = header.accounts.find((one) => one.accountId === accountId);
  const dataKey = slot
    ? await openSealedKey(passphrase, slot.key, slotPurpose(header.id, slot.accountId))
    : null;
  if (!dataKey) throw new AppError('PASSPHRASE_WRONG');
  return openWith(options, header, dataKey);
}

/** Opens with the printed recovery key. @throws AppError RECOVERY_KEY_WRONG, and as unlockVault. */
export async function unlockVaultByRecovery(options: VaultOptions, recoveryKey: string): Promise<Vault> {
  const header = requireHeader(options.folder);
  const typed = readRecoveryKey(recoveryKey);
  if (!typed) throw new AppError('RECOVERY_KEY_MISTYPED');
  const dataKey = await openSealedKey(typed, header.recovery, slotPurpose(header.id, 'recovery'));
  if (!dataKey) throw new AppError('RECOVERY_KEY_WRONG');
  return openWith(options, header, dataKey);
}

function requireHeader(folder: string): VaultHeader {
  const header = readHeader(folder);
  if (!header) throw new AppError('VAULT_MISSING');
  return header;
}

function openWith(options: VaultOptions, header: VaultHeader, dataKey: Buffer): Vault {
  const path = join(options.folder, databaseName);
  requireLocalFolder(options.folder);
  const lock = takeLock(options.folder);
  try {
    if (!existsSync(path)) throw new AppError('VAULT_DAMAGED', { part: databaseName });
    // Read again under the lock: a slot that another process changed meanwhile must not be written back.
    const current = requireHeader(options.folder);
    if (current.id !== header.id) throw new AppError('VAULT_DAMAGED', { part: 'vault.json' });
    const db = guarded(databaseName, () => openDatabase(path, dataKey, false));
    return build(options, current, dataKey, db, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function build(
  options: VaultOptions,
  firstHeader: VaultHeader,
  dataKey: Buffer,
  db: Database.Database,
  lock: VaultLock,
): Vault {
  const connection = new Connection(db);
  const folder = join(options.folder, 'objects');
  guarded('objects', () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const objects: ObjectStore = openObjectStore(folder, subkey(dataKey, 'object names'));
  objects.clean();
  let header = firstHeader;

  async function setSlot(
    account: Pick<AccountSlot, 'accountId' | 'username'>,
    passphrase: string,
  ): Promise<void> {
    const key = await sealWithPassphrase(
      passphrase,
      dataKey,
      slotPurpose(header.id, account.accountId),
      options.cost,
    );
    const others = header.accounts.filter((slot) => slot.accountId !== account.accountId);
    const next: VaultHeader = { ...header, accounts: [...others, { ...account, key }] };
    writeHeader(options.folder, next);
    header = next;
  }

  return {
    id: header.id,
    read: connection,
    write: (work) => guarded(databaseName, () => connection.write(work)),
    putObject(content) {
      // What is kept already stays under its own key: sealing it anew would make the row that points to it useless.
      const id = createHash('sha256').update(content).digest('hex');
      const kept = connection.get<{ key: Uint8Array; size: number }>(
        sql`SELECT key, size FROM object WHERE id = ${id}`,
      );
      return kept ? { id, key: kept.key, size: kept.size } : objects.put(content);
    },
    getObject(id) {
      const row = connection.get<{ key: Uint8Array }>(sql`SELECT key FROM object WHERE id = ${id}`);
      if (!row) throw new AppError('NOT_FOUND');
      return objects.get({ id, key: row.key });
    },
    addAccountSlot: setSlot,
    async changeAccountPassphrase(accountId, passphrase) {
      const slot = header.accounts.find((one) => one.accountId === accountId);
      if (!slot) throw new AppError('NOT_FOUND');
      await setSlot(slot, passphrase);
    },
    async opensWith(accountId, passphrase) {
      const slot = header.accounts.find((one) => one.accountId === accountId);
      const key = slot && (await openSealedKey(passphrase, slot.key, slotPurpose(header.id, accountId)));
      key?.fill(0);
      return Boolean(key);
    },
    async changeRecoveryKey() {
      const recoveryKey = newRecoveryKey();
      const recovery = await sealWithRecovery(recoveryKey, dataKey, slotPurpose(header.id, 'recovery'));
      const next: VaultHeader = { ...header, recovery };
      writeHeader(options.folder, next);
      header = next;
      return recoveryKey;
    },
    backup(target, at) {
      const ids = connection.all<{ id: string }>(sql`SELECT id FROM object`);
      const located = ids.map(({ id }) => objects.locate(id));
      const source = {
        db,
        openCopy: (path: string) => openDatabase(path, dataKey, false),
        header,
        objects: new Map(located.map(({ name, path }) => [name, path])),
      };
      return writeBackup(source, target, at);
    },
    header: () => header,
    close() {
      db.close();
      dataKey.fill(0);
      lock.release();
    },
  };
}

/** Makes a sealed object part of the vault, inside the transaction that points to it. */
export function recordObject(db: WriteDb, object: StoredObject, at: string): void {
  db.run(
    sql`INSERT INTO object (id, key, size, created_at) VALUES (${object.id}, ${object.key}, ${object.size}, ${at}) ON CONFLICT DO NOTHING`,
  );
}
