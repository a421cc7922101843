import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { runCommand } from '../../src/main/cli/run.ts';
import { isInHouse, parseCertificate, readCertificates } from '../../src/main/core/pki/index.ts';
import { parsePdf } from '../../src/main/core/pdf/index.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { pdfaFindings } from '../fixtures/pdfa.ts';

/** `eletter ca`, and what openssl says of everything that it makes. */
let folder: string;
let out: string[] = [];
let err: string[] = [];
const path = (name: string): string => join(folder, name);

async function ca(...argv: string[]): Promise<number> {
  out = [];
  err = [];
  const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
  return runCommand(['ca', ...argv, '--passphrase-file', path('pass')], environment);
}
const json = (): Record<string, unknown> => JSON.parse(out[0] ?? '') as Record<string, unknown>;

function openssl(...args: string[]): string {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return `${done.status}\n${done.stdout}${done.stderr}`;
}

const keyOptions = {
  rsa: ['-newkey', 'rsa:2048'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  ed25519: ['-newkey', 'ed25519'],
  weak: ['-newkey', 'rsa:1024'],
} as const;

function request(name: string, kind: keyof typeof keyOptions, subject: string): void {
  const key = [...keyOptions[kind], '-nodes', '-keyout', `${name}.key`];
  expect(openssl('req', '-utf8', '-new', ...key, '-subj', subject, '-out', `${name}.csr`)).toMatch(/^0/);
}

/** What a telephone reads off the printed page. */
async function scannedText(pdf: string): Promise<string | undefined> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
  spawnSync('pdftoppm', ['-r', '150', '-png', '-singlefile', pdf, path('leaflet')]);
  const [found] = await readBarcodes(readFileSync(path('leaflet.png')), { formats: ['QRCode'] });
  return found?.text;
}

async function issued(name: string, ...more: string[]): Promise<string> {
  const options = ['--csr', path(`${name}.csr`), '--out', path(`${name}.pem`), '--json'];
  expect(await ca('issue', path('ca'), ...options, ...more), err.join('\n')).toBe(0);
  return String(json()['serial']);
}

