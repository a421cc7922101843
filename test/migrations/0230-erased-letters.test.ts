import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(190);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db.exec(`INSERT INTO archive_proposal (id, kind, state, note, made_at, made_by, approver_id)
    VALUES ('p-1', 'destruction', 'approved', '', 'now', 'a-1', 'a-1')`);
});
afterEach(() => old.remove());

describe('migration 230', () => {
  it('makes up no list of letters for what was proposed before, and keeps the proposal', () => {
    old.migrate(230);
    expect(all(old.db, 'SELECT id, state, erases FROM archive_proposal')).toEqual([
      { id: 'p-1', state: 'approved', erases: null },
    ]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('takes a list of letters and nothing else', () => {
    old.migrate(230);
    old.db.exec(`UPDATE archive_proposal SET erases = '["l-1"]'`);
    expect(() => old.db.exec(`UPDATE archive_proposal SET erases = 'l-1'`)).toThrow(/CHECK/);
  });
});
