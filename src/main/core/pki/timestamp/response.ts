import { bitString, raw, readOuter, sequenceOf, smallInteger, tags } from '../der/read.ts';

/** TimeStampResp as read (RFC 3161 §2.4.2). */
export type TimestampResponse =
  | { readonly granted: true; /** DER of the token. */ readonly token: Uint8Array }
  | {
      readonly granted: false;
      /** PKIStatus 2 to 5. */
      readonly status: number;
      readonly failure: TimestampFailure | null;
    };

export type TimestampFailure = (typeof failures)[keyof typeof failures];

/** PKIFailureInfo by bit. */
const failures = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
} as const;

/** @throws DerError where the bytes are no such answer, or a grant without a token. */
export function readTimestampResponse(bytes: Uint8Array): TimestampResponse {
  const [info, token] = sequenceOf(readOuter(bytes));
  const [status, ...more] = sequenceOf(info);
  const code = smallInteger(status);
  if (code <= 1) {
    sequenceOf(token);
    return { granted: true, token: token ? raw(token) : new Uint8Array() };
  }
  const failInfo = more.find((part) => part.tag === tags.bitString);
  return { granted: false, status: code, failure: failInfo ? firstFailure(bitString(failInfo).bytes) : null };
}

function firstFailure(bits: Uint8Array): TimestampFailure | null {
  for (const [bit, failure] of Object.entries(failures)) {
    if (((bits[Number(bit) >> 3] ?? 0) & (0x80 >> (Number(bit) & 7))) !== 0) return failure;
  }
  return null;
}
