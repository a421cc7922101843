import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultHeader } from '../../../src/main/core/vault/header.ts';
import {
  accountKeyFrom,
  openSealedFor,
  recordObject,
  sealFor,
  unlockVault,
  unlockVaultByRecovery,
} from '../../../src/main/core/vault/index.ts';
import { newAccountKey } from '../../../src/main/core/vault/recipient.ts';
import {
  account,
  makeOldVault,
  makeVault,
  newPlace,
  note,
  noted,
  passphrase,
  type Place,
} from './support.ts';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const headerFile = (): string => join(place.options.folder, 'vault.json');
const header = (): VaultHeader => JSON.parse(readFileSync(headerFile(), 'utf8')) as VaultHeader;
const code = (value: string) => expect.objectContaining({ code: value }) as unknown;

describe('key slots', () => {
  it('give the account its key pair, whatever its passphrase is by now', async () => {
    const { vault, accountKey } = await makeVault(place.options);
    const sealed = sealFor(accountKey.publicKey, Buffer.from('untuk siti'), 'uji');
    expect(vault.publicKeyOf(account.accountId)?.equals(accountKey.publicKey)).toBe(true);
    await vault.changeAccountPassphrase(account.accountId, accountKey, 'sandi yang baru');
    expect(await vault.openAccount(account.accountId, passphrase)).toBeNull();
    expect(await vault.openAccount('tidak ada', passphrase)).toBeNull();
    expect((await vault.openAccount(account.accountId, 'sandi yang baru'))?.publicKey).toEqual(
      accountKey.publicKey,
    );
    vault.close();
    await expect(unlockVault(place.options, account.accountId, passphrase)).rejects.toEqual(
      code('PASSPHRASE_WRONG'),
    );
    const again = await unlockVault(place.options, account.accountId, 'sandi yang baru');
    expect(openSealedFor(again.accountKey, sealed, 'uji').toString()).toBe('untuk siti');
    again.vault.close();
  });

  it('are opened by their own passphrase only, and each opens the same vault', async () => {
    const { vault } = await makeVault(place.options);
    note(vault, 'kenari', 'satu');
    const added = await vault.addAccountSlot({ accountId: 'b-2', username: 'budi' }, 'sandi milik budi');
    expect(await vault.openAccount('b-2', passphrase)).toBeNull();
    vault.close();
    const budi = await unlockVault(place.options, 'b-2', 'sandi milik budi');
    expect(noted(budi.vault, 'kenari')).toBe('satu');
    expect(budi.accountKey.privateKey).toEqual(added.privateKey);
    budi.vault.close();
  });

  it('after a forgotten passphrase hold a new key pair, until the old one is put back', async () => {
    const { vault, accountKey } = await makeVault(place.options);
    const kept = Buffer.from(accountKey.privateKey);
    await vault.resetAccount(account.accountId, 'sandi sementara');
    expect(vault.publicKeyOf(account.accountId)?.equals(accountKey.publicKey)).toBe(false);
    await expect(
      vault.changeAccountPassphrase(account.accountId, accountKey, 'apa saja yang lain'),
    ).rejects.toThrow('not the key pair');
    await vault.restoreAccountKey(account.accountId, accountKeyFrom(kept), 'sandi yang baru');
    expect(vault.publicKeyOf(account.accountId)?.equals(accountKey.publicKey)).toBe(true);
    await expect(vault.resetAccount('tidak ada', 'sandi apa saja')).rejects.toEqual(code('NOT_FOUND'));
    vault.close();
    const again = await unlockVault(place.options, account.accountId, 'sandi yang baru');
    expect(again.accountKey.privateKey).toEqual(kept);
    again.vault.close();
  });

  it('a new recovery key ends the old one', async () => {
    const { vault, recoveryKey } = await makeVault(place.options);
    const next = await vault.changeRecoveryKey();
    vault.close();
    await expect(unlockVaultByRecovery(place.options, recoveryKey)).rejects.toEqual(
      code('RECOVERY_KEY_WRONG'),
    );
    (await unlockVaultByRecovery(place.options, next)).close();
  });

  it('changed at the same time are both there in the end', async () => {
    const { vault, accountKey } = await makeVault(place.options);
    const added = vault.addAccountSlot({ accountId: 'b-2', username: 'budi' }, 'sandi milik budi');
    const changed = vault.changeAccountPassphrase(account.accountId, accountKey, 'sandi yang baru');
    const renewed = vault.changeRecoveryKey();
    const rekeyed = vault.rekey();
    await Promise.all([added, changed, renewed, rekeyed]);
    vault.close();
    for (const [id, own] of [
      ['b-2', 'sandi milik budi'],
      [account.accountId, 'sandi yang baru'],
    ] as const)
      (await unlockVault(place.options, id, own)).vault.close();
    (await unlockVaultByRecovery(place.options, await renewed)).close();
  });

  it('asked of a vault that was closed meanwhile write nothing any more', async () => {
    const { vault } = await makeVault(place.options);
    const before = readFileSync(headerFile(), 'utf8');
    const late = vault.addAccountSlot({ accountId: 'b-2', username: 'budi' }, 'sandi milik budi');
    vault.close();
    await expect(late).rejects.toEqual(code('VAULT_LOCKED'));
    expect(readFileSync(headerFile(), 'utf8')).toBe(before);
  });
});

