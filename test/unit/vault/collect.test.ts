import { randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordObject, sql, unlockVault, type Vault } from '../../../src/main/core/vault/index.ts';
import { account, makeVault, newPlace, passphrase, type Place } from './support.ts';

let place: Place;
let vault: Vault;
beforeEach(async () => {
  place = newPlace();
  ({ vault } = await makeVault(place.options));
});
afterEach(() => {
  vault.close();
  place.remove();
});

function keep(content: string): string {
  const object = vault.putObject(Buffer.from(content));
  vault.write((db) => recordObject(db, object, 'now'));
  return object.id;
}

function pointTo(id: string): void {
  vault.write((db) => {
    db.run(sql`INSERT OR IGNORE INTO account (id, username, name, front_title, back_title, nip, rank, created_at)
      VALUES ('a-1', 'siti', '', '', '', '', '', 'now')`);
    db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, object_id, created_at, updated_at)
      VALUES (${`surat-${id}`}, 'surat-dinas', 'signed', 'biasa', '', 'a-1', 1, '', ${id}, 'now', 'now')`);
  });
}

const files = (): number =>
  readdirSync(join(place.options.folder, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(place.options.folder, 'objects', name)).isFile(),
  ).length;

describe('collecting objects', () => {
  it('lets go what no letter points to, and keeps the rest', () => {
    const used = keep('dipakai');
    pointTo(used);
    keep('tidak dipakai');
    keep('juga tidak');
    expect(files()).toBe(3);
    expect(vault.collect()).toBe(2);
    expect(files()).toBe(1);
    expect(vault.getObject(used).toString()).toBe('dipakai');
    expect(vault.read.get(sql`SELECT count(*) AS n FROM object`)).toEqual({ n: 1 });
    expect(vault.collect()).toBe(0);
  });

  it('keeps a file that has no row at all', () => {
    vault.putObject(Buffer.from('tanpa baris'));
    expect(vault.collect()).toBe(0);
    expect(files()).toBe(1);
  });

  it('keeps the copy of a sealed letter when the same content in the clear goes', () => {
    const key = randomBytes(32);
    keep('sama');
    const sealed = vault.putObject(Buffer.from('sama'), key);
    vault.write((db) => recordObject(db, { ...sealed, key: Buffer.alloc(0) }, 'now'));
    pointTo(sealed.id);
    expect(vault.collect()).toBe(1);
    expect(vault.getObject(sealed.id, key).toString()).toBe('sama');
    expect(() => vault.getObject(sealed.id)).toThrow('OBJECT_DAMAGED');
    expect(Buffer.concat([...vault.readObject(sealed.id, key)]).toString()).toBe('sama');
  });

  it('waits while a backup may be copying, and a backup of a collected vault is whole', async () => {
    const used = keep('dipakai');
    pointTo(used);
    keep('tidak dipakai');
    const backup = vault.backup(join(place.root, 'cadangan'), new Date('2026-11-22T03:00:00Z'));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(vault.collect()).toBe(0);
    expect((await backup).objects).toBe(2);
    expect(vault.collect()).toBe(1);
    expect((await vault.backup(join(place.root, 'cadangan'), new Date('2026-11-23T03:00:00Z'))).objects).toBe(
      1,
    );
  });

  it('leaves a vault in which every object opens; one that does not is named', async () => {
    const sound = keep('baik');
    const lost = keep('hilang');
    const sealed = vault.putObject(Buffer.from('rahasia'), randomBytes(32));
    vault.write((db) => recordObject(db, { ...sealed, key: Buffer.alloc(0) }, 'now'));
    for (const id of [sound, lost, sealed.id]) pointTo(id);
    vault.collect();
    expect(await vault.check()).toEqual({ database: true, objects: 3, damaged: [] });
    const paths = readdirSync(join(place.options.folder, 'objects'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(place.options.folder, 'objects', name))
      .filter((path) => statSync(path).isFile());
    for (const path of paths) appendFileSync(path, 'x');
    expect((await vault.check()).damaged).toEqual([sound, lost].toSorted());
    for (const path of paths) rmSync(path);
    expect((await vault.check()).damaged).toEqual([sound, lost, sealed.id].toSorted());
  });

  it('gives the same object for the same content, also when it is streamed', async () => {
    const id = keep('dua kali');
    const again = await vault.putObjectFrom([Buffer.from('dua '), Buffer.from('kali')]);
    expect(again.id).toBe(id);
    expect(files()).toBe(1);
    const sealed = await vault.putObjectFrom([Buffer.from('dua kali')], randomBytes(32));
    expect(sealed.id).not.toBe(id);
    vault.close();
    ({ vault } = await unlockVault(place.options, account.accountId, passphrase));
    expect(vault.getObject(id).toString()).toBe('dua kali');
  });
});
