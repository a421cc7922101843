import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRestore, noteRestore } from '../../../src/main/core/app/restored.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.enter('staff');
});
afterEach(() => desk.close());

const path = (): string => join(desk.dataDir, 'restored.json');
const madeAt = '2026-11-21T03:00:00.000Z';

describe('a restore', () => {
  it('is told once in the log of the vault that it brought back', () => {
    noteRestore(desk.context, { vaultId: desk.vault.id, madeAt }, 'boss');
    auditRestore(desk.context);
    auditRestore(desk.context);
    expect(desk.log('vault.restored')).toEqual([
      // Nobody vouches for the note: whom it names is what it claims.
      { actor: null, entityId: desk.vault.id, facts: { madeAt, entries: 0, by: 'boss' } },
    ]);
    expect(existsSync(path())).toBe(false);
  });

  it('of another vault is none of this one’s', () => {
    noteRestore(desk.context, { vaultId: 'another', madeAt }, null);
    auditRestore(desk.context);
    expect(desk.log('vault.restored')).toEqual([]);
  });

  it.each(['', 'null', '[]', '{"vaultId":1}', '{"vaultId":"x","madeAt":{}}'])(
    'is not taken from a note that says %s',
    (text) => {
      writeFileSync(path(), text);
      auditRestore(desk.context);
      expect(desk.log('vault.restored')).toEqual([]);
    },
  );
});
