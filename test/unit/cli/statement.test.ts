import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/main/cli/run.ts';
import {
  makeStatement,
  newStatementKey,
  publicKeyOf,
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
writeFileSync(path('kartu.json'), writeCard({ name: 'Sekretariat Daerah', publicKey: publicKeyOf(key) }));
writeFileSync(path('lain.json'), writeCard({ name: 'Dinas', publicKey: publicKeyOf(newStatementKey()) }));
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
