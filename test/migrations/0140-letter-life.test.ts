import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(130);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  for (const [position, state] of ['draft', 'reserved', 'signed', 'discarded'].entries())
    old.db
      .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at,
      updated_at) VALUES (${position}, '${state}', 'surat-dinas', '${state}', 'biasa', '', 'a-1', 2, '{}', 'now', 'now')`);
  old.db.exec(
    `INSERT INTO letter_key (letter_id, account_id, sealed_key, how, granted_at) VALUES ('signed', 'a-1', x'01', 'author', 'now')`,
  );
});
afterEach(() => old.remove());

describe('migration 140', () => {
  it('keeps every letter in its state, and who took a number', () => {
    old.migrate(140);
    expect(all(old.db, 'SELECT id, state, holder_id FROM letter ORDER BY position')).toEqual([
      { id: 'draft', state: 'draft', holder_id: null },
      { id: 'reserved', state: 'reserved', holder_id: 'a-1' },
      { id: 'signed', state: 'signed', holder_id: null },
      { id: 'discarded', state: 'discarded', holder_id: null },
    ]);
    expect(all(old.db, 'SELECT how, granted_at FROM letter_key')).toEqual([
      { how: 'author', granted_at: 'now' },
    ]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('knows the new states and ways to read, and no others', () => {
    old.migrate(140);
    old.db.exec("UPDATE letter SET state = 'review' WHERE id = 'draft'");
    expect(() => old.db.exec("UPDATE letter SET state = 'lost' WHERE id = 'draft'")).toThrow(/CHECK/);
    old.db.exec("UPDATE letter_key SET how = 'reviewer'");
    expect(() => old.db.exec("UPDATE letter_key SET how = 'spy'")).toThrow(/CHECK/);
    const plan = all(
      old.db,
      "EXPLAIN QUERY PLAN SELECT position FROM letter WHERE author_id = 'a-1' AND state = 'draft' ORDER BY position DESC",
    );
    expect(JSON.stringify(plan)).toContain('letter_author');
  });

  it('keeps words of a remark either open or sealed, never both', () => {
    old.migrate(140);
    const add = (words: string, sealed: string): void =>
      void old.db.exec(
        `INSERT INTO letter_remark VALUES (lower(hex(randomblob(8))), 'draft', 'return', 'a-1', NULL, 1, ${words}, ${sealed}, 'now')`,
      );
    add("'{}'", 'NULL');
    expect(() => add("'{}'", "x'01'")).toThrow(/CHECK/);
    expect(() => add('NULL', 'NULL')).toThrow(/CHECK/);
  });
});
