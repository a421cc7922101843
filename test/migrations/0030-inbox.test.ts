import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(20);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now'), ('a-2', 'budi', 'Budi', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at,
    updated_at, security) VALUES (7, 'l-1', 'surat-dinas', 'signed', 'biasa', '', 'a-1', 2, '', 'now', 'now', 'rahasia')`);
  old.db.exec(`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at)
    VALUES ('l-1', 'to', 0, 'a-2', '', '', 'ORG', 'now'), ('l-1', 'copy', 0, NULL, 'Luar', '', '', NULL)`);
});
afterEach(() => old.remove());

describe('migration 30', () => {
  it('gives each receiver what the lists ask of its letter, and keeps the rest', () => {
    const before = all(
      old.db,
      'SELECT letter_id, role, place, account_id, name, unit, delivered_at FROM letter_party',
    );
    old.migrate(30);
    const columns = 'letter_id, role, place, account_id, name, unit, delivered_at';
    expect(all(old.db, `SELECT ${columns} FROM letter_party`)).toEqual(before);
    expect(all(old.db, 'SELECT DISTINCT position, security, author_id FROM letter_party')).toEqual([
      { position: 7, security: 'rahasia', author_id: 'a-1' },
    ]);
    const plan = all(
      old.db,
      "EXPLAIN QUERY PLAN SELECT position FROM letter_party WHERE account_id = 'a-2' AND delivered_at IS NOT NULL ORDER BY position DESC",
    );
    expect(JSON.stringify(plan)).toContain('letter_party_inbox');
  });
});
