import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { all, databaseOfVersion, type OldDatabase } from './support.ts';

let old: OldDatabase;
beforeEach(() => {
  old = databaseOfVersion(10);
  fill(old);
});
afterEach(() => old.remove());

/** What a small office had: two people, letters in every state, a copy, numbers, notices, the audit chain. */
function fill({ db }: OldDatabase): void {
  const person = db.prepare(
    `INSERT INTO account (id, username, role, name, front_title, back_title, nip, rank, post, unit, created_at, activated_at)
     VALUES (?, ?, ?, ?, '', 'M.Si.', '19700101 199503 2 001', 'Pembina', ?, ?, ?, ?)`,
  );
  person.run(
    'a-1',
    'sekda',
    'administrator',
    'Siti',
    'Sekretaris Daerah',
    'SETDA',
    '2026-11-01T02:00:00.000Z',
    '2026-11-01T02:00:00.000Z',
  );
  person.run(
    'b-2',
    'kominfo',
    'staff',
    'Budi',
    'Kepala Dinas',
    'DISKOMINFO',
    '2026-11-02T02:00:00.000Z',
    null,
  );
  person.run(
    'c-3',
    'staf',
    'staff',
    'Tono',
    'Pelaksana',
    'DISKOMINFO',
    '2026-11-03T02:00:00.000Z',
    '2026-11-04T02:00:00.000Z',
  );
  db.exec("INSERT INTO meta VALUES ('letterhead', '{}')");
  db.exec("INSERT INTO object VALUES ('" + 'ab'.repeat(32) + "', x'00ff', 7, 'now')");
  const letter = db.prepare(
    `INSERT INTO letter (position, id, kind, state, urgency, subject, author_id, revision, content, frozen, number, letter_date, object_id, created_at, updated_at, signed_at)
     VALUES (?, ?, 'surat-dinas', ?, 'segera', ?, ?, 3, ?, ?, ?, ?, ?, 'now', 'now', ?)`,
  );
  letter.run(
    1,
    'l-1',
    'signed',
    'Laporan',
    'a-1',
    '{"isi":1}',
    '{"beku":1}',
    '000.8.3/1/SETDA/2026',
    '2026-11-05',
    'ab'.repeat(32),
    'now',
  );
  letter.run(2, 'l-2', 'draft', 'Konsep', 'b-2', '{"isi":2}', null, null, null, null, null);
  letter.run(7, 'l-3', 'discarded', 'Batal', 'a-1', '{}', null, null, null, null, null);
  const party = db.prepare('INSERT INTO letter_party VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  party.run('l-1', 'to', 0, 'b-2', 'Kepala Dinas', 'Sukadana', 'now', 'later');
  party.run('l-1', 'copy', 0, null, 'Bupati', 'Sukadana', null, null);
  db.exec(
    "INSERT INTO number_book VALUES ('r', 'SETDA', 2026, 1, '000.8.3/1/SETDA/2026', 'issued', 'l-1', NULL, 'now', 'now')",
  );
  db.exec("INSERT INTO notice VALUES ('n-1', 'b-2', 'received', 'l-1', 'now', 'now', NULL)");
  db.exec("INSERT INTO audit VALUES (1, 'now', 'a-1', 'letter.signed', 'letter', 'l-1', '{}', '', 'h1')");
  db.exec("INSERT INTO change VALUES (1, 'letter', 'l-1', 'now')");
}

describe('migration 20', () => {
  it('gives everybody the roles of what they could do, and the administrator stays it', () => {
    old.migrate(20);
    expect(all(old.db, 'SELECT account_id, role FROM account_role ORDER BY account_id, role')).toEqual([
      { account_id: 'a-1', role: 'administrator' },
      { account_id: 'a-1', role: 'drafter' },
      { account_id: 'a-1', role: 'signer' },
      { account_id: 'b-2', role: 'drafter' },
      { account_id: 'b-2', role: 'signer' },
      { account_id: 'c-3', role: 'drafter' },
      { account_id: 'c-3', role: 'signer' },
    ]);
  });

  it('turns the post of each into a definitive one of its unit', () => {
    old.migrate(20);
    expect(
      all(old.db, 'SELECT account_id, status, title, unit, from_date, until_date FROM post ORDER BY 1'),
    ).toEqual([
      {
        account_id: 'a-1',
        status: 'definitif',
        title: 'Sekretaris Daerah',
        unit: 'SETDA',
        from_date: '2026-11-01',
        until_date: null,
      },
      {
        account_id: 'b-2',
        status: 'definitif',
        title: 'Kepala Dinas',
        unit: 'DISKOMINFO',
        from_date: '2026-11-02',
        until_date: null,
      },
      {
        account_id: 'c-3',
        status: 'definitif',
        title: 'Pelaksana',
        unit: 'DISKOMINFO',
        from_date: '2026-11-03',
        until_date: null,
      },
    ]);
    expect(all(old.db, 'SELECT code FROM unit ORDER BY 1')).toEqual([
      { code: 'DISKOMINFO' },
      { code: 'SETDA' },
    ]);
    expect(all(old.db, 'SELECT id, username, name, activated_at FROM account ORDER BY 1')).toEqual([
      { id: 'a-1', username: 'sekda', name: 'Siti', activated_at: '2026-11-01T02:00:00.000Z' },
      { id: 'b-2', username: 'kominfo', name: 'Budi', activated_at: null },
      { id: 'c-3', username: 'staf', name: 'Tono', activated_at: '2026-11-04T02:00:00.000Z' },
    ]);
  });

  it('leaves every letter as it was, of the ordinary class and with its sender’s post', () => {
    const before = all(
      old.db,
      'SELECT position, id, state, subject, author_id, revision, content, frozen, number, letter_date, object_id FROM letter ORDER BY 1',
    );
    old.migrate(20);
    expect(
      all(
        old.db,
        'SELECT position, id, state, subject, author_id, revision, content, frozen, number, letter_date, object_id FROM letter ORDER BY 1',
      ),
    ).toEqual(before);
    expect(
      all(
        old.db,
        'SELECT id, security, sender_post, sender_unit, sealed_content FROM letter ORDER BY position',
      ),
    ).toEqual([
      {
        id: 'l-1',
        security: 'biasa',
        sender_post: 'Sekretaris Daerah',
        sender_unit: 'SETDA',
        sealed_content: null,
      },
      {
        id: 'l-2',
        security: 'biasa',
        sender_post: 'Kepala Dinas',
        sender_unit: 'DISKOMINFO',
        sealed_content: null,
      },
      {
        id: 'l-3',
        security: 'biasa',
        sender_post: 'Sekretaris Daerah',
        sender_unit: 'SETDA',
        sealed_content: null,
      },
    ]);
  });

  it('keeps parties, notices, numbers, objects and the audit chain row by row', () => {
    const kept = [
      'number_book',
      'object',
      'change',
      'meta',
      'policy_acknowledgement',
      'signing_secret',
      'identity',
    ];
    const before = kept.map((table) => all(old.db, `SELECT * FROM ${table}`));
    old.migrate(20);
    expect(kept.map((table) => all(old.db, `SELECT * FROM ${table}`))).toEqual(before);
    expect(
      all(
        old.db,
        'SELECT letter_id, role, place, account_id, name, town, unit, delivered_at, read_at FROM letter_party ORDER BY role DESC',
      ),
    ).toEqual([
      {
        letter_id: 'l-1',
        role: 'to',
        place: 0,
        account_id: 'b-2',
        name: 'Kepala Dinas',
        town: 'Sukadana',
        unit: 'DISKOMINFO',
        delivered_at: 'now',
        read_at: 'later',
      },
      {
        letter_id: 'l-1',
        role: 'copy',
        place: 0,
        account_id: null,
        name: 'Bupati',
        town: 'Sukadana',
        unit: '',
        delivered_at: null,
        read_at: null,
      },
    ]);
    expect(all(old.db, 'SELECT id, account_id, kind, letter_id, announced_at, read_at FROM notice')).toEqual([
      {
        id: 'n-1',
        account_id: 'b-2',
        kind: 'received',
        letter_id: 'l-1',
        announced_at: 'now',
        read_at: null,
      },
    ]);
    expect(
      all(old.db, 'SELECT seq, actor_id, action, facts, previous, hash, on_behalf_of FROM audit'),
    ).toEqual([
      {
        seq: 1,
        actor_id: 'a-1',
        action: 'letter.signed',
        facts: '{}',
        previous: '',
        hash: 'h1',
        on_behalf_of: null,
      },
    ]);
    expect(() => old.db.exec('DELETE FROM audit')).toThrow('append-only');
    expect(() => old.db.exec("UPDATE audit SET facts = 'x'")).toThrow('append-only');
  });

  it('leaves no row pointing nowhere and no page in disorder', () => {
    old.migrate(20);
    expect(old.db.pragma('foreign_key_check')).toEqual([]);
    expect(old.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(old.db.pragma('user_version', { simple: true })).toBe(20);
  });
});
