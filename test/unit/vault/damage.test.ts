import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  salvageVault,
  sql,
  unlockVault,
  unlockVaultByRecovery,
  type Vault,
} from '../../../src/main/core/vault/index.ts';
import { account, makeVault, newPlace, note, noted, passphrase, type Place } from './support.ts';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const inVault = (name: string): string => join(place.options.folder, name);
const database = (): string => inVault('letters.db');
const pageSize = 4096;

function spoil(page: number): void {
  const file = openSync(database(), 'r+');
  writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize);
  closeSync(file);
}

async function filled(): Promise<{ vault: Vault; recoveryKey: string }> {
  const made = await makeVault(place.options);
  made.vault.write((db) => {
    for (let n = 0; n < 3000; n += 1) {
      const key = n.toString(16).padStart(8, '0').split('').toReversed().join('');
      db.run(sql`INSERT INTO meta VALUES (${key}, ${'x'.repeat(100)})`);
      db.run(sql`INSERT INTO change VALUES (${n + 1}, 'letter', ${key}, 'now')`);
    }
    for (let n = 0; n < 50; n += 1)
      db.run(sql`INSERT INTO audit (seq, at, action, entity, entity_id, facts, previous, hash)
        VALUES (${n + 1}, 'now', 'a', 'b', 'c', '{}', '', ${String(n)})`);
  });
  return made;
}

/** Every fortieth page, without those that an opening reads: where they lie changes with the schema. */
async function spoilButOpen(): ReturnType<typeof unlockVault> {
  const whole = readFileSync(database());
  const pages = whole.length / pageSize;
  for (let first = 40; first < 80; first += 1) {
    writeFileSync(database(), whole);
    for (let page = first; page < pages; page += 40) spoil(page);
    try {
      return await unlockVault(place.options, account.accountId, passphrase);
    } catch {
      // A page of the schema, or the one with the key of object names.
    }
  }
  throw new Error('no set of pages leaves it open');
}

describe('an unclean end', () => {
  it('is known at the next opening, a proper one is not mistaken for it', async () => {
    const { vault } = await makeVault(place.options);
    expect(vault.uncleanExit).toBe(false);
    note(vault, 'satu');
    expect(existsSync(inVault('vault.open'))).toBe(true);
    vault.close();
    expect(existsSync(inVault('vault.open'))).toBe(false);
    writeFileSync(inVault('vault.open'), '');
    const after = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(after.uncleanExit).toBe(true);
    after.close();
    const next = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(next.uncleanExit).toBe(false);
    next.close();
  });
});

describe('a damaged database', () => {
  it('is found by the check, and what opens of it is saved with the damaged one kept', async () => {
    const { vault } = await filled();
    vault.close();
    const open = await spoilButOpen();
    const damaged = readFileSync(database());
    expect(await open.vault.quickCheck()).toBe(false);
    open.vault.close();
    const { rows, aside } = await salvageVault(place.options, { accountId: account.accountId, passphrase });
    expect(readFileSync(aside).equals(damaged)).toBe(true);
    const tables = Object.entries(rows);
    expect(tables.some(([, table]) => !table.whole)).toBe(true);
    expect(rows['audit']?.saved).toBeGreaterThan(0);
    // Nine pages in ten are good; what cannot be reached through a lost inner page is little.
    expect((rows['meta']?.saved ?? 0) + (rows['change']?.saved ?? 0)).toBeGreaterThan(4000);
    const again = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(await again.quickCheck()).toBe(true);
    expect(again.read.get(sql`SELECT count(*) AS n FROM change`)).toEqual({ n: rows['change']?.saved });
    note(again, 'sesudah');
    again.close();
    expect(readdirSync(place.options.folder).filter((name) => /salvag/.test(name))).toEqual([]);
  });

  it('loses nothing when it is whole', async () => {
    const { vault, recoveryKey } = await filled();
    vault.close();
    const { rows } = await salvageVault(place.options, { recoveryKey });
    expect(rows['change']).toEqual({ saved: 3000, whole: true });
    expect(rows['meta']).toEqual({ saved: 3001, whole: true });
    expect(Object.values(rows).every((table) => table.whole)).toBe(true);
    const again = await unlockVaultByRecovery(place.options, recoveryKey);
    expect(noted(again, '00000000')).toBe('x'.repeat(100));
    again.close();
  });

  it('is read together with the log that a crash left', async () => {
    const { vault } = await makeVault(place.options);
    note(vault, 'di dalam log');
    const log = readFileSync(`${database()}-wal`);
    const file = readFileSync(database());
    vault.close();
    writeFileSync(database(), file);
    writeFileSync(`${database()}-wal`, log);
    const { rows, aside } = await salvageVault(place.options, { accountId: account.accountId, passphrase });
    expect(rows['meta']?.saved).toBe(2);
    expect(readFileSync(`${aside}-wal`).equals(log)).toBe(true);
    const again = (await unlockVault(place.options, account.accountId, passphrase)).vault;
    expect(noted(again, 'di dalam log')).toBe('v');
    again.close();
  });

  it.each([
    ['whose first page is lost', () => spoil(0)],
    ['that is empty', () => truncateSync(database(), 0)],
    ['that is gone', () => rmSync(database())],
  ])('%s cannot be saved: it says so and changes nothing', async (_name, damage) => {
    const { vault } = await filled();
    vault.close();
    damage();
    const names = (): string[] => readdirSync(place.options.folder);
    const before = names();
    await expect(
      salvageVault(place.options, { accountId: account.accountId, passphrase }),
    ).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    expect(names()).toEqual(before);
  });

  it('is for those only who may open it, and for one at a time', async () => {
    const { vault } = await filled();
    await expect(
      salvageVault(place.options, { accountId: account.accountId, passphrase: 'salah sekali' }),
    ).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    await expect(
      salvageVault(place.options, { accountId: account.accountId, passphrase }),
    ).rejects.toMatchObject({ code: 'VAULT_IN_USE' });
    vault.close();
    copyFileSync(database(), join(place.root, 'x'));
  });
});
