import type { Certificate } from './x509/certificate.ts';

/** What an OCSP answer or a CRL says about one certificate, once it is believed. */
export type RevocationVerdict =
  | {
      readonly status: 'good' | 'revoked';
      /** When the certificate was revoked; null where it is not. */
      readonly revokedAt: Date | null;
      readonly thisUpdate: Date;
      readonly nextUpdate: Date | null;
      /** Who signed, where it was not the issuer itself. */
      readonly responder: Certificate | null;
      /** Further certificates that came along. */
      readonly certificates: readonly Certificate[];
    }
  | { readonly status: 'unusable'; readonly reason: RevocationFault };

/**
 * Why an answer is not believed. It is then no answer: never "good", never "revoked".
 * UNKNOWN: the responder does not know the certificate. REFUSED: it gave an error instead of an answer.
 * SCOPE: the answer is about other certificates, or about some reasons only.
 */
export type RevocationFault =
  | 'UNREADABLE'
  | 'REFUSED'
  | 'UNKNOWN'
  | 'SCOPE'
  | 'SIGNATURE'
  | 'SIGNER'
  | 'WEAK'
  | 'NONCE'
  | 'STALE'
  | 'FUTURE';

/** Clocks of issuers and offices are never quite the same. */
const skew = 5 * 60_000;
/** For an answer that names no end (RFC 6960 §4.2.2.1: newer information is always available). */
const withoutEnd = 24 * 3_600_000;

/** Is an answer for [thisUpdate, nextUpdate] one for now (RFC 6960 §3.2 (5), (6); RFC 5280 §6.3.3 (a))? */
export function freshness(
  thisUpdate: Date,
  nextUpdate: Date | null,
  now: Date,
): 'fresh' | 'STALE' | 'FUTURE' {
  if (thisUpdate.getTime() > now.getTime() + skew) return 'FUTURE';
  const end = nextUpdate?.getTime() ?? thisUpdate.getTime() + withoutEnd;
  return end + skew < now.getTime() ? 'STALE' : 'fresh';
}
