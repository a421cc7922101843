import { AppError } from '../contract/errors.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';

/**
 * The office's own certificate authority as the vault keeps it: one file, sealed under its own passphrase, and the
 * register in the vault's keeping, from which the screens read. What counts is the sealed register: it is read at
 * every act and written over the other.
 */
export interface KeptAuthority {
  readonly file: Uint8Array;
  /** JSON. */
  readonly register: string;
  /** Instants until which the last lists count, or null where none was published from here. */
  readonly listUntil: { readonly issuing: string | null; readonly root: string | null };
  readonly madeAt: string;
}

export function readAuthority(db: ReadDb): KeptAuthority | null {
  const row = db.get<{
    file: Uint8Array;
    register: string;
    issuing_list_until: string | null;
    root_list_until: string | null;
    made_at: string;
  }>(sql`SELECT file, register, issuing_list_until, root_list_until, made_at FROM authority WHERE id = 1`);
  if (!row) return null;
  return {
    file: row.file,
    register: row.register,
    listUntil: { issuing: row.issuing_list_until, root: row.root_list_until },
    madeAt: row.made_at,
  };
}

/** @throws AppError CA_EXISTS */
export function insertAuthority(db: WriteDb, file: Uint8Array, register: string, at: Date): void {
  if (readAuthority(db)) throw new AppError('CA_EXISTS');
  db.run(sql`INSERT INTO authority (id, file, register, made_at)
    VALUES (1, ${file}, ${register}, ${at.toISOString()})`);
}

export function replaceAuthority(db: WriteDb, file: Uint8Array, register: string): void {
  db.run(sql`UPDATE authority SET file = ${file}, register = ${register} WHERE id = 1`);
}

export function keepListUntil(db: WriteDb, of: 'issuing' | 'root', until: Date): void {
  const at = until.toISOString();
  if (of === 'issuing') db.run(sql`UPDATE authority SET issuing_list_until = ${at} WHERE id = 1`);
  else db.run(sql`UPDATE authority SET root_list_until = ${at} WHERE id = 1`);
}
