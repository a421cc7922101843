import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerOf } from '../../faults/ledger.ts';
import { judge } from '../../faults/judge.ts';
import { startOf } from '../../faults/moments.ts';
import { prepareOffice, type Prepared } from '../../faults/place.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
} from '../../fixtures/engine.ts';

let office: Prepared;
let dataDir: string;
beforeEach(async () => {
  office = await prepareOffice(0);
  dataDir = office.copy();
}, 60_000);
afterEach(() => {
  removeFolder(dataDir);
  office.remove();
});

const year = 365 * 86_400_000;

describe('a clock that is put back', () => {
  it('costs no number, no backup and no link of the log', async () => {
    // An hour ahead, so that half an hour back is still within the certificate's time.
    const clock = { now: new Date(Date.now() + 3_600_000) };
    const app = testApp({ dataDir, clock });
    await app.ask('vault.unlock', { accountId: office.accountId, passphrase: accountPassphrase });
    const people = await app.ask('people.list', {});
    const to = people.find((one) => one.username === 'penerima')?.accountId ?? null;
    const sign = async (subject: string): Promise<string> => {
      const { id, revision } = await app.draft(letterContent(subject, to));
      return (await app.ask('letters.sign', { id, revision, signingPassphrase })).number;
    };
    const before = await sign('Sebelum');
    await app.ask('backup.run', {});
    const newest = (await app.ask('backup.status', {})).sets[0] ?? '';
    clock.now = new Date(clock.now.getTime() - 1_800_000);
    const after = await sign('Sesudah');
    await app.ask('backup.run', {});
    expect(Number(after.split('/')[1])).toBe(Number(before.split('/')[1]) + 1);
    expect((await app.ask('backup.status', {})).sets).toContain(newest);
    // So far back that no certificate is valid: signing is refused by its code, everything else goes on.
    clock.now = new Date(clock.now.getTime() - 2 * year);
    const draft = await app.draft(letterContent('Jauh di belakang'));
    expect(
      await app.refused('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase }),
    ).toBe('IDENTITY_MISSING');
    await app.ask('backup.run', {});
    expect(await app.ask('audit.check', {})).toMatchObject({ brokenLink: null, contradiction: null });
    await app.close();
    const { problems } = await judge(dataDir, ledgerOf(startOf(office), []));
    expect(problems).toEqual([]);
  }, 60_000);
});

describe('two at once', () => {
  it('the second is refused by its code and touches nothing; it gets in when the first is gone', async () => {
    const child = join(import.meta.dirname, '../../faults/child.ts');
    const argv = [child, dataDir, office.accountId, accountPassphrase, '1'];
    const first = spawn(process.execPath, [...argv, '-1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(first, 'exit');
    let said = '';
    await new Promise<void>((resolve) =>
      first.stdout.on('data', (part) => {
        said += String(part);
        if (said.includes('"done":true')) resolve();
      }),
    );
    const second = spawnSync(process.execPath, [...argv, '0', 'tolerant'], { encoding: 'utf8' });
    expect(second.stdout).toContain('"code":"VAULT_IN_USE"');
    expect(second.status).toBe(0);
    expect(first.exitCode).toBeNull();
    first.kill('SIGKILL');
    await ended;
    const third = spawnSync(process.execPath, [...argv, '0'], { encoding: 'utf8' });
    expect(third.stdout).toContain('"done":true');
  }, 60_000);
});
