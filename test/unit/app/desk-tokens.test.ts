import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfferedToken } from '../../../src/main/core/contract/signing-services.ts';
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
import { makeToken, softToken, type TestToken } from '../../fixtures/token.ts';

/** Signing on the desk with a key on a token: SoftHSM 2, and what happens when its owner is unlucky. */
const pki = testPki();
let token: TestToken;
let app: TestApp;
let head: TestPerson;
let other: TestPerson;
let identityId: string;
let offered: OfferedToken;

async function addFirst(): Promise<string> {
  const [plugged] = await app.ask('identity.tokens', {});
  if (!plugged) throw new Error('no token');
  offered = plugged;
  const fits = plugged.certificates.find((one) => one.subject.includes('Siti'));
  const { driver, serial } = plugged;
  const where = { driver, token: serial, fingerprint: fits?.fingerprint ?? '' };
  return (await app.ask('identity.addToken', { ...where, pin: token.pin })).id;
}

async function draft(subject: string): Promise<{ id: string; revision: number }> {
  const { id, revision } = await app.draft(letterContent(subject));
  return { id, revision };
}

describe.skipIf(softToken === null)(
  'a key on a token (Debian package softhsm2; skipped by name where it is not installed)',
  () => {
    beforeAll(async () => {
      token = makeToken('Pejabat', [pki.rsa, pki.expired]);
      app = testApp();
      const { session } = await app.firstRun();
      head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
      other = await invite(app, 'lain', ['signer', 'drafter']);
      await activate(app, other);
      await be(app, head);
    }, 60_000);
    afterAll(async () => {
      await app.close();
      removeFolder(app.dataDir);
      token.remove();
    });

    it('is offered once an administrator chose the driver; the path goes to nobody', async () => {
      expect(await app.ask('identity.tokens', {})).toEqual([]);
      const refused = await app.refused('services.addDriver', {
        path: join(app.dataDir, 'preferences.json'),
      });
      expect(refused).toBe('TOKEN_DRIVER_UNUSABLE');
      const { drivers } = await app.ask('services.addDriver', { path: token.driver });
      expect(drivers).toEqual([{ id: expect.any(String) as string, file: 'libsofthsm2.so' }]);
      const trail = await app.ask('audit.list', { before: null });
      const sha256 = createHash('sha256').update(readFileSync(token.driver)).digest('hex').slice(0, 16);
      expect(JSON.stringify(trail)).toContain(sha256);
      expect(JSON.stringify(trail)).not.toContain(dirname(token.driver));
      expect(await app.ask('services.test', { what: 'tokens' })).toMatchObject({
        outcome: 'good',
        names: ['Pejabat'],
      });
      const [plugged] = await app.ask('identity.tokens', {});
      expect(plugged).toMatchObject({ label: 'Pejabat', pinLocked: false });
      const problems = plugged?.certificates.map((one) => one.problem?.code ?? null);
      expect(problems?.toSorted()).toEqual(['CERTIFICATE_EXPIRED', null]);
    });

    it('is added by its PIN, and only with a certificate that may sign', async () => {
      identityId = await addFirst();
      const where = { driver: offered.driver, token: offered.serial };
      const expired = offered.certificates.find((one) => one.problem !== null)?.fingerprint ?? '';
      const wrong = { ...where, fingerprint: expired, pin: token.pin };
      expect(await app.refused('identity.addToken', wrong)).toBe('CERTIFICATE_EXPIRED');
      const good = offered.certificates.find((one) => one.problem === null)?.fingerprint ?? '';
      const pin = '000000';
      expect(await app.refused('identity.addToken', { ...where, fingerprint: good, pin })).toBe(
        'TOKEN_PIN_WRONG',
      );
      const absent = { driver: offered.driver, token: 'x', fingerprint: good, pin: token.pin };
      expect(await app.refused('identity.addToken', absent)).toBe('TOKEN_ABSENT');
      // the same once more is the same
      expect(await addFirst()).toBe(identityId);
      const identities = await app.ask('identity.list', {});
      expect(identities).toMatchObject([
        { origin: 'token', place: 'Pejabat', certified: false, current: true },
      ]);
    });

    it('signs a letter after its PIN', async () => {
      const letter = await draft('Dengan token');
      const wrong = { ...letter, signingPassphrase: '000000', identityId };
      expect(await app.refused('letters.sign', wrong)).toBe('TOKEN_PIN_WRONG');
      expect((await app.ask('letters.get', { id: letter.id })).state).toBe('draft');
      await app.ask('letters.sign', { ...letter, signingPassphrase: token.pin, identityId });
      const report = await app.ask('letters.verify', { id: letter.id });
      expect(report.signatures[0]).toMatchObject({ integrity: true, level: 'B-B' });
      expect(report.signatures[0]?.signer?.subject).toContain('Siti');
    });

    it('what was typed for one key is not tried on another', async () => {
      const test = await app.ask('identity.createTest', { signingPassphrase });
      const letter = await draft('Dua kunci');
      const input = { ...letter, signingPassphrase: token.pin, identityId: test.id };
      expect(await app.refused('letters.sign', input)).toBe('SIGNING_PASSPHRASE_WRONG');
      const both = { ...letter, signingPassphrase, identityId };
      expect(await app.refused('letters.sign', both)).toBe('TOKEN_PIN_WRONG');
    });

    it('slows down whoever guesses the PIN', async () => {
      const letter = await draft('Menebak');
      const input = { ...letter, signingPassphrase: '111111', identityId };
      const codes = [];
      for (let i = 0; i < 4; i++) codes.push(await app.refused('letters.sign', input));
      expect(codes).toContain('TOO_MANY_ATTEMPTS');
      await new Promise((resolve) => setTimeout(resolve, 4_500));
      await app.ask('letters.sign', { ...letter, signingPassphrase: token.pin, identityId });
    }, 30_000);

    it('one PIN signs a batch; a token pulled out stops it, and nothing is signed twice', async () => {
      const letters: { id: string; revision: number }[] = [];
      for (let i = 0; i < 4; i++) letters.push(await draft(`Banyak ${i}`));
      const start = { letters, mode: 'each', signingPassphrase: token.pin, identityId } as const;
      expect(await app.ask('batch.start', start)).toMatchObject({ state: 'running', identityId });
      const step = (n: number): Promise<unknown> => app.ask('batch.next', { letterId: letters[n]?.id ?? '' });
      expect(await step(0)).toMatchObject({ signed: 1 });
      expect(await step(1)).toMatchObject({ signed: 2 });
      token.unplug();
      expect(await step(2)).toMatchObject({ state: 'paused', signed: 2, waiting: 2 });
      const { stoppedBy } = (await app.ask('batch.status', {})) ?? {};
      expect(stoppedBy).toMatchObject({ code: 'TOKEN_REMOVED' });
      expect((await app.ask('letters.get', { id: letters[2]?.id ?? '' })).state).toBe('draft');
      expect(await app.refused('batch.resume', { signingPassphrase: token.pin })).toBe('TOKEN_ABSENT');
      token.plugIn();
      await app.ask('batch.resume', { signingPassphrase: token.pin });
      await step(2);
      expect(await step(3)).toMatchObject({ state: 'done', signed: 4 });
      await app.ask('batch.dismiss', {});
    });

    it("another person's token identity does not exist for anybody else", async () => {
      await be(app, other);
      expect(await app.ask('identity.list', {})).toEqual([]);
      const letter = await draft('Mencuri');
      const input = { ...letter, signingPassphrase: token.pin, identityId };
      expect(await app.refused('letters.sign', input)).toBe('NOT_FOUND');
      const batch = { letters: [letter], mode: 'all', signingPassphrase: token.pin, identityId } as const;
      expect(await app.refused('batch.start', batch)).toBe('NOT_FOUND');
      await be(app, head);
    });

    it('the audit log is signed by a key that is kept here', async () => {
      const made = await app.ask('audit.export', { signingPassphrase });
      expect(made.signature.length).toBeGreaterThan(500);
      expect(await app.refused('audit.export', { signingPassphrase: token.pin })).toBe(
        'SIGNING_PASSPHRASE_WRONG',
      );
    });

    it('a locked PIN and a driver taken away are said', async () => {
      const letter = await draft('Terkunci');
      const input = { ...letter, signingPassphrase: token.pin, identityId };
      token.lock();
      expect(await app.refused('letters.sign', input)).toBe('TOKEN_PIN_LOCKED');
      const { drivers } = await app.ask('services.read', {});
      await app.ask('services.removeDriver', { id: drivers[0]?.id ?? '' });
      const trail = JSON.stringify(await app.ask('audit.list', { before: null }));
      expect(trail).toContain('"added":false');
      expect(trail).not.toContain(dirname(token.driver));
      expect(await app.refused('letters.sign', input)).toBe('TOKEN_DRIVER_UNUSABLE');
      expect((await app.ask('letters.get', { id: letter.id })).state).toBe('draft');
    });

    it('no PIN is written anywhere in the clear', async () => {
      await app.close();
      for (const name of readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' })) {
        const path = join(app.dataDir, name);
        let bytes: Buffer;
        try {
          bytes = readFileSync(path);
        } catch {
          continue;
        }
        expect(bytes.includes(token.pin), name).toBe(false);
      }
    });
  },
);
