import { sql, type Sql } from '../vault/index.ts';
import { actsFor, type Asker } from './scope.ts';

/** Whose turn it is, as a condition of lists and counters. */

/** Of `step` joined to `letter`: it is the turn of the asker, or of somebody for whom the asker stands in. */
export function turnOf(asker: Asker, role: 'review' | 'sign'): Sql {
  const mine = sql`step.done_at IS NULL AND ${actsFor(asker)}`;
  const before = sql`EXISTS (SELECT 1 FROM letter_step AS earlier WHERE earlier.letter_id = step.letter_id
    AND earlier.role = step.role AND earlier.place < step.place AND earlier.done_at IS NULL)`;
  if (role === 'review')
    return sql`${mine} AND step.role IN ('paraf', 'coordination')
      AND (step.account_id = ${asker.accountId} OR letter.author_id <> ${asker.accountId})
      AND letter.state = 'review' AND (step.role = 'coordination'
      OR (step.role = 'paraf' AND NOT ${before}))`;
  // A page that others have signed names its signers: nobody stands in any more. A number taken is finished by its taker.
  return sql`${mine} AND step.role = 'sign' AND NOT ${before} AND (letter.state = 'ready'
    OR (letter.state = 'reserved' AND letter.holder_id = ${asker.accountId})
    OR (letter.state = 'cosigning' AND step.account_id = ${asker.accountId}))`;
}
