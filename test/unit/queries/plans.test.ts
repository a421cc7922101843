import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPerson } from '../../../src/main/core/accounts/index.ts';
import type { Role } from '../../../src/main/core/contract/people.ts';
import { listQuery } from '../../../src/main/core/queries/letters.ts';
import { receivedBy, receivingAccounts, type Asker } from '../../../src/main/core/queries/scope.ts';
import { dueFor, pressing, sharesOf, waitingTotal } from '../../../src/main/core/queries/due.ts';
import { createVault, sql, type ReadDb, type Sql, type Vault } from '../../../src/main/core/vault/index.ts';
import { administrator } from '../../fixtures/engine.ts';

/** Hot queries must find their rows by an index: on a million letters a scan is the difference that people feel. */
let folder: string;
let vault: Vault;

const at = new Date('2026-11-23T03:00:00Z');
const letters = 3000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-plans-'));
  const options = { folder, cost: { memory: 256, passes: 1 }, now: at };
  vault = (await createVault(options, { accountId: 'a0', username: 'a0' }, 'sandi yang panjang')).vault;
  vault.write((db) => {
    for (let n = 0; n < 20; n += 1)
      insertPerson(
        db,
        `a${n}`,
        { ...administrator, username: `a${n}`, unit: `U${n % 4}` },
        ['administrator'],
        at,
        '2026-01-01',
        true,
      );
    for (let n = 0; n < letters; n += 1) {
      const author = `a${n % 20}`;
      db.run(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at,
          sender_unit) VALUES (${`l${n}`}, 'surat-dinas', ${n % 10 === 0 ? 'draft' : 'signed'}, 'biasa', 'x', ${author}, 1,
          '{"recipients":[]}', '', '', ${`U${n % 4}`})`);
      db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position)
        VALUES (${`l${n}`}, 'to', 0, ${`a${(n * 7) % 20}`}, '', '', ${`U${n % 4}`}, '2026', ${n + 1})`);
    }
    db.run(sql`ANALYZE`);
  });
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const asker = (roles: readonly Role[], principals: Asker['principals'] = []): Asker => ({
  accountId: 'a3',
  roles,
  unit: 'U3',
  principals,
  ring: {
    accountId: 'a3',
    letterKey: () => null,
    summary: () => null,
    content: () => {
      throw new Error('not asked');
    },
    frozen: () => {
      throw new Error('not asked');
    },
  },
});

const planOf = (query: Sql): string =>
  vault.read
    .all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${query}`)
    .map((row) => row.detail)
    .join('\n');

/** Reading every row of a big table, by its rows or by a whole index. */
const bigScan = /^SCAN (letter|party|letter_party|letter_key|notice|audit)\b/m;

describe('the plan', () => {
  it.each(['drafts', 'outgoing', 'discarded'] as const)(
    'of the list "%s" uses the author’s index',
    (name) => {
      const plan = planOf(listQuery(asker(['drafter']), name));
      expect(plan).not.toMatch(bigScan);
      expect(plan).toContain('letter_author');
    },
  );

  it('of the list "incoming" begins at the receiver, also for a deputy', () => {
    for (const principals of [[], [{ id: 'a5', name: 'x' }]]) {
      const plan = planOf(listQuery(asker([], principals), 'incoming'));
      expect(plan).not.toMatch(bigScan);
      expect(plan).toContain('COVERING INDEX letter_party_inbox');
    }
  });

  it('of the unread counters begins at the receiver', () => {
    const me = asker([]);
    const plan = planOf(sql`SELECT count(*) FROM letter_party AS party
      WHERE party.account_id IN ${receivingAccounts(me)} AND party.read_at IS NULL AND ${receivedBy(me)}`);
    expect(plan).not.toMatch(bigScan);
  });

  it('of a registrar’s unit does not read other units’ letters one by one', () => {
    expect(planOf(listQuery(asker([]), 'unit'))).not.toMatch(/SCAN party/);
    const started = vault.read.all(listQuery(asker(['registrar']), 'unit'));
    expect(started.length).toBeGreaterThan(0);
    expect(started.length).toBeLessThan(letters / 2);
  });

  it('of one notice list uses the account’s index', () => {
    const plan = planOf(
      sql`SELECT id FROM notice WHERE account_id = ${'a3'} ORDER BY created_at DESC LIMIT 200`,
    );
    expect(plan).toContain('notice_account');
  });

  it('test of the test: a query without an index is seen', () => {
    expect(planOf(sql`SELECT * FROM letter WHERE subject = ${'x'}`)).toMatch(bigScan);
  });

  it('finds what waits for somebody without going through the letters', () => {
    const asked: Sql[] = [];
    const spy: ReadDb = {
      get: <Row>(query: Sql) => {
        asked.push(query);
        return vault.read.get<Row>(query);
      },
      all: <Row>(query: Sql) => {
        asked.push(query);
        return vault.read.all<Row>(query);
      },
    };
    const targets = {
      before: { biasa: '2027', segera: '2027', 'amat-segera': '2027' },
      future: '2028',
      today: '2026-11-23',
    };
    const who = asker([], [{ id: 'a4', name: 'x' }]);
    expect(pressing(spy, who, targets, 5)).toHaveLength(5);
    expect(dueFor(spy, who, targets, 500).length).toBeGreaterThan(100);
    waitingTotal(spy, who);
    sharesOf(spy, who);
    expect(asked.length).toBeGreaterThan(8);
    for (const query of asked) expect(planOf(query)).not.toMatch(/SCAN (letter|party|step)\b/);
  });
});
