import { securityClasses, type SecurityClass } from '../contract/letters.ts';
import type { Role } from '../contract/people.ts';
import { keptStates } from '../contract/lifecycle.ts';
import { classRules, type ClassRule } from '../contract/permissions.ts';
import type { Keyring } from '../ports.ts';
import { sql, type ReadDb, type Sql } from '../vault/index.ts';

/** Who asks, and what the class rules give that person beyond their own letters. */
export interface Asker {
  readonly accountId: string;
  readonly roles: readonly Role[];
  /** Of the main post of the day; '' for nobody's. */
  readonly unit: string;
  /** Accounts for which the person stands in today, with their names. */
  readonly principals: readonly { readonly id: string; readonly name: string }[];
  readonly ring: Keyring;
}

/** Bound one by one: of a list inside JSON the planner cannot know how short it is, and scans. */
function listed(values: readonly string[]): Sql {
  const [first, ...rest] = values;
  if (first === undefined) return sql`(NULL)`;
  return sql`(${rest.reduce((list, value) => sql`${list}, ${value}`, sql`${first}`)})`;
}

/** A list of three and more costs SQLite a table of its own in every query: here the comparisons are written out. */
const kept = keptStates
  .map((state) => sql`letter.state = ${state}`)
  .reduce((all, one) => sql`${all} OR ${one}`);

const classesWhere = (holds: (rule: ClassRule) => boolean): SecurityClass[] =>
  securityClasses.filter((one) => holds(classRules[one]));

const openClasses = classesWhere((rule) => !rule.sealed);

/** A sealed letter is there only for whoever has a key to it: no subject, no row, no count for anybody else. */
export const unlocked = (asker: Asker): Sql =>
  sql`(letter.security IN ${listed(openClasses)} OR EXISTS (SELECT 1 FROM letter_key
    WHERE letter_key.letter_id = letter.id AND letter_key.account_id = ${asker.accountId}))`;

/** The same of a receiver's row, which carries its letter's class. */
const unlockedParty = (asker: Asker): Sql =>
  sql`(party.security IN ${listed(openClasses)} OR EXISTS (SELECT 1 FROM letter_key
    WHERE letter_key.letter_id = party.letter_id AND letter_key.account_id = ${asker.accountId}))`;

/** Delivered to the asker, or to somebody for whom the asker stands in where the class lets deputies read. */
export function receivedBy(asker: Asker): Sql {
  const mine = sql`party.account_id = ${asker.accountId}`;
  const principals = asker.principals.map((one) => one.id);
  const theirs =
    principals.length === 0
      ? sql`0`
      : sql`(party.account_id IN ${listed(principals)} AND party.role <> 'grant'
          AND party.security IN ${listed(classesWhere((rule) => rule.deputies))})`;
  return sql`party.delivered_at IS NOT NULL AND (${mine} OR ${theirs}) AND ${unlockedParty(asker)}`;
}

const closedAccounts = sql`(SELECT id FROM account WHERE revoked_at IS NOT NULL)`;

/**
 * Of `party`: addressed to somebody whose account is revoked, and now the asker's to act on. That is a registrar of
 * the addressee's unit or of the unit in whose book the letter is (class biasa), and whoever entered it; of a sealed
 * letter whoever wrote or entered it, with a key to it.
 */
export function leftTo(asker: Asker): Sql {
  const sealed = classesWhere((rule) => rule.sealed);
  const author = sql`(party.author_id = ${asker.accountId} AND party.security IN ${listed(sealed)})`;
  const entered = sql`(SELECT unit FROM incoming WHERE incoming.letter_id = party.letter_id)`;
  const classes = asker.unit === '' ? [] : classesWhere((rule) => rule.inUnit.includes('registrar'));
  const whose = asker.roles.includes('registrar')
    ? sql`(${author} OR (party.author_id = ${asker.accountId} AND ${entered} IS NOT NULL)
        OR (party.security IN ${listed(classes)} AND (party.unit = ${asker.unit} OR ${entered} = ${asker.unit})))`
    : author;
  return sql`party.delivered_at IS NOT NULL AND party.role = 'to' AND party.account_id IN ${closedAccounts}
    AND ${whose} AND ${unlockedParty(asker)}`;
}

/** The accounts of a letter's addressees that are left to the asker. */
export const leftAddressees = (db: ReadDb, asker: Asker, letterId: string): ReadonlySet<string> =>
  new Set(
    db
      .all<{ account_id: string }>(
        sql`SELECT account_id FROM letter_party AS party WHERE letter_id = ${letterId} AND ${leftTo(asker)}`,
      )
      .map((one) => one.account_id),
  );

/** Those in whose name the asker receives, and all whose account is revoked: for the index, as below. */
export const followingUpFor = (asker: Asker): Sql =>
  sql`(SELECT id FROM account WHERE id IN ${receivingAccounts(asker)} OR revoked_at IS NOT NULL)`;

/** The accounts in whose name the asker receives: for the index, before the class rules decide. */
export const receivingAccounts = (asker: Asker): Sql =>
  listed([asker.accountId, ...asker.principals.map((one) => one.id)]);

