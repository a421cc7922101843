import type { Input, Output } from '../contract/api.ts';
import { openSealedFor, sealFor, sql } from '../vault/index.ts';
import type { Context } from './context.ts';

/**
 * A registrar's form that is not registered yet outlives a lock. It may be about a letter of any class, so it is sealed
 * to whoever typed it.
 */
const purposeOf = (accountId: string): string => `eletter-incoming-form|${accountId}`;

export function keepForm(context: Context, { form }: Input<'incoming.keepForm'>): null {
  const { vault, accountId, accountKey } = context.session();
  const now = context.ports.clock.now().toISOString();
  vault.write((db) => {
    db.run(sql`DELETE FROM incoming_form WHERE account_id = ${accountId}`);
    if (form === null) return;
    const sealed = sealFor(accountKey.publicKey, Buffer.from(form), purposeOf(accountId));
    db.run(
      sql`INSERT INTO incoming_form (account_id, sealed, kept_at) VALUES (${accountId}, ${sealed}, ${now})`,
    );
  });
  return null;
}

export function keptForm(context: Context): Output<'incoming.keptForm'> {
  const { vault, accountId, accountKey } = context.session();
  const row = vault.read.get<{ sealed: Uint8Array }>(
    sql`SELECT sealed FROM incoming_form WHERE account_id = ${accountId}`,
  );
  if (!row) return { form: null };
  try {
    return { form: openSealedFor(accountKey, row.sealed, purposeOf(accountId)).toString('utf8') };
  } catch {
    // Sealed to a key of before a reset passphrase: what was typed then is gone.
    return { form: null };
  }
}
