import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  answerRequest,
  countLetters,
  lettersOf,
  listRequests,
  makeRequest,
  makeZip,
  withdrawRequest,
} from '../../../src/main/core/privacy/index.ts';
import { addAccount, memoryVault, type MemoryVault } from '../audit/database.ts';

const at = new Date('2026-11-22T03:00:00Z');
const later = new Date('2026-11-23T03:00:00Z');
let vault: MemoryVault;
beforeEach(() => {
  vault = memoryVault();
  addAccount(vault, 'a', 'Siti', at);
  addAccount(vault, 'b', 'Budi', at);
});
afterEach(() => vault.raw.close());

const refusal = { decision: 'refused', answer: 'Arsip negara', legalBasis: 'UU 43/2009' } as const;

describe('requests to delete', () => {
  it('wait one at a time, until answered or withdrawn', () => {
    const id = makeRequest(vault.db, 'a', 'Pensiun', at);
    expect(() => makeRequest(vault.db, 'a', 'Lagi', at)).toThrow('REQUEST_OPEN');
    makeRequest(vault.db, 'b', 'Pindah', later);
    expect(listRequests(vault.db, 'a')).toMatchObject([
      { id, name: 'Siti', state: 'open', answeredAt: null },
    ]);
    expect(() => withdrawRequest(vault.db, 'b', id, at)).toThrow('NOT_FOUND');
    withdrawRequest(vault.db, 'a', id, later);
    expect(listRequests(vault.db, null).map((one) => [one.name, one.state])).toEqual([
      ['Budi', 'open'],
      ['Siti', 'withdrawn'],
    ]);
    expect(() => withdrawRequest(vault.db, 'a', id, later)).toThrow('REQUEST_CLOSED');
    expect(makeRequest(vault.db, 'a', 'Lagi', later)).not.toBe(id);
  });

  it('are refused only with a reason and a legal basis, and answered once', () => {
    const id = makeRequest(vault.db, 'a', 'Pensiun', at);
    for (const lacking of [{ answer: ' ' }, { legalBasis: '' }])
      expect(() => answerRequest(vault.db, id, { ...refusal, ...lacking }, 'b', later)).toThrow(
        'ANSWER_INCOMPLETE',
      );
    expect(listRequests(vault.db, 'a')[0]?.state).toBe('open');
    expect(answerRequest(vault.db, id, refusal, 'b', later)).toBe('a');
    expect(listRequests(vault.db, 'a')).toMatchObject([
      { state: 'refused', answer: 'Arsip negara', legalBasis: 'UU 43/2009', answeredAt: later.toISOString() },
    ]);
    expect(() => answerRequest(vault.db, id, refusal, 'b', later)).toThrow('REQUEST_CLOSED');
    expect(() => answerRequest(vault.db, 'none', refusal, 'b', later)).toThrow('NOT_FOUND');
    const second = makeRequest(vault.db, 'a', 'Sekali lagi', later);
    answerRequest(vault.db, second, { decision: 'granted', answer: '', legalBasis: '' }, 'b', later);
    expect(listRequests(vault.db, 'a').map((one) => one.state)).toContain('granted');
  });
});

describe('what is held on a person', () => {
  it('counts letters written and received, each once', () => {
    const letter = (id: string, author: string): unknown =>
      vault.raw
        .exec(`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
        VALUES ('${id}', 'surat-dinas', 'signed', 'biasa', '', '${author}', 1, '{}', '', '')`);
    const party = (id: string, role: string, account: string, delivered: string | null): unknown =>
      vault.raw
        .prepare(
          'INSERT INTO letter_party (letter_id, role, place, account_id, unit, name, town, delivered_at) VALUES (?, ?, 0, ?, ?, ?, ?, ?)',
        )
        .run(id, role, account, '', '', '', delivered);
    letter('one', 'a');
    letter('two', 'b');
    letter('three', 'b');
    party('two', 'to', 'a', 'now');
    party('two', 'copy', 'a', 'now');
    party('three', 'to', 'a', null);
    expect(countLetters(vault.db, 'a')).toEqual({ written: 1, received: 1 });
    expect(lettersOf(vault.db, 'a')).toEqual(['one', 'two']);
  });
});

describe('the ZIP', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eletter-zip-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([at, new Date('1971-01-01T00:00:00Z'), new Date('2150-01-01T00:00:00Z')])(
    'is one that unzip accepts, made at %s',
    (when) => {
      const path = join(folder, 'data.zip');
      const pdf = Buffer.from('%PDF-1.7 …');
      const entries = [
        { path: 'data.json', content: '{"nama":"Siti"}\n' },
        { path: 'letters/Surat – rapat.pdf', content: pdf },
      ];
      writeFileSync(path, makeZip(entries, when));
      expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors');
      execFileSync('unzip', ['-q', path, '-d', folder]);
      expect(readFileSync(join(folder, 'data.json'), 'utf8')).toBe('{"nama":"Siti"}\n');
      expect(readFileSync(join(folder, 'letters/Surat – rapat.pdf'))).toEqual(pdf);
    },
  );
});
