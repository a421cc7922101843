import type { CmsResult } from './cms.ts';
import type { Findings } from './problems.ts';
import { judgeStrength } from './strength.ts';
import { judgeRevocation, judgeTrust } from './trust.ts';
import type { Trust, TrustContext } from './trust.ts';

/**
 * Who signed, and may that be believed at the proven moment (null: now)? Identification (ETSI EN 319 102-1
 * §5.2.3), chain, purpose, strength, revocation.
 */
export function judgeSigner(
  cms: CmsResult,
  subFilter: string,
  context: TrustContext,
  proven: Date | null,
  findings: Findings,
): Trust | null {
  if (!cms.signer) return null;
  const named = cms.check?.signingCertificate;
  const cades = subFilter === 'ETSI.CAdES.detached';
  if (cades && named !== 'match' && named !== 'mismatch') findings.add('SIGNING_CERTIFICATE_NOT_NAMED');
  const purpose = cms.token ? 'timestamp' : 'document';
  const trust = judgeTrust(cms.signer, cms.certificates, context, proven, purpose, findings);
  judgeStrength(cms.check?.scheme ?? null, cms.digest, cms.signer, proven, findings);
  if (cades && cms.info.signedAttributes?.signingCertificate?.version === 1) {
    findings.add('DIGEST_WEAK', { algorithm: 'SHA-1' });
  }
  judgeRevocation(trust, context, proven, cms.token?.time ?? null, findings);
  return trust;
}
