import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SignedLetter } from '../../../src/main/core/contract/api.ts';
import type { SignatureLevel } from '../../../src/main/core/contract/levels.ts';
import { startAuthorities, type Authorities, type Party } from '../../fixtures/authorities.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { startGateway } from '../../fixtures/esign-gateway.ts';
import { pem, testPki } from '../../fixtures/pki.ts';
import { cmsBy, signByHand } from '../verification/sign-by-hand.ts';

/** Letters signed on the desk at the office's level, with real peers on loopback (`openssl ts`, `openssl ocsp`). */
const pki = testPki();
let world: Authorities;
let app: TestApp;
/** Of the identity that the peers vouch for. */
let identityId: string;

function p12(party: Party): Uint8Array {
  const path = (name: string): string => join(world.folder, name);
  writeFileSync(path('who.pem'), pem('CERTIFICATE', party.certificate));
  writeFileSync(path('who.key'), party.key.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(path('issuing.pem'), pem('CERTIFICATE', world.issuing.certificate));
  const files = ['-in', path('who.pem'), '-inkey', path('who.key'), '-certfile', path('issuing.pem')];
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    ...files,
    '-passout',
    'pass:rahasia',
    '-out',
    path('who.p12'),
  ]);
  return new Uint8Array(readFileSync(path('who.p12')));
}

const want = (level: SignatureLevel, tsa = world.tsaUrl): Promise<unknown> =>
  app.ask('services.save', { level, tsa: level === 'b' ? '' : tsa, revocation: level.startsWith('lt') });

async function sign(subject: string, who = identityId): Promise<SignedLetter & { readonly id: string }> {
  const { id, revision } = await app.draft(letterContent(subject));
  const signed = await app.ask('letters.sign', { id, revision, signingPassphrase, identityId: who });
  return { ...signed, id };
}

async function pdfOf(id: string): Promise<Buffer> {
  const result = await app.engine.app.signedPdf(id, 'test');
  if (!result.ok) throw new Error(result.error.code);
  return Buffer.from(result.value.pdf);
}

const levelFound = async (id: string): Promise<string | undefined> =>
  (await app.ask('letters.verify', { id })).signatures.find((one) => one.kind === 'signature')?.level;

async function logged(action: string): Promise<Readonly<Record<string, unknown>>> {
  const { lines } = await app.ask('audit.list', { before: null });
  return lines.find((line) => line.action === action)?.facts ?? {};
}

beforeAll(async () => {
  world = await startAuthorities();
  app = testApp();
  await app.firstRun();
  await app.ask('trust.add', { bytes: world.root.certificate, psre: true });
  const made = await app.ask('identity.importP12', {
    bytes: p12(world.person('Siti Rahmawati')),
    p12Passphrase: 'rahasia',
    signingPassphrase,
  });
  identityId = made.id;
}, 60_000);
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
  await world.close();
});
afterEach(() => world.behave());

describe('an office that has set nothing', () => {
  it('signs at B-B and opens no connection', async () => {
    const opened: unknown[] = [];
    const note = (message: unknown): void => void opened.push(message);
    subscribe('net.client.socket', note);
    try {
      const signed = await sign('Tanpa jaringan');
      expect(signed).toMatchObject({ level: 'b', lowering: null });
      expect(await levelFound(signed.id)).toBe('B-B');
      expect(await app.refused('letters.complete', { id: signed.id })).toBe('NETWORK_NOT_CONFIGURED');
    } finally {
      unsubscribe('net.client.socket', note);
    }
    expect(opened).toEqual([]);
    expect(world.asked).toEqual({ tsa: 0, ocsp: 0, crl: 0, issuer: 0 });
  });

  it('hears a connection where there is one: the proof above can fail', async () => {
    const opened: unknown[] = [];
    const note = (message: unknown): void => void opened.push(message);
    subscribe('net.client.socket', note);
    try {
      await want('t');
      await sign('Dengan jaringan');
    } finally {
      unsubscribe('net.client.socket', note);
    }
    expect(opened.length).toBeGreaterThan(0);
  });
});

