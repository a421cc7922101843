import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSets, unlockVault } from '../../../src/main/core/vault/index.ts';
import { storageFault } from '../../../src/main/core/vault/faults.ts';
import { Connection, sql } from '../../../src/main/core/vault/sql.ts';
import { account, makeVault, newPlace, passphrase, type Place } from '../vault/support.ts';

/** What the fault runs have found, each by itself. */
let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

describe('found by the fault runs', () => {
  it('a database that could not be opened again after a re-key is opened by who needs it next', () => {
    const first = new Database(':memory:');
    const connection = new Connection(first);
    let refused = true;
    first.close();
    expect(() =>
      connection.use(() => {
        if (refused) throw new Error('disk I/O error');
        return new Database(':memory:');
      }),
    ).toThrow('disk I/O error');
    expect(() => connection.get(sql`SELECT 1 AS one`)).toThrow('disk I/O error');
    refused = false;
    expect(connection.get(sql`SELECT 1 AS one`)).toEqual({ one: 1 });
  });

  it('a header that was being written leaves nothing beside the vault', async () => {
    const { folder } = place.options;
    (await makeVault(place.options)).vault.close();
    const halves = ['vault.json.new', 'vault.json.rekeyed.new'].map((name) => join(folder, name));
    for (const half of halves) writeFileSync(half, '{"format":');
    (await unlockVault(place.options, account.accountId, passphrase)).vault.close();
    expect(halves.filter((half) => existsSync(half))).toEqual([]);
  });

  it('a set that was being dropped is no set, and the next backup clears it away', async () => {
    const { vault } = await makeVault(place.options);
    const target = join(place.root, 'cadangan');
    const half = join(target, '2026-11-01T03-00-00Z.gone');
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'manifest.json'), '{}');
    await vault.backup(target, place.options.now);
    vault.close();
    expect(existsSync(half)).toBe(false);
    expect(listSets(target)).toHaveLength(1);
  });

  it('a disk that turns read-only under an open database has its code', () => {
    const error = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
    expect(storageFault(error, 'letters.db')).toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
    const unread = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    expect(storageFault(unread, 'letters.db')).toMatchObject({ code: 'VAULT_DAMAGED' });
    const noMemory = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_NOMEM' });
    expect(storageFault(noMemory, 'letters.db')).toBe(noMemory);
  });
});
