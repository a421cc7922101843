import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(30);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
    VALUES (1, 'l-1', 'surat-dinas', 'draft', 'biasa', 'Konsep', 'a-1', 2, '{}', 'now', 'now')`);
});
afterEach(() => old.remove());

describe('migration 40', () => {
  it('leaves letters as they were, in no batch', () => {
    const letters = all(old.db, 'SELECT * FROM letter');
    old.migrate(40);
    expect(all(old.db, 'SELECT * FROM letter')).toEqual(letters);
    expect(all(old.db, 'SELECT * FROM batch')).toEqual([]);
    expect(all(old.db, 'SELECT * FROM batch_item')).toEqual([]);
  });

  it('lets each person have one open batch, and a letter be in it once', () => {
    old.migrate(40);
    const { db } = old;
    db.pragma('foreign_keys = OFF');
    const batch = db.prepare("INSERT INTO batch VALUES (?, 'a-1', 'i-1', 'all', 'now', ?, NULL)");
    batch.run('b-1', null);
    expect(() => batch.run('b-2', null)).toThrow(/UNIQUE/);
    batch.run('b-2', 'ended');
    const item = db.prepare("INSERT INTO batch_item VALUES ('b-1', ?, 'l-1', 2, ?, NULL, NULL)");
    expect(() => item.run(0, 'lost')).toThrow(/CHECK/);
    item.run(0, 'waiting');
    expect(() => item.run(1, 'waiting')).toThrow(/UNIQUE/);
  });
});
