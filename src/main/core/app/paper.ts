import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterDetail } from '../contract/letters.ts';
import {
  claimsStatement,
  type OfficeCard,
  type PaperReading,
  type StatementCheck,
} from '../contract/statement.ts';
import { readLetter } from '../letters/index.ts';
import { letterDetail } from '../queries/index.ts';
import { checkStatement, letterDigest } from '../statement/index.ts';
import { sql } from '../vault/index.ts';
import type { Context } from './context.ts';
import { trustedCards } from './known-offices.ts';

/** Letters on paper: what a scan of one says, checked with no network and, where need be, before anyone signs in. */

/** A page that takes longer is not worth the wait; a PDF stops by itself before that. */
const scanTime = 90_000;

/** @throws AppError STATEMENT_UNREADABLE */
export const check = (context: Context, input: Input<'statement.check'>): StatementCheck =>
  checkStatement(input.text, trustedCards(context));

/** @throws AppError SCAN_UNREADABLE, SCAN_TOO_LARGE, TIMED_OUT and what a PDF may be refused with */
export const scan = (context: Context, input: Input<'statement.scan'>): Promise<PaperReading> =>
  readPaper(context, input.bytes, trustedCards(context));

export async function readPaper(
  context: Context,
  bytes: Uint8Array,
  cards: readonly OfficeCard[],
): Promise<PaperReading> {
  const { pages, pageCount } = await context.ports.pool.run('scan', { bytes }, scanTime);
  const judged = pages.map((page) => ({
    ...page,
    codes: page.codes.map((code) => ({ ...code, check: judge(code.text, cards) })),
  }));
  return { pages: judged, pageCount };
}

function judge(text: string, cards: readonly OfficeCard[]): StatementCheck | null {
  if (!claimsStatement(text)) return null;
  try {
    return checkStatement(text, cards);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * The letter of this vault that a statement names, for somebody who may read it. `sameContent` tells whether its
 * words are those that the statement was made for.
 */
export function findLetter(
  context: Context,
  input: Input<'statement.findLetter'>,
): Output<'statement.findLetter'> {
  const { vault, ring } = context.session();
  const named = vault.read.all<{ id: string }>(
    sql`SELECT id FROM letter WHERE number = ${input.number} AND letter_date = ${input.date} 
      AND state IN ('signed', 'withdrawn', 'revoked', 'replaced') LIMIT 10`,
  );
  for (const { id } of named) {
    const detail = readable(context, id);
    if (!detail) continue;
    // Of one that was destroyed nothing is left to compare.
    const frozen = detail.destroyed ? null : readLetter(vault.read, ring, id).frozen;
    const sameContent = frozen !== null && letterDigest(frozen).toString('hex') === input.digest;
    return { letter: { id, mine: detail.mine, sameContent, state: detail.state } };
  }
  return { letter: null };
}

/** Null where the person may not see it: then there is no such letter. */
function readable(context: Context, id: string): Pick<LetterDetail, 'mine' | 'state' | 'destroyed'> | null {
  try {
    return letterDetail(context.session().vault.read, context.asker(), id);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
