import { describe, expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import type { SearchFilters, SearchResult } from '../../../src/main/core/contract/search.ts';
import { letterContent, signingPassphrase, type TestApp, type TestClock } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';
import { randomFrom } from '../../fuzz/mutate.ts';

/** Searching as people do it: through the application, after what they did. */
let app: TestApp;
let clock: TestClock;
let head: TestPerson;
let budi: TestPerson;

officeForEachTest('2026-11-23T02:00:00Z', async (office) => {
  ({ app, clock, head } = office);
  budi = await invite(app, 'budi', ['drafter', 'signer']);
  await activate(app, budi);
  await be(app, head);
  await app.ask('identity.createTest', { signingPassphrase });
});

async function signed(subject: string, change: Partial<LetterContent> = {}): Promise<string> {
  clock.now = new Date(clock.now.getTime() + 60_000);
  const draft = await app.draft({ ...letterContent(subject, budi.accountId), ...change });
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  return draft.id;
}

const find = (query: string, filters: SearchFilters = {}): Promise<SearchResult> =>
  app.ask('search.find', { query, filters, after: null, limit: 20 });

const ids = async (query: string, filters: SearchFilters = {}): Promise<string[]> =>
  (await find(query, filters)).hits.map((hit) => hit.letter.id);

const hitsTold = async (): Promise<(string | null)[]> =>
  (await app.ask('notices.list', {}))
    .filter((notice) => notice.kind === 'search-hit')
    .map((notice) => notice.letterId);

describe('what was just done', () => {
  it('is found at once, by its number in any writing, and says why', async () => {
    const id = await signed('Perbaikan jembatan Way Bungur');
    const { number } = await app.ask('letters.get', { id });
    const { hits, pending, more } = await find('bungur JEMBATAN');
    expect(hits.map((hit) => hit.letter.id)).toEqual([id]);
    expect([pending, more]).toEqual([0, null]);
    const [why] = hits[0]?.found ?? [];
    expect(why?.field).toBe('subject');
    expect(why?.marks.map(([from, to]) => why.text.slice(from, to))).toEqual(['jembatan', 'Bungur']);
    const squeezed = (number ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '').slice(2, 9);
    const byNumber = await find(squeezed.toLowerCase());
    expect(byNumber.hits.map((hit) => hit.letter.id)).toEqual([id]);
    expect(byNumber.hits[0]?.found.some((one) => one.field === 'number')).toBe(true);
    await be(app, budi);
    expect(await ids('jembatan')).toEqual([id]);
  });

  it('is found while it is written by its author alone', async () => {
    await app.draft(letterContent('Rencana belalang', budi.accountId));
    expect(await ids('belalang')).toHaveLength(1);
    await be(app, budi);
    expect(await ids('belalang')).toEqual([]);
  });

  it('is counted by year, kind, unit and class', async () => {
    await signed('Jembatan satu');
    await signed('Jembatan dua', { security: 'terbatas' });
    const facets = await app.ask('search.facets', { query: 'jembatan', filters: {} });
    expect(facets).toMatchObject({
      counted: 2,
      partly: false,
      years: [{ value: '2026', count: 2 }],
      kinds: [{ value: 'surat-dinas', count: 2 }],
    });
    expect(facets.classes).toEqual([
      { value: 'biasa', count: 1 },
      { value: 'terbatas', count: 1 },
    ]);
  });
});

describe('filters', () => {
  it('narrow to what they say, alone and beside words', async () => {
    const one = await signed('Jembatan satu');
    const two = await signed('Jembatan dua', { urgency: 'amat-segera', security: 'terbatas' });
    expect(await ids('jembatan')).toEqual([two, one]);
    expect(await ids('jembatan', { urgency: 'amat-segera' })).toEqual([two]);
    expect(await ids('', { security: 'biasa' })).toEqual([one]);
    expect(await ids('', { security: 'terbatas' })).toEqual([two]);
    expect(await ids('', { direction: 'outgoing' })).toEqual([two, one]);
    expect(await ids('jembatan', { direction: 'incoming' })).toEqual([]);
    expect(await ids('', { person: 'komunikasi' })).toEqual([two, one]);
    expect(await ids('', { person: 'jembatan' })).toEqual([]);
    expect(await ids('', { classification: '000.8' })).toEqual([two, one]);
    expect(await ids('', { classification: '000.9' })).toEqual([]);
    expect(await ids('', { from: '2026-11-01', to: '2026-11-30' })).toEqual([two, one]);
    expect(await ids('', { from: '2026-12-01' })).toEqual([]);
    expect(await ids('', { to: '2026-11-22' })).toEqual([]);
    expect(await ids('', { hasFile: true, state: 'signed', unit: 'SETDA', kind: 'surat-dinas' })).toEqual([
      two,
      one,
    ]);
    expect(await ids('', { state: 'draft' })).toEqual([]);
    await be(app, budi);
    expect(await ids('jembatan', { direction: 'incoming' })).toEqual([two, one]);
  });
});

describe('a sealed letter', () => {
  it('is found by its readers alone, and by nobody after they have locked', async () => {
    const id = await signed('Pemeriksaan belalang', { security: 'rahasia' });
    expect(await ids('belalang')).toEqual([id]);
    const curious = await invite(app, 'lain', ['administrator', 'registrar', 'archivist']);
    await activate(app, curious);
    expect(await ids('belalang')).toEqual([]);
    expect((await app.ask('search.facets', { query: 'belalang', filters: {} })).counted).toBe(0);
    await be(app, budi);
    expect(await ids('belalang pemeriksaan')).toEqual([id]);
    await app.ask('vault.lock', {});
    expect(await app.refused('search.find', { query: 'belalang', filters: {}, after: null, limit: 5 })).toBe(
      'VAULT_LOCKED',
    );
  });
});

describe('a search that is kept', () => {
  it('tells once of each new letter that fits, across locks and further changes', async () => {
    await signed('Jembatan lama');
    await be(app, budi);
    await app.ask('search.save', { query: 'jembatan', filters: {}, name: 'Jembatan', alert: true });
    await app.ask('search.save', { query: 'jemb', filters: {}, name: 'Jemb', alert: true });
    await app.engine.app.settled();
    expect(await hitsTold()).toEqual([]);
    await be(app, head);
    const id = await signed('Jembatan baru');
    const closed = await signed('Jembatan tertutup', { security: 'rahasia' });
    await signed('Pasar');
    await be(app, budi);
    await app.engine.app.settled();
    expect((await hitsTold()).toSorted()).toEqual([id, closed].toSorted());
    // Read, changed, locked, opened: told all the same only once.
    await app.ask('letters.markRead', { id });
    await app.engine.app.settled();
    await app.ask('vault.seal', {});
    await be(app, budi);
    await app.engine.app.settled();
    expect(await hitsTold()).toHaveLength(2);
    // The author's own letter is no news to the author.
    await be(app, head);
    await app.ask('search.save', { query: 'jembatan', filters: {}, name: 'Saya', alert: true });
    await signed('Jembatan sendiri');
    await app.engine.app.settled();
    expect(await hitsTold()).toEqual([]);
  });

  it('of nothing but signs, or of too much, is refused: it would never tell of anything', async () => {
    const keep = (query: string, filters = {}): Promise<string> =>
      app.refused('search.save', { query, filters, name: 'Kosong', alert: true });
    expect(await keep('---')).toBe('SEARCH_NO_WORDS');
    expect(await keep('satu', { person: '/' })).toBe('SEARCH_NO_WORDS');
    expect(await keep(Array.from({ length: 40 }, (_, n) => `kata${n}`).join(' '))).toBe('SEARCH_TOO_LONG');
    expect(await app.ask('search.list', {})).toEqual([]);
  });

  it('is listed, renamed, silenced and removed by its owner alone', async () => {
    const [made] = await app.ask('search.save', {
      query: 'jembatan',
      filters: { kind: 'surat-dinas' },
      name: 'Jembatan',
      alert: true,
    });
    const id = made?.id ?? '';
    expect(made).toMatchObject({
      name: 'Jembatan',
      query: 'jembatan',
      filters: { kind: 'surat-dinas' },
      alert: true,
    });
    await be(app, budi);
    expect(await app.ask('search.list', {})).toEqual([]);
    expect(await app.refused('search.rename', { id, name: 'Milik saya', alert: false })).toBe('NOT_FOUND');
    expect(await app.refused('search.remove', { id })).toBe('NOT_FOUND');
    await be(app, head);
    expect(await app.ask('search.rename', { id, name: 'Jalan', alert: false })).toMatchObject([
      { name: 'Jalan', alert: false },
    ]);
    expect(await app.ask('search.remove', { id })).toEqual([]);
  });
});

describe('whatever is typed', () => {
  it('of separators only, or too much, is refused in words', async () => {
    const ask = (query: string) => app.refused('search.find', { query, filters: {}, after: null, limit: 5 });
    for (const query of ['---', '"', '*', '( )', ' / . ', '🙂'])
      expect(await ask(query)).toBe('SEARCH_NO_WORDS');
    expect(await ask('surat '.repeat(2000))).toBe('SEARCH_TOO_LONG');
    expect(await ask(`a${'-b'.repeat(60)}`)).toBe('SEARCH_TOO_LONG');
    expect((await find('   ')).hits).toEqual([]);
  });

  it('is never syntax', async () => {
    const id = await signed('Jembatan dan jalan');
    for (const query of [
      'jembatan"',
      '"jembatan',
      'jembatan*',
      '^jembatan',
      'words:jembatan',
      '-jembatan',
      "'; --",
    ])
      expect(['ok', 'SEARCH_NO_WORDS'], query).toContain(
        await app.engine.app
          .call('search.find', { query, filters: {}, after: null, limit: 5 })
          .then((one) => (one.ok ? 'ok' : one.error.code)),
      );
    expect(await ids('jembatan"')).toEqual([id]);
    expect(await ids('jembatan NOT jalan')).toEqual([]);
    expect(await ids('jembatan OR pasar')).toEqual([]);
    const random = randomFrom(3);
    const alphabet = [
      ...'ab1 "\'*^:()-+{}[]~|&\\/,.;%_?#@!\u0000\u00a7\u00b6\u00a4\u00a2é\u0301ß🙂',
      ' AND ',
      ' OR ',
      'NEAR(',
    ];
    for (let turn = 0; turn < 300; turn += 1) {
      const query = Array.from(
        { length: 1 + Math.floor(random() * 14) },
        () => alphabet[Math.floor(random() * alphabet.length)],
      ).join('');
      const result = await app.engine.app.call('search.find', { query, filters: {}, after: null, limit: 5 });
      const code = result.ok ? 'ok' : result.error.code;
      expect(['ok', 'SEARCH_NO_WORDS', 'SEARCH_TOO_LONG'], JSON.stringify(query)).toContain(code);
    }
  });
});
