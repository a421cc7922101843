import { randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { buildTimestampRequest, checkTimestamp, DerError, readTimestampResponse } from '../pki/index.ts';
import type { CheckedTimestamp, TimestampResponse } from '../pki/index.ts';
import type { Lowering, ValidationServices } from './services.ts';

export type Stamping =
  | { readonly stamp: CheckedTimestamp; readonly lowering: null }
  | { readonly stamp: null; readonly lowering: Lowering };

/**
 * Asks the authority for a token over what has this SHA-256 digest and judges it. Nobody there, or an authority that declines,
 * gives a lowering.
 * @throws AppError TIMESTAMP_REFUSED {reason} for an answer that is not what was asked for: such an authority is
 *   not to be used at all.
 */
export async function requestTimestamp(imprint: Buffer, services: ValidationServices): Promise<Stamping> {
  const query = { imprint, nonce: randomBytes(16) };
  let answer: Uint8Array;
  try {
    answer = await services.timestamp(buildTimestampRequest(query));
  } catch (error) {
    const reason = outageOf(error);
    if (reason === null) throw error;
    return { stamp: null, lowering: { code: 'TSA_UNREACHABLE', reason } };
  }
  const response = read(answer);
  if (!response.granted) {
    return { stamp: null, lowering: { code: 'TSA_DECLINED', reason: response.failure } };
  }
  return {
    stamp: checkTimestamp(response.token, query, { ...services, now: services.now() }),
    lowering: null,
  };
}

function read(answer: Uint8Array): TimestampResponse {
  try {
    return readTimestampResponse(answer);
  } catch (error) {
    if (error instanceof DerError) throw new AppError('TIMESTAMP_REFUSED', { reason: 'UNREADABLE' }, error);
    throw error;
  }
}

/** Nobody answered: that is no judgement on anybody. The word for how, or null for any other error. */
export const outageOf = (error: unknown): string | null =>
  error instanceof AppError && error.code === 'NETWORK_FAILED'
    ? String(error.params?.['reason'] ?? '?')
    : null;
