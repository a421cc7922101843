import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { createBackground } from './background.ts';
import type { WrittenBackup } from './backup-write.ts';
import type { VaultCheck } from './check.ts';
import { dropUnused } from './collect.ts';
import { databaseKey, databaseName, databasePath } from './database.ts';
import { guarded } from './faults.ts';
import { makeFolder } from './files.ts';
import {
  isCurrentSlot,
  type AccountSlot,
  type OldAccountSlot,
  type RecoverySlot,
  type VaultHeader,
} from './header.ts';
import type { JobKeys } from './job.ts';
import type { VaultLock } from './lock.ts';
import { clearMarker, setMarker } from './marker.ts';
import { settleNameKey } from './meta.ts';
import type { Chunks } from './object-format.ts';
import { openObjectStore } from './objects.ts';
import { newAccountKey, type AccountKey } from './recipient.ts';
import { newRecoveryKey } from './recovery-key.ts';
import { rekeyVault } from './rekey.ts';
import { newRecoverySlot, newSlot, openOldSlot, openSlot, type AccountName } from './slots.ts';
import { Connection, sql, type ReadDb, type WriteDb } from './sql.ts';
import {
  inTurn,
  modesFor,
  readInTurn,
  replaceHeader,
  requireOpen,
  type VaultOptions,
  type VaultState,
} from './state.ts';

/** An open vault: the database, its sealed objects and the lock that makes us its only owner. */
export interface Vault {
  readonly id: string;
  readonly read: ReadDb;
  /** The last owner did not close it: a power cut, a crash, a kill. */
  readonly uncleanExit: boolean;
  /** One transaction, fsynced when it returns. @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE, VAULT_DAMAGED. */
  write<T>(work: (db: WriteDb) => T): T;

  /**
   * Seals content beside the database; the row that points to it is written with `recordObject`. What is kept in the
   * ordinary way already (a row with its key in the database) is given back as it is and not sealed anew.
   * @param key 32 bytes of the caller's, for content that the data key alone must not open. Then the copy is one of
   * its own even where the same content is kept already: under another file name, its id being
   * "<SHA-256>.<16 digits>". Use the returned id; its first 64 characters are the hash. What the row records as `key`
   * is the caller's choice (that key, sealed): reading it back needs the explicit key.
   */
  putObject(content: Uint8Array, key?: Uint8Array): StoredObject;
  /** As `putObject`, for content of any size: one chunk of 64 KiB is held at a time. */
  putObjectFrom(chunks: Chunks, key?: Uint8Array): Promise<StoredObject>;
  /** @throws AppError NOT_FOUND; OBJECT_DAMAGED also when the key is not the right one. */
  getObject(id: string, key?: Uint8Array): Buffer;
  /** The content in parts of at most 64 KiB; see ObjectStore.read. */
  readObject(id: string, key?: Uint8Array): Iterable<Buffer>;
  /**
   * Drops the objects that no row points to any more: first their rows in one transaction, then their files.
   * @returns how many. Files that have no row at all stay. Does nothing while a backup may be copying them.
   */
  collect(): number;

  /**
   * What was deleted goes for good: `collect`, and then the log of changes is written into the database and emptied.
   * Deleted rows are overwritten in the database as they go (secure_delete); until then the log holds the pages of
   * before. Waits for a backup that reads just now.
   */
  wipe(): Promise<void>;

  /** The account's key pair, or null when the passphrase is not the right one. The caller wipes it. */
  openAccount(accountId: string, passphrase: string): Promise<AccountKey | null>;
  /** A slot with a new key pair for one more account. The caller wipes the key. */
  addAccountSlot(account: AccountName, passphrase: string): Promise<AccountKey>;
  /** The same key pair under a new passphrase. @throws AppError NOT_FOUND. */
  changeAccountPassphrase(accountId: string, accountKey: AccountKey, passphrase: string): Promise<void>;
  /** A new key pair under a new passphrase: what was sealed to the old one waits for `restoreAccountKey`. */
  resetAccount(accountId: string, passphrase: string): Promise<void>;
  /** Puts a key pair from elsewhere (a sealed copy) back into the account's slot. @throws AppError NOT_FOUND. */
  restoreAccountKey(accountId: string, accountKey: AccountKey, passphrase: string): Promise<void>;
  /** What opens this vault for the account goes; the data key stays. @throws AppError NOT_ALLOWED for the last slot. */
  dropSlot(accountId: string): Promise<void>;
  /** X25519, 32 bytes; null without a slot or with one from before key pairs. */
  publicKeyOf(accountId: string): Buffer | null;
  /** A new recovery key; the old one stops opening this vault (an old backup it still opens). */
  changeRecoveryKey(): Promise<string>;
  /**
   * A new data key, see rekey.ts. Needs nobody's passphrase. Objects keep their keys.
   * @throws AppError REKEY_NOT_READY {missing}; DISK_FULL and the like, and then all is as it was.
   */
  rekey(options?: { readonly without?: string }): Promise<void>;

