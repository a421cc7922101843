import { listPeople, listUnits, readPerson, titledName, unitAddresses } from '../accounts/index.ts';
import type { Input } from '../contract/api.ts';
import { isOverdue, taskActionsIn, type TaskAction, type TaskActor } from '../contract/disposition-life.ts';
import type {
  Disposition,
  DispositionPerson,
  DispositionTask,
  DispositionTree,
  Instruction,
} from '../contract/dispositions.ts';
import { AppError } from '../contract/errors.ts';
import type { SecurityClass } from '../contract/letters.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import type { Person } from '../contract/people.ts';
import { classRules } from '../contract/permissions.ts';
import {
  chainOf,
  dispositionsOf,
  entriesOf,
  inForce,
  noteOf,
  subtasksOf,
  transition,
  unmet,
  type LetterDispositions,
  type StoredDisposition,
  type StoredTask,
} from '../letters/dispositions/index.ts';
import { leftAddressees, visible, type Asker } from '../queries/index.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import type { Context } from './context.ts';
import { actsAs } from './letter-life.ts';

/** Dispositions as they are read: whose trees somebody sees, what each node says, and what may be done with it. */

/** What of a letter decides about its dispositions. */
export interface LetterBasics {
  readonly id: string;
  readonly security: SecurityClass;
  readonly state: LetterState;
  readonly authorId: string;
  /** Its record can be read; nothing is to be done with it any more. */
  readonly destroyed: boolean;
}

/** @throws AppError NOT_FOUND, also when it exists but is not the asker's to see. */
export function seenLetter(db: ReadDb, asker: Asker, letterId: string): LetterBasics {
  const row = db.get<Omit<LetterBasics, 'destroyed'> & { readonly destroyed_at: string | null }>(
    sql`SELECT letter.id, letter.security, letter.state, letter.author_id AS authorId, letter.destroyed_at FROM letter
      WHERE letter.id = ${letterId} AND ${visible(asker)}`,
  );
  if (!row) throw new AppError('NOT_FOUND');
  const { destroyed_at: destroyedAt, ...letter } = row;
  return { ...letter, destroyed: destroyedAt !== null };
}

/** What somebody is in a task, in their own name or in somebody's place. */
export const actorsIn = (asker: Asker, task: StoredTask): TaskActor[] => [
  ...(actsAs(asker, task.accountId, task.security) ? (['receiver'] as const) : []),
  ...(actsAs(asker, task.giverId, task.security) ? (['giver'] as const) : []),
];

/** What may be done with a task now: exactly what is not refused. */
function mayOf(
  asker: Asker,
  task: StoredTask,
  all: LetterDispositions,
  letter: LetterBasics,
  isGone: (accountId: string) => boolean,
): TaskAction[] {
  if (letter.destroyed) return [];
  return taskActionsIn(task.state, actorsIn(asker, task)).filter(
    (action) => unmet(transition(action, task), task, all, letter.state, isGone) === null,
  );
}

/** An addressee's or a copy's row through which somebody may pass a letter on. */
interface Part {
  readonly accountId: string;
  /** To whom its receivers report: the asker, where the addressee's account is revoked. */
  readonly holderId: string;
}

/**
 * In whose name the asker may pass the letter on as one it came to: what is not settled yet comes first, then one's own
 * name before somebody else's, last of an addressee whose account is revoked. null: it came to none of these.
 */
export function ownPart(db: ReadDb, asker: Asker, letter: LetterBasics): Part | null {
  const left = leftAddressees(db, asker, letter.id);
  const parties = db
    .all<{ account_id: string; role: 'to' | 'copy'; settled_at: string | null }>(
      sql`SELECT account_id, role, settled_at FROM letter_party WHERE letter_id = ${letter.id}
        AND role IN ('to', 'copy') AND account_id IS NOT NULL AND delivered_at IS NOT NULL ORDER BY role DESC, place`,
    )
    .filter(
      (one) =>
        actsAs(asker, one.account_id, letter.security) || (one.role === 'to' && left.has(one.account_id)),
    );
  const nearness = (accountId: string): number =>
    accountId === asker.accountId ? 0 : actsAs(asker, accountId, letter.security) ? 1 : 2;
  const rank = (one: (typeof parties)[number]): number =>
    (one.role === 'to' && one.settled_at === null ? 0 : 3) + nearness(one.account_id);
  const [first] = parties.toSorted((one, other) => rank(one) - rank(other));
  if (!first) return null;
  const accountId = first.account_id;
  return { accountId, holderId: nearness(accountId) === 2 ? asker.accountId : accountId };
}

