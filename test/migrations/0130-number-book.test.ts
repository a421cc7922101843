import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(70);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  const letter = old.db
    .prepare(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision,
    content, number, letter_date, created_at, updated_at) VALUES (?, ?, 'surat-dinas', ?, 'biasa', 'Undangan', 'a-1', 2,
    '{}', ?, ?, 'now', 'now')`);
  letter.run(1, 'l-1', 'signed', '000.8.3/1/SETDA/2026', '2026-03-01');
  letter.run(2, 'l-2', 'draft', null, null);
  letter.run(3, 'l-3', 'signed', '000.8.3/1/SETDA/2026', '2026-04-01');
  old.db.exec(`INSERT INTO number_book VALUES
    ('surat-keluar', 'SETDA', 2026, 1, '000.8.3/1/SETDA/2026', 'issued', 'l-1', NULL, '2026-03-01', 'b'),
    ('surat-keluar', 'SETDA', 2026, 2, '000.8.3/2/SETDA/2026', 'batal', 'l-2', 'salah', '2026-03-02', 'b'),
    ('surat-tugas', 'SETDA', 2026, 1, '000.8.3/1/SETDA/2026', 'issued', 'l-3', NULL, '2026-04-01', 'b')`);
});
afterEach(() => old.remove());

describe('migration 130', () => {
  it('keeps every number with its letter’s date, also one that two books gave', () => {
    old.migrate(130);
    expect(
      all(
        old.db,
        'SELECT register, sequence, insertion, state, letter_date, reason, doubled FROM number_book',
      ),
    ).toEqual([
      {
        register: 'surat-keluar',
        sequence: 1,
        insertion: 0,
        state: 'issued',
        letter_date: '2026-03-01',
        reason: null,
        doubled: 0,
      },
      {
        register: 'surat-keluar',
        sequence: 2,
        insertion: 0,
        state: 'batal',
        letter_date: '',
        reason: 'salah',
        doubled: 0,
      },
      {
        register: 'surat-tugas',
        sequence: 1,
        insertion: 0,
        state: 'issued',
        letter_date: '2026-04-01',
        reason: null,
        doubled: 1,
      },
    ]);
    expect(new Set(all(old.db, 'SELECT id FROM number_book').map((row) => JSON.stringify(row))).size).toBe(3);
  });

  it('lets the database itself refuse a double, a number without a letter and batal without a reason', () => {
    old.migrate(130);
    const row = old.db
      .prepare(`INSERT INTO number_book (register, unit, year, sequence, number, state, letter_id,
      reserved_at) VALUES ('surat-keluar', 'SETDA', 2026, ?, ?, ?, ?, 'now')`);
    expect(() => row.run(3, '000.8.3/2/SETDA/2026', 'issued', 'l-1')).toThrow(/UNIQUE/);
    expect(() => row.run(2, 'x', 'issued', 'l-1')).toThrow(/UNIQUE/);
    expect(() => row.run(3, 'x', 'issued', null)).toThrow(/CHECK/);
    expect(() => row.run(3, 'x', 'held', null)).toThrow(/CHECK/);
    expect(() => row.run(3, 'x', 'batal', 'l-1')).toThrow(/CHECK/);
    row.run(3, '000.8.3/3/SETDA/2026', 'reserved', 'l-2');
  });
});