const crl = (...more: string[]): Promise<number> => ca('crl', path('ca'), ...more);
const verify = (...more: string[]): string =>
  openssl('verify', '-CAfile', 'ca/root.pem', '-untrusted', 'ca/chain.pem', '-x509_strict', ...more);

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  folder = mkdtempSync(join(tmpdir(), 'eletter-ca-'));
  writeFileSync(path('pass'), 'sandi CA internal yang panjang\n');
  const urls = ['--crl-url', 'http://127.0.0.1:9/ca.crl', '--ocsp-url', 'http://127.0.0.1:9/ocsp'];
  const code = await ca('init', path('ca'), '--organisation', 'Pemkab Lampung Timur', ...urls, '--json');
  expect(code, err.join('\n')).toBe(0);
  request('siti', 'rsa', '/C=XX/O=Kantor Lain/OU=Sekretariat/CN=Siti Żółw');
  request('budi', 'ec', '/CN=Budi Santoso');
  request('dinas', 'ed25519', '/CN=Dinas Kominfo');
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('init', () => {
  it('keeps no key and no name in the open', () => {
    expect(readdirSync(path('ca')).sort()).toEqual(['ca.eletter', 'chain.pem', 'leaflet.pdf', 'root.pem']);
    expect(statSync(path('ca')).mode & 0o077).toBe(0);
    const sealed = readFileSync(path('ca/ca.eletter'), 'latin1');
    expect(sealed).not.toMatch(/PRIVATE|Lampung/);
    // How a PKCS#8 key begins, as DER and as base64.
    expect(sealed).not.toMatch(/MIGHAgEAMB|MIIEv|\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48/);
  });

  it('says in both names that nothing here is tersertifikasi', () => {
    const certificates = readCertificates(readFileSync(path('ca/chain.pem'))).map(parseCertificate);
    expect(certificates).toHaveLength(2);
    for (const certificate of certificates) {
      expect(certificate.subject).toContain('Tidak tersertifikasi (bukan PSrE)');
      expect(isInHouse(certificate)).toBe(true);
    }
    expect(certificates.map((one) => one.basicConstraints?.pathLength)).toEqual([0, 1]);
  });

  it('prints the leaflet with the fingerprint that openssl finds', async () => {
    const leaflet = path('ca/leaflet.pdf');
    const text = spawnSync('pdftotext', ['-layout', leaflet, '-'], { encoding: 'utf8' }).stdout;
    const said = /Fingerprint=([0-9A-F:]+)/i.exec(
      openssl('x509', '-in', 'ca/root.pem', '-noout', '-fingerprint', '-sha256'),
    );
    const hex = said?.[1]?.replaceAll(':', '') ?? '?';
    const printed = text.match(/\b(?:[0-9A-F]{4}\s+){3}[0-9A-F]{4}\b/g)?.join('');
    expect(printed?.replaceAll(/\s/g, '')).toBe(hex);
    expect(text).toMatch(/Tidak tersertifikasi/);
    expect(text).toMatch(/Not certified/);
    expect(await scannedText(leaflet)).toBe(`SHA256:${hex}`);
    expect(pdfaFindings(parsePdf(readFileSync(leaflet)))).toEqual([]);
    expect(text.split('\f')).toHaveLength(2);
    expect(spawnSync('qpdf', ['--check', leaflet]).status).toBe(0);
  });

  it('prints the same leaflet again from the anchor alone, and from nothing else', async () => {
    const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
    const leaflet = (from: string, to: string): Promise<number> =>
      runCommand(['ca', 'leaflet', from, '--out', to], environment);
    for (const from of ['ca', 'ca/root.pem']) {
      expect(await leaflet(path(from), path('again.pdf'))).toBe(0);
      expect(readFileSync(path('again.pdf')).equals(readFileSync(path('ca/leaflet.pdf')))).toBe(true);
    }
    expect(out.join('')).toContain('tidak tersertifikasi');
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-keyout',
      'o.key',
      '-subj',
      '/CN=Lain',
      '-out',
      'o.pem',
    );
    expect(await leaflet(path('o.pem'), path('o.pdf'))).not.toBe(0);
    expect(err.at(-1)).toContain('[CA_ANCHOR_UNREADABLE]');
  });

  it('is not done twice, nor with a short passphrase', async () => {
    expect(await ca('init', path('ca'), '--organisation', 'X')).toBe(65);
    expect(err[0]).toContain('[CA_EXISTS]');
    writeFileSync(path('short'), 'pendek\n');
    const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
    const argv = ['ca', 'init', path('other'), '--organisation', 'X', '--passphrase-file', path('short')];
    expect(await runCommand(argv, environment)).toBe(1);
    expect(err.at(-1)).toContain('[PASSPHRASE_WEAK]');
  });
});

