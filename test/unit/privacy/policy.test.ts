import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../src/main/core/privacy/index.ts';

const resourcesDir = join(import.meta.dirname, '../../../resources');
const at = (iso: string) => ({ now: () => new Date(iso) });
const temporary = mkdtempSync(join(tmpdir(), 'eletter-policy-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** DOMAIN §7, each fact by the words that carry it. */
const facts = {
  id: [
    /27 Januari 2025/,
    /layananegov@lampungtimurkab\.go\.id/,
    /Data pribadi:.*nama.*surel.*telepon.*pengenal lain/,
    /Data penggunaan:.*waktu.*pengirim.*penerima/,
    /Data perangkat:.*jenis perangkat.*sistem operasi.*teknis/,
    /surat-menyurat dinas secara elektronik/,
    /surat yang masuk atau menunggu/,
    /keaslian tanda tangan digital/,
    /memperbaiki fitur/,
    /tidak dibagikan kepada siapa pun/,
    /hukum atau pejabat yang berwenang/,
    /penyedia tepercaya.*penyimpanan awan/,
    /enkripsi dan akses yang dibatasi/,
    /tidak ada sistem yang sepenuhnya aman/,
    /melihat data/,
    /diperbaiki atau dihapus/,
    /menarik kembali persetujuan/,
    /tidak mengaku sebagai suara resmi/,
    /Saya sudah membaca.*bukan persetujuan/,
    /diumumkan di dalam aplikasi.*tanggal berlaku.*sudah dibaca lagi/,
  ],
  en: [
    /27 January 2025/,
    /layananegov@lampungtimurkab\.go\.id/,
    /Personal data:.*name.*e-mail.*phone.*identifying/,
    /Use data:.*timestamps.*sender.*recipient/,
    /Device data:.*type of device.*operating system.*technical/,
    /official correspondence electronically/,
    /letters that arrived or await/,
    /authenticate digital signatures/,
    /improve the features/,
    /shared with nobody/,
    /law or a competent authority/,
    /trusted providers.*cloud storage/,
    /encryption and restricted access/,
    /no system is perfectly safe/,
    /see the data/,
    /corrected or deleted/,
    /withdraw your consent/,
    /does not claim to be the official voice/,
    /have read.*not consent/,
    /announced in the application.*effective date.*acknowledge again/,
  ],
} as const;

describe('the shipped privacy policy', () => {
  const policies = loadPolicies(resourcesDir, at('2026-11-22T00:00:00Z'));

  it.each(['id', 'en'] as const)('states every fact in %s', (language) => {
    const policy = policies.read(language);
    const text = [
      policy.intro,
      ...policy.sections.flatMap((section) => [section.heading, ...section.paragraphs, ...section.items]),
    ].join('\n');
    for (const fact of facts[language]) expect(text).toMatch(fact);
    expect(policy).toMatchObject({ version: '2025-01-27', effective: '2025-01-27', language });
  });

  it('has the same build in both languages', () => {
    const shape = (language: 'id' | 'en') =>
      policies.read(language).sections.map((section) => [section.paragraphs.length, section.items.length]);
    expect(shape('id')).toEqual(shape('en'));
  });
});

describe('versions', () => {
  const policyDir = join(temporary, 'privacy-policy');
  cpSync(join(resourcesDir, 'privacy-policy'), policyDir, { recursive: true });
  const newer = join(policyDir, '2027-01-01');
  mkdirSync(newer);
  for (const language of ['id', 'en']) {
    const text = readFileSync(join(policyDir, '2025-01-27', `${language}.json`), 'utf8');
    writeFileSync(join(newer, `${language}.json`), text.replaceAll('"2025-01-27"', '"2027-01-01"'));
  }

  it('come into force on their day in Lampung, not before', () => {
    expect(loadPolicies(temporary, at('2026-12-31T16:59:59Z')).current).toBe('2025-01-27');
    const policies = loadPolicies(temporary, at('2026-12-31T17:00:00Z'));
    expect(policies.current).toBe('2027-01-01');
    expect(policies.read('id').version).toBe('2027-01-01');
  });

  it('that are not whole are refused', () => {
    writeFileSync(join(newer, 'en.json'), '{ "version": "2027-01-01", "language": "en", "title": "x" }');
    expect(() => loadPolicies(temporary, at('2027-02-01T00:00:00Z')).read('en')).toThrow('INTERNAL');
    // A clock before the first policy (a dead battery) gets the first one, and locks nobody out.
    expect(loadPolicies(temporary, at('2010-01-01T00:00:00Z')).current).toBe('2025-01-27');
  });
});
