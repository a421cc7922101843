import { openTaskStates } from '../contract/disposition-life.ts';
import { sql, type Sql } from '../vault/index.ts';
import { receivedBy, receivingAccounts, tasksOf, unitLetters, type Asker } from './scope.ts';

/** What waits for the asker, as conditions that a list and its counter share. */

/** Of `party`: addressed to the asker, or to somebody for whom the asker stands in, and not settled. */
export const unsettled = (asker: Asker): Sql =>
  sql`party.account_id IN ${receivingAccounts(asker)} AND party.role = 'to' AND party.settled_at IS NULL
    AND ${receivedBy(asker)}`;

const open = sql`task.state IN (${openTaskStates[0]}, ${openTaskStates[1]}, ${openTaskStates[2]}, ${openTaskStates[3]})`;

/** Of `task`: something is still to be done by the asker, or in somebody's place. */
export const openTasks = (asker: Asker): Sql =>
  sql`task.account_id IN ${receivingAccounts(asker)} AND ${open} AND ${tasksOf(asker)}`;

/** Of `task`: given by the asker, or in somebody's place by whom it is now, and still open with others. */
export const givenTasks = (asker: Asker): Sql =>
  sql`task.giver_id IN ${receivingAccounts(asker)} AND ${open} AND ${tasksOf(asker, 'giver')}`;

/** Of `party` joined to `letter`: outside, in force, and not handed over. */
export const unsent = (asker: Asker): Sql =>
  sql`party.account_id IS NULL AND party.sent_at IS NULL AND party.role IN ('to', 'copy') AND letter.state = 'signed'
    AND ${unitLetters(asker)}`;
