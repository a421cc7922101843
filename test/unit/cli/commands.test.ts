import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/main/cli/run.ts';
import type { VerificationReport } from '../../../src/main/core/contract/index.ts';
import { poolEntry, resourcesDir } from '../../fixtures/engine.ts';
import { sampleLetter } from '../../fixtures/letters.ts';

/** `eletter`, in process: what it prints and the exit codes that scripts rely on (DESIGN §5). */
let folder: string;
const path = (name: string): string => join(folder, name);
let out: string[] = [];
let err: string[] = [];

async function eletter(...argv: string[]): Promise<number> {
  out = [];
  err = [];
  return runCommand(argv, { resourcesDir, dataDir: path('data'), version: '1.2.3', poolEntry });
}

function openssl(...args: string[]): void {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-cli-'));
  mkdirSync(path('data'));
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/CN=CA Uji CLI',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'leaf.key',
    '-out',
    'leaf.csr',
    '-subj',
    '/CN=Siti Rahmawati',
  );
  writeFileSync(
    path('ext'),
    'keyUsage=critical,digitalSignature,nonRepudiation\nbasicConstraints=CA:FALSE\n',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    'leaf.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '20',
    '-extfile',
    'ext',
    '-out',
    'leaf.pem',
  );
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'leaf.pem',
    '-inkey',
    'leaf.key',
    '-certfile',
    'ca.pem',
    '-passout',
    'pass:rahasia',
    '-out',
    'leaf.p12',
  );
  writeFileSync(path('pass'), 'rahasia\n');
  writeFileSync(path('wrong'), 'salah\n');
  writeFileSync(path('surat.json'), JSON.stringify(sampleLetter(1)));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  expect(await eletter('typeset', path('surat.json'), '--out', path('surat.pdf'))).toBe(0);
  expect(
    await eletter(
      'sign',
      path('surat.pdf'),
      '--p12',
      path('leaf.p12'),
      '--passphrase-file',
      path('pass'),
      '--out',
      path('signed.pdf'),
    ),
  ).toBe(0);
  const tampered = readFileSync(path('signed.pdf'));
  tampered.writeUInt8(tampered.readUInt8(500) ^ 1, 500);
  writeFileSync(path('tampered.pdf'), tampered);
  writeFileSync(
    path('appended.pdf'),
    Buffer.concat([readFileSync(path('signed.pdf')), Buffer.from('% tambahan\n')]),
  );
  writeFileSync(path('not.pdf'), 'ini bukan PDF');
  writeFileSync(path('empty.pdf'), '');
}, 60_000);
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  vi.stubEnv('LC_ALL', 'id_ID.UTF-8');
});

const trust = (): string[] => ['--trust', path('ca.pem')];
const reports = (): VerificationReport[] => out.map((line) => JSON.parse(line) as VerificationReport);

