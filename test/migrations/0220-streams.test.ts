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
    updated_at) VALUES (7, 'l-7', 'memo', 'ready', 'biasa', '', 'a-1', 2, '{}', 'now', 'now'),
      (9, 'l-9', 'memo', 'signed', 'biasa', '', 'a-1', 2, '{}', 'now', 'now')`);
  old.db.exec(`INSERT INTO letter_step (letter_id, role, place, account_id, done_at, done_by, revision) VALUES
    ('l-7', 'sign', 0, 'a-1', NULL, NULL, NULL), ('l-9', 'sign', 0, 'a-1', 'now', 'a-1', 2)`);
  old.db.exec(`INSERT INTO agenda (unit, year, sequence, letter_id, received_on, entered_at)
    VALUES ('TU', 2026, 1, 'l-9', '2026-11-20', 'now')`);
});
afterEach(() => old.remove());

describe('migration 220', () => {
  it('gives every step the place of its letter, and loses none', () => {
    old.migrate(220);
    expect(all(old.db, 'SELECT letter_id, done_by, position FROM letter_step')).toEqual([
      { letter_id: 'l-7', done_by: null, position: 7 },
      { letter_id: 'l-9', done_by: 'a-1', position: 9 },
    ]);
    expect(all(old.db, 'SELECT letter_id, position FROM agenda')).toEqual([
      { letter_id: 'l-9', position: 9 },
    ]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('reads what a unit received, and what somebody signed, in the order of the list', () => {
    old.migrate(220);
    const plan = (text: string): string => JSON.stringify(all(old.db, `EXPLAIN QUERY PLAN ${text}`));
    const received =
      plan(`SELECT position FROM letter_party WHERE unit = 'A' AND unit <> '' AND security = 'biasa'
      AND delivered_at IS NOT NULL ORDER BY position DESC`);
    expect(received).toContain('letter_party_of_unit');
    expect(received).not.toContain('TEMP B-TREE');
    const signed = plan(
      "SELECT position FROM letter_step WHERE done_by = 'a' AND role = 'sign' ORDER BY position DESC",
    );
    expect(signed).toContain('letter_step_signed');
    expect(signed).not.toContain('TEMP B-TREE');
    for (const table of ['disposition_entry', 'disposition_subtask'])
      expect(plan(`SELECT words FROM ${table} WHERE letter_id = 'l'`)).toContain(`${table}_letter`);
  });
});
