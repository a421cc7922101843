import { AppError } from '../../contract/errors.ts';

/** What a BSrE Esign Client Service says when it does not sign → our codes. Its own text is shown to nobody. */

const notRegistered = 2011;
const passphraseWrong = 2031;

/** JSON of an answer, or null: proxies and broken services answer with pages. */
export function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** `status_code` of a refusal, in the body whatever the HTTP status is; null where it has none. */
export function refusalCode(json: Readonly<Record<string, unknown>> | null): number | null {
  const code = Number(json?.['status_code']);
  const refused = json !== null && ('error' in json || Number.isInteger(code));
  return refused ? (Number.isInteger(code) ? code : 0) : null;
}

/** @param http status of the answer, named where the body says nothing. */
export function gatewayRefusal(code: number | null, http: number): AppError {
  if (http === 401 || http === 403) return new AppError('GATEWAY_LOGIN_REFUSED');
  if (code === notRegistered) return new AppError('GATEWAY_NOT_REGISTERED');
  if (code === passphraseWrong) return new AppError('GATEWAY_PASSPHRASE_WRONG');
  return new AppError('GATEWAY_REFUSED', { status: code || http });
}

export const unusable = (reason: string): AppError => new AppError('GATEWAY_ANSWER_UNUSABLE', { reason });
