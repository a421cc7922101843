import Database from 'better-sqlite3';
import { migrate } from '../../../src/main/core/vault/migrate.ts';
import { Connection, sql } from '../../../src/main/core/vault/sql.ts';

/** The schema in memory, without a key: what is tested here is about rows. */
export interface MemoryVault {
  readonly raw: Database.Database;
  readonly db: Connection;
}

export function memoryVault(copyOf?: Buffer): MemoryVault {
  const raw = copyOf ? new Database(copyOf) : new Database(':memory:');
  if (!copyOf) migrate(raw, () => undefined);
  return { raw, db: new Connection(raw) };
}

/** What somebody does who holds the data key and wants to change the log. */
export function dropTriggers({ raw }: MemoryVault): void {
  raw.exec('DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_keeps_text');
}

export function addAccount({ db }: MemoryVault, id: string, name: string, at: Date): void {
  db.run(sql`INSERT INTO account (id, username, name, front_title, back_title, nip, rank, created_at)
    VALUES (${id}, ${id}, ${name}, '', '', '', '', ${at.toISOString()})`);
}

/** The result of work that goes in steps. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
