import { sql, type WriteDb } from '../sql.ts';

/** Numbers with dates, held and inserted numbers, formats of the office's own, and closed years. */
export const version = 130;

export function up(db: WriteDb): void {
  // A key cannot be widened in place. `insertion` 0 is a main number, n the n-th one inserted behind it; `letter_date`
  // is empty where a number was taken back before dates were kept. Numbers that were printed twice before the book
  // watched over that are marked, so that all others can be kept apart by an index.
  db.run(sql`CREATE TABLE number_book_new (
    register TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    insertion INTEGER NOT NULL DEFAULT 0 CHECK (insertion >= 0),
    id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'issued', 'batal', 'held')),
    letter_id TEXT REFERENCES letter(id),
    letter_date TEXT NOT NULL DEFAULT '',
    classification TEXT NOT NULL DEFAULT '',
    security TEXT NOT NULL DEFAULT 'biasa',
    subject TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '',
    holder_id TEXT REFERENCES account(id),
    held_by TEXT REFERENCES account(id),
    reason TEXT,
    settled_by TEXT REFERENCES account(id),
    reserved_at TEXT NOT NULL,
    settled_at TEXT,
    doubled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (register, unit, year, sequence, insertion),
    CHECK (state NOT IN ('reserved', 'issued') OR letter_id IS NOT NULL),
    CHECK (state <> 'held' OR (held_by IS NOT NULL AND letter_id IS NULL)),
    CHECK (state <> 'batal' OR reason IS NOT NULL)
  ) STRICT, WITHOUT ROWID`);
  db.run(sql`INSERT INTO number_book_new
      (register, unit, year, sequence, number, state, letter_id, letter_date, reason, reserved_at, settled_at, doubled)
    SELECT book.register, book.unit, book.year, book.sequence, book.number, book.state, book.letter_id,
      CASE WHEN letter.number = book.number THEN coalesce(letter.letter_date, '') ELSE '' END,
      CASE WHEN book.state = 'batal' THEN coalesce(book.reason, '') ELSE book.reason END,
      book.reserved_at, book.settled_at,
      row_number() OVER (PARTITION BY book.year, book.number ORDER BY book.reserved_at, book.register, book.unit) > 1
    FROM number_book AS book LEFT JOIN letter ON letter.id = book.letter_id`);
  db.run(sql`DROP TABLE number_book`);
  db.run(sql`ALTER TABLE number_book_new RENAME TO number_book`);
  db.run(sql`CREATE INDEX number_book_letter ON number_book(letter_id)`);
  db.run(sql`CREATE UNIQUE INDEX number_book_number ON number_book(year, number) WHERE doubled = 0`);
  db.run(sql`CREATE INDEX number_book_date ON number_book(register, unit, year, letter_date, sequence)
    WHERE insertion = 0`);
  db.run(sql`CREATE INDEX number_book_held ON number_book(register, unit) WHERE state = 'held'`);

  // `unit` is empty for all units without a format of their own; in force from `year` on.
  db.run(sql`CREATE TABLE number_format (
    register TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    template TEXT NOT NULL,
    padding INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 1),
    insertion TEXT NOT NULL CHECK (insertion IN ('decimal', 'letter')),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account(id),
    PRIMARY KEY (register, unit, year)
  ) STRICT, WITHOUT ROWID`);

  db.run(sql`CREATE TABLE number_closing (
    register TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    closed_at TEXT NOT NULL,
    closed_by TEXT NOT NULL REFERENCES account(id),
    PRIMARY KEY (register, unit, year)
  ) STRICT, WITHOUT ROWID`);
}
