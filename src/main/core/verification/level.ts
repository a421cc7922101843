import type { SignatureReport } from '../contract/verification.ts';
import type { PdfFile } from '../pdf/index.ts';
import type { Certificate } from '../pki/index.ts';
import { meetsBaselineB } from './baseline.ts';
import type { Coverage } from './byte-range.ts';
import type { CmsResult } from './cms.ts';
import type { Evidence } from './evidence.ts';
import type { Findings } from './problems.ts';
import type { TrustContext } from './trust.ts';

/** What is known when a level is named. */
export interface LevelContext {
  readonly file: PdfFile;
  readonly trust: TrustContext;
  /** What the security stores hold, and nothing else: level LT is about them. */
  readonly store: Evidence;
  /** Document timestamps whose bytes and own signature are right. */
  readonly timestamps: readonly { readonly coverage: Coverage; readonly cms: CmsResult }[];
}

/**
 * The PAdES level as found (EN 319 142-1 §6.3; SIGNATURES §D): what the file holds, whether or not the issuers
 * are trusted here.
 */
export function levelOf(
  context: LevelContext,
  coverage: Coverage,
  cms: CmsResult,
  stamps: readonly CmsResult[],
  findings: Findings,
): SignatureReport['level'] {
  const { file } = context;
  if (!meetsBaselineB(file, coverage.dict, cms, findings)) return 'CMS';
  const later = context.timestamps.filter((one) => one.coverage.end > coverage.end);
  const witnesses = [...stamps, ...later.map((one) => one.cms)];
  if (witnesses.length === 0) return 'B-B';
  const lasting = [cms, ...stamps].every((one) => hasEvidence(context, one));
  if (!lasting) return 'B-T';
  const archived = later.some(({ coverage: { revision } }) =>
    Boolean(file.get(file.catalog(revision.number)?.dict, 'DSS', revision.number)),
  );
  return archived ? 'B-LTA' : 'B-LT';
}

const maximumDepth = 12;

/**
 * Is there an answer in the store about every certificate between the signer and its root, as far as they are
 * in the file? Whether the answers are to be believed is judged with the trust; a level names what is there.
 */
function hasEvidence({ trust, store }: LevelContext, cms: CmsResult): boolean {
  const candidates = [...cms.certificates, ...store.certificates];
  const anchors = new Set(trust.anchors.map(({ certificate }) => certificate.fingerprint));
  let certificate = cms.signer;
  for (let depth = 0; certificate && depth < maximumDepth; depth++) {
    const current: Certificate = certificate;
    if (current.selfIssued || anchors.has(current.fingerprint)) return true;
    if (!isAnswered(current, store)) return false;
    certificate = candidates.find(({ subjectKey }) => subjectKey === current.issuerKey) ?? null;
    if (!certificate) return true;
  }
  return false;
}

/** An issuer that publishes nothing has nothing to store. */
function isAnswered(certificate: Certificate, store: Evidence): boolean {
  const { serial, issuerKey, namesRevocation } = certificate;
  if (!namesRevocation) return store.ocsps.length + store.crls.length + store.certificates.length > 0;
  return (
    store.ocsps.some(({ statements }) => statements.has(serial)) ||
    store.crls.some((list) => list.issuerKey === issuerKey)
  );
}
