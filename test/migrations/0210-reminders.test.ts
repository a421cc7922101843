import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(150);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at,
    updated_at) VALUES (1, 'l-1', 'surat-dinas', 'ready', 'biasa', '', 'a-1', 2, '{}', 'now', 'submitted')`);
  old.db.exec(
    `INSERT INTO letter_step (letter_id, role, place, account_id) VALUES ('l-1', 'sign', 0, 'a-1')`,
  );
  old.db.exec(
    `INSERT INTO notice (id, account_id, kind, letter_id, created_at) VALUES ('n-1', 'a-1', 'signature-asked', 'l-1', 'now')`,
  );
});
afterEach(() => old.remove());

describe('migration 210', () => {
  it('lets what was asked before wait since it was last moved, and keeps its notices', () => {
    old.migrate(210);
    expect(all(old.db, 'SELECT asked_at FROM letter_step')).toEqual([{ asked_at: 'submitted' }]);
    expect(all(old.db, 'SELECT id, event FROM notice')).toEqual([{ id: 'n-1', event: null }]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('takes a reminder of a person, an event and a letter once', () => {
    old.migrate(210);
    const remind = (event: string, ref: string): void =>
      void old.db.exec(
        `INSERT INTO reminder (account_id, event, letter_id, ref, at) VALUES ('a-1', '${event}', 'l-1', '${ref}', 'now')`,
      );
    remind('to-sign', 'sign:0@submitted');
    remind('to-sign', 'sign:0@later');
    remind('unread', 'to:0@then');
    expect(() => remind('to-sign', 'sign:0@later')).toThrow(/UNIQUE/);
  });
});