  /** A verified backup set in `target`, made beside this thread; see backup-write.ts. */
  backup(target: string, at: Date): Promise<WrittenBackup>;
  /** SQLite's quick_check, beside this thread. false: damaged. */
  quickCheck(): Promise<boolean>;
  /** Everything read from end to end, beside this thread. */
  check(): Promise<VaultCheck>;
  header(): VaultHeader;
  close(): void;
}

/** What only unlock.ts may ask: slots that come of age when their owner opens them. */
export interface OpenVault extends Vault {
  replaceSlot(slot: AccountSlot): void;
  replaceRecovery(slot: RecoverySlot): void;
}

export interface StoredObject {
  readonly id: string;
  readonly key: Uint8Array;
  /** Bytes of content. */
  readonly size: number;
}

/** Takes possession of database, key and lock; on an error they are still the caller's, but for the database. */
export function build(
  options: VaultOptions,
  header: VaultHeader,
  dataKey: Buffer,
  db: Database.Database,
  lock: VaultLock,
): OpenVault {
  try {
    return opened(options, header, dataKey, db, lock);
  } catch (error) {
    db.close();
    throw error;
  }
}

function opened(
  options: VaultOptions,
  header: VaultHeader,
  dataKey: Buffer,
  db: Database.Database,
  lock: VaultLock,
): OpenVault {
  const modes = modesFor(options);
  const folder = join(options.folder, 'objects');
  guarded('objects', () => makeFolder(folder, modes));
  const objects = openObjectStore(
    folder,
    guarded(databaseName, () => settleNameKey(db, dataKey)),
    modes,
  );
  objects.clean();
  const uncleanExit = guarded('vault.open', () => setMarker(options.folder, modes));
  const connection = new Connection(db);
  const state: VaultState = {
    options,
    modes,
    lock,
    background: createBackground(),
    connection,
    objects,
    db,
    dataKey,
    header,
    commits: 0,
    closed: false,
    queue: Promise.resolve(),
    readers: Promise.resolve(),
    reading: null,
  };

  const database = databasePath(options.folder);
  const keys = (): JobKeys => ({ key: databaseKey(state.dataKey) });

  function kept(hash: string): StoredObject | null {
    const row = connection.get<{ key: Uint8Array; size: number }>(
      sql`SELECT key, size FROM object WHERE id = ${hash}`,
    );
    return row ? { id: hash, key: row.key, size: row.size } : null;
  }

  function located(id: string, key: Uint8Array | undefined): { id: string; key: Uint8Array } {
    const row = connection.get<{ key: Uint8Array }>(sql`SELECT key FROM object WHERE id = ${id}`);
    if (!row) throw new AppError('NOT_FOUND');
    return { id, key: key ?? row.key };
  }

  function slotOf(accountId: string): AccountSlot | OldAccountSlot {
    const slot = state.header.accounts.find((one) => one.accountId === accountId);
    if (!slot) throw new AppError('NOT_FOUND');
    return slot;
  }

  function replaceSlot(slot: AccountSlot): void {
    const others = state.header.accounts.filter((one) => one.accountId !== slot.accountId);
    replaceHeader(state, { ...state.header, accounts: [...others, slot] });
  }

  /** Sets what opens an account: this key pair under this passphrase. */
  const setSlot = (account: () => AccountName, key: AccountKey, passphrase: string): Promise<void> =>
    inTurn(state, async () => {
      const { id } = state.header;
      replaceSlot(await newSlot(id, account(), key, state.dataKey, passphrase, options.cost));
    });

  return {
    id: header.id,
    read: connection,
    uncleanExit,
    write(work) {
      state.commits += 1;
      return guarded(databaseName, () => connection.write(work));
    },
    putObject(content, key) {
      // What is kept already stays under its own key: sealing it anew would make the row that points to it useless.
      const hash = createHash('sha256').update(content).digest('hex');
      return (key ? null : kept(hash)) ?? objects.put(content, key);
    },
    async putObjectFrom(chunks, key) {
      const made = await objects.putFrom(chunks, key);
      const before = key ? null : kept(made.id.slice(0, 64));
      if (before && before.id !== made.id) objects.remove(made.id);
      return before ?? made;
    },
    getObject: (id, key) => objects.get(located(id, key)),
    readObject: (id, key) => objects.read(located(id, key)),
    collect() {
      if (state.reading) return 0;
      state.commits += 1;
      const ids = guarded(databaseName, () => dropUnused(state.db));
      for (const id of ids) objects.remove(id);
      return ids.length;
    },
    wipe: () =>
      inTurn(state, async () => {
        await state.reading;
        requireOpen(state);
        state.commits += 1;
        const ids = guarded(databaseName, () => dropUnused(state.db));
        for (const id of ids) objects.remove(id);
        guarded(databaseName, () => state.db.pragma('wal_checkpoint(TRUNCATE)'));
      }),
    async openAccount(accountId, passphrase) {
      const slot = state.header.accounts.find((one) => one.accountId === accountId);
      if (!slot) return null;
      if (isCurrentSlot(slot)) return openSlot(header.id, slot, passphrase);
      const held = await openOldSlot(header.id, slot, passphrase);
      if (!held) return null;
      held.fill(0);
      const accountKey = newAccountKey();
      await setSlot(() => slotOf(accountId), accountKey, passphrase);
      return accountKey;
    },
    async addAccountSlot(account, passphrase) {
      const accountKey = newAccountKey();
      await setSlot(() => account, accountKey, passphrase);
      return accountKey;
    },
    changeAccountPassphrase(accountId, accountKey, passphrase) {
      return setSlot(
        () => {
          const slot = slotOf(accountId);
          if (isCurrentSlot(slot) && slot.publicKey !== accountKey.publicKey.toString('base64'))
            throw new RangeError('not the key pair of this account');
          return slot;
        },
        accountKey,
        passphrase,
      );
    },
    async resetAccount(accountId, passphrase) {
      const accountKey = newAccountKey();
      try {
        await setSlot(() => slotOf(accountId), accountKey, passphrase);
      } finally {
        accountKey.privateKey.fill(0);
      }
    },
    restoreAccountKey: (accountId, accountKey, passphrase) =>
      setSlot(() => slotOf(accountId), accountKey, passphrase),
    dropSlot: (accountId) =>
      inTurn(state, async () => {
        const accounts = state.header.accounts.filter((one) => one.accountId !== accountId);
        if (accounts.length === 0) throw new AppError('NOT_ALLOWED');
        if (accounts.length < state.header.accounts.length)
          replaceHeader(state, { ...state.header, accounts });
      }),
    publicKeyOf(accountId) {
      const slot = state.header.accounts.find((one) => one.accountId === accountId);
      return slot && isCurrentSlot(slot) ? Buffer.from(slot.publicKey, 'base64') : null;
    },
    changeRecoveryKey: () =>
      inTurn(state, async () => {
        const recoveryKey = newRecoveryKey();
        const recovery = newRecoverySlot(header.id, recoveryKey, state.dataKey);
        replaceHeader(state, { ...state.header, recovery });
        return recoveryKey;
      }),
    rekey: (request) => inTurn(state, () => rekeyVault(state, request?.without)),
    backup(target, at) {
      const order = () => ({
        vaultId: header.id,
        header: JSON.stringify(state.header, null, 2),
        database,
        objects: folder,
        target,
        at,
        modes,
      });
      return readInTurn(state, () => state.background.run('backup', order(), keys));
    },
    quickCheck: () => readInTurn(state, () => state.background.run('quickCheck', { database }, keys)),
    check: () => readInTurn(state, () => state.background.run('check', { database, objects: folder }, keys)),
    header: () => state.header,
    close() {
      if (state.closed) return;
      state.closed = true;
      // Whatever fails on the way, the keys go and the vault is free for the next to open it.
      try {
        state.background.stop();
        guarded(databaseName, () => state.db.close());
        clearMarker(options.folder);
      } finally {
        state.dataKey.fill(0);
        lock.release();
      }
    },
    replaceSlot,
    replaceRecovery: (recovery) => replaceHeader(state, { ...state.header, recovery }),
  };
}

/** Makes a sealed object part of the vault, inside the transaction that points to it. */
export function recordObject(db: WriteDb, object: StoredObject, at: string): void {
  db.run(
    sql`INSERT INTO object (id, key, size, created_at) VALUES (${object.id}, ${object.key}, ${object.size}, ${at}) ON CONFLICT DO NOTHING`,
  );
}
