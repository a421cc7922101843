import type { Context } from './context.ts';

/** Closes the database and drops every key. Locking what is locked is no error. */
export function lock(context: Context): null {
  const open = context.openSession;
  if (!open) return null;
  context.openSession = null;
  context.trust.detach();
  open.vault.close();
  context.ports.emit({ type: 'waiting', count: 0 });
  context.ports.emit({ type: 'locked' });
  return null;
}