describe('an edited header', () => {
  const other = newAccountKey().publicKey.toString('base64');
  it.each<[string, (held: VaultHeader) => object]>([
    [
      'another public key',
      (held) => ({
        ...held,
        accounts: held.accounts.map((slot) =>
          slot.accountId === 'b-2' ? { ...slot, publicKey: other } : slot,
        ),
      }),
    ],
    [
      'another name',
      (held) => ({
        ...held,
        accounts: held.accounts.map((slot) =>
          slot.accountId === 'b-2' ? { ...slot, username: 'palsu' } : slot,
        ),
      }),
    ],
    [
      'an account less',
      (held) => ({ ...held, accounts: held.accounts.filter((slot) => slot.accountId !== 'b-2') }),
    ],
    [
      'a re-key that nobody began',
      (held) => ({ ...held, next: { accounts: { 'a-1': 'AAAA' }, recovery: 'AAAA' } }),
    ],
    ['another recovery key', (held) => ({ ...held, recovery: { ...held.recovery, publicKey: other } })],
    ['an earlier date', (held) => ({ ...held, createdAt: '2020-01-01T00:00:00.000Z' })],
    ['no seal', (held) => ({ ...held, mac: undefined })],
    ['the seal taken off with the version', (held) => ({ ...held, version: 1 })],
    ['half a slot', (held) => ({ ...held, accounts: [{ accountId: 'a-1', username: 'siti', secret: {} }] })],
  ])('with %s is refused and nothing is touched', async (_name, edit) => {
    const { vault } = await makeVault(place.options);
    await vault.addAccountSlot({ accountId: 'b-2', username: 'budi' }, 'sandi milik budi');
    vault.close();
    const edited = JSON.stringify(edit(header()));
    writeFileSync(headerFile(), edited);
    const database = readFileSync(join(place.options.folder, 'letters.db'));
    await expect(unlockVault(place.options, account.accountId, passphrase)).rejects.toEqual(
      code('VAULT_DAMAGED'),
    );
    expect(readFileSync(headerFile(), 'utf8')).toBe(edited);
    expect(readFileSync(join(place.options.folder, 'letters.db')).equals(database)).toBe(true);
    expect(existsSync(join(place.options.folder, 'vault.open'))).toBe(false);
  });

  it('of another vault opens nothing', async () => {
    const { vault } = await makeVault(place.options);
    vault.close();
    const elsewhere = newPlace();
    try {
      const { vault: foreign } = await makeVault(elsewhere.options);
      foreign.close();
      writeFileSync(headerFile(), readFileSync(join(elsewhere.options.folder, 'vault.json')));
      await expect(unlockVault(place.options, account.accountId, passphrase)).rejects.toEqual(
        code('VAULT_DAMAGED'),
      );
    } finally {
      elsewhere.remove();
    }
  });
});

