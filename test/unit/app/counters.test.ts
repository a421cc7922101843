import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPerson } from '../../../src/main/core/accounts/index.ts';
import { taskStates } from '../../../src/main/core/contract/disposition-life.ts';
import { securityClasses } from '../../../src/main/core/contract/letters.ts';
import { letterStates } from '../../../src/main/core/contract/lifecycle.ts';
import type { Counters, Role } from '../../../src/main/core/contract/people.ts';
import { eightCounters } from '../../../src/main/core/contract/reminders.ts';
import {
  countersOf,
  listLetters,
  sharesOf,
  waitingTotal,
  type Asker,
} from '../../../src/main/core/queries/index.ts';
import {
  createVault,
  sql,
  type ReadDb,
  type Vault,
  type WriteDb,
} from '../../../src/main/core/vault/index.ts';
import { counters, opens } from '../../fixtures/counters.ts';
import { administrator } from '../../fixtures/engine.ts';

/**
 * What a counter says is what its list shows, whatever happened before: random worlds of letters, steps, receivers
 * and dispositions in any state, people with any roles who stand in for others, and after each step every counter of
 * every person against the list that the home screen opens for it.
 */

/** Those that are told to be waiting for the person; the rest is others' turn. */
const waits: readonly (keyof Counters)[] = [
  'toSign',
  'toReview',
  'incomingUnread',
  'copiesUnread',
  'notFollowedUp',
  'dispositionsOpen',
  'interrupted',
];

const at = new Date('2026-11-23T03:00:00Z');
const then = at.toISOString();
const names = ['a0', 'a1', 'a2', 'a3', 'a4'] as const;
type Name = (typeof names)[number];
const units: Readonly<Record<Name, string>> = { a0: 'U0', a1: 'U1', a2: 'U0', a3: 'U1', a4: 'U0' };