/** Every task and disposition below one that an addressee gave, with it. */
function treeOf(root: StoredDisposition, all: LetterDispositions): LetterDispositions {
  const dispositions = [root];
  const tasks: StoredTask[] = [];
  for (const one of dispositions) {
    const own = all.tasks.filter((task) => task.dispositionId === one.id);
    tasks.push(...own);
    const ids = new Set(own.map(({ id }) => id));
    dispositions.push(
      ...all.dispositions.filter(({ parentTask }) => parentTask !== null && ids.has(parentTask)),
    );
  }
  return { dispositions, tasks };
}

/** A registrar of a unit that received the letter; of the sender's unit is not enough. */
function registers(db: ReadDb, asker: Asker, letter: LetterBasics): boolean {
  if (asker.unit === '' || !classRules[letter.security].inUnit.some((role) => asker.roles.includes(role)))
    return false;
  const row =
    db.get(sql`SELECT 1 FROM letter_party WHERE letter_id = ${letter.id} AND delivered_at IS NOT NULL
    AND role <> 'grant' AND unit = ${asker.unit}`);
  return row !== undefined;
}

/** Who takes part in a tree sees all of it. */
function seesTree(asker: Asker, tree: LetterDispositions, letter: LetterBasics): boolean {
  const acts = (accountId: string): boolean => actsAs(asker, accountId, letter.security);
  return (
    tree.dispositions.some((one) => acts(one.giverId)) ||
    tree.tasks.some((one) => one.state !== 'cancelled' && (acts(one.accountId) || acts(one.giverId)))
  );
}

/** The dispositions in the trees that the asker sees; the registrar of the unit that received the letter sees all. */
export function seenDispositions(
  db: ReadDb,
  asker: Asker,
  letter: LetterBasics,
  all: LetterDispositions,
): ReadonlySet<string> {
  const everyTree = registers(db, asker, letter);
  return new Set(
    all.dispositions
      .filter((one) => one.parentTask === null)
      .map((root) => treeOf(root, all))
      .filter((one) => everyTree || seesTree(asker, one, letter))
      .flatMap((one) => one.dispositions.map(({ id }) => id)),
  );
}

/** Entered by the asker as it came in. */
const entered = (asker: Asker, letter: LetterBasics): boolean =>
  letter.state === 'registered' && letter.authorId === asker.accountId;
const keepsArchive = (asker: Asker, letter: LetterBasics): boolean =>
  classRules[letter.security].everywhere.some((role) => asker.roles.includes(role));

/**
 * What the asker's disposition sheet shows: the trees that the asker sees; all of an open letter for an archivist and for
 * whoever entered it.
 */
export function printedDispositions(db: ReadDb, asker: Asker, letter: LetterBasics): ReadonlySet<string> {
  const all = dispositionsOf(db, letter.id);
  const prints =
    !classRules[letter.security].sealed && (entered(asker, letter) || keepsArchive(asker, letter));
  return prints ? new Set(all.dispositions.map(({ id }) => id)) : seenDispositions(db, asker, letter, all);
}

export function tree(context: Context, input: Input<'dispositions.tree'>): DispositionTree {
  const db = context.session().vault.read;
  const asker = context.asker();
  const letter = seenLetter(db, asker, input.letterId);
  const all = dispositionsOf(db, letter.id);
  const seen = seenDispositions(db, asker, letter, all);
  const own = ownPart(db, asker, letter);
  const part = inForce(letter.state) && !letter.destroyed ? own : null;
  const people = peopleBy(db, context.today);
  return {
    dispositions: all.dispositions
      .filter((one) => seen.has(one.id))
      .map((one) => shown(context, asker, one, all, letter, people)),
    mayGive: part !== null,
    inPlaceOf: part === null || part.accountId === asker.accountId ? '' : nameOf(people, part.accountId).name,
    maySheet:
      own !== null ||
      seen.size > 0 ||
      entered(asker, letter) ||
      keepsArchive(asker, letter) ||
      registers(db, asker, letter),
  };
}

type People = ReadonlyMap<string, Person>;
const peopleBy = (db: ReadDb, day: string): People =>
  new Map(listPeople(db, day).map((one) => [one.accountId, one]));

const nameOf = (people: People, accountId: string): { name: string; post: string } => {
  const person = people.get(accountId);
  return { name: person ? titledName(person) : '', post: person?.post ?? '' };
};

