import { buildChain } from '../pki/index.ts';
import type { Certificate, ChainFailure } from '../pki/index.ts';
import type { Findings } from './problems.ts';
import { judgeChainStrength } from './strength.ts';

/** Who is trusted, and for which moment the question is asked. */
export interface TrustContext {
  readonly anchors: readonly { readonly certificate: Certificate; readonly psre: boolean }[];
  readonly at: Date;
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
 * Chain, validity and purpose of a signer (ETSI EN 319 102-1 §5.2.6; SIGNATURES §D 5) at
 * `context.at`. Without proof of existence an expired certificate leaves the question open.
 */
export function judgeTrust(
  signer: Certificate,
  candidates: readonly Certificate[],
  context: TrustContext,
  purpose: Purpose,
  findings: Findings,
): Trust {
  const anchors = context.anchors.map(({ certificate }) => certificate);
  const chain = buildChain(signer, candidates, anchors, context.at);
  if (!chain.ok) chainProblem(chain.reason, chain.certificate ?? signer, findings);
  const last = chain.path.at(-1);
  const anchor = context.anchors.find(({ certificate }) => certificate.fingerprint === last?.fingerprint);
  judgeValidity(signer, context.at, findings);
  judgePurpose(signer, purpose, findings);
  judgeChainStrength(chain.path, findings);
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
 * Revocation policy of this version: nothing is fetched and no list is read. Under a PSrE, or where any
 * certificate below the anchor says where revocation is published, the answer is "could not be checked";
 * where the issuers publish none (the in-house CA) the signature may pass, and says so.
 */
export function judgeRevocation({ path, psre }: Trust, findings: Findings): void {
  if (!path) return;
  const published = path.slice(0, -1).some((one) => one.namesRevocation);
  findings.add(psre || published ? 'REVOCATION_NOT_CHECKED' : 'REVOCATION_NOT_OFFERED');
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
