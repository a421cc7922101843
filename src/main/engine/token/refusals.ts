import { AppError } from '../../core/contract/errors.ts';
import { DriverRefusal } from './driver.ts';

/** Return values of a driver (PKCS #11 v2.40 §5.1) → what a person can do about it. */

/** CKR_DEVICE_ERROR, DEVICE_REMOVED, SESSION_CLOSED, SESSION_HANDLE_INVALID, TOKEN_NOT_PRESENT, TOKEN_NOT_RECOGNIZED. */
const removed: ReadonlySet<bigint> = new Set([0x30n, 0x32n, 0xb0n, 0xb3n, 0xe0n, 0xe1n]);
/** CKR_PIN_INCORRECT, PIN_INVALID, PIN_LEN_RANGE. */
const wrongPin: ReadonlySet<bigint> = new Set([0xa0n, 0xa1n, 0xa2n]);
/** CKR_PIN_EXPIRED, PIN_LOCKED: neither helps to try again. */
const lockedPin: ReadonlySet<bigint> = new Set([0xa3n, 0xa4n]);

/** Names for the refusals that support staff will be told most. */
const names: Readonly<Record<string, string>> = {
  '5': 'CKR_GENERAL_ERROR',
  '6': 'CKR_FUNCTION_FAILED',
  '20': 'CKR_DATA_INVALID',
  '21': 'CKR_DATA_LEN_RANGE',
  '54': 'CKR_FUNCTION_NOT_SUPPORTED',
  '63': 'CKR_KEY_TYPE_INCONSISTENT',
  '68': 'CKR_KEY_FUNCTION_NOT_PERMITTED',
  '70': 'CKR_MECHANISM_INVALID',
  '71': 'CKR_MECHANISM_PARAM_INVALID',
  '82': 'CKR_OBJECT_HANDLE_INVALID',
  '101': 'CKR_USER_NOT_LOGGED_IN',
};

/** CKR_MECHANISM_INVALID and its kin: the token may know the same signature by another mechanism. */
export const mechanismRefused = (error: unknown): boolean =>
  error instanceof DriverRefusal && (error.value === 0x70n || error.value === 0x71n);

export interface TokenState {
  readonly present: boolean;
  readonly pinLocked: boolean;
  readonly pinFinalTry: boolean;
}

/**
 * @param state asked of the driver after the refusal: many say "general error" when the card is gone.
 */
export function refusalOf(error: unknown, state: () => TokenState): unknown {
  if (!(error instanceof DriverRefusal)) return error;
  if (lockedPin.has(error.value)) return new AppError('TOKEN_PIN_LOCKED', undefined, error);
  if (wrongPin.has(error.value)) {
    const { pinLocked, pinFinalTry } = state();
    const code = pinLocked ? 'TOKEN_PIN_LOCKED' : pinFinalTry ? 'TOKEN_PIN_LAST_TRY' : 'TOKEN_PIN_WRONG';
    return new AppError(code, undefined, error);
  }
  if (removed.has(error.value) || !state().present) return new AppError('TOKEN_REMOVED', undefined, error);
  const hex = error.value.toString(16);
  return new AppError('TOKEN_FAILED', { reason: names[hex] ?? `CKR 0x${hex}` }, error);
}