describe('issue, revoke, crl, ocsp', () => {
  const serials: Record<string, string> = {};

  it('certifies RSA, EC and Ed25519 keys under its own name, and openssl agrees', async () => {
    serials['siti'] = await issued('siti');
    serials['budi'] = await issued('budi', '--name', 'Budi Santoso, S.Kom.', '--days', '10');
    serials['dinas'] = await issued('dinas', '--kind', 'office');
    for (const name of ['siti', 'budi', 'dinas']) expect(verify(`${name}.pem`)).toContain(`${name}.pem: OK`);
    const text = openssl('x509', '-in', 'siti.pem', '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus');
    expect(text).toContain('C=ID,O=Pemkab Lampung Timur,OU=Sekretariat,CN=Siti Żółw');
    const [budi, dinas] = ['budi', 'dinas'].map((name) => {
      const [der] = readCertificates(readFileSync(path(`${name}.pem`)));
      return parseCertificate(der ?? new Uint8Array());
    });
    expect(budi?.commonName).toBe('Budi Santoso, S.Kom.');
    expect(Number(budi?.notAfter) - Number(budi?.notBefore)).toBe(10 * 86_400_000);
    expect(budi?.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(dinas?.keyUsage).toEqual(['digitalSignature']);
    expect(budi?.crlUrls).toEqual(['http://127.0.0.1:9/ca.crl']);
    expect(budi?.ocspUrls).toEqual(['http://127.0.0.1:9/ocsp']);
  });

  it('openssl verify -crl_check passes, and fails for whom was revoked', async () => {
    expect(await crl('--out', path('before.crl'))).toBe(0);
    expect(await crl('--out', path('root.crl'), '--root')).toBe(0);
    const check = (list: string, name: string): string =>
      verify('-crl_check_all', '-CRLfile', list, '-CRLfile', 'root.crl.pem', `${name}.pem`);
    const toPem = (name: string): string =>
      openssl('crl', '-inform', 'DER', '-in', name, '-out', `${name}.pem`);
    for (const name of ['before.crl', 'root.crl']) toPem(name);
    for (const name of ['siti', 'budi', 'dinas']) expect(check('before.crl.pem', name)).toContain(': OK');
    expect(
      await ca('revoke', path('ca'), '--serial', serials['siti'] ?? '', '--reason', 'key-compromise'),
    ).toBe(0);
    expect(await crl('--out', path('after.crl'), '--days', '3')).toBe(0);
    toPem('after.crl');
    expect(check('after.crl.pem', 'siti')).toContain('certificate revoked');
    expect(check('after.crl.pem', 'budi')).toContain(': OK');
    const text = openssl('crl', '-in', 'after.crl.pem', '-noout', '-text');
    expect(text).toContain('Key Compromise');
    expect(/X509v3 CRL Number:\s+(\d+)/.exec(text)?.[1]).toBe('2');
  });

  it.each(['sha1', 'sha256'])('openssl ocsp accepts the answers to questions with %s', async (hash) => {
    const question = ['-issuer', 'issuing.pem', `-${hash}`, '-cert', 'siti.pem', '-cert', 'budi.pem'];
    const chain = readFileSync(path('ca/chain.pem'), 'utf8');
    writeFileSync(path('issuing.pem'), chain.slice(0, chain.indexOf('-----BEGIN', 30)));
    openssl('ocsp', ...question, '-reqout', 'question.der');
    const files = ['--request', path('question.der'), '--out', path('answer.der')];
    expect(await ca('ocsp', path('ca'), ...files), err.join('\n')).toBe(0);
    const said = openssl(
      'ocsp',
      ...question,
      '-reqin',
      'question.der',
      '-no_nonce',
      '-respin',
      'answer.der',
      '-CAfile',
      'ca/root.pem',
    );
    expect(said).toContain('Response verify OK');
    // the nonce of question.der, which openssl compares: it warns where an answer has none
    expect(said).not.toContain('WARNING');
    expect(said).toContain('siti.pem: revoked');
    expect(said).toContain('Reason: keyCompromise');
    expect(said).toContain('budi.pem: good');
  });

  it('answers for the issuing CA in the name of the root; strangers are unknown, garbage is malformed', async () => {
    const answered = async (question: readonly string[]): Promise<string> => {
      openssl('ocsp', ...question, '-reqout', 'q.der');
      expect(await ca('ocsp', path('ca'), '--request', path('q.der'), '--out', path('a.der'))).toBe(0);
      return openssl(
        'ocsp',
        ...question,
        '-reqin',
        'q.der',
        '-no_nonce',
        '-respin',
        'a.der',
        '-CAfile',
        'ca/root.pem',
      );
    };
    expect(await answered(['-issuer', 'ca/root.pem', '-cert', 'issuing.pem'])).toContain('issuing.pem: good');
    expect(await answered(['-issuer', 'issuing.pem', '-serial', '0x1234'])).toContain('0x1234: unknown');
    request('stranger', 'ec', '/CN=Lain');
    openssl('req', '-x509', '-in', 'stranger.csr', '-key', 'stranger.key', '-out', 'stranger.pem');
    expect(await answered(['-issuer', 'stranger.pem', '-cert', 'stranger.pem'])).toContain('unauthorized');
    writeFileSync(path('q.der'), 'bukan permintaan');
    expect(await ca('ocsp', path('ca'), '--request', path('q.der'), '--out', path('a.der'))).toBe(0);
    expect(openssl('ocsp', '-respin', 'a.der', '-noverify')).toContain('malformedrequest');
  });

  it('lists what was issued', async () => {
    expect(await ca('list', path('ca'), '--json')).toBe(0);
    const rows = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => row['serial'])).toEqual(['siti', 'budi', 'dinas'].map((name) => serials[name]));
    expect(rows.map((row) => row['reason'])).toEqual(['key-compromise', null, null]);
  });

  it.each([
    ['a serial it never issued', ['--serial', '0ABC'], 'CA_SERIAL_UNKNOWN'],
    ['what is revoked already', ['--serial', 'siti'], 'CA_ALREADY_REVOKED'],
  ])('does not revoke %s', async (_, options, code) => {
    const argv = options.map((one) => serials[one] ?? one);
    expect(await ca('revoke', path('ca'), ...argv)).toBe(65);
    expect(err[0]).toContain(`[${code}]`);
  });

  it('revokes the issuing CA by the root, and then issues nothing any more', async () => {
    const [issuing] = readCertificates(readFileSync(path('ca/chain.pem'))).map(parseCertificate);
    const sealed = readFileSync(path('ca/ca.eletter'));
    expect(await ca('revoke', path('ca'), '--serial', issuing?.serial ?? '')).toBe(0);
    expect(await crl('--out', path('root.crl'), '--root')).toBe(0);
    openssl('crl', '-inform', 'DER', '-in', 'root.crl', '-out', 'root.crl.pem');
    const lists = ['-CRLfile', 'after.crl.pem', '-CRLfile', 'root.crl.pem'];
    expect(verify('-crl_check_all', ...lists, 'budi.pem')).toContain('certificate revoked');
    expect(await ca('issue', path('ca'), '--csr', path('budi.csr'), '--out', path('x.pem'))).toBe(65);
    expect(err[0]).toContain('[CERTIFICATE_REVOKED]');
    writeFileSync(path('ca/ca.eletter'), sealed);
  });
});

