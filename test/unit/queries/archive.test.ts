import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countersOf } from '../../../src/main/core/queries/counters.ts';
import { listLetters } from '../../../src/main/core/queries/letters.ts';
import { byRole, receivedBy, visible, type Asker } from '../../../src/main/core/queries/scope.ts';
import { sql, type Sql, type Vault } from '../../../src/main/core/vault/index.ts';
import { folders, type Folder } from '../../../src/main/core/contract/letters.ts';
import { askerOf } from '../../fixtures/archive/askers.ts';
import { buildArchive } from '../../fixtures/archive/build.ts';
import { lettersOf } from '../../fixtures/archive/letters.ts';
import { officeOf, type ArchivePerson } from '../../fixtures/archive/office.ts';
import { archiveEnds, openArchive } from '../../fixtures/archive/open.ts';
import { vocabularyOf } from '../../fixtures/archive/words.ts';
import { removeFolder } from '../../fixtures/engine.ts';

/** The generated archive in small: the same each time, sound in itself, and a witness for lists and counters. */
const letters = 3000;
const seed = 1;
const office = officeOf(seed);
const all = 1_000_000;
let folder: string;
let vault: Vault;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-archive-'));
  await buildArchive({ folder, letters, seed, signed: 0 });
  vault = await openArchive(folder);
}, 60_000);
afterAll(() => {
  vault.close();
  removeFolder(folder);
});

function digest(count: number, from: number): string {
  const { made } = lettersOf(
    { letters: count, seed: from, until: archiveEnds },
    officeOf(from),
    vocabularyOf(from),
  );
  const hash = createHash('sha256');
  for (const one of made) hash.update(JSON.stringify(one));
  return hash.digest('hex').slice(0, 16);
}

const one = (query: Sql): number => vault.read.get<{ n: number }>(query)?.n ?? -1;

describe('the generator', () => {
  it('makes the same letters from the same seed, on every machine', () => {
    expect(digest(300, seed)).toBe('4e51dd4fce5924f5');
    expect(digest(300, 2)).not.toBe('4e51dd4fce5924f5');
  });
});

describe('the archive', () => {
  it('is whole: every reference leads somewhere, every page can be read', () => {
    expect(one(sql`SELECT count(*) AS n FROM letter`)).toBe(letters);
    expect(vault.read.all({ text: 'PRAGMA foreign_key_check', values: [] })).toEqual([]);
    expect(vault.read.all({ text: 'PRAGMA integrity_check', values: [] })).toEqual([
      { integrity_check: 'ok' },
    ]);
  });

  it('has books without gaps', () => {
    for (const book of [
      sql`SELECT register, unit, year, max(sequence) AS last, count(*) AS entries FROM number_book GROUP BY 1, 2, 3`,
      sql`SELECT unit, year, max(sequence) AS last, count(*) AS entries FROM agenda GROUP BY 1, 2`,
      sql`SELECT unit, year, max(sequence) AS last, count(*) AS entries FROM dispatch GROUP BY 1, 2`,
    ]) {
      const books = vault.read.all<{ last: number; entries: number }>(book);
      expect(books.length).toBeGreaterThan(20);
      for (const { last, entries } of books) expect(entries).toBe(last);
    }
  });

  it('has one lead for each disposition, and nothing open under what is reported', () => {
    expect(one(sql`SELECT count(*) AS n FROM disposition`)).toBeGreaterThan(500);
    expect(
      one(sql`SELECT count(*) AS n FROM disposition WHERE 1 <>
        (SELECT count(*) FROM disposition_task WHERE disposition_id = disposition.id AND lead = 1)`),
    ).toBe(0);
    expect(
      one(sql`SELECT count(*) AS n FROM disposition JOIN disposition_task AS parent ON parent.id = disposition.parent_task
        JOIN disposition_task AS child ON child.disposition_id = disposition.id
        WHERE parent.state = 'done' AND child.state NOT IN ('done', 'cancelled')`),
    ).toBe(0);
  });

  it('says of no letter that it was answered where no answer is', () => {
    expect(
      one(sql`SELECT count(*) AS n FROM letter_party WHERE settled_how = 'replied' AND NOT EXISTS
        (SELECT 1 FROM letter_link WHERE target_id = letter_party.letter_id AND kind = 'replies')`),
    ).toBe(0);
  });
});

