import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anchorQuery, lastQuery } from '../../../src/main/core/letters/numbering.ts';
import { sql, type Sql } from '../../../src/main/core/vault/index.ts';
import { addPeople, fillLetters, plainDatabase, type BenchDatabase } from '../../bench/vault-rows.ts';

const book = { register: 'surat', unit: 'BENCH', year: 2026 };
let folder: string;
let place: BenchDatabase;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-number-speed-'));
  place = plainDatabase(folder);
  place.db.write((db) => {
    addPeople(db);
    fillLetters(db, 0, 5000);
  });
  place.raw.exec('ANALYZE');
});
afterAll(() => {
  place.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

const planOf = (query: Sql): string =>
  place.db
    .all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${query.text}`, values: query.values })
    .map((row) => row.detail)
    .join('; ');

describe('the next number of a book with thousands', () => {
  it('is found at the end of an index, without scanning or sorting', () => {
    const plans = {
      last: planOf(lastQuery(book)),
      anchor: planOf(anchorQuery(book, '2026-11-22')),
      taken: planOf(sql`SELECT register FROM number_book WHERE year = 2026 AND number = 'x' AND doubled = 0`),
      open: planOf(sql`SELECT number FROM number_book WHERE letter_id = 'x' AND state = 'reserved'`),
    };
    expect(plans.last).toMatch(/^SEARCH number_book USING .*\(register=\? AND unit=\? AND year=\?\)$/);
    expect(plans.anchor).toMatch(
      /^SEARCH number_book USING .*number_book_date \(register=\? AND unit=\? AND year=\? AND letter_date<\?\)$/,
    );
    expect(plans.taken).toContain('number_book_number (year=? AND number=?)');
    expect(plans.open).toContain('number_book_letter (letter_id=?)');
  });
});
