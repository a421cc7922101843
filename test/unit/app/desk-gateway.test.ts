import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate/browser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type EsignGateway } from '../../fixtures/esign-gateway.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';
import { testPki } from '../../fixtures/pki.ts';

/** Signing on the desk by the office's gateway, with a server of ours that speaks its contract. */
const pki = testPki();
let gateway: EsignGateway;
let app: TestApp;
let head: TestPerson;
let identityId: string;

const settings = (more: object = {}) => ({
  gateway: {
    url: gateway.url,
    version: 2 as const,
    user: gateway.user,
    password: gateway.password as string | null,
    authority: gateway.authority as Uint8Array | 'keep' | 'system',
    ...more,
  },
});

async function draft(subject: string): Promise<{ id: string; revision: number }> {
  const { id, revision } = await app.draft(letterContent(subject));
  return { id, revision };
}

beforeAll(async () => {
  gateway = await startGateway(pki.rsa);
  app = testApp();
  const { session } = await app.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
}, 60_000);
afterEach(() => {
  gateway.lie = null;
  gateway.owner = pki.rsa;
});
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
  await gateway.close();
});

describe('the settings', () => {
  it('keep the password and tell it to nobody', async () => {
    expect(await app.refused('services.saveGateway', settings({ url: 'http://127.0.0.1/' }))).toBe(
      'BAD_REQUEST',
    );
    expect(await app.refused('services.saveGateway', settings({ password: null }))).toBe('BAD_REQUEST');
    const kept = await app.ask('services.saveGateway', settings());
    expect(kept.gateway).toEqual({
      url: gateway.url,
      version: 2,
      user: gateway.user,
      passwordKept: true,
      ownAuthority: true,
    });
    expect(JSON.stringify(await app.ask('audit.list', { before: null }))).not.toContain(gateway.password);
    expect(await app.ask('services.saveGateway', settings({ password: null, authority: 'keep' }))).toEqual(
      kept,
    );
  });

  it('say whether the gateway is there and knows the application', async () => {
    expect(await app.ask('services.test', { what: 'gateway' })).toMatchObject({ outcome: 'good' });
    gateway.portal = true;
    expect(await app.ask('services.test', { what: 'gateway' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'GATEWAY_REFUSED' },
    });
    gateway.portal = false;
    await app.ask('services.saveGateway', settings({ version: 1 }));
    expect(await app.ask('services.test', { what: 'gateway' })).toMatchObject({ outcome: 'good' });
    await app.ask('services.saveGateway', settings({ password: 'salah' }));
    expect(await app.ask('services.test', { what: 'gateway' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'GATEWAY_LOGIN_REFUSED' },
    });
    await app.ask('services.saveGateway', settings({ url: 'https://127.0.0.1:9' }));
    expect(await app.ask('services.test', { what: 'gateway' })).toMatchObject({
      outcome: 'silent',
      error: { code: 'NETWORK_FAILED' },
    });
    await app.ask('services.saveGateway', settings());
  });

  it('send the kept password nowhere else: another place asks for it anew', async () => {
    for (const change of [{ url: 'https://penyadap.invalid' }, { user: 'lain' }, { authority: 'system' }])
      expect(await app.refused('services.saveGateway', settings({ password: null, ...change }))).toBe(
        'BAD_REQUEST',
      );
    expect((await app.ask('services.read', {})).gateway?.url).toBe(gateway.url);
  });
});

