import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/main/cli/run.ts';
import type { VerificationReport } from '../../src/main/core/contract/index.ts';
import { startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party } from '../fixtures/authorities.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { writeLargePdf } from '../fixtures/large-pdf.ts';
import { pem } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** `eletter sign` for folders and for what does not fit into memory, `--lock`, and `eletter timestamp`. */

let world: Authorities;
let folder: string;
const path = (name: string): string => join(folder, name);
let out: string[] = [];
let err: string[] = [];

async function eletter(...argv: string[]): Promise<number> {
  out = [];
  err = [];
  const places = { resourcesDir, dataDir: path('data'), version: '1.2.3', poolEntry };
  return runCommand([...argv, '--lang', 'en'], places);
}

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' });

function writeP12(name: string, party: Party): void {
  writeFileSync(path('who.pem'), pem('CERTIFICATE', party.certificate));
  writeFileSync(path('who.key'), party.key.export({ type: 'pkcs8', format: 'pem' }));
  const files = ['-in', path('who.pem'), '-inkey', path('who.key'), '-certfile', path('issuing.pem')];
  run('openssl', 'pkcs12', '-export', ...files, '-passout', 'pass:rahasia', '-out', path(name));
}

const who = (): string[] => ['--p12', path('siti.p12'), '--passphrase-file', path('pass')];
const trust = (): string[] => ['--trust', path('root.pem')];

