import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
  type TestClock,
} from '../../fixtures/engine.ts';

/** Importing a PKCS#12 file through the application: what goes in, and everything that must be refused. */
let folder: string;
let app: TestApp;
let clock: TestClock;

function openssl(...args: string[]): void {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}
const file = (name: string): Buffer => readFileSync(join(folder, name));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-p12-'));
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'a.key',
    '-out',
    'a.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Siti',
    '-addext',
    'keyUsage=digitalSignature',
  );
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'b.key',
    '-out',
    'b.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Lain',
    '-addext',
    'keyUsage=keyEncipherment',
  );
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'a.pem',
    '-inkey',
    'a.key',
    '-passout',
    'pass:rahasia',
    '-out',
    'modern.p12',
  );
  openssl(
    'pkcs12',
    '-export',
    '-legacy',
    '-in',
    'a.pem',
    '-inkey',
    'a.key',
    '-passout',
    'pass:rahasia',
    '-out',
    'legacy.p12',
  );
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'b.pem',
    '-inkey',
    'b.key',
    '-passout',
    'pass:rahasia',
    '-out',
    'usage.p12',
  );
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'a.pem',
    '-inkey',
    'a.key',
    '-keypbe',
    'camellia-256-cbc',
    '-certpbe',
    'camellia-256-cbc',
    '-passout',
    'pass:rahasia',
    '-out',
    'camellia.p12',
  );
  openssl('pkcs12', '-export', '-nokeys', '-in', 'a.pem', '-passout', 'pass:rahasia', '-out', 'nokey.p12');
  writeFileSync(join(folder, 'garbage.p12'), 'bukan PKCS#12');
  writeFileSync(join(folder, 'cut.p12'), file('modern.p12').subarray(0, 700));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  clock = { now: new Date() };
  app = testApp({ clock });
  await app.firstRun();
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const importing = (name: string, p12Passphrase = 'rahasia', signing = signingPassphrase) =>
  ({ bytes: file(name), p12Passphrase, signingPassphrase: signing }) as const;

describe('importing a certificate', () => {
  it.each(['modern.p12', 'legacy.p12'])('%s: kept, current, signs', async (name) => {
    expect(await app.ask('identity.importP12', importing(name))).toMatchObject({
      origin: 'p12',
      current: true,
      expired: false,
    });
    const draft = await app.draft(letterContent('Dengan sertifikat impor'));
    expect(
      (await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase })).number,
    ).toContain('/1/');
    expect(await app.ask('letters.verify', { id: draft.id })).toMatchObject({
      signatures: [{ integrity: true, signer: { subject: expect.stringContaining('Siti') as string } }],
    });
  });

  it.each([
    ['modern.p12', 'salah', 'P12_PASSPHRASE_WRONG'],
    ['camellia.p12', 'rahasia', 'P12_CIPHER_UNSUPPORTED'],
    ['usage.p12', 'rahasia', 'CERTIFICATE_WRONG_USAGE'],
    ['nokey.p12', 'rahasia', 'P12_NO_KEY'],
    ['garbage.p12', 'rahasia', 'P12_UNREADABLE'],
    ['cut.p12', 'rahasia', 'P12_UNREADABLE'],
  ])('%s with "%s" is refused as %s, and nothing is kept', async (name, passphrase, code) => {
    expect(await app.refused('identity.importP12', importing(name, passphrase))).toBe(code);
    expect(await app.ask('identity.list', {})).toEqual([]);
  });

  it('a wrong signing passphrase keeps nothing either', async () => {
    expect(
      await app.refused('identity.importP12', importing('modern.p12', 'rahasia', 'salah sama sekali')),
    ).toBe('SIGNING_PASSPHRASE_WRONG');
    expect(await app.ask('identity.list', {})).toEqual([]);
  });

  it('an expired or not yet valid certificate is refused, and an identity that expires is no longer current', async () => {
    await app.ask('identity.importP12', importing('modern.p12'));
    const draft = await app.draft(letterContent('Terlambat'));
    clock.now = new Date(Date.now() + 40 * 86_400_000);
    expect(await app.refused('identity.importP12', importing('legacy.p12'))).toBe('CERTIFICATE_EXPIRED');
    expect(await app.ask('identity.list', {})).toMatchObject([{ current: false, expired: true }]);
    expect(
      await app.refused('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase }),
    ).toBe('IDENTITY_MISSING');
    clock.now = new Date(Date.now() - 40 * 86_400_000);
    expect(await app.refused('identity.importP12', importing('legacy.p12'))).toBe(
      'CERTIFICATE_NOT_YET_VALID',
    );
  });
});

describe('the trust list', () => {
  it('takes issuers only, trusts nobody once its file was changed outside, and is set right by an administrator', async () => {
    const identity = await app.ask('identity.createTest', { signingPassphrase });
    expect(await app.refused('trust.add', { bytes: file('modern.p12'), psre: false })).toBe(
      'ANCHOR_UNREADABLE',
    );
    const anchors = await app.ask('trust.addOwn', { identityId: identity.id });
    expect(anchors).toHaveLength(1);
    const draft = await app.draft(letterContent('Dipercaya'));
    await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
    const conclusion = async (): Promise<string> =>
      (await app.ask('letters.verify', { id: draft.id })).conclusion;
    expect(await conclusion()).toBe('TOTAL-PASSED');

    const path = join(app.dataDir, 'trust.json');
    const stored = JSON.parse(readFileSync(path, 'utf8')) as { psre: boolean }[];
    writeFileSync(path, JSON.stringify(stored.map((one) => ({ ...one, psre: true }))));
    expect(await app.refused('trust.list', {})).toBe('TRUST_FILE_CHANGED');
    expect(await conclusion()).toBe('INDETERMINATE');

    await app.ask('trust.addOwn', { identityId: identity.id });
    expect(await app.ask('trust.list', {})).toMatchObject([{ psre: false }]);
    expect(await conclusion()).toBe('TOTAL-PASSED');
    expect(await app.ask('trust.remove', { fingerprint: anchors[0]?.fingerprint ?? '' })).toEqual([]);
    expect(await conclusion()).toBe('INDETERMINATE');
  });

  it('is there before unlock', async () => {
    const identity = await app.ask('identity.createTest', { signingPassphrase });
    await app.ask('trust.addOwn', { identityId: identity.id });
    await app.ask('vault.lock', {});
    expect(await app.ask('trust.list', {})).toHaveLength(1);
  });
});
