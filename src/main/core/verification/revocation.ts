import { judgeCertificateList, judgeOcspResponse } from '../pki/index.ts';
import type { Certificate, RevocationVerdict } from '../pki/index.ts';
import type { Evidence } from './evidence.ts';

export type RevocationStatus =
  | { readonly status: 'good'; readonly at: Date }
  | { readonly status: 'revoked'; readonly revokedAt: Date }
  /** Nothing usable was at hand: never "revoked". */
  | { readonly status: 'unknown' };

/** For which time the question is asked. */
export interface Period {
  /** An answer counts if it is about this moment or a later one. */
  readonly since: Date;
  /** A revocation after this does no harm any more. */
  readonly until: Date;
  /** Nothing that was issued later is used: the moment for which the whole report is made. */
  readonly latest: Date;
}

/**
 * Was the certificate revoked (ETSI EN 319 102-1 §5.2.5, §5.6.2.4)? One answer that it was outweighs all that
 * it was not; an answer that reports a revocation after `until` says that it was good before.
 */
export function revocationAt(
  certificate: Certificate,
  issuer: Certificate,
  { since, until, latest }: Period,
  evidence: Evidence,
): RevocationStatus {
  let best: RevocationStatus = { status: 'unknown' };
  const consider = (issued: Date, judge: (now: Date) => RevocationVerdict): void => {
    if (best.status === 'revoked' || issued > latest) return;
    const verdict = judge(issued > since ? issued : since);
    if (verdict.status === 'unusable') return;
    const { revokedAt } = verdict;
    if (verdict.status === 'revoked' && (!revokedAt || revokedAt <= until)) {
      best = { status: 'revoked', revokedAt: revokedAt ?? verdict.thisUpdate };
    } else if (best.status === 'unknown' || best.at < verdict.thisUpdate) {
      best = { status: 'good', at: verdict.thisUpdate };
    }
  };
  for (const { bytes, statements } of evidence.ocsps) {
    const issued = statements.get(certificate.serial);
    if (!issued) continue;
    consider(issued, (now) => judgeOcspResponse(bytes, { certificate, issuer, nonce: null, now }));
  }
  for (const { bytes, issuerKey, thisUpdate } of evidence.crls) {
    if (issuerKey !== issuer.subjectKey) continue;
    consider(thisUpdate, (now) => judgeCertificateList(bytes, { certificate, issuer, now }));
  }
  return best;
}
