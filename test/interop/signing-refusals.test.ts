import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/main/core/contract/errors.ts';
import type { SignatureLevel } from '../../src/main/core/contract/tools.ts';
import { signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import {
  prepareRevision,
  signAtLevel,
  signFileAtLevel,
  signFiles,
} from '../../src/main/core/signing/index.ts';
import type { SignOptions, ValidationServices } from '../../src/main/core/signing/index.ts';
import { issue, pem } from '../fixtures/pki.ts';
import type { IssueRequest, TestCertificate } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { fakeNetwork } from '../unit/signing/fake-network.ts';

/**
 * Everything that must not be signed, by each way there is to sign: in memory, where the file lies, and many at once.
 * Each is one coded refusal, the key is not used where that can be known before, and nothing at all is written.
 */

/** The clock of the machine, because `openssl x509` dates what it issues by it. */
const now = new Date(Date.now() + 60_000).toISOString();
const network = fakeNetwork(now);
const strangers = fakeNetwork(now);
let folder: string;
let plain: Uint8Array;
let certified: Uint8Array;

interface Refused {
  readonly what: string;
  readonly code: string;
  readonly reason?: string;
  readonly level?: SignatureLevel;
  readonly who?: Partial<IssueRequest> | (() => TestCertificate);
  readonly pdf?: () => Uint8Array;
  readonly services?: ValidationServices;
  readonly signer?: (options: SignOptions['signer']) => SignOptions['signer'];
  /** Only an answer from outside shows it, and that answer is about the signature value. */
  readonly afterKey?: true;
}

/** The TSA's answer, to a question that somebody else asked. */
const answering = (change: (request: Buffer) => Buffer): ValidationServices => ({
  ...network.services,
  timestamp: (request) => network.services.timestamp(change(Buffer.from(request))),
});
const flipped = (bytes: Buffer, at: number): Buffer => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

/** Signed by its issuer with SHA-1, as nobody here would any more. */
function bySha1(): TestCertificate {
  const path = (name: string): string => join(folder, name);
  const made = network.issue({ name: 'SHA-1', kind: 'rsa-2048' });
  writeFileSync(path('ca.pem'), pem('CERTIFICATE', network.issuing.certificate));
  writeFileSync(path('ca.key'), pem('PRIVATE KEY', network.issuing.privateKey));
  writeFileSync(path('who.key'), pem('PRIVATE KEY', made.privateKey));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  openssl('req', '-new', '-key', path('who.key'), '-subj', '/CN=SHA-1', '-out', path('who.csr'));
  const by = ['-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-set_serial', '77', '-days', '9999', '-sha1'];
  openssl('x509', '-req', '-in', path('who.csr'), ...by, '-outform', 'DER', '-out', path('who.der'));
  const certificate = new Uint8Array(readFileSync(path('who.der')));
  for (const name of ['ca.pem', 'ca.key', 'who.key', 'who.csr', 'who.der']) rmSync(path(name));
  return { ...made, certificate };
}

const text = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const bytes = (latin1: string): Uint8Array => Uint8Array.from(Buffer.from(latin1, 'latin1'));

const cases: readonly Refused[] = [
  {
    what: 'an expired certificate',
    code: 'CERTIFICATE_EXPIRED',
    who: { notAfter: '2021-01-01T00:00:00Z' },
  },
  {
    what: 'a certificate that is not valid yet',
    code: 'CERTIFICATE_NOT_YET_VALID',
    who: { notBefore: '2055-01-01T00:00:00Z' },
  },
  {
    what: 'a certificate for encryption',
    code: 'CERTIFICATE_WRONG_USAGE',
    who: { usages: ['keyEncipherment'] },
  },
  {
    what: 'a certificate for a web server',
    code: 'CERTIFICATE_WRONG_USAGE',
    who: { purposes: ['1.3.6.1.5.5.7.3.1'] },
  },
  { what: 'a weak key', code: 'KEY_UNSUPPORTED', who: { kind: 'rsa-1024' } },
  { what: 'a curve that PAdES does not know', code: 'KEY_UNSUPPORTED', who: { kind: 'secp256k1' } },
  { what: 'a weak digest under the certificate', code: 'KEY_UNSUPPORTED', who: bySha1 },
  {
    what: 'a key that is not the certificate’s',
    code: 'KEY_MISMATCH',
    who: () => ({
      ...network.issue({ name: 'Satu' }),
      privateKey: network.issue({ name: 'Dua' }).privateKey,
    }),
  },
  {
    what: 'a token that signs with another key',
    code: 'SIGN_FAILED',
    reason: 'SELF_CHECK',
    signer: (signer) => {
      const { privateKey, certificate } = issue({ name: 'Lain' });
      const other = signerFromPkcs8(privateKey, certificate, []);
      return { ...signer, sign: (data) => other.sign(data) };
    },
  },
  {
    what: 'a chain that leads nowhere',
    code: 'CHAIN_INCOMPLETE',
    level: 'lt',
    who: () => ({ ...strangers.issue({ name: 'Yatim', extra: [] }), chain: [] }),
  },
  { what: 'a file that is certified against changes', code: 'PDF_ALREADY_CERTIFIED', pdf: () => certified },
  { what: 'no PDF', code: 'PDF_UNREADABLE', pdf: () => bytes('bukan PDF') },
  { what: 'an empty file', code: 'PDF_UNREADABLE', pdf: () => new Uint8Array(0) },
  {
    what: 'a PDF that is cut off',
    code: 'PDF_UNREADABLE',
    pdf: () => plain.subarray(0, plain.length - 40),
  },
  {
    what: 'a cross-reference that points elsewhere',
    code: 'PDF_UNREADABLE',
    pdf: () => bytes(text(plain).replace(/startxref\n\d+/, 'startxref\n12')),
  },
  {
    what: 'objects that no cross-reference lists',
    code: 'PDF_UNREADABLE',
    pdf: () => bytes(`${text(plain)}99 0 obj\n(tersembunyi)\nendobj\n`),
  },
  {
    what: 'a revoked certificate',
    code: 'CERTIFICATE_REVOKED',
    level: 'lt',
    who: () => {
      const gone = network.issue({ name: 'Dicabut' });
      network.revoked.push({ certificate: gone, at: new Date('2026-01-01T00:00:00Z') });
      return gone;
    },
  },
  {
    what: 'a timestamp of something else',
    code: 'TIMESTAMP_REFUSED',
    reason: 'IMPRINT',
    level: 't',
    services: answering((request) => flipped(request, request.indexOf(Buffer.from('0420', 'hex')) + 2)),
    afterKey: true,
  },
  {
    what: 'the answer to another question',
    code: 'TIMESTAMP_REFUSED',
    reason: 'NONCE',
    level: 't',
    services: answering((request) => flipped(request, request.length - 4)),
    afterKey: true,
  },
  {
    what: 'an authority that nobody here trusts',
    code: 'TIMESTAMP_REFUSED',
    reason: 'UNTRUSTED',
    level: 't',
    services: { ...network.services, timestamp: (request) => strangers.services.timestamp(request) },
    afterKey: true,
  },
  {
    what: 'a timestamp that is no timestamp',
    code: 'TIMESTAMP_REFUSED',
    reason: 'UNREADABLE',
    level: 't',
    services: { ...network.services, timestamp: () => Promise.resolve(Buffer.from('3000', 'hex')) },
    afterKey: true,
  },
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-refusals-'));
  plain = await inputPdf('table');
  const who = network.issue({ name: 'Pengesah' });
  const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain);
  const options: SignOptions = { signer, time: new Date(now), certify: 'no-changes' };
  certified = (await signAtLevel(plain, options, 'b', network.services)).pdf;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shapeOf = (error: unknown): object =>
  error instanceof AppError
    ? { code: error.code, ...(error.params?.['reason'] ? { reason: error.params['reason'] } : {}) }
    : { code: `${String(error)}` };

describe.each(cases.map((one) => [one.what, one] as const))('%s', (_, one) => {
  let used = 0;

  function optionsFor(): SignOptions {
    const { who } = one;
    const party = typeof who === 'function' ? who() : network.issue({ name: 'Siti', ...who });
    const own = signerFromPkcs8(party.privateKey, party.certificate, party.chain);
    const wrong = one.signer?.(own) ?? own;
    const sign: typeof wrong.sign = (data) => {
      used += 1;
      return wrong.sign(data);
    };
    return { signer: { ...wrong, sign, signAside: sign }, time: new Date(now) };
  }

  const ways: Record<string, (input: string, output: string) => Promise<unknown>> = {
    'in memory': async (input) =>
      signAtLevel(readFileSync(input), optionsFor(), one.level ?? 'b', one.services ?? network.services),
    'where it lies': async (input, output) =>
      signFileAtLevel(input, output, optionsFor(), one.level ?? 'b', one.services ?? network.services),
  };
  if (!one.level) {
    ways['among many'] = async (input, output) => {
      const seen: unknown[] = [];
      await signFiles(
        [{ input, output }],
        optionsFor(),
        async (files, plan) =>
          files.map((pdf) => {
            try {
              return { ok: true, value: prepareRevision(pdf, plan) };
            } catch (error) {
              if (error instanceof AppError) return { ok: false, error: error.toShape() };
              throw error;
            }
          }),
        (_file, result) => seen.push(result),
      );
      const [result] = seen as { ok: boolean; error: { code: never; params?: never } }[];
      if (result && !result.ok) throw new AppError(result.error.code, result.error.params);
    };
  }

  it.each(Object.entries(ways))('is refused %s, and nothing is written', async (_way, work) => {
    used = 0;
    const input = join(folder, 'masuk.pdf');
    writeFileSync(input, one.pdf?.() ?? plain);
    let refusal: object = { code: 'none' };
    await work(input, join(folder, 'keluar.pdf')).catch((error: unknown) => (refusal = shapeOf(error)));
    expect(refusal).toEqual({ code: one.code, ...(one.reason ? { reason: one.reason } : {}) });
    expect(used).toBe(one.afterKey || one.signer ? 1 : 0);
    expect(readdirSync(folder)).toEqual(['masuk.pdf']);
  });
});