/** Of `step` joined to `letter`: the asker's own, or of somebody for whom the class lets a deputy act. */
export function actsFor(asker: Asker): Sql {
  const principals = asker.principals.map((one) => one.id);
  if (principals.length === 0) return sql`step.account_id = ${asker.accountId}`;
  return sql`(step.account_id = ${asker.accountId} OR (step.account_id IN ${listed(principals)}
    AND letter.security IN ${listed(classesWhere((rule) => rule.deputies))}))`;
}

/** Whoever is asked to paraf or to sign sees the letter while it is on its way; what is written on is its author's alone. */
const takesPart = (asker: Asker): Sql =>
  sql`(letter.state <> 'draft' AND letter.state <> 'returned' AND letter.state <> 'discarded' AND ${unlocked(asker)} AND EXISTS (SELECT 1 FROM letter_step AS step
    WHERE step.letter_id = letter.id AND ((step.account_id IN ${receivingAccounts(asker)} AND ${actsFor(asker)})
      OR step.done_by = ${asker.accountId})))`;

/** Of `task`: the asker's own, or of somebody for whom the class lets a deputy act; what was cancelled is nobody's. */
export function tasksOf(asker: Asker, as: 'receiver' | 'giver' = 'receiver'): Sql {
  const principals = asker.principals.map((one) => one.id);
  const whose = as === 'giver' ? sql`task.giver_id` : sql`task.account_id`;
  const theirs =
    principals.length === 0
      ? sql`0`
      : sql`(${whose} IN ${listed(principals)}
          AND task.security IN ${listed(classesWhere((rule) => rule.deputies))})`;
  return sql`(${whose} = ${asker.accountId} OR ${theirs}) AND task.state <> 'cancelled'
    AND (task.security IN ${listed(openClasses)} OR EXISTS (SELECT 1 FROM letter_key
      WHERE letter_key.letter_id = task.letter_id AND letter_key.account_id = ${asker.accountId}))`;
}

/** The classes that the asker's roles open, in every unit and in the asker's own; nobody's unit opens none. */
export function roleClasses(asker: Asker): {
  readonly everywhere: readonly SecurityClass[];
  readonly inUnit: readonly SecurityClass[];
} {
  const has = (roles: readonly Role[]): boolean => roles.some((role) => asker.roles.includes(role));
  return {
    everywhere: classesWhere((rule) => has(rule.everywhere)),
    inUnit: asker.unit === '' ? [] : classesWhere((rule) => has(rule.inUnit)),
  };
}

/** Letters that a role sees without being a party to them (registrar, archivist); null where no role gives any. */
export function byRole(asker: Asker): Sql | null {
  const { everywhere, inUnit } = roleClasses(asker);
  if (everywhere.length === 0 && inUnit.length === 0) return null;
  return sql`(${kept}) AND ${unlocked(asker)} AND (letter.security IN ${listed(everywhere)}
    OR (letter.security IN ${listed(inUnit)} AND (letter.sender_unit = ${asker.unit} OR EXISTS
      (SELECT 1 FROM letter_party AS near WHERE near.letter_id = letter.id AND near.unit = ${asker.unit}
        AND near.unit <> '' AND near.delivered_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM agenda WHERE agenda.letter_id = letter.id AND agenda.unit = ${asker.unit}
        AND agenda.state = 'open'))))`;
}

/** Is the asker on the receiving side: addressed, copied, or asked by a disposition? */
export const receives = (db: ReadDb, asker: Asker, letterId: string): boolean =>
  db.get(sql`SELECT 1 FROM letter WHERE letter.id = ${letterId} AND (EXISTS (SELECT 1 FROM letter_party AS party
    WHERE party.letter_id = letter.id AND party.role <> 'grant' AND ${receivedBy(asker)})
    OR EXISTS (SELECT 1 FROM disposition_task AS task WHERE task.letter_id = letter.id AND ${tasksOf(asker)}))`) !==
  undefined;

/** The asker's own letters, and those of the unit whose registrar the asker is. */
export function unitLetters(asker: Asker): Sql {
  const own = sql`(letter.author_id = ${asker.accountId} AND ${unlocked(asker)})`;
  if (!asker.roles.includes('registrar') || asker.unit === '') return own;
  const classes = classesWhere((rule) => rule.inUnit.includes('registrar'));
  return sql`(${own} OR (letter.sender_unit = ${asker.unit} AND letter.security IN ${listed(classes)}))`;
}

/** Every letter that the asker may see. */
export function visible(asker: Asker): Sql {
  return sql`((letter.author_id = ${asker.accountId} AND ${unlocked(asker)}) OR EXISTS (
    SELECT 1 FROM letter_party AS party WHERE party.letter_id = letter.id AND ${receivedBy(asker)})
    OR EXISTS (SELECT 1 FROM disposition_task AS task WHERE task.letter_id = letter.id AND (${tasksOf(asker)}))
    OR EXISTS (SELECT 1 FROM disposition_task AS task WHERE task.letter_id = letter.id AND (${tasksOf(asker, 'giver')}))
    OR ${takesPart(asker)} OR (${byRole(asker) ?? sql`0`}))`;
}
