import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(150);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db.exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content,
    created_at, updated_at) VALUES (1, 'l-1', 'surat-dinas', 'registered', 'biasa', '', 'a-1', 1, '{}', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position,
    settled_at, settled_how) VALUES ('l-1', 'to', 0, 'a-1', '', '', '', 'then', 1, 'later', 'disposed')`);
});
afterEach(() => old.remove());

describe('migration 160', () => {
  it('keeps how a letter was settled, and says of no earlier one why', () => {
    old.migrate(160);
    expect(
      all(old.db, 'SELECT settled_how, settled_words, claimed_from, reply_id FROM letter_party'),
    ).toEqual([{ settled_how: 'disposed', settled_words: null, claimed_from: null, reply_id: null }]);
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
  });

  it('takes words of a letter either in the clear or sealed, and a file or paper', () => {
    old.migrate(160);
    const add = (columns: string): void =>
      void old.db
        .exec(`INSERT INTO incoming (letter_id, source, details, sealed_details, words, sealed_words, sha256,
        sender_key, number_key, received_on, unit, registered_by, registered_at)
        VALUES ('l-1', ${columns}, 's', 'n', '2026-01-02', 'SETDA', 'a-1', 'now')`);
    expect(() => add("'paper', '{}', x'01', NULL, NULL, NULL")).toThrow(/CHECK/);
    expect(() => add("'paper', NULL, NULL, NULL, NULL, NULL")).toThrow(/CHECK/);
    expect(() => add("'pdf', '{}', NULL, 'w', x'01', 'h'")).toThrow(/CHECK/);
    expect(() => add("'paper', '{}', NULL, NULL, NULL, 'h'")).toThrow(/CHECK/);
    expect(() => add("'pdf', '{}', NULL, NULL, NULL, NULL")).toThrow(/CHECK/);
    add("'pdf', NULL, x'01', NULL, x'01', 'h'");
    expect(all(old.db, 'SELECT text_layer, pages FROM incoming')).toEqual([{ text_layer: 'none', pages: 0 }]);
  });
});
