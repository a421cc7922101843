import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(140);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, created_at,
    updated_at, signed_at, holder_id) VALUES
    (1, 'l-1', 'surat-dinas', 'signed', 'biasa', '', 'a-1', 2, '{}', 'now', 'now', 'then', NULL),
    (2, 'l-2', 'surat-dinas', 'reserved', 'biasa', '', 'a-1', 2, '{}', 'now', 'now', NULL, 'a-1')`);
  old.db
    .exec(`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, read_at, position)
    VALUES ('l-1', 'to', 0, 'a-1', '', '', '', 'then', 'later', 1), ('l-1', 'to', 1, 'a-1', '', '', '', 'then', NULL, 1),
      ('l-1', 'to', 2, NULL, 'Camat', '', '', NULL, NULL, 1), ('l-1', 'copy', 0, 'a-1', '', '', '', 'then', 'later', 1)`);
  old.db.exec(
    `INSERT INTO letter_link (letter_id, target_id, kind, made_at) VALUES ('l-2', 'l-1', 'revokes', 'now')`,
  );
  old.db.exec(
    `INSERT INTO letter_key (letter_id, account_id, sealed_key, granted_at, how) VALUES ('l-1', 'a-1', x'01', 'now', 'signer')`,
  );
});
afterEach(() => old.remove());

describe('migration 150', () => {
  it('keeps states, links and ways to read, and knows the new ones', () => {
    old.migrate(150);
    expect(all(old.db, 'SELECT id, state FROM letter ORDER BY position')).toEqual([
      { id: 'l-1', state: 'signed' },
      { id: 'l-2', state: 'reserved' },
    ]);
    expect(all(old.db, 'SELECT kind FROM letter_link')).toEqual([{ kind: 'revokes' }]);
    expect(all(old.db, 'SELECT how FROM letter_key')).toEqual([{ how: 'signer' }]);
    old.db.exec("UPDATE letter SET state = 'registered' WHERE id = 'l-1'");
    old.db.exec("UPDATE letter_link SET kind = 'replies'");
    old.db.exec("UPDATE letter_key SET how = 'disposition'");
    expect(() => old.db.exec("UPDATE letter SET state = 'lost'")).toThrow(/CHECK/);
    expect(() => old.db.exec("UPDATE letter_link SET kind = 'mocks'")).toThrow(/CHECK/);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('throws nothing at people that they read, or sent, before anybody asked what became of it', () => {
    old.migrate(150);
    expect(
      all(old.db, "SELECT place, settled_how, sent_at FROM letter_party WHERE role = 'to' ORDER BY place"),
    ).toEqual([
      { place: 0, settled_how: 'earlier', sent_at: null },
      { place: 1, settled_how: null, sent_at: null },
      { place: 2, settled_how: null, sent_at: 'then' },
    ]);
    expect(all(old.db, "SELECT settled_at FROM letter_party WHERE role = 'copy'")).toEqual([
      { settled_at: null },
    ]);
  });

  it('lets a disposition have one lead, and a person one task in it', () => {
    old.migrate(150);
    old.db.exec(`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, given_at)
      VALUES ('d-1', 'l-1', 'a-1', 'a-1', '[]', 'now')`);
    const add = (id: string, account: string, lead: number): void =>
      void old.db
        .exec(`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id, place, lead, state, given_at)
        VALUES ('${id}', 'd-1', 'l-1', 1, 'biasa', 'a-1', '${account}', 0, ${lead}, 'unread', 'now')`);
    add('t-1', 'a-1', 1);
    expect(() => add('t-2', 'a-1', 0)).toThrow(/UNIQUE/);
    expect(() => add('t-3', 'a-2', 1)).toThrow(/UNIQUE/);
  });
});