let folder: string;
let vault: Vault;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-counters-'));
  const options = { folder, cost: { memory: 256, passes: 1 }, now: at };
  vault = (await createVault(options, { accountId: 'a0', username: 'a0' }, 'sandi yang panjang')).vault;
  vault.write((db) => {
    for (const name of names)
      insertPerson(
        db,
        name,
        { ...administrator, username: name, unit: units[name] },
        ['administrator'],
        at,
        '2026-01-01',
        true,
      );
  });
});
afterAll(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Someone {
  readonly roles: readonly Role[];
  readonly standsInFor: readonly Name[];
}
type World = Record<Name, Someone>;

const askerOf = (name: Name, someone: Someone): Asker => ({
  accountId: name,
  roles: someone.roles,
  unit: units[name],
  principals: someone.standsInFor.filter((one) => one !== name).map((id) => ({ id, name: id })),
  ring: {
    accountId: name,
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

const anybody = fc.constantFrom(...names);
const maybe = fc.boolean();
const someone = fc.record({
  roles: fc.uniqueArray(fc.constantFrom<Role>('drafter', 'signer', 'reviewer', 'registrar', 'archivist')),
  standsInFor: fc.uniqueArray(anybody, { maxLength: 2 }),
});
const worlds = fc.record({ a0: someone, a1: someone, a2: someone, a3: someone, a4: someone });

const parties = fc.array(
  fc.record({
    role: fc.constantFrom('to', 'copy', 'grant'),
    who: fc.option(anybody, { freq: 3 }),
    delivered: fc.boolean(),
    read: maybe,
    settled: maybe,
    sent: maybe,
  }),
  { maxLength: 5 },
);
const asked = fc.array(
  fc.record({ role: fc.constantFrom('paraf', 'coordination', 'sign'), who: anybody, done: maybe }),
  { maxLength: 4 },
);
const tasks = fc.uniqueArray(fc.record({ who: anybody, state: fc.constantFrom(...taskStates) }), {
  minLength: 1,
  maxLength: 3,
  selector: (one) => one.who,
});
const which = fc.nat(20);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('letter' as const),
      state: fc.constantFrom(...letterStates),
      security: fc.constantFrom(...securityClasses),
      author: anybody,
      holder: fc.option(anybody, { freq: 1 }),
      keys: fc.uniqueArray(anybody),
      parties,
      asked,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('disposition' as const), which, giver: anybody, tasks }),
  },
  fc.record({ do: fc.constant('state' as const), which, to: fc.constantFrom(...letterStates) }),
  fc.record({ do: fc.constant('read' as const), which, who: anybody }),
  fc.record({ do: fc.constant('settle' as const), which, who: anybody }),
  fc.record({ do: fc.constant('send' as const), which }),
  fc.record({ do: fc.constant('done' as const), which, who: anybody }),
  fc.record({ do: fc.constant('task' as const), which, who: anybody, to: fc.constantFrom(...taskStates) }),
  fc.record({ do: fc.constant('key' as const), which, who: anybody, gives: maybe }),
  fc.record({ do: fc.constant('person' as const), who: anybody, is: someone }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Rows as the use cases leave them: what a receiver's and a task's row repeat of the letter agrees with it. */
function addLetter(db: WriteDb, id: string, letter: Extract<Step, { do: 'letter' }>): void {
  const unit = letter.state === 'registered' || letter.state === 'voided' ? '' : units[letter.author];
  db.run(sql`INSERT INTO letter (id, kind, state, urgency, security, subject, author_id, holder_id, revision, content,
      created_at, updated_at, sender_unit) VALUES (${id}, 'surat-dinas', ${letter.state}, 'biasa', ${letter.security},
      'Rapat', ${letter.author}, ${letter.holder}, 1, '{"recipients":[]}', ${then}, ${then}, ${unit})`);
  for (const name of letter.keys)
    db.run(sql`INSERT INTO letter_key (letter_id, account_id, sealed_key, granted_at, how)
      VALUES (${id}, ${name}, ${new Uint8Array([1])}, ${then}, 'grant')`);
  letter.parties.forEach((one, place) => {
    const [inside, delivered] = [one.who !== null, one.who !== null && one.delivered];
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, read_at,
        position, security, author_id, settled_at, sent_at)
      SELECT ${id}, ${one.role}, ${place}, ${one.who}, '', '', ${one.who ? units[one.who] : ''},
        ${delivered ? then : null}, ${delivered && one.read ? then : null}, position, security, author_id,
        ${delivered && one.settled && one.role === 'to' ? then : null}, ${!inside && one.sent ? then : null}
      FROM letter WHERE id = ${id}`);
  });
  letter.asked.forEach((one, place) =>
    db.run(sql`INSERT INTO letter_step (letter_id, role, place, account_id, done_at, done_by)
      VALUES (${id}, ${one.role}, ${place}, ${one.who}, ${one.done ? then : null}, ${one.done ? one.who : null})`),
  );
}

function addDisposition(
  db: WriteDb,
  id: string,
  letter: string,
  given: Extract<Step, { do: 'disposition' }>,
): void {
  db.run(sql`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, given_at)
    VALUES (${id}, ${letter}, ${given.giver}, ${given.giver}, '[]', ${then})`);
  given.tasks.forEach((one, place) =>
    db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id,
        place, lead, state, given_at)
      SELECT ${`${id}-${place}`}, ${id}, id, position, security, ${given.giver}, ${one.who}, ${place},
        ${place === 0 ? 1 : 0}, ${one.state}, ${then} FROM letter WHERE id = ${letter}`),
  );
}

