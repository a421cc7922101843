import { mkdirSync, readdirSync, statSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordObject, unlockVault } from '../../../src/main/core/vault/index.ts';
import { account, makeVault, newPlace, note, passphrase, type Place } from './support.ts';

let place: Place;
let umask = 0;
beforeEach(() => {
  umask = process.umask(0o022);
  place = newPlace();
});
afterEach(() => {
  process.umask(umask);
  place.remove();
});

function modes(folder: string): Record<string, number[]> {
  const found: Record<string, Set<number>> = { folder: new Set(), file: new Set() };
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const stat = statSync(join(folder, name));
    found[stat.isDirectory() ? 'folder' : 'file']?.add(stat.mode & 0o7777);
  }
  return { folder: [...(found['folder'] ?? [])], file: [...(found['file'] ?? [])] };
}

describe.skipIf(process.platform === 'win32')('the rights on what a vault makes (not on Windows)', () => {
  it.each([
    [false, 0o700, 0o600],
    [true, 0o770, 0o660],
  ])('shared: %s', async (shared, folder, file) => {
    const options = { ...place.options, shared };
    const { vault } = await makeVault(options);
    const object = vault.putObject(Buffer.from('isi'));
    vault.write((db) => recordObject(db, object, 'now'));
    await vault.rekey();
    await vault.changeRecoveryKey();
    note(vault, 'sesudah');
    const { path } = await vault.backup(join(place.root, 'cadangan'), new Date('2026-11-22T03:00:00Z'));
    expect(modes(options.folder)).toEqual({ folder: [folder], file: [file] });
    expect(statSync(path).mode & 0o777).toBe(folder);
    vault.close();
    const again = (await unlockVault(options, account.accountId, passphrase)).vault;
    note(again, 'lagi');
    expect(modes(options.folder)).toEqual({ folder: [folder], file: [file] });
    again.close();
  });

  it('a shared one keeps the group that its folder hands down', async () => {
    const parent = join(place.root, 'bersama');
    mkdirSync(parent);
    chmodSync(parent, 0o2775);
    const options = { ...place.options, folder: join(parent, 'vault'), shared: true };
    const { vault } = await makeVault(options);
    vault.close();
    expect(statSync(options.folder).mode & 0o7777).toBe(0o2770);
    expect(statSync(join(options.folder, 'objects')).mode & 0o7777).toBe(0o2770);
  });
});
