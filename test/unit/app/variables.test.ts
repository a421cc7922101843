import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import { letterContent, signingPassphrase, type TestApp } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';

let app: TestApp;
officeForEachTest('2026-11-22T03:00:00Z', async (office) => {
  ({ app } = office);
  await app.ask('identity.createTest', { signingPassphrase });
});

const wordsOf = (pdf: Uint8Array | null): string =>
  spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf ?? '' })
    .stdout.toString()
    .replaceAll(/\s+/g, ' ');

const saying = (words: string, subject = 'Undangan'): LetterContent => ({
  ...letterContent(subject),
  body: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});

it('are filled in on the page, in the preview and in what is signed', async () => {
  const draft = await app.draft(
    saying(
      'Kepada ${penerima} di ${tempat}: ${hal} tanggal ${tanggal} nomor ${nomor} oleh ${penandatangan}, ${jabatan} ${unit}, ${pangkat}, NIP ${nip}.',
      'Undangan untuk ${jabatan}',
    ),
  );
  const { id, revision } = draft;
  const shown = await app.ask('letters.preview', { id });
  expect(shown.problems).toEqual([]);
  const filled = (number: string): string =>
    `Kepada Kepala Dinas Komunikasi dan Informatika di Sukadana: Undangan untuk Sekretaris Daerah tanggal 22 November 2026 nomor ${number} oleh Dra. Siti Rahmawati, M.Si., Sekretaris Daerah SETDA, Pembina Utama Madya, NIP 19700101 199503 2 001.`;
  expect(wordsOf(shown.pdf)).toContain(filled('…'));
  const { number } = await app.ask('letters.sign', { id, revision, signingPassphrase });
  const { pdf } = await app.ask('letters.document', { id });
  expect(wordsOf(pdf)).toContain(filled(number));
  const [row] = await app.ask('letters.list', { folder: 'outgoing' });
  expect(row?.subject).toBe('Undangan untuk Sekretaris Daerah');
});

it('without a value, or that nobody knows, keep a letter from being signed and say where', async () => {
  const two = saying('Yth. ${penerima}, ${entah}.', 'Hal ${hal}');
  const draft = await app.draft({
    ...two,
    recipients: [...two.recipients, { accountId: null, name: 'Camat', place: '' }],
  });
  const { id, revision } = draft;
  const { problems } = await app.ask('letters.preview', { id });
  expect(problems).toEqual([
    { code: 'VARIABLE_UNKNOWN', params: { names: '${hal}', field: 'subject' } },
    { code: 'VARIABLE_UNKNOWN', params: { names: '${penerima}, ${entah}', field: 'body' } },
  ]);
  expect(await app.refused('letters.sign', { id, revision, signingPassphrase })).toBe('VARIABLE_UNKNOWN');
  // No number was taken for it.
  expect((await app.ask('letters.get', { id })).number).toBeNull();
});

it('stay variables in the draft, also after a signing that came to nothing', async () => {
  const { id, revision } = await app.draft(saying('${jabatan} \u{1F600}', 'Dari ${jabatan}'));
  expect(await app.refused('letters.sign', { id, revision, signingPassphrase })).toBe('GLYPH_MISSING');
  expect(await app.ask('letters.get', { id })).toMatchObject({ state: 'draft', subject: 'Dari ${jabatan}' });
});
