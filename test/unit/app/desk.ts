import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertPerson } from '../../../src/main/core/accounts/index.ts';
import { Context, openSessionOn, type AppEvent } from '../../../src/main/core/app/context.ts';
import type { Notice, Role } from '../../../src/main/core/contract/people.ts';
import type { Pool } from '../../../src/main/core/ports.ts';
import { listNotices } from '../../../src/main/core/notifications/index.ts';
import { commitCreation, createVault, sql, type Vault } from '../../../src/main/core/vault/index.ts';
import { administrator, colleague, resourcesDir, type TestClock } from '../../fixtures/engine.ts';

/** One vault with two people in it, and the context that the use cases work with: no pool, no engine. */
export interface Desk {
  readonly context: Context;
  readonly vault: Vault;
  readonly dataDir: string;
  readonly clock: TestClock;
  readonly events: AppEvent[];
  /** Nobody is at work. */
  leave(): void;
  /** 'boss' is the administrator, 'staff' is not. */
  enter(accountId: string): void;
  notices(accountId: string): Notice[];
  log(action: string): { actor: string | null; entityId: string; facts: Record<string, unknown> }[];
  close(): void;
}

const noPool: Pool = { run: () => Promise.reject(new Error('no pool')) };

export async function openDesk(pool = noPool): Promise<Desk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'eletter-desk-'));
  // Ten in the morning in Sukadana.
  const clock = { now: new Date('2026-11-22T03:00:00Z') };
  const events: AppEvent[] = [];
  const logger = { info: () => undefined, error: () => undefined };
  const context = new Context({
    dataDir,
    resourcesDir,
    version: '0',
    clock: { now: () => clock.now },
    logger,
    pool,
    net: { exchange: () => Promise.reject(new Error('no network')) },
    tokens: {
      list: () => Promise.reject(new Error('no token')),
      open: () => Promise.reject(new Error('no token')),
    },
    kdfCost: { memory: 256, passes: 1 },
    emit: (event) => events.push(event),
  });
  const options = context.vaultOptions;
  const { vault, accountKey } = await createVault(options, { accountId: 'boss', username: 'boss' }, 'sandi');
  const keys = new Map([['boss', accountKey]]);
  const people: readonly (readonly [string, typeof colleague, readonly Role[]])[] = [
    ['boss', administrator, ['administrator', 'signer']],
    ['staff', colleague, ['drafter', 'signer']],
  ];
  vault.write((db) => {
    for (const [id, person, roles] of people)
      insertPerson(db, id, person, roles, clock.now, '2026-11-22', true);
  });
  keys.set('staff', await vault.addAccountSlot({ accountId: 'staff', username: 'staff' }, 'sandi'));
  commitCreation(options, vault);
  const session = (id: string): ReturnType<typeof openSessionOn> => {
    const key = keys.get(id);
    if (!key) throw new Error(id);
    return openSessionOn(vault, id, key);
  };
  return {
    context,
    vault,
    dataDir,
    clock,
    events,
    leave: () => {
      context.openSession = null;
    },
    enter: (id) => {
      context.openSession = session(id);
    },
    notices: (id) => listNotices(vault.read, session(id).ring, sql`1`),
    log: (action) =>
      vault.read
        .all<{ actor_id: string | null; entity_id: string; facts: string }>(
          sql`SELECT actor_id, entity_id, facts FROM audit WHERE action = ${action} ORDER BY seq`,
        )
        .map((row) => ({
          actor: row.actor_id,
          entityId: row.entity_id,
          facts: JSON.parse(row.facts) as Record<string, unknown>,
        })),
    close() {
      vault.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