describe('a level that the office wants', () => {
  it.each([
    ['t', 'B-T'],
    ['lt', 'B-LT'],
    ['lta', 'B-LTA'],
  ] as const)('%s is reached, kept with the letter, and in the log', async (level, name) => {
    await want(level);
    const signed = await sign(`Tingkat ${level}`);
    expect(signed).toMatchObject({ level, lowering: null });
    expect(await levelFound(signed.id)).toBe(name);
    const detail = await app.ask('letters.get', { id: signed.id });
    expect(detail.signature).toEqual({
      level,
      lowering: null,
      issuer: 'CA Penerbit Jejaring Uji',
      certified: true,
    });
    expect(await logged('letter.signed')).toMatchObject({ level, sha256: signed.sha256 });
  });

  it('needs its address and its leave to ask', async () => {
    const input = { level: 'lta', tsa: world.tsaUrl, revocation: false } as const;
    expect(await app.refused('services.save', input)).toBe('BAD_REQUEST');
    expect(await app.refused('services.save', { level: 't', tsa: '', revocation: false })).toBe(
      'BAD_REQUEST',
    );
    for (const tsa of ['ftp://tsa/', 'http://siti:rahasia@tsa/', 'tsa'])
      expect(await app.refused('services.save', { level: 't', tsa, revocation: false })).toBe('BAD_REQUEST');
  });
});

describe('somebody on the network', () => {
  it('is silent: the letter is signed all the same, at less, which is said everywhere; later it is carried on', async () => {
    await want('lta');
    world.misbehave('tsa', (_, response) => void response.destroy());
    const signed = await sign('Server mati');
    const lowering = { code: 'TSA_UNREACHABLE', reason: 'UNREACHABLE' };
    expect(signed).toMatchObject({ level: 'b', lowering });
    expect((await app.ask('letters.get', { id: signed.id })).signature).toMatchObject({
      level: 'b',
      lowering,
    });
    expect(await logged('letter.signed')).toMatchObject({ level: 'b', lowered: 'TSA_UNREACHABLE' });
    const before = await pdfOf(signed.id);

    expect(await app.ask('letters.complete', { id: signed.id })).toEqual({
      level: 'b',
      lowering,
      grown: false,
    });
    expect((await pdfOf(signed.id)).equals(before)).toBe(true);

    world.behave();
    expect(await app.ask('letters.complete', { id: signed.id })).toEqual({
      level: 'lta',
      lowering: null,
      grown: true,
    });
    const after = await pdfOf(signed.id);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
    const report = await app.ask('letters.verify', { id: signed.id });
    expect(report.conclusion).toBe('TOTAL-PASSED');
    expect(report.signatures[0]?.level).toBe('B-LTA');
    const detail = await app.ask('letters.get', { id: signed.id });
    expect(detail.signature).toMatchObject({ level: 'lta', lowering: null });
    expect(await logged('letter.completed')).toMatchObject({
      before: 'b',
      level: 'lta',
      sha256: detail.sha256,
    });
    expect(await app.ask('letters.complete', { id: signed.id })).toMatchObject({
      level: 'lta',
      grown: false,
    });
  });

  it('has no word on revocation: B-T, and B-LTA later; sealed letters too', async () => {
    await want('lt');
    world.misbehave('ocsp', (_, response) => void response.destroy());
    world.misbehave('crl', (_, response) => void response.destroy());
    const draft = await app.draft({ ...letterContent('Rahasia'), security: 'rahasia' });
    const { id, revision } = draft;
    // who has no second copy of the account key yet gets it with the first signature
    removeFolder(join(app.dataDir, 'cache'));
    const signed = await app.ask('letters.sign', { id, revision, signingPassphrase, identityId });
    expect(signed).toMatchObject({ level: 't', lowering: { code: 'REVOCATION_UNREACHABLE' } });
    const before = await pdfOf(id);
    world.behave();
    expect(await app.ask('letters.complete', { id })).toMatchObject({ level: 'lta', grown: true });
    const after = await pdfOf(id);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
  });

  it('is silent for a whole batch: asked three times, then left alone', async () => {
    await want('t');
    world.misbehave('tsa', (_, response) => void response.destroy());
    const letters = [];
    for (let i = 0; i < 6; i++) letters.push(await app.draft(letterContent(`Banyak ${i}`)));
    const asked = world.asked.tsa;
    await app.ask('batch.start', {
      letters: letters.map(({ id, revision }) => ({ id, revision })),
      mode: 'all',
      signingPassphrase,
      identityId,
    });
    await app.engine.app.settled();
    expect(await app.ask('batch.status', {})).toMatchObject({ state: 'done', signed: 6, failed: 0 });
    expect(world.asked.tsa - asked).toBe(3);
    const items = await app.ask('batch.items', {});
    expect(items.map((one) => one.lowering?.code)).toEqual(Array(6).fill('TSA_UNREACHABLE'));
    await app.ask('batch.dismiss', {});
    for (const { id } of letters) {
      const { signature } = await app.ask('letters.get', { id });
      expect(signature).toMatchObject({ level: 'b', lowering: { code: 'TSA_UNREACHABLE' } });
    }
  });
});

