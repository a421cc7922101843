import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSet, listSets, readObjectList, type BackupSet } from '../../../src/main/core/vault/backup.ts';
import { outdated } from '../../../src/main/core/vault/rotation.ts';
import { restoreSet } from '../../../src/main/core/vault/restore.ts';
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

const passphrase = 'sandi yang panjang';
let folder: string;
let options: VaultOptions;
let vault: Vault;
let recoveryKey: string;
const target = (): string => join(folder, 'cadangan');
const day = (n: number): Date => new Date(Date.UTC(2026, 10, 1 + n, 3));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-backup-'));
  options = { folder: join(folder, 'vault'), cost: { memory: 256, passes: 1 }, now: day(0) };
  const made = await createVault(options, { accountId: 'a', username: 'a' }, passphrase);
  ({ vault, recoveryKey } = made);
  commitCreation(options, vault);
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

function keep(text: string): string {
  const object = vault.putObject(Buffer.from(text));
  vault.write((db) => {
    recordObject(db, object, 'now');
    db.run(sql`INSERT INTO meta VALUES (${text}, 'value')`);
  });
  return object.id;
}

const value = (of: Vault, key: string): unknown =>
  of.read.get(sql`SELECT value FROM meta WHERE key = ${key}`);

describe('a backup', () => {
  it('brings everything back into an empty place: rows, objects, every way in', async () => {
    const id = keep('KENARI pertama');
    const { path, manifest } = await vault.backup(target(), day(1));
    expect(manifest.rows['meta']).toBe(2);
    expect(readFileSync(join(path, 'letters.db')).includes('KENARI')).toBe(false);
    vault.close();
    rmSync(options.folder, { recursive: true });
    expect(restoreSet(path, options.folder, day(2))).toBeNull();
    ({ vault } = await unlockVault(options, 'a', passphrase));
    expect(value(vault, 'KENARI pertama')).toEqual({ value: 'value' });
    expect(vault.getObject(id).toString()).toBe('KENARI pertama');
    vault.close();
    vault = await unlockVaultByRecovery(options, recoveryKey);
  });

  it('copies each object once, whatever the number of sets', async () => {
    keep('satu');
    await vault.backup(target(), day(1));
    keep('dua');
    await vault.backup(target(), day(2));
    const pooled = readdirSync(join(target(), 'objects'), { recursive: true }).filter(
      (name) => String(name).length > 3,
    );
    expect(pooled).toHaveLength(2);
    expect(listSets(target()).map((set) => Object.keys(readObjectList(set)).length)).toEqual([1, 2]);
  });

  it('over an existing vault keeps the old one aside', async () => {
    keep('lama');
    const { path } = await vault.backup(target(), day(1));
    keep('baru');
    vault.close();
    const aside = restoreSet(path, options.folder, day(2));
    if (aside === null) throw new Error('nothing was kept');
    ({ vault } = await unlockVault({ ...options, folder: aside }, 'a', passphrase));
    expect(value(vault, 'baru')).toEqual({ value: 'value' });
    vault.close();
    ({ vault } = await unlockVault(options, 'a', passphrase));
    expect(value(vault, 'baru')).toBeUndefined();
    expect(value(vault, 'lama')).toEqual({ value: 'value' });
  });

  it('restored halfway, between its two renames, is finished when somebody looks for the vault', async () => {
    keep('lama');
    const { path } = await vault.backup(target(), day(1));
    vault.close();
    restoreSet(path, options.folder, day(2));
    renameSync(options.folder, `${options.folder}.restored`);
    ({ vault } = await unlockVault(options, 'a', passphrase));
    expect(value(vault, 'lama')).toEqual({ value: 'value' });
  });

  it('is not restored over a vault that somebody has open', async () => {
    keep('lama');
    const { path } = await vault.backup(target(), day(1));
    const before = readdirSync(folder);
    expect(() => restoreSet(path, options.folder, day(2))).toThrow('VAULT_IN_USE');
    expect(readdirSync(folder)).toEqual(before);
    keep('masih');
  });

  it.each([
    ['manifest.json', (set: string) => truncateSync(join(set, 'manifest.json'), 20)],
    ['manifest.json', (set: string) => rmSync(join(set, 'manifest.json'))],
    ['letters.db', (set: string) => truncateSync(join(set, 'letters.db'), 4096)],
    ['letters.db', (set: string) => appendFileSync(join(set, 'letters.db'), 'x')],
    ['objects.json', (set: string) => writeFileSync(join(set, 'objects.json'), '{}')],
    ['vault.json', (set: string) => writeFileSync(join(set, 'vault.json'), '{}')],
    ['objects', (set: string) => rmSync(join(set, '..', 'objects'), { recursive: true })],
  ])('torn at %s is refused before anything is touched', async (part, tear) => {
    keep('isi');
    const { path } = await vault.backup(target(), day(1));
    vault.close();
    tear(path);
    const before = readdirSync(options.folder);
    expect(() => restoreSet(path, options.folder, day(2))).toThrow(
      expect.objectContaining({ code: 'BACKUP_TORN', params: { part } }) as Error,
    );
    expect(readdirSync(options.folder)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('vault'))).toEqual(['vault']);
  });

  it('from a newer version, or with a manifest that leads elsewhere, is refused', async () => {
    const { path, manifest } = await vault.backup(target(), day(1));
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, version: 3 }));
    expect(() => checkSet(path)).toThrow('BACKUP_FROM_FUTURE');
    const list = JSON.stringify({ '../../../etc/passwd': 'x' });
    writeFileSync(join(path, 'objects.json'), list);
    const sum = createHash('sha256').update(list).digest('hex');
    const files = { ...manifest.files, 'objects.json': sum };
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    expect(() => checkSet(path)).toThrow(
      expect.objectContaining({ code: 'BACKUP_TORN', params: { part: 'objects.json' } }) as Error,
    );
  });

  it('of the first version, with its list in the manifest, is restored all the same', async () => {
    const id = keep('isi lama');
    const { path, manifest } = await vault.backup(target(), day(1));
    const { 'objects.json': _sum, ...files } = manifest.files;
    const objects = readObjectList({ path, manifest });
    rmSync(join(path, 'objects.json'));
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, version: 1, files, objects }));
    vault.close();
    restoreSet(path, options.folder, day(2));
    ({ vault } = await unlockVault(options, 'a', passphrase));
    expect(vault.getObject(id).toString()).toBe('isi lama');
  });

  it('made with a clock that went back is not dropped for being old', async () => {
    await vault.backup(target(), day(5));
    const { path } = await vault.backup(target(), new Date(day(5).getTime() - 3_600_000));
    checkSet(path);
    expect(listSets(target())).toHaveLength(2);
  });

  it('leaves the pool alone while another vault fills it', async () => {
    keep('satu');
    await vault.backup(target(), day(1));
    const pooled = join(target(), 'objects', 'ab', 'cd'.repeat(31));
    mkdirSync(join(target(), 'objects', 'ab'), { recursive: true });
    writeFileSync(pooled, 'of another vault, in no list yet');
    mkdirSync(join(target(), 'lain.part'));
    await vault.backup(target(), new Date(day(1).getTime() + 60_000));
    expect(existsSync(pooled)).toBe(true);
    rmSync(join(target(), 'lain.part'), { recursive: true });
    await vault.backup(target(), new Date(day(1).getTime() + 120_000));
    expect(existsSync(pooled)).toBe(false);
  });

  it('finds out a medium that forgot an object, and copies it anew', async () => {
    keep('penting');
    await vault.backup(target(), day(1));
    const file = readdirSync(join(target(), 'objects'), { recursive: true, encoding: 'utf8' }).find(
      (name) => name.length > 3,
    );
    const path = join(target(), 'objects', file ?? '');
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    writeFileSync(path, bytes);
    // Its turn comes once in sixteen days of the month.
    const turn = Number.parseInt(path.slice(-1), 16);
    const at = new Date(Date.UTC(2026, 11, turn === 0 ? 16 : turn, 3));
    const { path: set } = await vault.backup(target(), at);
    checkSet(set);
  });

  it('missing an object of the vault is not written at all', async () => {
    keep('hilang');
    rmSync(join(options.folder, 'objects'), { recursive: true });
    await expect(vault.backup(target(), day(1))).rejects.toThrow('OBJECT_DAMAGED');
    expect(listSets(target())).toEqual([]);
    expect(readdirSync(target()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('keeps 7 days, 4 weeks and 12 months, and always the newest', () => {
    const sets: BackupSet[] = Array.from({ length: 400 }, (_, n) => ({
      path: String(n),
      manifest: { madeAt: day(n).toISOString() } as BackupSet['manifest'],
    }));
    const gone = new Set(outdated(sets).map((set) => set.path));
    const kept = sets.filter((set) => !gone.has(set.path));
    expect(kept.slice(-7).map((set) => set.path)).toEqual(['393', '394', '395', '396', '397', '398', '399']);
    expect(new Set(kept.map((set) => set.manifest.madeAt.slice(0, 7))).size).toBe(12);
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12);
    expect(outdated(sets.slice(0, 1))).toEqual([]);
  });

  it('on a drive that vaults share leaves the others’ sets and objects alone', async () => {
    const other = { ...options, folder: join(folder, 'lain') };
    const second = await createVault(other, { accountId: 'b', username: 'b' }, passphrase);
    commitCreation(other, second.vault);
    const object = second.vault.putObject(Buffer.from('milik lain'));
    second.vault.write((db) => recordObject(db, object, 'now'));
    const theirs = (await second.vault.backup(target(), day(1))).path;
    for (let n = 0; n < 4; n += 1) await vault.backup(target(), day(1));
    checkSet(theirs);
    expect(listSets(target())).toHaveLength(2);
    second.vault.close();
  });

  it('lets objects go with the last set that needs them, and none while a set cannot be read', async () => {
    const keeper = keep('tetap');
    await vault.backup(target(), day(0));
    for (let n = 1; n <= 4; n += 1) await vault.backup(target(), new Date(day(0).getTime() + n * 60_000));
    expect(listSets(target())).toHaveLength(1);
    truncateSync(join(listSets(target())[0]?.path ?? '', 'manifest.json'), 10);
    await vault.backup(target(), day(3));
    expect(vault.getObject(keeper).toString()).toBe('tetap');
    expect(readdirSync(join(target(), 'objects'))).not.toEqual([]);
  });

  it.skipIf(!canMount)('on a full medium adds no set and drops none (needs root to mount)', async () => {
    const disk = smallDisk(700);
    if (!disk) throw new Error('cannot mount');
    try {
      const there = join(disk.path, 'cadangan');
      await vault.backup(there, day(1));
      vault.write((db) => db.run(sql`INSERT INTO meta VALUES ('besar', ${'x'.repeat(900_000)})`));
      await expect(vault.backup(there, day(2))).rejects.toThrow('DISK_FULL');
      expect(listSets(there)).toHaveLength(1);
      expect(existsSync(join(there, `${vault.id}.part`))).toBe(false);
      checkSet(listSets(there)[0]?.path ?? '');
    } finally {
      disk.remove();
    }
  });
});
