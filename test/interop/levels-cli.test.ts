import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/main/cli/run.ts';
import { startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party } from '../fixtures/authorities.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { pem } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/** `eletter sign --level` and `eletter renew`: what scripts see, and what is on the disk afterwards. */

let world: Authorities;
let folder: string;
const path = (name: string): string => join(folder, name);
let out: string[] = [];
let err: string[] = [];

async function eletter(...argv: string[]): Promise<number> {
  out = [];
  err = [];
  return runCommand([...argv, '--lang', 'en'], {
    resourcesDir,
    dataDir: path('data'),
    version: '1.2.3',
    poolEntry,
  });
}

function writeP12(name: string, party: Party): void {
  writeFileSync(path('who.pem'), pem('CERTIFICATE', party.certificate));
  writeFileSync(path('who.key'), party.key.export({ type: 'pkcs8', format: 'pem' }));
  const files = ['-in', path('who.pem'), '-inkey', path('who.key'), '-certfile', path('issuing.pem')];
  execFileSync('openssl', ['pkcs12', '-export', ...files, '-passout', 'pass:rahasia', '-out', path(name)]);
}

const sign = (output: string, ...more: string[]): Promise<number> => {
  const who = ['--p12', path('siti.p12'), '--passphrase-file', path('pass'), '--trust', path('root.pem')];
  return eletter('sign', path('surat.pdf'), ...who, '--tsa', world.tsaUrl, '--out', path(output), ...more);
};

const renew = (...more: string[]): Promise<number> =>
  eletter('renew', path('arsip'), '--tsa', world.tsaUrl, '--trust', path('root.pem'), ...more);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-levels-cli-'));
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

describe('eletter sign --level', () => {
  it.each(['t', 'lt', 'lta'])('%s: says what was reached', async (level) => {
    expect(await sign(`${level}.pdf`, '--level', level)).toBe(0);
    expect(out).toEqual([`Signed: ${path(`${level}.pdf`)} (B-${level.toUpperCase()})`]);
    expect(err).toEqual([]);
  });

  it('ends with 2 and says why where the level is lower; the file is there', async () => {
    world.misbehave('tsa', (_, response) => void response.destroy());
    expect(await sign('lower.pdf', '--level', 'lta', '--json')).toBe(2);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      file: path('lower.pdf'),
      level: 'B-B',
      lowering: { code: 'TSA_UNREACHABLE', reason: 'UNREACHABLE' },
    });
    expect(err.join('\n')).toMatch(/B-LTA was not reached.*B-B.*\[TSA_UNREACHABLE\]/);
    expect(readFileSync(path('lower.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('writes nothing after a lie, after a revocation, and leaves what was there', async () => {
    writeFileSync(path('kept.pdf'), 'yang lama');
    const before = readdirSync(folder).length;
    world.misbehave('tsa', async (query, response) => {
      const other = Buffer.from(query);
      other[other.length - 4] = (other.at(-4) ?? 0) ^ 1;
      response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' });
      response.end(await world.timestamps(other));
    });
    expect(await sign('kept.pdf', '--level', 't')).toBe(1);
    expect(err.join('\n')).toContain('[TIMESTAMP_REFUSED]');
    expect(await sign('new.pdf', '--level', 'lta')).toBe(1);
    world.behave();
    const gone = world.person('Dicabut');
    world.revoke(gone);
    writeP12('gone.p12', gone);
    expect(await sign('new.pdf', '--level', 'lt', '--p12', path('gone.p12'))).toBe(65);
    expect(err.join('\n')).toContain('[CERTIFICATE_REVOKED]');
    expect(readFileSync(path('kept.pdf'), 'utf8')).toBe('yang lama');
    expect(readdirSync(folder).length).toBe(before + 1);
  });
});

describe('eletter renew', () => {
  it('goes through a whole archive; one file that fails does not stop the others', async () => {
    expect(await sign('lta.pdf', '--level', 'lta')).toBe(0);
    mkdirSync(path('arsip/2026'), { recursive: true });
    copyFileSync(path('lta.pdf'), path('arsip/2026/surat.PDF'));
    copyFileSync(path('surat.pdf'), path('arsip/konsep.pdf'));
    writeFileSync(path('arsip/catatan.txt'), 'bukan PDF');
    symlinkSync(path('lta.pdf'), path('arsip/tautan.pdf'));
    const original = readFileSync(path('lta.pdf'));

    expect(await renew()).toBe(0);
    expect(out.at(-1)).toBe('0 renewed, 1 not due, 1 without signature, 0 put off, 0 failed.');
    expect(readFileSync(path('arsip/2026/surat.PDF')).equals(original)).toBe(true);

    expect(await renew('--within', '9999', '--json')).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual([
      'renewed',
      'unsigned',
    ]);
    const renewed = readFileSync(path('arsip/2026/surat.PDF'));
    expect(renewed.length).toBeGreaterThan(original.length);
    expect(renewed.subarray(0, original.length).equals(original)).toBe(true);
    expect(readFileSync(path('lta.pdf')).equals(original)).toBe(true);

    const broken = Buffer.from(original);
    broken.writeUInt8(broken.readUInt8(400) ^ 1, 400);
    writeFileSync(path('arsip/a-rusak.pdf'), broken);
    writeFileSync(path('arsip/b-sampah.pdf'), 'sampah');
    expect(await renew('--within', '9999')).toBe(1);
    expect(out.at(-1)).toBe('1 renewed, 0 not due, 1 without signature, 0 put off, 2 failed.');
    expect(readFileSync(path('arsip/a-rusak.pdf')).equals(broken)).toBe(true);
    rmSync(path('arsip/a-rusak.pdf'));
    rmSync(path('arsip/b-sampah.pdf'));
  });

  it('puts off what nobody answers for, and leaves no half file', async () => {
    world.misbehave('tsa', (_, response) => void response.destroy());
    const before = readFileSync(path('arsip/2026/surat.PDF'));
    expect(await renew('--within', '9999')).toBe(69);
    expect(out.join('\n')).toContain('[TSA_UNREACHABLE]');
    expect(readFileSync(path('arsip/2026/surat.PDF')).equals(before)).toBe(true);
    expect(readdirSync(path('arsip/2026'))).toEqual(['surat.PDF']);
  });

  it('does not wait for the same silence over and over', async () => {
    mkdirSync(path('arsip/banyak'));
    for (let i = 0; i < 5; i++) copyFileSync(path('lta.pdf'), path(`arsip/banyak/${i}.pdf`));
    world.misbehave('tsa', (_, response) => void response.destroy());
    const asked = world.asked.tsa;
    expect(await renew('--within', '9999')).toBe(69);
    expect(world.asked.tsa - asked).toBe(3);
    expect(out.at(-1)).toContain('0 renewed, 0 not due, 0 without signature, 7 put off, 0 failed.');
    expect(err).toEqual(['The timestamp authority does not answer; 4 more files were not tried.']);
    rmSync(path('arsip/banyak'), { recursive: true });
  });

  it.each([
    [['renew']],
    [['renew', 'x.pdf']],
    [['renew', 'x.pdf', '--tsa', 'file:///x']],
    [['renew', 'x.pdf', '--tsa', 'http://127.0.0.1/', '--within', 'soon']],
    [['renew', 'x.pdf', '--tsa', 'http://127.0.0.1/', '--out', 'y']],
  ])('%j is wrong usage', async (argv) => {
    expect(await eletter(...argv)).toBe(64);
  });
});
