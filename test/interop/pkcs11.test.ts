import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/main/cli/run.ts';
import { buildSignedData, parseCertificate, tokenSigner } from '../../src/main/core/pki/index.ts';
import type { AlgorithmWish, Signer } from '../../src/main/core/pki/index.ts';
import { nodeLauncher } from '../../src/main/engine/launcher.ts';
import { loadDriver } from '../../src/main/engine/token/driver.ts';
import type { Driver } from '../../src/main/engine/token/driver.ts';
import { attribute, readUlong, ulong, ulongSize } from '../../src/main/engine/token/memory.ts';
import { createTokens } from '../../src/main/engine/tokens.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { issue, pem, testPki } from '../fixtures/pki.ts';
import type { KeyKind, TestCertificate } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** A real PKCS #11 driver (SoftHSM 2), a token made here, and what happens when its owner is unlucky. */
const library = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
].find((path) => existsSync(path));
const driver = library ?? '';
const entry = join(import.meta.dirname, '../../src/main/engine/token-process.ts');
const pin = '135790';
const pki = testPki();
const data = Buffer.from('Dengan hormat, bersama ini disampaikan …');
const kinds = ['rsa-2048', 'rsa-4096', 'p-256', 'p-384', 'p-521', 'ed25519'] as const;
const holders = new Map<KeyKind, TestCertificate>();

let folder: string;
let serial: string;
const path = (name: string): string => join(folder, name);
const tokens = createTokens({ launcher: nodeLauncher, entry });

