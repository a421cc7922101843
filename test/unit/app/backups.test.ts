import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  colleague,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';

let app: TestApp;
let clock: TestClock;
let accountId: string;
let elsewhere: string;
officeForEachTest('2026-11-22T03:00:00Z', (office) => {
  ({ app, clock, folder: elsewhere } = office);
  accountId = office.head.accountId;
});

/** Unlocks and waits for what was queued behind it. */
async function unlock() {
  const session = await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
  await app.engine.app.settled();
  return session;
}
const setAt = (iso: string): string => join(elsewhere, iso.replace('.000Z', 'Z').replaceAll(':', '-'));

describe('backups', () => {
  it('happen once a day at unlock, beside the vault until a folder is chosen', async () => {
    expect((await app.ask('backup.status', {})).sets).toEqual([]);
    await unlock();
    expect(await app.ask('backup.status', {})).toMatchObject({
      folder: join(app.dataDir, 'backups'),
      sets: ['2026-11-22T03:00:00.000Z'],
      failure: null,
    });
    await unlock();
    expect((await app.ask('backup.status', {})).sets).toHaveLength(1);
    clock.now = new Date('2026-11-23T01:00:00Z');
    await app.ask('backup.setFolder', { path: elsewhere });
    await unlock();
    expect(await app.ask('backup.status', {})).toMatchObject({
      folder: elsewhere,
      sets: ['2026-11-23T01:00:00.000Z'],
    });
  });

  it('that fail are told, and stand in nobody’s way', async () => {
    const file = join(elsewhere, 'berkas');
    writeFileSync(file, '');
    await app.ask('backup.setFolder', { path: file });
    expect(await unlock()).toMatchObject({ accountId });
    expect((await app.ask('backup.status', {})).failure).not.toBeNull();
    await app.ask('backup.setFolder', { path: elsewhere });
    expect(await app.ask('backup.run', {})).toMatchObject({ failure: null });
  });

  it('to a drive that is not there fail, and make no folder of its name', async () => {
    const path = join(elsewhere, 'usb');
    await app.ask('backup.setFolder', { path });
    expect(await app.refused('backup.run', {})).toBe('FOLDER_NOT_WRITABLE');
    expect(existsSync(path)).toBe(false);
    expect((await app.ask('backup.status', {})).failure).toBe('FOLDER_NOT_WRITABLE');
  });

  it('bring a whole office back on a new machine: people, certificates, letters, settings, number book, audit', async () => {
    const identity = await app.ask('identity.createTest', { signingPassphrase });
    await app.ask('trust.addOwn', { identityId: identity.id });
    const receiver = await app.ask('people.add', {
      person: colleague,
      roles: ['drafter', 'signer'],
      initialPassphrase: 'sandi awal sekali',
    });
    const draft = await app.draft(letterContent('Ikut dipulihkan', receiver.accountId));
    const signed = await app.ask('letters.sign', {
      id: draft.id,
      revision: draft.revision,
      signingPassphrase,
    });
    await app.ask('backup.setFolder', { path: elsewhere });
    const { sets } = await app.ask('backup.run', {});
    await app.close();
    removeFolder(app.dataDir);

    app = testApp({ clock });
    expect(await app.ask('vault.restore', { path: setAt(sets[0] ?? '') })).toEqual({ keptAside: false });
    await unlock();
    expect(await app.ask('letters.get', { id: draft.id })).toMatchObject({
      number: signed.number,
      sha256: signed.sha256,
    });
    expect(await app.ask('people.list', {})).toHaveLength(2);
    expect(await app.ask('letters.verify', { id: draft.id })).toMatchObject({
      signatures: [{ integrity: true }],
    });
    const next = await app.draft(letterContent('Sesudah pulih'));
    expect(
      (await app.ask('letters.sign', { id: next.id, revision: next.revision, signingPassphrase })).number,
    ).toContain('/2/');
  });

  it('over an existing vault need an administrator, and keep the old vault aside', async () => {
    await app.ask('backup.setFolder', { path: elsewhere });
    const { sets } = await app.ask('backup.run', {});
    const path = setAt(sets[0] ?? '');
    await app.draft(letterContent('Sesudah cadangan'));
    await app.ask('vault.lock', {});
    expect(await app.refused('vault.restore', { path })).toBe('VAULT_LOCKED');
    await unlock();
    const torn = join(elsewhere, '2020-01-01T00-00-00Z');
    mkdirSync(torn);
    expect(await app.refused('vault.restore', { path: torn })).toBe('BACKUP_TORN');
    // Nobody was signed out for it.
    expect(await app.ask('letters.list', { folder: 'drafts' })).toHaveLength(1);
    expect(await app.ask('vault.restore', { path })).toEqual({ keptAside: true });
    expect((await app.ask('app.status', {})).vault).toBe('locked');
    await unlock();
    expect(await app.ask('letters.list', { folder: 'drafts' })).toEqual([]);
    expect(readdirSync(app.dataDir).some((name) => name.startsWith('vault.before-'))).toBe(true);
    expect(existsSync(join(app.dataDir, 'vault.restoring'))).toBe(false);
  });
});
