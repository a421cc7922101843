import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepBefore } from '../../src/main/core/vault/before-migration.ts';
import { compareDatabases } from '../../src/main/core/vault/compare.ts';
import { databaseKey, openBare } from '../../src/main/core/vault/database.ts';
import { commitCreation, createVault, unlockVault } from '../../src/main/core/vault/index.ts';
import { migrate, migrations, schemaVersion, type Migration } from '../../src/main/core/vault/migrate.ts';
import { modesOf } from '../../src/main/core/vault/modes.ts';
import { sql } from '../../src/main/core/vault/sql.ts';
import { canMount, smallDisk } from '../fixtures/mounts.ts';
import { account, makeOldVault, newPlace, passphrase, type Place } from '../unit/vault/support.ts';
import { databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(10);
});
afterEach(() => old.remove());

const step = (version: number, up: Migration['up']): Migration => ({ version, up });

describe('migrations', () => {
  it('are numbered in tens, upwards', () => {
    const versions = migrations.map((one) => one.version);
    expect(versions.every((version) => version % 10 === 0)).toBe(true);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  });

  it('lead from every older version to the same schema as a new vault has', () => {
    const schema = ({ db }: OldDatabase): unknown =>
      db
        .prepare(
          "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2",
        )
        .all();
    const fresh = databaseOfVersion(schemaVersion);
    try {
      for (const { version } of migrations) {
        const from = databaseOfVersion(version);
        from.migrate();
        expect(schema(from)).toEqual(schema(fresh));
        from.remove();
      }
    } finally {
      fresh.remove();
    }
  });

  it('happen as a whole or not at all', () => {
    const failing = step(15, (db) => {
      db.run(sql`CREATE TABLE half (a)`);
      throw new Error('power cut');
    });
    expect(() => migrate(old.db, () => undefined, [...migrations.slice(0, 1), failing])).toThrow('power cut');
    expect(old.db.pragma('user_version', { simple: true })).toBe(10);
    expect(old.db.prepare("SELECT * FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
  });

  it('do not leave a row pointing nowhere', () => {
    old.db.exec("INSERT INTO account VALUES ('a', 'a', 'staff', '', '', '', '', '', '', '', 'now', NULL)");
    old.db.exec("INSERT INTO policy_acknowledgement VALUES ('a', '1', 'id', 'now')");
    const careless = step(15, (db) => void db.run(sql`DELETE FROM account`));
    expect(() => migrate(old.db, () => undefined, [...migrations.slice(0, 1), careless])).toThrow(
      'VAULT_DAMAGED',
    );
    expect(old.db.prepare('SELECT id FROM account').all()).toEqual([{ id: 'a' }]);
  });

  it('of a later program are refused before anything is asked or touched', () => {
    old.db.pragma('user_version = 99990');
    expect(() =>
      migrate(old.db, () => {
        throw new Error('asked');
      }),
    ).toThrow('VAULT_FROM_FUTURE');
  });
});

describe('before a migration', () => {
  let place: Place;
  beforeEach(() => {
    place = newPlace();
  });
  afterEach(() => place.remove());
  const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
  const files = (): string[] =>
    readdirSync(place.options.folder)
      .filter((name) => name.includes('.before-'))
      .toSorted(byNumber);

  /** Every step from there on. */
  const steps = migrations.map((one) => one.version).filter((version) => version > 10);

  /** A whole vault whose database is of version 10. */
  async function oldVault(folder = place.options.folder): Promise<Uint8Array> {
    const { dataKey } = await makeOldVault({ ...place.options, folder }, [{ ...account, passphrase }]);
    const key = databaseKey(dataKey);
    old.db.exec("INSERT OR IGNORE INTO meta VALUES ('kenari', 'KENARI')");
    old.db.pragma('wal_checkpoint(TRUNCATE)');
    old.db.pragma('journal_mode = DELETE');
    const hexadecimal = Buffer.from(key).toString('hex');
    old.db.rekey(Buffer.from(`x'${hexadecimal}'`));
    old.db.close();
    copyFileSync(old.path, join(folder, 'letters.db'));
    return key;
  }

  it('a verified copy of database and header is kept until the next proper start', async () => {
    const key = await oldVault();
    const header = readFileSync(join(place.options.folder, 'vault.json'), 'utf8');
    const first = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(first.read.get(sql`PRAGMA user_version`)).toEqual({ user_version: schemaVersion });
    expect(files()).toEqual(
      steps
        .map((step) => `letters.db.before-${step}`)
        .concat(steps.map((step) => `vault.json.before-${step}`))
        .toSorted(byNumber),
    );
    const copy = openBare(join(place.options.folder, `letters.db.before-${steps[0]}`), key);
    expect(copy.pragma('user_version', { simple: true })).toBe(10);
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'kenari'").pluck().get()).toBe('KENARI');
    copy.close();
    expect(readFileSync(join(place.options.folder, `vault.json.before-${steps[0]}`), 'utf8')).toBe(header);
    first.close();

    // After an unclean end it may still be needed.
    writeFileSync(join(place.options.folder, 'vault.open'), '');
    const second = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(files()).toHaveLength(2 * steps.length);
    second.close();
    const third = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(files()).toEqual([]);
    expect(third.read.get(sql`SELECT value FROM meta WHERE key = 'kenari'`)).toEqual({ value: 'KENARI' });
    third.close();
  });

  it('put back, the copy opens again as if nothing had been', async () => {
    const key = await oldVault();
    (await unlockVault(place.options, account.accountId, passphrase)).vault.close();
    const restored = join(place.root, 'kembali');
    mkdirSync(restored);
    for (const name of files().filter((one) => one.endsWith(`-${steps[0]}`)))
      copyFileSync(join(place.options.folder, name), join(restored, name.replace(/\.before-\d+$/, '')));
    const original = openBare(join(restored, 'letters.db'), key);
    expect(original.pragma('user_version', { simple: true })).toBe(10);
    original.close();
    const again = (await unlockVault({ ...place.options, folder: restored }, account.accountId, passphrase))
      .vault;
    expect(again.read.get(sql`SELECT value FROM meta WHERE key = 'kenari'`)).toEqual({ value: 'KENARI' });
    again.close();
  });

  it('a copy for each step stays, and no half one', async () => {
    const key = await oldVault();
    const { folder } = place.options;
    keepBefore(folder, 15, key, modesOf(false));
    writeFileSync(join(folder, 'letters.db.before-17.new'), 'half');
    keepBefore(folder, 18, key, modesOf(false));
    expect(files()).toEqual([
      'letters.db.before-15',
      'letters.db.before-18',
      'vault.json.before-15',
      'vault.json.before-18',
    ]);
    const [one, two] = [join(folder, 'letters.db'), join(folder, 'letters.db.before-18')].map((path) =>
      openBare(path, key),
    );
    if (!one || !two) throw new Error('not there');
    expect('rows' in compareDatabases(one, two)).toBe(true);
    one.close();
    two.close();
  });

  it('a new vault makes no copy of nothing', async () => {
    const { vault } = await createVault(place.options, account, passphrase);
    commitCreation(place.options, vault);
    vault.close();
    expect(files()).toEqual([]);
  });

  it.skipIf(!canMount)('without room for the copy nothing is migrated (needs root to mount)', async () => {
    // A copy for each step has to find room in the end.
    const room = 700 * steps.length;
    const disk = smallDisk(room);
    if (!disk) throw new Error('cannot mount');
    try {
      const folder = join(disk.path, 'vault');
      const key = await oldVault(folder);
      const size = statSync(join(folder, 'letters.db')).size;
      // Room for the log of an opening, not for another copy.
      writeFileSync(join(disk.path, 'pengisi'), Buffer.alloc(room * 1024 - size - 4096 * 30));
      await expect(
        unlockVault({ ...place.options, folder }, account.accountId, passphrase),
      ).rejects.toMatchObject({
        code: 'DISK_FULL',
      });
      expect(existsSync(join(folder, `letters.db.before-${schemaVersion}`))).toBe(false);
      rmSync(join(disk.path, 'pengisi'));
      const untouched = openBare(join(folder, 'letters.db'), key);
      expect(untouched.pragma('user_version', { simple: true })).toBe(10);
      untouched.close();
      (await unlockVault({ ...place.options, folder }, account.accountId, passphrase)).vault.close();
    } finally {
      disk.remove();
    }
  });
});
