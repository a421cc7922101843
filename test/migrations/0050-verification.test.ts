import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(40);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
    VALUES (1, 'l-1', 'surat-dinas', 'signed', 'biasa', 'Undangan', 'a-1', 2, '{}', 'now', 'now')`);
});
afterEach(() => old.remove());

describe('migration 50', () => {
  it('leaves letters as they were, none of them verified', () => {
    const letters = all(old.db, 'SELECT * FROM letter');
    old.migrate(50);
    expect(all(old.db, 'SELECT * FROM letter')).toEqual(letters);
    expect(all(old.db, 'SELECT * FROM verification')).toEqual([]);
  });

  it('keeps one verification for each letter, of a kind that there is, and drops it with the letter', () => {
    old.migrate(50);
    const { db } = old;
    const row = db.prepare("INSERT INTO verification VALUES ('l-1', ?, '[]', 'b', 'now', NULL, NULL)");
    expect(() => row.run('GREEN')).toThrow(/CHECK/);
    row.run('TOTAL-PASSED');
    expect(() => row.run('TOTAL-FAILED')).toThrow(/UNIQUE/);
    db.pragma('foreign_keys = ON');
    db.exec("DELETE FROM letter WHERE id = 'l-1'");
    expect(all(db, 'SELECT * FROM verification')).toEqual([]);
  });
});
