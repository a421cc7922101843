import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { runCommand } from '../../../src/main/cli/run.ts';
import { reportsAsCsv, type VerificationReport } from '../../../src/main/core/contract/index.ts';
import { en } from '../../../src/renderer/lib/i18n/en.ts';
import { id as indonesian } from '../../../src/renderer/lib/i18n/id.ts';
import {
  letterContent,
  poolEntry,
  removeFolder,
  resourcesDir,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/**
 * PP 71/2019: what is not under an Indonesian PSrE is *tidak tersertifikasi*, and every place that shows such a
 * signature says so. This walks the places, with one signature of the office's own authority.
 */
const passphrase = 'sandi CA internal kantor';
const said = /tidak tersertifikasi/i;
let app: TestApp;
let folder: string;
let letterId: string;
let pdf: Uint8Array;
let report: VerificationReport;

const path = (name: string): string => join(folder, name);
const run = (program: string, ...args: string[]): string => {
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return `${done.stdout}${done.stderr}`;
};
const words = (name: string): string => run('pdftotext', '-layout', path(name), '-').replaceAll(/\s+/g, ' ');

let printed: string[] = [];
async function eletter(...argv: string[]): Promise<string> {
  printed = [];
  await runCommand(argv, { resourcesDir, dataDir: path('data'), version: '1', poolEntry });
  return printed.join('\n');
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line));
  folder = mkdtempSync(join(tmpdir(), 'eletter-uncertified-'));
  app = testApp();
  await app.firstRun();
  const organisation = 'Pemkab Lampung Timur';
  await app.ask('authority.create', { organisation, passphrase, crlUrl: null, ocspUrl: null });
  const { requests } = await app.ask('authority.request', { signingPassphrase });
  await app.ask('authority.approve', { id: requests[0]?.id ?? '', passphrase, days: null });
  const { id, revision } = await app.draft(letterContent('Laporan bulanan'));
  letterId = id;
  await app.ask('letters.sign', { id, revision, signingPassphrase });
  const signed = await app.engine.app.signedPdf(id, 'test');
  if (!signed.ok) throw new Error(signed.error.code);
  pdf = signed.value.pdf;
  writeFileSync(path('surat.pdf'), pdf);
  writeFileSync(path('sandi'), passphrase);
  report = await app.ask('letters.verify', { id });
}, 30_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await app.close();
  removeFolder(app.dataDir);
  rmSync(folder, { recursive: true, force: true });
});

describe('a signature of the office’s own authority is called "tidak tersertifikasi"', () => {
  it('in the letter’s own footer', () => {
    expect(words('surat.pdf')).toMatch(said);
  });

  it('in the list of one’s certificates, and in one’s own data', async () => {
    const [identity] = await app.ask('identity.list', {});
    expect(identity).toMatchObject({ origin: 'office', current: true, certified: false });
    expect((await app.ask('mydata.read', {})).identities[0]?.certified).toBe(false);
  });

  it('in the letter’s detail', async () => {
    expect((await app.ask('letters.get', { id: letterId })).signature?.certified).toBe(false);
    const draft = await app.draft(letterContent('Masih konsep'));
    expect((await app.ask('letters.get', { id: draft.id })).signature).toBeNull();
  });

  it('in the report on the screen, although the signature passes', () => {
    expect(report.conclusion).not.toBe('TOTAL-FAILED');
    expect(report.signatures.map((one) => [one.integrity, one.psre])).toEqual([[true, false]]);
  });

  it('in the words of every screen, in both languages', () => {
    for (const text of [indonesian, en]) {
      const places = [
        text.signingKeys.uncertified,
        text.identity.testText,
        text.verify.uncertified,
        text.authority.isNot,
        text.authority.mine.weak,
      ];
      for (const place of places) expect(place).toMatch(/tersertifikasi|not certified/i);
    }
    expect(indonesian.signingKeys.uncertified).toMatch(said);
    expect(indonesian.verify.uncertified).toMatch(said);
  });

  it('in the report as PDF and as a table', async () => {
    const made = await app.ask('verify.report', { name: 'surat.pdf', bytes: pdf, password: null });
    writeFileSync(path('laporan.pdf'), made.pdf);
    expect(words('laporan.pdf')).toMatch(said);
    const [head, row] = reportsAsCsv([report], 'id').split('\r\n');
    const column = (head ?? '').split('","').findIndex((name) => /tersertifikasi/i.test(name));
    expect((row ?? '').split('","')[column]).toMatch(/^tidak$/i);
  });

  it('on the certificate itself and on the leaflet', async () => {
    const [row] = (await app.ask('authority.status', {}))?.issued ?? [];
    const { bytes } = await app.ask('authority.certificate', { serial: row?.serial ?? '' });
    writeFileSync(path('sertifikat.pem'), bytes);
    expect(run('openssl', 'x509', '-in', 'sertifikat.pem', '-noout', '-issuer')).toMatch(said);
    writeFileSync(path('lembar.pdf'), (await app.ask('authority.leaflet', {})).bytes);
    expect(words('lembar.pdf')).toMatch(said);
  });
});

describe('the command line says it too', () => {
  it('when it checks a file, on paper as well', async () => {
    writeFileSync(path('akar.pem'), (await app.ask('authority.anchor', {})).bytes);
    const trust = ['--trust', path('akar.pem'), '--report', path('cli.pdf')];
    expect(await eletter('verify', path('surat.pdf'), ...trust)).toMatch(said);
    expect(words('cli.pdf')).toMatch(said);
    expect(await eletter('verify', path('surat.pdf'), '--lang', 'en')).toMatch(said);
  });

  it('when it makes an authority, certifies with it, and signs, visibly or not', async () => {
    const ca = [path('ca'), '--passphrase-file', path('sandi')];
    expect(await eletter('ca', 'init', ...ca, '--organisation', 'Pemkab')).toMatch(said);
    run(
      'openssl',
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'k.key',
      '-subj',
      '/CN=Budi',
      '-out',
      'k.csr',
    );
    const files = ['--csr', path('k.csr'), '--out', path('k.pem')];
    expect(await eletter('ca', 'issue', ...ca, ...files)).toMatch(said);
    const pair = ['-inkey', 'k.key', '-in', 'k.pem', '-passout', 'file:sandi'];
    run('openssl', 'pkcs12', '-export', ...pair, '-out', 'k.p12');
    const key = ['--p12', path('k.p12'), '--passphrase-file', path('sandi'), '--out', path('dua.pdf')];
    expect(await eletter('sign', path('surat.pdf'), ...key, '--visible', '1,40,40,180,60')).toMatch(said);
    expect(words('dua.pdf').match(/tidak tersertifikasi/gi)?.length).toBeGreaterThan(
      words('surat.pdf').match(/tidak tersertifikasi/gi)?.length ?? 0,
    );
    expect(await eletter('sign', path('surat.pdf'), ...key, '--json')).toContain('"uncertified":true');
  });

  it('when it checks a printed statement, which is no signature of that kind', async () => {
    const { card } = await app.ask('statement.card', {});
    writeFileSync(path('kartu.json'), card);
    run('pdftoppm', '-r', '300', '-png', '-singlefile', 'surat.pdf', 'surat');
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
    const [code] = await readBarcodes(readFileSync(path('surat.png')), { formats: ['QRCode'] });
    const output = await eletter('statement', 'check', code?.text ?? '', '--card', path('kartu.json'));
    expect(output).toMatch(/Pemkab|SEKRETARIAT|PEMERINTAH/i);
    expect(output).toMatch(said);
  });
});
