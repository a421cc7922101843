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
    updated_at, signed_at) VALUES (1, 'l-1', 'surat-dinas', 'signed', 'biasa', 'Hal', 'a-1', 2, '{}', 'now', 'now', 'then')`);
});
afterEach(() => old.remove());

const addFile = (id: string): void =>
  void old.db.exec(`INSERT INTO archive_file (id, code, title, unit, year, opened_on, state, made_at, made_by)
    VALUES ('${id}', '000', 'Berkas', 'SETDA', 2026, '2026-01-01', 'open', 'now', 'a-1')`);

describe('migration 190', () => {
  it('leaves letters as they are, none of them destroyed', () => {
    old.migrate(190);
    expect(all(old.db, 'SELECT id, subject, destroyed_at, destroyed_sha256 FROM letter')).toEqual([
      { id: 'l-1', subject: 'Hal', destroyed_at: null, destroyed_sha256: null },
    ]);
    expect(all(old.db, 'SELECT * FROM classification')).toEqual([]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('holds retention whole or not at all', () => {
    old.migrate(190);
    const add = (code: string, values: string): void =>
      void old.db.exec(
        `INSERT INTO classification (code, name, active_years, inactive_years, fate) VALUES ('${code}', 'x', ${values})`,
      );
    add('000', 'NULL, NULL, NULL');
    add('100', "2, 3, 'musnah'");
    expect(() => add('200', "2, NULL, 'musnah'")).toThrow(/CHECK/);
    expect(() => add('200', '2, 3, NULL')).toThrow(/CHECK/);
    expect(() => add('200', "2, 3, 'dibakar'")).toThrow(/CHECK/);
    expect(() => add('200', "-1, 3, 'musnah'")).toThrow(/CHECK/);
  });

  it('lets a letter lie in one file of a unit, and a file have one hold at a time', () => {
    old.migrate(190);
    old.db.exec("INSERT INTO classification (code, name) VALUES ('000', 'Umum')");
    addFile('f-1');
    addFile('f-2');
    const put = (file: string, unit: string): void =>
      void old.db.exec(`INSERT INTO archive_item VALUES ('l-1', '${unit}', '${file}', 'now', 'a-1')`);
    put('f-1', 'SETDA');
    expect(() => put('f-2', 'SETDA')).toThrow(/UNIQUE/);
    put('f-2', 'DINKES');
    const hold = (id: string): void =>
      void old.db.exec(
        `INSERT INTO archive_hold (id, file_id, reason, since, held_by) VALUES ('${id}', 'f-1', 'perkara', 'now', 'a-1')`,
      );
    hold('h-1');
    expect(() => hold('h-2')).toThrow(/UNIQUE/);
    old.db.exec("UPDATE archive_hold SET lifted_at = 'later'");
    hold('h-2');
    expect(() => old.db.exec("UPDATE archive_file SET state = 'closed'")).toThrow(/CHECK/);
  });
});
