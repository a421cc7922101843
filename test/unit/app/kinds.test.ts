import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/index.ts';
import {
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';

/** Kinds with fields of their own, from the draft to the number. */
let app: TestApp;
beforeEach(async () => {
  app = testApp();
  await app.firstRun();
  await app.ask('identity.createTest', { signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const order = (changes: Partial<LetterContent> = {}): LetterContent => ({
  ...letterContent('Bimbingan teknis'),
  kind: 'surat-tugas',
  details: { dasar: 'Peraturan Bupati', untuk: 'mengikuti bimbingan teknis' },
  ...changes,
});

describe('kinds of letter', () => {
  it('begin with the body that the profile gives them', async () => {
    const study = await app.ask('letters.create', { kind: 'telaahan-staf' });
    expect(JSON.stringify(study.content.body)).toContain('IV. Analisis');
    const plain = await app.ask('letters.create', { kind: 'nota-dinas' });
    expect(plain.content.body).toEqual([{ type: 'paragraph', content: [] }]);
    expect(await app.refused('letters.create', { kind: 'surat-cinta' })).toBe('KIND_UNKNOWN');
    const { id, revision } = plain;
    const content = { ...plain.content, kind: 'surat-cinta' };
    expect(await app.refused('letters.saveDraft', { id, revision, content })).toBe('KIND_UNKNOWN');
  });

  it('are not ready before their own fields are filled in, and count in their own register', async () => {
    const half = await app.draft(order({ details: { dasar: ' ', other: 'x' } }));
    const { problems } = await app.ask('letters.preview', { id: half.id });
    expect(problems).toEqual([
      { code: 'LETTER_INCOMPLETE', params: { field: 'details.dasar' } },
      { code: 'LETTER_INCOMPLETE', params: { field: 'details.untuk' } },
    ]);
    const numbers = [];
    for (const content of [letterContent('Surat biasa'), order(), order()]) {
      const { id, revision } = await app.draft(content);
      const { number } = await app.ask('letters.sign', { id, revision, signingPassphrase });
      numbers.push(number.split('/')[1]);
    }
    expect(numbers).toEqual(['1', '1', '2']);
  });

  it('sign nothing that was typed for another kind and is not printed', async () => {
    const event = { date: '2026-12-01', time: '09.00', place: 'Aula', agenda: 'Rahasia' };
    const details = { dasar: 'Peraturan', untuk: 'bekerja', 'pihak-kedua': 'tersembunyi' };
    const { id, revision } = await app.draft(order({ event, details }));
    await app.ask('letters.sign', { id, revision, signingPassphrase });
    const { content } = await app.ask('letters.get', { id });
    expect(content.details).toEqual({ dasar: 'Peraturan', untuk: 'bekerja' });
    expect(content.event).toBeNull();
  });
});
