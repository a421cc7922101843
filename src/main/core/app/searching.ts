import type { Input, Output } from '../contract/api.ts';
import type { SavedSearch, SearchFacets, SearchResult } from '../contract/search.ts';
import { latestChange, recordChange } from '../letters/index.ts';
import { addNotice, hasNotice } from '../notifications/index.ts';
import {
  alertsWait,
  askForPurge,
  countFacets,
  findLetters,
  indexDue,
  indexIsLost,
  indexLetters,
  listSaved,
  newDesk,
  pendingLetters,
  purgeSome,
  purgeWaits,
  rebuildIndex,
  removeSaved,
  renameSaved,
  saveSearch,
  takeAlerts,
  whyFound,
  type Desk,
} from '../search/index.ts';
import { sql, type Vault, type WriteDb } from '../vault/index.ts';
import { announce } from './announcing.ts';
import type { Context, OpenSession } from './context.ts';

/** One box to find a letter again; searches that are kept; and the index, which follows behind what people do. */

/** What was opened for the person at work. It is reached by the session alone, and goes with it. */
const desks = new WeakMap<OpenSession, Desk>();

function deskOf(session: OpenSession): Desk {
  const known = desks.get(session);
  if (known) return known;
  const desk = newDesk();
  desks.set(session, desk);
  return desk;
}

/** What has just happened is found at once; the rest of a first build goes on behind. */
const dueBeforeAnswer = 100;

/** @returns how many letters are still missing from the index. */
function catchUp(vault: Vault): number {
  if (pendingLetters(vault.read) === 0) return 0;
  vault.write((db) => indexDue(db, dueBeforeAnswer));
  return pendingLetters(vault.read);
}

export function find(context: Context, input: Input<'search.find'>): SearchResult {
  const session = context.session();
  const { vault } = session;
  const pending = catchUp(vault);
  const [asker, desk] = [context.asker(), deskOf(session)];
  const found = findLetters(vault.read, asker, desk, input, input.after, input.limit);
  const why = whyFound(vault.read, asker, desk, found.terms, found.positions);
  return {
    hits: found.rows.map((letter, at) => ({ letter, found: why.get(found.positions[at] ?? 0) ?? [] })),
    more: found.more,
    pending,
    short: found.short,
    sealedLeftOut: found.sealedLeftOut,
  };
}

export function facets(context: Context, input: Input<'search.facets'>): SearchFacets {
  const session = context.session();
  return countFacets(session.vault.read, context.asker(), deskOf(session), input);
}

export function list(context: Context): SavedSearch[] {
  const { vault, accountId } = context.session();
  return listSaved(vault.read, accountId);
}

export function save(context: Context, input: Input<'search.save'>): Output<'search.save'> {
  const { vault, accountId } = context.session();
  vault.write((db) => saveSearch(db, accountId, input, context.ports.clock.now()));
  return list(context);
}

export function rename(context: Context, input: Input<'search.rename'>): Output<'search.rename'> {
  const { vault, accountId } = context.session();
  vault.write((db) => renameSaved(db, accountId, input, context.ports.clock.now()));
  return list(context);
}

export function remove(context: Context, input: Input<'search.remove'>): Output<'search.remove'> {
  const { vault, accountId } = context.session();
  vault.write((db) => removeSaved(db, accountId, input.id));
  return list(context);
}

const atOnce = 100;
const running = new WeakMap<Context, Vault>();
const settled = new WeakSet<Vault>();

/** After a change and after an unlock: brings the index up to date, cleans it, and looks at the person's alerts. */
export function indexLater(context: Context): void {
  const { vault } = context;
  if (!vault || running.get(context) === vault) return;
  running.set(context, vault);
  context.behind(
    follow(context, vault)
      .catch((error: unknown) => context.ports.logger.error('search index not brought up to date', {}, error))
      .finally(() => {
        if (running.get(context) === vault) running.delete(context);
      }),
  );
}

/** A little at a time, in turn with what people do: nobody waits long for it, and a re-key sees none of it halfway. */
async function follow(context: Context, vault: Vault): Promise<void> {
  // Whoever made the change is answered first.
  await new Promise((resolve) => setImmediate(resolve));
  const step = async (): Promise<boolean> => context.vault === vault && !context.locking && indexSome(vault);
  while (await context.exclusive(step)) await new Promise((resolve) => setImmediate(resolve));
  await context.exclusive(async () => {
    if (context.openSession?.vault === vault && !context.locking) tellAlerts(context);
  });
}

/** @returns whether there is more to do. */
function indexSome(vault: Vault): boolean {
  if (!settled.has(vault)) {
    settled.add(vault);
    if (indexIsLost(vault.read)) vault.write((db) => rebuildIndex(db));
  }
  if (pendingLetters(vault.read) > 0) {
    vault.write((db) => indexDue(db, atOnce));
    return true;
  }
  return purgeWaits(vault.read) && vault.write((db) => purgeSome(db));
}

/** In the transaction that takes a letter's words away: they leave the index at once, not when its turn comes. */
export function leaveIndex(db: WriteDb, letterId: string): void {
  const row = db.get<{ position: number }>(sql`SELECT position FROM letter WHERE id = ${letterId}`);
  if (row) indexLetters(db, [row.position]);
}

/** In the transaction of a correction: the words of before leave the index for good, once it has the new ones. */
export const leaveOldWords = (db: WriteDb): void => askForPurge(db);

/** What was taken out of the index is gone from its older parts too when this is done. */
export async function forgetRemoved(vault: Vault): Promise<void> {
  while (purgeWaits(vault.read) && vault.write((db) => purgeSome(db)))
    await new Promise((resolve) => setImmediate(resolve));
}

/** Once for a letter, whichever of the searches it fits, also when it is changed later or the process dies in between. */
function tellAlerts(context: Context): void {
  const session = context.session();
  const { vault, accountId } = session;
  const person = context.describeSession();
  if (person.mustActivate || person.mustAcknowledge || !alertsWait(vault.read, accountId)) return;
  const now = context.ports.clock.now();
  const told = vault.write((db) => {
    const news = takeAlerts(db, context.asker(), deskOf(session)).filter(
      (id) => !hasNotice(db, accountId, 'search-hit', id),
    );
    for (const id of news) {
      addNotice(db, accountId, 'search-hit', id, now);
      recordChange(db, 'notice', id, now);
    }
    return news.length;
  });
  if (told === 0) return;
  announce(context);
  context.ports.emit({ type: 'changed', seq: latestChange(vault.read) });
}
