import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../../src/main/core/queries/scope.ts';
import { recordChange } from '../../../src/main/core/letters/index.ts';
import {
  findLetters,
  indexDue,
  indexIsLost,
  indexLetters,
  newDesk,
  optimiseIndex,
  pendingLetters,
  purgeSome,
  rebuildIndex,
} from '../../../src/main/core/search/index.ts';
import { indexQuery } from '../../../src/main/core/search/find.ts';
import { sql, type Sql, type WriteDb } from '../../../src/main/core/vault/index.ts';
import { at, madeArchive, type MadeArchive } from '../../fixtures/search-archive.ts';

/** The index follows every change, forgets what was taken out, and never holds what must not lie open. */
let archive: MadeArchive;
beforeEach(async () => {
  archive = await madeArchive(60, 5);
  archive.vault.write((db) =>
    indexLetters(
      db,
      archive.letters.map((one) => one.position),
    ),
  );
}, 60_000);
afterEach(() => archive.remove());

const found = (asker: Asker, query: string): string[] =>
  findLetters(archive.vault.read, asker, newDesk(), { query, filters: {} }, null, 50).rows.map(
    (row) => row.id,
  );

/** A change as the application makes it: the rows, and the note of it; then the index's turn. */
function change(id: string, work: (db: WriteDb) => void): void {
  archive.vault.write((db) => {
    work(db);
    recordChange(db, 'letter', id, at);
  });
  archive.vault.write((db) => indexDue(db, 100));
}

const open = (): string =>
  archive.letters.find((one) => one.state === 'signed' && one.security === 'biasa')?.id ?? '';

const content = (subject: string): string =>
  JSON.stringify({ subject, recipients: [], copies: [], body: [], event: null });

/** Whether a word lies in the index's own bytes, removed or not: its first letters may be shared with the term before. */
const inBytes = (word: string): boolean =>
  archive.vault.read
    .all<{ block: Uint8Array }>(sql`SELECT block FROM search_data`)
    .some((row) => Buffer.from(row.block).includes(word.slice(2)));

function cleanAll(): void {
  for (let turn = 0; turn < 200; turn += 1) if (!archive.vault.write((db) => purgeSome(db))) return;
  throw new Error('the cleaning does not end');
}

