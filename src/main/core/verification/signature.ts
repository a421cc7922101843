import type { Language } from '../contract/people.ts';
import type { ReportSigner, SignatureReport } from '../contract/verification.ts';
import { isDict, nameOf, textOf } from '../pdf/index.ts';
import type { PdfFile, RemovedSignature, SignatureField } from '../pdf/index.ts';
import type { Certificate } from '../pki/index.ts';
import { readCoverage } from './byte-range.ts';
import type { Coverage } from './byte-range.ts';
import { judgeChanges, judgeRemoval } from './changes.ts';
import type { ChangeContext } from './changes.ts';
import { judgeCms } from './cms.ts';
import type { CertificateReader, CmsForm, CmsResult } from './cms.ts';
import { levelOf } from './level.ts';
import type { LevelContext } from './level.ts';
import { readPdfDate } from './pdf-date.ts';
import { readDocMdp } from './permissions.ts';
import { judgePkcs1 } from './pkcs1.ts';
import type { PrefixDigests } from './prefix-digest.ts';
import { Findings } from './problems.ts';
import { judgeSigner } from './signer.ts';
import { hashTitle, schemeTitle } from './strength.ts';
import type { Stamped, Timeline } from './timeline.ts';

/** /SubFilter values that can be judged (ISO 32000-2 Table 255, §12.8.5; EN 319 142-1 §6.3). */
const forms: ReadonlyMap<string, CmsForm> = new Map([
  ['ETSI.CAdES.detached', 'detached'],
  ['adbe.pkcs7.detached', 'detached'],
  ['adbe.pkcs7.sha1', 'sha1'],
  ['ETSI.RFC3161', 'timestamp'],
  ['adbe.x509.rsa_sha1', 'pkcs1'],
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

/** A candidate whose bytes and signature value were checked; whom to believe is the next question. */
export interface Examined extends Candidate {
  readonly subFilter: string;
  readonly form: CmsForm | null;
  /** Where the form of the signature is sound. */
  readonly usable: Coverage | null;
  readonly cms: CmsResult | null;
}

/** Hash and signature value (SIGNATURES §D 4). */
export function examine(
  file: PdfFile,
  candidate: Candidate,
  anchors: readonly Certificate[],
  reader: CertificateReader,
  digests: PrefixDigests,
): Examined {
  const { field, findings, coverage } = candidate;
  const subFilter = nameOf(file.get(field.value, 'SubFilter')) ?? '';
  const form = forms.get(subFilter) ?? null;
  const usable = coverage && !findings.failed ? coverage : null;
  if (usable && !form) findings.add('SUBFILTER_UNSUPPORTED', { name: subFilter.slice(0, 60) });
  const cms = usable && form ? judgeValue(file, usable, form, anchors, reader, digests, findings) : null;
  return { ...candidate, subFilter, form, usable, cms };
}

function judgeValue(
  file: PdfFile,
  coverage: Coverage,
  form: CmsForm,
  anchors: readonly Certificate[],
  reader: CertificateReader,
  digests: PrefixDigests,
  findings: Findings,
): CmsResult | null {
  return form === 'pkcs1'
    ? judgePkcs1(file, coverage, findings)
    : judgeCms(coverage, form, anchors, reader, digests, findings);
}

/** What all signatures of a file share while their reports are written. */
export interface ReportContext {
  readonly level: LevelContext;
  readonly changes: ChangeContext;
  readonly timeline: Timeline;
}

/** Judges one signature in the order of SIGNATURES §D and writes its report. */
export function judgeSignature(file: PdfFile, examined: Examined, context: ReportContext): SignatureReport {
  const { field, findings, coverage, subFilter, form, usable, cms } = examined;
  const { changes, timeline, level } = context;
  const stamped =
    usable && cms && !cms.token ? timeline.ofSignature(cms, usable.end, changes.language) : null;
  const clock = stamped ? stamped.proven : usable ? timeline.clock(usable.end) : null;
  const proven = clock?.time ?? null;
  const known = timeline.of(findings);
  const judged =
    known !== undefined ? known : cms ? judgeSigner(cms, subFilter, level.trust, proven, findings) : null;
  if (stamped) tellStamps(stamped, findings);
  const found = usable && cms ? nameLevel(level, usable, cms, subFilter, stamped, findings) : 'none';
  const later = coverage ? judgeChanges(file, coverage, changes, findings) : null;
  const changed = 'revision' in field ? judgeRemoval(field, later, changes.language, findings) : later;
  // What it is judged as counts; /Type only says what an unknown kind claims to be.
  const isTimestamp = form ? form === 'timestamp' : nameOf(file.get(field.value, 'Type')) === 'DocTimeStamp';
  const stampTime = cms?.token ? isoSeconds(cms.token.time) : null;
  const ownTime = findings.indication === 'TOTAL-PASSED' ? stampTime : null;
  const bestTime = isTimestamp ? ownTime : provenTime(cms, proven);
  const clockName = isTimestamp ? cms?.signer?.subject : clock?.by;
  return {
    field: field.name,
    kind: isTimestamp ? 'document-timestamp' : 'signature',
    subFilter,
    level: found,
    indication: findings.indication,
    subIndication: findings.subIndication,
    integrity: integrityOf(examined),
    coversWholeFile: coverage?.end === file.bytes.length,
    revision: coverage?.revision.number ?? revisionOf(file, field),
    changesAfter: changed?.changesAfter ?? 'not-judged',
    changes: changed?.changes ?? [],
    ...(changed && changed.more > 0 ? { moreChanges: changed.more } : {}),
    digestAlgorithm: hashTitle(cms?.digest ?? null),
    signatureAlgorithm: schemeTitle(cms?.check?.scheme ?? null),
    signer: cms?.signer ? describe(cms.signer) : null,
    claimedTime: stampTime ?? claimedTime(file, field, cms),
    bestTime,
    ...(bestTime !== null && clockName ? { bestTimeBy: clockName } : {}),
    trustAnchor: judged?.anchor ?? null,
    docMdp: isDict(field.value) ? readDocMdp(file, field.value) : null,
    psre: judged?.psre ?? false,
    problems: findings.list(),
  };
}

/** A time is only worth telling for what is still what was stamped. */
const provenTime = (cms: CmsResult | null, proven: Date | null): string | null =>
  proven && cms?.integrity === true ? isoSeconds(proven) : null;

/** A broken form means that the signed bytes do not match, whatever the CMS says. */
function integrityOf({ coverage, findings, cms }: Examined): boolean | null {
  if (cms) return cms.integrity;
  return coverage === null || findings.failed ? false : null;
}

function tellStamps(stamped: Stamped, findings: Findings): void {
  if (stamped.broken) findings.add('TIMESTAMP_INVALID');
  if (stamped.untrusted) findings.add('TIMESTAMP_UNTRUSTED');
}

function nameLevel(
  context: LevelContext,
  coverage: Coverage,
  cms: CmsResult,
  subFilter: string,
  stamped: Stamped | null,
  findings: Findings,
): SignatureReport['level'] {
  if (cms.token || !cms.signer) return 'none';
  if (subFilter !== 'ETSI.CAdES.detached') return 'CMS';
  return levelOf(context, coverage, cms, stamped?.held ?? [], findings);
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
