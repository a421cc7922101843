import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/main/cli/run.ts';
import {
  makeStatement,
  makeCard,
  newStatementKey,
  readCard,
  writeCard,
} from '../../../src/main/core/statement/index.ts';
import { poolEntry, resourcesDir } from '../../fixtures/engine.ts';
import { sampleLetter } from '../../fixtures/letters.ts';

/** `eletter statement check`: with no vault and no network. */
const folder = mkdtempSync(join(tmpdir(), 'eletter-statement-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
const key = newStatementKey();
const text = makeStatement(sampleLetter(1), key) ?? '';
writeFileSync(path('kartu.json'), writeCard(makeCard('Sekretariat Daerah', key, [])));
writeFileSync(path('lain.json'), writeCard(makeCard('Dinas', newStatementKey(), [])));
writeFileSync(path('pindai.txt'), `${text}\n`);

let out: string[] = [];
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void out.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void out.push(String(line)));
});
async function check(...argv: string[]): Promise<number> {
  out = [];
  const environment = { resourcesDir, dataDir: path('data'), version: '1.2.3', poolEntry };
  return runCommand(['statement', 'check', ...argv, '--lang', 'id'], environment);
}

it('says what is proven and what is not', async () => {
  for (const scanned of [text, path('pindai.txt')]) {
    expect(await check(scanned, '--card', path('lain.json'), '--card', path('kartu.json'))).toBe(0);
    expect(out.join('\n')).toContain('ASLI: Sekretariat Daerah');
    expect(out.join('\n')).toContain('Nomor: 000.8.3/1/SETDA/2026');
    expect(out.at(-1)).toContain('TIDAK dibuktikan');
  }
  expect(await check(text, '--card', path('kartu.json'), '--json')).toBe(0);
  expect(JSON.parse(out.join(''))).toMatchObject({ outcome: 'genuine', facts: { date: '2026-11-22' } });
});

it('shows no data of an office that it does not know', async () => {
  for (const cards of [[], ['--card', path('lain.json')]]) {
    expect(await check(text, ...cards)).toBe(2);
    expect(out.join('\n')).not.toContain('000.8.3');
  }
});

it('refuses what is no statement, no card, or no command', async () => {
  expect(await check('ELT1:0000', '--card', path('kartu.json'))).toBe(65);
  expect(out.join('\n')).toContain('STATEMENT_UNREADABLE');
  expect(await check(text, '--card', path('pindai.txt'))).toBe(65);
  expect(out.join('\n')).toContain('OFFICE_CARD_UNREADABLE');
  expect(await check()).toBe(64);
});

it('calls a changed statement forged', async () => {
  const at = text.length - 4;
  const changed = `${text.slice(0, at)}${text.charAt(at) === '0' ? '1' : '0'}${text.slice(at + 1)}`;
  expect(await check(changed, '--card', path('kartu.json'))).toBe(1);
  expect(out.join('\n')).toContain('PALSU');
});

describe('a scan', () => {
  const picture = async (texts: readonly string[]): Promise<Buffer> => {
    const canvas = createCanvas(500 * Math.max(1, texts.length), 500);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#000';
    for (const [index, one] of texts.entries())
      for (const [y, row] of encode(one, { ecc: 'M', border: 0 }).data.entries())
        for (const [x, dark] of row.entries())
          if (dark) context.fillRect(500 * index + 40 + 5 * x, 40 + 5 * y, 5, 5);
    return canvas.encode('png');
  };
  const foreign = makeStatement(sampleLetter(2), newStatementKey()) ?? '';
  const forged = makeStatement({ ...sampleLetter(2), number: 'X' }, key) ?? '';
  beforeAll(async () => {
    writeFileSync(path('asli.png'), await picture([text]));
    writeFileSync(path('dua.png'), await picture([text, 'https://contoh.test/\u001b[31m']));
    writeFileSync(path('asing.png'), await picture([foreign]));
    writeFileSync(path('kosong.png'), await picture([]));
    writeFileSync(path('palsu.png'), await picture([`${forged.slice(0, -3)}${text.slice(-3)}`]));
    writeFileSync(path('rusak.png'), 'bukan gambar');
  });
  const scan = (...names: readonly string[]): Promise<number> =>
    check('--scan', ...names.map(path), '--card', path('kartu.json'));

  it.each([
    [['asli.png'], 0],
    [['dua.png', 'asli.png'], 0],
    [['asli.png', 'kosong.png'], 3],
    [['kosong.png', 'asing.png'], 2],
    [['asing.png', 'palsu.png', 'asli.png'], 1],
    [['palsu.png', 'rusak.png', 'asli.png'], 65],
    [['tidak-ada.png', 'asli.png'], 65],
  ])('of %j exits with %i, and every file has its answer', async (names, code) => {
    expect(await scan(...names)).toBe(code);
    for (const name of names) expect(out).toContain(`${path(name)}:`);
    expect(out.join('\n').match(/ASLI/g)?.length ?? 0).toBe(
      names.filter((name) => name === 'asli.png' || name === 'dua.png').length,
    );
    expect(out.join('\n')).not.toContain('\u001b');
  });

  it('prints one object a line', async () => {
    expect(
      await check('--scan', path('dua.png'), path('rusak.png'), '--card', path('kartu.json'), '--json'),
    ).toBe(65);
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        file: path('dua.png'),
        conclusion: 'GENUINE',
        pages: 1,
        codes: [{ page: 1, check: { outcome: 'genuine' } }, { check: null }],
        error: null,
      },
      { conclusion: 'UNREADABLE', codes: [], error: { code: 'SCAN_UNREADABLE' } },
    ]);
  });

  it('needs files, and cards that can be read', async () => {
    expect(await check('--scan')).toBe(64);
    expect(await check('--scan', path('asli.png'), '--card', path('asli.png'))).toBe(65);
    expect(out).toHaveLength(1);
  });
});

it('has a certificate vouch for a card', async () => {
  const openssl = (...argv: readonly string[]): void =>
    void execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' });
  const subject = ['-subj', '/CN=Dinas Uji', '-days', '30', '-keyout', 'kunci.pem', '-out', 'kantor.pem'];
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject);
  writeFileSync(path('sandi'), 'rahasia\n');
  const from = ['-inkey', 'kunci.pem', '-in', 'kantor.pem', '-out', 'kantor.p12', '-passout', 'file:sandi'];
  openssl('pkcs12', '-export', ...from);
  const given = ['--p12', path('kantor.p12'), '--passphrase-file', path('sandi'), '--out', path('sah.json')];
  const environment = { resourcesDir, dataDir: path('data'), version: '1.2.3', poolEntry };
  out = [];
  expect(await runCommand(['statement', 'certify', path('kartu.json'), ...given], environment)).toBe(0);
  const certified = readCard(readFileSync(path('sah.json')));
  expect(certified.certification).not.toBeNull();
  expect({ ...certified, certification: null }).toEqual(readCard(readFileSync(path('kartu.json'))));
  expect(await runCommand(['statement', 'certify', ...given], environment)).toBe(64);
});