describe('after a change', () => {
  it('new words are found and old ones are not', () => {
    const id = open();
    const arsip = archive.asker('arsip');
    change(id, (db) =>
      db.run(sql`UPDATE letter SET subject = 'x', content = ${content('belalang hijau')} WHERE id = ${id}`),
    );
    expect(found(arsip, 'belalang')).toEqual([id]);
    change(id, (db) => db.run(sql`UPDATE letter SET content = ${content('kupu kupu')} WHERE id = ${id}`));
    expect(found(arsip, 'belalang')).toEqual([]);
    expect(found(arsip, 'kupu')).toEqual([id]);
  });

  it('of who may see it, it is found by whoever may now', () => {
    const id = open();
    const nihil = archive.asker('nihil');
    change(id, (db) => {
      db.run(sql`UPDATE letter SET content = ${content('belalang')}, author_id = 'sekda' WHERE id = ${id}`);
      db.run(sql`DELETE FROM letter_party WHERE letter_id = ${id}`);
      db.run(sql`DELETE FROM letter_step WHERE letter_id = ${id}`);
      db.run(sql`DELETE FROM disposition_task WHERE letter_id = ${id}`);
    });
    expect(found(nihil, 'belalang')).toEqual([]);
    const position = archive.letters.find((one) => one.id === id)?.position ?? 0;
    change(id, (db) => {
      db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position,
        security, author_id) VALUES (${id}, 'grant', 0, 'nihil', '', '', '', '2026', ${position}, 'biasa', 'sekda')`);
    });
    expect(found(nihil, 'belalang')).toEqual([id]);
    // Whoever stands in for somebody does not inherit what that person was granted.
    expect(found(archive.asker('camat', ['nihil']), 'belalang')).toEqual([]);
    change(id, (db) => db.run(sql`DELETE FROM letter_party WHERE letter_id = ${id}`));
    expect(found(nihil, 'belalang')).toEqual([]);
    change(id, (db) => {
      db.run(sql`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, note, given_at)
        VALUES ('dx', ${id}, 'sekda', 'sekda', '[]', 'telusuri kumbang', '2026')`);
      db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id,
        place, lead, state, given_at) VALUES ('tx', 'dx', ${id}, ${position}, 'biasa', 'sekda', 'nihil', 0, 1, 'unread', '')`);
    });
    expect(found(nihil, 'belalang kumbang')).toEqual([id]);
    expect(found(archive.asker('camat', ['nihil']), 'kumbang belalang')).toEqual([id]);
    // The archivist sees the letter, and not what is noted for its receivers.
    expect(found(archive.asker('arsip'), 'belalang')).toEqual([id]);
    expect(found(archive.asker('arsip'), 'kumbang')).toEqual([]);
    change(id, (db) => db.run(sql`UPDATE disposition_task SET state = 'cancelled' WHERE id = 'tx'`));
    expect(found(nihil, 'belalang')).toEqual([]);
    expect(found(nihil, 'kumbang')).toEqual([]);
  });

  it('before the index has had its turn, nobody finds what they may not see any more', () => {
    const id = open();
    const position = archive.letters.find((one) => one.id === id)?.position ?? 0;
    change(id, (db) => {
      db.run(sql`UPDATE letter SET content = ${content('belalang')}, author_id = 'sekda' WHERE id = ${id}`);
      db.run(sql`DELETE FROM letter_party WHERE letter_id = ${id}`);
      db.run(sql`DELETE FROM letter_step WHERE letter_id = ${id}`);
      db.run(sql`DELETE FROM disposition_task WHERE letter_id = ${id}`);
      db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position,
        security, author_id) VALUES (${id}, 'grant', 0, 'nihil', '', '', '', '2026', ${position}, 'biasa', 'sekda')`);
    });
    expect(found(archive.asker('nihil'), 'belalang')).toEqual([id]);
    archive.vault.write((db) => db.run(sql`DELETE FROM letter_party WHERE letter_id = ${id}`));
    expect(found(archive.asker('nihil'), 'belalang')).toEqual([]);
  });

  it('that changes no word, the index is not written again', () => {
    const id = open();
    const digest = () => archive.vault.read.all(sql`SELECT id, block FROM search_data ORDER BY id`);
    const before = digest();
    change(id, (db) => db.run(sql`UPDATE letter SET updated_at = 'later' WHERE id = ${id}`));
    expect(pendingLetters(archive.vault.read)).toBe(0);
    expect(digest()).toEqual(before);
  });
});

describe('words that were taken out', () => {
  it('leave the index and the vocabulary for good', () => {
    const id = open();
    change(id, (db) =>
      db.run(sql`UPDATE letter SET content = ${content('belalang hijau kecil')} WHERE id = ${id}`),
    );
    cleanAll();
    expect(inBytes('belalang')).toBe(true);
    // Destroyed: the record of it stays, its words do not.
    change(id, (db) =>
      db.run(sql`UPDATE letter SET subject = '', content = ${content('')} WHERE id = ${id}`),
    );
    expect(found(archive.asker('arsip'), 'belalang')).toEqual([]);
    // Removed, and still lying in an older part of the index.
    expect(inBytes('belalang')).toBe(true);
    cleanAll();
    expect(inBytes('belalang')).toBe(false);
    expect(
      archive.vault.read.all(sql`SELECT word FROM search_word WHERE word IN ('belalang', 'hijau', 'kecil')`),
    ).toEqual([]);
    expect(inBytes('jembatan')).toBe(true);
    expect(archive.vault.read.get(sql`SELECT 1 FROM search_word WHERE word = 'jembatan'`)).toBeDefined();
  });

  it('leave it too where a letter is sealed afterwards', () => {
    const id = open();
    change(id, (db) => db.run(sql`UPDATE letter SET content = ${content('belalang')} WHERE id = ${id}`));
    change(id, (db) =>
      db.run(sql`UPDATE letter SET security = 'rahasia', subject = '', content = '' WHERE id = ${id}`),
    );
    expect(inBytes('belalang')).toBe(true);
    cleanAll();
    expect(inBytes('belalang')).toBe(false);
  });
});

describe('the index', () => {
  it('holds no word of a sealed letter, nor of one that is still written', () => {
    const hidden = archive.letters.filter((one) => one.security !== 'biasa' || one.state === 'draft');
    expect(hidden.length).toBeGreaterThan(5);
    for (const { position } of hidden)
      expect(
        archive.vault.read.get(sql`SELECT 1 FROM search_letter WHERE position = ${position}`),
      ).toBeUndefined();
    const documents = archive.vault.read.all<{ id: number }>(sql`SELECT id FROM search_docsize`);
    const indexed = new Set(documents.map((row) => row.id >> 1));
    for (const { position } of hidden) expect(indexed.has(position)).toBe(false);
  });

  it('is made again where its rows are lost', () => {
    const arsip = archive.asker('arsip');
    const before = found(arsip, 'jembatan');
    expect(before.length).toBeGreaterThan(3);
    archive.vault.write((db) => db.run(sql`INSERT INTO search (search) VALUES ('delete-all')`));
    expect(indexIsLost(archive.vault.read)).toBe(true);
    archive.vault.write((db) => rebuildIndex(db));
    while (pendingLetters(archive.vault.read) > 0) archive.vault.write((db) => indexDue(db, 7));
    expect(found(arsip, 'jembatan')).toEqual(before);
    expect(indexIsLost(archive.vault.read)).toBe(false);
  });

  it('answers from the newest on, by keys alone', () => {
    const plan = (query: Sql): string =>
      archive.vault.read
        .all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${query}`)
        .map((row) => row.detail)
        .join('\n');
    for (const account of archive.accounts) {
      const text = plan(indexQuery(archive.asker(account, ['sekda']), '"jembatan"', sql`1`, 1000, 50));
      expect(text).toContain('SCAN search VIRTUAL TABLE');
      expect(text).not.toContain('TEMP B-TREE');
      expect(text).not.toMatch(/^SCAN (letter|party|task|step|letter_key)\b/m);
    }
  });

  it('is smaller than what it indexes', async () => {
    const large = await madeArchive(1500, 9, 120);
    try {
      large.vault.write((db) =>
        indexLetters(
          db,
          large.letters.map((one) => one.position),
        ),
      );
      large.vault.write((db) => optimiseIndex(db));
      const size = large.vault.read.get<{ n: number }>(
        sql`SELECT sum(pgsize) AS n FROM dbstat WHERE name LIKE 'search%'`,
      );
      const text = large.letters
        .filter((one) => one.security === 'biasa' && one.state !== 'draft')
        .reduce((sum, one) => sum + Buffer.byteLength(one.text), 0);
      expect((size?.n ?? Infinity) / text).toBeLessThan(1);
    } finally {
      large.remove();
    }
  });
});
