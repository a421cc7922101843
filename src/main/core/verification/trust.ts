import { buildChain } from '../pki/index.ts';
import type { Certificate, ChainFailure } from '../pki/index.ts';
import type { Evidence } from './evidence.ts';
import type { Findings } from './problems.ts';
import { revocationAt } from './revocation.ts';
import { judgeChainStrength } from './strength.ts';

/** Who is trusted, for which moment the question is asked, and what is at hand to answer it. */
export interface TrustContext {
  readonly anchors: readonly { readonly certificate: Certificate; readonly psre: boolean }[];
  readonly at: Date;
  readonly evidence: Evidence;
}

export interface Trust {
  /** Subject of the anchor; null where no chain leads to one. */
  readonly anchor: string | null;
  readonly psre: boolean;
  /** From the signer to the anchor; null where no valid chain leads there. */
  readonly path: readonly Certificate[] | null;
}

/** What the certificate must be good for. */
export type Purpose = 'document' | 'timestamp';

/** Purposes of RFC 5280 §4.2.1.12 that are not documents; a certificate with nothing else is not for them. */
const otherPurposes: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
]);
const timeStamping = '1.3.6.1.5.5.7.3.8';

/**
 * Chain, validity and purpose of a signer (ETSI EN 319 102-1 §5.2.6, §5.6.2; SIGNATURES §D 5) at the moment
 * before which the signature is proven to exist. Without such a proof that is now, and an expired certificate
 * leaves the question open.
 */
export function judgeTrust(
  signer: Certificate,
  candidates: readonly Certificate[],
  context: TrustContext,
  proven: Date | null,
  purpose: Purpose,
  findings: Findings,
): Trust {
  const moment = proven ?? context.at;
  const anchors = context.anchors.map(({ certificate }) => certificate);
  const chain = buildChain(signer, [...candidates, ...context.evidence.certificates], anchors, moment);
  if (!chain.ok) chainProblem(chain.reason, chain.certificate ?? signer, findings);
  const last = chain.path.at(-1);
  const anchor = context.anchors.find(({ certificate }) => certificate.fingerprint === last?.fingerprint);
  judgeValidity(signer, moment, findings);
  judgePurpose(signer, purpose, findings);
  judgeChainStrength(chain.path, proven, findings);
  return {
    anchor: anchor?.certificate.subject ?? null,
    psre: anchor?.psre ?? false,
    path: chain.ok ? chain.path : null,
  };
}

function chainProblem(reason: ChainFailure, certificate: Certificate, findings: Findings): void {
  const whose = { certificate: certificate.commonName };
  switch (reason) {
    case 'NO_PATH':
      return findings.add('ISSUER_NOT_TRUSTED', { issuer: certificate.issuerCommonName });
    case 'BAD_SIGNATURE':
    case 'SIGNATURE_UNSUPPORTED':
      return findings.add('CHAIN_BROKEN', whose);
    case 'EXPIRED':
      return findings.add('CERTIFICATE_EXPIRED', { ...whose, date: day(certificate.notAfter) });
    case 'NOT_YET_VALID':
      return findings.add('CERTIFICATE_NOT_YET_VALID', { ...whose, date: day(certificate.notBefore) });
    default:
      return findings.add('CHAIN_RULE_BROKEN', whose);
  }
}

/** The signer's own dates count even where the signer is the anchor. */
function judgeValidity(signer: Certificate, at: Date, findings: Findings): void {
  const whose = { certificate: signer.commonName };
  if (at > signer.notAfter) findings.add('CERTIFICATE_EXPIRED', { ...whose, date: day(signer.notAfter) });
  if (at < signer.notBefore)
    findings.add('CERTIFICATE_NOT_YET_VALID', { ...whose, date: day(signer.notBefore) });
}

function judgePurpose(signer: Certificate, purpose: Purpose, findings: Findings): void {
  const { keyUsage, extendedKeyUsage } = signer;
  const maySign = !keyUsage || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  if (purpose === 'timestamp') {
    // RFC 3161 §2.3: exactly this one purpose.
    const only = extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === timeStamping;
    if (!maySign || !only) findings.add('TIMESTAMP_KEY_USAGE', { certificate: signer.commonName });
    return;
  }
  const forOthers = extendedKeyUsage?.every((one) => otherPurposes.has(one)) ?? false;
  if (!maySign || forOthers) findings.add('SIGNER_KEY_USAGE', { certificate: signer.commonName });
}

/**
 * Asks the evidence at hand about every certificate below the anchor, at the proven moment. Nothing is fetched.
 * Of a timestamp authority, evidence from the time of its stamp will do (`since`), as long as nothing says that
 * it was revoked since; what is kept in a file would otherwise be too old a week later.
 *
 * Under a PSrE, or where a certificate says where revocation is published, an answer is required, and without
 * one the result is "could not be checked"; where the issuers publish none (the one-off CA of a test identity)
 * the signature may pass, and says so.
 */
export function judgeRevocation(
  { path, psre }: Trust,
  context: TrustContext,
  proven: Date | null,
  stamped: Date | null,
  findings: Findings,
): void {
  if (!path) return;
  const until = proven ?? context.at;
  const since = stamped && stamped < until ? stamped : until;
  const period = { since, until, latest: context.at };
  let result: 'good' | 'not-checked' | 'not-offered' = 'not-offered';
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (!issuer) continue;
    const found = revocationAt(certificate, issuer, period, context.evidence);
    if (found.status === 'revoked') {
      const whose = { certificate: certificate.commonName, date: day(found.revokedAt) };
      findings.add(index === 0 ? 'CERTIFICATE_REVOKED' : 'ISSUER_REVOKED', whose);
      return;
    }
    if (found.status === 'good') {
      if (result === 'not-offered') result = 'good';
    } else if (psre || certificate.namesRevocation) result = 'not-checked';
  }
  if (result === 'not-checked') findings.add('REVOCATION_NOT_CHECKED');
  if (result === 'not-offered') findings.add('REVOCATION_NOT_OFFERED');
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
