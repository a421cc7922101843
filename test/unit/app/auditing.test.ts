import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  colleague,
  letterContent,
  signingPassphrase,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';

let app: TestApp;
let clock: TestClock;
let accountId: string;
let drive: string;
officeForEachTest('2026-11-22T03:00:00Z', (office) => {
  ({ app, clock, folder: drive } = office);
  accountId = office.head.accountId;
});

const hours = (n: number): void => {
  clock.now = new Date(clock.now.getTime() + n * 3_600_000);
};
async function unlock(): Promise<void> {
  await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
  await app.engine.app.settled();
}
const anchorFiles = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^anchors-[0-9a-f-]{36}\.jsonl$/.test(name)) : [];

describe('the audit log', () => {
  it('is listed newest first, for administrators', async () => {
    await app.draft(letterContent('Rahasia isinya'));
    const page = await app.ask('audit.list', { before: null });
    expect(page.lines.map((line) => line.action)).toContain('vault.created');
    expect(page.lines.at(-1)).toMatchObject({ seq: 1, actor: 'Siti Rahmawati' });
    expect(page.total).toBe(page.lines.length);
    expect(JSON.stringify(page)).not.toContain('Rahasia isinya');
    expect(JSON.stringify(page)).not.toContain(accountPassphrase);
  });

  it('is anchored beside every backup, in the data folder, and says so', async () => {
    expect(await app.ask('audit.check', {})).toMatchObject({ anchors: 0, lastAnchor: null });
    await app.ask('backup.setFolder', { path: drive });
    await app.ask('backup.run', {});
    hours(1);
    await app.ask('backup.run', {});
    expect(anchorFiles(drive)).toHaveLength(1);
    expect(anchorFiles(join(app.dataDir, 'anchors'))).toHaveLength(1);
    const check = await app.ask('audit.check', {});
    expect(check).toMatchObject({
      brokenLink: null,
      anchors: 2,
      lastAnchor: clock.now.toISOString(),
      contradiction: null,
    });
    expect(check.entries).toBe((await app.ask('audit.list', { before: null })).total);
  });

  it('tells of an older vault put back, also when only the drive with its backups remembers', async () => {
    await app.ask('backup.setFolder', { path: drive });
    await app.ask('vault.seal', {});
    cpSync(join(app.dataDir, 'vault'), join(app.dataDir, 'older'), { recursive: true });
    hours(1);
    await unlock();
    await app.draft(letterContent('Yang akan hilang'));
    await app.ask('backup.run', {});
    await app.ask('vault.seal', {});
    rmSync(join(app.dataDir, 'vault'), { recursive: true });
    cpSync(join(app.dataDir, 'older'), join(app.dataDir, 'vault'), { recursive: true });
    rmSync(join(app.dataDir, 'anchors'), { recursive: true });
    hours(1);
    await unlock();
    expect(await app.ask('audit.check', {})).toMatchObject({
      brokenLink: null,
      contradiction: 'rolled-back',
    });
  });

  it('is for administrators only', async () => {
    const person = await app.ask('people.add', {
      person: colleague,
      roles: ['drafter', 'signer'],
      initialPassphrase: 'sandi awal sekali',
    });
    const { policyVersion } = await app.ask('app.status', {});
    await app.ask('vault.unlock', { accountId: person.accountId, passphrase: 'sandi awal sekali' });
    await app.ask('people.activate', {
      policyVersion,
      language: 'id',
      accountPassphrase: 'sandi akun lain lagi',
      signingPassphrase: 'sandi tanda lain',
    });
    expect(await app.refused('audit.list', { before: null })).toBe('NOT_ALLOWED');
    expect(await app.refused('audit.check', {})).toBe('NOT_ALLOWED');
    expect(await app.refused('audit.export', { signingPassphrase: 'sandi tanda lain' })).toBe('NOT_ALLOWED');
  });
});

describe('the signed export', () => {
  it('holds every entry up to its own anchor, and itself is in the log', async () => {
    expect(await app.refused('audit.export', { signingPassphrase })).toBe('IDENTITY_MISSING');
    await app.ask('identity.createTest', { signingPassphrase });
    expect(await app.refused('audit.export', { signingPassphrase: 'bukan ini' })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    const { log, fileName } = await app.ask('audit.export', { signingPassphrase });
    expect(fileName).toBe('audit-2026-11-22.jsonl');
    const lines = Buffer.from(log).toString('utf8').trimEnd().split('\n');
    const [head, ...entries] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(head).toMatchObject({
      format: 'eletter-audit-log',
      office: 'SEKRETARIAT DAERAH',
      exportedBy: { accountId, name: 'Dra. Siti Rahmawati, M.Si.' },
      range: { from: 1, to: entries.length, entries: entries.length },
      anchor: { seq: entries.length, hash: entries.at(-1)?.['hash'] },
    });
    expect(entries.map((entry) => entry['seq'])).toEqual(entries.map((_, index) => index + 1));
    expect(entries.at(-1)).toMatchObject({ action: 'audit.exported', actorId: accountId });
    const [anchors] = anchorFiles(join(app.dataDir, 'anchors'));
    const kept = readFileSync(join(app.dataDir, 'anchors', anchors ?? ''), 'utf8');
    expect(JSON.parse(kept)).toEqual(head?.['anchor']);
    expect(Buffer.from(log).includes(signingPassphrase)).toBe(false);
  });
});

describe('a lock', () => {
  it('ends a check, and an export signed for somebody who left', async () => {
    await app.ask('identity.createTest', { signingPassphrase });
    const [checked, exported] = [
      app.engine.app.call('audit.check', {}),
      app.engine.app.call('audit.export', { signingPassphrase }),
    ];
    await app.ask('vault.lock', {});
    expect(await checked).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    expect(await exported).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    await unlock();
    const { lines } = await app.ask('audit.list', { before: null });
    expect(lines.map((line) => line.action)).not.toContain('audit.exported');
  });
});
