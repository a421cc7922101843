import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendAnchor,
  appendAudit,
  compareAnchors,
  firstBrokenLink,
  makeAnchor,
  readAnchors,
  walkChain,
} from '../../../src/main/core/audit/index.ts';
import { hashOfAnchor, type Anchor } from '../../../src/main/core/audit/anchors.ts';
import type { AuditCheck } from '../../../src/main/core/contract/people.ts';
import { sql } from '../../../src/main/core/vault/sql.ts';
import { addAccount, dropTriggers, finish, memoryVault, type MemoryVault } from './database.ts';

const start = Date.parse('2026-11-22T03:00:00Z');
const minute = (n: number): Date => new Date(start + n * 60_000);
const vaultId = 'b0a7';
let vault: MemoryVault;
let folder: string;
beforeEach(() => {
  vault = memoryVault();
  folder = mkdtempSync(join(tmpdir(), 'eletter-anchors-'));
});
afterEach(() => {
  vault.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One entry a minute, at the minute of its sequence number unless told otherwise. */
function entry(n: number, action = 'letter.signed', facts: Record<string, number> = {}): void {
  vault.db.write((db) =>
    appendAudit(db, { at: minute(n), actorId: 'a', action, entity: 'letter', entityId: `l${n}`, facts }),
  );
}
const entries = (from: number, to: number): void => {
  for (let n = from; n <= to; n += 1) entry(n);
};
function anchor(n: number): Anchor {
  const made = vault.db.write((db) => makeAnchor(db, vaultId, minute(n)));
  appendAnchor(folder, made);
  return made;
}
const check = (): AuditCheck =>
  compareAnchors(vault.db, finish(readAnchors([folder], vaultId)), finish(walkChain(vault.db)));

/** A new chain from an entry on, whole in itself: what the holder of the data key can do. */
function rewriteFrom(seq: number): void {
  dropTriggers(vault);
  const rows = vault.raw.prepare('SELECT * FROM audit WHERE seq >= ? ORDER BY seq').all(seq) as {
    seq: number;
    at: string;
    actor_id: string;
    action: string;
    entity: string;
    entity_id: string;
    facts: string;
    previous: string;
  }[];
  let previous = rows[0]?.previous ?? '';
  for (const row of rows) {
    const fields = [
      row.seq,
      row.at,
      'somebody else',
      row.action,
      row.entity,
      row.entity_id,
      row.facts,
      previous,
    ];
    const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
    vault.db.run(sql`UPDATE audit SET actor_id = 'somebody else', previous = ${previous}, hash = ${hash}
      WHERE seq = ${row.seq}`);
    previous = hash;
  }
}

describe('anchors', () => {
  it('agree with a log that goes on, and follow each other', () => {
    expect(check()).toMatchObject({ entries: 0, anchors: 0, lastAnchor: null, contradiction: null });
    entries(1, 5);
    const first = anchor(5);
    entries(6, 9);
    const second = anchor(9);
    entry(10);
    expect(first).toMatchObject({ seq: 5, previous: '0'.repeat(64) });
    expect(second).toMatchObject({ seq: 9, previous: hashOfAnchor(first), key: first.key });
    expect(check()).toEqual({
      entries: 10,
      brokenLink: null,
      anchors: 2,
      lastAnchor: minute(9).toISOString(),
      contradiction: null,
      at: null,
    });
  });

  it('find a log that was rewritten whole', () => {
    entries(1, 9);
    anchor(9);
    entry(10);
    rewriteFrom(4);
    expect(firstBrokenLink(vault.db)).toBeNull();
    expect(check()).toMatchObject({ brokenLink: null, contradiction: 'rewritten', at: 9 });
  });

  it('find it also when the key and the vault’s own anchor were exchanged', () => {
    entries(1, 9);
    anchor(9);
    rewriteFrom(4);
    vault.raw.exec("DELETE FROM meta WHERE key LIKE 'audit-anchor-%'");
    anchor(10);
    expect(check()).toMatchObject({ anchors: 2, contradiction: 'rewritten', at: 9 });
  });

  it('do not vouch for entries after them', () => {
    entries(1, 9);
    anchor(5);
    rewriteFrom(10);
    expect(check()).toMatchObject({ contradiction: null });
  });

  it('find an end that was cut off, whatever was done to the anchors’ files', () => {
    entries(1, 9);
    anchor(9);
    dropTriggers(vault);
    vault.raw.exec('DELETE FROM audit WHERE seq > 6');
    expect(check()).toMatchObject({ brokenLink: null, contradiction: 'cut-off', at: 9 });
    rmSync(folder, { recursive: true });
    expect(check()).toMatchObject({ anchors: 1, contradiction: 'cut-off', at: 9 });
  });

  it('tell a cut end from an older vault by what the other tables hold', () => {
    entries(1, 4);
    addAccount(vault, 'new', 'Orang Baru', minute(8));
    entries(5, 9);
    anchor(9);
    dropTriggers(vault);
    vault.raw.exec("DELETE FROM audit WHERE seq > 6; DELETE FROM meta WHERE key LIKE 'audit-anchor-%'");
    expect(check()).toMatchObject({ contradiction: 'cut-off' });
    vault.raw.exec("DELETE FROM account WHERE id = 'new'");
    expect(check()).toMatchObject({ contradiction: 'rolled-back' });
  });

  it('find an older file put back: at once, and when it went on past the anchor', () => {
    entries(1, 5);
    anchor(5);
    const older = vault.raw.serialize();
    entries(6, 9);
    anchor(9);
    vault.raw.close();
    vault = memoryVault(older);
    expect(check()).toMatchObject({ entries: 5, brokenLink: null, contradiction: 'rolled-back', at: 9 });
    entries(10, 20);
    expect(check()).toMatchObject({ entries: 16, brokenLink: null, contradiction: 'rolled-back', at: 9 });
  });

  it('find an older file from before the first anchor', () => {
    entries(1, 3);
    const older = vault.raw.serialize();
    entries(4, 6);
    anchor(6);
    vault.raw.close();
    vault = memoryVault(older);
    expect(check()).toMatchObject({ contradiction: 'rolled-back', at: 6 });
  });

  it.each([
    ['as the first entry after it', {}, false],
    ['after others, when it says how many entries came along', { entries: 5 }, true],
  ])('are at peace with a restore that is audited %s', (_how, facts, later) => {
    entries(1, 5);
    anchor(5);
    const older = vault.raw.serialize();
    entries(6, 9);
    anchor(9);
    vault.raw.close();
    vault = memoryVault(older);
    if (later) entry(10, 'session.opened');
    entry(11, 'vault.restored', facts);
    expect(check()).toMatchObject({ contradiction: null, anchors: 2 });
    entries(12, 20);
    anchor(20);
    expect(check()).toMatchObject({ contradiction: null, anchors: 3 });
    // Not a pardon for what comes later, nor for the shared past.
    dropTriggers(vault);
    vault.raw.exec('DELETE FROM audit WHERE seq > 9');
    expect(check()).toMatchObject({ contradiction: 'cut-off' });
  });

  it('are not silenced by a restore that was audited before they were made', () => {
    entries(1, 5);
    entry(6, 'vault.restored');
    const older = vault.raw.serialize();
    entries(7, 12);
    anchor(12);
    vault.raw.close();
    vault = memoryVault(older);
    expect(check()).toMatchObject({ contradiction: 'rolled-back', at: 12 });
  });

  it('survive hostile neighbours: rubbish, other vaults, forged and torn lines', () => {
    entries(1, 5);
    const genuine = anchor(5);
    const path = join(folder, `anchors-${vaultId}.jsonl`);
    const forged = { ...genuine, seq: 3 };
    const bad = ['nonsense', '{}', 'null', '[]', JSON.stringify(forged), 'x'.repeat(100_000)];
    bad.push(JSON.stringify({ ...genuine, key: 'AAAA' }), JSON.stringify({ ...genuine, at: 'soon' }));
    appendFileSync(path, bad.join('\n'));
    const other = vault.db.write((db) => makeAnchor(db, 'other', minute(5)));
    appendFileSync(path, `\n${JSON.stringify(other)}\n{"format":"eletter-audit-an`);
    vault.raw.exec("DELETE FROM meta WHERE key = 'audit-anchor-last'");
    expect(finish(readAnchors([folder, join(folder, 'missing')], vaultId))).toEqual([genuine]);
    // The torn end costs only itself.
    entry(6);
    anchor(6);
    expect(finish(readAnchors([folder, folder], vaultId)).map((one) => one.seq)).toEqual([5, 6]);
    expect(check()).toMatchObject({ anchors: 2, contradiction: null });
  });

  it('append, one line each, and never write over what is there', () => {
    entries(1, 2);
    anchor(1);
    const before = readFileSync(join(folder, `anchors-${vaultId}.jsonl`), 'utf8');
    anchor(2);
    const after = readFileSync(join(folder, `anchors-${vaultId}.jsonl`), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.trimEnd().split('\n')).toHaveLength(2);
    expect(after).not.toContain('PRIVATE');
  });

  it('take a folder or an endless file in their place for no anchors', () => {
    mkdirSync(join(folder, 'a', `anchors-${vaultId}.jsonl`), { recursive: true });
    mkdirSync(join(folder, 'b'));
    writeFileSync(join(folder, 'b', `anchors-${vaultId}.jsonl`), Buffer.alloc(20 * 1024 * 1024, 0x61));
    expect(finish(readAnchors([join(folder, 'a'), join(folder, 'b')], vaultId))).toEqual([]);
  });
});
