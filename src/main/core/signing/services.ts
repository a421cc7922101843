export type { Lowering } from '../contract/tools.ts';
import type { Certificate } from '../pki/index.ts';

/**
 * What signing asks of the network, as bytes in and bytes out. Every answer is hostile until judged here; each
 * method throws AppError NETWORK_FAILED where nobody answers, which lowers the level and never loses a signature.
 */
export interface ValidationServices {
  /** TimeStampReq → TimeStampResp (RFC 3161 §3.4). */
  timestamp(request: Uint8Array): Promise<Uint8Array>;
  /** OCSPRequest → OCSPResponse (RFC 6960 appendix A). */
  ocsp(url: string, request: Uint8Array): Promise<Uint8Array>;
  /** A list, kept until its end unless `again`: DER. */
  crl(url: string, again: boolean): Promise<Uint8Array>;
  /** The certificates that an issuer publishes as its own (RFC 5280 §4.2.2.1). */
  issuer(url: string): Promise<readonly Uint8Array[]>;
  /** Whom to trust, for the signer and for the timestamp authority. */
  readonly anchors: readonly Certificate[];
  now(): Date;
}
