import type { Language } from '../contract/people.ts';
import type { ReportSigner, SignatureReport } from '../contract/verification.ts';
import { isDict, nameOf, textOf } from '../pdf/index.ts';
import type { PdfFile, RemovedSignature, SignatureField } from '../pdf/index.ts';
import type { Certificate } from '../pki/index.ts';
import { meetsBaselineB } from './baseline.ts';
import { readCoverage } from './byte-range.ts';
import type { Coverage } from './byte-range.ts';
import { judgeChanges, judgeRemoval, readDocMdp } from './changes.ts';
import { judgeCms, tokenHolds } from './cms.ts';
import type { CmsForm, CmsResult } from './cms.ts';
import { readPdfDate } from './pdf-date.ts';
import { Findings } from './problems.ts';
import { hashTitle, judgeStrength, schemeTitle } from './strength.ts';
import { judgeRevocation, judgeTrust } from './trust.ts';
import type { Trust, TrustContext } from './trust.ts';

/** /SubFilter values that can be judged (ISO 32000-2 Table 255, §12.8.5; EN 319 142-1 §6.3). */
const forms: ReadonlyMap<string, CmsForm> = new Map([
  ['ETSI.CAdES.detached', 'detached'],
  ['adbe.pkcs7.detached', 'detached'],
  ['adbe.pkcs7.sha1', 'sha1'],
  ['ETSI.RFC3161', 'timestamp'],
]);

/** A signature on its way to a report: the format is checked, what else depends on its neighbours. */
export interface Candidate {
  readonly field: SignatureField | RemovedSignature;
  readonly findings: Findings;
  readonly coverage: Coverage | null;
}

export function readCandidate(
  file: PdfFile,
  field: SignatureField | RemovedSignature,
  language: Language,
): Candidate {
  const findings = new Findings(language);
  return { field, findings, coverage: readCoverage(file, field, findings) };
}

/** Judges one signature in the order of SIGNATURES §D and writes its report. */
export function judgeSignature(
  file: PdfFile,
  candidate: Candidate,
  context: TrustContext,
  language: Language,
): SignatureReport {
  const { field, findings, coverage } = candidate;
  const subFilter = nameOf(file.get(field.value, 'SubFilter')) ?? '';
  const form = forms.get(subFilter);
  const usable = coverage && !findings.failed ? coverage : null;
  if (usable && !form) findings.add('SUBFILTER_UNSUPPORTED', { name: subFilter.slice(0, 60) });
  const anchors = context.anchors.map(({ certificate }) => certificate);
  const cms = usable && form ? judgeCms(usable, form, anchors, findings) : null;
  const trust = cms ? judgeSigner(cms, form === 'timestamp', subFilter, context, findings) : null;
  if (cms) judgeSignatureTimestamps(cms, findings);
  const level = usable && cms ? levelOf(file, usable, cms, subFilter, findings) : 'none';
  const later = coverage ? judgeChanges(file, coverage, language, findings) : null;
  const changed = 'revision' in field ? judgeRemoval(field, later?.changes ?? [], language, findings) : later;
  // What it is judged as counts; /Type only says what an unknown kind claims to be.
  const isTimestamp = form ? form === 'timestamp' : nameOf(file.get(field.value, 'Type')) === 'DocTimeStamp';
  const stampTime = cms?.token ? isoSeconds(cms.token.time) : null;
  return {
    field: field.name,
    kind: isTimestamp ? 'document-timestamp' : 'signature',
    subFilter,
    level,
    indication: findings.indication,
    subIndication: findings.subIndication,
    integrity: integrityOf(candidate, cms),
    coversWholeFile: coverage?.end === file.bytes.length,
    revision: coverage?.revision.number ?? revisionOf(file, field),
    changesAfter: changed?.changesAfter ?? 'not-judged',
    changes: changed?.changes ?? [],
    digestAlgorithm: hashTitle(cms?.digest ?? null),
    signatureAlgorithm: schemeTitle(cms?.check?.scheme ?? null),
    signer: cms?.signer ? describe(cms.signer) : null,
    claimedTime: stampTime ?? claimedTime(file, field, cms),
    bestTime: findings.indication === 'TOTAL-PASSED' ? stampTime : null,
    trustAnchor: trust?.anchor ?? null,
    docMdp: isDict(field.value) ? readDocMdp(file, field.value) : null,
    psre: trust?.psre ?? false,
    problems: findings.list(),
  };
}

/** A broken form means that the signed bytes do not match, whatever the CMS says. */
function integrityOf({ coverage, findings }: Candidate, cms: CmsResult | null): boolean | null {
  if (cms) return cms.integrity;
  return coverage === null || findings.failed ? false : null;
}

function judgeSigner(
  cms: CmsResult,
  timestamp: boolean,
  subFilter: string,
  context: TrustContext,
  findings: Findings,
): Trust | null {
  if (!cms.signer) return null;
  const named = cms.check?.signingCertificate;
  if (subFilter === 'ETSI.CAdES.detached' && named !== 'match' && named !== 'mismatch') {
    findings.add('SIGNING_CERTIFICATE_NOT_NAMED');
  }
  const purpose = timestamp ? 'timestamp' : 'document';
  const trust = judgeTrust(cms.signer, cms.certificates, context, purpose, findings);
  judgeStrength(cms.check?.scheme ?? null, cms.digest, cms.signer, findings);
  if (cms.info.signedAttributes?.signingCertificate?.version === 1 && subFilter === 'ETSI.CAdES.detached') {
    findings.add('DIGEST_WEAK', { algorithm: 'SHA-1' });
  }
  judgeRevocation(trust, findings);
  return trust;
}

function judgeSignatureTimestamps(cms: CmsResult, findings: Findings): void {
  for (const token of cms.info.signatureTimeStamps) {
    findings.add(tokenHolds(token, cms.info.signature) ? 'TIMESTAMP_NOT_JUDGED' : 'TIMESTAMP_INVALID');
  }
}

function levelOf(
  file: PdfFile,
  coverage: Coverage,
  cms: CmsResult,
  subFilter: string,
  findings: Findings,
): SignatureReport['level'] {
  if (cms.token || !cms.signer) return 'none';
  if (subFilter !== 'ETSI.CAdES.detached') return 'CMS';
  return meetsBaselineB(file, coverage.dict, cms, findings) ? 'B-B' : 'CMS';
}

/** Where the form is broken, the revision that holds the dictionary. */
function revisionOf(file: PdfFile, field: SignatureField): number {
  const holder = field.valueRef ?? field.ref;
  const object = holder ? file.objectAt(holder.num) : null;
  return object?.revision ?? file.revisions.length;
}

function claimedTime(file: PdfFile, field: SignatureField, cms: CmsResult | null): string | null {
  const stated = readPdfDate(textOf(file.get(field.value, 'M')));
  const attribute = cms?.info.signedAttributes?.signingTime;
  return stated ?? (attribute ? isoSeconds(attribute) : null);
}

const describe = (certificate: Certificate): ReportSigner => ({
  subject: certificate.subject,
  issuer: certificate.issuer,
  serial: certificate.serial,
  notBefore: isoSeconds(certificate.notBefore),
  notAfter: isoSeconds(certificate.notAfter),
});

const isoSeconds = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');
