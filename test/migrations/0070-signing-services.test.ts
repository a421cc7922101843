import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(40);
  old.db
    .exec(`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at, activated_at)
    VALUES ('a-1', 'sekda', 'Siti', '', '', '', '', 'now', 'now')`);
  old.db
    .exec(`INSERT INTO identity (id, account_id, certificate, chain, sealed_private_key, origin, created_at)
    VALUES ('i-1', 'a-1', x'30', '[]', x'0102', 'p12', 'now'), ('i-2', 'a-1', x'31', '[]', x'03', 'test', 'now')`);
  old.db
    .exec(`INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, identity_id, created_at, updated_at)
    VALUES (1, 'l-1', 'surat-dinas', 'reserved', 'biasa', 'Surat', 'a-1', 2, '{}', 'i-1', 'now', 'now')`);
  old.db.exec(`INSERT INTO batch VALUES ('b-1', 'a-1', 'i-2', 'all', 'now', NULL, NULL)`);
});
afterEach(() => old.remove());

describe('migration 70', () => {
  it('keeps identities with their keys, and who points to them', () => {
    const before = all(old.db, 'SELECT * FROM identity ORDER BY id') as object[];
    old.migrate(70);
    const after = all(old.db, 'SELECT * FROM identity ORDER BY id');
    expect(after).toEqual(before.map((row) => ({ ...row, place: null, sealed_signer: null })));
    expect(all(old.db, 'PRAGMA foreign_key_check')).toEqual([]);
    expect(() => old.db.exec("DELETE FROM identity WHERE id = 'i-1'")).toThrow(/FOREIGN KEY/);
    expect(all(old.db, 'SELECT level, lowering FROM letter')).toEqual([{ level: 'b', lowering: null }]);
  });

  it('takes a key that lies elsewhere only with its place, and none that lies in both', () => {
    old.migrate(70);
    const insert = (values: string): void =>
      void old.db.exec(`INSERT INTO identity (id, account_id, certificate, chain, created_at, origin, place,
        sealed_private_key, sealed_signer) VALUES ('i-3', 'a-1', x'30', '[]', 'now', ${values})`);
    expect(() => insert("'token', NULL, NULL, NULL")).toThrow(/CHECK/);
    expect(() => insert("'token', '{}', x'01', NULL")).toThrow(/CHECK/);
    expect(() => insert("'gateway', '{}', NULL, NULL")).toThrow(/CHECK/);
    expect(() => insert("'card', '{}', NULL, NULL")).toThrow(/CHECK/);
    insert("'token', '{}', NULL, NULL");
  });
});