const [first, second] = office.units;
const people: readonly (readonly [string, ArchivePerson | undefined])[] = [
  ['head', first?.head],
  ['deputy', first?.reviewer],
  ['registrar', first?.registrar],
  ['drafter', first?.drafters[0]],
  ['other head', second?.head],
  ['archivist', office.archivist],
  ['seldom', office.seldom],
  ['nobody', office.nobody],
];

const positions = (condition: Sql): string[] =>
  vault.read
    .all<{ id: string }>(sql`SELECT id FROM letter WHERE ${condition} ORDER BY position DESC`)
    .map((row) => row.id);

describe.each(people)('what the archive shows the %s', (name, person) => {
  let me: Asker;
  const listed = (folderName: Folder, limit = all): string[] =>
    listLetters(vault.read, me, folderName, { limit }).map((row) => row.id);

  beforeAll(async () => {
    if (!person) throw new Error(`no ${name}`);
    me = await askerOf(vault, person);
  });

  it('counts as many as the lists are long', () => {
    const counters = countersOf(vault.read, me);
    const lists = {
      toSign: 'toSign',
      toReview: 'toReview',
      notFollowedUp: 'notFollowedUp',
      dispositionsOpen: 'dispositions',
      given: 'given',
      notSent: 'notSent',
      drafts: 'drafts',
      inProcess: 'inProcess',
    } as const;
    for (const [counter, list] of Object.entries(lists))
      expect([counter, counters[counter as keyof typeof lists]]).toEqual([counter, listed(list).length]);
    const unread = listLetters(vault.read, me, 'incoming', { limit: all }).filter((row) => row.unread).length;
    expect(counters.incomingUnread + counters.copiesUnread).toBe(unread);
  });

  it('lists what the rules say and nothing else, newest first', () => {
    expect(listed('unit')).toEqual(positions(byRole(me) ?? sql`0`));
    expect(listed('incoming')).toEqual(
      positions(
        sql`EXISTS (SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(me)})`,
      ),
    );
    expect(listed('outgoing')).toEqual(
      positions(sql`letter.state IN ('signed', 'withdrawn', 'revoked', 'replaced') AND ${visible(me)}
        AND (letter.author_id = ${me.accountId} OR EXISTS (SELECT 1 FROM letter_step AS step
          WHERE step.letter_id = letter.id AND step.role = 'sign' AND step.done_by = ${me.accountId}))`),
    );
    const seen = new Set(positions(visible(me)));
    for (const list of folders) for (const id of listed(list)) expect(seen.has(id)).toBe(true);
  });

  it('gives the newest where not all are asked for', () => {
    for (const list of ['incoming', 'outgoing', 'unit', 'notFollowedUp'] as const)
      expect(listed(list, 7)).toEqual(listed(list).slice(0, 7));
  });
});

describe('how much each of the three sees', () => {
  it('all of class biasa, one in a thousand, nothing', async () => {
    const count = async (person: ArchivePerson): Promise<number> =>
      positions(visible(await askerOf(vault, person))).length;
    expect(await count(office.archivist)).toBe(
      one(sql`SELECT count(*) AS n FROM letter WHERE security = 'biasa'
        AND state IN ('signed', 'withdrawn', 'revoked', 'replaced', 'registered')`),
    );
    expect(await count(office.seldom)).toBe(letters / 1000);
    expect(await count(office.nobody)).toBe(0);
  });

  it('and a registrar of no unit nothing, though letters from outside have none either', async () => {
    const registrar = first?.registrar;
    if (!registrar) throw new Error('no registrar');
    const me = { ...(await askerOf(vault, registrar)), accountId: 'nobody', unit: '' };
    expect(positions(byRole(me) ?? sql`0`)).toEqual([]);
    expect(listLetters(vault.read, me, 'unit')).toEqual([]);
  });
});