describe('refusals', () => {
  const issue = (csr: string): Promise<number> =>
    ca('issue', path('ca'), '--csr', path(csr), '--out', path('refused.pem'));
  const refused = (code: string): void => {
    expect(err[0]).toContain(`[${code}]`);
    expect(readdirSync(folder)).not.toContain('refused.pem');
  };

  it('weak keys, requests that do not prove the key, and what is no request', async () => {
    request('weak', 'weak', '/CN=Lemah');
    expect(await issue('weak.csr')).toBe(65);
    refused('KEY_UNSUPPORTED');
    const der = Buffer.from(
      readFileSync(path('budi.csr'), 'latin1').replaceAll(/-----[^-]+-----|\s/g, ''),
      'base64',
    );
    const name = der.indexOf('Budi');
    der.write('Rudi', name);
    writeFileSync(path('forged.csr'), der);
    expect(await issue('forged.csr')).toBe(65);
    refused('CSR_SIGNATURE_BAD');
    writeFileSync(path('garbage.csr'), 'bukan permintaan');
    expect(await issue('garbage.csr')).toBe(65);
    refused('CSR_UNREADABLE');
  });

  it('a wrong passphrase, an altered file, another process at work', async () => {
    const sealed = readFileSync(path('ca/ca.eletter'), 'utf8');
    const pass = readFileSync(path('pass'));
    writeFileSync(path('pass'), 'sandi yang lain sama sekali\n');
    expect(await issue('budi.csr')).toBe(65);
    refused('CA_PASSPHRASE_WRONG');
    writeFileSync(path('pass'), pass);
    const register = /"register": "(.{40})/.exec(sealed)?.[1] ?? '';
    const flipped = register.startsWith('A') ? `B${register.slice(1)}` : `A${register.slice(1)}`;
    for (const altered of [sealed.replace(register, flipped), sealed.slice(0, -40), '{}', 'null', '']) {
      writeFileSync(path('ca/ca.eletter'), altered);
      expect(await issue('budi.csr')).toBe(65);
      refused('CA_UNREADABLE');
    }
    writeFileSync(path('ca/ca.eletter'), sealed);
    writeFileSync(path('ca/ca.lock'), String(process.ppid));
    expect(await issue('budi.csr')).toBe(65);
    refused('CA_IN_USE');
    // a process that was killed holds nothing: this number is above what Linux hands out
    writeFileSync(path('ca/ca.lock'), '99999999');
    expect(await ca('crl', path('ca'), '--out', path('again.crl'))).toBe(0);
    expect(readdirSync(path('ca'))).not.toContain('ca.lock');
  });

  it.each([
    ['init', ['--organisation', 'X', '--crl-url', 'file:///etc/passwd']],
    ['crl', ['--out', 'x', '--days', '0']],
  ])('%s with values that make no sense', async (action, options) => {
    const where = action === 'init' ? path('nowhere') : path('ca');
    expect(await ca(action, where, ...options)).not.toBe(0);
    expect(err[0]).toContain('[BAD_REQUEST]');
  });

  it('wrong usage', async () => {
    expect(await ca('ceremony', path('ca'))).toBe(64);
    expect(await ca('issue', path('ca'), '--csr', 'x')).toBe(64);
    expect(await ca('revoke', path('ca'), '--serial', '1', '--reason', 'bosan')).toBe(64);
    expect(await ca('crl', path('ca'), '--out', 'x', '--days', 'banyak')).toBe(64);
  });
});
