import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport } from '../../src/main/core/contract/verification.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party, Service } from '../fixtures/authorities.ts';
import { testApp } from '../fixtures/engine.ts';
import type { TestApp } from '../fixtures/engine.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** Revocation asked over the network, of responders and lists on loopback; and that nothing is asked unasked. */

let world: Authorities;
let app: TestApp;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-online-'));
  world = await startAuthorities();
  app = testApp({ dataDir: join(folder, 'data') });
}, 60_000);
afterAll(async () => {
  await app.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  world.behave();
  rmSync(join(folder, 'data/cache'), { recursive: true, force: true });
});

const signedBy = async (who: Party): Promise<Uint8Array> => {
  const key = who.key.export({ type: 'pkcs8', format: 'der' });
  const signer = signerFromPkcs8(key, who.certificate, [world.issuing.certificate]);
  return signPdf(await inputPdf('table'), { signer, time: new Date() });
};

async function verify(
  bytes: Uint8Array,
  online: boolean,
  trust = [world.root.certificate],
): Promise<SignatureReport> {
  const report = await app.ask('tool.verify', {
    file: 'surat.pdf',
    bytes,
    trust,
    at: null,
    language: 'en',
    password: null,
    online,
  });
  const [one] = report.signatures;
  if (!one) throw new Error('no signature');
  return one;
}

const codes = (one: SignatureReport): readonly string[] => one.problems.map(({ code }) => code);
const asked = (): Record<Service, number> => ({ ...world.asked });

describe('revocation', () => {
  test('nothing is asked unless a person asks for it, and then what was said serves offline too', async () => {
    const bytes = await signedBy(world.person('Siti Rahmawati'));
    const before = asked();
    expect(codes(await verify(bytes, false))).toEqual(['REVOCATION_NOT_CHECKED']);
    expect(asked()).toEqual(before);

    const checked = await verify(bytes, true);
    expect([checked.indication, codes(checked)]).toEqual(['TOTAL-PASSED', []]);
    expect(asked().ocsp + asked().crl).toBeGreaterThan(before.ocsp + before.crl);

    const after = asked();
    expect((await verify(bytes, false)).indication).toBe('TOTAL-PASSED');
    expect(asked()).toEqual(after);
  }, 60_000);

  test.each([
    ['by responder', { ocsp: true, crl: false }],
    ['by list', { ocsp: false, crl: true }],
  ])(
    'a certificate that was revoked is said so, %s',
    async (_, options) => {
      const who = world.person('Dicabut', options);
      const bytes = await signedBy(who);
      expect((await verify(bytes, true)).indication).toBe('TOTAL-PASSED');
      rmSync(join(folder, 'data/cache'), { recursive: true, force: true });
      world.revoke(who);
      const revoked = await verify(bytes, true);
      expect(codes(revoked)).toContain('CERTIFICATE_REVOKED');
      expect(revoked.indication).toBe('INDETERMINATE');
    },
    60_000,
  );

  test('nobody answers, or with a page of a portal: "could not be checked", never "revoked"', async () => {
    const bytes = await signedBy(world.person('Tanpa Jawaban'));
    for (const reply of ['<html>portal</html>', '', '0\x03\x0a\x01\x06'] as const) {
      for (const service of ['ocsp', 'crl'] as const) {
        world.misbehave(service, (_request, response) => void response.end(Buffer.from(reply, 'latin1')));
      }
      const one = await verify(bytes, true);
      expect([one.subIndication, codes(one)]).toEqual(['TRY_LATER', ['REVOCATION_NOT_CHECKED']]);
    }
  }, 60_000);

  test('a stranger’s file does not decide whom this machine calls', async () => {
    const bytes = await signedBy(world.person('Orang Asing'));
    const before = asked();
    const stranger = world.person('Lain').certificate;
    expect(codes(await verify(bytes, true, [stranger]))).toContain('ISSUER_NOT_TRUSTED');
    expect(asked()).toEqual(before);
  }, 60_000);
});
