import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBare } from '../../../src/main/core/vault/database.ts';
import type { VaultHeader } from '../../../src/main/core/vault/header.ts';
import {
  recordObject,
  sql,
  unlockVault,
  unlockVaultByRecovery,
  type Vault,
} from '../../../src/main/core/vault/index.ts';
import { canMount, smallDisk } from '../../fixtures/mounts.ts';
import { account, makeVault, newPlace, note, noted, passphrase, type Place } from './support.ts';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const inVault = (name: string): string => join(place.options.folder, name);
const header = (): VaultHeader => JSON.parse(readFileSync(inVault('vault.json'), 'utf8')) as VaultHeader;
const code = (value: string) => expect.objectContaining({ code: value }) as unknown;

/** A vault with two people and something in it. */
async function filled(): Promise<{ vault: Vault; recoveryKey: string; object: string }> {
  const made = await makeVault(place.options);
  await made.vault.addAccountSlot({ accountId: 'b-2', username: 'budi' }, 'sandi milik budi');
  note(made.vault, 'kenari', 'KENARI-7391');
  const object = made.vault.putObject(Buffer.from('isi surat'));
  made.vault.write((db) => recordObject(db, object, 'now'));
  return { ...made, object: object.id };
}

describe('re-keying', () => {
  it('leaves everything there for everybody who stays, without their passphrases', async () => {
    const { vault, recoveryKey, object } = await filled();
    const before = readFileSync(inVault('letters.db'));
    const dataKeys = header().accounts.map((slot) => ('dataKey' in slot ? slot.dataKey : ''));
    await vault.rekey();
    note(vault, 'sesudah');
    expect(vault.getObject(object).toString()).toBe('isi surat');
    vault.close();
    expect(header().next).toBeUndefined();
    for (const slot of header().accounts) expect(dataKeys).not.toContain('dataKey' in slot && slot.dataKey);
    expect(readFileSync(inVault('letters.db')).equals(before)).toBe(false);
    const own = [await unlockVault(place.options, account.accountId, passphrase)];
    for (const { vault: mine } of own) {
      expect(noted(mine, 'kenari')).toBe('KENARI-7391');
      expect(noted(mine, 'sesudah')).toBe('v');
      mine.close();
    }
    const budi = await unlockVault(place.options, 'b-2', 'sandi milik budi');
    expect(budi.vault.getObject(object).toString()).toBe('isi surat');
    budi.vault.close();
    (await unlockVaultByRecovery(place.options, recoveryKey)).close();
    expect(readdirSync(place.options.folder).filter((name) => name.includes('rekeyed'))).toEqual([]);
  });

  it('shuts out whoever is left out: neither the slot nor the old key opens the database', async () => {
    const { vault } = await filled();
    const old = JSON.stringify(vault.header());
    await vault.rekey({ without: 'b-2' });
    expect(vault.publicKeyOf('b-2')).toBeNull();
    vault.close();
    await expect(unlockVault(place.options, 'b-2', 'sandi milik budi')).rejects.toEqual(
      code('PASSPHRASE_WRONG'),
    );
    // Even with the old header put back.
    writeFileSync(inVault('vault.json'), old);
    await expect(unlockVault(place.options, 'b-2', 'sandi milik budi')).rejects.toEqual(
      code('VAULT_DAMAGED'),
    );
  });

  it('does not leave a vault that nobody opens', async () => {
    const { vault } = await makeVault(place.options);
    await expect(vault.rekey({ without: account.accountId })).rejects.toEqual(code('NOT_ALLOWED'));
    vault.close();
    (await unlockVault(place.options, account.accountId, passphrase)).vault.close();
  });

  it('keeps what is written while it goes on', async () => {
    const { vault } = await filled();
    vault.write((db) => {
      for (let n = 0; n < 2000; n += 1)
        db.run(sql`INSERT INTO meta VALUES (${`isi-${n}`}, ${'x'.repeat(200)})`);
    });
    const state = { done: false };
    const rekeyed = vault.rekey().then(() => {
      state.done = true;
    });
    let written = 0;
    while (!state.done) {
      note(vault, `tulis-${written}`);
      written += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await rekeyed;
    expect(written).toBeGreaterThan(3);
    vault.close();
    const again = await unlockVault(place.options, account.accountId, passphrase);
    expect(again.vault.read.get(sql`SELECT count(*) AS n FROM meta WHERE key LIKE 'tulis-%'`)).toEqual({
      n: written,
    });
    again.vault.close();
  });

  it('waits for a backup, whose header carries nothing half done', async () => {
    const { vault } = await filled();
    const target = join(place.root, 'cadangan');
    const first = vault.backup(target, new Date('2026-11-22T03:00:00Z'));
    const rekeyed = vault.rekey();
    const second = vault.backup(target, new Date('2026-11-23T03:00:00Z'));
    await Promise.all([first, rekeyed, second]);
    vault.close();
    for (const { path } of [await first, await second]) {
      const folder = join(place.root, `dari-${path.slice(-20)}`);
      cpSync(path, folder, { recursive: true });
      expect(
        (JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as VaultHeader).next,
      ).toBeUndefined();
      const { vault: copy } = await unlockVault({ ...place.options, folder }, account.accountId, passphrase);
      expect(noted(copy, 'kenari')).toBe('KENARI-7391');
      copy.close();
    }
  });

  it.skipIf(!canMount)('on a full disk leaves all as it was (needs root to mount)', async () => {
    const disk = smallDisk(2000);
    if (!disk) throw new Error('cannot mount');
    try {
      const there = { ...place.options, folder: join(disk.path, 'vault') };
      const { vault } = await makeVault(there);
      vault.write((db) => db.run(sql`INSERT INTO meta VALUES ('besar', ${'x'.repeat(300_000)})`));
      await expect(vault.rekey()).rejects.toEqual(code('DISK_FULL'));
      expect(noted(vault, 'besar')?.length).toBe(300_000);
      note(vault, 'sesudah');
      vault.close();
      const again = await unlockVault(there, account.accountId, passphrase);
      expect(again.vault.header().next).toBeUndefined();
      expect(noted(again.vault, 'sesudah')).toBe('v');
      again.vault.close();
    } finally {
      disk.remove();
    }
  });
});

describe('a re-key that died', () => {
  /** Header with both wraps, database before and after, as they lay on the disk on the way. */
  async function stages(): Promise<{ half: string; recoveryKey: string; before: string; after: string }> {
    const { vault, recoveryKey } = await filled();
    vault.close();
    const before = join(place.root, 'sebelum.db');
    copyFileSync(inVault('letters.db'), before);
    const open = await unlockVault(place.options, account.accountId, passphrase);
    const rekeyed = open.vault.rekey({ without: 'b-2' });
    while (!existsSync(inVault('vault.json.rekeyed'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const half = readFileSync(inVault('vault.json'), 'utf8');
    await rekeyed;
    open.vault.close();
    const after = join(place.root, 'sesudah.db');
    copyFileSync(inVault('letters.db'), after);
    expect((JSON.parse(half) as VaultHeader).next).toBeDefined();
    return { half, recoveryKey, before, after };
  }

  it('before the new database took its place is taken back', async () => {
    const { half, before } = await stages();
    writeFileSync(inVault('vault.json'), half);
    copyFileSync(before, inVault('letters.db'));
    writeFileSync(inVault('letters.db.rekeyed'), 'half a copy');
    writeFileSync(inVault('vault.json.rekeyed'), '{"half');
    const { vault } = await unlockVault(place.options, 'b-2', 'sandi milik budi');
    expect(noted(vault, 'kenari')).toBe('KENARI-7391');
    vault.close();
    expect(header().next).toBeUndefined();
    expect(header().accounts).toHaveLength(2);
    expect(readdirSync(place.options.folder).filter((name) => name.includes('rekeyed'))).toEqual([]);
  });

  it.each(['passphrase', 'recovery key'])('after that is finished, by the %s', async (way) => {
    const { half, after, recoveryKey } = await stages();
    writeFileSync(inVault('vault.json'), half);
    copyFileSync(after, inVault('letters.db'));
    await expect(unlockVault(place.options, 'b-2', 'sandi milik budi')).rejects.toEqual(
      code('PASSPHRASE_WRONG'),
    );
    expect(readFileSync(inVault('vault.json'), 'utf8')).toBe(half);
    const vault =
      way === 'passphrase'
        ? (await unlockVault(place.options, account.accountId, passphrase)).vault
        : await unlockVaultByRecovery(place.options, recoveryKey);
    expect(noted(vault, 'kenari')).toBe('KENARI-7391');
    vault.close();
    expect(header().next).toBeUndefined();
    expect(header().accounts.map((slot) => slot.accountId)).toEqual([account.accountId]);
    (await unlockVault(place.options, account.accountId, passphrase)).vault.close();
  });

  it('at any of a dozen random moments: what was acknowledged is there, and everybody gets in', async () => {
    const { vault, recoveryKey } = await filled();
    vault.close();
    const child = join(import.meta.dirname, 'rekey-child.ts');
    let acknowledged = 0;
    let usual = 0;
    const waits: number[] = [];
    for (let round = 0; round <= 12; round += 1) {
      // The first is left to finish one: how long a re-key takes on this machine today.
      const wait = round === 0 ? null : Math.floor(Math.random() * usual * 2);
      waits.push(wait ?? -1);
      const seen = await killedAfter(child, [place.options.folder, String(acknowledged)], wait);
      if (round === 0) usual = Math.min(seen.firstAfter, 3000);
      acknowledged += seen.rows;
      const open = await unlockVault(place.options, account.accountId, passphrase);
      const found = open.vault.read.all<{ key: string }>(sql`SELECT key FROM meta WHERE key LIKE 'baris-%'`);
      expect(found.length, `kills after ${waits.join()} ms`).toBeGreaterThanOrEqual(acknowledged);
      expect(found.length).toBeLessThanOrEqual(acknowledged + 1);
      acknowledged = found.length;
      expect(open.vault.read.get(sql`PRAGMA integrity_check`)).toEqual({ integrity_check: 'ok' });
      expect(open.vault.uncleanExit).toBe(true);
      open.vault.close();
      expect(header().next).toBeUndefined();
    }
    (await unlockVault(place.options, 'b-2', 'sandi milik budi')).vault.close();
    (await unlockVaultByRecovery(place.options, recoveryKey)).close();
  }, 180_000);
});

/** @param wait milliseconds after its start; null: as soon as it has re-keyed once. */
function killedAfter(
  script: string,
  args: readonly string[],
  wait: number | null,
): Promise<{ rows: number; firstAfter: number }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const seen = { rows: 0, firstAfter: 0 };
    let began = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') {
        began = performance.now();
        if (wait !== null) setTimeout(() => child.kill('SIGKILL'), wait);
      } else if (line === 'row') {
        seen.rows += 1;
      } else if (wait === null) {
        seen.firstAfter = performance.now() - began;
        child.kill('SIGKILL');
      }
    });
    child.on('close', () => resolve(seen));
  });
}

describe('a database under a wrong key', () => {
  it('is not harmed by the attempt, even with commits still in its log', async () => {
    const { vault } = await filled();
    const copy = join(place.root, 'salinan.db');
    copyFileSync(inVault('letters.db'), copy);
    copyFileSync(inVault('letters.db-wal'), `${copy}-wal`);
    vault.close();
    const before = readFileSync(copy);
    const log = readFileSync(`${copy}-wal`);
    const db = openBare(copy, Buffer.alloc(32, 9));
    expect(() => db.pragma('user_version')).toThrow(
      expect.objectContaining({ code: 'SQLITE_NOTADB' }) as Error,
    );
    db.close();
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
  });
});
