import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../../../src/main/cli/run.ts';
import type { VerificationReport } from '../../../src/main/core/contract/verification.ts';
import { signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { signPdf } from '../../../src/main/core/signing/index.ts';
import { poolEntry, resourcesDir } from '../../fixtures/engine.ts';
import { letterOf } from '../../fixtures/letter-kinds.ts';
import { pem, testPki } from '../../fixtures/pki.ts';
import { makePdf, onePage } from '../pdf/make-pdf.ts';

/** Whatever somebody hands to `eletter verify`: a clear answer, an exit code, and the next file all the same. */

const pki = testPki();
let folder: string;
const path = (name: string): string => join(folder, name);
let out: string[] = [];
let err: string[] = [];

async function verify(...files: readonly string[]): Promise<{ code: number; reports: VerificationReport[] }> {
  out = [];
  err = [];
  const argv = ['verify', ...files, '--json', '--lang', 'en', '--trust', path('root.pem')];
  const code = await runCommand(argv, { resourcesDir, dataDir: path('data'), version: '1', poolEntry });
  return { code, reports: out.map((line) => JSON.parse(line) as VerificationReport) };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-bad-input-'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const { privateKey, certificate, chain } = pki.rsa;
  const signer = signerFromPkcs8(privateKey, certificate, chain);
  const good = await signPdf(makePdf({ objects: onePage }), {
    signer,
    time: new Date('2026-11-22T03:00:00Z'),
  });
  writeFileSync(path('root.pem'), pem('CERTIFICATE', pki.root.certificate));
  writeFileSync(path('baik.pdf'), good);
  writeFileSync(path('empty.pdf'), '');
  writeFileSync(path('not.pdf'), 'Dengan hormat');
  writeFileSync(path('zip.pdf'), Buffer.from('504b0304140000000800', 'hex'));
  writeFileSync(path('cut.pdf'), good.subarray(0, 300));
  writeFileSync(
    path('no-page.pdf'),
    makePdf({ objects: { 1: '<</Type /Catalog /Pages 2 0 R>>', 2: '<</Type /Pages /Kids [] /Count 0>>' } }),
  );
  writeFileSync(path('no-tree.pdf'), makePdf({ objects: { 1: '<</Type /Catalog>>' } }));
  writeFileSync(path('plain.pdf'), makePdf({ objects: onePage }));
  writeFileSync(path('anybody.pdf'), letterOf('encrypted'));
  execFileSync('qpdf', ['--encrypt', 'rahasia', 'milik', '256', '--', path('plain.pdf'), path('locked.pdf')]);
  const sparse = openSync(path('huge.pdf'), 'w');
  writeSync(sparse, '%PDF-1.7\n');
  ftruncateSync(sparse, 2 * 1024 ** 3);
  closeSync(sparse);
  mkdirSync(path('kosong'));
  mkdirSync(path('arsip/dalam'), { recursive: true });
  writeFileSync(path('arsip/1.pdf'), good);
  writeFileSync(path('arsip/dalam/2.PDF'), good);
  writeFileSync(path('arsip/catatan.txt'), 'x');
  symlinkSync(path('arsip'), path('arsip/lagi'));
  symlinkSync(path('b.pdf'), path('a.pdf'));
  symlinkSync(path('a.pdf'), path('b.pdf'));
  symlinkSync(path('nowhere'), path('dangling.pdf'));
  execFileSync('mkfifo', [path('pipe.pdf')]);
  execFileSync('mkdir', ['-m', '000', path('closed')]);
});
afterAll(() => {
  vi.restoreAllMocks();
  execFileSync('chmod', ['700', path('closed')]);
  rmSync(folder, { recursive: true, force: true });
});

/** File, and what is said of it; null: it can be read, and has no signature. */
const bad: readonly (readonly [what: string, file: () => string, problem: string | null])[] = [
  ['nothing of that name', () => path('tiada.pdf'), 'FILE_UNREADABLE'],
  ['an empty file', () => path('empty.pdf'), 'FILE_UNREADABLE'],
  ['a file that is no PDF', () => path('not.pdf'), 'FILE_UNREADABLE'],
  ['an archive named PDF', () => path('zip.pdf'), 'FILE_UNREADABLE'],
  ['a PDF that was cut off', () => path('cut.pdf'), 'FILE_UNREADABLE'],
  ['a PDF without pages', () => path('no-page.pdf'), null],
  ['a PDF without a page tree', () => path('no-tree.pdf'), null],
  ['a PDF that needs a password', () => path('locked.pdf'), 'FILE_ENCRYPTED'],
  ['an encrypted PDF that anybody may read', () => path('anybody.pdf'), null],
  ['2 GB', () => path('huge.pdf'), 'PDF_TOO_LARGE'],
  ['an empty folder', () => path('kosong'), 'FILE_UNREADABLE'],
  ['a loop of links', () => path('a.pdf'), 'FILE_UNREADABLE'],
  ['a link to nothing', () => path('dangling.pdf'), 'FILE_UNREADABLE'],
  ['a device that never ends', () => '/dev/zero', 'FILE_UNREADABLE'],
  ['a device without anything', () => '/dev/null', 'FILE_UNREADABLE'],
  ['a pipe that nobody writes to', () => path('pipe.pdf'), 'FILE_UNREADABLE'],
  ['a name of several lines', () => path('a\nb.pdf'), 'FILE_UNREADABLE'],
  ['a name that is too long', () => path('x'.repeat(300)), 'FILE_UNREADABLE'],
];

describe('eletter verify, all of it in one call', () => {
  let all: { code: number; reports: VerificationReport[] };
  let took: number;
  beforeAll(async () => {
    const began = performance.now();
    all = await verify(...bad.map(([, file]) => file()), path('baik.pdf'));
    took = performance.now() - began;
  }, 60_000);

  test.each(bad.map(([what, file, problem], index) => [what, file, problem, index] as const))(
    '%s',
    (_, file, problem, index) => {
      const report = all.reports[index];
      expect(report?.file).toBe(file());
      expect(report?.problems.map(({ code }) => code)).toEqual(problem === null ? [] : [problem]);
      for (const { message } of report?.problems ?? []) expect(message).toMatch(/^[A-Z].{10,}\.$/s);
      expect(report?.conclusion).toBe(problem === null ? 'NO-SIGNATURE' : 'UNREADABLE');
    },
  );

  test('the rest of the batch goes on, and the worst decides the exit code', () => {
    expect(all.reports).toHaveLength(bad.length + 1);
    expect(all.reports.at(-1)).toMatchObject({ file: path('baik.pdf'), signatures: [{ integrity: true }] });
    expect([all.code, err]).toEqual([65, []]);
    expect(took).toBeLessThan(20_000);
  });
});

test('a folder stands for the PDFs below it; links in it are not followed', async () => {
  const { code, reports } = await verify(path('arsip'), path('plain.pdf'));
  expect(code).toBe(2);
  const found = [path('arsip/1.pdf'), path('arsip/dalam/2.PDF'), path('plain.pdf')];
  expect(reports.map(({ file }) => file)).toEqual(found);
});