function shown(
  context: Context,
  asker: Asker,
  given: StoredDisposition,
  all: LetterDispositions,
  letter: LetterBasics,
  people: People,
): Disposition {
  const { vault, ring } = context.session();
  const db = vault.read;
  const isGone = (accountId: string): boolean => people.get(accountId)?.revoked ?? true;
  const tasks = all.tasks.filter((one) => one.dispositionId === given.id);
  const holder = tasks.find((one) => one.giverId !== given.giverId)?.giverId;
  return {
    id: given.id,
    parentTaskId: given.parentTask,
    accountId: given.giverId,
    ...nameOf(people, given.giverId),
    deputyName: given.givenBy === given.giverId ? '' : nameOf(people, given.givenBy).name,
    reportsTo: holder === undefined ? '' : nameOf(people, holder).name,
    instructions: given.instructions,
    note: noteOf(db, ring, given),
    deadline: given.deadline,
    givenAt: given.givenAt,
    tasks: tasks.map((task): DispositionTask => ({
      id: task.id,
      accountId: task.accountId,
      ...nameOf(people, task.accountId),
      gone: isGone(task.accountId),
      lead: task.lead,
      state: task.state,
      percent: task.percent,
      overdue: isOverdue(task.state, task.deadline, context.today),
      readAt: task.readAt,
      settledAt: task.settledAt,
      mine: actsAs(asker, task.accountId, task.security),
      entries: entriesOf(db, ring, task).map(({ accountId, onBehalfOf, ...entry }) => ({
        ...entry,
        name: nameOf(people, onBehalfOf ?? accountId).name,
        deputyName: onBehalfOf === null ? '' : nameOf(people, accountId).name,
      })),
      subtasks: subtasksOf(db, ring, task),
      may: mayOf(asker, task, all, letter, isGone),
    })),
  };
}

/** Accounts that may not be given it from here: those above, and who holds it from here already. */
export function excluded(
  giverId: string,
  parentTask: StoredTask | null,
  all: LetterDispositions,
): ReadonlySet<string> {
  const from = new Set(
    all.dispositions
      .filter((one) => one.parentTask === (parentTask?.id ?? null) && one.giverId === giverId)
      .map((one) => one.id),
  );
  const holding = all.tasks.filter(
    (one) => from.has(one.dispositionId) && one.state !== 'done' && one.state !== 'cancelled',
  );
  return new Set([giverId, ...chainOf(parentTask, all), ...holding.map((one) => one.accountId)]);
}

/** @throws AppError NOT_FOUND. */
export function people(context: Context, input: Input<'dispositions.people'>): DispositionPerson[] {
  const db = context.session().vault.read;
  const asker = context.asker();
  const letter = seenLetter(db, asker, input.letterId);
  const all = dispositionsOf(db, letter.id);
  const parent = all.tasks.find((one) => one.id === input.parentTaskId) ?? null;
  const part = parent ? null : ownPart(db, asker, letter);
  const giver = parent?.accountId ?? part?.accountId ?? asker.accountId;
  const without = new Set([...excluded(giver, parent, all), part?.holderId ?? giver]);
  const units = new Map(listUnits(db).map((one) => [one.code, one.name]));
  const heads = new Set(unitAddresses(db, context.today).flatMap((one) => one.addressee.accountId ?? []));
  const head = (one: DispositionPerson): number => (heads.has(one.accountId) ? 0 : 1);
  return listPeople(db, context.today)
    .filter((one) => !one.revoked && one.activated && !without.has(one.accountId))
    .map((one) => ({
      accountId: one.accountId,
      name: titledName(one),
      post: one.post,
      unit: one.unit,
      unitName: units.get(one.unit) ?? one.unit,
    }))
    .toSorted((one, other) => head(one) - head(other) || one.unitName.localeCompare(other.unitName, 'id'));
}

export function instructions(context: Context): Instruction[] {
  return Object.entries(context.profile.dispositionInstructions).map(([key, words]) => ({ key, ...words }));
}

/** @throws AppError DISPOSITION_RECEIVER_INVALID { name }. */
export function requireReceivers(
  context: Context,
  receivers: readonly string[],
  without: ReadonlySet<string>,
): void {
  const db = context.session().vault.read;
  const twice = new Set<string>();
  for (const accountId of receivers) {
    const person = readPerson(db, accountId, context.today);
    if (person.revoked || !person.activated || without.has(accountId) || twice.has(accountId))
      throw new AppError('DISPOSITION_RECEIVER_INVALID', { name: titledName(person) });
    twice.add(accountId);
  }
}
