import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexDue } from '../../src/main/core/search/index.ts';
import { Connection } from '../../src/main/core/vault/sql.ts';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(150);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at,
    updated_at, security) VALUES
    (1, 'l-1', 'surat-dinas', 'signed', 'biasa', 'Jembatan', 'a-1', 2, '{"subject":"Jembatan"}', '2026-01-01', 'now', 'biasa'),
    (2, 'l-2', 'surat-dinas', 'draft', 'biasa', 'Pasar', 'a-1', 2, '{"subject":"Pasar"}', '2026-01-01', 'now', 'biasa'),
    (3, 'l-3', 'surat-dinas', 'registered', 'biasa', 'Sawah', 'a-1', 2, '{"subject":"Sawah"}', '2026-01-01', 'now', 'biasa'),
    (4, 'l-4', 'surat-dinas', 'signed', 'biasa', '', 'a-1', 2, '', '2026-01-01', 'now', 'rahasia')`);
});
afterEach(() => old.remove());

describe('migration 200', () => {
  it('queues what there is, but nothing that is still written', () => {
    old.migrate(200);
    expect(all(old.db, 'SELECT position FROM search_due')).toEqual([
      { position: 1 },
      { position: 3 },
      { position: 4 },
    ]);
  });

  it('then indexes what lies open to the office', () => {
    old.migrate(200);
    new Connection(old.db).write((db) => indexDue(db, 100));
    expect(all(old.db, 'SELECT position FROM search_letter')).toEqual([{ position: 1 }, { position: 3 }]);
    expect(all(old.db, `SELECT rowid FROM search WHERE search MATCH '"jembatan"'`)).toEqual([{ rowid: 2 }]);
    expect(all(old.db, `SELECT rowid FROM search WHERE search MATCH '"pasar"'`)).toEqual([]);
    expect(all(old.db, 'SELECT * FROM search_due')).toEqual([]);
  });

  it('keeps no text: the index cannot be read back', () => {
    old.migrate(200);
    new Connection(old.db).write((db) => indexDue(db, 100));
    expect(all(old.db, 'SELECT words FROM search')).toEqual([{ words: null }, { words: null }]);
  });
});
