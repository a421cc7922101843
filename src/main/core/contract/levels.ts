/** PAdES baseline levels (EN 319 142-1 §6), lowest first. */
export const signatureLevels = ['b', 't', 'lt', 'lta'] as const;
export type SignatureLevel = (typeof signatureLevels)[number];

/** Is `level` less than `wanted`? */
export const isBelow = (level: SignatureLevel, wanted: SignatureLevel): boolean =>
  signatureLevels.indexOf(level) < signatureLevels.indexOf(wanted);

/** Why a signature did not reach the level that was asked for. It stands all the same. */
export interface Lowering {
  readonly code: LoweringCode;
  /** The network's, the authority's or the judge's own word for it: `TIMED_OUT`, `systemFailure`, `STALE`. */
  readonly reason: string | null;
}

export type LoweringCode =
  | 'TSA_UNREACHABLE'
  | 'TSA_DECLINED'
  | 'TSA_ANSWER_TOO_LARGE'
  | 'REVOCATION_UNREACHABLE'
  | 'REVOCATION_UNUSABLE'
  | 'REVOCATION_NOT_OFFERED'
  | 'ISSUER_UNREACHABLE'
  /** The office's gateway lays out the signature itself and gave less. */
  | 'GATEWAY_DECIDES';