function take(db: WriteDb, world: World, letters: string[], one: Step): void {
  const letter = 'which' in one ? letters[one.which % Math.max(1, letters.length)] : undefined;
  switch (one.do) {
    case 'letter':
      letters.push(`l${letters.length}`);
      addLetter(db, letters.at(-1) ?? '', one);
      return;
    case 'person':
      world[one.who] = one.is;
      return;
    default:
  }
  if (letter === undefined) return;
  switch (one.do) {
    case 'disposition': {
      const n = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM disposition`)?.n ?? 0;
      addDisposition(db, `d${n}`, letter, one);
      return;
    }
    case 'state':
      db.run(sql`UPDATE letter SET state = ${one.to} WHERE id = ${letter}`);
      return;
    case 'read':
      db.run(sql`UPDATE letter_party SET read_at = ${then} WHERE letter_id = ${letter} AND account_id = ${one.who}
        AND delivered_at IS NOT NULL`);
      return;
    case 'settle':
      db.run(sql`UPDATE letter_party SET settled_at = ${then} WHERE letter_id = ${letter} AND account_id = ${one.who}
        AND delivered_at IS NOT NULL AND role = 'to'`);
      return;
    case 'send':
      db.run(
        sql`UPDATE letter_party SET sent_at = ${then} WHERE letter_id = ${letter} AND account_id IS NULL`,
      );
      return;
    case 'done':
      db.run(sql`UPDATE letter_step SET done_at = ${then}, done_by = ${one.who} WHERE letter_id = ${letter}
        AND account_id = ${one.who} AND done_at IS NULL`);
      return;
    case 'task':
      db.run(
        sql`UPDATE disposition_task SET state = ${one.to} WHERE letter_id = ${letter} AND account_id = ${one.who}`,
      );
      return;
    case 'key':
      if (one.gives)
        db.run(sql`INSERT INTO letter_key (letter_id, account_id, sealed_key, granted_at, how)
          VALUES (${letter}, ${one.who}, ${new Uint8Array([1])}, ${then}, 'grant') ON CONFLICT DO NOTHING`);
      else db.run(sql`DELETE FROM letter_key WHERE letter_id = ${letter} AND account_id = ${one.who}`);
      return;
  }
}

/** Every counter of every person, the shares of those who stand in, and the number on the icon. */
function compare(db: ReadDb, world: World): void {
  for (const name of names) {
    const asker = askerOf(name, world[name]);
    const [all, shares] = [countersOf(db, asker), sharesOf(db, asker)];
    const waiting = new Set<string>();
    for (const counter of counters) {
      const [folder, only] = opens[counter];
      const rows = listLetters(db, asker, folder, { only });
      const ids = new Set(rows.map((row) => row.id));
      expect(ids.size, `${name} ${counter}: a letter twice`).toBe(rows.length);
      expect(all[counter], `${name} ${counter}`).toBe(ids.size);
      if (waits.includes(counter)) for (const id of ids) waiting.add(id);
      const eight = eightCounters.find((one) => one === counter);
      const split = eight && shares[eight];
      if (split) expectShares(split, rows, `${name} ${counter}`, name);
    }
    expect(waitingTotal(db, asker), `${name} in all`).toBe(waiting.size);
  }
}

/** Whose a letter is in the split is whose it is in the list. */
function expectShares(
  shares: readonly { readonly accountId: string; readonly count: number }[],
  rows: readonly { readonly onBehalfOf: string | null }[],
  where: string,
  self: Name,
): void {
  const byName = new Map<string, number>();
  for (const row of rows) {
    const whose = row.onBehalfOf ?? self;
    byName.set(whose, (byName.get(whose) ?? 0) + 1);
  }
  expect(new Map(shares.map((one) => [one.accountId, one.count])), where).toEqual(byName);
}

class Undone extends Error {}

describe('counters', () => {
  it('equal the lists they open, after every step of any world', () => {
    let counted = 0;
    fc.assert(
      fc.property(worlds, fc.array(step, { minLength: 5, maxLength: 20 }), (start, steps) => {
        const world = { ...start };
        const letters: string[] = [];
        try {
          vault.write((db) => {
            for (const one of steps) {
              take(db, world, letters, one);
              compare(db, world);
              counted += 1;
            }
            throw new Undone();
          });
        } catch (error) {
          if (!(error instanceof Undone)) throw error;
        }
      }),
      { numRuns: 10 },
    );
    expect(counted).toBeGreaterThan(50);
  }, 120_000);
});
