import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../../src/main/core/queries/scope.ts';
import { findLetters, indexLetters, newDesk, type Desk } from '../../../src/main/core/search/index.ts';
import { randomFrom } from '../../fuzz/mutate.ts';
import { madeArchive, vocabulary, type MadeArchive, type MadeLetter } from '../../fixtures/search-archive.ts';

/** Whatever is asked, by whomever: exactly the letters that reading every letter one may see would give. */
let archive: MadeArchive;
beforeAll(async () => {
  archive = await madeArchive(400, 7);
  archive.vault.write((db) =>
    indexLetters(
      db,
      archive.letters.map((one) => one.position),
    ),
  );
}, 60_000);
afterAll(() => archive.remove());

/** Written apart from the application's own: character by character, over the text as it was made. */
const bare = (text: string): string =>
  [...text.normalize('NFD').toLowerCase()].filter((one) => !/\p{M}/u.test(one)).join('');
const cutUp = (text: string): string[] =>
  bare(text)
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word !== '');

function readable(letter: MadeLetter, asker: Asker): string {
  const stands = new Set(asker.principals.map((one) => one.id));
  const notes = letter.notes.filter(
    (note) =>
      note.own.includes(asker.accountId) ||
      note.heirs.some((one) => one === asker.accountId || stands.has(one)),
  );
  return [letter.text, ...notes.map((note) => note.words)].join(' ');
}

const read = new Map<string, { readonly words: readonly string[]; readonly number: string }>();

function fits(letter: MadeLetter, asker: Asker, query: string): boolean {
  const who = `${asker.accountId}|${asker.principals.map((one) => one.id).join()}|${letter.id}`;
  const known = read.get(who) ?? {
    words: [...new Set(cutUp(readable(letter, asker)))],
    number: cutUp(letter.number ?? '').join(''),
  };
  read.set(who, known);
  const { words, number } = known;
  const typed = query.split(' ').filter((one) => cutUp(one).length > 0);
  return typed.every((one, at) => {
    const parts = cutUp(one);
    const joined = parts.join('');
    if (joined.length >= 3 && /\d/.test(joined) && number.includes(joined)) return true;
    return parts.every((part, place) => {
      const beginning = at === typed.length - 1 && place === parts.length - 1 && part.length >= 2;
      return words.some((word) => word === part || (beginning && !/\d/.test(word) && word.startsWith(part)));
    });
  });
}

const desks = new Map<Asker, Desk>();

function* pages(asker: Asker, query: string): Generator<string> {
  const desk = desks.get(asker) ?? newDesk();
  desks.set(asker, desk);
  let after: number | null = null;
  do {
    const { rows, more } = findLetters(archive.vault.read, asker, desk, { query, filters: {} }, after, 7);
    for (const row of rows) yield row.id;
    after = more;
  } while (after !== null);
}

let nine: readonly Asker[] = [];
const askers = (): readonly Asker[] => {
  if (nine.length === 0)
    nine = [
      ...archive.accounts.map((one) => archive.asker(one)),
      archive.asker('nihil', ['sekda']),
      archive.asker('staf', ['kadis', 'camat']),
    ];
  return nine;
};

const seen = new Map<Asker, ReadonlySet<number>>();

const expected = (asker: Asker, query: string): string[] => {
  const visible = seen.get(asker) ?? new Set(archive.seenBy(asker));
  seen.set(asker, visible);
  return archive.letters
    .filter((letter) => visible.has(letter.position) && fits(letter, asker, query))
    .toReversed()
    .map((letter) => letter.id);
};

const asked = [
  'jembatan rusak',
  'rusak jembatan',
  'CAFE',
  'café',
  'resume',
  'Résumé',
  'pemer',
  'pem',
  '1312',
  '000.8/13-12',
  '8/1',
  '0008',
  '13',
  'org 2025',
  'segerakan',
  'periksalah jembatan',
  'rahasiadapur',
  'kepala sekda',
  'jabatan cam',
  'setda/2026',
  'surat-dinas',
];

describe('a search', () => {
  it.each(asked)('for "%s" finds what reading everything finds, for each of nine people', (query) => {
    for (const asker of askers())
      expect([...pages(asker, query)], `${asker.accountId} ${query}`).toEqual(expected(asker, query));
  });

  it('for words at random, in any order, does so too', () => {
    const random = randomFrom(11);
    const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let hits = 0;
    for (let turn = 0; turn < 150; turn += 1) {
      const words = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const kind = random();
        if (kind < 0.6) return some(vocabulary);
        const number = some(archive.letters).number ?? '000.8';
        const from = Math.floor(random() * (number.length - 3));
        return kind < 0.8
          ? number.slice(from, from + 2 + Math.floor(random() * 8))
          : some(vocabulary).slice(0, 4);
      });
      const query = words.join(' ');
      if (cutUp(query).length === 0 || cutUp(query).length > 12) continue;
      const asker = some(askers());
      const right = expected(asker, query);
      expect([...pages(asker, query)], `${asker.accountId}: ${query}`).toEqual(right);
      hits += right.length;
    }
    expect(hits).toBeGreaterThan(200);
  });

  it('test of the test: there is something to find, and something to hide', () => {
    const all = askers().map((asker) => expected(asker, 'jembatan').length);
    expect(Math.max(...all)).toBeGreaterThan(20);
    expect(new Set(all).size).toBeGreaterThan(4);
    const told = askers().map((asker) => expected(asker, 'rahasiadapur').length);
    expect(told.some((one) => one > 0)).toBe(true);
    const holding = archive.letters.filter((letter) =>
      letter.notes.some((note) => note.words.includes('rahasiadapur')),
    );
    // Whoever sees every kept letter does not find what is noted beside it.
    expect(told[0]).toBeLessThan(holding.length / 2);
  });
});
