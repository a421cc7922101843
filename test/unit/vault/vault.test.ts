import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireLocalFolder } from '../../../src/main/core/vault/lock.ts';
import { schemaVersion } from '../../../src/main/core/vault/migrate.ts';
import { modesOf } from '../../../src/main/core/vault/modes.ts';
import { newRecoveryKey } from '../../../src/main/core/vault/recovery-key.ts';
import { sql } from '../../../src/main/core/vault/sql.ts';
import {
  commitCreation,
  createVault,
  recordObject,
  unlockVault,
  unlockVaultByRecovery,
  type Vault,
  type VaultOptions,
} from '../../../src/main/core/vault/index.ts';
import { canMount, smallDisk } from '../../fixtures/mounts.ts';

const account = { accountId: 'a-1', username: 'siti' };
const passphrase = 'sandi yang panjang';
let folder: string;
let options: VaultOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-vault-'));
  options = { folder, cost: { memory: 256, passes: 1 }, now: new Date('2026-11-22T03:00:00Z') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function made(): Promise<{ vault: Vault; recoveryKey: string }> {
  const result = await createVault(options, account, passphrase);
  result.vault.write((db) => db.run(sql`INSERT INTO meta VALUES ('canary', 'KENARI-7391')`));
  commitCreation(options, result.vault);
  return result;
}

const canary = (vault: Vault): string | undefined =>
  vault.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = 'canary'`)?.value;

describe('a vault', () => {
  it('opens with the passphrase and with the recovery key, and with nothing else', async () => {
    const { vault, recoveryKey } = await made();
    vault.close();
    const { vault: again } = await unlockVault(options, account.accountId, passphrase);
    expect(canary(again)).toBe('KENARI-7391');
    again.close();
    const recovered = await unlockVaultByRecovery(options, recoveryKey.toLowerCase());
    expect(canary(recovered)).toBe('KENARI-7391');
    recovered.close();
    await expect(unlockVault(options, account.accountId, `${passphrase}.`)).rejects.toThrow(
      'PASSPHRASE_WRONG',
    );
    await expect(unlockVault(options, 'a-2', passphrase)).rejects.toThrow('PASSPHRASE_WRONG');
    await expect(unlockVaultByRecovery(options, recoveryKey.slice(1))).rejects.toThrow(
      'RECOVERY_KEY_MISTYPED',
    );
    await expect(unlockVaultByRecovery(options, newRecoveryKey())).rejects.toThrow('RECOVERY_KEY_WRONG');
  });

  it('holds no readable text, in the database or its log', async () => {
    const { vault } = await made();
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) continue;
      const bytes = readFileSync(path);
      expect(bytes.includes('KENARI'), name).toBe(false);
      if (name === 'letters.db') expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    }
    vault.close();
  });

  it('writes with synchronous=FULL in WAL mode, keeps 64 MiB of pages and no temporary file', async () => {
    const { vault } = await made();
    expect(vault.read.get(sql`PRAGMA synchronous`)).toEqual({ synchronous: 2 });
    expect(vault.read.get(sql`PRAGMA journal_mode`)).toEqual({ journal_mode: 'wal' });
    expect(vault.read.get(sql`PRAGMA cache_size`)).toEqual({ cache_size: -65_536 });
    expect(vault.read.get(sql`PRAGMA foreign_keys`)).toEqual({ foreign_keys: 1 });
    expect(vault.read.get(sql`PRAGMA temp_store`)).toEqual({ temp_store: 2 });
    vault.close();
  });

  it('has one owner: another process is refused with a code', async () => {
    const { vault } = await made();
    await expect(unlockVault(options, account.accountId, passphrase)).rejects.toThrow('VAULT_IN_USE');
    const source = join(import.meta.dirname, '../../../src/main/core/vault/index.ts');
    const script = `import { unlockVault } from ${JSON.stringify(source)};
      await unlockVault({ folder: ${JSON.stringify(folder)}, cost: { memory: 256, passes: 1 }, now: new Date() }, 'a-1', ${JSON.stringify(passphrase)})
        .then(() => console.log('opened'), (error) => console.log(error.code));`;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(other.stdout.trim()).toBe('VAULT_IN_USE');
    vault.close();
  });

  it('is not there until its creation was committed', async () => {
    const { vault } = await createVault(options, account, passphrase);
    vault.close();
    await expect(unlockVault(options, account.accountId, passphrase)).rejects.toThrow('VAULT_MISSING');
    const second = await made();
    expect(canary(second.vault)).toBe('KENARI-7391');
    second.vault.close();
    await expect(createVault(options, account, passphrase)).rejects.toThrow('VAULT_EXISTS');
  });

  it('from a newer version is refused untouched', async () => {
    const { vault } = await made();
    vault.write((db) => db.run(sql`PRAGMA user_version = 99990`));
    vault.close();
    const before = readFileSync(join(folder, 'letters.db'));
    await expect(unlockVault(options, account.accountId, passphrase)).rejects.toMatchObject({
      code: 'VAULT_FROM_FUTURE',
      params: { found: 99_990, known: schemaVersion },
    });
    expect(readFileSync(join(folder, 'letters.db')).equals(before)).toBe(true);
    const header = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as object;
    writeFileSync(join(folder, 'vault.json'), JSON.stringify({ ...header, version: 3 }));
    await expect(unlockVault(options, account.accountId, passphrase)).rejects.toThrow('VAULT_FROM_FUTURE');
  });

  it.each([
    ['a header that is no JSON', () => writeFileSync(join(folder, 'vault.json'), '{"format":')],
    [
      'a header with missing parts',
      () => writeFileSync(join(folder, 'vault.json'), '{"format":"eletter-vault","version":1}'),
    ],
    ['an empty database', () => truncateSync(join(folder, 'letters.db'), 0)],
    ['a cut database', () => truncateSync(join(folder, 'letters.db'), 5000)],
    ['a database that is gone', () => rmSync(join(folder, 'letters.db'))],
    ['a database of somebody else', () => writeFileSync(join(folder, 'letters.db'), Buffer.alloc(8192, 3))],
  ])('with %s says VAULT_DAMAGED and deletes nothing', async (_name, damage) => {
    const { vault } = await made();
    vault.close();
    damage();
    const before = readdirSync(folder).filter((name) => !name.endsWith('-wal') && !name.endsWith('-shm'));
    await expect(unlockVault(options, account.accountId, passphrase)).rejects.toThrow('VAULT_DAMAGED');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(before));
  });

  it('keeps rows only if the whole transaction went through', async () => {
    const { vault } = await made();
    expect(() =>
      vault.write((db) => {
        db.run(sql`INSERT INTO meta VALUES ('half', 'done')`);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(vault.read.get(sql`SELECT * FROM meta WHERE key = 'half'`)).toBeUndefined();
    vault.close();
  });

  it('binds values, so that text cannot become syntax', async () => {
    const { vault } = await made();
    const hostile = "'); DROP TABLE meta; --";
    vault.write((db) => db.run(sql`INSERT INTO meta VALUES ('hostile', ${hostile})`));
    expect(vault.read.get(sql`SELECT value FROM meta WHERE key = 'hostile'`)).toEqual({ value: hostile });
    vault.close();
  });

  it('cannot be opened by the data key alone being used as another key', async () => {
    const { vault } = await made();
    vault.close();
    const plain = new Database(join(folder, 'letters.db'));
    expect(() => plain.prepare('SELECT * FROM meta').all()).toThrow();
    plain.close();
  });
});

describe('the vault folder', () => {
  it('may not be on a network drive', () => {
    expect(() => requireLocalFolder('\\\\server\\share\\vault')).toThrow('VAULT_NETWORK_DRIVE');
    expect(() => requireLocalFolder(folder, modesOf(false), () => 0xff534d42)).toThrow('VAULT_NETWORK_DRIVE');
    expect(() => requireLocalFolder(folder, modesOf(false), () => 0x6969)).toThrow('VAULT_NETWORK_DRIVE');
    expect(() => requireLocalFolder(folder)).not.toThrow();
  });

  it.skipIf(!canMount)('on a read-only disk is refused with a code (needs root to mount)', async () => {
    const disk = smallDisk(512);
    if (!disk) throw new Error('cannot mount');
    try {
      disk.readOnly();
      await expect(
        createVault({ ...options, folder: join(disk.path, 'vault') }, account, passphrase),
      ).rejects.toThrow('FOLDER_NOT_WRITABLE');
    } finally {
      disk.remove();
    }
  });

  it.skipIf(!canMount)(
    'on a full disk: the write is refused, what was there stays (needs root to mount)',
    async () => {
      const disk = smallDisk(4096);
      if (!disk) throw new Error('cannot mount');
      try {
        const there = { ...options, folder: join(disk.path, 'vault') };
        const { vault } = await createVault(there, account, passphrase);
        commitCreation(there, vault);
        const rows = sql`SELECT count(*) AS n FROM meta WHERE key LIKE 'row-%'`;
        let code = '';
        let kept = 0;
        for (let n = 0; n < 400 && code === ''; n += 1) {
          try {
            vault.write((db) => db.run(sql`INSERT INTO meta VALUES (${`row-${n}`}, ${'x'.repeat(20_000)})`));
            kept += 1;
          } catch (error) {
            code = (error as { code: string }).code;
          }
        }
        expect(code).toBe('DISK_FULL');
        expect(() => vault.putObject(Buffer.alloc(4_000_000))).toThrow('DISK_FULL');
        expect(vault.read.get(rows)).toEqual({ n: kept });
        vault.close();
        const { vault: again } = await unlockVault(there, account.accountId, passphrase);
        expect(again.read.get(rows)).toEqual({ n: kept });
        again.close();
      } finally {
        disk.remove();
      }
    },
  );

  it.skipIf(!canMount)(
    'on a nearly full disk: an object is either kept whole or refused (needs root to mount)',
    async () => {
      const disk = smallDisk(3072);
      if (!disk) throw new Error('cannot mount');
      try {
        const there = { ...options, folder: join(disk.path, 'vault') };
        const { vault } = await createVault(there, account, passphrase);
        commitCreation(there, vault);
        const filler = join(disk.path, 'filler');
        let refused = 0;
        let kept = 0;
        // The free space shrinks by a page at a time across the size of the object.
        for (let pages = 0; pages < 50; pages += 1) {
          rmSync(filler, { force: true });
          const free = Number(statfsSync(disk.path).bavail) * Number(statfsSync(disk.path).bsize);
          writeFileSync(filler, Buffer.alloc(Math.max(0, free - 225_280 + pages * 4096)));
          const content = Buffer.alloc(140_000, pages + 1);
          try {
            const object = vault.putObject(content);
            rmSync(filler, { force: true });
            vault.write((db) => recordObject(db, object, 'now'));
            expect(vault.getObject(object.id).equals(content)).toBe(true);
            vault.write((db) => db.run(sql`DELETE FROM object`));
            rmSync(join(there.folder, 'objects'), { recursive: true });
            mkdirSync(join(there.folder, 'objects'));
            kept += 1;
          } catch (error) {
            expect((error as { code: string }).code).toBe('DISK_FULL');
            refused += 1;
          }
        }
        expect(refused).toBeGreaterThan(0);
        expect(kept).toBeGreaterThan(0);
        vault.close();
      } finally {
        disk.remove();
      }
    },
  );

  it('a lost header lets nobody start over the database that is there', async () => {
    const { vault } = await made();
    vault.close();
    const before = readFileSync(join(folder, 'letters.db'));
    rmSync(join(folder, 'vault.json'));
    const second = await createVault(options, account, passphrase);
    commitCreation(options, second.vault);
    second.vault.close();
    const orphan = readdirSync(folder).find((name) => name.startsWith('letters.db.orphan'));
    expect(readFileSync(join(folder, orphan ?? '')).equals(before)).toBe(true);
  });

  it('the same content twice is one object, and stays readable', async () => {
    const { vault } = await made();
    const put = () => {
      const object = vault.putObject(Buffer.from('dua kali'));
      vault.write((db) => recordObject(db, object, 'now'));
      return object.id;
    };
    expect(put()).toBe(put());
    expect(vault.getObject(put()).toString()).toBe('dua kali');
    vault.close();
  });

  it('a power loss after the header’s temporary file leaves the old header', async () => {
    const { vault } = await made();
    vault.close();
    appendFileSync(join(folder, 'vault.json.new'), '{"half":');
    const { vault: again } = await unlockVault(options, account.accountId, passphrase);
    expect(canary(again)).toBe('KENARI-7391');
    again.close();
  });
});
