import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IssuedCertificate } from '../../../src/main/core/contract/index.ts';
import {
  newCertificateRequest,
  parseCertificate,
  readCertificates,
} from '../../../src/main/core/pki/index.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/** The office's own authority on the screen, from its making to a revocation, and what openssl says of it all. */
const passphrase = 'sandi CA internal kantor';
let app: TestApp;
let folder: string;
let head: TestPerson;
let budi: TestPerson;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-authority-'));
  app = testApp();
  const { session } = await app.firstRun();
  head = { accountId: session.accountId, accountPassphrase: 'sandi akun yang panjang', signingPassphrase };
  budi = await invite(app, 'budi', ['signer'], { name: 'Budi Santoso', backTitle: 'S.Kom.' });
  await activate(app, budi);
  await be(app, head);
}, 30_000);
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string => {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}`;
};
const issued = async (): Promise<readonly IssuedCertificate[]> =>
  (await app.ask('authority.status', {}))?.issued ?? [];
const actions = async (): Promise<string[]> =>
  (await app.ask('audit.list', { before: null })).lines.map((one) => one.action);

/** Writes what the desktop would, and asks openssl. */
async function check(serial: string): Promise<string> {
  const write = (name: string, file: { readonly bytes: Uint8Array }): void =>
    writeFileSync(path(name), file.bytes);
  write('root.pem', await app.ask('authority.anchor', {}));
  write('one.pem', await app.ask('authority.certificate', { serial }));
  for (const which of ['issuing', 'root'] as const) {
    write(`${which}.crl`, await app.ask('authority.publish', { of: which, passphrase }));
    openssl('crl', '-inform', 'DER', '-in', `${which}.crl`, '-out', `${which}.crl.pem`);
  }
  writeFileSync(path('lists.pem'), readFileSync(path('issuing.crl.pem')));
  writeFileSync(path('lists.pem'), readFileSync(path('root.crl.pem')), { flag: 'a' });
  const lists = ['-crl_check_all', '-CRLfile', 'lists.pem', '-x509_strict'];
  return openssl('verify', '-CAfile', 'root.pem', '-untrusted', 'one.pem', ...lists, 'one.pem');
}

describe('an office without an authority', () => {
  it('has nothing to ask and nothing to show', async () => {
    expect(await app.ask('authority.status', {})).toBeNull();
    expect(await app.ask('authority.mine', {})).toEqual({ organisation: null, requests: [] });
    expect(await app.refused('authority.request', { signingPassphrase })).toBe('CA_MISSING');
    expect(await app.refused('authority.leaflet', {})).toBe('CA_MISSING');
    expect(await app.refused('authority.publish', { of: 'root', passphrase })).toBe('CA_MISSING');
  });

  it('refuses a short passphrase and an address that nobody can ask', async () => {
    const order = { organisation: 'Pemkab', passphrase, crlUrl: null, ocspUrl: null };
    expect(await app.refused('authority.create', { ...order, passphrase: 'pendek' })).toBe('PASSPHRASE_WEAK');
    expect(await app.refused('authority.create', { ...order, crlUrl: 'ftp://x' })).toBe('BAD_REQUEST');
    expect(await app.ask('authority.status', {})).toBeNull();
  });
});

describe('the authority', () => {
  it('is made once, is trusted here, and never as a PSrE', async () => {
    const order = { organisation: 'Pemkab Lampung Timur', passphrase, crlUrl: null, ocspUrl: null };
    const made = await app.ask('authority.create', order);
    expect(made).toMatchObject({
      organisation: 'Pemkab Lampung Timur',
      trusted: true,
      issued: [],
      waiting: [],
      listUntil: { issuing: null, root: null },
    });
    expect(made.subject).toContain('Tidak tersertifikasi');
    expect((await app.ask('trust.list', {})).map((one) => [one.fingerprint, one.psre])).toEqual([
      [made.fingerprint, false],
    ]);
    expect(await app.refused('authority.create', order)).toBe('CA_EXISTS');
    expect(await app.refused('authority.adopt', { authority: Buffer.of(1), passphrase })).toBe('CA_EXISTS');
  });

  it('certifies a person of the vault who asked, and the key never leaves that person', async () => {
    await be(app, budi);
    expect(await app.refused('authority.request', { signingPassphrase: 'bukan ini' })).toBe(
      'SIGNING_PASSPHRASE_WRONG',
    );
    const mine = await app.ask('authority.request', { signingPassphrase: budi.signingPassphrase });
    expect(mine.requests.map((one) => one.state)).toEqual(['open']);
    expect(await app.refused('authority.request', { signingPassphrase: budi.signingPassphrase })).toBe(
      'CSR_OPEN',
    );
    expect(await app.ask('identity.list', {})).toEqual([]);

    await be(app, head);
    const notices = await app.ask('notices.list', {});
    expect(notices.some((one) => one.kind === 'certificate-requested')).toBe(true);
    const [waiting] = (await app.ask('authority.status', {}))?.waiting ?? [];
    expect(waiting).toMatchObject({ accountId: budi.accountId, name: 'Budi Santoso, S.Kom.' });
    const id = waiting?.id ?? '';
    expect(await app.refused('authority.withdraw', { id })).toBe('NOT_FOUND');
    expect(await app.refused('authority.approve', { id, passphrase: 'bukan ini', days: null })).toBe(
      'CA_PASSPHRASE_WRONG',
    );
    const after = await app.ask('authority.approve', { id, passphrase, days: null });
    expect(after.waiting).toEqual([]);
    expect(after.issued).toMatchObject([{ kind: 'person', holder: { accountId: budi.accountId } }]);
    expect(after.issued[0]?.subject).toMatch(/^CN=Budi Santoso\\, S\.Kom\., OU=DISKOMINFO, O=Pemkab/);
    expect(await app.refused('authority.approve', { id, passphrase, days: null })).toBe('NOT_FOUND');

    await be(app, budi);
    expect(await app.ask('identity.list', {})).toMatchObject([
      { origin: 'office', current: true, certified: false, revokedAt: null },
    ]);
    expect((await app.ask('notices.list', {})).map((one) => one.kind)).toContain('certificate-answered');
  });

  it('the person signs with it, and the signature passes here as not certified', async () => {
    const draft = await app.draft(letterContent('Dengan sertifikat kantor'));
    const { id, revision } = draft;
    await app.ask('letters.sign', { id, revision, signingPassphrase: budi.signingPassphrase });
    const report = await app.ask('letters.verify', { id });
    expect(report.signatures).toMatchObject([
      { integrity: true, psre: false, trustAnchor: expect.any(String) },
    ]);
    await be(app, head);
  });

  it('openssl verify -crl_check passes for what the screens made', async () => {
    const [row] = await issued();
    expect(await check(row?.serial ?? '')).toContain('one.pem: OK');
    const until = (await app.ask('authority.status', {}))?.listUntil;
    expect(Date.parse(until?.issuing ?? '')).toBeGreaterThan(Date.now());
    expect(Date.parse(until?.root ?? '')).toBeGreaterThan(Date.parse(until?.issuing ?? ''));
  });

  it('certifies a request from a file, renews it with the same key, and says what it asks for', async () => {
    const { request } = await newCertificateRequest({
      organisation: 'Kantor Lain',
      unit: 'Sekretariat',
      commonName: 'Dinas Kominfo',
    });
    expect(await app.ask('authority.readRequest', { request })).toEqual({
      commonName: 'Dinas Kominfo',
      unit: 'Sekretariat',
      algorithm: 'ECDSA P-256',
    });
    writeFileSync(path('one.csr'), request);
    expect(openssl('req', '-inform', 'DER', '-in', 'one.csr', '-verify', '-noout')).toMatch(/verify OK/i);
    const order = { request, kind: 'office', name: null, days: 30, passphrase } as const;
    const row = await app.ask('authority.issue', order);
    const renewed = await app.ask('authority.renew', { serial: row.serial, days: 60, passphrase });
    expect(renewed.subject).toBe(row.subject);
    expect(Date.parse(renewed.notAfter)).toBeGreaterThan(Date.parse(row.notAfter));
    expect(await check(renewed.serial)).toContain('one.pem: OK');
    const keys = [];
    for (const { serial } of [row, renewed]) {
      const { bytes } = await app.ask('authority.certificate', { serial });
      const [der] = readCertificates(bytes);
      keys.push(Buffer.from(parseCertificate(der ?? bytes).publicKeyInfo).toString('hex'));
    }
    expect(keys[0]).toBe(keys[1]);
    const [person] = (await issued()).filter((one) => one.holder !== null);
    const again = { serial: person?.serial ?? '', days: null, passphrase };
    expect(await app.refused('authority.renew', again)).toBe('CA_HOLDER_ASKS');
  });

  it('revokes: openssl says so, and the person signs with it no more', async () => {
    const [person] = (await issued()).filter((one) => one.holder !== null);
    const serial = person?.serial ?? '';
    const order = { serial, reason: 'key-compromise', passphrase } as const;
    // what waited with this certificate does not go on with it either
    await be(app, budi);
    const waiting = await app.draft(letterContent('Menunggu di antrean'));
    await app.ask('batch.start', {
      letters: [{ id: waiting.id, revision: waiting.revision }],
      mode: 'each',
      signingPassphrase: budi.signingPassphrase,
    });
    await be(app, head);
    expect(await app.refused('authority.revoke', { ...order, serial: 'FF' })).toBe('CA_SERIAL_UNKNOWN');
    const after = await app.ask('authority.revoke', order);
    expect(after.issued.find((one) => one.serial === serial)).toMatchObject({ reason: 'key-compromise' });
    expect(await app.refused('authority.revoke', order)).toBe('CA_ALREADY_REVOKED');
    expect(after.unlisted).toBe(1);
    expect(await check(serial)).toMatch(/certificate revoked/);
    expect((await app.ask('authority.status', {}))?.unlisted).toBe(0);
    expect(openssl('crl', '-in', 'issuing.crl.pem', '-noout', '-text')).toContain('Key Compromise');
    await be(app, budi);
    const [identity] = await app.ask('identity.list', {});
    expect(identity).toMatchObject({ current: false, revokedAt: expect.any(String) });
    const resume = { signingPassphrase: budi.signingPassphrase };
    expect(await app.refused('batch.resume', resume)).toBe('CERTIFICATE_REVOKED');
    const { id, revision } = await app.draft(letterContent('Sesudah dicabut'));
    const sign = { id, revision, signingPassphrase: budi.signingPassphrase };
    expect(await app.refused('letters.sign', sign)).toBe('IDENTITY_MISSING');
  });

  it('a refused or withdrawn request leaves no key behind, and the next one may follow', async () => {
    const ask = { signingPassphrase: budi.signingPassphrase };
    const [first] = (await app.ask('authority.request', ask)).requests;
    await app.ask('authority.withdraw', { id: first?.id ?? '' });
    const [second] = (await app.ask('authority.request', ask)).requests;
    await be(app, head);
    await app.ask('authority.refuse', { id: second?.id ?? '', reason: 'Bukan pejabat penanda tangan.' });
    await be(app, budi);
    const { requests } = await app.ask('authority.mine', {});
    expect(requests.map((one) => [one.state, one.answer])).toEqual([
      ['refused', 'Bukan pejabat penanda tangan.'],
      ['withdrawn', ''],
      ['issued', ''],
    ]);
    await be(app, head);
  });

  it('gives a copy to the command line that can answer and list, and changes nothing', async () => {
    const { bytes: authority } = await app.ask('authority.copy', { passphrase });
    const opened = { authority, passphrase };
    const serial = (await issued())[0]?.serial ?? '';
    expect((await app.ask('tool.caList', opened)).issued.map((one) => one.serial)).toContain(serial);
    expect(await app.refused('tool.caRevoke', { ...opened, serial, reason: 'superseded' })).toBe(
      'CA_IS_COPY',
    );
    expect(await app.refused('tool.caCrl', { ...opened, of: 'issuing', days: null })).toBe('CA_IS_COPY');
    const request = readFileSync(path('one.csr'));
    const order = { ...opened, request, kind: 'office', name: null, days: null } as const;
    expect(await app.refused('tool.caIssue', order)).toBe('CA_IS_COPY');
  });

  it('moves into another vault whole, from a file and its passphrase', async () => {
    const { bytes: authority } = await app.ask('authority.copy', { passphrase });
    const before = await app.ask('authority.status', {});
    const other = testApp();
    try {
      await other.firstRun();
      expect(await other.refused('authority.adopt', { authority: Buffer.of(1), passphrase })).toBe(
        'CA_UNREADABLE',
      );
      const wrong = { authority, passphrase: 'bukan sandi CA' };
      expect(await other.refused('authority.adopt', wrong)).toBe('CA_PASSPHRASE_WRONG');
      const taken = await other.ask('authority.adopt', { authority, passphrase });
      expect(taken.fingerprint).toBe(before?.fingerprint);
      expect(taken.issued.map((one) => one.serial)).toEqual(before?.issued.map((one) => one.serial));
      expect(taken.trusted).toBe(true);
      const { revoked } = await other.ask('authority.publish', { of: 'issuing', passphrase });
      expect(revoked).toBe(1);
    } finally {
      await other.close();
      removeFolder(other.dataDir);
    }
  });

  it('slows down who guesses its passphrase, and tells the audit of everything', async () => {
    const wrong = { of: 'issuing', passphrase: 'bukan sandi CA' } as const;
    for (let n = 0; n < 3; n += 1)
      expect(await app.refused('authority.publish', wrong)).toBe('CA_PASSPHRASE_WRONG');
    expect(await app.refused('authority.publish', wrong)).toBe('TOO_MANY_ATTEMPTS');
    expect(await actions()).toEqual(
      expect.arrayContaining([
        'authority.created',
        'authority.requested',
        'authority.approved',
        'authority.issued',
        'authority.renewed',
        'authority.revoked',
        'authority.list-published',
        'authority.refused',
        'authority.request-withdrawn',
        'authority.passphrase-failed',
      ]),
    );
  });

  it('keeps neither its keys nor its passphrase in the open', async () => {
    const kept = app.engine.app;
    expect(JSON.stringify(await kept.call('authority.status', {}))).not.toMatch(/PRIVATE|sandi CA/);
    expect(JSON.stringify(await kept.call('audit.list', { before: null }))).not.toContain(passphrase);
  });
});
