import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commitCreation,
  createVault,
  sql,
  type AccountKey,
  type Vault,
  type VaultOptions,
} from '../../../src/main/core/vault/index.ts';
import { openDatabase } from '../../../src/main/core/vault/database.ts';
import { modesOf } from '../../../src/main/core/vault/modes.ts';
import { newRecoveryKey } from '../../../src/main/core/vault/recovery-key.ts';
import { sealWithPassphrase, sealWithRecovery } from '../../../src/main/core/vault/sealing.ts';

export const passphrase = 'sandi yang panjang';
export const account = { accountId: 'a-1', username: 'siti' };
export const cost = { memory: 256, passes: 1 };

export interface Place {
  readonly root: string;
  readonly options: VaultOptions;
  remove(): void;
}

export function newPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'eletter-vault-'));
  return {
    root,
    options: { folder: join(root, 'vault'), cost, now: new Date('2026-11-22T03:00:00Z') },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export async function makeVault(
  options: VaultOptions,
): Promise<{ vault: Vault; recoveryKey: string; accountKey: AccountKey }> {
  const made = await createVault(options, account, passphrase);
  commitCreation(options, made.vault);
  return made;
}

export function note(vault: Vault, key: string, value = 'v'): void {
  vault.write((db) => db.run(sql`INSERT INTO meta VALUES (${key}, ${value})`));
}

export const noted = (vault: Vault, key: string): string | undefined =>
  vault.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value;

/** A vault as version 1 wrote it: the data key straight under each passphrase, no seal over the header. */
export async function makeOldVault(
  options: VaultOptions,
  accounts: readonly { accountId: string; username: string; passphrase: string }[],
): Promise<{ recoveryKey: string; dataKey: Buffer }> {
  const id = randomUUID();
  const dataKey = randomBytes(32);
  const recoveryKey = newRecoveryKey();
  mkdirSync(options.folder, { recursive: true });
  const key = createHmac('sha256', dataKey).update('database').digest();
  const path = join(options.folder, 'letters.db');
  openDatabase({ path, key, create: true, modes: modesOf(false) }, () => undefined).db.close();
  const header = {
    format: 'eletter-vault',
    version: 1,
    id,
    createdAt: '2026-11-01T00:00:00.000Z',
    accounts: await Promise.all(
      accounts.map(async ({ passphrase: own, ...slot }) => ({
        ...slot,
        key: await sealWithPassphrase(own, dataKey, `eletter-vault|${id}|${slot.accountId}`, cost),
      })),
    ),
    recovery: await sealWithRecovery(recoveryKey, dataKey, `eletter-vault|${id}|recovery`),
  };
  writeFileSync(join(options.folder, 'vault.json'), JSON.stringify(header, null, 2));
  return { recoveryKey, dataKey };
}
