import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(70);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
    VALUES (1, 'l-1', 'surat-dinas', 'reserved', 'biasa', 'Surat', 'a-1', 2, '{}', 'now', 'now')`);
});
afterEach(() => old.remove());

describe('migration 100', () => {
  it('touches no letter, and says of none that it was set with an office profile', () => {
    const before = all(old.db, 'SELECT * FROM letter');
    old.migrate(100);
    expect(all(old.db, 'SELECT * FROM letter')).toEqual(before);
    expect(all(old.db, 'SELECT * FROM letter_profile')).toEqual([]);
    expect(all(old.db, 'SELECT * FROM office_profile')).toEqual([]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('keeps a version that a letter was set with, and knows where each came from', () => {
    old.migrate(100);
    const insert = (values: string): void =>
      void old.db
        .exec(`INSERT INTO office_profile (version, made_at, made_by, changes, note, origin, restored)
        VALUES (${values})`);
    insert("1, 'now', 'a-1', '{}', '', 'saved', NULL");
    insert("2, 'now', 'a-1', '{}', '', 'restored', 1");
    expect(() => insert("1, 'now', 'a-1', '{}', '', 'saved', NULL")).toThrow(/UNIQUE/);
    expect(() => insert("0, 'now', 'a-1', '{}', '', 'saved', NULL")).toThrow(/CHECK/);
    expect(() => insert("3, 'now', 'a-1', '{}', '', 'restored', NULL")).toThrow(/CHECK/);
    expect(() => insert("3, 'now', 'a-1', '{}', '', 'guessed', NULL")).toThrow(/CHECK/);
    old.db.exec("INSERT INTO letter_profile VALUES ('l-1', 1)");
    expect(() => old.db.exec('DELETE FROM office_profile WHERE version = 1')).toThrow(/FOREIGN KEY/);
    expect(() => old.db.exec("INSERT INTO letter_profile VALUES ('l-2', 1)")).toThrow(/FOREIGN KEY/);
  });
});