describe('eletter verify', () => {
  it.each([
    ['signed.pdf', 0, 'TOTAL-PASSED'],
    ['tampered.pdf', 1, 'TOTAL-FAILED'],
    ['surat.pdf', 3, 'NO-SIGNATURE'],
    ['not.pdf', 65, 'UNREADABLE'],
    ['empty.pdf', 65, 'UNREADABLE'],
    ['missing.pdf', 65, 'UNREADABLE'],
  ])('%s ends with %i', async (name, code, conclusion) => {
    expect(await eletter('verify', path(name), '--json', ...trust())).toBe(code);
    expect(reports()).toMatchObject([{ file: path(name), conclusion }]);
  });

  it('says INDETERMINATE (2) without the anchor, and never green with bytes after the signature', async () => {
    expect(await eletter('verify', path('signed.pdf'), '--json')).toBe(2);
    expect(reports()[0]?.signatures[0]).toMatchObject({
      integrity: true,
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      level: 'B-B',
      subFilter: 'ETSI.CAdES.detached',
    });
    expect([1, 2]).toContain(await eletter('verify', path('appended.pdf'), '--json', ...trust()));
    expect(['forbidden', 'not-judged']).toContain(reports()[0]?.signatures[0]?.changesAfter);
  });

  it('judges at a given time', async () => {
    expect(
      await eletter('verify', path('signed.pdf'), '--json', '--at', '2040-01-01T00:00:00Z', ...trust()),
    ).toBe(2);
    expect(reports()[0]?.signatures[0]?.subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
    expect(await eletter('verify', path('signed.pdf'), '--at', 'kemarin')).toBe(64);
  });

  it('prints the report on one file', async () => {
    expect(await eletter('verify', path('signed.pdf'), path('surat.pdf'), '--report', path('r.pdf'))).toBe(
      64,
    );
    expect(await eletter('verify', path('signed.pdf'), '--report', path('r.pdf'), ...trust())).toBe(0);
    expect(readFileSync(path('r.pdf'), 'latin1').startsWith('%PDF-')).toBe(true);
  });

  it('goes on over several files and takes the gravest code of 65, 1, 2, 3, 0', async () => {
    const files = ['signed.pdf', 'surat.pdf', 'tampered.pdf'].map(path);
    expect(await eletter('verify', ...files, '--json', ...trust())).toBe(1);
    expect(reports().map((one) => one.conclusion)).toEqual(['TOTAL-PASSED', 'NO-SIGNATURE', 'TOTAL-FAILED']);
    expect(await eletter('verify', ...files, path('not.pdf'), '--json')).toBe(65);
    expect(await eletter('verify', path('signed.pdf'), path('surat.pdf'), '--json', ...trust())).toBe(3);
  });

  it('prints the keys of the documented report, and the same as text in both languages', async () => {
    await eletter('verify', path('signed.pdf'), '--json', ...trust());
    expect(Object.keys(reports()[0] ?? {})).toEqual(
      expect.arrayContaining(['file', 'sha256', 'conclusion', 'revisions', 'signatures']),
    );
    expect(Object.keys(reports()[0]?.signatures[0] ?? {}).toSorted()).toEqual(
      [
        'field',
        'kind',
        'subFilter',
        'level',
        'indication',
        'subIndication',
        'integrity',
        'coversWholeFile',
        'revision',
        'changesAfter',
        'changes',
        'digestAlgorithm',
        'signatureAlgorithm',
        'signer',
        'claimedTime',
        'bestTime',
        'trustAnchor',
        'docMdp',
        'psre',
        'problems',
      ].toSorted(),
    );
    await eletter('verify', path('signed.pdf'), ...trust());
    expect(out.join('\n')).toContain('SAH');
    await eletter('verify', path('signed.pdf'), '--lang', 'en', ...trust());
    expect(out.join('\n')).toContain('VALID');
    expect(out.join('\n')).not.toMatch(/\{\w+\}/);
  });

  it('calls an unreadable trust file wrong input, not a verdict', async () => {
    expect(await eletter('verify', path('signed.pdf'), '--trust', path('not.pdf'))).toBe(65);
    expect(err.join('\n')).toContain('[ANCHOR_UNREADABLE]');
  });
});

describe('what the command line prints', () => {
  it('keeps control characters of a hostile file from the terminal', async () => {
    const hostile = path('\u001b[2Jhapus\nTOTAL-PASSED.pdf');
    writeFileSync(hostile, readFileSync(path('signed.pdf')));
    await eletter('verify', hostile, ...trust());
    expect(out.join('')).not.toContain('\u001b');
    expect(out.join('')).toContain('WIB');
  });

  it('takes ISO moments and trust files that exist, and nothing else', async () => {
    expect(await eletter('verify', path('signed.pdf'), '--at', '1')).toBe(64);
    expect(await eletter('verify', path('signed.pdf'), '--at', '2026-11-22')).not.toBe(64);
    expect(await eletter('verify', path('signed.pdf'), '--trust', path('tiada.pem'))).toBe(64);
  });
});

describe('eletter sign', () => {
  const sign = (...more: string[]): Promise<number> =>
    eletter('sign', path('surat.pdf'), '--p12', path('leaf.p12'), ...more);

  it('refuses a wrong passphrase and writes nothing', async () => {
    expect(await sign('--passphrase-file', path('wrong'), '--out', path('no.pdf'))).toBe(65);
    expect(err.join('\n')).toContain('[P12_PASSPHRASE_WRONG]');
    expect(() => readFileSync(path('no.pdf'))).toThrow();
  });

  it('asks for a timestamp authority beyond level b, by a web address', async () => {
    const args = ['--passphrase-file', path('pass'), '--out', path('no.pdf'), '--level', 'lt'];
    expect(await sign(...args)).toBe(64);
    expect(err.join('\n')).toContain('--tsa');
    for (const tsa of ['file:///etc/passwd', 'ftp://tsa.invalid', 'http://a:b@tsa.invalid/', 'tsa']) {
      expect(await sign(...args, '--tsa', tsa)).toBe(64);
    }
    expect(() => readFileSync(path('no.pdf'))).toThrow();
  });

  it('leaves its input alone, says where it cannot write, and takes a visible mark', async () => {
    const before = readFileSync(path('surat.pdf'));
    expect(await sign('--passphrase-file', path('pass'), '--out', path('tiada/signed.pdf'))).toBe(73);
    expect(
      await sign(
        '--passphrase-file',
        path('pass'),
        '--out',
        path('visible.pdf'),
        '--visible',
        '1,60,60,180,40',
        '--reason',
        'Uji',
      ),
    ).toBe(0);
    expect(readFileSync(path('surat.pdf')).equals(before)).toBe(true);
    expect(await eletter('verify', path('visible.pdf'), '--json', ...trust())).toBe(0);
  });

  it('writes over nothing that it reads, through no link, and leaves nothing half done', async () => {
    const args = ['--passphrase-file', path('pass')];
    for (const input of ['surat.pdf', 'leaf.p12', 'pass']) {
      const before = readFileSync(path(input));
      expect(await sign(...args, '--out', path(input))).toBe(64);
      expect(readFileSync(path(input)).equals(before)).toBe(true);
    }
    symlinkSync(path('surat.pdf'), path('link.pdf'));
    expect(await sign(...args, '--out', path('link.pdf'))).toBe(64);
    writeFileSync(path('victim'), 'milik orang');
    symlinkSync(path('victim'), path('other.pdf'));
    expect(await sign(...args, '--out', path('other.pdf'))).toBe(0);
    expect(lstatSync(path('other.pdf')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path('victim')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await sign(...args, '--out', '/dev/full')).toBe(73);
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part') || name.endsWith('.new'))).toEqual([]);
  });

  it('refuses a file that is no PDF', async () => {
    expect(
      await eletter(
        'sign',
        path('not.pdf'),
        '--p12',
        path('leaf.p12'),
        '--passphrase-file',
        path('pass'),
        '--out',
        path('no.pdf'),
      ),
    ).toBe(65);
    expect(err.join('\n')).toContain('[PDF_UNREADABLE]');
  });
});

describe('eletter typeset', () => {
  it('gives the same bytes again, and names what is wrong in a letter file', async () => {
    expect(await eletter('typeset', path('surat.json'), '--out', path('again.pdf'))).toBe(0);
    expect(readFileSync(path('again.pdf')).equals(readFileSync(path('surat.pdf')))).toBe(true);
    writeFileSync(path('bad.json'), JSON.stringify({ ...sampleLetter(1), date: 'besok' }));
    expect(await eletter('typeset', path('bad.json'), '--out', path('no.pdf'))).toBe(65);
    expect(err.join('\n')).toMatch(/date.*\[LETTER_FILE_INVALID\]/);
  });
});

describe('eletter', () => {
  it.each([
    [['nonsense'], 64],
    [['verify'], 64],
    [['verify', 'x.pdf', '--nonsense'], 64],
    [['verify', 'x.pdf', '--out', 'y'], 64],
    [['sign', 'x.pdf'], 64],
    [['sign', 'x.pdf', '--p12', 'a', '--passphrase-file', 'b', '--out', 'c', '--level', 'z'], 64],
    [['typeset', 'x.json'], 64],
    [[], 64],
    [['--help'], 0],
    [['--version'], 0],
  ])('%j ends with %i', async (argv, code) => {
    expect(await eletter(...argv)).toBe(code);
    if (code === 64 && argv.length > 0) expect(err.join('\n')).toContain('eletter verify');
  });
});
