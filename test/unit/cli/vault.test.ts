import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/main/cli/run.ts';
import { readHeader, sql, unlockVault } from '../../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  administrator,
  letterContent,
  letterhead,
  poolEntry,
  removeFolder,
  resourcesDir,
  signingPassphrase,
  testApp,
  testCost,
  type TestApp,
} from '../../fixtures/engine.ts';

/** `eletter vault`: check, backup and restore without a window. */
let app: TestApp;
let folder: string;
let out: string[] = [];
let err: string[] = [];
const path = (name: string): string => join(folder, name);

async function eletter(...argv: string[]): Promise<number> {
  out = [];
  err = [];
  return runCommand(['vault', ...argv], { resourcesDir, dataDir: app.dataDir, version: '1', poolEntry });
}

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
});
afterAll(() => vi.restoreAllMocks());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-cli-vault-'));
  writeFileSync(path('pass'), `${accountPassphrase}\n`);
  app = testApp();
  await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  const draft = await app.draft(letterContent('Dicadangkan'));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  await app.close();
});
afterEach(() => {
  removeFolder(app.dataDir);
  removeFolder(folder);
});

const login = (): string[] => ['--user', 'sekda', '--passphrase-file', path('pass')];

describe('eletter vault', () => {
  it('says what the anchors contradict', async () => {
    cpSync(join(app.dataDir, 'vault'), path('older'), { recursive: true });
    expect(await eletter('backup', '--to', path('drive'), ...login())).toBe(0);
    rmSync(join(app.dataDir, 'vault'), { recursive: true });
    cpSync(path('older'), join(app.dataDir, 'vault'), { recursive: true });
    expect(await eletter('check', ...login())).toBe(1);
    expect(out[0]).toContain('MEMBANTAH');
    expect(out[0]).toContain('keadaan lama');
    expect(await eletter('check', ...login(), '--json', '--lang', 'en')).toBe(1);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      whole: false,
      brokenLink: null,
      audit: { contradiction: 'rolled-back' },
    });
  });

  it('checks a whole vault, and names what is not whole', async () => {
    expect(await eletter('check', ...login(), '--json')).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      whole: true,
      objects: 1,
      damaged: [],
      brokenLink: null,
    });
    rmSync(join(app.dataDir, 'vault', 'objects'), { recursive: true });
    expect(await eletter('check', ...login())).toBe(1);
    expect(out[0]).toContain('TIDAK utuh');
  });

  it('backs up, checks the set, restores it elsewhere and over a vault', async () => {
    expect(await eletter('backup', '--to', path('drive'), ...login(), '--json')).toBe(0);
    const { path: set } = JSON.parse(out[0] ?? '') as { path: string };
    expect(await eletter('check', set)).toBe(0);
    expect(await eletter('check', ...login())).toBe(0);
    expect(out[0]).toContain('Jangkar audit cocok');
    expect(await eletter('check', ...login(), '--json')).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ whole: true, audit: { contradiction: null } });
    expect(await eletter('restore', set, '--data', path('baru'))).toBe(0);
    expect(await eletter('check', '--data', path('baru'), ...login())).toBe(0);
    expect(await eletter('restore', set)).toBe(65);
    expect(err.join()).toContain('[VAULT_LOCKED]');
    expect(await eletter('restore', set, ...login())).toBe(0);
    expect(readdirSync(app.dataDir).some((name) => name.startsWith('vault.before-'))).toBe(true);
    // Over a vault that cannot be read the passphrase is enough.
    truncateSync(join(app.dataDir, 'vault', 'letters.db'), 5000);
    expect(await eletter('check', ...login())).toBe(65);
    expect(err.join()).toContain('[VAULT_DAMAGED]');
    expect(await eletter('restore', set, ...login())).toBe(0);
    expect(await eletter('check', ...login())).toBe(0);
    truncateSync(join(set, 'letters.db'), 100);
    expect(await eletter('check', set)).toBe(65);
    expect(err.join()).toContain('[BACKUP_TORN]');
  });

  it('refuses wrong passphrases, unknown accounts and wrong words', async () => {
    writeFileSync(path('wrong'), 'bukan kata sandinya');
    expect(await eletter('check', '--user', 'sekda', '--passphrase-file', path('wrong'))).toBe(1);
    expect(err.join()).toContain('[PASSPHRASE_WRONG]');
    expect(await eletter('check', '--user', 'siapa', '--passphrase-file', path('pass'))).toBe(64);
    expect(await eletter('check')).toBe(64);
    expect(await eletter('backup', ...login())).toBe(64);
    expect(await eletter('restore')).toBe(64);
    expect(await eletter('hapus')).toBe(64);
    expect(readFileSync(path('pass'), 'utf8')).toContain(accountPassphrase);
  });

  it('makes a vault from a file, only after the policy was read, and re-keys it', async () => {
    writeFileSync(path('sign'), `${signingPassphrase}\n`);
    writeFileSync(path('office.json'), JSON.stringify({ person: administrator, letterhead }));
    const create = [
      'create',
      path('office.json'),
      '--data',
      path('kantor'),
      '--passphrase-file',
      path('pass'),
    ];
    expect(await eletter(...create)).toBe(64);
    const all = [...create, '--signing-passphrase-file', path('sign')];
    expect(await eletter(...all)).toBe(64);
    const version = /--policy-read (\S+)\./.exec(err.join('\n'))?.[1] ?? '';
    expect(existsSync(join(path('kantor'), 'vault', 'vault.json'))).toBe(false);
    writeFileSync(path('bad.json'), JSON.stringify({ person: { ...administrator, nip: 'x' }, letterhead }));
    expect(await eletter('create', path('bad.json'), ...all.slice(2), '--policy-read', version)).toBe(1);
    expect(err.join()).toContain('[BAD_REQUEST]');
    expect(await eletter(...all, '--policy-read', version, '--json')).toBe(0);
    const { recoveryKey } = JSON.parse(out[0] ?? '') as { recoveryKey: string };
    expect(recoveryKey.length).toBeGreaterThan(20);
    const header = (): string => readFileSync(join(path('kantor'), 'vault', 'vault.json'), 'utf8');
    const before = header();
    expect(await eletter('rekey', '--data', path('kantor'), ...login())).toBe(0);
    expect(header()).not.toBe(before);
    expect(await eletter('check', '--data', path('kantor'), ...login())).toBe(0);
    expect(await eletter(...all, '--policy-read', version)).toBe(65);
    expect(err.join()).toContain('[VAULT_EXISTS]');
  });

  it('saves what can still be read of a damaged vault, and leaves a whole one alone', async () => {
    expect(await eletter('salvage', ...login())).toBe(64);
    const database = join(app.dataDir, 'vault', 'letters.db');
    // Pages one after the other, until signing in meets the damage; the first holds the schema and stays.
    let code = 0;
    for (let page = 2; code === 0 && page < statSync(database).size / 4096; page += 1) {
      const file = openSync(database, 'r+');
      writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
      closeSync(file);
      code = await eletter('check', ...login());
      if (!err.join().includes('[VAULT_DAMAGED]')) code = 0;
    }
    expect(code).toBe(65);
    const salvaged = await eletter('salvage', ...login(), '--json');
    expect(err).toEqual([]);
    expect([0, 1]).toContain(salvaged);
    const { tables } = JSON.parse(out[0] ?? '') as { tables: { name: string; saved: number }[] };
    expect(tables.find((table) => table.name === 'letter')).toBeDefined();
    expect(readdirSync(join(app.dataDir, 'vault')).some((name) => name.includes('damaged'))).toBe(true);
    // Signing in may fail where the people's own table was lost; the log is read with the data key.
    const options = { folder: join(app.dataDir, 'vault'), cost: testCost, now: new Date() };
    const accountId = readHeader(options.folder)?.accounts[0]?.accountId ?? '';
    const { vault } = await unlockVault(options, accountId, accountPassphrase);
    const noted = vault.read.all(sql`SELECT facts FROM audit WHERE action = 'vault.salvaged'`);
    vault.close();
    expect(noted).toHaveLength(1);
  });
});
