import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  letterContent,
  signingPassphrase,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let clock: TestClock;
let app: TestApp;
let head: TestPerson;

officeForEachTest('2026-11-23T03:00:00Z', (office) => void ({ app, clock, head } = office));
afterEach(() => void vi.useRealTimers());

const options = (): Parameters<typeof unlockVault>[0] => ({
  folder: join(app.dataDir, 'vault'),
  cost: { memory: 256, passes: 1 },
  now: clock.now,
});

async function signTo(receiver: string, subject: string, change: object = {}): Promise<string> {
  const draft = await app.draft({ ...letterContent(subject, receiver), ...change });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

describe('roles', () => {
  it('always leave an administrator who can let people in', async () => {
    const { accountId } = head;
    expect(await app.refused('people.setRoles', { accountId, roles: ['drafter'] })).toBe(
      'LAST_ADMINISTRATOR',
    );
    expect(await app.refused('people.setRoles', { accountId, roles: [] })).toBe('ROLES_EMPTY');
    const second = await invite(app, 'kedua', ['administrator']);
    // Invited is not enough: nobody has ever signed in with it.
    expect(await app.refused('people.setRoles', { accountId, roles: ['drafter'] })).toBe(
      'LAST_ADMINISTRATOR',
    );
    await activate(app, second);
    expect(await app.ask('people.setRoles', { accountId, roles: ['drafter'] })).toMatchObject({
      roles: ['drafter'],
    });
    await be(app, head);
    expect(await app.refused('audit.list', { before: null })).toBe('NOT_ALLOWED');
  });

  it('are those of the moment: who loses one loses it in a session that is under way', async () => {
    const clerk = await invite(app, 'juru', ['drafter']);
    await activate(app, clerk);
    await app.ask('letters.create', { kind: 'surat-dinas' });
    await be(app, head);
    await app.ask('people.setRoles', { accountId: clerk.accountId, roles: ['reviewer'] });
    await be(app, clerk);
    expect(await app.refused('letters.create', { kind: 'surat-dinas' })).toBe('NOT_ALLOWED');
  });
});

describe('posts', () => {
  it('decide how a letter is signed, in which unit it is numbered, and only while they are valid', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const { accountId } = head;
    const plt = { status: 'plt', title: 'Kepala Dinas Kesehatan', unit: 'DINKES' } as const;
    const range = { from: '2026-11-01', until: '2026-11-30' };
    const person = await app.ask('people.addPost', { accountId, post: { ...plt, ...range } });
    expect(person.post).toBe('Sekretaris Daerah');
    const acting = person.posts.find((post) => post.status === 'plt');
    expect(acting).toMatchObject({ printed: 'Plt. Kepala Dinas Kesehatan', valid: true });
    const postId = acting?.id ?? '';
    const id = await signTo(accountId, 'Sebagai Plt.', { postId });
    expect(await app.ask('letters.get', { id })).toMatchObject({
      senderName: 'Plt. Kepala Dinas Kesehatan',
      senderUnit: 'DINKES',
      number: '000.8.3/1/DINKES/2026',
      signer: { post: 'Plt. Kepala Dinas Kesehatan' },
    });
    clock.now = new Date('2026-12-01T03:00:00Z');
    const late = await app.draft({ ...letterContent('Terlambat', accountId), postId });
    const sign = { id: late.id, revision: late.revision, signingPassphrase };
    expect(await app.refused('letters.sign', sign)).toBe('POST_MISSING');
    expect(await app.refused('people.endPost', { accountId, postId, until: '2026-10-01' })).toBe(
      'POST_DATES_WRONG',
    );
    const units = (await app.ask('units.list', {})).map((one) => one.code);
    expect(units).toEqual(['DINKES', 'SETDA']);
    await app.ask('units.save', { code: 'DINKES', name: 'Dinas Kesehatan', parent: 'SETDA' });
    expect(await app.refused('units.save', { code: 'SETDA', name: 'Setda', parent: 'DINKES' })).toBe(
      'UNIT_CYCLE',
    );
  });
});