describe('a vault of header version 1', () => {
  const people = [
    { ...account, passphrase },
    { accountId: 'b-2', username: 'budi', passphrase: 'sandi milik budi' },
  ];

  it('opens for everybody, and each slot comes of age when it is opened', async () => {
    const { recoveryKey } = await makeOldVault(place.options, people);
    const first = await unlockVault(place.options, account.accountId, passphrase);
    expect(header().version).toBe(2);
    expect(first.vault.publicKeyOf(account.accountId)).toEqual(first.accountKey.publicKey);
    expect(first.vault.publicKeyOf('b-2')).toBeNull();
    await expect(first.vault.rekey()).rejects.toMatchObject({
      code: 'REKEY_NOT_READY',
      params: { missing: 2 },
    });
    const budi = await first.vault.openAccount('b-2', 'sandi milik budi');
    expect(first.vault.publicKeyOf('b-2')).toEqual(budi?.publicKey);
    await expect(first.vault.rekey()).rejects.toMatchObject({ params: { missing: 1 } });
    first.vault.close();
    const same = await unlockVault(place.options, account.accountId, passphrase);
    expect(same.accountKey.publicKey).toEqual(first.accountKey.publicKey);
    same.vault.close();
    const recovered = await unlockVaultByRecovery(place.options, recoveryKey);
    await recovered.rekey();
    recovered.close();
    (await unlockVault(place.options, 'b-2', 'sandi milik budi')).vault.close();
    (await unlockVaultByRecovery(place.options, recoveryKey)).close();
  });

  it('can leave out somebody who never came back', async () => {
    await makeOldVault(place.options, people);
    const { vault } = await unlockVault(place.options, account.accountId, passphrase);
    await vault.changeRecoveryKey();
    await vault.rekey({ without: 'b-2' });
    vault.close();
    await expect(unlockVault(place.options, 'b-2', 'sandi milik budi')).rejects.toEqual(
      code('PASSPHRASE_WRONG'),
    );
  });

  it('refuses a wrong passphrase and a wrong recovery key untouched', async () => {
    await makeOldVault(place.options, people);
    const before = readFileSync(headerFile(), 'utf8');
    await expect(unlockVault(place.options, account.accountId, 'salah sekali')).rejects.toEqual(
      code('PASSPHRASE_WRONG'),
    );
    const { recoveryKey } = await makeOldVault(
      { ...place.options, folder: join(place.root, 'lain') },
      people,
    );
    await expect(unlockVaultByRecovery(place.options, recoveryKey)).rejects.toEqual(
      code('RECOVERY_KEY_WRONG'),
    );
    expect(readFileSync(headerFile(), 'utf8')).toBe(before);
  });

  it('keeps its objects where they are, although their names came from the data key', async () => {
    const { dataKey } = await makeOldVault(place.options, people);
    const { vault } = await unlockVault(place.options, account.accountId, passphrase);
    const object = vault.putObject(Buffer.from('surat lama'));
    vault.write((db) => recordObject(db, object, 'now'));
    const nameKey = createHmac('sha256', dataKey).update('object names').digest();
    const id = createHash('sha256').update('surat lama').digest('hex');
    const name = createHmac('sha256', nameKey).update(id).digest('hex');
    const path = join(place.options.folder, 'objects', name.slice(0, 2), name.slice(2));
    expect(existsSync(path)).toBe(true);
    await vault.changeRecoveryKey();
    await vault.rekey({ without: 'b-2' });
    expect(existsSync(path)).toBe(true);
    expect(vault.getObject(id).toString()).toBe('surat lama');
    vault.close();
    mkdirSync(join(place.root, 'bekas'));
    renameSync(path, join(place.root, 'bekas', 'x'));
    const again = await unlockVault(place.options, account.accountId, passphrase);
    expect(() => again.vault.getObject(id)).toThrow('OBJECT_DAMAGED');
    again.vault.close();
  });
});