describe('completing', () => {
  beforeAll(async () => {
    // the rest after a silence is over
    await app.close();
    app = testApp({ dataDir: app.dataDir });
    const { accounts } = await app.ask('app.status', {});
    await app.ask('vault.unlock', {
      accountId: accounts[0]?.accountId ?? '',
      passphrase: 'sandi akun yang panjang',
    });
  });

  it('carries a letter that was completed to B-T on to B-LTA when the office wants that', async () => {
    await want('b');
    const { id } = await sign('Naik dua kali');
    await want('t');
    expect(await app.ask('letters.complete', { id })).toMatchObject({ level: 't', grown: true });
    const before = await pdfOf(id);
    await want('lta');
    expect(await app.ask('letters.complete', { id })).toEqual({ level: 'lta', lowering: null, grown: true });
    const after = await pdfOf(id);
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
    expect(await levelFound(id)).toBe('B-LTA');
  });

  it('asks nobody about revocation where the office gave no leave, in signing as afterwards', async () => {
    await want('b');
    const early = await sign('Tanpa tanya');
    await want('t');
    removeFolder(join(app.dataDir, 'cache'));
    const before = { ...world.asked };
    expect(await app.ask('letters.complete', { id: early.id })).toMatchObject({ level: 't', grown: true });
    expect(await sign('Tanpa tanya juga')).toMatchObject({ level: 't' });
    await app.engine.app.settled();
    expect(world.asked).toEqual({ ...before, tsa: before.tsa + 2 });
    expect(await levelFound(early.id)).toBe('B-T');

    // with its leave the same way asks: the proof above can fail
    await want('b');
    const late = await sign('Dengan tanya');
    await app.ask('services.save', { level: 't', tsa: world.tsaUrl, revocation: true });
    expect(await app.ask('letters.complete', { id: late.id })).toMatchObject({ level: 't', grown: true });
    expect(world.asked.ocsp + world.asked.crl).toBeGreaterThan(before.ocsp + before.crl);
  });

  it('keeps what was found in the new file', async () => {
    await want('b');
    const { id } = await sign('Diperiksa lagi');
    await app.engine.app.settled();
    const old = (await app.ask('letters.get', { id })).verification;
    await want('t');
    expect(await app.ask('letters.complete', { id })).toMatchObject({ level: 't', grown: true });
    await app.engine.app.settled();
    const kept = (await app.ask('letters.get', { id })).verification;
    expect(Date.parse(kept?.checkedAt ?? '')).toBeGreaterThan(Date.parse(old?.checkedAt ?? ''));
  });

  it('does not grow a letter that its gateway signed as CMS: nobody is asked', async () => {
    const gateway = await startGateway(pki.rsa);
    try {
      await want('t');
      await app.ask('services.saveGateway', {
        gateway: {
          url: gateway.url,
          version: 2,
          user: gateway.user,
          password: gateway.password,
          authority: gateway.authority,
        },
      });
      const key = { signer: gateway.nik, passphrase: gateway.passphrase };
      const made = await app.ask('identity.addGateway', key);
      gateway.lie = async (pdf) =>
        signByHand(new Uint8Array(pdf), cmsBy(pki.rsa), { subFilter: 'adbe.pkcs7.detached' });
      const { id, revision } = await app.draft(letterContent('Bukan PAdES'));
      const input = { id, revision, identityId: made.id, signingPassphrase: gateway.passphrase };
      const lowering = { code: 'GATEWAY_DECIDES', reason: 'CMS' };
      expect(await app.ask('letters.sign', input)).toMatchObject({ level: 'b', lowering });
      const before = await pdfOf(id);
      const asked = { ...world.asked };
      for (let i = 0; i < 2; i++)
        expect(await app.ask('letters.complete', { id })).toEqual({ level: 'b', lowering, grown: false });
      expect(world.asked).toEqual(asked);
      expect((await pdfOf(id)).equals(before)).toBe(true);
    } finally {
      await gateway.close();
    }
  });
});

