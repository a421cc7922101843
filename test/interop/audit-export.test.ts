import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineCalls } from '../../src/main/core/contract/api.ts';
import { removeFolder, signingPassphrase, testApp, type TestApp } from '../fixtures/engine.ts';

/** The exported log, judged by OpenSSL and recomputed by an outsider who has nothing but the two files. */
let app: TestApp;
let folder: string;
let made: EngineCalls['audit.export']['output'];
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-audit-'));
  app = testApp();
  await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
  made = await app.ask('audit.export', { signingPassphrase });
  writeFileSync(path('log.jsonl'), made.log);
  writeFileSync(path('log.jsonl.p7s'), made.signature);
});
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

/** Whom to trust is the reader's business; unless told otherwise only bytes and signature are compared. */
const verifyArguments = (content: string, trust: readonly string[] = ['-noverify']): string[] => {
  const signature = ['-inform', 'DER', '-in', path('log.jsonl.p7s')];
  return [
    'cms',
    '-verify',
    '-binary',
    ...signature,
    '-content',
    path(content),
    '-out',
    path('out'),
    ...trust,
  ];
};

describe('an exported audit log', () => {
  it('verifies with openssl cms', () => {
    const { status, stderr } = spawnSync('openssl', verifyArguments('log.jsonl'), { encoding: 'utf8' });
    expect(stderr).toMatch(/successful/i);
    expect(status).toBe(0);
  });

  it('carries the certificates down to an issuer that openssl accepts', () => {
    const pem = execFileSync(
      'openssl',
      ['pkcs7', '-inform', 'DER', '-in', path('log.jsonl.p7s'), '-print_certs'],
      { encoding: 'utf8' },
    );
    writeFileSync(path('certificates.pem'), pem);
    const trust = ['-CAfile', path('certificates.pem'), '-purpose', 'any'];
    const { status, stderr } = spawnSync('openssl', verifyArguments('log.jsonl', trust), {
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/successful/i);
    expect(status).toBe(0);
  });

  it('does not verify with one octet changed', () => {
    const changed = Buffer.from(made.log);
    const at = changed.indexOf('vault.created');
    changed[at] = 0x56;
    writeFileSync(path('changed.jsonl'), changed);
    expect(spawnSync('openssl', verifyArguments('changed.jsonl')).status).not.toBe(0);
  });

  it('can be recomputed link by link, to an anchor whose signature fits', () => {
    const [head, ...entries] = Buffer.from(made.log)
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | number | null>);
    let previous = '0'.repeat(64);
    for (const entry of entries) {
      const { seq, at, actorId, action, entity, entityId, facts, hash } = entry;
      const fields = [seq, at, actorId, action, entity, entityId, facts, previous];
      if (entry['onBehalfOfId'] !== undefined) fields.push(entry['onBehalfOfId']);
      expect(createHash('sha256').update(JSON.stringify(fields)).digest('hex')).toBe(hash);
      previous = String(hash);
    }
    const anchor = head?.['anchor'] as unknown as Record<string, string | number>;
    expect(anchor['hash']).toBe(previous);
    const names = ['format', 'version', 'vaultId', 'seq', 'hash', 'at', 'previous', 'key'];
    const signed = Buffer.from(JSON.stringify(names.map((name) => anchor[name])));
    const key = createPublicKey({
      key: Buffer.from(String(anchor['key']), 'base64'),
      format: 'der',
      type: 'spki',
    });
    const signature = Buffer.from(String(anchor['signature']), 'base64');
    expect(verify(null, signed, key, signature)).toBe(true);
  });
});
