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
    VALUES ('i-1', 'a-1', x'01', '[]', x'02', 'p12', 'now')`);
});
afterEach(() => old.remove());

describe('migration 60', () => {
  it('leaves identities as they were, asked of nobody', () => {
    const identities = all(old.db, 'SELECT * FROM identity');
    old.migrate(60);
    expect(all(old.db, 'SELECT * FROM identity')).toEqual(identities);
    expect(all(old.db, 'SELECT * FROM authority')).toEqual([]);
    expect(all(old.db, 'SELECT * FROM certificate_request')).toEqual([]);
  });

  it('holds one authority, and one open request of each person', () => {
    old.migrate(60);
    const made = old.db.prepare(
      "INSERT INTO authority (id, file, register, made_at) VALUES (?, x'00', '{}', 'now')",
    );
    made.run(1);
    expect(() => made.run(1)).toThrow(/UNIQUE/);
    expect(() => made.run(2)).toThrow(/CHECK/);
    const ask = old.db.prepare(
      "INSERT INTO certificate_request (id, account_id, state, request, serial, made_at) VALUES (?, 'a-1', ?, x'00', ?, 'now')",
    );
    ask.run('r-1', 'open', null);
    expect(() => ask.run('r-2', 'open', null)).toThrow(/UNIQUE/);
    expect(() => ask.run('r-2', 'lost', null)).toThrow(/CHECK/);
    ask.run('r-2', 'issued', 'AB');
    expect(() => ask.run('r-3', 'issued', 'AB')).toThrow(/UNIQUE/);
  });
});
