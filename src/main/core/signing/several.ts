import { AppError } from '../contract/errors.ts';
import { parsePdf } from '../pdf/index.ts';
import { existingSignatures } from './existing.ts';

/**
 * Several sign one PDF, one after the other: each adds a field of its own in an incremental update (ISO 32000-2
 * §12.8.1), nobody certifies, so that each earlier signature goes on covering what its signer saw.
 */

/**
 * The field in which the signer of this turn signs. Timestamps do not count.
 * @param turn 1 for the first.
 * @throws AppError SIGN_FAILED {reason: TURN} when not exactly the ones before have signed; PDF_UNREADABLE.
 */
export function fieldOfTurn(pdf: Uint8Array, turn: number): string {
  const signed = existingSignatures(parsePdf(pdf)).filter(({ kind }) => kind === 'signature');
  if (signed.length !== turn - 1) throw new AppError('SIGN_FAILED', { reason: 'TURN' });
  return `Tanda_Tangan_${turn}`;
}
