import { afterEach, expect, it } from 'vitest';
import { all, databaseOfVersion } from './support.ts';

const old = databaseOfVersion(150);
afterEach(() => old.remove());

it('migration 180 finds numbers by their day, also those of before dates were kept', () => {
  old.db
    .exec(`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_date, reason, reserved_at)
    VALUES ('surat-keluar', 'SETDA', 2026, 1, 'a', 'batal', '', 'x', '2026-03-04T01:00:00.000Z'),
      ('surat-keluar', 'SETDA', 2026, 2, 'b', 'batal', '2026-03-05', 'x', '2026-03-09T01:00:00.000Z')`);
  old.migrate(180);
  const query = `SELECT number FROM number_book AS book WHERE book.unit = 'SETDA' AND
    (CASE WHEN book.letter_date = '' THEN substr(book.reserved_at, 1, 10) ELSE book.letter_date END)
      BETWEEN '2026-03-04' AND '2026-03-05'`;
  expect(all(old.db, query)).toEqual([{ number: 'a' }, { number: 'b' }]);
  expect(JSON.stringify(all(old.db, `EXPLAIN QUERY PLAN ${query}`))).toContain('number_book_day');
});
