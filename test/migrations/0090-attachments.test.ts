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
    VALUES (1, 'l-1', 'surat-dinas', 'draft', 'biasa', 'Surat', 'a-1', 2, '{"attachments":"satu berkas"}', 'now', 'now')`);
  old.db.exec(`INSERT INTO object (id, key, size, created_at) VALUES ('o-1', x'01', 10, 'now')`);
});
afterEach(() => old.remove());

const attach = (values: string): void =>
  void old.db
    .exec(`INSERT INTO letter_attachment (id, letter_id, place, pages, size, object_id, added_at, words,
    sealed_words, sealed_key) VALUES ('t-1', 'l-1', 0, 1, 10, ${values})`);

describe('migration 90', () => {
  it('leaves letters as they were', () => {
    const before = all(old.db, 'SELECT * FROM letter');
    old.migrate(90);
    expect(all(old.db, 'SELECT id, content FROM letter')).toEqual([
      { id: 'l-1', content: '{"attachments":"satu berkas"}' },
    ]);
    expect(all(old.db, 'SELECT * FROM letter')).toEqual(before);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('keeps an attachment in the clear or sealed, never both, and its object while it is there', () => {
    old.migrate(90);
    expect(() => attach("'o-1', 'now', '{}', x'01', x'02'")).toThrow(/CHECK/);
    expect(() => attach("'o-1', 'now', NULL, x'01', NULL")).toThrow(/CHECK/);
    expect(() => attach("'o-1', 'now', NULL, NULL, NULL")).toThrow(/CHECK/);
    expect(() => attach("'o-2', 'now', '{}', NULL, NULL")).toThrow(/FOREIGN KEY/);
    attach("'o-1', 'now', '{}', NULL, NULL");
    expect(() => old.db.exec("DELETE FROM object WHERE id = 'o-1'")).toThrow(/FOREIGN KEY/);
    const plan = all(
      old.db,
      "EXPLAIN QUERY PLAN SELECT id FROM letter_attachment WHERE letter_id = 'l-1' ORDER BY place",
    );
    expect(JSON.stringify(plan)).toContain('letter_attachment_letter');
  });
});
