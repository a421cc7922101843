import { listPeople, titledName } from '../accounts/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Input } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { Role } from '../contract/people.ts';
import type { TextModule } from '../contract/versions.ts';
import {
  addModule,
  changeModule,
  countModules,
  latestChange,
  listModules,
  readModule,
  recordChange,
  removeModule,
  type StoredModule,
} from '../letters/index.ts';
import type { WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';

/** Naskah baku: everybody has their own; those of the office are kept by an administrator or a registrar. */
const keepers: readonly Role[] = ['administrator', 'registrar'];

/** JSON of one module's body; a module is a piece of a letter, not a letter. */
const maximumBody = 200_000;
/** Of one person, and of the office. */
const maximumModules = 500;

const mayChange = (context: Context, ownerId: string | null): boolean =>
  ownerId !== null || context.me().roles.some((role) => keepers.includes(role));

export function list(context: Context): TextModule[] {
  const { vault, accountId } = context.session();
  const names = new Map(listPeople(vault.read, context.today).map((one) => [one.accountId, titledName(one)]));
  const keeper = mayChange(context, null);
  return listModules(vault.read, accountId).map(({ ownerId, changedBy, ...module }) => ({
    ...module,
    scope: ownerId === null ? 'office' : 'own',
    changedBy: names.get(changedBy) ?? '',
    mayChange: ownerId !== null || keeper,
  }));
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED, MODULE_TOO_LARGE, MODULES_FULL. */
export function save(context: Context, input: Input<'modules.save'>): TextModule[] {
  const { vault, accountId } = context.session();
  const { id, title, body } = input;
  if (body && JSON.stringify(body).length > maximumBody)
    throw new AppError('MODULE_TOO_LARGE', { max: '200 kB' });
  const ownerId = input.scope === 'office' ? null : accountId;
  const before = id === null ? null : mine(context, id);
  if (!mayChange(context, ownerId)) throw new AppError('NOT_ALLOWED');
  const full = (!before || before.ownerId !== ownerId) && countModules(vault.read, ownerId) >= maximumModules;
  if (full) throw new AppError('MODULES_FULL', { max: maximumModules });
  const words = { ownerId, title, body: body ?? before?.body ?? [], changedBy: accountId };
  const { unit } = context.me();
  write(context, 'module.saved', ownerId === null || before?.ownerId === null ? title : null, (db, now) => {
    if (!before) return addModule(db, { ...words, unit }, now);
    changeModule(db, { ...before, ...words }, now);
    return before.id;
  });
  return list(context);
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED. */
export function remove(context: Context, input: Input<'modules.remove'>): TextModule[] {
  const module = mine(context, input.id);
  write(context, 'module.removed', module.ownerId === null ? module.title : null, (db) => {
    removeModule(db, module.id);
    return module.id;
  });
  return list(context);
}

/** What everybody uses is audited, by its title; one's own is one's own business. */
function write(
  context: Context,
  action: 'module.saved' | 'module.removed',
  title: string | null,
  work: (db: WriteDb, now: Date) => string,
): void {
  const { vault, accountId } = context.session();
  const now = context.ports.clock.now();
  vault.write((db) => {
    const id = work(db, now);
    recordChange(db, 'module', id, now);
    if (title !== null)
      appendAudit(db, {
        at: now,
        actorId: accountId,
        action,
        entity: 'module',
        entityId: id,
        facts: { title },
      });
  });
  context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
}

/** One that the person at work may change. */
function mine(context: Context, id: string): StoredModule {
  const { vault, accountId } = context.session();
  const module = readModule(vault.read, accountId, id);
  if (!module) throw new AppError('NOT_FOUND');
  if (!mayChange(context, module.ownerId)) throw new AppError('NOT_ALLOWED');
  return module;
}
