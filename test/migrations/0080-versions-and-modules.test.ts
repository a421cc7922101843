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
    VALUES (1, 'l-1', 'surat-dinas', 'draft', 'biasa', 'Surat', 'a-1', 7, '{}', 'now', 'now')`);
});
afterEach(() => old.remove());

describe('migration 80', () => {
  it('leaves letters as they were, without versions', () => {
    const letters = all(old.db, 'SELECT * FROM letter');
    old.migrate(80);
    expect(all(old.db, 'SELECT * FROM letter')).toEqual(letters);
    expect(all(old.db, 'SELECT * FROM letter_version')).toEqual([]);
    expect(all(old.db, 'SELECT * FROM text_module')).toEqual([]);
  });

  it('keeps a version once, in the clear or sealed and never both', () => {
    old.migrate(80);
    const keep = (number: number, content: string, sealed: string, reason = 'asked'): void =>
      void old.db
        .exec(`INSERT INTO letter_version (letter_id, number, revision, reason, account_id, at, content, sealed_content)
        VALUES ('l-1', ${number}, 7, '${reason}', 'a-1', 'now', '${content}', ${sealed})`);
    keep(1, '{}', 'NULL');
    keep(2, '', "x'01'");
    expect(() => keep(2, '{}', 'NULL')).toThrow(/UNIQUE/);
    expect(() => keep(3, '{}', "x'01'")).toThrow(/CHECK/);
    expect(() => keep(3, '', 'NULL')).toThrow(/CHECK/);
    expect(() => keep(3, '{}', 'NULL', 'dream')).toThrow(/CHECK/);
  });
});
