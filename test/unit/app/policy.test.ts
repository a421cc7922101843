import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  accountPassphrase,
  removeFolder,
  resourcesDir,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

let app: TestApp;
let resources: string;
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
  removeFolder(resources);
});

function addVersion(version: string): void {
  const folder = join(resources, 'privacy-policy', version);
  mkdirSync(folder);
  for (const language of ['id', 'en']) {
    const text = JSON.parse(
      readFileSync(join(resources, 'privacy-policy', '2025-01-27', `${language}.json`), 'utf8'),
    ) as object;
    writeFileSync(join(folder, `${language}.json`), JSON.stringify({ ...text, version, effective: version }));
  }
}

describe('a newer privacy policy', () => {
  it('is in force from its date, readable before unlock, and acknowledged again before anything else', async () => {
    resources = mkdtempSync(join(tmpdir(), 'eletter-resources-'));
    cpSync(resourcesDir, resources, { recursive: true });
    const clock = { now: new Date('2026-11-22T03:00:00Z') };
    app = testApp({ resources, clock });
    const { session } = await app.firstRun();
    expect(session.mustAcknowledge).toBe(false);
    await app.close();

    addVersion('2026-12-01');
    app = testApp({ resources, clock, dataDir: app.dataDir });
    expect((await app.ask('app.status', {})).policyVersion).toBe('2025-01-27');
    clock.now = new Date('2026-11-30T17:00:00Z'); // 1 December, 00.00 WIB
    expect((await app.ask('app.status', {})).policyVersion).toBe('2026-12-01');
    expect(await app.ask('policy.read', { language: 'en' })).toMatchObject({
      version: '2026-12-01',
      language: 'en',
    });

    const again = await app.ask('vault.unlock', {
      accountId: session.accountId,
      passphrase: accountPassphrase,
    });
    expect(again.mustAcknowledge).toBe(true);
    expect(await app.refused('letters.list', { folder: 'drafts' })).toBe('POLICY_NOT_ACKNOWLEDGED');
    expect(await app.refused('policy.acknowledge', { version: '2025-01-27', language: 'id' })).toBe(
      'POLICY_NOT_ACKNOWLEDGED',
    );
    expect(await app.ask('policy.acknowledge', { version: '2026-12-01', language: 'id' })).toMatchObject({
      mustAcknowledge: false,
    });
    expect(await app.ask('letters.list', { folder: 'drafts' })).toEqual([]);
  });
});