describe('somebody who lies', () => {
  it('stops the signing; the number goes back and the letter is a draft', async () => {
    await want('t');
    world.misbehave('tsa', async (query, response) => {
      const other = Buffer.from(query);
      other[other.length - 4] = (other.at(-4) ?? 0) ^ 1;
      response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' });
      response.end(await world.timestamps(other));
    });
    const { id, revision } = await app.draft(letterContent('Bohong'));
    const input = { id, revision, signingPassphrase, identityId };
    expect(await app.refused('letters.sign', input)).toBe('TIMESTAMP_REFUSED');
    expect((await app.ask('letters.get', { id })).state).toBe('draft');
    world.behave();
    await want('b');
    await app.ask('letters.sign', { ...input, revision: (await app.ask('letters.get', { id })).revision });
  });

  it('is revoked: nothing is signed', async () => {
    await want('lt');
    const gone = world.person('Dicabut');
    const made = await app.ask('identity.importP12', {
      bytes: p12(gone),
      p12Passphrase: 'rahasia',
      signingPassphrase,
    });
    world.revoke(gone);
    removeFolder(join(app.dataDir, 'cache'));
    const { id, revision } = await app.draft(letterContent('Dicabut'));
    const input = { id, revision, signingPassphrase, identityId: made.id };
    expect(await app.refused('letters.sign', input)).toBe('CERTIFICATE_REVOKED');
    expect((await app.ask('letters.get', { id })).state).toBe('draft');
  });
});

describe('trying the authority', () => {
  it('says who answered, that nobody did, or that it is not trusted', async () => {
    await want('t');
    expect(await app.ask('services.test', { what: 'tsa' })).toMatchObject({
      outcome: 'good',
      names: ['TSA Uji'],
    });
    world.misbehave('tsa', (_, response) => void response.destroy());
    expect(await app.ask('services.test', { what: 'tsa' })).toMatchObject({
      outcome: 'silent',
      lowering: { code: 'TSA_UNREACHABLE' },
    });
    world.behave();
    const [root] = await app.ask('trust.list', {});
    await app.ask('trust.remove', { fingerprint: root?.fingerprint ?? '' });
    expect(await app.ask('services.test', { what: 'tsa' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'TIMESTAMP_REFUSED' },
    });
    await want('b');
    expect(await app.ask('services.test', { what: 'tsa' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'NETWORK_NOT_CONFIGURED' },
    });
  });
});
