import { AppError } from '../contract/errors.ts';
import { verifyBytes } from './verifying.ts';
import type { Context } from './context.ts';

/**
 * Before somebody signs after others: what those signed is the page as it is now, and their signatures hold.
 * @throws AppError EARLIER_SIGNATURE_BROKEN
 */
export async function requireStanding(context: Context, pdf: Uint8Array): Promise<void> {
  const { conclusion, signatures } = await verifyBytes(context, '', pdf);
  const whole = signatures.every(
    ({ integrity, changesAfter }) =>
      integrity === true && (changesAfter === 'none' || changesAfter === 'permitted'),
  );
  if (signatures.length === 0 || !whole || conclusion === 'TOTAL-FAILED')
    throw new AppError('EARLIER_SIGNATURE_BROKEN');
}