describe('a deputy', () => {
  it('sees what comes for the one stood in for, in the period only, and the log names both', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const principal = await invite(app, 'kadis', ['signer']);
    const deputy = await invite(app, 'sekdis', ['drafter']);
    await activate(app, principal);
    await activate(app, deputy);
    await be(app, head);
    const period = {
      principalId: principal.accountId,
      deputyId: deputy.accountId,
      from: '2026-11-23',
      until: '2026-11-25',
    };
    expect(await app.refused('deputies.add', { ...period, deputyId: principal.accountId })).toBe(
      'DEPUTY_INVALID',
    );
    expect(await app.refused('deputies.add', { ...period, until: '2026-11-22' })).toBe('DEPUTY_INVALID');
    await app.ask('deputies.add', period);
    const open = await signTo(principal.accountId, 'Biasa');
    const limited = await signTo(principal.accountId, 'Terbatas', { security: 'terbatas' });
    const secret = await signTo(principal.accountId, 'Rahasia', { security: 'rahasia' });

    await be(app, deputy);
    const rows = await app.ask('letters.list', { folder: 'incoming' });
    expect(rows.map((row) => row.subject)).toEqual(['Terbatas', 'Biasa']);
    expect(rows.every((row) => row.onBehalfOf === 'Pegawai kadis')).toBe(true);
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(2);
    expect(await app.ask('letters.get', { id: limited })).toMatchObject({ subject: 'Terbatas' });
    expect(await app.refused('letters.get', { id: secret })).toBe('NOT_FOUND');
    await app.ask('letters.markRead', { id: open });
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(1);

    await be(app, head);
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.find((line) => line.action === 'letter.read')).toMatchObject({
      actor: expect.stringContaining('sekdis') as string,
      onBehalfOf: expect.stringContaining('kadis') as string,
    });
    clock.now = new Date('2026-11-26T03:00:00Z');
    await be(app, deputy);
    const after = (await app.ask('letters.list', { folder: 'incoming' })).map((row) => row.subject);
    expect(after).toEqual([]);
    expect((await app.ask('home.counters', {})).incomingUnread).toBe(0);
  });
});

describe('the two locks', () => {
  it('screen lock drops the person and keeps the vault; full lock closes it', async () => {
    await app.ask('vault.lock', {});
    expect(await app.ask('app.status', {})).toMatchObject({ vault: 'locked', session: null });
    expect(await app.refused('letters.list', { folder: 'drafts' })).toBe('VAULT_LOCKED');
    await expect(unlockVault(options(), head.accountId, accountPassphrase)).rejects.toThrow('VAULT_IN_USE');
    expect(await app.refused('vault.unlock', { accountId: head.accountId, passphrase: 'salah sekali' })).toBe(
      'PASSPHRASE_WRONG',
    );
    await be(app, head);
    await app.ask('vault.seal', {});
    const { vault, accountKey } = await unlockVault(options(), head.accountId, accountPassphrase);
    accountKey.privateKey.fill(0);
    vault.close();
  });

  it('a screen lock becomes a full one after the hours that the settings say', async () => {
    await app.ask('security.save', { idleMinutes: 5, sealAfterHours: 2, workFrom: 7, workUntil: 17 });
    await app.engine.app.settled();
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
    await app.ask('vault.lock', {});
    await vi.advanceTimersByTimeAsync(2 * 3_600_000 - 1000);
    await expect(unlockVault(options(), head.accountId, accountPassphrase)).rejects.toThrow('VAULT_IN_USE');
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    await app.engine.app.settled();
    const { vault } = await unlockVault(options(), head.accountId, accountPassphrase);
    vault.close();
  });

  it('the daily backup is written behind a locked screen', async () => {
    await app.engine.app.settled();
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
    await app.ask('vault.lock', {});
    clock.now = new Date('2026-11-24T03:00:00Z');
    await vi.advanceTimersByTimeAsync(3_600_000 / 2);
    vi.useRealTimers();
    await app.engine.app.settled();
    await be(app, head);
    expect((await app.ask('backup.status', {})).sets[0]).toMatch(/^2026-11-24T03:00/);
  });

  it('changing the person leaks nothing from one to the other', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const second = await invite(app, 'kedua', ['drafter', 'signer']);
    await activate(app, second);
    await be(app, head);
    const mine = await app.draft({ ...letterContent('Hanya milik pertama'), security: 'rahasia' });
    const slow = app.engine.app.call('letters.preview', { id: mine.id });
    const before = app.events.length;
    await be(app, second);
    // What the first person asked is not answered to the second.
    expect(await slow).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    const seen = JSON.stringify([
      await app.ask('app.status', {}),
      await app.ask('letters.list', { folder: 'drafts' }),
      await app.ask('letters.list', { folder: 'discarded' }),
      await app.ask('notices.list', {}),
      await app.ask('home.counters', {}),
      await app.ask('mydata.read', {}),
      await app.ask('changes.since', { seq: 0 }),
      app.events.slice(before),
    ]);
    expect(seen).not.toContain('Hanya milik pertama');
    expect(seen).not.toContain('Siti Rahmawati');
    expect(await app.refused('letters.get', { id: mine.id })).toBe('NOT_FOUND');
  });
});
