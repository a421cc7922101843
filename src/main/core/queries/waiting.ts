import { sql, type Sql } from '../vault/index.ts';
import {
  followingUpFor,
  leftTo,
  receivedBy,
  receivingAccounts,
  tasksOf,
  unitLetters,
  type Asker,
} from './scope.ts';

/** What waits for the asker, as conditions that a list and its counter share. */

/**
 * Of `party`: addressed to the asker, to somebody for whom the asker stands in, or to somebody whose account is revoked
 * and who left it to the asker; and not settled.
 */
export const unsettled = (asker: Asker): Sql =>
  sql`party.account_id IN ${followingUpFor(asker)} AND party.role = 'to' AND party.settled_at IS NULL
    AND party.delivered_at IS NOT NULL AND ((${receivedBy(asker)}) OR (${leftTo(asker)}))`;

/** `openTaskStates` as text: of a bound value the planner cannot know that the index over open tasks holds it. */
const open = sql`task.state IN ('unread', 'read', 'working', 'passed')`;

/** Of `task`: something is still to be done by the asker, or in somebody's place. */
export const openTasks = (asker: Asker): Sql =>
  sql`task.account_id IN ${receivingAccounts(asker)} AND ${open} AND ${tasksOf(asker)}`;

/** Of `task`: given by the asker, or in somebody's place by whom it is now, and still open with others. */
export const givenTasks = (asker: Asker): Sql =>
  sql`task.giver_id IN ${receivingAccounts(asker)} AND ${open} AND ${tasksOf(asker, 'giver')}`;

/**
 * Receivers outside that wait for a letter, with the letter: of the asker's own, or for a registrar of the whole
 * office, which are as many as lie in the tray and not as many as there are letters.
 */
export const unsentParties = (asker: Asker): Sql =>
  sql`(SELECT letter_id, role FROM letter_party INDEXED BY letter_party_unsent
      WHERE account_id IS NULL AND sent_at IS NULL AND role IN ('to', 'copy')
        AND ${asker.roles.includes('registrar') ? sql`1` : sql`author_id = ${asker.accountId}`}) AS party
    CROSS JOIN letter ON letter.id = party.letter_id`;

/** Of `unsentParties`: in force, and the asker's to hand over. */
export const unsent = (asker: Asker): Sql => sql`letter.state = 'signed' AND ${unitLetters(asker)}`;
