import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendAudit,
  firstBrokenLink,
  listAudit,
  recentEntities,
} from '../../../src/main/core/audit/index.ts';
import { countTrail, trailOf } from '../../../src/main/core/audit/index.ts';
import { sql } from '../../../src/main/core/vault/sql.ts';
import { addAccount, dropTriggers, memoryVault, type MemoryVault } from './database.ts';

const at = new Date('2026-11-22T03:00:00Z');
let vault: MemoryVault;
beforeEach(() => {
  vault = memoryVault();
});
afterEach(() => vault.raw.close());

function append(count: number, more: { onBehalfOf?: string; actorId?: string } = {}): void {
  const actorId = more.actorId ?? 'a';
  vault.db.write((db) => {
    for (let n = 0; n < count; n += 1)
      appendAudit(db, { at, actorId, action: 'letter.signed', entity: 'letter', entityId: `l${n}`, ...more });
  });
}

describe('the chain', () => {
  it('is whole when empty, short, and longer than one step of the walk', () => {
    expect(firstBrokenLink(vault.db)).toBeNull();
    append(1);
    expect(firstBrokenLink(vault.db)).toBeNull();
    append(2500);
    expect(firstBrokenLink(vault.db)).toBeNull();
  });

  it.each([
    ['action', "UPDATE audit SET action = 'letter.read' WHERE seq = 1003"],
    ['facts', 'UPDATE audit SET facts = \'{"n":1}\' WHERE seq = 1003'],
    ['actor', 'UPDATE audit SET actor_id = NULL WHERE seq = 1003'],
    ['time', "UPDATE audit SET at = '2026-11-22T03:00:00.001Z' WHERE seq = 1003"],
    ['on whose behalf', "UPDATE audit SET on_behalf_of = 'b' WHERE seq = 1003"],
    ['own hash', "UPDATE audit SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 1003"],
    ['being there', 'DELETE FROM audit WHERE seq = 1003'],
  ])('names an entry whose %s was changed with the data key', (_what, statement) => {
    append(1010);
    dropTriggers(vault);
    vault.raw.exec(statement);
    expect(firstBrokenLink(vault.db)).toBe(1003);
  });

  it('names the entry after one whose change was hidden by a new hash', () => {
    append(5);
    dropTriggers(vault);
    const row = vault.db.get<Record<string, string | number | null>>(sql`SELECT * FROM audit WHERE seq = 3`);
    const fields = ['seq', 'at', 'actor_id', 'action', 'entity', 'entity_id', 'facts', 'previous'];
    const values = fields.map((name) => (name === 'action' ? 'letter.read' : (row?.[name] ?? null)));
    const hash = createHash('sha256').update(JSON.stringify(values)).digest('hex');
    vault.db.run(sql`UPDATE audit SET action = 'letter.read', hash = ${hash} WHERE seq = 3`);
    expect(firstBrokenLink(vault.db)).toBe(4);
  });

  it('refuses edits while its triggers stand', () => {
    append(2);
    expect(() => vault.raw.exec("UPDATE audit SET action = 'x' WHERE seq = 1")).toThrow('append-only');
    expect(() => vault.raw.exec('DELETE FROM audit')).toThrow('append-only');
  });

  it('keeps the hashes of entries written before deputies existed', () => {
    append(1);
    const row = vault.db.get<{ hash: string; on_behalf_of: string | null }>(sql`SELECT * FROM audit`);
    // As part 1 computed it: eight fields, no word of anybody's behalf.
    const fields = [1, at.toISOString(), 'a', 'letter.signed', 'letter', 'l0', '{}', '0'.repeat(64)];
    const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
    expect(row).toMatchObject({ hash, on_behalf_of: null });
    append(1, { onBehalfOf: 'b' });
    expect(firstBrokenLink(vault.db)).toBeNull();
  });

  it('catches a behalf that was taken away', () => {
    append(2, { onBehalfOf: 'b' });
    dropTriggers(vault);
    vault.raw.exec('UPDATE audit SET on_behalf_of = NULL WHERE seq = 2');
    expect(firstBrokenLink(vault.db)).toBe(2);
  });
});

describe('reading the log', () => {
  it('comes newest first, a hundred at a time, with names, to the very first', () => {
    addAccount(vault, 'a', 'Siti Rahmawati', at);
    addAccount(vault, 'b', 'Budi Santoso', at);
    append(249);
    append(1, { onBehalfOf: 'b' });
    const first = listAudit(vault.db, null);
    expect(first).toMatchObject({ total: 250, before: 151 });
    expect(first.lines[0]).toMatchObject({ seq: 250, actor: 'Siti Rahmawati', onBehalfOf: 'Budi Santoso' });
    const seen = [...first.lines];
    for (let page = first; page.before !== null;) {
      page = listAudit(vault.db, page.before);
      seen.push(...page.lines);
    }
    expect(seen.map((line) => line.seq)).toEqual(Array.from({ length: 250 }, (_, n) => 250 - n));
  });

  it('shows entries with facts that somebody made unreadable', () => {
    append(1, { actorId: 'gone' });
    dropTriggers(vault);
    for (const facts of ['not json', '[1]', '{"a":{"b":1},"n":2}', 'null']) {
      vault.db.run(sql`UPDATE audit SET facts = ${facts}`);
      const [line] = listAudit(vault.db, null).lines;
      expect(line?.facts).toEqual(facts.startsWith('{') ? { n: 2 } : {});
      expect(line?.actor).toBe('gone');
    }
  });

  it('finds the trail of a person: as actor, as the one acted for, as the one acted on', () => {
    append(3, { actorId: 'x' });
    append(2, { actorId: 'y', onBehalfOf: 'x' });
    append(4, { actorId: 'y' });
    vault.db.write((db) =>
      appendAudit(db, { at, actorId: 'y', action: 'account.changed', entity: 'account', entityId: 'x' }),
    );
    expect(countTrail(vault.db, 'x')).toBe(6);
    expect(trailOf(vault.db, 'x').map((line) => line.seq)).toEqual([1, 2, 3, 4, 5, 10]);
  });

  it('looks back at what somebody did lately, each thing once', () => {
    append(3);
    append(2);
    expect(recentEntities(vault.db, 'a', 'letter.signed', at.toISOString())).toHaveLength(3);
    expect(recentEntities(vault.db, 'a', 'letter.signed', '2026-11-22T03:00:00.001Z')).toEqual([]);
    expect(recentEntities(vault.db, 'b', 'letter.signed', at.toISOString())).toEqual([]);
  });
});