async function verified(file: string): Promise<VerificationReport> {
  await eletter('verify', file, ...trust(), '--json');
  return JSON.parse(out[0] ?? '') as VerificationReport;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-signing-cli-'));
  mkdirSync(path('data'));
  world = await startAuthorities();
  writeFileSync(path('surat.pdf'), await inputPdf('stream'));
  writeFileSync(path('root.pem'), pem('CERTIFICATE', world.root.certificate));
  writeFileSync(path('issuing.pem'), pem('CERTIFICATE', world.issuing.certificate));
  writeFileSync(path('pass'), 'rahasia\n');
  writeP12('siti.p12', world.person('Siti Rahmawati'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
}, 60_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => world.behave());

describe('eletter sign, a folder', () => {
  it('signs each file or says why not, and begun again passes over what is there', async () => {
    mkdirSync(path('banyak/bulan'), { recursive: true });
    const kinds = ['table', 'stream', 'hybrid'] as const;
    for (const kind of kinds) writeFileSync(path(`banyak/${kind}.pdf`), await inputPdf(kind));
    for (let n = 0; n < 20; n++) writeFileSync(path(`banyak/bulan/${n}.pdf`), await inputPdf('table'));
    writeFileSync(path('banyak/rusak.pdf'), '%PDF-1.7\nbukan');
    writeFileSync(path('banyak/catatan.txt'), 'bukan PDF');
    expect(await eletter('sign', path('banyak'), ...who(), '--out', path('hasil'))).toBe(1);
    expect(out.at(-1)).toBe('23 signed, 0 there already, 1 failed.');
    expect(out.find((line) => line.includes('rusak'))).toMatch(/^FAILED: .*\[PDF_UNREADABLE\]$/);
    expect(readdirSync(path('hasil')).toSorted()).toEqual(['bulan', 'hybrid.pdf', 'stream.pdf', 'table.pdf']);
    for (const name of [...kinds, 'bulan/7']) {
      const signed = readFileSync(path(`hasil/${name}.pdf`));
      const input = readFileSync(path(`banyak/${name}.pdf`));
      expect(signed.subarray(0, input.length).equals(input)).toBe(true);
      expect(run('pdfsig', path(`hasil/${name}.pdf`))).toContain('Signature is Valid.');
      expect(run('qpdf', '--check', path(`hasil/${name}.pdf`))).toContain('No syntax');
    }
    const report = await verified(path('hasil/bulan/7.pdf'));
    expect(report.signatures).toMatchObject([{ integrity: true, level: 'B-B' }]);
    const before = statSync(path('hasil/table.pdf')).mtimeMs;
    rmSync(path('hasil/bulan/7.pdf'));
    rmSync(path('banyak/rusak.pdf'));
    expect(await eletter('sign', path('banyak'), ...who(), '--out', path('hasil'), '--json')).toBe(0);
    expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([
      { file: path('hasil/bulan/7.pdf'), level: 'B-B', lowering: null },
    ]);
    expect(statSync(path('hasil/table.pdf')).mtimeMs).toBe(before);
  });

  it('refuses results among what is to be signed, two files of one name, and another kind of key', async () => {
    mkdirSync(path('a'), { recursive: true });
    mkdirSync(path('b'), { recursive: true });
    for (const one of ['a', 'b']) writeFileSync(path(`${one}/surat.pdf`), await inputPdf('table'));
    expect(await eletter('sign', path('a'), ...who(), '--out', path('a'))).toBe(64);
    expect(await eletter('sign', path('a'), ...who(), '--out', path('a/hasil'))).toBe(64);
    expect(await eletter('sign', path('a'), path('b'), ...who(), '--out', path('c'))).toBe(64);
    const token = ['--pkcs11', '/usr/lib/x.so', '--passphrase-file', path('pass')];
    expect(await eletter('sign', path('a'), ...token, '--out', path('c'))).toBe(64);
    expect(readdirSync(path('c'))).toEqual([]);
    expect(readdirSync(path('a')).filter((name) => name.endsWith('.pdf'))).toEqual(['surat.pdf']);
  });

  it('writes nothing at all with a certificate that may not sign', async () => {
    writeP12('lewat.p12', world.person('Lewat', { notAfter: new Date(Date.now() - 1000) }));
    const late = ['--p12', path('lewat.p12'), '--passphrase-file', path('pass')];
    expect(await eletter('sign', path('a'), ...late, '--out', path('kosong'))).toBe(65);
    expect(err.join()).toContain('[CERTIFICATE_EXPIRED]');
    expect(readdirSync(path('kosong'))).toEqual([]);
  });

  it('at a level: the same where files lie as in memory, and what is lowered says so', async () => {
    const more = [...trust(), '--tsa', world.tsaUrl, '--level', 'lta'];
    mkdirSync(path('tingkat'));
    expect(await eletter('sign', path('surat.pdf'), ...who(), ...more, '--out', path('tingkat'))).toBe(0);
    expect(out[0]).toBe(`Signed: ${path('tingkat/surat.pdf')} (B-LTA)`);
    const report = await verified(path('tingkat/surat.pdf'));
    expect(report.signatures.map(({ integrity }) => integrity)).toEqual([true, true]);
    expect(report.signatures[0]?.level).toBe('B-LTA');
    expect(run('qpdf', '--check', path('tingkat/surat.pdf'))).toContain('No syntax');
    rmSync(path('tingkat/surat.pdf'));
    world.misbehave('tsa', (_, response) => void response.destroy());
    expect(await eletter('sign', path('surat.pdf'), ...who(), ...more, '--out', path('tingkat'))).toBe(2);
    expect(out[0]).toMatch(/\(B-B\) – .*\[TSA_UNREACHABLE\]/);
  });
});

describe('eletter sign, a file that is signed where it lies', () => {
  it('reaches every level', async () => {
    const size = writeLargePdf(path('besar.pdf'), 24, 3_000_000);
    expect(size).toBeGreaterThan(64 * 1024 * 1024);
    const more = [...trust(), '--tsa', world.tsaUrl, '--level', 'lta', '--out', path('besar-ttd.pdf')];
    expect(await eletter('sign', path('besar.pdf'), ...who(), ...more)).toBe(0);
    expect(out).toEqual([`Signed: ${path('besar-ttd.pdf')} (B-LTA)`]);
    expect(run('pdfsig', path('besar-ttd.pdf')).match(/Signature is Valid\./g)).toHaveLength(1);
    expect(run('qpdf', '--check', path('besar-ttd.pdf'))).toContain('No syntax');
    const report = await verified(path('besar-ttd.pdf'));
    expect(report.signatures.map(({ integrity, level }) => [integrity, level])).toEqual([
      [true, 'B-LTA'],
      [true, 'none'],
    ]);
    rmSync(path('besar-ttd.pdf'));
  });

  it('leaves nothing behind when the authority lies', async () => {
    world.misbehave('tsa', async (query, response) => {
      const other = Buffer.from(query);
      other[other.length - 4] = (other.at(-4) ?? 0) ^ 1;
      response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' });
      response.end(await world.timestamps(other));
    });
    const before = readdirSync(folder);
    const more = [...trust(), '--tsa', world.tsaUrl, '--level', 't', '--out', path('besar-ttd.pdf')];
    expect(await eletter('sign', path('besar.pdf'), ...who(), ...more)).toBe(1);
    expect(err.join()).toContain('[TIMESTAMP_REFUSED]');
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('eletter timestamp', () => {
  const stamp = (input: string, output: string): Promise<number> =>
    eletter('timestamp', path(input), '--tsa', world.tsaUrl, ...trust(), '--out', path(output));

  it('stamps a file that nobody signed; openssl finds that the token is over it', async () => {
    expect(await stamp('surat.pdf', 'cap.pdf')).toBe(0);
    expect(out[0]).toMatch(/^Timestamped: .*cap\.pdf \(20/);
    const input = readFileSync(path('surat.pdf'));
    const stamped = readFileSync(path('cap.pdf'));
    expect(stamped.subarray(0, input.length).equals(input)).toBe(true);
    const report = await verified(path('cap.pdf'));
    expect(report.signatures).toMatchObject([{ kind: 'document-timestamp', integrity: true }]);
    expect(run('qpdf', '--check', path('cap.pdf'))).toContain('No syntax');
    const text = stamped.toString('latin1');
    const [start = 0, end = 0, length = 0] = (/\/ByteRange \[0 (\d+) (\d+) (\d+)/.exec(text) ?? [])
      .slice(1)
      .map(Number);
    const token = Buffer.from(text.slice(start + 1, end - 1), 'hex');
    writeFileSync(path('token'), token.subarray(0, 4 + token.readUInt16BE(2)));
    writeFileSync(
      path('isi'),
      Buffer.concat([stamped.subarray(0, start), stamped.subarray(end, end + length)]),
    );
    const verify = ['ts', '-verify', '-token_in', '-in', path('token'), '-data', path('isi')];
    const chain = ['-CAfile', path('root.pem'), '-untrusted', path('issuing.pem')];
    expect(run('openssl', ...verify, ...chain)).toContain('Verification: OK');
  });

  it('stamps a signed file without touching its signature; says when nobody answers', async () => {
    expect(await eletter('sign', path('surat.pdf'), ...who(), '--out', path('satu.pdf'))).toBe(0);
    expect(await stamp('satu.pdf', 'dua.pdf')).toBe(0);
    expect(run('pdfsig', path('dua.pdf'))).toContain('Signature is Valid.');
    const report = await verified(path('dua.pdf'));
    expect(report.signatures.map(({ integrity }) => integrity)).toEqual([true, true]);
    expect(report.signatures[0]?.changesAfter).toBe('permitted');
    world.misbehave('tsa', (_, response) => void response.destroy());
    expect(await stamp('satu.pdf', 'tiga.pdf')).toBe(69);
    expect(err.join()).toContain('[TSA_UNREACHABLE]');
    expect(existsSync(path('tiga.pdf'))).toBe(false);
    expect(await stamp('satu.pdf', 'satu.pdf')).toBe(64);
  });
});

describe('eletter sign --lock', () => {
  it('puts the lock in the new field and in its signature', async () => {
    const more = [
      '--lock',
      'include:nama,alamat',
      '--lock-permit',
      'form-filling',
      '--out',
      path('kunci.pdf'),
    ];
    expect(await eletter('sign', path('surat.pdf'), ...who(), ...more)).toBe(0);
    const text = readFileSync(path('kunci.pdf'), 'latin1').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/\/SigFieldLock \/Action \/Include \/Fields \[\(nama\) \(alamat\)\] \/P 2/);
    expect(text).toMatch(/\/TransformMethod \/FieldMDP/);
    expect(run('pdfsig', path('kunci.pdf'))).toContain('Signature is Valid.');
    expect(run('qpdf', '--check', path('kunci.pdf'))).toContain('No syntax');
    for (const wrong of ['include', 'include:', 'semua', 'all:x'])
      expect(await eletter('sign', path('surat.pdf'), ...who(), '--lock', wrong, '--out', path('x'))).toBe(
        64,
      );
  });
});
