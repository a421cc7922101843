import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPerson } from '../../../src/main/core/accounts/index.ts';
import type { Role } from '../../../src/main/core/contract/people.ts';
import { listQuery } from '../../../src/main/core/queries/letters.ts';
import { countersOf } from '../../../src/main/core/queries/counters.ts';
import { visible, type Asker } from '../../../src/main/core/queries/scope.ts';
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
      db.run(sql`INSERT INTO letter_step (letter_id, role, place, account_id, done_at, done_by, position)
        VALUES (${`l${n}`}, 'sign', 0, ${`a${(n * 3) % 20}`}, '2026', ${`a${(n * 3) % 20}`}, ${n + 1})`);
    }
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
    words: () => {
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
const bigScan =
  /^SCAN (letter|party|letter_party|letter_key|step|letter_step|task|disposition_task|notice|audit)\b/m;

/** Sorting more than what an inner query has cut off already. */
const bigSort = (plan: string): boolean =>
  plan
    .split('\n')
    .some(
      (line, index, lines) =>
        line.includes('TEMP B-TREE') &&
        !/^SCAN (\(subquery-\d+\)|received|page)$/.test(lines[index - 1] ?? ''),
    );

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
      expect(bigSort(plan)).toBe(false);
    }
  });

  it('of what somebody sent takes the newest of each index and sorts no more', () => {
    const plan = planOf(listQuery(asker(['drafter', 'signer']), 'outgoing'));
    expect(plan).toContain('COVERING INDEX letter_step_signed');
    expect(bigSort(plan)).toBe(false);
  });

  it.each([
    ['registrar', ['letter_unit', 'letter_party_of_unit']],
    ['archivist', ['letter_class']],
  ] as const)(
    'of all that a %s may see takes the newest of each index and sorts no more',
    (role, indexes) => {
      const plan = planOf(listQuery(asker([role]), 'unit'));
      expect(plan).not.toMatch(bigScan);
      for (const name of indexes) expect(plan).toContain(name);
      expect(bigSort(plan)).toBe(false);
    },
  );

  it.each([
    ['dispositions', 'disposition_task_open'],
    ['given', 'disposition_task_given'],
    ['notFollowedUp', 'letter_party_unsettled'],
    ['notSent', 'letter_party_unsent'],
    ['toSign', 'letter_step_open'],
    ['toReview', 'letter_step_open'],
    ['inProcess', 'letter_author'],
  ] as const)('of the list "%s" begins at what waits, also for a deputy', (name, index) => {
    for (const principals of [[], [{ id: 'a5', name: 'x' }]]) {
      const plan = planOf(listQuery(asker(['drafter'], principals), name));
      expect(plan).not.toMatch(bigScan);
      expect(plan).toContain(index);
    }
  });

  it('of every counter begins at what waits, also for a deputy and a registrar', () => {
    const asked: Sql[] = [];
    const spy = { all: () => [], get: (query: Sql) => void asked.push(query) } as unknown as ReadDb;
    const indexes =
      'letter_step_open letter_party_unsent letter_party_unread letter_party_unsettled letter_author letter_holder disposition_task_open disposition_task_given letter_party_awaiting';
    for (const principals of [[], [{ id: 'a5', name: 'x' }]])
      for (const roles of [['drafter'], ['registrar']] as const) {
        asked.length = 0;
        countersOf(spy, asker(roles, principals));
        expect(asked.length).toBeGreaterThan(10);
        for (const query of asked) {
          const plan = planOf(query);
          // What waits to be handed over in the whole office, for who hands over in one unit.
          const tray =
            roles[0] === 'registrar' ? /^SCAN letter_party USING INDEX letter_party_unsent$/m : /^$/;
          expect(plan.replace(tray, '')).not.toMatch(bigScan);
          const first = /INDEX (letter_\w+|disposition_\w+)/.exec(plan)?.[1] ?? '';
          expect(indexes.split(' ')).toContain(first);
        }
      }
  });

  it('of one letter’s being visible asks of that letter alone', () => {
    const plan = planOf(
      sql`SELECT 1 FROM letter WHERE letter.id = ${'l1'} AND ${visible(asker(['registrar']))}`,
    );
    expect(plan).not.toMatch(/LIST SUBQUERY/);
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
    expect(bigSort(planOf(sql`SELECT * FROM letter ORDER BY subject`))).toBe(true);
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
