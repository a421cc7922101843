import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Official, PrintedSigner, TypesetLetter } from '../../../src/main/core/contract/index.ts';
import { loadProfile, rulesOf } from '../../../src/main/core/typesetting/index.ts';
import { deciders, signerViews } from '../../../src/main/core/typesetting/signers.ts';
import { errorOf, resourcesDir, sample, typeset } from './support.ts';

const json = readFileSync(join(resourcesDir, 'profiles/permendagri-1-2023.json'), 'utf8');
const profile = loadProfile(resourcesDir, null);
const base = sample('surat-dinas');
const as = (post: string, behalf: PrintedSigner['behalf'] = null): PrintedSigner => ({
  official: { ...base.signer, post },
  behalf,
});
const by = (kind: string, ...signers: readonly PrintedSigner[]): TypesetLetter => ({
  ...base,
  content: { ...base.content, kind },
  signers,
});
const viewsOf = (letter: TypesetLetter) =>
  signerViews(letter, rulesOf(profile, letter.content.kind), profile.signers);
const named = (kind: string, post: string) => {
  const [one] = viewsOf(by(kind, as(post)));
  return [one?.name, one?.rank, one?.nip];
};

const { name, rank, nip } = base.signer;
const titled = 'Dr. Siti Rahmawati, S.Kom., M.T.I.';

describe('how a signer is named (Permendagri 1/2023 Ps. 44)', () => {
  it.each([
    ['Kepala Dinas Kesehatan', [titled, rank, nip]],
    ['Plt. Kepala Dinas Kesehatan', [titled, rank, nip]],
    ['Bupati Lampung Timur', [titled, '', '']],
    ['BUPATI  LAMPUNG TIMUR', [titled, '', '']],
    ['Wakil Bupati Lampung Timur', [titled, '', '']],
    ['Sekretaris Daerah Kabupaten Lampung Timur', [titled, '', '']],
    ['Plh. Sekretaris Daerah', [titled, rank, nip]],
    ['Sekretaris Dinas Kesehatan', [titled, rank, nip]],
    ['Staf Ahli Bupati Bidang Hukum', [titled, rank, nip]],
    ['Bupatian', [titled, rank, nip]],
    ['Pj. Bupati Lampung Timur', [name, '', '']],
    ['Pjs. Bupati Lampung Timur', [name, '', '']],
    ['Plt. Bupati Lampung Timur', [name, '', '']],
    ['plh. Bupati Lampung Timur', [name, '', '']],
    ['Plh.', [titled, rank, nip]],
  ])('%s', (post, expected) => {
    expect(named('surat-dinas', post)).toEqual(expected);
  });

  it.each(['keputusan', 'peraturan-daerah', 'piagam', 'sertifikat', 'sttpp'])('plain in %s', (kind) => {
    expect(named(kind, 'Kepala Dinas Kesehatan')).toEqual([name, '', '']);
    expect(named(kind, 'Bupati Lampung Timur')).toEqual([name, '', '']);
  });

  it('as the profile says which posts are meant', () => {
    const other = json
      .replace('"Bupati", "Wakil Bupati"', '"Gubernur"')
      .replace('"acting": "plain"', '"acting": "titles"');
    const changed = loadProfile(resourcesDir, other);
    const shown = (post: string) =>
      signerViews(by('surat-dinas', as(post)), rulesOf(changed, 'surat-dinas'), changed.signers)[0];
    expect(shown('Bupati Lampung Timur')?.nip).toBe(nip);
    expect(shown('Pj. Gubernur Lampung')).toMatchObject({ name: titled, nip: '' });
    expect(
      errorOf(() => loadProfile(resourcesDir, json.replace('"acting": "plain"', '"acting": "bold"'))),
    ).toMatchObject({
      code: 'PROFILE_INVALID',
      params: { field: 'signers.posts.0.acting' },
    });
  });
});

describe('on whose behalf', () => {
  it('names the post acted for, and the one between only under it', () => {
    const shown = (principal: string, through: string) => {
      const [one] = viewsOf(by('surat-dinas', as('Asisten', { principal, through })));
      return [one?.principal, one?.through];
    };
    expect(shown('Bupati', '')).toEqual(['Bupati', '']);
    expect(shown('Bupati', 'Sekretaris Daerah')).toEqual(['Bupati', 'Sekretaris Daerah']);
    expect(shown('', 'Sekretaris Daerah')).toEqual(['', '']);
  });

  it('decides in the name of that post, several of them together', () => {
    const one = as('Sekretaris Daerah', { principal: 'Bupati A', through: '' });
    expect(deciders(base, profile.signers)).toBe(base.signer.post);
    expect(deciders(by('keputusan', one), profile.signers)).toBe('Bupati A');
    expect(deciders(by('keputusan', one, as('Bupati B')), profile.signers)).toBe(
      'Bersama Bupati A dan Bupati B',
    );
    expect(deciders(by('keputusan', one, as('Bupati B'), as('Bupati C')), profile.signers)).toBe(
      'Bersama Bupati A, Bupati B dan Bupati C',
    );
  });

  it('calls two signers the parties, any other number not', () => {
    const two = [as('Kepala A'), as('Kepala B')];
    expect(viewsOf(by('berita-acara', ...two)).map((one) => one.party)).toEqual([
      'PIHAK PERTAMA',
      'PIHAK KEDUA',
    ]);
    expect(viewsOf(by('berita-acara', ...two, as('Kepala C'))).map((one) => one.party)).toEqual(['', '', '']);
    expect(viewsOf(by('surat-dinas', ...two)).map((one) => one.party)).toEqual(['', '']);
  });
});

describe('the page', () => {
  it.each(['surat-dinas', 'nota-dinas', 'surat-tugas', 'keputusan'])(
    'of one signer in their own name is the same in either form, byte for byte: %s',
    (kind) => {
      const alone: TypesetLetter = { ...base, content: { ...base.content, kind } };
      const named = by(kind, { official: base.signer, behalf: null });
      expect(Buffer.compare(typeset(named).pdf, typeset(alone).pdf)).toBe(0);
    },
  );

  it('of the same several signers is the same, and of others another', () => {
    const official = (post: string): Official => ({ ...base.signer, post });
    const letter = by('surat-dinas', as('Bupati A'), as('Kepala B'), as('Kepala C'));
    expect(Buffer.compare(typeset(letter).pdf, typeset(structuredClone(letter)).pdf)).toBe(0);
    const turned = { ...letter, signers: [...(letter.signers ?? [])].reverse() };
    expect(Buffer.compare(typeset(letter).pdf, typeset(turned).pdf)).not.toBe(0);
    const glyphless = by('surat-dinas', as('Bupati A'), { official: official('Kepala 漢'), behalf: null });
    expect(errorOf(() => typeset(glyphless)).code).toBe('GLYPH_MISSING');
  });
});