describe('an identity behind the gateway', () => {
  it('is added by a page that the gateway signs, which says what it is', async () => {
    const wrong = { signer: gateway.nik, passphrase: 'bukan ini' };
    expect(await app.refused('identity.addGateway', wrong)).toBe('GATEWAY_PASSPHRASE_WRONG');
    const nobody = { signer: '1807010000000009', passphrase: gateway.passphrase };
    expect(await app.refused('identity.addGateway', nobody)).toBe('GATEWAY_NOT_REGISTERED');
    const spaced = `${gateway.nik.slice(0, 6)} ${gateway.nik.slice(6)}`;
    const made = await app.ask('identity.addGateway', { signer: spaced, passphrase: gateway.passphrase });
    expect(made).toMatchObject({ origin: 'gateway', certified: false, place: new URL(gateway.url).host });
    expect(made.subject).toContain('Siti');
    identityId = made.id;
    const sent = JSON.parse(gateway.seen.at(-1)?.split(' ').slice(1).join(' ') ?? '') as { file: string[] };
    expect(Buffer.from(sent.file[0] ?? '', 'base64').toString('latin1')).toContain('bukan surat dinas');
  });

  it('signs a letter; what comes back is the letter that was sent', async () => {
    const letter = await draft('Lewat layanan');
    const input = { ...letter, identityId, signingPassphrase: gateway.passphrase };
    const signed = await app.ask('letters.sign', input);
    expect(signed).toMatchObject({ level: 'b', lowering: null });
    const result = await app.engine.app.signedPdf(letter.id, 'test');
    const sent = JSON.parse(gateway.seen.at(-1)?.split(' ').slice(1).join(' ') ?? '') as { file: string[] };
    const page = Buffer.from(sent.file[0] ?? '', 'base64');
    const pdf = Buffer.from(result.ok ? result.value.pdf : []);
    expect(pdf.length).toBeGreaterThan(page.length);
    expect(pdf.subarray(0, page.length).equals(page)).toBe(true);
    const report = await app.ask('letters.verify', { id: letter.id });
    expect(report.signatures[0]).toMatchObject({ integrity: true });
  });

  it.each([
    [
      'another letter',
      async (_: Buffer, honest: (pdf: Uint8Array) => Promise<Uint8Array>) => honest(other()),
    ],
    ['the letter unsigned', async (pdf: Buffer) => pdf],
    [
      'the letter changed',
      async (pdf: Buffer, honest: (pdf: Uint8Array) => Promise<Uint8Array>) => {
        const bytes = Buffer.from(await honest(pdf));
        bytes[200] = (bytes[200] ?? 0) ^ 1;
        return bytes;
      },
    ],
  ])('keeps nothing when it gets %s', async (_, lie) => {
    gateway.lie = lie;
    await expectRefused('GATEWAY_ANSWER_UNUSABLE');
  });

  it("keeps nothing that another person's key signed", async () => {
    gateway.owner = pki.p256;
    await expectRefused('GATEWAY_ANSWER_UNUSABLE');
  });

  it('says that a passphrase is wrong; the number goes back', async () => {
    await expectRefused('GATEWAY_PASSPHRASE_WRONG', 'bukan ini');
    const before = gateway.seen.length;
    const letter = await draft('Sandi salah');
    // not even sent: somebody guesses
    const input = { ...letter, identityId, signingPassphrase: 'bukan ini' };
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push(await app.refused('letters.sign', input));
    expect(codes).toContain('TOO_MANY_ATTEMPTS');
    expect(gateway.seen.length - before).toBeLessThan(8);
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    await app.ask('letters.sign', {
      ...input,
      signingPassphrase: gateway.passphrase,
      revision: await revisionOf(letter.id),
    });
  }, 30_000);

  it('says what level it gave where the office wants more, and the letter can be carried on', async () => {
    await app.ask('services.save', { level: 't', tsa: 'http://127.0.0.1:9/', revocation: false });
    const letter = await draft('Lebih rendah');
    const input = { ...letter, identityId, signingPassphrase: gateway.passphrase };
    expect(await app.ask('letters.sign', input)).toMatchObject({
      level: 'b',
      lowering: { code: 'GATEWAY_DECIDES' },
    });
    expect(await app.ask('letters.complete', { id: letter.id })).toMatchObject({
      level: 'b',
      lowering: { code: 'TSA_UNREACHABLE' },
      grown: false,
    });
    await app.ask('services.save', { level: 'b', tsa: '', revocation: false });
  });

  it('signs a batch with one passphrase', async () => {
    const letters = [await draft('Satu'), await draft('Dua')];
    const start = { letters, mode: 'all', identityId, signingPassphrase: gateway.passphrase } as const;
    await app.ask('batch.start', start);
    await app.engine.app.settled();
    expect(await app.ask('batch.status', {})).toMatchObject({ state: 'done', signed: 2 });
    await app.ask('batch.dismiss', {});
  });

  it('gives number and passphrase to no other place until its signer adds it again', async () => {
    const other = await startGateway(pki.rsa);
    const letter = await draft('Layanan diganti');
    const input = { ...letter, identityId, signingPassphrase: gateway.passphrase };
    const before = gateway.seen.length;
    await app.ask('services.saveGateway', settings({ url: other.url, authority: other.authority }));
    expect(await app.refused('letters.sign', input)).toBe('GATEWAY_MOVED');
    // the same name, but whoever else certified its server may answer under it
    await app.ask('services.saveGateway', settings({ authority: other.authority }));
    expect(await app.refused('letters.sign', input)).toBe('GATEWAY_MOVED');
    expect([other.seen.length, gateway.seen.length]).toEqual([0, before]);
    expect((await app.ask('letters.get', { id: letter.id })).state).toBe('draft');

    await app.ask('services.saveGateway', settings({ url: other.url, authority: other.authority }));
    const again = { signer: gateway.nik, passphrase: gateway.passphrase };
    const readded = await app.ask('identity.addGateway', again);
    expect(readded).toMatchObject({ id: identityId, place: new URL(other.url).host });
    await app.ask('letters.sign', { ...input, revision: await revisionOf(letter.id) });
    expect(other.seen.length).toBeGreaterThan(0);
    await app.ask('services.saveGateway', settings());
    await app.ask('identity.addGateway', again);
    await other.close();
  });

  it('makes guesses at the signing passphrase free by no success of its own', async () => {
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const guess = { signingPassphrase: 'bukan frasa ini sama sekali' };
    const wrong = 'SIGNING_PASSPHRASE_WRONG';
    for (let n = 0; n < 3; n += 1) expect(await app.refused('identity.createTest', guess)).toBe(wrong);
    await pause(1_100);
    const own = { signer: gateway.nik, passphrase: gateway.passphrase };
    expect(await app.refused('identity.addGateway', { ...own, passphrase: 'bukan ini' })).toBe(
      'GATEWAY_PASSPHRASE_WRONG',
    );
    await pause(2_100);
    await app.ask('identity.addGateway', own);
    expect(await app.refused('identity.createTest', guess)).toBe(wrong);
    // four in a row now: its own wrong one was taken back, those of the signing passphrase were not
    const turned = await app.engine.app.call('identity.createTest', guess);
    expect(turned).toMatchObject({ error: { code: 'TOO_MANY_ATTEMPTS', params: { seconds: 2 } } });
    await pause(2_100);
    await app.ask('identity.createTest', { signingPassphrase });
  }, 30_000);

  it("is nobody else's, and its number is on nobody's screen or log", async () => {
    const thief = await invite(app, 'lain', ['signer', 'drafter']);
    await activate(app, thief);
    const letter = await draft('Mencuri');
    const input = { ...letter, identityId, signingPassphrase: gateway.passphrase };
    expect(await app.refused('letters.sign', input)).toBe('NOT_FOUND');
    await be(app, head);
    const shown = JSON.stringify([
      await app.ask('identity.list', {}),
      await app.ask('audit.list', { before: null }),
      await app.ask('services.read', {}),
    ]);
    for (const secret of [gateway.nik, gateway.passphrase, gateway.password])
      expect(shown).not.toContain(secret);
  });

  it('is told to the person whose it is, among their own data', async () => {
    const { zip } = await app.ask('mydata.export', {});
    expect(strFromU8(unzipSync(zip)['data.json'] ?? new Uint8Array())).toContain(gateway.nik);
  });

  it('leaves no secret on the disk in the clear', async () => {
    await app.ask('vault.seal', {});
    for (const name of readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' })) {
      let bytes: Buffer;
      try {
        bytes = readFileSync(join(app.dataDir, name));
      } catch {
        continue;
      }
      for (const secret of [gateway.nik, gateway.passphrase, gateway.password])
        expect(bytes.includes(secret), name).toBe(false);
    }
  });
});

const revisionOf = async (id: string): Promise<number> => (await app.ask('letters.get', { id })).revision;

async function expectRefused(code: string, signingPassphrase = gateway.passphrase): Promise<void> {
  const letter = await draft('Ditolak');
  const input = { ...letter, identityId, signingPassphrase };
  expect(await app.refused('letters.sign', input)).toBe(code);
  expect((await app.ask('letters.get', { id: letter.id })).state).toBe('draft');
}

/** A letter that the person never saw. */
function other(): Uint8Array {
  const sent = gateway.seen
    .map((text) => /"file":\["([^"]+)"/.exec(text)?.[1])
    .find((file) => file !== undefined);
  return Buffer.from(sent ?? '', 'base64');
}
