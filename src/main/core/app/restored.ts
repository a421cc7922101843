import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit } from '../audit/index.ts';
import { sql, writeWhole } from '../vault/index.ts';
import type { Context } from './context.ts';

/**
 * A restore is told in the log that it brought back: otherwise the anchors that the former vault left behind would
 * contradict it for ever. While it happens no vault is open, so a note waits in `restored.json` for the next session.
 */
const pathOf = (context: Context): string => join(context.ports.dataDir, 'restored.json');

/** To be called once the set is in place. @param set what was restored, as its manifest says. */
export function noteRestore(
  context: Context,
  set: { readonly vaultId: string; readonly madeAt: string },
  by: string | null,
): void {
  try {
    const { vaultId, madeAt } = set;
    writeWhole(pathOf(context), Buffer.from(JSON.stringify({ vaultId, madeAt, by })));
  } catch (error) {
    // The vault is back; that the log does not say so makes the check speak up, which is the safe side.
    context.ports.logger.error('restore not noted', {}, error);
  }
}

function readNote(path: string): { vaultId: string; madeAt: string; by: string | null } | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { vaultId, madeAt, by } = value as Record<string, unknown>;
    if (typeof vaultId !== 'string' || typeof madeAt !== 'string' || !/^[0-9T:.Z-]{10,30}$/.test(madeAt))
      return null;
    return { vaultId, madeAt, by: typeof by === 'string' && by.length <= 64 ? by : null };
  } catch {
    return null;
  }
}

/** To be called when a session begins, before anything else is written. */
export function auditRestore(context: Context): void {
  const note = readNote(pathOf(context));
  if (note === null) return;
  const { vault } = context.session();
  if (note.vaultId === vault.id) {
    const at = context.ports.clock.now();
    vault.write((db) => {
      const entries = db.get<{ n: number }>(sql`SELECT coalesce(max(seq), 0) AS n FROM audit`)?.n ?? 0;
      appendAudit(db, {
        at,
        // Nobody vouches for the note: it names no author, only what it claims.
        actorId: null,
        action: 'vault.restored',
        entity: 'vault',
        entityId: vault.id,
        facts: { madeAt: note.madeAt, entries, by: note.by ?? '' },
      });
    });
  }
  rmSync(pathOf(context), { force: true });
}
