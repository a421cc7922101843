import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(70);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db.exec(`INSERT INTO unit (code, name) VALUES ('ORG', 'Bagian Organisasi')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
    VALUES (1, 'l-1', 'surat-dinas', 'draft', 'biasa', 'Surat', 'a-1', 2, '{}', 'now', 'now')`);
  old.migrate(110);
});
afterEach(() => old.remove());

describe('migration 110', () => {
  it('keeps letters, and begins with an empty book', () => {
    expect(all(old.db, 'SELECT id, subject FROM letter')).toEqual([{ id: 'l-1', subject: 'Surat' }]);
    expect(all(old.db, 'SELECT * FROM address_entry')).toEqual([]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('lets a member be one thing, and takes it away with its entry', () => {
    old.db.exec(
      `INSERT INTO address_entry VALUES ('e-1', NULL, 'office', 'Camat', '', '', '', '', '', '', 'camat|', 'now')`,
    );
    old.db.exec(`INSERT INTO address_group VALUES ('g-1', 'a-1', 'Camat se-kabupaten', 'now')`);
    const add = (place: number, values: string): void =>
      void old.db.exec(`INSERT INTO address_member VALUES ('g-1', ${place}, ${values})`);
    add(0, `NULL, NULL, 'e-1'`);
    add(1, `NULL, 'ORG', NULL`);
    expect(() => add(2, `'a-1', 'ORG', NULL`)).toThrow(/CHECK/);
    expect(() => add(2, `NULL, NULL, NULL`)).toThrow(/CHECK/);
    expect(() => add(2, `NULL, NULL, 'e-2'`)).toThrow(/FOREIGN KEY/);
    old.db.exec(`DELETE FROM address_entry`);
    expect(all(old.db, 'SELECT unit FROM address_member')).toEqual([{ unit: 'ORG' }]);
  });

  it('knows of each letter at most one merge that made it', () => {
    old.db.exec(
      `INSERT INTO letter_merge VALUES ('m-1', 'l-1', 'a-1', 'now', NULL), ('m-2', 'l-1', 'a-1', 'now', NULL)`,
    );
    old.db.exec(`INSERT INTO letter_merge_item VALUES ('m-1', 0, 'l-1')`);
    expect(() => old.db.exec(`INSERT INTO letter_merge_item VALUES ('m-2', 0, 'l-1')`)).toThrow(/UNIQUE/);
  });
});
