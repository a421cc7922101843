import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/** What the office's own authority has called back signs nothing, on whatever way it came in. */
const passphrase = 'sandi CA internal kantor';
let app: TestApp;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-called-back-'));
  app = testApp();
  await app.firstRun();
  await app.ask('authority.create', { organisation: 'Kantor Uji', passphrase, crlUrl: null, ocspUrl: null });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** A key made by openssl, certified from a request in a file. @returns .p12 and the certificate's serial number. */
async function fromFile(): Promise<{ readonly p12: Buffer; readonly serial: string }> {
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key.pem',
    '-subj',
    '/O=Kantor Uji/CN=Budi',
    '-outform',
    'DER',
    '-out',
    'one.csr',
  );
  const request = readFileSync(path('one.csr'));
  const { serial } = await app.ask('authority.issue', {
    request,
    kind: 'person',
    name: null,
    days: 30,
    passphrase,
  });
  writeFileSync(path('one.pem'), (await app.ask('authority.certificate', { serial })).bytes);
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    'key.pem',
    '-in',
    'one.pem',
    '-passout',
    'pass:rahasia',
    '-out',
    'one.p12',
  );
  return { p12: readFileSync(path('one.p12')), serial };
}

const bring = (p12: Buffer) => ({ bytes: p12, p12Passphrase: 'rahasia', signingPassphrase }) as const;

async function refusedToSign(): Promise<string> {
  const { id, revision } = await app.draft(letterContent('Sesudah dicabut'));
  return app.refused('letters.sign', { id, revision, signingPassphrase });
}

describe('a certificate that the office called back', () => {
  it('signs nothing though it came in as a .p12, and does not come in again', async () => {
    const { p12, serial } = await fromFile();
    const identity = await app.ask('identity.importP12', bring(p12));
    expect(identity).toMatchObject({ current: true, revokedAt: null });
    await app.ask('authority.revoke', { serial, reason: 'key-compromise', passphrase });
    expect(await app.ask('identity.list', {})).toMatchObject([
      { current: false, revokedAt: expect.any(String) },
    ]);
    expect(await refusedToSign()).toBe('IDENTITY_MISSING');
    const { id, revision } = await app.draft(letterContent('Dengan sertifikat itu'));
    const named = { id, revision, signingPassphrase, identityId: identity.id };
    expect(await app.refused('letters.sign', named)).toBe('CERTIFICATE_REVOKED');
    const elsewhere = await fromFile();
    await app.ask('authority.revoke', { serial: elsewhere.serial, reason: 'superseded', passphrase });
    expect(await app.refused('identity.importP12', bring(elsewhere.p12))).toBe('CERTIFICATE_REVOKED');
  });

  it('goes with the issuing certificate above it', async () => {
    const { p12 } = await fromFile();
    await app.ask('identity.importP12', bring(p12));
    const serial = (await app.ask('authority.status', {}))?.issuing.serial ?? '';
    await app.ask('authority.revoke', { serial, reason: 'key-compromise', passphrase });
    expect(await app.ask('identity.list', {})).toMatchObject([
      { current: false, revokedAt: expect.any(String) },
    ]);
    expect(await refusedToSign()).toBe('IDENTITY_MISSING');
  });
});