function run(program: string, ...args: string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

const makeToken = (label: string): void =>
  void run('softhsm2-util', '--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '97531086');

function keyOnto(label: string, who: TestCertificate, id: string): void {
  writeFileSync(path('key.pem'), pem('PRIVATE KEY', who.privateKey));
  const where = ['--token', label, '--label', `kunci-${id}`, '--id', id, '--pin', pin];
  run('softhsm2-util', '--import', path('key.pem'), ...where);
}

/** CKO_CERTIFICATE, on the token, CKC_X_509. */
function certificateOnto(token: Driver, session: bigint, der: Uint8Array, id: Buffer): void {
  const subject = Buffer.from(parseCertificate(der).subjectDer);
  const values: (readonly [number, Buffer])[] = [
    [0x0, ulong(1)],
    [0x1, Buffer.of(1)],
    [0x2, Buffer.of(0)],
    [0x80, ulong(0)],
    [0x101, subject],
    ...(id.length > 0 ? [[0x102, id] as const] : []),
    [0x11, Buffer.from(der)],
  ];
  const template = Buffer.concat(values.map(([type, value]) => attribute(type, value)));
  token.call('C_CreateObject', session, template, values.length, ulong(0));
  expect(values.length).toBeGreaterThan(0);
}

describe.skipIf(!library)(
  'SoftHSM 2 (Debian package softhsm2; skipped by name where it is not installed)',
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'eletter-token-'));
      mkdirSync(path('tokens'));
      writeFileSync(path('softhsm2.conf'), `directories.tokendir = ${path('tokens')}\nlog.level = ERROR\n`);
      process.env['SOFTHSM2_CONF'] = path('softhsm2.conf');
      makeToken('Pejabat');
      for (const [index, kind] of kinds.entries()) {
        const who = issue({ name: `Pemegang ${kind}`, kind, issuer: pki.intermediate });
        holders.set(kind, who);
        keyOnto('Pejabat', who, `0${index + 1}`);
      }
      const token = loadDriver(driver);
      const list = Buffer.alloc(16 * ulongSize);
      token.call('C_GetSlotList', 1, list, ulong(16));
      const session = ulong(0);
      token.call('C_OpenSession', readUlong(list), 0x6, null, null, session);
      token.call('C_Login', readUlong(session), 1, Buffer.from(pin), pin.length);
      for (const [index, kind] of kinds.entries()) {
        const { certificate } = holders.get(kind) ?? pki.rsa;
        certificateOnto(token, readUlong(session), certificate, Buffer.of(index + 1));
      }
      certificateOnto(token, readUlong(session), pki.intermediate.certificate, Buffer.alloc(0));
      token.call('C_Finalize', null);
      const [found] = await tokens.list(driver);
      serial = found?.serial ?? '';
    });
    afterAll(() => {
      delete process.env['SOFTHSM2_CONF'];
      rmSync(folder, { recursive: true, force: true });
    });

    const open = (who: TestCertificate, secret = pin, at = serial): ReturnType<typeof tokens.open> =>
      tokens.open({ driver, serial: at, certificate: who.certificate, pin: secret });

    async function verdict(signer: Signer): Promise<string> {
      const messageDigest = createHash(signer.algorithm.digest).update(data).digest();
      writeFileSync(path('cms.der'), await buildSignedData({ signer, messageDigest }));
      writeFileSync(path('content'), data);
      writeFileSync(path('root.pem'), pem('CERTIFICATE', pki.root.certificate));
      const io = ['-inform', 'DER', '-in', path('cms.der'), '-content', path('content'), '-out', path('out')];
      const trust = ['-CAfile', path('root.pem'), '-purpose', 'any', '-attime', '1795316400'];
      return spawnSync('openssl', ['cms', '-verify', '-binary', ...io, ...trust], { encoding: 'utf8' })
        .stderr;
    }

    it('shows what is plugged in without a PIN', async () => {
      const found = await tokens.list(driver);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ label: 'Pejabat', pinLocked: false });
      const names = (ders: readonly Uint8Array[] = []): string[] =>
        ders.map((der) => parseCertificate(der).commonName).sort();
      expect(names(found[0]?.certificates)).toEqual(kinds.map((kind) => `Pemegang ${kind}`).sort());
      expect(names(found[0]?.others)).toEqual(['CA Antara Uji']);
    });

    const wishes: (readonly [KeyKind, AlgorithmWish])[] = [
      ['rsa-2048', {}],
      ['rsa-2048', { digest: 'sha512' }],
      ['rsa-2048', { pss: true }],
      ['rsa-4096', { digest: 'sha384' }],
      ['rsa-4096', { digest: 'sha512', pss: true }],
      ['p-256', {}],
      ['p-256', { digest: 'sha512' }],
      ['p-384', {}],
      ['p-521', {}],
    ];
    it.each(wishes)('%s %j: openssl accepts what the token signs', async (kind, wish) => {
      const who = holders.get(kind) ?? pki.rsa;
      const key = await open(who);
      try {
        expect(await verdict(tokenSigner(key, who.certificate, who.chain, wish))).toContain(
          'Verification successful',
        );
      } finally {
        key.close();
      }
    });

    // openssl's cms command cannot judge Ed25519 (keys-algorithms.test.ts); the signer itself checks every value
    it('ed25519: the value fits the certificate', async () => {
      const who = holders.get('ed25519') ?? pki.rsa;
      const key = await open(who);
      expect(await tokenSigner(key, who.certificate, who.chain).sign(data)).toHaveLength(64);
      key.close();
    });

    it('signs many letters after one PIN', async () => {
      const who = holders.get('p-256') ?? pki.p256;
      const key = await open(who);
      const signer = tokenSigner(key, who.certificate, who.chain);
      const values = await Promise.all(
        Array.from({ length: 20 }, (_, n) => signer.sign(Buffer.from(`surat ${n}`))),
      );
      expect(new Set(values.map((value) => value.toString('hex'))).size).toBe(20);
      key.close();
      await expect(signer.sign(data)).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
    });

    it('eletter tokens and eletter sign --pkcs11, one certificate chosen among six', async () => {
      const lines: string[] = [];
      const said = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
      const failed = vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
      const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
      const eletter = (...argv: string[]): Promise<number> => runCommand(argv, environment);
      try {
        expect(await eletter('tokens', driver, '--json')).toBe(0);
        expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ serial, pinLocked: false, certificates: 6 });
        writeFileSync(path('in.pdf'), await inputPdf('table'));
        writeFileSync(path('pin'), `${pin}\n`);
        const { certificate } = holders.get('p-384') ?? pki.p384;
        const sign = ['sign', path('in.pdf'), '--pkcs11', driver, '--out', path('out.pdf')];
        const secret = ['--passphrase-file', path('pin')];
        expect(await eletter(...sign, ...secret)).toBe(65);
        expect(lines.pop()).toContain('[TOKEN_KEY_AMBIGUOUS]');
        const chosen = ['--token', serial, '--certificate', parseCertificate(certificate).serial];
        expect(await eletter(...sign, ...chosen, ...secret), lines.join('\n')).toBe(0);
        writeFileSync(path('pin'), '000000\n');
        expect(await eletter(...sign, ...chosen, ...secret)).toBe(65);
        expect(lines.pop()).toContain('[TOKEN_PIN_WRONG]');
      } finally {
        said.mockRestore();
        failed.mockRestore();
      }
      writeFileSync(path('root.pem'), pem('CERTIFICATE', pki.root.certificate));
      const judged = spawnSync('pdfsig', ['-nocert', path('out.pdf')], { encoding: 'utf8' }).stdout;
      expect(judged).toContain('Signature is Valid');
      expect(judged).toContain('Pemegang p-384');
      // the issuer that lay on the token went along: only its certificate names the root
      const root = Buffer.from('CA Akar Uji').toString('hex');
      expect(readFileSync(path('out.pdf'), 'latin1').toLowerCase()).toContain(root);
    });

    it('a wrong PIN, also an empty one, is said to be wrong', async () => {
      const who = holders.get('p-256') ?? pki.p256;
      for (const wrong of ['000000', '', '1'.repeat(300)]) {
        await expect(open(who, wrong)).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
      }
      (await open(who)).close();
    });

    it('a token, a key or a driver that is not there is named as such', async () => {
      const who = holders.get('p-256') ?? pki.p256;
      await expect(open(who, pin, 'TIDAK-ADA')).rejects.toMatchObject({ code: 'TOKEN_ABSENT' });
      await expect(open(pki.rsa)).rejects.toMatchObject({ code: 'TOKEN_KEY_MISSING' });
      for (const [bad, file] of [
        ['/usr/lib/tidak-ada.so', 'tidak-ada.so'],
        ['libsofthsm2.so', 'libsofthsm2.so'],
        [path('softhsm2.conf'), 'softhsm2.conf'],
      ] as const) {
        await expect(tokens.list(bad)).rejects.toMatchObject({
          code: 'TOKEN_DRIVER_UNUSABLE',
          params: { file },
        });
      }
      // a library that loads and is no driver
      const libc = ['/lib/x86_64-linux-gnu/libc.so.6', '/lib/aarch64-linux-gnu/libc.so.6'].find((one) =>
        existsSync(one),
      );
      if (libc) await expect(tokens.list(libc)).rejects.toMatchObject({ code: 'TOKEN_DRIVER_UNUSABLE' });
    });

    it('a locked PIN is not tried again', async () => {
      makeToken('Terkunci');
      const locked = (await tokens.list(driver)).find((one) => one.label === 'Terkunci');
      lock(locked?.serial ?? '');
      const after = (await tokens.list(driver)).find((one) => one.label === 'Terkunci');
      expect(after?.pinLocked).toBe(true);
      await expect(open(pki.rsa, pin, locked?.serial)).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
    });

    /** SoftHSM never locks by itself: its stored CK_FLAGS get CKF_USER_PIN_LOCKED, as a card would report them. */
    function lock(which: string): void {
      for (const name of readdirSync(path('tokens'))) {
        const file = join(path('tokens'), name, 'token.object');
        const bytes = readFileSync(file);
        if (!bytes.includes(which)) continue;
        // CKA_OS_TOKENFLAGS, stored big-endian: type, kind of value, value
        const at = bytes.indexOf(Buffer.from('000000008000534b0000000000000002', 'hex'));
        expect(at).toBeGreaterThan(0);
        bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at + 16) | 0x40000n, at + 16);
        writeFileSync(file, bytes);
      }
    }

    it('a token that goes away between two letters', async () => {
      const who = holders.get('rsa-2048') ?? pki.rsa;
      const key = await open(who);
      const signer = tokenSigner(key, who.certificate, who.chain);
      await signer.sign(data);
      rmSync(path('tokens'), { recursive: true });
      await expect(signer.sign(data)).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
      key.close();
      mkdirSync(path('tokens'));
      expect(await tokens.list(driver)).toEqual([]);
      await expect(open(who)).rejects.toMatchObject({ code: 'TOKEN_ABSENT' });
    });
  },
);
